"""A list from the register as plain rows: for files, for Slack, for whatever shows a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.register.model import Change, Listed, Listing

Cell = str | date | None
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment.

    Attributes:
        cells: as many as there are columns; None is an empty one.
        url: of the document opened at it.
    """

    cells: tuple[Cell, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A list as a table.

    Attributes:
        header: a name for each column.
        rows: made one by one, for a list may be long; to be read once.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]


def rows_of(listing: Listing, columns: Sequence[str] = (), *, base: str = "") -> Rows:
    """Return a list as rows of text and dates.

    Args:
        listing: what to write.
        columns: some of ``COLUMNS``; all of them when left out.
        base: the address of the server, for what is read elsewhere: it goes before an address that
            names no host.
    """
    chosen = tuple(columns) or COLUMNS
    rows = (
        Row(tuple(_CELLS[name](listed) for name in chosen), absolute(listed.url, base))
        for listed in listing.lines
    )
    return Rows(chosen, rows)


def absolute(url: str, base: str) -> str:
    """Return an address that also opens outside the server's pages."""
    return base.rstrip("/") + url if base and url.startswith("/") else url


def one_line(text: str) -> str:
    """Return text without the line breaks that it has in its document."""
    return " ".join(text.split())


def title_of(listed: Listed) -> str:
    """Say what a commitment is called; one that was torn off says so."""
    return one_line(listed.commitment.title) or "(its words could not be read)"


def when_written(listed: Listed) -> str:
    """Return its time frames as the document writes them."""
    return "; ".join(one_line(time.written.text) for time in listed.commitment.times)


def state_of(listed: Listed) -> str:
    """Say in one word what its date means today: overdue, ongoing, or nothing."""
    return "overdue" if listed.overdue else "ongoing" if listed.ongoing else ""


def changes_of(listed: Listed) -> str:
    """Say how it differs from the version before; empty where nothing is known or nothing does."""
    return ", ".join(what_changed(listed))


def what_changed(listed: Listed) -> tuple[Change, ...]:
    """Name the ways in which it differs from the version before."""
    changes = listed.difference.changes if listed.difference else ()
    return tuple(change for change in changes if change != "same")


_CELLS: dict[str, Callable[[Listed], Cell]] = {
    "Commitment": title_of,
    "Activities": lambda one: "\n".join(one_line(a.text) for a in one.commitment.activities),
    "Lead": lambda one: "; ".join(one.leads),
    "Due": lambda one: one.due,
    "Time frame": when_written,
    "Timing": state_of,
    "Status": lambda one: one.standing.words,
    "Theme": lambda one: " › ".join(one.commitment.theme),
    "Document": lambda one: one.entry.metadata.title,
    "Version": lambda one: one.entry.metadata.version,
    "Of the document": lambda one: "; ".join(one.entry.marks),
    "Note": lambda one: one.standing.note,
    "Evidence": lambda one: one.standing.link,
    "Said by": lambda one: one.standing.by,
    "Said on": lambda one: one.standing.at.date() if one.standing.at else None,
    "To confirm": lambda one: "yes" if one.standing.waits else "",
    "Changed": changes_of,
    "To check": lambda one: "; ".join(doubt.words for doubt in one.commitment.doubts),
    "Id": lambda one: one.commitment.id,
}
COLUMNS: tuple[str, ...] = tuple(_CELLS)
