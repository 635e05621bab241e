"""Votes on replies: one for each person and reply, the last one counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Boolean, DateTime, String, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records

LONGEST_WORDS = 3000  # characters that somebody may add in words of their own

Reason = Literal["wrong", "out_of_date", "missing", "should_refuse", "not_my_case"]
REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        "wrong": "It is wrong",
        "out_of_date": "It is out of date",
        "missing": "Something is missing",
        "should_refuse": "It should not have answered",
        "not_my_case": "It does not fit my situation",
    }
)


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person says of one reply.

    Attributes:
        reply: id of the reply, which is that of its receipt.
        voter: a pseudonym; who votes is nobody's business.
        reason: of a vote that it did not help; None where none was given.
        words: the voter's own.
        cast_at: in UTC, without a zone.
    """

    reply: str
    voter: str
    helpful: bool
    cast_at: datetime
    reason: Reason | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How a reply was received."""

    helpful: int
    unhelpful: int
    reasons: Mapping[Reason, int]


class _Tables(DeclarativeBase):
    pass


class _Row(_Tables):
    __tablename__ = "votes"

    reply: Mapped[str] = mapped_column(String(40), primary_key=True)
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    helpful: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    cast_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class Votes:
    """Votes in a database that SQLAlchemy can address.

    Every method raises SettingsError and StorageError where the database cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._records = Records(address, _Row)

    def cast(self, vote: Vote) -> None:
        """Keep a vote in the place of the same person's earlier one."""
        for last in (False, True):
            with self._records.session() as session:
                session.merge(_to_row(vote))
                try:
                    session.commit()
                except IntegrityError:  # the same person’s two votes at once: the later one stays
                    if last:
                        raise
                else:
                    return

    def of(self, reply: str) -> tuple[Vote, ...]:
        """Return the votes on a reply, oldest first."""
        with self._records.session() as session:
            rows = session.scalars(select(_Row).where(_Row.reply == reply).order_by(_Row.cast_at))
            return tuple(_from_row(row) for row in rows)

    def since(self, moment: datetime) -> tuple[Vote, ...]:
        """Return all votes that were cast since a moment, in UTC, newest first."""
        wanted = select(_Row).where(_Row.cast_at >= moment)
        with self._records.session() as session:
            rows = session.scalars(wanted.order_by(_Row.cast_at.desc(), _Row.reply, _Row.voter))
            return tuple(_from_row(row) for row in rows)

    def tally(self, reply: str) -> Tally:
        """Count the votes on a reply."""
        votes = self.of(reply)
        helpful = sum(vote.helpful for vote in votes)
        reasons = Counter(vote.reason for vote in votes if vote.reason)
        return Tally(helpful, len(votes) - helpful, MappingProxyType(dict(reasons)))

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()


def _to_row(vote: Vote) -> _Row:
    return _Row(
        reply=vote.reply,
        voter=vote.voter,
        helpful=vote.helpful,
        reason=vote.reason or "",
        words=vote.words[:LONGEST_WORDS],
        cast_at=vote.cast_at,
    )


def _from_row(row: _Row) -> Vote:
    known = next((reason for reason in REASONS if reason == row.reason), None)
    return Vote(row.reply, row.voter, row.helpful, row.cast_at, known, row.words)
