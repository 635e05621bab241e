"""What came in at a door and is owed one reply: taken once, whoever else is given it as well.

A delivery is written down before the door acknowledges it, so that what was acknowledged is
answered also after a crash. Its states:

    waiting → posting → done
       ↓         ↓
    stopped   in doubt: whoever held it ended between sending the reply and noting that

Whoever takes one holds it on a lease that is renewed as long as the process lives; another takes it
over when the lease has run out.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import DateTime, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records

LEASE = timedelta(seconds=15)
RENEW_EVERY = 5.0  # seconds; a lease outlives two that are late
KEPT = timedelta(days=30)  # at most an hour later nothing is delivered again; a thread lives longer
_TIDY_EVERY = 500  # deliveries
_AT_ONCE = 20  # taken over in one look


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery.

    Attributes:
        key: its name, the same however often it is delivered.
        thread: name of the conversation that it stands in.
        work: what is needed to reply, as its door wrote it; forgotten once it is done.
        in_doubt: a reply was being sent when its last holder ended; it may have arrived.
    """

    key: str
    thread: str
    work: str
    in_doubt: bool = False


class _Tables(DeclarativeBase):
    pass


class _Row(_Tables):
    __tablename__ = "deliveries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(8), index=True)
    holder: Mapped[str] = mapped_column(String(32))
    lease_until: Mapped[datetime] = mapped_column(DateTime)
    came_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    work: Mapped[str] = mapped_column(Text)


class Deliveries:
    """Deliveries in a database that SQLAlchemy can address, shared by all processes that reply.

    Every method raises SettingsError and StorageError where the database cannot be used. Moments
    are in UTC, without a zone.
    """

    def __init__(self, address: str, *, lease: timedelta = LEASE) -> None:
        self._records = Records(address, _Row)
        self._holder = secrets.token_hex(8)
        self._lease = lease
        self._taken = count()

    def take(self, delivery: Delivery, now: datetime) -> bool:
        """Write a delivery down and hold it; False if it was taken before."""
        row = _Row(
            key=delivery.key,
            thread=delivery.thread,
            state="waiting",
            holder=self._holder,
            lease_until=now + self._lease,
            came_at=now,
            work=delivery.work,
        )
        with self._records.session() as session:
            if session.get(_Row, delivery.key) is not None:
                return False
            session.add(row)
            try:
                session.commit()
            except IntegrityError:  # between looking and writing another took it
                session.rollback()
                return False
        if next(self._taken) % _TIDY_EVERY == 0:
            self._tidy(now)
        return True

    def begin(self, key: str) -> bool:
        """Note that its reply is being sent; False if that is another's to do, or nobody's."""
        return self._change(self._mine(key), state="posting") == 1

    def give_back(self, key: str, now: datetime) -> None:
        """Let it wait again: nothing of its reply was sent."""
        self._change((_Row.key == key,), state="waiting", **_nobodys(now))

    def done(self, key: str) -> None:
        """Note that it is replied to; what it said is forgotten."""
        self._change((_Row.key == key,), state="done", work="")

    def stop(self, thread: str) -> int:
        """Leave unanswered what waits in a conversation; return how many that were."""
        where = (_Row.thread == thread, _Row.state == "waiting")
        return self._change(where, state="stopped", work="")

    def answered_in(self, thread: str) -> bool:
        """Tell whether something was replied in a conversation."""
        with self._records.session() as session:
            found = select(_Row.key).where(_Row.thread == thread, _Row.state == "done").limit(1)
            return session.scalar(found) is not None

    def renew(self, now: datetime) -> None:
        """Go on holding what this process holds."""
        where = (_Row.holder == self._holder, _Row.state.in_(("waiting", "posting")))
        self._change(where, lease_until=now + self._lease)

    def release(self, now: datetime) -> None:
        """Let others take what waits here, at once."""
        where = (_Row.holder == self._holder, _Row.state == "waiting")
        self._change(where, **_nobodys(now))

    def take_over(self, now: datetime) -> tuple[Delivery, ...]:
        """Hold deliveries that were left behind, oldest first, and return them."""
        left = (_Row.state.in_(("waiting", "posting")), _Row.lease_until < now)
        with self._records.session() as session:
            rows = session.scalars(select(_Row).where(*left).order_by(_Row.came_at).limit(_AT_ONCE))
            found = [(Delivery(r.key, r.thread, r.work, r.state == "posting"), r) for r in rows]
            return tuple(
                delivery
                for delivery, row in found
                if self._change(
                    (_Row.key == row.key, _Row.holder == row.holder, _Row.lease_until < now),
                    state="waiting",
                    holder=self._holder,
                    lease_until=now + self._lease,
                )
            )

    def waiting(self) -> int:
        """Count what is owed a reply."""
        with self._records.session() as session:
            owed = select(_Row.key).where(_Row.state.in_(("waiting", "posting")))
            return len(session.scalars(owed).all())

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()

    def _mine(self, key: str) -> tuple[Any, ...]:
        return (_Row.key == key, _Row.holder == self._holder, _Row.state == "waiting")

    def _change(self, where: tuple[Any, ...], **values: object) -> int:
        with self._records.session() as session:
            done = session.execute(update(_Row).where(*where).values(**values))
            session.commit()
            return int(done.rowcount)  # type: ignore[attr-defined]  # of an UPDATE it has one

    def _tidy(self, now: datetime) -> None:
        with self._records.session() as session:
            ended = _Row.state.in_(("done", "stopped"))
            session.execute(delete(_Row).where(ended, _Row.came_at < now - KEPT))
            session.commit()


def _nobodys(now: datetime) -> dict[str, Any]:
    """Return what makes a delivery nobody's, so that whoever looks next takes it."""
    return {"holder": "", "lease_until": now - timedelta(seconds=1)}
