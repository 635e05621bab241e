"""A case against what came of asking it: passed or not, and if not, why, with what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from evals.ranking import Measures, measure
from evals.suites.asked import Asked, Failed, NotAsked, Said
from evals.suites.judging.labels import Label, reply_hash
from evals.suites.judging.matching import Checked, Ruler
from evals.suites.model import Case
from evals.suites.opinions.model_judge import Opinion
from evals.suites.places import Lost, Place

Verdict = Literal["passed", "failed", "to confirm", "system failed", "cannot be judged"]
Cause = Literal[
    "document missing",
    "out of date",
    "search miss",
    "wrong sentence picked",
    "incomplete",
    "wrong value",
    "said what it must not",
    "not cited",
    "too cautious",
    "should not have answered",
    "quote does not hold",
    "to confirm",
    "not right",
    "nothing to hold it to",
    "system failed",
]
ACTIONS: dict[Cause, str] = {
    "document missing": "Add the document that the case names, or correct its name in the case.",
    "out of date": "The document no longer says this: read the case again and mend it.",
    "search miss": "The place was not found: add the words people use to the glossary.",
    "wrong sentence picked": "The place was found and another was quoted: see whether that one "
    "answers too, and add it to the case.",
    "incomplete": "Part of the answer is missing: see whether the case asks for more than one.",
    "wrong value": "Another value was quoted than the case expects: see which of them holds.",
    "said what it must not": "See in which document that stands, and whether it still holds.",
    "not cited": "It says it, and cites another place: see whether that place may count too.",
    "too cautious": "It found the place and did not dare: move the caution, or add a wording.",
    "should not have answered": "It answered what the documents do not say: be more cautious, or "
    "see whether they do.",
    "quote does not hold": "This is a defect of Charter: report it with the run.",
    "to confirm": "It says something much like it: if that is right, add these words to the case.",
    "not right": "Somebody looked at this reply and says that it is not right: see what the "
    "documents say, and mend the case or them.",
    "nothing to hold it to": "The case says neither what must be said nor where it stands: say "
    "one.",
    "system failed": "Nothing was answered: mend what the error says and run again.",
}

_COVERS = 0.8  # of a place's characters that a passage must hold to have found it
_CITES = 0.5  # of the shorter of quote and place that they must share


@dataclass(frozen=True, slots=True)
class Judged:
    """One wording of a case with its verdict.

    Attributes:
        must, nice: what was to be said, with what became of it.
        must_not: what was said although it must not be.
        cited: how many of the places are cited, of how many; (0, 0) where none is known.
        precise: how many citations stand at a place or say a fact, of how many.
        ranking: of the search; None where the case names no place that is there.
        lost: why a place is not there.
        label: what a person said of this very reply; None where nobody did.
        opinion: what a language model thinks of it; None where none was asked.
    """

    asked: Asked
    verdict: Verdict
    cause: Cause | None
    must: tuple[Checked, ...] = ()
    nice: tuple[Checked, ...] = ()
    must_not: tuple[Checked, ...] = ()
    cited: tuple[int, int] = (0, 0)
    precise: tuple[int, int] = (0, 0)
    ranking: Measures | None = None
    lost: tuple[Lost, ...] = ()
    label: Label | None = None
    opinion: Opinion | None = None

    @property
    def action(self) -> str:
        """What to do next; empty where it passed."""
        return ACTIONS[self.cause] if self.cause else ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the replies to the cases of a suite, the same way each time.

    Attributes:
        places: id of a case → where its evidence stands, or how it was lost.
        must_cite: an answer passes only if it cites every place of its case.
        labels: what people said, by case and reply.
    """

    ruler: Ruler
    places: Mapping[str, tuple[Place | Lost, ...]]
    must_cite: bool = True
    labels: Mapping[tuple[str, str], Label] = field(default_factory=dict)

    def judge(self, case: Case, asked: Asked) -> Judged:
        """Judge one wording; what would be to confirm is settled where a person looked at it."""
        if isinstance(asked.came, Failed):
            return Judged(asked, "system failed", "system failed")
        if isinstance(asked.came, NotAsked):
            return _not_asked(asked, asked.came.lost)
        judged = (
            self._answer(case, asked, asked.came)
            if case.expected == "answer"
            else self._refusal(asked, asked.came)
        )
        label = self._label(case, asked.came)
        return settled(replace(judged, label=label), right=label.right) if label else judged

    def _label(self, case: Case, said: Said) -> Label | None:
        return self.labels.get((case.fingerprint, reply_hash(said))) if self.labels else None

    def _refusal(self, asked: Asked, said: Said) -> Judged:
        if said.outcome == "answer":
            return Judged(asked, "failed", "should not have answered")
        return Judged(asked, "passed", None)

    def _answer(self, case: Case, asked: Asked, said: Said) -> Judged:
        if case.asks_for_nothing:
            return Judged(asked, "cannot be judged", "nothing to hold it to")
        looked = self.places.get(case.id, ())
        places = [one for one in looked if isinstance(one, Place)]
        lost = tuple(one for one in looked if not isinstance(one, Place))
        must = self._check(case.must_say, asked, said)
        must_not = tuple(self.ruler.says(words, said.lines) for words in case.must_not_say)
        judged = Judged(
            asked,
            "passed",
            None,
            must,
            self._check(case.nice_to_say, asked, said),
            tuple(one for one in must_not if one.found == "said"),
            (sum(_is_cited(place, said) for place in places), len(places)),
            _precision(places, must, said),
            _ranking(places, said.hits),
            lost,
        )
        return _decided(judged, said, places, must_cite=self.must_cite)

    def _check(self, facts: Sequence[str], asked: Asked, said: Said) -> tuple[Checked, ...]:
        return tuple(self.ruler.check(fact, said.lines, asked.question) for fact in facts)


