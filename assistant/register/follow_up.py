"""The follow-up of commitments by people: every statement is kept, the last one counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Boolean,
    DateTime,
    Integer,
    Row,
    Select,
    String,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.records import Records
from assistant.register.statements import Saying, Statement, Subject
from corpus.commitments.model import Commitment
from corpus.commitments.wording import wording_of
from corpus.errors import StatusOutdated

Statements = Mapping[str, tuple[Statement, ...]]  # by the id of the commitment

_TRIES = 50  # to write while others write of the same commitment; each means that one of them did


class _Tables(DeclarativeBase):
    pass


class _StatementRow(_Tables):
    __tablename__ = "statements"
    # of two who speak at once of one commitment, one comes second
    __table_args__ = (UniqueConstraint("commitment", "turn"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    commitment: Mapped[str] = mapped_column(String(64))
    turn: Mapped[int] = mapped_column(Integer)
    document: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(16))
    audience: Mapped[str] = mapped_column(Text)
    record: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    said_by: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(DateTime)
    confirms: Mapped[bool] = mapped_column(Boolean)


class FollowUp:
    """Statements in a database that SQLAlchemy can address; nothing is ever changed or removed.

    Args:
        address: e.g. ``sqlite:////var/lib/charter/records.db`` or ``postgresql+psycopg://…``.

    Raises:
        SettingsError, StorageError: from every method, when the database cannot be reached, read
            or written.
    """

    def __init__(self, address: str) -> None:
        self._records = Records(address, _StatementRow)
        self._read: tuple[str, Mapping[str, Statements]] = ("", MappingProxyType({}))

    def say(
        self,
        subject: Subject,
        saying: Saying,
        *,
        at: datetime,
        if_last: int | None = None,
        confirms: bool = False,
    ) -> Statement:
        """Keep what somebody says of a commitment.

        Args:
            subject: the commitment.
            saying: as ``check_saying`` returned it.
            at: the moment.
            if_last: number of the statement that must still be the last of it, 0 for none; None
                keeps theirs whatever was said.
            confirms: they only say that a status holds for changed words.

        Raises:
            StatusOutdated: another statement is the last of it.
        """
        values = _values(subject, saying, at, confirms=confirms)
        with self._records.session() as session:
            for left in reversed(range(_TRIES)):
                number, turn = _last_of(session, subject.commitment.id)
                if if_last is not None and number != if_last:
                    raise outdated("Somebody else said something of this commitment meanwhile.")
                row = _StatementRow(turn=turn + 1, **values)
                session.add(row)
                try:
                    session.commit()
                    break
                except IntegrityError:  # another spoke of it between looking and writing
                    session.rollback()
                    if not left:
                        raise
            said = _columns().where(_StatementRow.number == row.number)
            return _to_statement(session.execute(said).one())

    def last_of(self, commitment: str) -> int:
        """Return the number of what was last said of a commitment; 0 where nothing was."""
        with self._records.session() as session:
            return _last_of(session, commitment)[0]

    def statements(self) -> Mapping[str, Statements]:
        """Return all that was said, by document, then by commitment, in the order of saying."""
        fingerprint = self.fingerprint()
        read, kept = self._read  # one assignment, so that threads need no lock
        if read != fingerprint:
            with self._records.session() as session:
                rows = session.execute(_columns().order_by(_StatementRow.number)).all()
            kept = _by_commitment(map(_to_statement, rows))
            self._read = fingerprint, kept
        return kept

    def said_of(self, numbers: Collection[int]) -> Mapping[int, Commitment]:
        """Return the commitments as they stood when something was said of them, by its number."""
        row = _StatementRow
        with self._records.session() as session:
            rows = session.execute(select(row.number, row.record).where(row.number.in_(numbers)))
            return {number: _adapter().validate_json(record) for number, record in rows}

    def fingerprint(self) -> str:
        """Return a hash that is another one as soon as anything more was said."""
        row = _StatementRow
        with self._records.session() as session:
            count, last = session.execute(select(func.count(), func.max(row.number))).one()
            # numbers come again where a copy of the database is put back: hence what was said last
            said = session.execute(_columns().where(row.number == last)).one_or_none()
        return hashlib.sha256(repr((count, tuple(said or ()))).encode()).hexdigest()[:16]

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()


def _by_commitment(statements: Iterable[Statement]) -> Mapping[str, Statements]:
    found: dict[str, dict[str, tuple[Statement, ...]]] = {}
    for one in statements:
        said = found.setdefault(one.document, {})
        said[one.commitment] = (*said.get(one.commitment, ()), one)
    return found


def outdated(problem: str) -> StatusOutdated:
    """Return the error that says that somebody else was quicker."""
    return StatusOutdated(problem, "Look at what is said of it now, then say yours.")


def _last_of(session: Session, commitment: str) -> tuple[int, int]:
    """Return the number and the turn of what was last said of a commitment; 0 for nothing."""
    row = _StatementRow
    said = select(row.number, row.turn).where(row.commitment == commitment)
    number, turn = session.execute(said.order_by(row.turn.desc()).limit(1)).one_or_none() or (0, 0)
    return number, turn


def _values(subject: Subject, saying: Saying, at: datetime, *, confirms: bool) -> dict[str, Any]:
    commitment = subject.commitment
    return {
        "commitment": commitment.id,
        "document": commitment.document,
        "version": commitment.version,
        "digest": wording_of(commitment).digest,
        "audience": json.dumps(sorted(subject.audience)),
        "record": _adapter().dump_json(commitment).decode(),
        "status": saying.status,
        "note": saying.note,
        "link": saying.link,
        "said_by": saying.by,
        "said_at": at.astimezone(UTC).replace(tzinfo=None),
        "confirms": confirms,
    }


def _columns() -> Select[*tuple[Any, ...]]:
    """Select what a statement is made of: all but the commitment's record."""
    row = _StatementRow
    return select(
        row.number,
        row.commitment,
        row.document,
        row.version,
        row.digest,
        row.audience,
        row.status,
        row.said_by,
        row.note,
        row.link,
        row.said_at,
        row.confirms,
    )


def _to_statement(row: Row[*tuple[Any, ...]]) -> Statement:
    return Statement(
        row.number,
        row.commitment,
        row.document,
        row.version,
        row.digest,
        tuple(json.loads(row.audience)),
        Saying(row.status, row.said_by, row.note, row.link),
        row.said_at.replace(tzinfo=UTC),
        row.confirms,
    )


@cache
def _adapter() -> TypeAdapter[Commitment]:
    return TypeAdapter(Commitment)
