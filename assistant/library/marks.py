"""What must be said of a document beside everything that is quoted from it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

MarkKind = Literal[
    "sample",
    "superseded",
    "superseded by version",
    "superseded by document",
    "expired",
    "later",
    "without date",
    "period",
    "stale",
    "not on day",
    "scan",
    "unsure",
]


class Mark(str):
    """An English sentence that knows what it says, so that pages can say it in other languages.

    It is a string everywhere else: in receipts, files, messages and the API.

    Attributes:
        kind: what is said.
        name: the version or title that it names; else empty.
        day: the day that it names; else None.
    """

    __slots__ = ("day", "kind", "name")

    kind: MarkKind
    name: str
    day: date | None

    def __new__(cls, text: str, kind: MarkKind, *, name: str = "", day: date | None = None) -> Self:
        """Take the sentence and what it is made of."""
        made = super().__new__(cls, text)
        made.kind = kind
        made.name = name
        made.day = day
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, MarkKind], dict[str, Any]]:
        """Let a copy say the same."""
        return (str(self), self.kind), {"name": self.name, "day": self.day}


def sample() -> Mark:
    """Say that it is no rule of any organisation."""
    return Mark("Sample policy", "sample")


def superseded() -> Mark:
    """Say that something took its place that nobody names."""
    return Mark("Superseded", "superseded")


def superseded_by_version(version: str) -> Mark:
    """Say which version took its place."""
    return Mark(f"Superseded by version {version}", "superseded by version", name=version)


def superseded_by_document(title: str) -> Mark:
    """Say which other document took its place."""
    return Mark(f"Superseded by “{title}”", "superseded by document", name=title)


def expired(day: date) -> Mark:
    """Say what its last day was."""
    return Mark(f"Expired on {in_words(day)}", "expired", day=day)


def later(day: date | None) -> Mark:
    """Say from when it will hold, if anybody said."""
    if day is None:
        return Mark("Not yet in force: no date says from when", "without date")
    return Mark(f"Not yet in force: from {in_words(day)}", "later", day=day)


def period_ended(day: date) -> Mark:
    """Say that a strategy's time is over."""
    return Mark(f"Its period ended on {in_words(day)}", "period", day=day)


def stale(day: date) -> Mark:
    """Say since when its file cannot be read."""
    text = (
        f"Stale: the file can no longer be read since {in_words(day)}; this is the text read before"
    )
    return Mark(text, "stale", day=day)


def not_in_force_on(day: date) -> Mark:
    """Say that it did not hold on the day asked about."""
    return Mark(f"Not in force on {in_words(day)}", "not on day", day=day)


def from_scan(*, sure: bool) -> Mark:
    """Say that it was recognised on a picture of a page."""
    if sure:
        return Mark("Read from a scan", "scan")
    return Mark("Read from a scan, with little certainty", "unsure")


def in_words(day: date) -> str:
    """Write a date as people read it: 1 July 2027."""
    return f"{day.day} {day:%B %Y}"
