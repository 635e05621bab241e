"""Which sections of the documents the cases of a suite stand in, and which nobody has tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.shelf import Shelf
from corpus.model import Document, Section
from evals.suites.judging.scores import CaseResult
from evals.suites.places import Place, Places


@dataclass(frozen=True, slots=True)
class SectionCases:
    """A section with the cases whose answer stands in it."""

    heading: str
    depth: int
    passed: int
    failed: int

    @property
    def tested(self) -> bool:
        """Whether any case stands in it."""
        return bool(self.passed + self.failed)


@dataclass(frozen=True, slots=True)
class DocumentCases:
    """A document in force with its sections."""

    title: str
    version: str
    sections: tuple[SectionCases, ...]

    @property
    def tested(self) -> int:
        """How many of its sections some case stands in."""
        return sum(one.tested for one in self.sections)


def coverage(results: Sequence[CaseResult], shelf: Shelf) -> tuple[DocumentCases, ...]:
    """Return the documents that a suite speaks of, section by section."""
    places = Places(shelf)
    found: dict[str, list[tuple[Place, bool]]] = {}
    for result in results:
        for evidence in result.case.evidence:
            place = places.find(evidence, result.case.as_of)
            if isinstance(place, Place):
                found.setdefault(place.key, []).append((place, result.passed))
    return tuple(_document(shelf.index.document(key), held) for key, held in sorted(found.items()))


def _document(document: Document, held: Sequence[tuple[Place, bool]]) -> DocumentCases:
    innermost = [_innermost(document, place) for place, _ in held]
    sections = []
    for position, section in enumerate(document.sections):
        here = [passed for (_, passed), at in zip(held, innermost, strict=True) if at == position]
        if here or _has_text(document, section, position):
            sections.append(
                SectionCases(
                    section.heading, _depth(document, section), sum(here), len(here) - sum(here)
                )
            )
    known = document.metadata
    return DocumentCases(known.title, known.version, tuple(sections))


def _innermost(document: Document, place: Place) -> int | None:
    inside = [
        position
        for position, section in enumerate(document.sections)
        if section.start <= place.start < section.end
    ]
    return max(inside, key=lambda one: document.sections[one].start, default=None)


def _has_text(document: Document, section: Section, position: int) -> bool:
    """Tell whether something beside its heading stands in it itself, not in a section below."""
    inner = (one.start for one in document.sections[position + 1 :] if one.parent == position)
    end = min(inner, default=section.end)
    return any(
        block.kind != "heading" and section.start <= block.start < end for block in document.blocks
    )


def _depth(document: Document, section: Section) -> int:
    depth, parent = 0, section.parent
    while parent is not None:
        depth, parent = depth + 1, document.sections[parent].parent
    return depth
