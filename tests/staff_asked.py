"""An assistant with records of its own, and what staff asked and said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.ask import Assistant
from assistant.escalations import Escalation
from assistant.feedback import Reason, Vote
from assistant.ledgers import Ledgers
from assistant.receipts import ONE_ASKING
from assistant.settings import load_settings
from assistant.wiring import build_assistant, build_ledgers

TELEWORK = "On how many days in each week may a staff member telework?"
DOGS = "Can I bring my dog to the office?"
ALSO_DOGS = "Am I allowed to bring my dog to the office?"
GYM = "Is there a gym in the building for Napoleon Bonaparte?"


@dataclass(frozen=True)
class Staff:
    """Asks, votes and passes on."""

    assistant: Assistant
    ledgers: Ledgers

    def ask(
        self, text: str, *, times: int = 1, ago: int = 0, groups: frozenset[str] = frozenset()
    ) -> str:
        """Ask so many times, so many days ago; return the receipt's id."""
        reply = self.assistant.ask(text, groups=groups)
        kept = self.assistant.receipts.find(reply.id)
        if ago:
            name = f"{reply.id}-{ago}"
            kept = replace(kept, id=name, asked_at=kept.asked_at - timedelta(days=ago))
            self.assistant.receipts.keep(kept)
        for count in range(1, times):
            self.assistant.receipts.keep(replace(kept, asked_at=kept.asked_at + count * ONE_ASKING))
        return kept.id

    def vote(
        self,
        reply: str,
        voter: str = "one",
        *,
        helpful: bool = False,
        reason: Reason | None = None,
        words: str = "",
    ) -> None:
        """Vote on a reply now."""
        self.ledgers.votes.cast(Vote(reply, voter, helpful, self.now(), reason, words))

    def pass_on(self, question: str, reply: str = "") -> None:
        """Pass a question on to a person."""
        made = Escalation(f"e-{question[:20]}", "U1", question, reply, self.now())
        self.ledgers.escalations.begin(made)

    def now(self) -> datetime:
        """The moment as the records have it."""
        return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def staff(home: Path, corpus: Path, records: Path, **settings: object) -> Iterator[Staff]:
    """Give staff of an organisation with its documents and records that hold nothing yet."""
    made = load_settings(
        home=home,
        corpus=corpus,
        database=f"sqlite:///{records / 'records.db'}",
        suites=records / "suites",
        **settings,
    )
    with closing(build_assistant(made)) as assistant, closing(build_ledgers(made)) as ledgers:
        yield Staff(assistant, ledgers)
