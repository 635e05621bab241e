"""Write a reply: excerpts introduced by where they stand, each line with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from assistant.library.catalogue import Catalogue
from assistant.library.quoted_marks import mark_of_day, mark_of_scan
from assistant.reply import Citation, Excerpt, Line, Question
from assistant.selection.forms import in_conflict
from assistant.selection.quotable import Quotable
from assistant.writing.addresses import place_address
from assistant.writing.check import holds
from assistant.writing.phrases import PHRASES, Phrases
from corpus.errors import IndexDamaged
from corpus.model import Document
from corpus.places import first_page, page_label
from indexing.index import Index


@dataclass(frozen=True, slots=True)
class Quotation:
    """Units written out: excerpts for people, citations for checking."""

    excerpts: tuple[Excerpt, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes what was selected, in the words of the documents."""

    index: Index
    catalogue: Catalogue
    public_url: str
    general_contact: str
    phrases: Phrases = PHRASES["en"]

    def quote(self, quotables: Sequence[Quotable], question: Question) -> Quotation:
        """Write units as excerpts, one for each run of units of one section and the same marks.

        A unit whose quote does not hold is left out (promise 1).

        Raises:
            IndexDamaged: none of them holds.
        """
        cited: list[tuple[Quotable, Citation]] = []
        for one in quotables:
            citation = self.cite(one, len(cited) + 1, question)
            if holds(citation, self.index.document(one.key)):
                cited.append((one, citation))
        if quotables and not cited:
            raise IndexDamaged(
                "The passages of the index do not stand in its documents.",
                "Run `charter index` again.",
            )
        runs = groupby(cited, key=lambda pair: (pair[0].key, pair[1].section, pair[1].marks))
        excerpts = [self._excerpt(list(run)) for _, run in runs]
        return Quotation(tuple(excerpts), tuple(citation for _, citation in cited))

    def contact(self, quotables: Sequence[Quotable]) -> str:
        """Name whom to ask about the first unit's document."""
        if quotables:
            metadata = self.index.document(quotables[0].key).metadata
            if metadata.contact or metadata.owner:
                return metadata.contact or metadata.owner
        return self.general_contact or self.phrases.nobody_named

    def also(self, quotables: Sequence[Quotable], question: Question) -> str:
        """Say which documents that are not in force speak of the matter as well."""
        keys = dict.fromkeys(one.key for one in quotables)
        entries = [
            self.catalogue.entry(self.index.document(key).metadata, question.as_of) for key in keys
        ]
        return " ".join(
            self.phrases.also.format(
                title=one.metadata.title,
                version=one.metadata.version,
                force=self.phrases.forces[one.force],
            )
            for one in entries
        )

    def disagreement(self, quotables: Sequence[Quotable]) -> str:
        """Say so when units of different documents give different amounts for one matter."""
        for one, other in combinations(quotables, 2):
            if in_conflict(one, other):
                first, second = (self._described(side) for side in (one, other))
                return self.phrases.differ.format(one=first, other=second)
        return ""

    def language(self, quotables: Sequence[Quotable]) -> str:
        """Say which language the units are in, when it is not the one of the question."""
        documents = {self.index.document(one.key).metadata.language for one in quotables}
        return self.phrases.language_of(documents)

    def _described(self, one: Quotable) -> str:
        metadata = self.index.document(one.key).metadata
        parts = [f"“{metadata.title}”", self.phrases.version.format(version=metadata.version)]
        if metadata.effective_from:
            day = self.phrases.in_words(metadata.effective_from)
            parts.append(self.phrases.from_day.format(day=day))
        if metadata.owner:
            parts.append(self.phrases.owner.format(owner=metadata.owner))
        return ", ".join(parts)

    def cite(self, one: Quotable, number: int, question: Question) -> Citation:
        """Return where a unit stands, with what must be said beside it."""
        document = self.index.document(one.key)
        metadata = document.metadata
        entry = self.catalogue.entry(metadata, question.today)
        block = document.blocks[one.unit.block]
        page = first_page(document, one.unit.start, one.unit.end) or block.page
        place = place_address(metadata.id, metadata.version, start=one.unit.start, end=one.unit.end)
        return Citation(
            number=number,
            document=metadata.id,
            title=metadata.title,
            version=metadata.version,
            status=entry.status,
            section=document.sections[block.section].path,
            page=page,
            page_label=page_label(document, page),
            quote=one.text,
            start=one.unit.start,
            end=one.unit.end,
            url=self.public_url + place,
            marks=(
                *entry.marks,
                *mark_of_day(self.catalogue, metadata, as_of=question.as_of, today=question.today),
                *mark_of_scan(document, one.unit.start, one.unit.end),
            ),
        )

    def _excerpt(self, cited: Sequence[tuple[Quotable, Citation]]) -> Excerpt:
        lines = tuple(
            _line(self.index.document(one.key), one, citation.number) for one, citation in cited
        )
        return Excerpt(where(cited[0][1]), lines)


def where(citation: Citation) -> str:
    """Say where a citation stands: title, version, marks, section path."""
    marks = "".join(f"; {mark}" for mark in citation.marks)
    section = " › ".join(citation.section)
    head = f"{citation.title} (version {citation.version}{marks})"
    return f"{head}, {section}" if section else head


def plain_text(excerpts: Sequence[Excerpt]) -> str:
    """Write excerpts as text with [1] markers, one line a quote."""
    return "\n\n".join(
        "\n".join([f"{excerpt.where}:", *(plain_line(line) for line in excerpt.lines)])
        for excerpt in excerpts
    )


def plain_line(line: Line) -> str:
    """Write one line as text with its [1] marker."""
    text = " | ".join(f"{header}: {cell}" if header else cell for header, cell in line.cells)
    return f"{'- ' if line.item or line.cells else ''}{text or line.text} [{line.citation}]"


def _line(document: Document, one: Quotable, number: int) -> Line:
    block = document.blocks[one.unit.block]
    cells = tuple(
        (cell.header, document.text[cell.start : cell.end])
        for cell in block.cells
        if cell.start < cell.end
    )
    return Line(one.text, number, cells, item=block.kind == "list_item")
