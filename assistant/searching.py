"""Passages to read rather than an answer: the nearest ones, with what they can be narrowed by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.library.catalogue import CatalogueEntry, catalogue_of
from assistant.library.finding import (
    EVERYTHING,
    FIELDS,
    DocumentFilters,
    Facet,
    Field,
    facet_of,
    keys_meeting,
    named,
    titles_of,
    values_in,
)
from assistant.library.quoted_marks import mark_of_day, mark_of_scan
from assistant.library.shelf import Shelf
from assistant.question.asking import ASKING
from assistant.question.understand import Inquiry
from assistant.reply import Question
from assistant.retrieval.retrieve import Hit, Retriever
from corpus.model import Block, BlockKind, Document, Passage
from corpus.places import first_page, page_label
from indexing.keywords import tokens

MOST = 200  # passages that are weighed and counted, however many there are
NEAR = 0.3  # cosine from which a passage counts as found without a word of the question
PAGE = 10  # passages

_OF_THE_PAST = frozenset({"superseded", "expired", "not yet in force"})
_WORD = re.compile(r"[^\W_]+(?:['’‐‑-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for.

    Attributes:
        text: a question or some words.
        filters: on the documents whose passages are ranked at all.
        as_of: the day whose rules are asked for; None is today.
        every_version: those that are not in force on that day as well. A status among the filters
            that only these have asks for them too.
        offset, limit: of the page, in passages.
        facets: whether to count; a filter that holds costs another ranking without it.
    """

    text: str
    filters: DocumentFilters = EVERYTHING
    as_of: date | None = None
    every_version: bool = False
    offset: int = 0
    limit: int = PAGE
    facets: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a document: ``text`` equals its canonical text at ``[start, end)``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, list item or row of a passage.

    Attributes:
        cells: of a row, column header and text; those it continues from a row above as well.
        words: where the words of the question stand in it, in characters of the document.
    """

    kind: BlockKind
    text: Stretch
    cells: tuple[tuple[str, Stretch], ...]
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PassageFound:
    """One passage, with where it stands and what must be said beside it.

    Attributes:
        entry: its version as it stands today, as in every citation.
        text: all its words in the document, from its first line to its last.
        score: comparable within one search only.
    """

    entry: CatalogueEntry
    section: tuple[str, ...]
    page: int | None
    page_label: str
    marks: tuple[str, ...]
    text: Stretch
    lines: tuple[Line, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Searched:
    """The passages that were found, one page of them.

    Attributes:
        search: with each name of its filters as the documents have it.
        found: how many passages were found, ``MOST`` at most.
        more: ``MOST`` were found, so there are further ones that nobody counted.
        documents: how many documents were searched: those that meet the filters.
        held: how many there are to see in all.
        facets: counts of passages, each under all filters but that of its field; empty where they
            were not asked for.
    """

    search: Search
    question: Question
    passages: tuple[PassageFound, ...]
    found: int
    more: bool
    documents: int
    held: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Searcher:
    """Looks for passages on one shelf."""

    shelf: Shelf
    inquiry: Inquiry
    retriever: Retriever

    def search(self, search: Search) -> Searched:
        """Return the page that is asked for, and the counts.

        What a reader may not see, and what does not meet the filters, is not ranked.

        Raises:
            FilterUnreadable: a filter names what no document has.
        """
        entries = self.shelf.entries(self._day)
        search = replace(search, filters=named(search.filters, entries))
        keys = self._keys(search, entries)
        hits = self._hits(keys)
        page = hits[search.offset : search.offset + search.limit]
        return Searched(
            search,
            self.inquiry.question,
            tuple(map(self._found, page)),
            len(hits),
            more=len(hits) == MOST,
            documents=len({e.metadata.id for e in entries if e.key in keys}),
            held=len({e.metadata.id for e in entries}),
            facets=tuple(self._facets(search, entries, hits)) if search.facets else (),
        )

    @property
    def _day(self) -> date:
        return self.inquiry.question.as_of

    def _keys(self, search: Search, entries: Sequence[CatalogueEntry]) -> frozenset[str]:
        keys = keys_meeting(self.shelf, entries, search.filters)
        if search.every_version or not _OF_THE_PAST.isdisjoint(search.filters.status):
            return keys
        return keys & self.shelf.index.once(catalogue_of).keys_in_force(self._day)

    def _hits(self, keys: frozenset[str]) -> tuple[Hit, ...]:
        """Return the nearest passages that have a word of the question, or come near to it."""
        wanted = self._wanted
        return tuple(
            hit
            for hit in self.retriever.retrieve(self.inquiry, keys, limit=MOST)
            if hit.cosine >= NEAR or not wanted.isdisjoint(self.shelf.index.stems(hit.ordinal))
        )

    @property
    def _wanted(self) -> frozenset[str]:
        """The stems of the question's words, without those that only ask."""
        all_ = frozenset((*self.inquiry.search_tokens, *self.inquiry.words))
        return all_ - ASKING or all_

    def _facets(
        self, search: Search, entries: Sequence[CatalogueEntry], hits: Sequence[Hit]
    ) -> Iterator[Facet]:
        titles = titles_of(entries)
        by_key = {entry.key: entry for entry in entries}
        for field in FIELDS:
            counted = hits
            if getattr(search.filters, field):
                without = replace(search, filters=search.filters.having(field, ()))
                counted = self._hits(self._keys(without, entries))
            yield facet_of(field, _keys_in(field, counted, by_key), titles)

    def _found(self, hit: Hit) -> PassageFound:
        passage = hit.passage
        document = self.shelf.index.document(f"{passage.document}@{passage.version}")
        known = document.metadata
        catalogue = self.shelf.index.once(catalogue_of)
        entry = catalogue.entry(known, self.shelf.today)
        lines = tuple(self._lines(document, passage))
        start, end = lines[0].text.start, lines[-1].text.end
        page = first_page(document, start, end) or document.blocks[passage.first].page
        return PassageFound(
            entry,
            document.sections[passage.section].path,
            page,
            page_label(document, page),
            marks=(
                *entry.marks,
                *mark_of_day(catalogue, known, as_of=self._day, today=self.shelf.today),
                *mark_of_scan(document, start, end),
            ),
            text=_stretch(document, start, end),
            lines=lines,
            score=hit.score,
        )

    def _lines(self, document: Document, passage: Passage) -> Iterator[Line]:
        """Cut a passage into its blocks; only the first and last may be there in part."""
        for block in document.blocks[passage.first : passage.last + 1]:
            text = _stretch(document, max(block.start, passage.start), min(block.end, passage.end))
            cells = tuple(_cells(document, block))
            shown = [stretch for _, stretch in cells] or [text]
            words = (place for one in shown for place in _places(one, self._wanted))
            yield Line(block.kind, text, cells, tuple(words))


def _keys_in(
    field: Field, hits: Sequence[Hit], by_key: Mapping[str, CatalogueEntry]
) -> Iterator[str]:
    for hit in hits:
        yield from values_in(by_key[f"{hit.passage.document}@{hit.passage.version}"], field)


def _cells(document: Document, block: Block) -> Iterator[tuple[str, Stretch]]:
    for cell in block.cells:
        if cell.start < cell.end:
            yield cell.header, _stretch(document, cell.start, cell.end)


def _stretch(document: Document, start: int, end: int) -> Stretch:
    return Stretch(document.text[start:end], start, end)


def _places(stretch: Stretch, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the places of the words that are matched like one of the stems."""
    for match in _WORD.finditer(stretch.text):
        if not wanted.isdisjoint(tokens(match.group())):
            yield stretch.start + match.start(), stretch.start + match.end()
