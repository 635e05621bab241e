"""Receipts: what was asked, on what, and what was replied, so that it can be replayed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import (
    Date,
    DateTime,
    Index,
    Integer,
    String,
    Text,
    case,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records
from assistant.reply import Carried, Question, Reply
from assistant.writing.wire import Outcome, follow_up_of
from corpus.errors import RecordNotFound

# Asked again within it, counted from the last time, is asked once: a page that is opened again,
# after a vote or in another language, asks its question again.
ONE_ASKING = timedelta(minutes=2)
MOST_LISTED = 5_000
_OUTCOMES: tuple[Outcome, ...] = ("answer", "closest_passages", "no_answer")
_OUTCOME = re.compile(r'^  "outcome": "(\w+)"', re.MULTILINE)
_IDS_AT_ONCE = 500  # SQLite takes so many values in one statement, and more


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answered question.

    Attributes:
        asked_at: in UTC.
        index: fingerprint of the index that answered.
        settings: fingerprint of the settings that decide answers.
        reply: the JSON text that was given out.
    """

    id: str
    asked_at: datetime
    question: Question
    index: str
    settings: str
    reply: str

    @property
    def text(self) -> str:
        """The reply in words."""
        return str(json.loads(self.reply)["text"])


@dataclass(frozen=True, slots=True)
class AskedReceipt:
    """A receipt as it is listed: without the reply.

    Attributes:
        asked_at: when it was first asked, in UTC.
        outcome: of the reply; empty where it cannot be told.
        times: how often it was asked that day, at least once.
    """

    id: str
    asked_at: datetime
    question: Question
    outcome: Outcome | Literal[""]
    times: int


@dataclass(frozen=True, slots=True)
class Replay:
    """A receipt asked again.

    Attributes:
        same: the reply has the same bytes.
        reason: why not, in words; empty when it is the same.
        reply: what is replied now, as a receipt keeps it.
        answered: the same, to be shown.
    """

    same: bool
    reason: str
    reply: str
    answered: Reply


class _Tables(DeclarativeBase):
    pass


class _ReceiptRow(_Tables):
    __tablename__ = "receipts"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime)
    question: Mapped[str] = mapped_column(Text)
    as_of: Mapped[date] = mapped_column(Date)
    today: Mapped[date] = mapped_column(Date)
    conversation_id: Mapped[str | None] = mapped_column(Text)
    index_fingerprint: Mapped[str] = mapped_column(String(64))
    settings_fingerprint: Mapped[str] = mapped_column(String(64))
    reply: Mapped[str] = mapped_column(Text)
    groups: Mapped[str] = mapped_column("asked_groups", Text, server_default=text("'[]'"))
    carried: Mapped[str] = mapped_column(Text, server_default=text("''"))
    outcome: Mapped[str] = mapped_column(String(20), server_default=text("''"))
    times: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    one_until: Mapped[datetime | None] = mapped_column(DateTime)

    # all that is counted stands in it, so that no reply, of 20 KB each, is read to count
    __table_args__ = (Index("receipts_by_outcome", "outcome", "asked_at", "times"),)


