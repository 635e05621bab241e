"""The shapes of a slide in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

_DEEPEST = 20  # groups in groups
_MOST_ROWS = 30  # of a slide; below them columns are no longer looked for
_SHAPES = frozenset(("sp", "grpSp", "graphicFrame", "pic", "cxnSp"))
_TRUE = ("1", "true")
Box = tuple[float, float, float, float]  # left, top, right, bottom, in the units of the file
Inherited = Mapping[tuple[str, str], etree._Element]  # noqa: SLF001  lxml gives its type no other name


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: its element, its place, what kind of placeholder it fills.

    Attributes:
        role: type of its placeholder ("title", "body", "ftr"); empty for a free shape.
        bases: the placeholders of layout and master that it takes after, nearest first.
        inside: the shapes of a group.
    """

    element: etree._Element
    kind: str
    box: Box | None
    role: str = ""
    bases: tuple[etree._Element, ...] = ()
    inside: tuple[Shape, ...] = ()


def shapes_of(tree: etree._Element, bases: Sequence[Inherited]) -> tuple[Shape, ...]:
    """Return the shapes of a slide as they are read: from the top, column by column.

    Args:
        tree: the slide's ``spTree``.
        bases: the placeholders of its layout and of its master, as ``placeholders_of`` gives them.
    """
    return _ordered(list(_shapes(tree, bases, 0)))


def placeholders_of(root: etree._Element | None) -> dict[tuple[str, str], etree._Element]:
    """Return the placeholders of a layout or master, by type and index; of each, by type alone."""
    found: dict[tuple[str, str], etree._Element] = {}
    for shape in () if root is None else root.iter("{*}sp"):
        mark = next(shape.iter("{*}ph"), None)
        if mark is not None:
            role = mark.get("type", "obj")
            found[role, mark.get("idx", "0")] = shape
            found.setdefault((role, ""), shape)
            found.setdefault(("", mark.get("idx", "0")), shape)
    return found


def _shapes(tree: etree._Element, bases: Sequence[Inherited], depth: int) -> Iterator[Shape]:
    for element in _children(tree):
        kind = etree.QName(element).localname
        if kind not in _SHAPES or _is_hidden(element):
            continue
        inside: tuple[Shape, ...] = ()
        if kind == "grpSp":
            if depth >= _DEEPEST:
                continue
            inside = _ordered(list(_shapes(element, bases, depth + 1)))
        mark = _placeholder(element)
        role = "" if mark is None else mark.get("type", "obj")
        above = () if mark is None else tuple(_bases(role, mark.get("idx", "0"), bases))
        box = next((box for one in (element, *above) if (box := _box_of(one))), None)
        yield Shape(element, kind, box, role, above, inside)


def _children(tree: etree._Element) -> Iterator[etree._Element]:
    """Yield the children; of alternatives the first, or what stands in for it if that is none."""
    for element in tree:
        if etree.QName(element).localname != "AlternateContent":
            yield element
            continue
        for choice in element:
            shapes = [one for one in choice if etree.QName(one).localname in _SHAPES]
            if shapes:
                yield from shapes
                break


def _bases(role: str, index: str, bases: Sequence[Inherited]) -> Iterator[etree._Element]:
    """Yield the placeholders that one takes after: the layout's by index."""
    for number, known in enumerate(bases):
        if number == 0:
            found = known.get((role, index))
            found = known.get(("", index)) if found is None and index != "0" else found
        else:
            found = None
        if found is None:
            kin = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}.get(role, role)
            found = known.get((role, ""))
            found = known.get((kin, "")) if found is None else found
        if found is not None:
            yield found


def _placeholder(element: etree._Element) -> etree._Element | None:
    for part in element:  # nvSpPr, nvPicPr, nvGraphicFramePr
        if etree.QName(part).localname.startswith("nv"):
            return next(part.iter("{*}ph"), None)
    return None


def _is_hidden(element: etree._Element) -> bool:
    for part in element:
        if etree.QName(part).localname.startswith("nv"):
            mark = next(part.iterchildren("{*}cNvPr"), None)
            return mark is not None and mark.get("hidden") in _TRUE
    return False


def _box_of(element: etree._Element) -> Box | None:
    for part in element:
        name = etree.QName(part).localname
        where = part if name == "xfrm" else None
        if name in ("spPr", "grpSpPr"):
            where = next(part.iterchildren("{*}xfrm"), None)
        if where is not None:
            return _box(where)
    return None


def _box(where: etree._Element) -> Box | None:
    place = next(where.iterchildren("{*}off"), None)
    size = next(where.iterchildren("{*}ext"), None)
    if place is None or size is None:
        return None
    try:
        left, top = float(place.get("x", "0")), float(place.get("y", "0"))
        return left, top, left + float(size.get("cx", "0")), top + float(size.get("cy", "0"))
    except ValueError:
        return None


def _ordered(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Return shapes in reading order; one without a place stays after the one before it."""
    placed = [shape for shape in shapes if shape.box]
    after: dict[int, list[Shape]] = {}
    last = -1
    for shape in shapes:
        if shape.box:
            last = id(shape)
        else:
            after.setdefault(last, []).append(shape)
    found = list(after.get(-1, ()))
    for shape in _cut(placed):
        found += [shape, *after.get(id(shape), ())]
    return tuple(found)


def _cut(shapes: list[Shape], depth: int = 0) -> list[Shape]:
    """Return shapes row by row, or column by column where the gap between columns is the wider."""
    if len(shapes) < 2 or depth > _DEEPEST:  # noqa: PLR2004  one has its order
        return sorted(shapes, key=lambda shape: _side(shape, 1))
    rows, _ = _bands(shapes, 1)
    for first in range(min(len(rows), _MOST_ROWS)):
        rest = [shape for row in rows[first:] for shape in row]
        columns, between_columns = _bands(rest, 0)
        alone = len(rows) - first == 1
        if len(columns) > 1 and (alone or between_columns > _bands(rest, 1)[1]):
            above = [shape for row in rows[:first] for shape in _cut(row, depth + 1)]
            return [*above, *(shape for column in columns for shape in _cut(column, depth + 1))]
    if len(rows) > 1:
        return [shape for row in rows for shape in _cut(row, depth + 1)]
    return sorted(shapes, key=lambda shape: (_side(shape, 1), _side(shape, 0)))


def _bands(shapes: list[Shape], axis: int) -> tuple[list[list[Shape]], float]:
    """Return shapes in bands with a gap between them along an axis, and the widest gap.

    A little overlap, a tenth of the smaller shape, is still a gap.
    """
    key: Callable[[Shape], float] = lambda shape: _side(shape, axis)  # noqa: E731  a key whose type the sort needs
    bands: list[list[Shape]] = []
    end, widest = float("-inf"), 0.0
    for shape in sorted(shapes, key=key):
        start, stop = _side(shape, axis), _side(shape, axis + 2)
        slack = (stop - start) / 10
        if not bands or start >= end - slack:
            widest = max(widest, start - end) if bands else 0.0
            bands.append([])
        bands[-1].append(shape)
        end = max(end, stop)
    return bands, widest


def _side(shape: Shape, side: int) -> float:
    return shape.box[side] if shape.box else 0.0
