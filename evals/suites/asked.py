"""What was asked in a run and what came back: enough to be scored again without asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from assistant.ask import Assistant
from assistant.library.hidden import Stretch, hidden_in
from assistant.reply import NoAnswer, Reply
from assistant.writing.check import holds
from assistant.writing.wire import Outcome, outcome
from corpus.errors import CharterError
from corpus.model import document_key
from evals.asking import Asking
from evals.suites.model import Case
from evals.suites.places import Lost, Place, Places

DEPTH = 10  # passages of the ranking that are kept


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a reply: where, and whether its quote stands there."""

    place: Place
    quote: str
    title: str
    section: tuple[str, ...]
    valid: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A reply as far as scores need it.

    Attributes:
        confidence: 0 to 1, before what is missing is looked at.
        hits: the passages found, best first.
        seconds: that the reply took.
    """

    outcome: Outcome
    lines: tuple[str, ...]
    citations: tuple[Cited, ...]
    confidence: float
    hits: tuple[Place, ...]
    seconds: float
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The system failed: no reply, which is another thing than a wrong one."""

    error: str


@dataclass(frozen=True, slots=True)
class NotAsked:
    """What a case is asked without is not there, so that asking would show nothing."""

    lost: Lost
    document: str
    section: str

    @property
    def error(self) -> str:
        """Why, in a sentence."""
        place = f"“{self.section}” of “{self.document}”" if self.section else f"“{self.document}”"
        return f"{place}, which this is asked without, is not there."


Came = Said | Failed | NotAsked


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording of a case and what came of it."""

    case: str
    wording: int
    question: str
    came: Came


@dataclass(frozen=True)
class Asker:
    """Asks an assistant the questions of a suite; nothing of it is kept in the records.

    Attributes:
        asking: of what everybody may read, for runs and reports travel.
    """

    assistant: Assistant
    asking: Asking

    def ask(self, case: Case, wording: int) -> Asked:
        """Ask one wording of a case."""
        question = case.questions[wording]
        try:
            return Asked(case.id, wording, question, self._came(case, question))
        except CharterError as error:
            return Asked(case.id, wording, question, Failed(str(error)))

    def _came(self, case: Case, question: str) -> Came:
        without = self._without(case)
        if isinstance(without, NotAsked):
            return without
        begun = perf_counter()
        reply = self.assistant.trial(question, as_of=case.as_of, without=without)
        return self._said(case, reply, perf_counter() - begun, without)

    def _without(self, case: Case) -> tuple[Stretch, ...] | NotAsked:
        """Return what is hidden while a case is asked."""
        found: list[Stretch] = []
        for one in case.without:
            places = Places(self.assistant.shelf()).all_of(one, case.as_of)
            if not isinstance(places, tuple):
                return NotAsked(places, one.document, one.section)
            found += (Stretch(place.key, place.start, place.end) for place in places)
        return tuple(found)

    def _said(self, case: Case, reply: Reply, seconds: float, without: Sequence[Stretch]) -> Said:
        hidden = hidden_in(self.asking.index, without)
        looked = self.asking.ask(reply.question.text, hidden, as_of=case.as_of)
        passages = self.asking.index.passages(looked.hits[:DEPTH])
        hits = [passages[ordinal] for ordinal in looked.hits[:DEPTH]]
        return Said(
            outcome(reply),
            lines_of(reply),
            self._citations(reply),
            looked.confidence,
            tuple(Place(document_key(h.document, h.version), h.start, h.end) for h in hits),
            seconds,
            reply.contact,
        )

    def _citations(self, reply: Reply) -> tuple[Cited, ...]:
        if isinstance(reply, NoAnswer):
            return ()
        index = self.asking.index
        return tuple(
            Cited(
                Place(key, one.start, one.end),
                one.quote,
                one.title,
                one.section,
                holds(one, index.document(key)),
            )
            for one in reply.citations
            for key in (document_key(one.document, one.version),)
        )


def lines_of(reply: Reply) -> tuple[str, ...]:
    """Return the lines of a reply; a row of a table with its headers."""
    if isinstance(reply, NoAnswer):
        return ()
    return tuple(
        "; ".join(f"{header}: {text}" if header else text for header, text in line.cells)
        if line.cells
        else line.text
        for excerpt in reply.excerpts
        for line in excerpt.lines
    )
