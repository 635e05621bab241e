"""Questions that were passed on to people, with the asker's consent, and whether they replied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import DateTime, Integer, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records

KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Escalation:
    """One question that was passed on.

    Attributes:
        id: the same for the same request, however often it comes.
        asker: address of the asker in their door. It is kept as it is, for the reply must find
            them; they were told so and agreed.
        question: as they sent it.
        reply: id of Charter's reply that led to it; empty where none did.
        place: where it was posted, in the words of its door; empty until it is.
        asked_at: in UTC, without a zone.
        replies: how many came back.
    """

    id: str
    asker: str
    question: str
    reply: str
    asked_at: datetime
    place: str = ""
    replies: int = 0


class _Tables(DeclarativeBase):
    pass


class _Row(_Tables):
    __tablename__ = "escalations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asker: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    place: Mapped[str] = mapped_column(String(120), index=True)
    replies: Mapped[int] = mapped_column(Integer)


class Escalations:
    """Escalations in a database that SQLAlchemy can address.

    Every method raises SettingsError and StorageError where the database cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._records = Records(address, _Row)

    def begin(self, escalation: Escalation) -> bool:
        """Keep one; False if it was kept before. What is older than a year goes."""
        with self._records.session() as session:
            if session.get(_Row, escalation.id) is not None:
                return False
            session.execute(delete(_Row).where(_Row.asked_at < escalation.asked_at - KEPT))
            session.add(_to_row(escalation))
            try:
                session.commit()
            except IntegrityError:
                session.rollback()
                return False
            return True

    def placed(self, escalation: Escalation, place: str) -> Escalation:
        """Note where it was posted."""
        with self._records.session() as session:
            session.execute(update(_Row).where(_Row.id == escalation.id).values(place=place))
            session.commit()
        return replace(escalation, place=place)

    def forget(self, escalation: Escalation) -> None:
        """Take one back that could not be posted."""
        with self._records.session() as session:
            session.execute(delete(_Row).where(_Row.id == escalation.id))
            session.commit()

    def at(self, place: str) -> Escalation | None:
        """Return the one that was posted at a place; None where there is none."""
        with self._records.session() as session:
            row = session.scalar(select(_Row).where(_Row.place == place)) if place else None
            return _from_row(row) if row else None

    def since(self, moment: datetime) -> tuple[Escalation, ...]:
        """Return those that were passed on since a moment, in UTC, newest first."""
        wanted = select(_Row).where(_Row.asked_at >= moment)
        with self._records.session() as session:
            rows = session.scalars(wanted.order_by(_Row.asked_at.desc(), _Row.id))
            return tuple(_from_row(row) for row in rows)

    def replied(self, escalation: Escalation) -> None:
        """Note that a reply reached the asker."""
        with self._records.session() as session:
            counted = update(_Row).where(_Row.id == escalation.id)
            session.execute(counted.values(replies=_Row.replies + 1))
            session.commit()

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()


def _to_row(one: Escalation) -> _Row:
    return _Row(
        id=one.id,
        asker=one.asker,
        question=one.question,
        reply=one.reply,
        asked_at=one.asked_at,
        place=one.place,
        replies=one.replies,
    )


def _from_row(row: _Row) -> Escalation:
    return Escalation(
        row.id, row.asker, row.question, row.reply, row.asked_at, row.place, row.replies
    )
