"""Slides: each one that is shown is a page, its title a heading, its notes at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.errors import DamagedFile, EmptyFile, FileTooLarge
from corpus.formats.package import Package, open_package
from corpus.formats.sheets.workbook import linked, targets
from corpus.formats.slides.chart import lay_chart
from corpus.formats.slides.shapes import Box, Shape, placeholders_of, shapes_of
from corpus.formats.slides.text import Line, Text, diagram_lines, lay_lines, lay_table, lines_of
from corpus.metadata import Fields
from corpus.model import Page
from corpus.progress import OnPage, unheard
from corpus.raw import Heading, Note, Parsed
from corpus.traced import joined

_MOST_SLIDES = 2_000
_TITLES = ("title", "ctrTitle")
_FURNITURE = frozenset(("ftr", "dt", "sldNum", "hdr", "sldImg"))
_TRUE = ("1", "true")
_LONGEST_TITLE = 15  # words of a text that stands on top of a slide without a title
_REPEATED = 0.6  # share of the slides from which on a free text in one place is furniture
_FEWEST_REPEATED = 4  # slides
_EDGE = 0.15  # of a slide's height, at its top and bottom, where furniture stands
_SAVE_AGAIN = "Open it in the program that made it, save it again, and put that copy here."


@dataclass(frozen=True, slots=True)
class _Slide:
    """One slide: its number in the file, its shapes in order, and what its parts are called."""

    number: int
    part: str
    shapes: tuple[Shape, ...]
    links: dict[str, tuple[str, str]]
    master: etree._Element | None
    opening: bool


def parse(data: bytes, name: str, *, on_page: OnPage = unheard) -> Parsed:
    """Return what the slides of a presentation say.

    The original is their text by slide: title, shapes in reading order, notes.

    Raises:
        UnreadableFile: it is damaged, too large, or has no text.
    """
    package = open_package(data, name)
    parts, height = _parts_in_order(package)
    slides, hidden = _slides(package, parts)
    repeated = _repeated(slides, height)
    page = Text()
    pages, wordless = [], []
    for count, slide in enumerate(slides, start=1):
        pages.append(Page(start=page.length, label=str(slide.number)))
        if not _lay(page, package, slide, repeated):
            wordless.append(str(slide.number))
        on_page(count, len(slides))
    if not page.blocks:
        raise EmptyFile(f"{name} has no text on its slides.", "Give it some, or remove it.")
    notes = [f"Hidden slides were left out: {', '.join(hidden)}."] if hidden else []
    if wordless:
        notes.append(f"Slides without text, perhaps pictures of it: {', '.join(wordless)}.")
    return Parsed(
        original="".join(page.parts),
        blocks=page.blocks,
        properties=_properties(package),
        pages=tuple(pages),
        notes=tuple(notes),
    )


def _properties(package: Package) -> Fields:
    root = package.xml("docProps/core.xml")
    found = None if root is None else next(root.iter("{*}title"), None)
    title = "" if found is None else (found.text or "").strip()
    return Fields(title=title or None)


def _parts_in_order(package: Package) -> tuple[list[str], float]:
    """Return the parts of the slides in their order, and the height of a slide."""
    root = package.xml("ppt/presentation.xml")
    if root is None:
        raise _damaged(package.name)
    links = targets(package, "ppt/presentation.xml")
    found = [links[key][1] for one in root.iter("{*}sldId") if (key := linked(one)) in links]
    if len(found) > _MOST_SLIDES:
        raise FileTooLarge(f"{package.name} has more than {_MOST_SLIDES:,} slides.", "Split it.")
    size = next(root.iter("{*}sldSz"), None)
    height = "" if size is None else size.get("cy", "")
    return found, float(height) if height.isdecimal() else 0.0


def _slides(package: Package, parts: Sequence[str]) -> tuple[list[_Slide], list[str]]:
    """Return the slides that are shown, and the numbers of those that are not."""
    slides, hidden = [], []
    known: dict[str, etree._Element | None] = {}

    def tree_of(part: str) -> etree._Element | None:
        if part not in known:
            known[part] = package.xml(part) if part else None
        return known[part]

    for number, part in enumerate(parts, start=1):
        root = package.xml(part)
        if root is None:
            raise _damaged(package.name)
        if root.get("show") in ("0", "false"):
            hidden.append(str(number))
            continue
        links = targets(package, part)
        layout = _target(links, "slideLayout")
        master = _target(targets(package, layout), "slideMaster") if layout else ""
        trees = tree_of(layout), tree_of(master)
        shape_tree = next(root.iter("{*}spTree"), None)
        bases = [placeholders_of(one) for one in trees]
        shapes = () if shape_tree is None else shapes_of(shape_tree, bases)
        opening = trees[0] is not None and trees[0].get("type") == "title"
        slides.append(_Slide(number, part, shapes, links, trees[1], opening))
    return slides, hidden


def _target(links: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for one, part in links.values() if one == kind), "")


def _flat(shapes: Sequence[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        if shape.inside:
            yield from _flat(shape.inside)
        else:
            yield shape


def _repeated(slides: Sequence[_Slide], height: float) -> frozenset[tuple[str, Box]]:
    """Return the texts that stand in one place at the edge of most slides: no one wrote them."""
    times: dict[tuple[str, Box], int] = {}
    for slide in slides:
        for key in {key for shape in _flat(slide.shapes) if (key := _furniture_key(shape, height))}:
            times[key] = times.get(key, 0) + 1
    least = max(_FEWEST_REPEATED, _REPEATED * len(slides))
    return frozenset(key for key, count in times.items() if count >= least)


def _furniture_key(shape: Shape, height: float) -> tuple[str, Box] | None:
    if shape.box is None or shape.role or shape.kind != "sp" or not height:
        return None
    if _EDGE * height < shape.box[1] and shape.box[3] < (1 - _EDGE) * height:
        return None
    text = "\n".join(line.text for line in lines_of(shape, None))
    return (text, shape.box) if text else None


def _lay(page: Text, package: Package, slide: _Slide, repeated: frozenset[tuple[str, Box]]) -> bool:
    """Lay out a slide, and say whether it has text."""
    before = len(page.blocks)
    shapes = [
        shape
        for shape in _flat(slide.shapes)
        if shape.role not in _FURNITURE and not (repeated and _any_key(shape) in repeated)
    ]
    title = _title_of(shapes, slide.master)
    start = page.length
    if title:
        text = joined([page.put(line.text) for line in lines_of(title, slide.master)], " ")
        opening = title.role == "ctrTitle" or slide.opening
        page.blocks.append(Heading(text, 1 if opening else 2, page.next_lines()))
    elif before:
        page.blocks.append(Heading(page.put(f"Slide {slide.number}"), 2, page.next_lines()))
    heads = len(page.blocks)
    for shape in shapes:
        if shape is not title:
            _lay_shape(page, package, slide, shape)
    _lay_notes(page, package, slide)
    if len(page.blocks) == heads and not title:
        del page.blocks[before:]
        while page.length > start:
            page.length -= len(page.parts.pop())
    return len(page.blocks) > before


def _any_key(shape: Shape) -> tuple[str, Box] | None:
    if shape.box is None or shape.role:
        return None
    return "\n".join(line.text for line in lines_of(shape, None)), shape.box


def _title_of(shapes: Sequence[Shape], master: etree._Element | None) -> Shape | None:
    """Return the title, or where there is none a short free text on top of everything else."""
    written = [shape for shape in shapes if lines_of(shape, master)]
    for shape in written:
        if shape.role in _TITLES:
            return shape
    others = [shape for shape in shapes if shape.box and shape not in written]
    if not written or (len(written) == 1 and not others):
        return None
    first = written[0]
    lines = lines_of(first, master)
    words = len(" ".join(line.text for line in lines).split())
    short = len(lines) == 1 and words <= _LONGEST_TITLE and not lines[0].bullet
    boxes = [shape.box for shape in shapes if shape.box and shape is not first]
    on_top = first.box is not None and all(
        first.box[3] <= box[3] and first.box[1] <= box[1] for box in boxes
    )
    return first if short and on_top and not lines[0].text.rstrip().endswith(".") else None


def _lay_shape(page: Text, package: Package, slide: _Slide, shape: Shape) -> None:
    if shape.kind != "graphicFrame":
        lay_lines(page, lines_of(shape, slide.master))
        return
    for table in shape.element.iter("{*}tbl"):
        lay_table(page, table)
    for chart in shape.element.iter("{*}chart"):
        root = package.xml(slide.links.get(linked(chart), ("", ""))[1])
        if root is not None:
            lay_chart(page, root)
    for diagram in shape.element.iter("{*}relIds"):
        root = package.xml(slide.links.get(linked(diagram, "dm"), ("", ""))[1])
        if root is not None:
            lay_lines(page, list(diagram_lines(root)))


def _lay_notes(page: Text, package: Package, slide: _Slide) -> None:
    """Lay out the speaker's notes as one note."""
    root = package.xml(_target(slide.links, "notesSlide"))
    lines: list[Line] = []
    for shape in () if root is None else root.iter("{*}sp"):
        mark = next(shape.iter("{*}ph"), None)
        if mark is not None and mark.get("type") == "body":
            lines += lines_of(Shape(shape, "sp", None), None)
    if lines:
        text = joined([page.put(line.text) for line in lines], "\n")
        page.blocks.append(Note(text, page.next_lines()))


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(f"{name} is damaged: a part of it is missing.", _SAVE_AGAIN)
