"""Reads the register of a generation: filters, counts and pages, all by SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from corpus.commitments import Commitment, fold
from corpus.errors import IndexDamaged
from indexing.register.schema import FILE
from indexing.register.wanted import Wanted, among, conditions
from indexing.register.writer import adapter

Order = Literal["document", "due", "lead", "theme", "status"]
By = Literal["lead", "theme", "document", "quarter", "id"]

_ORDERS: Mapping[Order, str] = {
    "document": "c.place",
    "due": "c.due IS NULL, c.due",
    "lead": "c.lead IS NULL, c.lead",
    "theme": "t.name",
    "status": "coalesce(s.value, 0)",
}
_GROUPS: Mapping[By, tuple[str, str]] = {
    "lead": (
        "l.name",
        "LEFT JOIN led g ON g.commitment = c.place LEFT JOIN leads l ON l.place = g.lead",
    ),
    "theme": ("t.name", ""),
    "document": ("d.key", "JOIN documents d ON d.place = c.document"),
    "quarter": ("substr(c.due, 1, 4) || '-' || ((substr(c.due, 6, 2) + 2) / 3)", ""),
    "id": ("c.id", ""),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A commitment as the register keeps it.

    Attributes:
        key: of its document.
        leads: names of its lead teams, one spelling for each.
    """

    commitment: Commitment
    key: str
    leads: tuple[str, ...]
    due: date | None
    ongoing: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A lead team in all its spellings."""

    place: int
    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Who makes commitments; ``said`` is all by which it can be named."""

    place: int
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many commitments of how many documents."""

    commitments: int
    documents: int


class RegisterStore:
    """The whole register of a generation; safe to use from several threads.

    Raises:
        IndexDamaged: from every method, when it is missing or cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        try:
            self._database = sqlite3.connect(
                f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._damaged() from error
        try:
            documents = self.rows("SELECT place, key, commitments FROM documents ORDER BY place")
            teams = self.rows("SELECT place, name, spellings FROM leads ORDER BY place")
            bodies = self.rows("SELECT place, name, said FROM bodies ORDER BY place")
        except IndexDamaged:
            self._database.close()
            raise
        self.keys = tuple(key for _, key, _ in documents)
        self.counts: Mapping[str, int] = {key: count for _, key, count in documents if count}
        self.places = {key: place for place, key, _ in documents}
        self.teams = tuple(Team(at, name, tuple(json.loads(said))) for at, name, said in teams)
        self.bodies = tuple(Body(*row) for row in bodies)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return what a query gives."""
        try:
            with self._lock:
                return self._database.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged() from error

    def of(self, keys: frozenset[str]) -> Register:
        """Return the register as if it held only these documents."""
        return Register(self, keys & self.counts.keys())

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def _damaged(self) -> IndexDamaged:
        return IndexDamaged(
            f"The register of the index in {self._folder} cannot be read.", "Run `charter index`."
        )


class Register:
    """The commitments of some documents."""

    def __init__(self, store: RegisterStore, keys: frozenset[str]) -> None:
        """Take the store and the keys of the documents that have any."""
        self._store = store
        self._keys = keys

    @cached_property
    def held(self) -> Counted:
        """How many there are in all."""
        return Counted(sum(self._store.counts[key] for key in self._keys), len(self._keys))

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Who makes commitments, of all documents."""
        return self._store.bodies

    @property
    def teams(self) -> tuple[Team, ...]:
        """Who leads commitments, of all documents."""
        return self._store.teams

    def teams_named(self, name: str) -> frozenset[int]:
        """Return the teams that a name means: by a spelling, else all that have its words."""
        spelled = (team for team in self.teams if fold(name) in map(fold, team.spellings))
        found = frozenset(team.place for team in spelled)
        return found or frozenset(
            team.place for team in self.teams if _has_words(name, team.spellings)
        )

    def bodies_named(self, name: str) -> frozenset[int]:
        """Return the bodies that a name means: as they are called, else all that have its words."""
        found = frozenset(body.place for body in self.bodies if fold(body.name) == fold(name))
        return found or frozenset(
            body.place for body in self.bodies if _has_words(name, (body.said,))
        )

    def count(self, wanted: Wanted) -> Counted:
        """Count what is wanted, and the documents that it is of."""
        where, values = self._where(wanted)
        found = self._store.rows(
            f"SELECT count(*), count(DISTINCT c.document) FROM commitments c WHERE {where}",  # noqa: S608  of this file's own words
            values,
        )
        return Counted(*found[0])

    def find(
        self,
        wanted: Wanted,
        *,
        order: Order = "document",
        descending: bool = False,
        page: tuple[int, int | None] = (0, None),
        ranks: Mapping[str, int] | None = None,
    ) -> tuple[Kept, ...]:
        """Return a page of what is wanted, in an order; equal ones in that of the documents.

        Args:
            wanted: which.
            order: "status" is that of ``ranks``; what has no value comes last.
            descending: the other way round; what has no value comes last all the same.
            page: how many to leave out, and how many to take; None is all.
            ranks: id → rank of its status; 0 for the others.
        """
        where, values = self._where(wanted)
        by = _ORDERS[order]
        ordered = ", ".join(
            part if part.endswith("NULL") or not descending else f"{part} DESC"
            for part in by.split(", ")
        )
        offset, limit = page
        rows = self._store.rows(
            "SELECT c.place, c.document, c.due, c.ongoing, c.record FROM commitments c "  # noqa: S608  the same
            "JOIN themes t ON t.place = c.theme "
            "LEFT JOIN json_each(?) s ON s.key = c.id "
            f"WHERE {where} ORDER BY {ordered}, c.place LIMIT ? OFFSET ?",
            [json.dumps(dict(ranks or {})), *values, -1 if limit is None else limit, offset],
        )
        teams = self._teams_of([row[0] for row in rows])
        return tuple(
            Kept(
                adapter().validate_json(record),
                self._store.keys[document],
                teams.get(place, ()),
                date.fromisoformat(due) if due else None,
                bool(ongoing),
            )
            for place, document, due, ongoing, record in rows
        )

    def group(self, wanted: Wanted, by: By) -> tuple[tuple[str, int], ...]:
        """Count what is wanted by a value of it; "" is none. The largest first, then by name."""
        where, values = self._where(wanted)
        value, joined = _GROUPS[by]
        rows = self._store.rows(
            f"SELECT coalesce({value}, '') named, count(*) FROM commitments c "  # noqa: S608  the same
            f"JOIN themes t ON t.place = c.theme {joined} "
            f"WHERE {where} GROUP BY named ORDER BY count(*) DESC, named",
            values,
        )
        return tuple((str(name), count) for name, count in rows)

    def bodies_counted(self) -> tuple[tuple[Body, int], ...]:
        """Count the commitments of each body; one that has none here is left out."""
        where, values = self._where(Wanted())
        rows = self._store.rows(
            f"SELECT c.body, count(*) FROM commitments c WHERE {where} GROUP BY c.body",  # noqa: S608  the same
            values,
        )
        return tuple((self.bodies[place], count) for place, count in rows)

    def days(self) -> tuple[date | None, date | None]:
        """Return the earliest and the latest day on which something falls due."""
        where, values = self._where(Wanted())
        first, last = self._store.rows(
            f"SELECT min(c.due), max(c.due) FROM commitments c WHERE {where}",  # noqa: S608  the same
            values,
        )[0]
        return (
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
        )

    def of_document(self, key: str) -> tuple[Commitment, ...]:
        """Return the commitments of one version of a document, in reading order."""
        if key not in self._keys:
            return ()
        rows = self._store.rows(
            "SELECT record FROM commitments WHERE document = ? ORDER BY place",
            (self._store.places[key],),
        )
        return tuple(adapter().validate_json(record) for (record,) in rows)

    def _teams_of(self, places: Sequence[int]) -> dict[int, tuple[str, ...]]:
        rows = self._store.rows(
            "SELECT commitment, lead FROM led WHERE commitment IN (SELECT value FROM json_each(?)) "
            "ORDER BY commitment, lead",
            (json.dumps(places),),
        )
        found: dict[int, tuple[str, ...]] = {}
        for place, lead in rows:
            found[place] = (*found.get(place, ()), self.teams[lead].name)
        return found

    def _where(self, wanted: Wanted) -> tuple[str, list[Any]]:
        """Return the condition that what is wanted meets, and its values."""
        met = list(conditions(wanted))
        if len(self._keys) < len(self._store.counts):
            met.append(among("c.document", (self._store.places[key] for key in self._keys)))
        values = [value for _, given in met for value in given]
        return " AND ".join(condition for condition, _ in met) or "1", values


def _has_words(name: str, spellings: Iterable[str]) -> bool:
    """Tell whether a spelling has all words of a name."""
    wanted = set(fold(name).split())
    return bool(wanted) and any(wanted <= set(fold(one).split()) for one in spellings)
