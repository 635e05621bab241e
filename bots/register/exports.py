"""The files that a list can be taken away in, by their suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.register.model import Listing
from assistant.settings import Settings
from bots.http.hosts import address_at
from bots.register.bodies import commitment_body, listing_body
from bots.register.csv_file import csv_of
from bots.register.ics_file import ics_of
from bots.register.xlsx_file import xlsx_of
from corpus.errors import FilterUnreadable
from indexing.storage import writing_to


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file.

    Attributes:
        make: from a list and the address of the server to the bytes of the file.
    """

    suffix: str
    media_type: str
    name: str
    make: Callable[[Listing, str], bytes]


EXPORTS: tuple[Export, ...] = (
    Export(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel",
        lambda listing, base: xlsx_of(listing, base=base),
    ),
    Export(
        "csv", "text/csv; charset=utf-8", "CSV", lambda listing, base: csv_of(listing, base=base)
    ),
    Export("json", "application/json", "JSON", lambda listing, _: _json_of(listing)),
    Export(
        "ics",
        "text/calendar; charset=utf-8",
        "Calendar",
        lambda listing, base: ics_of(listing, base=base),
    ),
)


def export_for(path: Path) -> Export:
    """Return the kind of file that a name asks for.

    Raises:
        FilterUnreadable: there is none of that kind.
    """
    suffix = path.suffix.lower().removeprefix(".")
    found = next((export for export in EXPORTS if export.suffix == suffix), None)
    if found is None:
        known = ", ".join(f".{export.suffix}" for export in EXPORTS)
        raise FilterUnreadable(f"“{path.name}” is no kind of file to export.", f"Take {known}.")
    return found


def save(listing: Listing, path: Path, base: str) -> None:
    """Write a list to a file, in place of one that is there.

    Raises:
        FilterUnreadable: there is no such kind of file.
        StorageError: it cannot be written.
    """
    made = export_for(path).make(listing, base)
    with writing_to(path.parent):
        path.write_bytes(made)


def address_of(settings: Settings) -> str:
    """Return the address of the server, for links in files that the terminal writes."""
    return settings.public_url or address_at(settings.host, settings.port)


def _json_of(listing: Listing) -> bytes:
    """Return the list as the API gives it, a commitment a line; each as it is made, for memory."""
    body = listing_body(replace(listing, lines=()))
    head = body.model_dump_json(exclude={"commitments"}).removesuffix("}")
    lines = ",\n".join(commitment_body(listed).model_dump_json() for listed in listing.lines)
    return f'{head},"commitments":[\n{lines}\n]}}\n'.encode()
