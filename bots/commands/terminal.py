"""Writing to the terminal: plain where nobody watches, and no wider than can be read."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.reply import (
    Answer,
    Citation,
    ClosestPassages,
    Excerpt,
    Line,
    NoAnswer,
    Reply,
    page_in_words,
)
from bots.list_shown import Row, rows_of
from bots.rows import by_column

WIDEST = 100  # columns; longer lines are hard to read

OUTCOMES = {
    "answer": ("✓ Answer", "bold green"),
    "closest_passages": ("≈ No direct answer", "bold yellow"),
    "no_answer": ("∅ No answer in the documents", "bold red"),
}


def console(*, to_stderr: bool = False) -> Console:
    """Return a console; Rich leaves colour out where NO_COLOR is set or nobody watches."""
    made = Console(stderr=to_stderr, highlight=False, markup=False, emoji=False)
    made.width = min(made.width, WIDEST)
    return made


def write(shown: RenderableType, *, to_stderr: bool = False) -> None:
    """Write without the blanks that Rich puts at the ends of lines."""
    out = console(to_stderr=to_stderr)
    with out.capture() as captured:
        out.print(shown)
    (sys.stderr if to_stderr else sys.stdout).write(
        "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())
    )


def write_json(value: object) -> None:
    """Write one JSON object to stdout, in ASCII where the terminal knows no more."""
    plain = (sys.stdout.encoding or "ascii").lower() not in {"utf-8", "utf8"}
    sys.stdout.write(json.dumps(value, ensure_ascii=plain, indent=2) + "\n")


def safe(text: str) -> str:
    """Take out what a terminal would obey instead of show, whatever a document contains."""
    kept = (
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return "".join(kept)


def written(text: str, style: str = "") -> Text:
    """Return text to print as it is."""
    return Text(safe(text), style=style, overflow="fold")


def reply_shown(reply: Reply, outcome: str) -> RenderableType:
    """Write a reply: what kind it is, its quotes, its sources, whom to ask."""
    headline, style = OUTCOMES[outcome]
    parts: list[RenderableType] = [written(headline, style)]
    if reply.question.understood:
        parts.append(written(f"Understood as: {reply.question.understood}", "italic"))
    if isinstance(reply, NoAnswer):
        parts += [Text(), written(reply.text)]
    else:
        if reply.remark:
            parts += [Text(), written(reply.remark, "bold")]
        parts += _body_shown(reply)
        parts += [Text(), written("Sources", "bold"), *sources_shown(reply.citations)]
        parts += [Text(), written(f"Whom to ask: {reply.contact}")]
    return Group(*parts, written(f"Receipt: {reply.id}", "dim"))


def _body_shown(reply: Answer | ClosestPassages) -> Iterable[RenderableType]:
    if reply.register and reply.register.listing.lines:
        yield Text()
        yield _list_shown(rows_of(reply.register, reply.citations))
        return
    by_number = {citation.number: citation for citation in reply.citations}
    for excerpt in reply.excerpts:
        yield Text()
        yield from _excerpt_shown(excerpt, by_number)


def _list_shown(rows: Sequence[Row]) -> Table:
    """Write a list from the register, a row each."""
    made = Table(box=None, padding=(0, 2, 1, 0), header_style="bold", pad_edge=False)
    made.add_column("", justify="right", no_wrap=True)
    made.add_column("Commitment", overflow="fold", ratio=1)
    for header, width in (("Lead", 20), ("When", 12), ("Status", 11)):
        made.add_column(header, overflow="fold", width=width)
    for row in rows:
        when = [written(one) for one in row.when or ("no date",)]
        late = [Text("overdue", "bold red")] if row.overdue else []
        made.add_row(
            Text(f"[{row.citation.number}]", "bold"),
            written(row.text),
            written("\n".join(row.leads) or "–"),
            Text("\n").join([*when, *late]),
            written(row.status),
        )
    return made


def _excerpt_shown(excerpt: Excerpt, by_number: dict[int, Citation]) -> Iterable[RenderableType]:
    if not excerpt.lines:
        return
    place = by_number[excerpt.lines[0].citation]
    yield written(" › ".join((place.title, *place.section)), "bold cyan")
    for line in excerpt.lines:
        yield Padding(_line_shown(line), (0, 0, 0, 2))


def _line_shown(line: Line) -> RenderableType:
    text = Text.assemble(
        written(row_written(line.cells) or line.text), (f" [{line.citation}]", "bold")
    )
    if line.cells:
        return hanging(written("▪"), text)
    return hanging(written("•"), text) if line.item else text


def row_written(cells: Sequence[tuple[str, str]]) -> str:
    """Write a row of a table as a line for each column: header, colon, text."""
    columns = by_column((header, text) for header, text in cells if text)
    return "\n".join(
        f"{header}: {' '.join(texts)}" if header else " ".join(texts)
        for (header, _), texts in columns.items()
    )


def sources_shown(citations: Sequence[Citation]) -> Iterable[RenderableType]:
    """Write where the quotes stand, one entry for those of one section that follow each other."""
    for _, run in groupby(citations, key=_place):
        together = list(run)
        first, last = together[0], together[-1]
        numbers = str(first.number) if first is last else f"{first.number}–{last.number}"
        yield hanging(written(f"[{numbers}]", "bold"), _source_shown(together))


def _place(citation: Citation) -> tuple[object, ...]:
    one = citation
    return one.document, one.version, one.section, one.page, one.marks


def _source_shown(together: Sequence[Citation]) -> Text:
    first = together[0]
    start = min(one.start for one in together)  # closest passages stand best first, not in order
    end = max(one.end for one in together)
    said = [f"version {first.version}", *first.marks]
    if first.page:
        said.append(page_in_words(first.page, first.page_label))
    lines = [
        written(first.title),
        written(" · ".join(said)),
        *([written(" › ".join(first.section))] if first.section else []),
        written(f"characters {start}–{end} of {first.document}", "dim"),
    ]
    return Text("\n").join(lines)


def hanging(mark: Text, text: RenderableType) -> Table:
    """Set text beside its mark, so that its lines stay clear of it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, vertical="top")
    grid.add_column(overflow="fold")
    grid.add_row(mark, text)
    return grid


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a plain table."""
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for header in headers:
        made.add_column(header, overflow="fold")
    for row in rows:
        made.add_row(*map(written, row))
    return made