class Receipts:
    """Receipts in a database that SQLAlchemy can address.

    Args:
        address: e.g. ``sqlite:////var/lib/charter/records.db`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, address: str) -> None:
        added = {
            "asked_groups": "TEXT NOT NULL DEFAULT '[]'",
            "carried": "TEXT NOT NULL DEFAULT ''",
            "outcome": "VARCHAR(20) NOT NULL DEFAULT ''",
            "times": "INTEGER NOT NULL DEFAULT 1",
            "one_until": "TIMESTAMP",
        }
        self._records = Records(address, _ReceiptRow, added)

    def keep(self, receipt: Receipt) -> None:
        """Store a receipt; the same question asked again keeps the first, and counts it.

        Within ``ONE_ASKING`` of the last time it counts as one.

        Raises:
            SettingsError: no database can be reached under the address.
            StorageError: the database cannot be written.
        """
        with self._records.writing() as connection:
            self._records.add(connection, _to_values(receipt), taken=_asked_again)

    def find(self, receipt_id: str) -> Receipt:
        """Return a receipt.

        Raises:
            RecordNotFound: there is none by that id.
            StorageError: the database cannot be read.
        """
        with self._records.session() as session:
            row = session.scalar(select(_ReceiptRow).where(_ReceiptRow.id == receipt_id))
            if row is None:
                raise no_receipt(receipt_id)
            return _from_row(row)

    def listed(
        self,
        since: datetime,
        *,
        outcomes: Sequence[Outcome] = _OUTCOMES,
        before: AskedReceipt | None = None,
        most: int = MOST_LISTED,
    ) -> tuple[AskedReceipt, ...]:
        """List what was asked since a moment, newest first; replies are not read.

        Args:
            since: in UTC, without a zone.
            outcomes: of the replies.
            before: the last one of the page before; None begins with the newest.
            most: how many at most.

        Raises:
            StorageError: the database cannot be read or written.
        """
        self._tell_outcomes()
        wanted = select(*_LISTED).where(
            _ReceiptRow.outcome.in_(outcomes), _ReceiptRow.asked_at >= since
        )
        order = _ReceiptRow.asked_at, _ReceiptRow.id
        if before:
            wanted = wanted.where(tuple_(*order) < (before.asked_at, before.id))
        wanted = wanted.order_by(*(one.desc() for one in order)).limit(most)
        with self._records.session() as session:
            return tuple(_listed_from(row) for row in session.execute(wanted))

    def those(self, ids: Collection[str]) -> tuple[AskedReceipt, ...]:
        """List the receipts with some ids, newest first; those that are not there are left out.

        Raises:
            StorageError: the database cannot be read or written.
        """
        self._tell_outcomes()
        wanted, found = sorted(set(ids)), []
        with self._records.session() as session:
            for start in range(0, len(wanted), _IDS_AT_ONCE):
                some = _ReceiptRow.id.in_(wanted[start : start + _IDS_AT_ONCE])
                found += [
                    _listed_from(row) for row in session.execute(select(*_LISTED).where(some))
                ]
        return tuple(sorted(found, key=lambda one: (one.asked_at, one.id), reverse=True))

    def counts(self, since: datetime) -> Mapping[Outcome, int]:
        """Count how often something was asked since a moment, by the outcome of the reply.

        Raises:
            StorageError: the database cannot be read or written.
        """
        self._tell_outcomes()
        counted = (
            select(_ReceiptRow.outcome, func.sum(_ReceiptRow.times))
            .where(_ReceiptRow.outcome.in_(_OUTCOMES), _ReceiptRow.asked_at >= since)
            .group_by(_ReceiptRow.outcome)
        )
        with self._records.session() as session:
            found = {name: int(count) for name, count in session.execute(counted)}
        return {name: found.get(name, 0) for name in _OUTCOMES}

    def _tell_outcomes(self) -> None:
        """Write the outcome beside replies that an earlier version of Charter kept without one.

        In a text within the JSON the quotation marks have a backslash before them, so this finds
        the outcome and nothing that somebody wrote.
        """
        told = case(
            *((_ReceiptRow.reply.contains(f'"outcome": "{one}"'), one) for one in _OUTCOMES),
            else_="unknown",
        )
        with self._records.writing() as connection:
            untold = select(_ReceiptRow.id).where(_ReceiptRow.outcome == "").limit(1)
            if connection.scalar(untold) is not None:
                connection.execute(
                    update(_ReceiptRow).where(_ReceiptRow.outcome == "").values(outcome=told)
                )

    def examine(self) -> int:
        """Count the receipts, and write one that is taken back at once.

        Raises:
            SettingsError: no database can be reached under the address.
            StorageError: the database cannot be read or written.
        """
        trial = Receipt("", datetime.min, Question("", date.min, date.min), "", "", "")  # noqa: DTZ901  no moment, and never kept
        with self._records.writing() as connection:
            kept = connection.scalar(select(func.count()).select_from(_ReceiptRow))
            self._records.add(connection, _to_values(trial))
            connection.rollback()
        return kept or 0

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()


def why_other(receipt: Receipt, again: str, *, index: str, settings: str) -> str:
    """Say why a receipt's question is replied otherwise now; empty where it is the same.

    Args:
        receipt: of the reply that was given out.
        again: the JSON of the reply now.
        index: fingerprint of the index that is served now.
        settings: that of the settings now.
    """
    if again == receipt.reply:
        return ""
    if receipt.index != index:
        return "The documents changed since, or what may be shown of them."
    if receipt.settings != settings:
        return "The settings, or Charter itself, changed since."
    if follow_up_of(receipt.reply) != follow_up_of(again):
        return "The follow-up of commitments changed since."
    return "Nothing changed that should change an answer: this is a defect of Charter."


def no_receipt(receipt_id: str) -> RecordNotFound:
    """Return the same error for a receipt that is not there and one that somebody may not see."""
    return RecordNotFound(f"There is no receipt “{receipt_id}”.", "Take the id from an answer.")


def _asked_again(other: Any) -> dict[str, Any]:
    """Return what a receipt takes over where its question is asked again, in one statement."""
    anew = other.asked_at >= func.coalesce(_ReceiptRow.one_until, _ReceiptRow.asked_at)
    return {
        "times": _ReceiptRow.times + case((anew, 1), else_=0),
        "one_until": other.one_until,
    }


def _to_values(receipt: Receipt) -> dict[str, Any]:
    """Return the columns of a receipt's row, by their names in the database."""
    return {
        "id": receipt.id,
        "asked_at": receipt.asked_at,
        "question": receipt.question.text,
        "as_of": receipt.question.as_of,
        "today": receipt.question.today,
        "conversation_id": receipt.question.conversation_id,
        "index_fingerprint": receipt.index,
        "settings_fingerprint": receipt.settings,
        "reply": receipt.reply,
        "asked_groups": json.dumps(sorted(receipt.question.groups)),
        "carried": _carried_to_json(receipt.question.carried),
        "outcome": _outcome_of(receipt.reply),
        "times": 1,
        "one_until": _one_until(receipt.asked_at),
    }


