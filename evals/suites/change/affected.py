"""Which cases quote words that another index would not hold as they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.library.shelf import Shelf
from corpus.model import Document, Section
from corpus.normalise import normalise
from corpus.sentences import sentences
from evals.suites.files.checking import OnShelf, hold, nearest_text
from evals.suites.model import Case, Evidence, Suite
from evals.suites.places import Place, Places, sections_named

Fate = Literal["document gone", "section gone", "text gone", "text changed", "text moved"]


@dataclass(frozen=True, slots=True)
class Affected:
    """A place of a case that is not what it was.

    Attributes:
        suite: name of the file that the case stands in.
        title: of the document, as it is served.
        before: the words as they stand in what is served; of a section, those that are not left;
            of a row whose columns have other names, those names.
        after: the words of the new index that come nearest; of a moved text the same words; of a
            document that is gone the title that comes nearest. Empty where nothing is near.
        section, section_after: headings that they stand under; empty where they stand under none.
        keys: of the documents that it is looked up in, served and new.
        earlier: it is because of what has changed in the folder already.
    """

    suite: str
    case: Case
    evidence: Evidence
    fate: Fate
    title: str
    before: str
    after: str = ""
    section: str = ""
    section_after: str = ""
    keys: tuple[str, ...] = ()
    earlier: bool = False


def affected_cases(
    suites: Mapping[str, Suite], served: Shelf, candidate: Shelf
) -> tuple[Affected, ...]:
    """Return the places of cases that the new index would not hold as what is served does.

    A place that is not in what is served is none of them: its case is out of date already.

    Args:
        suites: by the name of their file; drafts and watched cases count as well.
        served: what is served, as far as everybody may read it.
        candidate: what would be, the same.
    """
    look = _Look(served, candidate)
    return tuple(
        found
        for name, suite in suites.items()
        for case in suite.cases
        for found in look.all_of(name, case)
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks for places in one index and in the other."""

    served: Shelf
    candidate: Shelf

    def all_of(self, suite: str, case: Case) -> Iterator[Affected]:
        """Give what becomes of the places of one case."""
        for evidence in case.evidence:
            yield from self.at(suite, case, evidence)
        for hidden in case.without:  # words that change there are hidden all the same
            found = self.at(suite, case, hidden)
            yield from (one for one in found if one.fate in {"document gone", "section gone"})

    def at(self, suite: str, case: Case, evidence: Evidence) -> Iterator[Affected]:
        """Give what becomes of one place; nothing where it stays as it is."""
        place = Places(self.served).find(evidence, case.as_of)
        if not isinstance(place, Place):
            return
        before = self.served.index.document(place.key)
        after = OnShelf(self.candidate, case.as_of).document(evidence.document)
        known = Affected(
            suite,
            case,
            evidence,
            "document gone",
            before.metadata.title,
            before.text[place.start : place.end] if evidence.quote else "",
            section=heading_at(before, place.start) if evidence.quote else evidence.section,
            keys=(place.key, after.key) if after else (place.key,),
        )
        if after is None:
            yield self._without_document(known, case.as_of)
        elif evidence.quote:
            yield from self._quote(known, _columns(before, place), after)
        elif evidence.section:
            yield from _section(known, before, after)

    def _without_document(self, known: Affected, day: date | None) -> Affected:
        finding = hold(known.evidence, OnShelf(self.candidate, day)).finding
        return replace(known, after=finding.nearest if finding else "")

    def _quote(
        self, known: Affected, columns: tuple[str, ...], after: Document
    ) -> Iterator[Affected]:
        place = Places(self.candidate).find(known.evidence, known.case.as_of)
        if isinstance(place, Place):
            yield from _found_again(known, columns, after, place)
            return
        near = nearest_text(after, known.before, list(sections_named(after, known.section)))
        at = after.text.find(near) if near else -1
        yield replace(
            known,
            fate="text changed" if near else "text gone",
            after=near,
            section_after=heading_at(after, at) if near else "",
        )


def _found_again(
    known: Affected, columns: tuple[str, ...], after: Document, place: Place
) -> Iterator[Affected]:
    """Tell words that are as they were under another heading, or in columns of other names."""
    columns_after = _columns(after, place)
    heading = heading_at(after, place.start)
    if columns != columns_after:
        yield replace(
            known,
            fate="text changed",
            before="\t".join(columns),
            after="\t".join(columns_after),
            section_after=heading,
        )
    elif normalise(heading) != normalise(known.section):
        words = after.text[place.start : place.end]
        yield replace(known, fate="text moved", after=words, section_after=heading)


def _section(known: Affected, before: Document, after: Document) -> Iterator[Affected]:
    """Compare a whole section: the first sentence that is not there any more stands for it."""
    old = next(sections_named(before, known.evidence.section), None)
    new = next(sections_named(after, known.evidence.section), None)
    if old is None:
        return
    if new is None:
        yield replace(known, fate="section gone")
        return
    kept = normalise(after.text[new.start : new.end])
    for start, end in sentences(before.text, old.start, old.end):
        words = before.text[start:end]
        if normalise(words) not in kept:
            near = nearest_text(after, words, [new])
            fate: Fate = "text changed" if near else "text gone"
            yield replace(known, fate=fate, before=words, after=near, section_after=new.heading)
            return


def _columns(document: Document, place: Place) -> tuple[str, ...]:
    """Return the names of the columns that a row stands under; none where it is no row."""
    for block in document.blocks:
        if block.cells and block.start <= place.start < block.end:
            return tuple(cell.header for cell in block.cells)
    return ()


def heading_at(document: Document, place: int) -> str:
    """Return the heading of the innermost section around a place; empty where there is none."""
    around = [one for one in document.sections if one.start <= place < one.end]
    return _name(max(around, key=lambda one: one.start)) if around else ""


def _name(section: Section) -> str:
    if section.heading.startswith(section.number):
        return section.heading
    return f"{section.number} {section.heading}".strip()
