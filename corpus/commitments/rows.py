"""Commitments in tables: an objective or action with who is responsible for it, or by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from corpus.commitments.actions import begins_with_action
from corpus.commitments.activities import activities_of, cut_off
from corpus.commitments.columns import (
    Role,
    heads_procedure,
    heads_promises,
    is_refused,
    roles_of,
)
from corpus.commitments.drafts import Draft
from corpus.commitments.leads import Names, fold
from corpus.commitments.model import Doubt, Quote, Time
from corpus.commitments.programmes import is_programme, stands_under_promise
from corpus.commitments.times import times_of
from corpus.model import Block, Cell, Document
from corpus.repair.tables import is_torn
from corpus.units import whole_block

Place = tuple[int, int]

# what a column "Priority" may hold beside one of what is to be done
_RATING = re.compile(
    r"\s*(?:(?:very\s)?high|medium|moderate|low|critical|urgent|normal|haute|élevée|moyenne|basse|"
    r"faible|alta|media|baja|hoch|mittel|niedrig|p?\d)\s*",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand\s|sub-?\s?|overall\s)?totals?(?:\s(?:général|general|budget|costs?))?\W*|"
    r"gesamt(?:summe)?\W*|summe\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, or several that are one: places of its filled cells by what they hold."""

    blocks: tuple[int, ...]
    objective: tuple[Place, ...]
    action: tuple[Place, ...]
    party: tuple[Place, ...]
    time: tuple[Place, ...]
    under: tuple[str, ...] = ()
    torn: bool = False


def commitments_in_tables(document: Document) -> Iterator[Draft]:
    """Yield what the tables of a document commit to, in reading order."""
    tables = [list(_rows(document, table)) for table in _tables(document)]
    tables = [table for table in tables if _says_what_is_done(document, table)]
    cells = (_text(document, place) for row in chain(*tables) for place in row.party)
    names = Names(cells)
    for row in chain(*tables):
        yield _draft(document, row, names)


def _tables(document: Document) -> Iterator[list[tuple[int, tuple[Role | None, ...]]]]:
    """Yield the tables of commitments: of each row its position and what its cells hold."""
    rows = ((at, block) for at, block in enumerate(document.blocks) if block.kind == "table_row")
    for _, run in groupby(rows, key=lambda pair: pair[1].group):
        table = list(run)
        bare = not any(cell.header for _, block in table for cell in block.cells)
        roles = _first_row(document, table[0][1]) if bare else None
        if roles:
            yield [(at, roles) for at, block in table[1:] if len(block.cells) == len(roles)]
            continue
        headed = ((at, roles_of([cell.header for cell in block.cells])) for at, block in table)
        found = [(at, roles) for at, roles in headed if roles is not None]
        if found:
            yield found


def _first_row(document: Document, block: Block) -> tuple[Role | None, ...] | None:
    """Return what the columns hold by the words of the first row, where no row is the header."""
    return roles_of([document.text[cell.start : cell.end] for cell in block.cells])


def _rows(
    document: Document, table: Sequence[tuple[int, tuple[Role | None, ...]]]
) -> Iterator[_Row]:
    """Yield the rows of a table as their author meant them."""
    held: _Row | None = None
    under: tuple[str, ...] = ()
    for at, roles in table:
        row = _row(document, at, roles)
        if _is_banner(document, at, row):
            cells = _filled(document.blocks[at].cells)
            under = (" ".join(_text(document, (cells[0].start, cells[0].end)).split()),)
            continue
        if not row.objective and not row.action:
            continue
        if _is_no_promise(document, at, row):
            continue
        row = replace(row, under=under)
        if held is not None:
            row = _continued(document, held, row, has_objectives="objective" in roles)
            if row.blocks[0] != held.blocks[0]:
                yield held
        held = row
    if held is not None:
        yield held


def _row(document: Document, at: int, roles: Sequence[Role | None]) -> _Row:
    cells = zip(document.blocks[at].cells, roles, strict=True)
    places: dict[Role, list[Place]] = {"objective": [], "action": [], "party": [], "time": []}
    for cell, role in cells:
        rated = role == "objective" and _RATING.fullmatch(document.text[cell.start : cell.end])
        if (
            role
            and not rated
            and cell.start < cell.end
            and (cell.start, cell.end) not in places[role]
        ):
            places[role].append((cell.start, cell.end))
    objective, action, party, time = (tuple(some) for some in places.values())
    return _Row((at,), objective, action, party, time)


def _continued(document: Document, above: _Row, row: _Row, *, has_objectives: bool) -> _Row:
    """Return a row joined to the one above that it continues; as it is where it continues none.

    An empty objective, or one merged with the one above, continues it. A row that has a responsible
    party or a time of its own beside that is a commitment of its own to the same objective.
    """
    if not has_objectives:
        return row
    if not row.objective:
        if _is_torn(document, above, row):
            return replace(row, torn=True)
        row = replace(row, objective=above.objective)
    elif row.objective != above.objective:
        return row
    same = row.party in ((), above.party) and row.time in ((), above.time)
    if not same:
        return replace(row, party=row.party or above.party, time=row.time or above.time)
    further = tuple(place for place in row.action if place not in above.action)
    return replace(above, blocks=above.blocks + row.blocks, action=above.action + further)


def _is_torn(document: Document, above: _Row, row: _Row) -> bool:
    if not above.action or not row.action:
        return above.torn
    return is_torn(_text(document, row.action[0]), _text(document, above.action[-1]))


