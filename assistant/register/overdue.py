"""When a commitment falls due, and whether it is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.register.model import Status
from corpus.commitments.model import Time

DONE: tuple[Status, ...] = ("delivered", "dropped", "superseded")  # can be late no more


def due_of(times: Sequence[Time]) -> date | None:
    """Return the last day of the latest time frame that has one; None where none has."""
    return max((time.frame.last for time in times if time.frame.last), default=None)


def is_overdue(times: Sequence[Time], day: date, status: Status) -> bool:
    """Tell whether a commitment is late on a day: its last day is over and it is not done.

    One that is ongoing as well is late when what is dated of it is.
    """
    due = due_of(times)
    return due is not None and due < day and status not in DONE
