"""Receipts: what was asked, on what, and what was replied, so that it can be replayed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Date, DateTime, String, Text, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.records import Records
from assistant.reply import Carried, Question, Reply
from corpus.errors import RecordNotFound


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


class Receipts:
    """Receipts in a database that SQLAlchemy can address.

    Args:
        address: e.g. ``sqlite:////var/lib/charter/records.db`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, address: str) -> None:
        added = {
            "asked_groups": "TEXT NOT NULL DEFAULT '[]'",
            "carried": "TEXT NOT NULL DEFAULT ''",
        }
        self._records = Records(address, _ReceiptRow, added)

    def keep(self, receipt: Receipt) -> None:
        """Store a receipt; the same question asked again keeps the first.

        Raises:
            SettingsError: no database can be reached under the address.
            StorageError: the database cannot be written.
        """
        with self._records.writing() as connection:
            self._records.add(connection, _to_values(receipt))

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


def no_receipt(receipt_id: str) -> RecordNotFound:
    """Return the same error for a receipt that is not there and one that somebody may not see."""
    return RecordNotFound(f"There is no receipt “{receipt_id}”.", "Take the id from an answer.")


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
    }


def _from_row(row: _ReceiptRow) -> Receipt:
    groups = frozenset(json.loads(row.groups))
    carried = _carried().validate_json(row.carried) if row.carried else None
    question = Question(row.question, row.as_of, row.today, row.conversation_id, groups, carried)
    return Receipt(
        row.id,
        row.asked_at,
        question,
        row.index_fingerprint,
        row.settings_fingerprint,
        row.reply,
    )


def _carried_to_json(carried: Carried | None) -> str:
    return _carried().dump_json(carried).decode() if carried else ""


@cache
def _carried() -> TypeAdapter[Carried]:
    return TypeAdapter(Carried)
