"""The paragraphs, lists and tables of a slide's shapes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.slides.shapes import Shape
from corpus.raw import Item, Paragraph, Raw, Table
from corpus.traced import Traced, joined, made

_DEEPEST = 8  # levels of a list
_TRUE = ("1", "true", "on")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))
_BULLETS = ("buChar", "buBlip")
_LONGEST_NUMBER = 5  # digits of where a list starts
_SPACES = ("title", "body", "other")


@dataclass(slots=True)
class Text:
    """The text so far, and the blocks made of it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Raw] = field(default_factory=list)
    line: int = 0

    def put(self, text: str) -> Traced:
        """Add text and a line break, and return it with its places."""
        start = self.length
        self.parts += [text, "\n"]
        self.length += len(text) + 1
        return Traced(text, array("i", range(start, start + len(text))))

    def next_lines(self, *, close: bool = False) -> tuple[int, int]:
        """Return lines for a block, directly below the one before where they belong together."""
        self.line += 1 if close else 2
        return self.line, self.line + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a shape.

    Attributes:
        level: of a list, from 0.
        label: its printed number; ``bullet`` if it is an item of a list, with a label or not.
    """

    text: str
    level: int = 0
    label: str = ""
    bullet: bool = False
    bold: bool = False


def lines_of(shape: Shape, master: etree._Element | None) -> list[Line]:
    """Return the paragraphs of a shape that have text; ``master`` is the slide master's root."""
    body = next(shape.element.iterchildren("{*}txBody"), None)
    if body is None:
        return []
    styles = _styles(shape, body, master)
    counts: dict[int, int] = {}
    found = []
    for paragraph in body.iterchildren("{*}p"):
        text = text_of(paragraph)
        if not text.strip():
            continue
        own = next(paragraph.iterchildren("{*}pPr"), None)
        level = _level(own)
        mark = _bullet(own, styles, level)
        label = _label(mark, counts, level)
        found.append(Line(text, level, label, bool(label) or _is_bullet(mark), _is_bold(paragraph)))
    return found


