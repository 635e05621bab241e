"""One table of records in a database that SQLAlchemy can address: SQLite, or PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from threading import Lock
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Insert,
    Table,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.schema import CreateIndex, CreateTable

from corpus.errors import SettingsError, StorageError

# what a row that is there takes over, by column, from one that would be stored under its key
Taken = Callable[[Any], Mapping[str, Any]]

_TURNS = 100  # tries to switch a database to WAL mode
_TURN = 0.05  # seconds between two of them; the switch takes milliseconds


class Records:
    """One table, made when it is first used; safe to use from several threads.

    Args:
        address: e.g. ``sqlite:////var/lib/charter/records.db`` or ``postgresql+psycopg://…``.
        of: the class of its rows.
        added: columns that tables from earlier versions of Charter lack: name → SQL type.
    """

    def __init__(
        self, address: str, of: type[DeclarativeBase], added: Mapping[str, str] | None = None
    ) -> None:
        self._address = address
        self._table = of.metadata.tables[of.__tablename__]
        self._added = added or {}
        self._lock = Lock()
        self._engine: Engine | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session.

        Raises:
            SettingsError: no database can be reached under the address.
            StorageError: the database cannot be read or written.
        """
        with self._said_plainly(), Session(self._connected()) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction for statements alone; it is committed at the end.

        Without the objects of a session a row is written in a third of the processor time, which
        counts where every question writes one.

        Raises:
            SettingsError, StorageError: as for ``session``.
        """
        with self._said_plainly(), self._connected().begin() as connection:
            yield connection

    def add(
        self,
        connection: Connection,
        values: Mapping[str, Any],
        *,
        touched: str = "",
        taken: Taken | None = None,
    ) -> None:
        """Store a row; where one has its key already, take over no more than is said.

        Args:
            connection: as ``writing`` gives it.
            values: of the row, by the names of the columns.
            touched: the column that one that is there takes over; empty leaves it as it is.
            taken: makes expressions for the columns of one that is there, from the columns of the
                other; one function each time, for the statement is kept by it.
        """
        taken = taken or _taken_as_it_is(touched)
        connection.execute(_insert(self._table, taken, connection.dialect.name), dict(values))

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise StorageError(
                f"The records cannot be read or written: {reason}.",
                "Check that the disk has space and that CHARTER_HOME or CHARTER_DATABASE "
                "can be written.",
            ) from error

    def close(self) -> None:
        """Give back the connections."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _connected(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = _connect(self._address, self._table, self._added)
            return self._engine


@cache
def _taken_as_it_is(column: str) -> Taken | None:
    return (lambda other: {column: other[column]}) if column else None


@cache
def _insert(table: Table, taken: Taken | None, dialect: str) -> Insert:
    """Return the statement that stores a row; that there is one already is no error of it.

    An error keeps the frames that it went through, and the index that they hold, open until the
    next full garbage collection: so it must not be the way of repetitions.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415  only what is in use
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415  the same
    adding = insert(table)
    if taken is None:
        return adding.on_conflict_do_nothing()
    changed = dict(taken(adding.excluded))
    return adding.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


def _connect(address: str, table: Table, added: Mapping[str, str]) -> Engine:
    engine = _engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_readers_and_writers_meet)
    # create_all looks first and creates then: two processes that start at once both create
    _execute(engine, CreateTable(table, if_not_exists=True))
    _add_columns(engine, table, added)
    for index in table.indexes:  # after the columns: it may be of one that was added
        _execute(engine, CreateIndex(index, if_not_exists=True))
    return engine


def _execute(engine: Engine, statement: Executable) -> None:
    """Make something that may be there already.

    PostgreSQL, too, looks first and creates then: of two at once one fails, and finds it made.
    """
    try:
        with engine.begin() as connection:
            connection.execute(statement)
    except (IntegrityError, ProgrammingError):
        with engine.begin() as connection:
            connection.execute(statement)


def _add_columns(engine: Engine, table: Table, added: Mapping[str, str]) -> None:
    """Give a table from an earlier version its new columns; two processes may both try."""
    for name, kind in added.items():
        for _ in range(2):
            if any(one["name"] == name for one in inspect(engine).get_columns(table.name)):
                break
            with suppress(DBAPIError), engine.begin() as connection:
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {name} {kind}"))


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
    # In WAL mode NORMAL loses no committed record to a crash of the process, only to a loss of
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
