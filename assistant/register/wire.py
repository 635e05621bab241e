"""The JSON shape of a list from the register inside a reply."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.register.asked import FromRegister
from assistant.register.model import Filters, Listed, Listing


def list_to_dict(one: FromRegister) -> dict[str, Any]:
    """Return a list as the JSON object that stands in a reply; row n is of citation n."""
    listing = one.listing
    return {
        "understood": one.said,
        "note": one.note,
        "filters": _filters(listing.filters),
        "as_of": listing.as_of.isoformat(),
        "denominator": _denominator(listing),
        "sides": [{"name": name, "denominator": _denominator(side)} for name, side in one.sides],
        "group_by": listing.grouping,
        "groups": [{"name": group.name, "count": group.count} for group in listing.groups],
        "rows": [_row(number, line) for number, line in enumerate(listing.lines, start=1)],
        "url": one.url,
        "follow_up": one.followed,
    }


def _filters(filters: Filters) -> dict[str, Any]:
    return {
        "lead": list(filters.leads),
        "theme": list(filters.themes),
        "document": list(filters.documents),
        "body": list(filters.bodies),
        "due_from": _day(filters.due_from),
        "due_to": _day(filters.due_to),
        "timing": list(filters.timing),
        "status": list(filters.statuses),
        "search": filters.words,
        "review": filters.review,
    }


def _denominator(listing: Listing) -> dict[str, Any]:
    return {
        "text": listing.denominator,
        "found": listing.found,
        "held": listing.held,
        "documents_found": listing.documents_found,
        "documents_held": listing.documents_held,
        "undated": listing.undated,
        "ongoing": listing.ongoing,
    }


def _row(number: int, line: Listed) -> dict[str, Any]:
    found = line.commitment
    return {
        "citation": number,
        "id": found.id,
        "text": found.title,
        "activities": [one.text for one in found.activities],
        "leads": list(line.leads),
        "times": [one.written.text for one in found.times],
        "due": _day(line.due),
        "ongoing": line.ongoing,
        "overdue": line.overdue,
        "status": line.standing.status,
        "review": [doubt.words for doubt in found.doubts],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
