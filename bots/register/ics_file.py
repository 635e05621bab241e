"""A list as a calendar (RFC 5545): the only file that writes with icalendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time

from icalendar import Calendar, Event

from assistant.register.model import Listed, Listing
from bots.register.rows import absolute, one_line, title_of
from bots.register.understood import in_one_line

_LONGEST_SUMMARY = 200  # characters: what a calendar shows of an event
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def ics_of(listing: Listing, *, base: str = "") -> bytes:
    """Return a list as a calendar: an all-day event for each day that a commitment falls due.

    An event keeps its UID as long as its commitment keeps its words, so that a calendar that takes
    a later list moves the event instead of adding one.

    Args:
        listing: all lines that the file is to hold; those without a date are left out.
        base: address of the server, for the links.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Charter//Commitments//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Commitments")
    calendar.add("x-wr-caldesc", f"{_plain(in_one_line(listing.filters))}. {listing.denominator}.")
    stamp = datetime.combine(listing.as_of, time(), UTC)  # the same list gives the same bytes
    events = (event for listed in listing.lines for event in _events(listed, stamp, base))
    # each as it is made: a calendar that holds 100,000 of them takes a gigabyte
    head, end, rest = calendar.to_ical().partition(b"END:VCALENDAR")
    return b"".join((head, *(event.to_ical() for event in events), end, rest))


def _events(listed: Listed, stamp: datetime, base: str) -> Iterator[Event]:
    days = sorted({when.frame.last for when in listed.commitment.times if when.frame.last})
    for number, day in enumerate(days, start=1):
        event = Event()
        suffix = f"-{number}" if number > 1 else ""
        event.add("uid", f"{listed.commitment.id}{suffix}@commitments.charter")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("summary", _summary(listed))
        event.add("description", _plain("\n".join(_described(listed))))
        if listed.leads:
            event.add("categories", [_plain(lead) for lead in listed.leads])
        url = absolute(listed.url, base)
        if not url.startswith("/"):
            event.add("url", url)
        event.add("status", "CANCELLED" if listed.standing.status == "dropped" else "CONFIRMED")
        event.add("transp", "TRANSPARENT")  # nobody is busy on that day because of it
        yield event


def _summary(listed: Listed) -> str:
    title = _plain(title_of(listed))
    title = title if len(title) <= _LONGEST_SUMMARY else f"{title[: _LONGEST_SUMMARY - 1]}…"
    return f"Due: {title}"


def _described(listed: Listed) -> Iterator[str]:
    one, known = listed.commitment, listed.entry.metadata
    yield title_of(listed)
    yield from (f"• {one_line(activity.text)}" for activity in one.activities)
    yield ""
    for name, value in (
        ("Lead", "; ".join(listed.leads)),
        ("Time frame", "; ".join(one_line(when.written.text) for when in one.times)),
        ("Theme", " › ".join(one.theme)),
        ("Document", "; ".join((f"{known.title}, version {known.version}", *listed.entry.marks))),
        ("Status", listed.standing.words),
    ):
        if value:
            yield f"{name}: {value}"


def _plain(text: str) -> str:
    """Return text without the characters that RFC 5545 does not allow in one."""
    return _CONTROL.sub(" ", text)