def _outcome_of(reply: str) -> str:
    """Return the outcome of a reply in JSON, which stands near its beginning."""
    found = _OUTCOME.search(reply)
    return found[1] if found and found[1] in _OUTCOMES else "unknown"


def _one_until(asked_at: datetime) -> datetime:
    return asked_at + ONE_ASKING


_LISTED = (
    _ReceiptRow.id,
    _ReceiptRow.asked_at,
    _ReceiptRow.question,
    _ReceiptRow.as_of,
    _ReceiptRow.today,
    _ReceiptRow.conversation_id,
    _ReceiptRow.groups,
    _ReceiptRow.carried,
    _ReceiptRow.outcome,
    _ReceiptRow.times,
)


def _listed_from(row: Any) -> AskedReceipt:
    outcome: Outcome | Literal[""] = next((one for one in _OUTCOMES if one == row.outcome), "")
    return AskedReceipt(row.id, row.asked_at, _question_of(row), outcome, row.times)


def _question_of(row: Any) -> Question:
    """Return the question of a row, or of the columns of one."""
    groups = frozenset(json.loads(row.groups))
    carried = _carried().validate_json(row.carried) if row.carried else None
    return Question(row.question, row.as_of, row.today, row.conversation_id, groups, carried)


def _from_row(row: _ReceiptRow) -> Receipt:
    return Receipt(
        row.id,
        row.asked_at,
        _question_of(row),
        row.index_fingerprint,
        row.settings_fingerprint,
        row.reply,
    )


def _carried_to_json(carried: Carried | None) -> str:
    return _carried().dump_json(carried).decode() if carried else ""


@cache
def _carried() -> TypeAdapter[Carried]:
    return TypeAdapter(Carried)
