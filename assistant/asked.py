"""What somebody asked lately, for that person alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import DateTime, String, Text, delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records
from assistant.writing.wire import Outcome

KEPT = timedelta(days=90)
LONGEST = 300  # characters of a question
_TIDY_EVERY = 200


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question that somebody asked.

    Attributes:
        asker: a pseudonym.
        reply: id of the reply.
        asked_at: in UTC, without a zone.
    """

    asker: str
    question: str
    reply: str
    outcome: Outcome
    asked_at: datetime


class _Tables(DeclarativeBase):
    pass


class _Row(_Tables):
    __tablename__ = "asked"

    asker: Mapped[str] = mapped_column(String(64), primary_key=True)
    reply: Mapped[str] = mapped_column(String(40), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[Outcome] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class AskedQuestions:
    """Questions by the pseudonym of who asked, in a database that SQLAlchemy can address.

    Every method raises SettingsError and StorageError where the database cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._records = Records(address, _Row)
        self._noted = count()

    def note(self, one: AskedQuestion) -> None:
        """Keep a question; the same one asked again counts as the later. After 90 days it goes."""
        with self._records.session() as session:
            session.merge(
                _Row(
                    asker=one.asker,
                    reply=one.reply,
                    question=one.question[:LONGEST],
                    outcome=one.outcome,
                    asked_at=one.asked_at,
                )
            )
            if next(self._noted) % _TIDY_EVERY == 0:
                session.execute(delete(_Row).where(_Row.asked_at < one.asked_at - KEPT))
            session.commit()

    def latest(self, asker: str, most: int = 5) -> tuple[AskedQuestion, ...]:
        """Return what somebody asked last, newest first."""
        with self._records.session() as session:
            own = select(_Row).where(_Row.asker == asker).order_by(_Row.asked_at.desc()).limit(most)
            return tuple(
                AskedQuestion(row.asker, row.question, row.reply, row.outcome, row.asked_at)
                for row in session.scalars(own)
            )

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()
