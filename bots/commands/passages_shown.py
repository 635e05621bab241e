"""Passages that were found, written for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.library.catalogue import in_words
from assistant.reply import page_in_words
from assistant.searching import Line, PassageFound, Searched, Stretch
from bots.commands.terminal import hanging, row_written, safe, written


def passages_shown(searched: Searched) -> RenderableType:
    """Write what was searched, and the passages with their places, numbered from the best."""
    parts: list[RenderableType] = [written(_headline(searched), "bold"), written(_scope(searched))]
    for number, one in enumerate(searched.passages, searched.search.offset + 1):
        parts += [Text(), hanging(written(f"{number}.", "bold"), _passage(one))]
    return Group(*parts)


def _headline(searched: Searched) -> str:
    if not searched.found:
        return "No passage found"
    if searched.more:
        return f"The {searched.found} nearest passages; further ones are not counted"
    return f"{searched.found} passage{'' if searched.found == 1 else 's'}"


def _scope(searched: Searched) -> str:
    held = f"{searched.held:,} document{'' if searched.held == 1 else 's'}"
    said = f"Searched {searched.documents:,} of {held}, as of "
    said += f"{in_words(searched.question.as_of)}."
    return f"{said} These are passages, not an answer." if searched.found else said


def _passage(one: PassageFound) -> RenderableType:
    known = one.entry.metadata
    said = [f"version {known.version}", *one.marks]
    if one.page:
        said.append(page_in_words(one.page, one.page_label))
    place = f"characters {one.text.start}–{one.text.end} of {known.id}"
    return Group(
        written(" › ".join((known.title, *one.section)), "bold cyan"),
        written(" · ".join(said)),
        *(Padding(line, (0, 0, 0, 2)) for line in _lines(one)),
        written(place, "dim"),
    )


def _lines(one: PassageFound) -> Iterator[RenderableType]:
    for line in one.lines:
        if line.cells:
            cells = [(header, cell.text) for header, cell in line.cells]
            yield hanging(written("▪"), written(row_written(cells)))
        elif line.kind == "list_item":
            yield hanging(written("•"), _marked(line, line.text))
        else:
            yield _marked(line, line.text)


def _marked(line: Line, text: Stretch) -> Text:
    """Write words with those of the question in bold."""
    made, at = Text(overflow="fold"), 0
    for start, end in line.words:
        first, last = start - text.start, end - text.start
        made.append(safe(text.text[at:first])).append(safe(text.text[first:last]), style="bold")
        at = last
    return made.append(safe(text.text[at:]))
