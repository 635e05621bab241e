"""Receipts: what was asked, on what, and what was replied, so that it can be replayed."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from sqlalchemy import (
    Date,
    DateTime,
    Engine,
    String,
    Text,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.schema import CreateTable

from assistant.reply import Question
from corpus.errors import RecordNotFound, SettingsError, StorageError

_TURNS = 100  # tries to switch a database to WAL mode
_TURN = 0.05  # seconds between two of them; the switch takes milliseconds


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


class Receipts:
    """Receipts in a database that SQLAlchemy can address.

    Args:
        address: e.g. ``sqlite:////var/lib/charter/records.db`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = Lock()
        self._engine: Engine | None = None

    def keep(self, receipt: Receipt) -> None:
        """Store a receipt; the same question asked again keeps the first.

        Raises:
            SettingsError: no database can be reached under the address.
            StorageError: the database cannot be written.
        """
        with self._session() as session:
            # An error keeps the frames that it went through, and the index that they hold, open
            # until the next full garbage collection: so it must not be the way of repetitions.
            if session.get(_ReceiptRow, receipt.id) is not None:
                return
            session.add(_to_row(receipt))
            try:
                session.commit()
            except IntegrityError:  # between looking and writing another kept it
                session.rollback()
                if session.get(_ReceiptRow, receipt.id) is None:
                    raise

    def find(self, receipt_id: str) -> Receipt:
        """Return a receipt.

        Raises:
            RecordNotFound: there is none by that id.
            StorageError: the database cannot be read.
        """
        with self._session() as session:
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
        with self._session() as session:
            kept = session.scalar(select(func.count()).select_from(_ReceiptRow))
            session.add(_to_row(trial))
            session.flush()
            session.rollback()
        return kept or 0

    def close(self) -> None:
        """Give back the connections."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _connected(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = _connect(self._address)
            return self._engine

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self._connected()) as session:
                yield session
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise StorageError(
                f"The records cannot be read or written: {reason}.",
                "Check that the disk has space and that CHARTER_HOME or CHARTER_DATABASE "
                "can be written.",
            ) from error


def no_receipt(receipt_id: str) -> RecordNotFound:
    """Return the same error for a receipt that is not there and one that somebody may not see."""
    return RecordNotFound(f"There is no receipt “{receipt_id}”.", "Take the id from an answer.")


def _connect(address: str) -> Engine:
    engine = _engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_readers_and_writers_meet)
    with engine.begin() as connection:
        # create_all looks first and creates then: two processes that start at once both create
        connection.execute(CreateTable(_ReceiptRow.metadata.tables["receipts"], if_not_exists=True))
    _add_groups(engine)
    return engine


def _add_groups(engine: Engine) -> None:
    """Give a table from before there were groups its column; two processes may both try."""
    for _ in range(2):
        if any(
            column["name"] == "asked_groups" for column in inspect(engine).get_columns("receipts")
        ):
            return
        with suppress(DBAPIError), engine.begin() as connection:
            connection.execute(
                text("ALTER TABLE receipts ADD COLUMN asked_groups TEXT NOT NULL DEFAULT '[]'")
            )


def _engine(address: str) -> Engine:
    """Read an address; what is wrong with it is said without its password."""
    try:
        return create_engine(address)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"The database of CHARTER_DATABASE needs “{error.name}”, which is not installed.",
            "For PostgreSQL install the extra: `pip install 'charter[postgres]'`.",
        ) from error
    except NoSuchModuleError as error:
        raise SettingsError(
            f"No database goes by the name “{make_url(address).drivername}” of CHARTER_DATABASE.",
            "Use an address like postgresql+psycopg://user@host/name, or leave it empty.",
        ) from error
    except (ArgumentError, ValueError) as error:
        raise SettingsError(
            "CHARTER_DATABASE is no address of a database.",
            "Use an address like postgresql+psycopg://user@host/name, or leave it empty.",
        ) from error


def _let_readers_and_writers_meet(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  SQLAlchemy's event port is untyped
    _write_ahead(connection)
    # In WAL mode NORMAL loses no committed receipt to a crash of the process, only to a loss of
    # power; it saves a flush to disk (measured 4–20 ms) on every question.
    connection.execute("PRAGMA synchronous=NORMAL")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch a database to WAL mode, also while other processes do the same.

    SQLite refuses the switch at once while another holds the file; its timeout does not count here.
    """
    for turn in range(_TURNS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if turn == _TURNS - 1:
                raise
            time.sleep(_TURN)
        else:
            return


def _to_row(receipt: Receipt) -> _ReceiptRow:
    return _ReceiptRow(
        id=receipt.id,
        asked_at=receipt.asked_at,
        question=receipt.question.text,
        as_of=receipt.question.as_of,
        today=receipt.question.today,
        conversation_id=receipt.question.conversation_id,
        index_fingerprint=receipt.index,
        settings_fingerprint=receipt.settings,
        reply=receipt.reply,
        groups=json.dumps(sorted(receipt.question.groups)),
    )


def _from_row(row: _ReceiptRow) -> Receipt:
    groups = frozenset(json.loads(row.groups))
    question = Question(row.question, row.as_of, row.today, row.conversation_id, groups)
    return Receipt(
        row.id,
        row.asked_at,
        question,
        row.index_fingerprint,
        row.settings_fingerprint,
        row.reply,
    )