def text_of(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, its line breaks in it."""
    texts = [
        "\n" if etree.QName(part).localname == "br" else part.text or ""
        for part in paragraph.iter("{*}t", "{*}br")
    ]
    return "".join(texts).replace("\v", "\n")


def lay_lines(page: Text, lines: Sequence[Line]) -> None:
    """Lay out the paragraphs of a shape; what stands right before a list introduces it."""
    group = 0
    for number, line in enumerate(lines):
        traced = page.put(line.text)
        if not line.bullet:
            page.blocks.append(Paragraph(traced, page.next_lines(), line.bold))
            group = 0
            continue
        span = page.next_lines(close=number > 0)
        group = group or span[0]
        text = joined([made(f"{line.label} "), traced]) if line.label else traced
        page.blocks.append(Item(text, span, group, line.level))


def lay_table(page: Text, table: etree._Element) -> None:
    """Lay out a table with its merged cells."""
    rows: list[tuple[Traced, ...]] = []
    above, left = set(), set()
    for number, row in enumerate(table.iterchildren("{*}tr")):
        cells = list(row.iterchildren("{*}tc"))
        for column, cell in enumerate(cells):
            if cell.get("vMerge") in _TRUE:
                above.add((number, column))
            elif cell.get("hMerge") in _TRUE:
                left.add((number, column))
        merged = above | left
        rows.append(
            tuple(
                made("") if (number, column) in merged else page.put(_cell_text(cell))
                for column, cell in enumerate(cells)
            )
        )
    if not any(cell.text.strip() for row in rows for cell in row):
        return
    width = max(map(len, rows))
    padded = tuple((*row, *[made("")] * (width - len(row))) for row in rows)
    properties = next(table.iterchildren("{*}tblPr"), None)
    headed = properties is not None and properties.get("firstRow") in _TRUE and len(rows) > 1
    size = _header_size(padded, above, left) if headed else 0
    size = size if size < len(padded) else 0
    page.blocks.append(
        Table(
            rows=padded[size:],
            lines=page.next_lines(),
            header=_header(padded[:size], left, above) if size else (),
            exact=True,
            above=frozenset((row - size, column) for row, column in above if row >= size),
            left=frozenset((row - size, column) for row, column in left if row >= size),
        )
    )


def _header_size(
    rows: Sequence[Sequence[Traced]], above: set[tuple[int, int]], left: set[tuple[int, int]]
) -> int:
    """Return how many rows the header has: two where the first spans columns that the next names.

    Then nothing stands under the cells of the first row that span none.
    """
    size = 1
    while any(row == size for row, _ in above):
        size += 1
    wide = {column for row, column in left if row == 0}
    wide |= {column - 1 for column in wide}
    if size > 1 or not wide or len(rows) < 3:  # noqa: PLR2004  two of header, one under it
        return size
    under = [column for column, cell in enumerate(rows[1]) if cell.text.strip()]
    return 2 if under and all(column in wide for column in under) else size


def _header(
    rows: Sequence[Sequence[Traced]], left: set[tuple[int, int]], above: set[tuple[int, int]]
) -> tuple[Traced, ...]:
    """Return one text for each column, outermost header first."""
    names: list[list[Traced]] = [[] for _ in rows[0]]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            text = names[column - 1][-1] if (number, column) in left and column else cell
            if (number, column) not in above and text.text.strip():
                names[column].append(text)
    return tuple(joined(texts, " ") for texts in names)


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(text for one in cell.iter("{*}p") if (text := text_of(one)).strip())


def _styles(
    shape: Shape, body: etree._Element, master: etree._Element | None
) -> list[etree._Element]:
    """Return the list styles that a shape's paragraphs follow, nearest first."""
    found = list(body.iterchildren("{*}lstStyle"))
    for base in shape.bases:
        for part in base.iterchildren("{*}txBody"):
            found += part.iterchildren("{*}lstStyle")
    if master is not None:
        name = "bodyStyle" if shape.role in ("body", "obj", "subTitle") else "otherStyle"
        name = "titleStyle" if shape.role in ("title", "ctrTitle") else name
        for part in master.iterchildren("{*}txStyles"):
            found += part.iterchildren(f"{{*}}{name}")
    return found


def _level(properties: etree._Element | None) -> int:
    level = "" if properties is None else properties.get("lvl", "")
    return min(int(level), _DEEPEST) if level.isdecimal() and len(level) == 1 else 0


def _bullet(
    own: etree._Element | None, styles: Sequence[etree._Element], level: int
) -> etree._Element | None:
    """Return the mark that a paragraph is set with, None if nothing says that it has one."""
    levels = [own] if own is not None else []
    for style in styles:
        levels += style.iterchildren(f"{{*}}lvl{level + 1}pPr")
    for properties in levels:
        for part in properties:
            if etree.QName(part).localname in (*_BULLETS, "buNone", "buAutoNum"):
                return part
    return None


def _is_bullet(mark: etree._Element | None) -> bool:
    return mark is not None and etree.QName(mark).localname in _BULLETS


def _label(mark: etree._Element | None, counts: dict[int, int], level: int) -> str:
    """Return the number that the program prints before a paragraph, and count it."""
    for deeper in [one for one in counts if one > level]:
        del counts[deeper]
    if mark is None or etree.QName(mark).localname != "buAutoNum":
        counts.pop(level, None)
        return ""
    start = mark.get("startAt", "1")
    first = int(start) if start.isdecimal() and len(start) <= _LONGEST_NUMBER else 1
    counts[level] = counts.get(level, first - 1) + 1
    return _numbered(counts[level], mark.get("type", "arabicPeriod"))


def _numbered(number: int, kind: str) -> str:
    if kind.startswith("alpha"):
        core = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind.startswith("roman"):
        core = _roman(number)
    else:
        core = str(number)
    core = core.upper() if "Uc" in kind else core
    if kind.endswith("ParenBoth"):
        return f"({core})"
    if kind.endswith("ParenR"):
        return f"{core})"
    return f"{core}." if kind.endswith("Period") else core


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text + "i" * number


def _is_bold(paragraph: etree._Element) -> bool:
    runs = [run for run in paragraph.iterchildren("{*}r") if text_of(run).strip()]
    return bool(runs) and all(map(_is_bold_run, runs))


def _is_bold_run(run: etree._Element) -> bool:
    return any(part.get("b") in _TRUE for part in run.iterchildren("{*}rPr"))


def diagram_lines(root: etree._Element) -> Iterator[Line]:
    """Yield the texts of a diagram as the items of a list, nested as its author did."""
    texts = {}
    for point in root.iter("{*}pt"):
        if point.get("type", "node") in ("node", "asst"):
            body = next(point.iterchildren("{*}t"), None)
            texts[point.get("modelId")] = "" if body is None else _cell_text(body).strip()
    children: dict[str | None, list[tuple[int, str | None]]] = {}
    below = set()
    for link in root.iter("{*}cxn"):
        if link.get("type", "parOf") == "parOf" and link.get("destId") in texts:
            order = link.get("srcOrd", "0")
            place = int(order) if order.isdecimal() and len(order) <= _LONGEST_NUMBER else 0
            children.setdefault(link.get("srcId"), []).append((place, link.get("destId")))
            if link.get("srcId") in texts:
                below.add(link.get("destId"))
    outermost = [one for source in children if source not in texts for one in children[source]]
    tops = [(one, 0) for _, one in sorted(outermost, key=lambda one: one[0])]
    waiting = tops or [(one, 0) for one in texts if one not in below]
    seen = set()
    while waiting:
        point_id, level = waiting.pop(0)
        if point_id in seen:
            continue
        seen.add(point_id)
        if text := texts.get(point_id):
            yield Line(text, min(level, _DEEPEST), bullet=True)
        inner = sorted(children.get(point_id, []), key=lambda one: one[0])
        waiting = [*((one, level + 1) for _, one in inner), *waiting]