def _is_banner(document: Document, at: int, row: _Row) -> bool:
    """Tell whether a row is a heading within the table: one text across it, or alone in it."""
    cells = document.blocks[at].cells
    filled = _filled(cells)
    if len(cells) < 2 or len({(cell.start, cell.end) for cell in filled}) != 1:  # noqa: PLR2004  a row of one cell has no room for another
        return False
    spans_all = len(filled) == len(cells)
    text = document.text[filled[0].start : filled[0].end]
    alone = bool(row.objective) and not begins_with_action(text, document.metadata.language)
    return spans_all or (alone and filled[0].start == cells[0].start)


def _is_no_promise(document: Document, at: int, row: _Row) -> bool:
    """Tell whether a row sums up others, or says that it was refused."""
    first = _text(document, (*row.objective, *row.action)[0])
    cells = document.blocks[at].cells
    refused = (is_refused(cell.header, document.text[cell.start : cell.end]) for cell in cells)
    return _TOTAL.fullmatch(first) is not None or any(refused)


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.start < cell.end]


def _says_what_is_done(document: Document, table: Sequence[_Row]) -> bool:
    """Tell whether a table of these columns is one of commitments.

    In a strategy or a programme it is, where its headings or heads name promises, and where half of
    its rows say both who and by which day. Elsewhere, where "Activity" and "When" may head a
    timetable of classes, half of its rows must begin with what will be done, and they must not be
    the steps of a procedure.
    """
    if not table or is_programme(document):
        return bool(table)
    first = table[0].blocks[0]
    headers = [cell.header for cell in document.blocks[first].cells]
    if heads_procedure(headers):
        return False
    if heads_promises(headers) or stands_under_promise(document, first):
        return True
    if _says_who_and_when(document, table):
        return True
    language = document.metadata.language
    said = sum(
        any(
            begins_with_action(_text(document, place), language)
            for place in (*row.objective[:1], *row.action[:1])
        )
        for row in table
    )
    return 2 * said >= len(table)


def _says_who_and_when(document: Document, table: Sequence[_Row]) -> bool:
    """Tell whether half of the rows name somebody and a time that is a day or goes on.

    "3 weeks" and "1 business day" are how long the steps of a procedure take.
    """
    said = 0
    for row in table:
        read = [one for place in row.time for one in times_of(_text(document, place), place[0])[0]]
        said += bool(row.party) and any(one.frame.kind != "none" for one in read)
    return 2 * said >= len(table)


def _draft(document: Document, row: _Row, names: Names) -> Draft:
    doubts: list[Doubt] = []
    texts = [_quote(document, place) for place in row.objective]
    text = texts[0] if texts else None
    activities: list[Quote] = list(texts[1:])
    for place in _whole(document, row.action):
        found, joined = activities_of(_text(document, place), place[0], document.metadata.language)
        activities += found
        doubts += joined
    if not texts and not row.torn and activities:
        text, activities = activities[0], activities[1:]
    if row.torn:
        doubts.append(_no_objective())
    leads, unclear = _leads(document, row, names)
    times, unread = _times(document, row)
    doubts += [*unclear, *unread, *_cut_off(text, activities)]
    if len(times) > 1 and len(activities) > 1:
        doubts.append(_several_times(len(times), len(activities)))
    units = [whole_block(document, at) for at in row.blocks]
    start = min(unit.start for unit in units)
    end = max(unit.end for unit in units)
    return Draft(
        "row",
        row.blocks[0],
        start,
        end,
        text,
        tuple(activities),
        leads,
        times,
        tuple(dict.fromkeys(doubts)),
        row.under,
    )


def _whole(document: Document, places: Sequence[Place]) -> list[Place]:
    """Join the lines of a cell where one goes on with the sentence of the line before."""
    joined: list[Place] = []
    for place in places:
        before = joined[-1] if joined else None
        if before and _goes_on(document, before, place):
            joined[-1] = (before[0], place[1])
        else:
            joined.append(place)
    return joined


def _goes_on(document: Document, before: Place, place: Place) -> bool:
    apart = document.text[before[1] : place[0]].strip()
    text, above = _text(document, place), _text(document, before)
    begins = begins_with_action(text, document.metadata.language)
    return not apart and not begins and cut_off(above) is not None


def _leads(document: Document, row: _Row, names: Names) -> tuple[tuple[Quote, ...], list[Doubt]]:
    found: dict[str, Quote] = {}
    doubts: list[Doubt] = []
    for place in row.party:
        quotes, unclear = names.split(_text(document, place), place[0])
        for quote in quotes:
            found.setdefault(fold(quote.text), quote)
        doubts += unclear
    return tuple(found.values()), doubts


def _times(document: Document, row: _Row) -> tuple[tuple[Time, ...], list[Doubt]]:
    found: list[Time] = []
    doubts: list[Doubt] = []
    for place in row.time:
        times, unread = times_of(_text(document, place), place[0])
        found += times
        doubts += unread
    return tuple(found), doubts


def _cut_off(text: Quote | None, activities: Sequence[Quote]) -> Iterator[Doubt]:
    for quote in (*filter(None, (text,)), *activities):
        doubt = cut_off(quote.text)
        if doubt:
            yield doubt


def _no_objective() -> Doubt:
    words = "The row begins in mid-sentence: what it belongs to was lost in conversion."
    return Doubt("no objective", words)


def _several_times(times: int, activities: int) -> Doubt:
    words = f"{times} time frames stand for {activities} activities; which is whose is not said."
    return Doubt("several times", words)


def _quote(document: Document, place: Place) -> Quote:
    return Quote(_text(document, place), *place)


def _text(document: Document, place: Place) -> str:
    return document.text[slice(*place)]
