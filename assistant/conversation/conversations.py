"""What a conversation remembers of its last questions; bounded, and nobody else's."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, DateTime, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.records import Records
from assistant.writing.wire import Outcome

LONGEST = 1000  # characters remembered of one text
MOST_QUOTES = 40  # remembered of one reply
_OF_CHARTER = re.compile(r"c-[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is remembered.

    Attributes:
        turns: of one conversation.
        unused: how long a conversation is kept after its last question.
        conversations: in all; those that were not used for longest go first.
        tidy_every: so many turns kept by this process; before that the bounds may be passed.
    """

    turns: int = 10
    unused: timedelta = timedelta(days=90)
    conversations: int = 20_000
    tidy_every: int = 100


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote by its place; its words are read again where they are needed.

    Attributes:
        key: of the document.
        digest: of the words, so that others at the same place are not taken for them.
        listed: it is an item of a list or a row of a table.
    """

    number: int
    key: str
    start: int
    end: int
    digest: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what its reply quoted.

    Attributes:
        text: the question in words that need no conversation.
        topic: what it was about, where a conversation said so; else empty.
        as_of: the day asked about where that was not the day of asking.
        item: words of a quote that the question named by its place; or empty.
        only, without: ids of documents, as in ``Carried``.
        rests_on: keys of the documents whose words stand in ``text``.
    """

    text: str
    topic: str
    as_of: date | None
    outcome: Outcome
    quoted: tuple[Quoted, ...] = ()
    item: str = ""
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


class _Tables(DeclarativeBase):
    pass


class _ConversationRow(_Tables):
    __tablename__ = "conversations"

    owned: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    turns: Mapped[str] = mapped_column(Text)


class Conversations:
    """Conversations in a database that SQLAlchemy can address.

    Args:
        address: e.g. ``sqlite:////var/lib/charter/records.db`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, address: str, bounds: Bounds | None = None) -> None:
        self._bounds = bounds or Bounds()
        self._records = Records(address, _ConversationRow)
        self._kept = count()

    def recall(self, owned: str) -> tuple[Turn, ...]:
        """Return the turns of a conversation, oldest first; none where nothing is remembered.

        Args:
            owned: as ``owned_by`` gives it.

        Raises:
            SettingsError, StorageError: the database cannot be reached or read.
        """
        with self._records.session() as session:
            row = session.get(_ConversationRow, owned)
            return _read(row.turns) if row else ()

    def begin(self, owned: str, turns: tuple[Turn, ...], at: datetime) -> None:
        """Keep a conversation whose id says all that it holds; one that is there is left as it is.

        Args:
            owned: as for ``recall``.
            turns: all, oldest first.
            at: the moment of the last question, in UTC.

        Raises:
            SettingsError, StorageError: the database cannot be reached or written.
        """
        values = {"owned": owned, "used_at": at, "turns": self._written(turns)}
        with self._records.writing() as connection:
            self._records.add(connection, values, touched="used_at")
            self._tidy(connection, at)

    def append(self, owned: str, turn: Turn, at: datetime) -> None:
        """Add a turn to a conversation; the oldest one goes where there are too many.

        Args, Raises: as for ``begin``.
        """
        with self._records.session() as session:
            for _ in range(2):  # between looking and writing another may have begun it
                if _touch(session, owned, at):
                    # it holds the row's lock: nobody else adds a turn meanwhile
                    row = session.get_one(_ConversationRow, owned, populate_existing=True)
                    row.turns = self._written((*_read(row.turns), turn))
                    break
                if self._insert(session, owned, (turn,), at):
                    break
            self._tidy(session, at)
            session.commit()

    def close(self) -> None:
        """Give back the connections."""
        self._records.close()

    def _insert(self, session: Session, owned: str, turns: tuple[Turn, ...], at: datetime) -> bool:
        """Store a new conversation; tell whether it was new."""
        session.add(_ConversationRow(owned=owned, used_at=at, turns=self._written(turns)))
        try:
            session.flush()
        except IntegrityError:
            session.rollback()
            return False
        return True

    def _written(self, turns: tuple[Turn, ...]) -> str:
        last = turns[-self._bounds.turns :]
        return _turns().dump_json(last).decode()

    def _tidy(self, session: Session | Connection, at: datetime) -> None:
        """Now and then let go what was not used for long or is too much."""
        row = _ConversationRow
        if next(self._kept) % self._bounds.tidy_every == 0:
            session.execute(delete(row).where(row.used_at < at - self._bounds.unused))
            newest = select(row.owned).order_by(row.used_at.desc(), row.owned)
            over = newest.offset(self._bounds.conversations)
            session.execute(delete(row).where(row.owned.in_(over)))


def owned_by(conversation_id: str, asker: str, groups: AbstractSet[str]) -> str:
    """Return the name under which a conversation is kept: of its id, its person and their groups.

    So nobody else finds it, whatever id they give, nor the same person in fewer groups.
    """
    folded = sorted({" ".join(name.split()).casefold() for name in groups})
    parts = json.dumps([conversation_id, asker, folded])
    return hashlib.sha256(parts.encode()).hexdigest()


def given_out(conversation_id: str) -> bool:
    """Tell whether an id is one that Charter gives out, and not a door's or program's own."""
    return _OF_CHARTER.fullmatch(conversation_id) is not None


def digest_of(words: str) -> str:
    """Return a short digest of a quote."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _touch(session: Session, owned: str, at: datetime) -> bool:
    """Note that a conversation is used, and lock it; tell whether it is there."""
    row = _ConversationRow
    done = session.execute(update(row).where(row.owned == owned).values(used_at=at))
    return bool(done.rowcount)  # type: ignore[attr-defined]  # of an UPDATE it has one


@cache
def _turns() -> TypeAdapter[tuple[Turn, ...]]:
    return TypeAdapter(tuple[Turn, ...])  # takes 5 ms to make


def _read(turns: str) -> tuple[Turn, ...]:
    try:
        return _turns().validate_json(turns)
    except ValidationError:  # written by another version of Charter: nothing that is understood
        return ()
