"""Requests that came with a key of the caller's: each is done once, whatever is sent again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import DateTime, Integer, String, Text, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.records import Records
from corpus.errors import IdempotencyKeyBusy, IdempotencyKeyReused

KEPT = timedelta(hours=24)
# whoever began and said nothing more after this was killed: what takes longest takes a second
ABANDONED = timedelta(minutes=1)
_UNDER_WAY = 0  # in place of a status


@dataclass(frozen=True, slots=True)
class Call:
    """A request with a key.

    Attributes:
        address: where it was sent; a key counts for one address.
        sent: what was sent, equal where it means the same.
    """

    key: str
    address: str
    sent: str

    @property
    def name(self) -> str:
        """The name under which it is kept; a key may be longer than a column."""
        return _digest(self.address, self.key)


@dataclass(frozen=True, slots=True)
class Done:
    """What was replied to a call: HTTP status and body."""

    status: int
    body: str


class _Tables(DeclarativeBase):
    pass


class _Row(_Tables):
    __tablename__ = "idempotency_keys"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sent: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(DateTime, index=True)


class IdempotencyKeys:
    """Keys in a database that SQLAlchemy can address.

    Every method raises SettingsError and StorageError where the database cannot be used.
    """

    def __init__(self, address: str) -> None:
        self._records = Records(address, _Row)

    def begin(self, call: Call, now: datetime) -> Done | None:
        """Take a call: return what was replied to it, or None where it is to be done now.

        Whoever gets None ends it with ``finish`` or ``release``.

        Raises:
            IdempotencyKeyReused: the key came with something else.
            IdempotencyKeyBusy: it is being done.
        """
        with self._records.session() as session:
            _forget(session, call, now)
            found = session.get(_Row, call.name)
            if found is not None:
                return _kept(found, call)
            session.add(
                _Row(
                    name=call.name,
                    sent=_digest(call.sent),
                    status=_UNDER_WAY,
                    body="",
                    began_at=now,
                )
            )
            try:
                session.commit()
            except IntegrityError:  # between looking and writing another began
                session.rollback()
                raise _busy(call) from None
        return None

    def finish(self, call: Call, done: Done) -> None:
        """Keep what was replied."""
        with self._records.session() as session:
            row = session.get(_Row, call.name)
            if row is not None:
                row.status, row.body = done.status, done.body
                session.commit()

    def release(self, call: Call) -> None:
        """Forget a call that came to nothing, so that it can be tried again."""
        with self._records.session() as session:
            session.execute(delete(_Row).where(_Row.name == call.name))
            session.commit()

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()


def _forget(session: Session, call: Call, now: datetime) -> None:
    """Let go of what is over, and of this call where whoever began it was killed."""
    abandoned = (_Row.name == call.name) & (_Row.status == _UNDER_WAY)
    over = _Row.began_at < now - KEPT
    session.execute(delete(_Row).where(over | (abandoned & (_Row.began_at < now - ABANDONED))))
    session.commit()


def _kept(row: _Row, call: Call) -> Done:
    if row.sent != _digest(call.sent):
        raise IdempotencyKeyReused(
            f"The key “{call.key}” came with something else before.", "Take a new key."
        )
    if row.status == _UNDER_WAY:
        raise _busy(call)
    return Done(row.status, row.body)


def _busy(call: Call) -> IdempotencyKeyBusy:
    return IdempotencyKeyBusy(
        f"What came with the key “{call.key}” is being done.", "Ask again in a second."
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
