"""Twins: an answered question, asked without the section that answers it, is to be refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.library.catalogue import catalogue_of
from assistant.library.hidden import Stretch, hidden_in, index_without
from assistant.library.shelf import Shelf
from corpus.model import Document
from corpus.units import units_of, words_of
from evals.suites.drafts.found import DRAFTED, Made
from evals.suites.judging.matching import Ruler
from evals.suites.model import Case, Evidence
from evals.suites.places import Place, Places
from indexing.keywords import tokens

NO_PLACE = "the case names no place that is there"
NO_SECTION = "the place stands in no section of its own"
ELSEWHERE = "another section says it as well"
_NEAR = 40  # passages that are looked into for the same fact
_SPOKEN_OF = ("said", "wrong value")
_SAME = 0.5  # of a question's weight that a passage must share to be about the same thing


@dataclass(frozen=True)
class Twins:
    """Makes twins of the cases of a suite."""

    shelf: Shelf

    def is_of(self, case: Case, keys: set[str]) -> bool:
        """Tell whether a case stands in one of some documents; in any if none is named."""
        return not keys or any(place.key in keys for place in self._places(case))

    def of(self, case: Case) -> Iterator[Made]:
        """Give the twin of a case that is to be answered, or why it has none."""
        if case.expected != "answer":
            return
        places = self._places(case)
        if not places or len(places) < len(case.evidence):
            yield Made(None, NO_PLACE)
            return
        without = tuple(dict.fromkeys(self._section(place) for place in places))
        if not all(one.section for one in without):
            yield Made(None, NO_SECTION)
        elif self._stands_elsewhere(case, without):
            yield Made(None, ELSEWHERE)
        else:
            yield Made(_twin(case, without))

    def _places(self, case: Case) -> list[Place]:
        looked = (self._finder.find(one, case.as_of) for one in case.evidence)
        return [one for one in looked if isinstance(one, Place)]

    def _section(self, place: Place) -> Evidence:
        """Return the innermost section that a place stands in; without a name if there is none."""
        document = self.shelf.index.document(place.key)
        around = [one for one in document.sections if one.start <= place.start < one.end]
        inner = max(around, key=lambda one: one.start, default=None)
        return Evidence(document.metadata.id, inner.heading if inner else "")

    def _stands_elsewhere(self, case: Case, without: Sequence[Evidence]) -> bool:
        """Tell whether a passage that is not hidden says all that the case wants said.

        Another value of the same is said as well: it would rightly be quoted. A figure alone says
        little: the passage must share half the weight of the question.
        """
        index = self.shelf.index
        hidden = [
            Stretch(one.key, one.start, one.end)
            for evidence in without
            for one in self._finder.all_of(evidence, case.as_of)
            if isinstance(one, Place)
        ]
        left = index_without(index, hidden_in(index, hidden))
        keys = index.once(catalogue_of).keys_in_force(case.as_of or self.shelf.today)
        found = left.search_keywords(tokens(case.question), _NEAR, keys)
        passages = left.passages([ordinal for ordinal, _ in found])
        for ordinal, key in zip(passages, left.keys_of(list(passages)), strict=True):
            passage, document = passages[ordinal], self._document(key)
            lines = [words_of(document, unit) for unit in units_of(document, passage)]
            if self._about_the_same(case.question, f"{passage.heading}\n{passage.text}") and all(
                self._ruler.check(fact, lines, case.question).found in _SPOKEN_OF
                for fact in case.must_say
            ):
                return True
        return False

    def _about_the_same(self, question: str, text: str) -> bool:
        idf = self.shelf.index.idf
        asked = frozenset(tokens(question))
        whole = sum(map(idf, asked))
        return sum(map(idf, asked & frozenset(tokens(text)))) >= _SAME * whole

    def _document(self, key: str) -> Document:
        return self.shelf.index.document(key)

    @cached_property
    def _finder(self) -> Places:
        return Places(self.shelf)

    @cached_property
    def _ruler(self) -> Ruler:
        return Ruler(self.shelf.index.idf, lambda text, others: 0.0)  # noqa: ARG005  the same words alone


def _twin(case: Case, without: tuple[Evidence, ...]) -> Case:
    return replace(
        case,
        id=f"{case.id}-without",
        expected="refuse",
        must_say=(),
        nice_to_say=(),
        must_not_say=(),
        evidence=(),
        why="near miss",
        importance="normal",
        state="draft",
        tags=(DRAFTED, "twin", *case.tags),
        notes=f"The twin of “{case.id}”, asked without the section that answers it.",
        without=without,
        more=(),
    )
