"""A reply as a page shows it: excerpts as prose, lists and tables; sources by document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from starlette.requests import Request

from assistant.ask import Assistant
from assistant.feedback import REASONS
from assistant.ledgers import Ledgers
from assistant.reply import Citation, Excerpt, Line, NoAnswer, Reply
from assistant.writing.addresses import document_address
from assistant.writing.wire import outcome
from bots.list_shown import Row, rows_of
from bots.rows import by_column, columns_of
from bots.web.earlier import earlier_in
from bots.web.passed import base_of
from bots.web.voters import here, vote_of
from corpus.model import document_key

_LABEL = re.compile(r"\(?(\d+(\.\d+)*|[a-z]|[ivxlc]+)[.)](\s|$)|\d+(\.\d+)+\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the reply with its citation."""

    line: Line
    citation: Citation

    @property
    def labelled(self) -> bool:
        """An item that brings its own label, as printed, needs no bullet."""
        return bool(_LABEL.match(self.line.text))


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Rows of an answer; a cell is a tuple of paragraphs, empty where the author left it so."""

    headers: tuple[str, ...]
    rows: tuple[tuple[tuple[tuple[str, ...], ...], Citation], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of one excerpt that look alike: sentences, items of one list or rows of one table."""

    kind: str
    lines: tuple[Cited, ...]

    @property
    def table(self) -> AnswerTable:
        """Return the lines as rows under the headers of their columns."""
        rows = [by_column(cited.line.cells) for cited in self.lines]
        columns = columns_of(rows)
        cells = [tuple(row.get(column, ()) for column in columns) for row in rows]
        citations = [cited.citation for cited in self.lines]
        headers = tuple(header for header, _ in columns)
        return AnswerTable(headers, tuple(zip(cells, citations, strict=True)))


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands together in one section, with where that is."""

    place: Citation
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One version of a document with the citations of it, by section, as they are numbered."""

    title: str
    version: str
    marks: tuple[str, ...]
    url: str
    sections: tuple[tuple[Citation, ...], ...]


def shown_answer(
    assistant: Assistant, ledgers: Ledgers, request: Request, reply: Reply
) -> dict[str, Any]:
    """Return what the template of an answer shows of a reply and of the conversation before it."""
    return {
        "reply": reply,
        "outcome": outcome(reply),
        "quoted": quoted(reply),
        "rows": listed(reply),
        "sources": sources(reply),
        "earlier": earlier_in(assistant, reply.question.conversation_id or ""),
        "reasons": REASONS,
        "changed": "",
        "before": "",
        "asked_at": None,
        "receipt_id": reply.id,
        "voted": vote_of(request, reply.id, ledgers),
        "back": here(request),
        "answer_url": f"{base_of(request, assistant.settings)}/answers/{reply.id}",
    }


def quoted(reply: Reply) -> tuple[Quoted, ...]:
    """Return the excerpts of a reply; none where there is no answer."""
    if isinstance(reply, NoAnswer):
        return ()
    by_number = {citation.number: citation for citation in reply.citations}
    return tuple(_quoted(excerpt, by_number) for excerpt in reply.excerpts if excerpt.lines)


def listed(reply: Reply) -> tuple[Row, ...]:
    """Return the rows of a list from the register; none where none answers."""
    if isinstance(reply, NoAnswer) or not reply.register or not reply.register.listing.lines:
        return ()
    return rows_of(reply.register, reply.citations)


def sources(reply: Reply) -> tuple[Source, ...]:
    """Group the citations of a reply by document and version."""
    if isinstance(reply, NoAnswer):
        return ()
    groups: dict[str, list[Citation]] = {}
    for citation in reply.citations:
        groups.setdefault(document_key(citation.document, citation.version), []).append(citation)
    return tuple(_source(group) for group in groups.values())


def _quoted(excerpt: Excerpt, by_number: dict[int, Citation]) -> Quoted:
    cited = [Cited(line, by_number[line.citation]) for line in excerpt.lines]
    return Quoted(cited[0].citation, tuple(_sheets(cited)))


def _sheets(cited: Sequence[Cited]) -> Iterator[Sheet]:
    for kind, run in groupby(cited, key=_look):
        yield Sheet(kind, tuple(run))


def _look(cited: Cited) -> str:
    if cited.line.cells:
        return "table"
    return "list" if cited.line.item else "prose"


def _section_and_page(citation: Citation) -> tuple[tuple[str, ...], int | None]:
    return citation.section, citation.page


def _source(citations: Sequence[Citation]) -> Source:
    one = citations[0]
    return Source(
        one.title,
        one.version,
        tuple(dict.fromkeys(mark for citation in citations for mark in citation.marks)),
        document_address(one.document, one.version),
        tuple(tuple(run) for _, run in groupby(citations, key=_section_and_page)),
    )
