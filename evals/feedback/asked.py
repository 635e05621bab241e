"""What staff asked in some days and did not find, said was wrong, or passed on to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.ask import Assistant
from assistant.escalations import Escalation
from assistant.feedback import Vote
from assistant.ledgers import Ledgers
from assistant.receipts import AskedReceipt
from assistant.reply import Question
from evals.feedback.scrub import Scrubber
from evals.feedback.vectors import AskedVectors
from indexing.index import Index
from indexing.kept import Kept

_PAGE = 5_000  # receipts read at once
_SCRUBBED_KEPT = 60_000
# reasons of a vote that say that the documents do not hold what was asked
LACKING = ("missing", "should_refuse")


@dataclass(frozen=True, slots=True)
class Heard:
    """One question with what became of it.

    Attributes:
        receipt: id of its receipt; where it was passed on without one, of that.
        text: without names.
        open: the answer may be opened from a list without names: it is for everybody, and neither
            its question nor one before it shows more than the list.
        passed_on: how often it was passed on to a person.
        votes: on the reply.
    """

    receipt: str
    text: str
    asked_at: datetime
    outcome: str
    times: int
    open: bool = True
    passed_on: int = 0
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class AllHeard:
    """What was heard in some days.

    Attributes:
        questions: newest first.
        of_groups: the votes on each question that was asked for a group, or rests on documents
            that not everybody may read: whoever reads these lists may be in no such group, so
            neither its words nor those of its votes are read.
    """

    questions: tuple[Heard, ...]
    of_groups: tuple[tuple[Vote, ...], ...] = ()


class Hearing:
    """Reads the records, with names taken out; made once for each server or command.

    Args:
        assistant: knows the documents.
        ledgers: keep votes and what was passed on.
        most_new: questions that are given to the model in one reading; None is all.
    """

    def __init__(
        self, assistant: Assistant, ledgers: Ledgers, *, most_new: int | None = None
    ) -> None:
        self.assistant = assistant
        self.ledgers = ledgers
        self._most_new = most_new
        self._scrubbed = Kept[tuple[str, str], str](_SCRUBBED_KEPT)

    def vectors(self) -> AskedVectors:
        """Return vectors for one reading."""
        home = self.assistant.settings.home
        return AskedVectors(home, self.assistant.embedder, most_new=self._most_new)

    def unanswered(self, since: datetime, vectors: AskedVectors) -> AllHeard:
        """Return what was asked since a moment and not answered, or passed on.

        What was answered is among it where somebody said that something is missing, or that it
        should not have been.
        """
        votes = [one for one in self.ledgers.votes.since(since) if one.reason in LACKING]
        passed = self.ledgers.escalations.since(since)
        listed = {one.id: one for one in self._without_answer(since)}
        further = {one.reply for one in votes} | {one.reply for one in passed}
        further -= {"", *listed}
        listed |= {one.id: one for one in self.assistant.receipts.those(further)}
        return self._heard(listed, votes, passed, vectors)

    def voted(self, since: datetime, vectors: AskedVectors) -> AllHeard:
        """Return the questions whose replies got a vote since a moment."""
        votes = self.ledgers.votes.since(since)
        listed = self.assistant.receipts.those({one.reply for one in votes})
        return self._heard({one.id: one for one in listed}, votes, (), vectors)

    def scrubbed(self, texts: Iterable[str], vectors: AskedVectors) -> Mapping[str, str]:
        """Return texts without names, by the texts as they were written."""
        index = self._index()
        wanted = [(index.fingerprint, text) for text in texts]

        def scrub(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
            made = Scrubber(index, vectors.of).scrub_all([text for _, text in keys])
            return dict(zip(keys, made, strict=True))

        return {key[1]: said for key, said in self._scrubbed.several(wanted, scrub).items()}

    def _without_answer(self, since: datetime) -> Iterator[AskedReceipt]:
        last: AskedReceipt | None = None
        while True:
            page = self.assistant.receipts.listed(
                since, outcomes=("no_answer", "closest_passages"), before=last, most=_PAGE
            )
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1]

    def _heard(
        self,
        listed: Mapping[str, AskedReceipt],
        votes: Sequence[Vote],
        passed: Sequence[Escalation],
        vectors: AskedVectors,
    ) -> AllHeard:
        index, on, counted = self._index(), _by_reply(votes), _counted(passed)
        for_all = {name: one for name, one in listed.items() if not _of_group(one.question, index)}
        said = {name: _said(one.question) for name, one in for_all.items()}
        # of one with a reply that has no receipt nobody knows for whom it was asked
        alone = [one for one in passed if not one.reply]
        plain = self.scrubbed([*said.values(), *(one.question for one in alone)], vectors)
        found = [
            Heard(
                name,
                plain[said[name]],
                one.asked_at,
                one.outcome,
                one.times,
                open=_opens(one.question, plain[said[name]]),
                passed_on=counted.get(name, 0),
                votes=on.get(name, ()),
            )
            for name, one in for_all.items()
        ]
        found += [
            Heard(f"e-{one.id}", plain[one.question], one.asked_at, "", 1, open=False, passed_on=1)
            for one in alone
        ]
        found.sort(key=lambda one: (one.asked_at, one.receipt), reverse=True)
        hidden = (listed.keys() | counted.keys()) - for_all.keys() - {""}
        return AllHeard(tuple(found), tuple(on.get(name, ()) for name in sorted(hidden)))

    def _index(self) -> Index:
        return self.assistant.shelf().index


def _of_group(question: Question, index: Index) -> bool:
    """Tell whether a question, or what it takes from its conversation, is not for everybody."""
    carried = question.carried
    return bool(question.groups) or not all(map(index.holds, carried.rests_on if carried else ()))


def _said(question: Question) -> str:
    """Return a question in words that need no conversation."""
    return (question.carried and question.carried.said) or question.text


def _opens(question: Question, plain: str) -> bool:
    """Tell whether the page of an answer shows no more of a question than was left of it."""
    talks = (question.conversation_id or "").startswith("c-")  # shown with the questions before it
    alone = question.carried is None and not talks
    return alone and " ".join(question.text.split()) == plain


def _by_reply(votes: Sequence[Vote]) -> dict[str, tuple[Vote, ...]]:
    found: dict[str, tuple[Vote, ...]] = {}
    for vote in votes:
        found[vote.reply] = (*found.get(vote.reply, ()), vote)
    return found


def _counted(passed: Sequence[Escalation]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in passed:
        found[one.reply] = found.get(one.reply, 0) + 1
    return found
