"""A page in reading order: lines and tables, column by column."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.formats.pdf.across import find_ruled_across
from corpus.formats.pdf.lines import Line, order
from corpus.formats.pdf.loose import find_borderless
from corpus.formats.pdf.segments import Segment
from corpus.formats.pdf.sheets import Sheet
from corpus.formats.pdf.tables import PageTable

Piece = Line | PageTable


def lay_out_page(
    sheet: Sheet, tables: Sequence[PageTable], last: Piece | None = None
) -> list[list[Piece]]:
    """Return the flows of a page: in one, the pieces follow each other directly downwards.

    ``last`` is what stood last on the page before.
    """
    found = [*tables, *find_ruled_across(sheet, tables)]
    stand_ins = [_stand_in(number, table) for number, table in enumerate(found)]
    flows = order([*sheet.segments, *stand_ins], sheet.number)
    cut = last if isinstance(last, PageTable) and not last.ruled else None
    laid = []
    for flow in flows:
        laid.append(_with_tables(flow, found, sheet, cut))
        cut = None
    return laid


def _stand_in(number: int, table: PageTable) -> Segment:
    """Return a segment that holds a table's place while the page is put in order."""
    starts = [s.start for cell in table.cells for s in cell.segments]
    left, top, right, bottom = table.box
    return Segment(min(starts), min(starts), "", left, top, right, bottom, 0.0, table=number)


def _with_tables(
    flow: Sequence[Line], tables: Sequence[PageTable], sheet: Sheet, last: PageTable | None
) -> list[Piece]:
    pieces: list[Piece] = []
    run: list[Line] = []
    for line in flow:
        number = line.segments[0].table
        if number < 0:
            run.append(line)
            continue
        pieces += [*find_borderless(run, sheet, last), tables[number]]
        run, last = [], None
    return [*pieces, *find_borderless(run, sheet, last)]
