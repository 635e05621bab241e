"""The gap report: what staff asked that the documents do not answer, clustered and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from assistant.reply import LONGEST_QUESTION, NoAnswer, Reply
from assistant.writing.addresses import place_address
from assistant.writing.wire import Outcome, outcome
from corpus.errors import QuestionError
from evals.feedback.asked import Heard, Hearing
from evals.feedback.clusters import Cluster, clusters_of
from evals.feedback.forms import MARKS
from evals.feedback.vectors import AskedVectors
from evals.shares import Scored, share
from indexing.kept import Kept

Period = Literal[30, 90, 365]
PERIODS: tuple[Period, ...] = (30, 90, 365)
MOST_WORDINGS = 5  # of a cluster, beside its name, that are shown
_LOOKED_KEPT = 2_000
_REPORTS_KEPT = 4


@dataclass(frozen=True, slots=True)
class Closest:
    """The place in the documents that comes nearest to a question now."""

    title: str
    section: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a question gets from the documents as they are now.

    Attributes:
        closest: None where nothing is near.
    """

    outcome: Outcome
    closest: Closest | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same and were not answered.

    Attributes:
        wordings: the commonest first; without names.
        receipts: ids of theirs, newest first.
        open: the newest of them that may be opened; empty where there is none.
        times: how often it was asked.
        first, last: days, in UTC.
        no_answer, closest: how often the reply was none, or the closest passages.
        passed_on: how often it was passed on to a person.
        missing, wrongly: votes that something is missing, or that it should not have answered.
    """

    wordings: tuple[str, ...]
    receipts: tuple[str, ...]
    open: str
    times: int
    first: date
    last: date
    no_answer: int
    closest: int
    passed_on: int
    missing: int
    wrongly: int

    @property
    def name(self) -> str:
        """The commonest wording."""
        return self.wordings[0]

    @property
    def once(self) -> bool:
        """It was asked once: its words are those of one person."""
        return self.times <= 1


@dataclass(frozen=True, slots=True)
class GapReport:
    """What was not answered in some days.

    Attributes:
        days: how many, until ``until``.
        asked: how often anything was asked.
        unanswered: how often the reply was no answer, the closest passages included.
        none: how often nothing was found at all.
        share: of what was asked, what was not answered; with its range.
        gaps: the most asked first.
        all_compared: every question was compared by its meaning, too.
        of_groups: questions that would be among the gaps, but are not for everybody: they are
            counted and not shown.
    """

    days: int
    until: date
    asked: int
    unanswered: int
    none: int
    share: Scored
    gaps: tuple[Gap, ...]
    all_compared: bool = True
    of_groups: int = 0


class Gaps:
    """Makes gap reports from the records; a report is made anew when there is something new."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._looked = Kept[tuple[str, date, str], Looked](_LOOKED_KEPT)
        self._receipts: Mapping[str, str] = {}  # by what is shown of a question without its names
        self._reports = Kept[tuple[object, ...], GapReport](_REPORTS_KEPT)
        self._unfinished = 0

    def report(self, days: int) -> GapReport:
        """Return what was not answered in the last days, until today.

        Raises:
            StorageError: the records cannot be read.
            StoredIndexError, ModelError: the words of the documents cannot be read.
        """
        assistant = self._hearing.assistant
        until = assistant.today()
        since = datetime.combine(until - timedelta(days=days - 1), time())
        vectors = self._hearing.vectors()
        heard = self._hearing.unanswered(since, vectors)
        self._remember(heard.questions)
        counts = assistant.receipts.counts(since)
        about = days, until, tuple(counts.items()), heard, self._unfinished

        def make() -> GapReport:
            none = counts["no_answer"]
            asked, unanswered = sum(counts.values()), none + counts["closest_passages"]
            told = share(unanswered, asked)
            gaps = gaps_of(heard.questions, vectors)
            return GapReport(
                *(days, until, asked, unanswered, none, told, gaps),
                all_compared=not vectors.left_out,
                of_groups=len(heard.of_groups),
            )

        report = self._reports.one(about, make)
        vectors.keep()
        # what was not compared for want of time is compared the next time
        self._unfinished += not report.all_compared
        return report

    def look(self, question: str) -> Looked:
        """Ask a question of the documents as everybody may read them now; nothing is kept.

        One that a report lists without a name is asked as it was written.
        """
        assistant = self._hearing.assistant
        # the same documents answer otherwise once one of them comes into force
        about = assistant.shelf().index.fingerprint, assistant.today(), question
        return self._looked.one(about, lambda: self._look(question))

    def _look(self, shown: str) -> Looked:
        assistant = self._hearing.assistant
        question = self._as_written(shown)
        try:
            reply = assistant.trial(question[:LONGEST_QUESTION])
        except QuestionError:  # nothing is left of it but a name
            return Looked("no_answer", None)
        return Looked(outcome(reply), _closest(reply) or self._nearest(question))

    def _remember(self, heard: Sequence[Heard]) -> None:
        """Note where the questions stand that are shown without what was taken out; newest last."""
        marked = [
            (one.text, one.receipt)
            for one in reversed(heard)
            if any(mark in one.text for mark in MARKS)
        ]
        self._receipts = dict([*self._receipts.items(), *marked][-_LOOKED_KEPT:])

    def _as_written(self, shown: str) -> str:
        """Return a question with the names in it; as it is shown where its receipt is gone."""
        receipt = self._receipts.get(shown)
        if receipt is None:
            return shown
        kept = [one.question for one in self._hearing.assistant.receipts.those({receipt})]
        texts = [one.carried.said if one.carried else one.text for one in kept]
        texts += [one.text for one in kept]
        plain = self._hearing.scrubbed(filter(None, texts), self._hearing.vectors())
        return next((text for text, without in plain.items() if without == shown), shown)

    def _nearest(self, question: str) -> Closest | None:
        """Return the passage that is found first, where a reply names no place."""
        assistant = self._hearing.assistant
        shelf = assistant.shelf()
        for hit in assistant.search(question, limit=1):
            passage = shelf.index.passages([hit.ordinal])[hit.ordinal]
            opened = shelf.open(passage.document, passage.version)
            section = opened.document.sections[passage.section]
            url = place_address(
                passage.document, passage.version, start=passage.start, end=passage.end
            )
            return Closest(opened.entry.metadata.title, tuple(section.path), url)
        return None


def gaps_of(heard: Sequence[Heard], vectors: AskedVectors) -> tuple[Gap, ...]:
    """Put together what asks the same."""
    clusters = clusters_of([one.text for one in heard], [one.times for one in heard], vectors.of)
    return tuple(_gap(cluster, [heard[place] for place in cluster.members]) for cluster in clusters)


def _gap(cluster: Cluster, heard: Sequence[Heard]) -> Gap:
    days = [one.asked_at.date() for one in heard]
    reasons = [vote.reason for one in heard for vote in one.votes]
    return Gap(
        tuple(one.text for one in cluster.wordings[: MOST_WORDINGS + 1]),
        tuple(one.receipt for one in heard),
        next((one.receipt for one in heard if one.open), ""),
        cluster.times,
        min(days),
        max(days),
        sum(one.times for one in heard if one.outcome == "no_answer"),
        sum(one.times for one in heard if one.outcome == "closest_passages"),
        sum(one.passed_on for one in heard),
        reasons.count("missing"),
        reasons.count("should_refuse"),
    )


def _closest(reply: Reply) -> Closest | None:
    if isinstance(reply, NoAnswer) or not reply.citations:
        return None
    one = reply.citations[0]
    return Closest(one.title, one.section, one.url)
