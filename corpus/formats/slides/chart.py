"""The figures behind a chart, as the table that its author entered."""

from __future__ import annotations

from lxml import etree

from corpus.formats.sheets.number_format import shown
from corpus.formats.slides.text import Text
from corpus.raw import Table
from corpus.traced import Traced, made

_MOST_POINTS = 1_000  # of a series; more are a curve, not figures to be read


def lay_chart(page: Text, root: etree._Element) -> None:
    """Lay out a chart's categories and series as rows and columns."""
    series = list(root.iter("{*}ser"))
    names = [_first(one, "tx") for one in series]
    columns = [_points(one, "val") or _points(one, "yVal") for one in series]
    categories = next((found for one in series if (found := _points(one, "cat"))), {})
    places = sorted({place for column in (categories, *columns) for place in column})
    if not places or len(places) > _MOST_POINTS or not any(columns):
        return
    header = [made(""), *(page.put(name) if name else made("") for name in names)]
    rows = tuple(_row(page, place, [categories, *columns]) for place in places)
    named = any(cell.text for cell in header)
    page.blocks.append(Table(rows, page.next_lines(), tuple(header) if named else (), exact=True))


def _row(page: Text, place: int, columns: list[dict[int, str]]) -> tuple[Traced, ...]:
    return tuple(page.put(column[place]) if place in column else made("") for column in columns)


def _first(series: etree._Element, name: str) -> str:
    return _points(series, name).get(0, "")


def _points(series: etree._Element, name: str) -> dict[int, str]:
    """Return the texts or figures of a part of a series by their place."""
    found: dict[int, str] = {}
    for part in series.iterchildren(f"{{*}}{name}"):
        code = next((one.text or "" for one in part.iter("{*}formatCode")), "")
        figures = next(part.iter("{*}numCache", "{*}numLit"), None) is not None
        for point in part.iter("{*}pt"):
            place = point.get("idx", "")
            value = next((one.text or "" for one in point.iterchildren("{*}v")), "")
            if place.isdecimal() and len(place) <= 6 and value:  # noqa: PLR2004  digits of a million
                found[int(place)] = shown(value, code or "General") if figures else value
    return found
