"""What a person decided of votes and of questions without an answer: added, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import DateTime, Integer, String, Text, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records

About = Literal["votes", "unanswered"]
Choice = Literal["case", "no problem", "done"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
LONGEST_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        receipts: ids of all that it is about.
        question: without names, as it was decided on.
        decided_at: in UTC, without a zone.
        reason: in words of whoever decided.
        suite, case: where a case was made of it; else empty.
    """

    about: About
    choice: Choice
    receipts: tuple[str, ...]
    question: str
    decided_at: datetime
    reason: str = ""
    suite: str = ""
    case: str = ""


class _Tables(DeclarativeBase):
    pass


class _Row(_Tables):
    __tablename__ = "triaged"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    decided_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    about: Mapped[str] = mapped_column(String(20))
    choice: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(Text)
    receipts: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    suite: Mapped[str] = mapped_column(Text)
    case: Mapped[str] = mapped_column(Text)


class Decisions:
    """Decisions in a database that SQLAlchemy can address.

    Every method raises SettingsError and StorageError where the database cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._records = Records(address, _Row)

    def add(self, decision: Decision) -> None:
        """Keep a decision."""
        with self._records.session() as session:
            session.add(_to_row(decision))
            session.commit()

    def all(self) -> tuple[Decision, ...]:
        """Return all decisions, oldest first."""
        with self._records.session() as session:
            return tuple(
                _from_row(row) for row in session.scalars(select(_Row).order_by(_Row.number))
            )

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()


class LastDecided:
    """What was decided last, by receipt: looked up, for thousands of gaps ask for it.

    Args:
        decisions: oldest first.
        about: those that count.
    """

    def __init__(self, decisions: Sequence[Decision], about: About) -> None:
        self._decisions = decisions
        self._places = {
            receipt: place
            for place, one in enumerate(decisions)
            if one.about == about
            for receipt in one.receipts
        }

    def on(self, receipts: Iterable[str]) -> Decision | None:
        """Return what was decided last of any of some receipts; None where nothing was."""
        place = max((self._places.get(one, -1) for one in receipts), default=-1)
        return self._decisions[place] if place >= 0 else None


def _to_row(one: Decision) -> _Row:
    return _Row(
        decided_at=one.decided_at,
        about=one.about,
        choice=one.choice,
        question=one.question,
        receipts=json.dumps(one.receipts),
        reason=one.reason[:LONGEST_REASON],
        suite=one.suite,
        case=one.case,
    )


def _from_row(row: _Row) -> Decision:
    about: About = "votes" if row.about == "votes" else "unanswered"
    choice = next((one for one in CHOICES if one == row.choice), "done")
    return Decision(
        about,
        choice,  # type: ignore[arg-type]  # one of CHOICES
        tuple(json.loads(row.receipts)),
        row.question,
        row.decided_at,
        row.reason,
        row.suite,
        row.case,
    )
