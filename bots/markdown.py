"""A reply as Markdown with footnotes, for chat windows that Charter does not draw itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.reply import Answer, Citation, ClosestPassages, NoAnswer, Reply
from bots.footnotes import place_in_words
from bots.list_shown import Row
from bots.register.rows import absolute, one_line
from bots.rows import by_column
from bots.web.answers import Cited, Quoted, Sheet, listed, quoted

# the same signs and words as in the terminal and on the page; an answer speaks for itself
_CLOSEST = "≈ No direct answer"
_NO_ANSWER = "∅ No answer in the documents"
_COLUMNS = "| Commitment | Lead | When | Status | |\n|---|---|---|---|---|\n"

# what Markdown reads as mark-up anywhere; "_" only at the edge of a word, "&" before an entity,
# "$" because chat windows set what stands between two of them as a formula
_ANYWHERE = re.compile(r"[\\`*\[\]<>~|$]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_AT_BEGINNING = re.compile(r"(?m)^([ \t]*(?:\d{1,9}(?=[.)](?:\s|$)))?)([-+#=.)])")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a citation in the text, as ``[1]`` at ``[start, end)``.

    Attributes:
        start, end: counted in Unicode code points.
        url: of the document opened at the quote, with the server's name.
    """

    citation: Citation
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Written:
    """Markdown, with where its citations are named."""

    text: str
    marks: tuple[Mark, ...]


def written(reply: Reply, base: str) -> Written:
    """Write a reply: what kind it is, its quotes, their places, whom to ask.

    Args:
        reply: to be written.
        base: address of the server, which goes before addresses that name none.
    """
    text, marks = "", []
    for piece in _pieces(reply, base):
        if isinstance(piece, Citation):
            number = f"[{piece.number}]"
            place = len(text), len(text) + len(number)
            marks.append(Mark(piece, *place, absolute(piece.url, base)))
            text += number
        else:
            text += piece
    return Written(text.rstrip() + "\n", tuple(marks))


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    safe = _ANYWHERE.sub(r"\\\g<0>", text)
    return _AT_BEGINNING.sub(r"\1\\\2", safe)


def _pieces(reply: Reply, base: str) -> Iterator[str | Citation]:
    if reply.question.understood:
        yield f"*Understood as: {escaped(reply.question.understood)}*\n\n"
    if isinstance(reply, NoAnswer):
        yield f"**{_NO_ANSWER}**\n\n{escaped(reply.text)}\n"
        return
    if isinstance(reply, ClosestPassages):
        yield f"**{_CLOSEST}**\n\n"
    if reply.remark:
        yield f"{escaped(reply.remark)}\n\n"
    yield from _body(reply)
    yield "---\n\n"
    yield from (_footnote(citation, base) for citation in reply.citations)
    yield f"Whom to ask: {escaped(reply.contact)}\n"


def _body(reply: Answer | ClosestPassages) -> Iterator[str | Citation]:
    rows = listed(reply)
    if rows:
        yield from _list(rows)
        return
    for one in quoted(reply):
        yield from _excerpt(one)


def _list(rows: Iterable[Row]) -> Iterator[str | Citation]:
    """Write a list from the register as a table, a commitment each."""
    yield _COLUMNS
    for row in rows:
        when = "; ".join(row.when) or "no date"
        cells = (
            row.text,
            "; ".join(row.leads) or "–",
            f"{when} (overdue)" if row.overdue else when,
            row.status,
        )
        yield "| " + " | ".join(escaped(one_line(cell)) for cell in cells) + " | "
        yield row.citation
        yield " |\n"
    yield "\n"


def _excerpt(one: Quoted) -> Iterator[str | Citation]:
    where = " › ".join((one.place.title, *one.place.section))
    yield f"**{escaped(one_line(where))}**\n\n"
    for sheet in one.sheets:
        yield from _sheet(sheet)


def _sheet(sheet: Sheet) -> Iterator[str | Citation]:
    for cited in sheet.lines:
        yield f"{_line(cited)} "
        yield cited.citation
        yield "\n\n" if sheet.kind == "prose" else "\n"
    if sheet.kind != "prose":
        yield "\n"


def _line(cited: Cited) -> str:
    line = cited.line
    if not line.cells:
        return f"- {escaped(one_line(line.text))}" if line.item else escaped(one_line(line.text))
    columns = by_column((header, text) for header, text in line.cells if text)
    said = [
        f"{header}: {' '.join(texts)}" if header else " ".join(texts)
        for (header, _), texts in columns.items()
    ]
    # two blanks before the end of a line: the next one begins below it
    return "- " + "  \n  ".join(escaped(one_line(one)) for one in said)


def _footnote(citation: Citation, base: str) -> str:
    place, quote = escaped(one_line(place_in_words(citation))), escaped(one_line(citation.quote))
    return f"[{citation.number}] {place}: “{quote}” – <{absolute(citation.url, base)}>\n\n"
