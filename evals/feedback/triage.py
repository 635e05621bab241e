"""The inbox of votes: clusters of what staff said of replies, until a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from assistant.feedback import Reason, Vote
from evals.feedback.asked import Heard, Hearing
from evals.feedback.clusters import Cluster, clusters_of
from evals.feedback.decisions import Decision, Decisions, LastDecided
from evals.feedback.passing import CaseNow, CasesNow
from evals.feedback.vectors import AskedVectors
from evals.suites.folder import SuiteFolder

Kind = Literal["unhelpful", "helpful"]
MOST_WORDS = 10  # remarks of voters that are shown
MOST_WORDINGS = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What one voter wrote, without names."""

    text: str
    reason: Reason | None
    day: date


@dataclass(frozen=True, slots=True)
class Item:
    """Replies to one question with what was said of them.

    Attributes:
        wordings: of the question, the commonest first; without names.
        receipts: of the replies, newest first.
        open: id of the newest reply that may be opened; empty where there is none.
        outcome: of the newest reply.
        unhelpful, helpful: votes.
        reasons: of the former, how often each was given.
        said: what voters wrote, newest first.
        first, last: days of the votes, in UTC.
        decided: what a person decided last; it stands while nobody voted since.
        reopened: somebody voted since.
        cases: knows what became of the case that was made.
    """

    wordings: tuple[str, ...]
    receipts: tuple[str, ...]
    open: str
    outcome: str
    unhelpful: int
    helpful: int
    reasons: Mapping[Reason, int]
    said: tuple[Said, ...]
    first: date
    last: date
    decided: Decision | None = None
    reopened: bool = False
    cases: CasesNow | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The commonest wording."""
        return self.wordings[0]

    @property
    def waits(self) -> bool:
        """Whether somebody should decide."""
        return self.decided is None or self.reopened

    @property
    def case(self) -> CaseNow | None:
        """What became of the case that was made; its suite is read for that, so ask when shown."""
        return self.cases.of(self.decided) if self.cases and self.decided else None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What was voted on in some days.

    Attributes:
        items: what waits first, then the most votes.
        of_groups: further questions with such votes that are not for everybody: they are counted
            and not shown.
    """

    items: tuple[Item, ...]
    of_groups: int


class Triage:
    """Shows votes by question, with what was decided of them."""

    def __init__(self, hearing: Hearing, decisions: Decisions, folder: SuiteFolder) -> None:
        self._hearing = hearing
        self._decisions = decisions
        self._folder = folder

    def inbox(self, days: int, kind: Kind = "unhelpful") -> tuple[Item, ...]:
        """Return what was voted on in the last days and may be shown, as ``read`` does."""
        return self.read(days, kind).items

    def read(self, days: int, kind: Kind = "unhelpful") -> Inbox:
        """Return what was voted on in the last days.

        Args:
            days: until today.
            kind: replies that did not help somebody, or those that only helped.

        Raises:
            StorageError: the records cannot be read.
            StoredIndexError, ModelError: the words of the documents cannot be read.
        """
        items, of_groups = self._all(days)
        against = kind == "unhelpful"
        shown = (one for one in items if bool(one.unhelpful) == against)
        hidden = [votes for votes in of_groups if any(not one.helpful for one in votes) == against]
        return Inbox(tuple(sorted(shown, key=_urgency)), len(hidden))

    def item(self, receipt: str, days: int) -> Item | None:
        """Return what a reply belongs to, of either kind; None where there is nothing to show."""
        items, _ = self._all(days)
        return next((one for one in items if receipt in one.receipts), None)

    def _all(self, days: int) -> tuple[Sequence[Item], Sequence[Sequence[Vote]]]:
        """Return what may be shown, and the votes on each question that may not."""
        since = datetime.combine(self._hearing.assistant.today() - timedelta(days=days - 1), time())
        vectors = self._hearing.vectors()
        heard = self._hearing.voted(since, vectors)
        items = self._items(heard.questions, vectors)
        vectors.keep()
        return items, heard.of_groups

    def _items(self, heard: Sequence[Heard], vectors: AskedVectors) -> Sequence[Item]:
        votes = [len(one.votes) for one in heard]
        clusters = clusters_of([one.text for one in heard], votes, vectors.of)
        words = [vote.words for one in heard for vote in one.votes if vote.words]
        plain = self._hearing.scrubbed(words, vectors)
        decided = LastDecided(self._decisions.all(), "votes")
        cases = CasesNow(self._folder)
        return [
            replace(
                _item(cluster, [heard[place] for place in cluster.members], plain, decided),
                cases=cases,
            )
            for cluster in clusters
        ]


def _item(
    cluster: Cluster, heard: Sequence[Heard], plain: Mapping[str, str], decisions: LastDecided
) -> Item:
    votes = sorted((v for one in heard for v in one.votes), key=_cast, reverse=True)
    against = [vote for vote in votes if not vote.helpful]
    receipts = tuple(one.receipt for one in heard)
    decided = decisions.on(receipts)
    counted = against or votes
    return Item(
        tuple(one.text for one in cluster.wordings[: MOST_WORDINGS + 1]),
        receipts,
        next((one.receipt for one in heard if one.open), ""),
        heard[0].outcome,
        len(against),
        len(votes) - len(against),
        Counter(vote.reason for vote in against if vote.reason),
        tuple(
            Said(plain[vote.words], vote.reason, vote.cast_at.date())
            for vote in votes
            if vote.words
        )[:MOST_WORDS],
        min(counted, key=_cast).cast_at.date(),
        max(counted, key=_cast).cast_at.date(),
        decided,
        bool(decided and any(vote.cast_at > decided.decided_at for vote in counted)),
    )


def _cast(vote: Vote) -> datetime:
    return vote.cast_at


def _urgency(one: Item) -> tuple[bool, int, int, str]:
    return (not one.waits, -one.unhelpful, -one.helpful, one.name)