def settled(judged: Judged, *, right: bool) -> Judged:
    """Return a verdict in which what was to confirm was looked at; any other stays as it is."""
    if judged.verdict != "to confirm":
        return judged
    if right:
        return replace(judged, verdict="passed", cause=None)
    return replace(judged, verdict="failed", cause="not right")


def _not_asked(asked: Asked, lost: Lost) -> Judged:
    cause: Cause = "document missing" if lost == "document missing" else "out of date"
    return Judged(asked, "cannot be judged", cause, lost=(lost,))


def _decided(judged: Judged, said: Said, places: Sequence[Place], *, must_cite: bool) -> Judged:
    """Give the verdict: the first thing that is wrong, worst first, is the cause."""
    cause = _cause(judged, said, places, must_cite=must_cite)
    if cause is None:
        return judged
    verdict: Verdict = "to confirm" if cause == "to confirm" else "failed"
    return replace(judged, verdict=verdict, cause=cause)


def _cause(judged: Judged, said: Said, places: Sequence[Place], *, must_cite: bool) -> Cause | None:
    """Return the first thing that is wrong, the worst first; None where nothing is."""
    found = {one.found for one in judged.must}
    cited = judged.cited[0] == judged.cited[1] or not must_cite
    answered = said.outcome == "answer"
    right = answered and found <= {"said"}
    signs: tuple[tuple[bool, Cause], ...] = (
        (not all(one.valid for one in said.citations), "quote does not hold"),
        (answered and bool(judged.must_not), "said what it must not"),
        ("document missing" in judged.lost, "document missing"),
        (bool(judged.lost), "out of date"),
        (answered and "wrong value" in found, "wrong value"),
        (answered and not right and found <= {"said", "probably"} and cited, "to confirm"),
        (right and not cited, "not cited"),
    )
    first = next((cause for met, cause in signs if met), None)
    if first or (right and cited):
        return first
    return _where_it_failed(said, places, judged.cited[0], answered=answered)


def _where_it_failed(said: Said, places: Sequence[Place], cited: int, *, answered: bool) -> Cause:
    """Follow the question's way: found, dared, picked, complete."""
    found = [any(_covers(hit, place) for hit in said.hits) for place in places]
    if places and not any(found):
        return "search miss"
    if not answered:
        return "too cautious"
    return "incomplete" if cited or not places else "wrong sentence picked"


def _covers(hit: Place, place: Place) -> bool:
    """Tell whether a passage holds most of a place, or lies in it as a passage of its section."""
    shared = place.shared(hit.key, hit.start, hit.end)
    return shared > 0 and shared >= _COVERS * min(place.length, hit.length)


def _is_cited(place: Place, said: Said) -> bool:
    return any(_overlap(one.place, place) for one in said.citations)


def _overlap(quote: Place, place: Place) -> bool:
    shared = place.shared(quote.key, quote.start, quote.end)
    return shared > 0 and shared >= _CITES * min(place.length, quote.length)


def _precision(places: Sequence[Place], must: Sequence[Checked], said: Said) -> tuple[int, int]:
    """Count the citations that stand at a place of the case, or in which a fact was found."""
    if not places:
        return 0, 0
    found = [one.words for one in must if one.found == "said" and one.words]
    good = sum(
        any(_overlap(one.place, place) for place in places)
        or any(one.quote in words or words in one.quote for words in found)
        for one in said.citations
    )
    return good, len(said.citations)


def _ranking(places: Sequence[Place], hits: Sequence[Place]) -> Measures | None:
    """Measure the search: a passage that covers a place counts as that place, the rest as none."""
    if not places:
        return None
    ranked: list[str] = []
    for rank, hit in enumerate(hits):
        covered = [f"place {n}" for n, place in enumerate(places) if _covers(hit, place)]
        ranked += [one for one in covered if one not in ranked] or [f"other {rank}"]
    return measure(ranked, {f"place {n}": 1.0 for n in range(len(places))})
