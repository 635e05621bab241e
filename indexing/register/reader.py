"""Reads the register of a generation: filters, counts and pages, all by SQL."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from corpus.commitments import Commitment, fold
from corpus.errors import IndexDamaged
from indexing.register.schema import FILE
from indexing.register.wanted import Wanted, among, conditions
from indexing.register.writer import adapter

Order = Literal["document", "due", "lead", "theme", "status"]
By = Literal["lead", "theme", "document", "quarter"]

_EVERYTHING = "1"
_NAMED = "JOIN themes t ON t.place = c.theme"
_RANKED = "LEFT JOIN json_each(?) s ON s.key = c.id"
# of each order, and of each value to count by: what must be joined, and what it is by
_ORDERS: Mapping[Order, tuple[str, str]] = {
    "document": ("", "c.place"),
    "due": ("", "c.due"),
    "lead": ("", "c.lead"),
    "theme": (_NAMED, "t.name"),
    "status": (_RANKED, "coalesce(s.value, 0)"),
}
_GROUPS: Mapping[By, tuple[str, str]] = {
    "lead": ("", "c.lead"),
    "theme": ("", "c.theme"),
    "document": ("", "c.document"),
    "quarter": ("", "(substr(c.due, 1, 4) || '-' || ((substr(c.due, 6, 2) + 2) / 3))"),
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

    key: str
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


@dataclass(frozen=True, slots=True)
class _Spelled:
    """How often a spelling of a team leads in the document at a place; 0 is another name of it."""

    document: int
    spelling: str
    written: int


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
            spelled = self.rows(
                "SELECT team, document, spelling, written FROM spellings "
                "ORDER BY team, document, place"
            )
            bodies = self.rows("SELECT place, name, said FROM bodies ORDER BY place")
            themes = self.rows("SELECT name FROM themes ORDER BY place")
        except IndexDamaged:
            self._database.close()
            raise
        self.keys = tuple(key for _, key, _ in documents)
        self.counts: Mapping[str, int] = {key: count for _, key, count in documents if count}
        self.places = {key: place for place, key, _ in documents}
        self.spelled: Mapping[str, Sequence[_Spelled]] = {
            team: [_Spelled(*row) for _, *row in rows]
            for team, rows in groupby(spelled, key=itemgetter(0))
        }
        self.bodies = tuple(Body(*row) for row in bodies)
        self.themes = tuple(name for (name,) in themes)

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
        self._places = frozenset(store.places[key] for key in keys)
        self._teams: dict[str, Team | None] = {}

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
        """Who leads commitments, each in the spellings of these documents and of no others."""
        return tuple(filter(None, map(self._team, self._store.spelled)))

    def teams_named(self, name: str) -> frozenset[str]:
        """Return the teams that a name means: by a spelling, else all that have its words."""
        spelled = (team for team in self.teams if fold(name) in map(fold, team.spellings))
        found = frozenset(team.key for team in spelled)
        return found or frozenset(
            team.key for team in self.teams if _has_words(name, team.spellings)
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
        joined, by = _ORDERS[order]
        if joined == _RANKED:
            values.insert(0, json.dumps(dict(ranks or {})))
        offset, limit = page
        rows = self._store.rows(
            f"SELECT c.place, c.document, c.lead, c.due, c.ongoing FROM commitments c {joined} "  # noqa: S608  of this file's own words
            f"WHERE {where} ORDER BY {by} {'DESC' if descending else ''} NULLS LAST, c.place "
            "LIMIT ? OFFSET ?",
            [*values, -1 if limit is None else limit, offset],
        )
        places = [place for place, *_ in rows]
        records, further = self._records(places), self._also_led(places)
        return tuple(
            Kept(
                records[place],
                self._store.keys[document],
                tuple(self._team_name(team) for team in (lead, *further[place]) if team),
                date.fromisoformat(due) if due else None,
                bool(ongoing),
            )
            for place, document, lead, due, ongoing in rows
        )

    def group(self, wanted: Wanted, by: By) -> tuple[tuple[str, int], ...]:
        """Count what is wanted by a value of it; "" is none. The largest first, then by name."""
        where, values = self._where(wanted)
        joined, value = _GROUPS[by]
        # a plus keeps SQLite from walking an index of the value, which costs a look-up each row
        sign = "" if where == _EVERYTHING else "+"
        rows = self._store.rows(
            f"SELECT {sign}{value} named, count(*) FROM commitments c {joined} "  # noqa: S608  the same
            f"WHERE {where} GROUP BY named",
            values,
        )
        if by == "lead":
            rows += self._store.rows(
                "SELECT g.lead, count(*) FROM also_led g "  # noqa: S608  the same
                f"JOIN commitments c ON c.place = g.commitment WHERE {where} GROUP BY g.lead",
                values,
            )
        counted: Counter[str] = Counter()
        for value, count in rows:
            counted[self._name(by, value)] += count
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def _team(self, key: str) -> Team | None:
        """Return a team as these documents write it; None where it leads nothing in them."""
        if key not in self._teams:
            self._teams[key] = _team(
                key, (one for one in self._store.spelled[key] if one.document in self._places)
            )
        return self._teams[key]

    def _team_name(self, key: str) -> str:
        team = self._team(key)
        return team.name if team else key

    def _name(self, by: By, value: Any) -> str:
        if value is None:
            return ""
        if by == "lead":
            return self._team_name(value)
        names = {"theme": self._store.themes, "document": self._store.keys}
        return names[by][value] if by in names else str(value)

    def _records(self, places: Sequence[int]) -> dict[int, Commitment]:
        rows = self._store.rows(
            "SELECT place, record FROM records WHERE place IN (SELECT value FROM json_each(?))",
            (json.dumps(places),),
        )
        return {place: adapter().validate_json(record) for place, record in rows}

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

    def named(self, beginning: str, limit: int) -> tuple[tuple[str, str], ...]:
        """Return (id, key of its document) of commitments whose id begins so, by id."""
        where, values = self._where(Wanted())
        rows = self._store.rows(
            "SELECT c.id, d.key FROM commitments c JOIN documents d ON d.place = c.document "  # noqa: S608  the same
            f"WHERE c.id >= ? AND c.id < ? AND {where} ORDER BY c.id, c.place LIMIT ?",
            [beginning, beginning + "\x7f", *values, limit],
        )
        return tuple((name, key) for name, key in rows)

    def of_document(self, key: str) -> tuple[Commitment, ...]:
        """Return the commitments of one version of a document, in reading order."""
        if key not in self._keys:
            return ()
        rows = self._store.rows(
            "SELECT place FROM commitments WHERE document = ? ORDER BY place",
            (self._store.places[key],),
        )
        return tuple(self._records([place for (place,) in rows]).values())

    def _also_led(self, places: Sequence[int]) -> Mapping[int, list[str]]:
        """Return the keys of the teams of some commitments, but for the first of each."""
        rows = self._store.rows(
            "SELECT commitment, lead FROM also_led WHERE commitment IN "
            "(SELECT value FROM json_each(?)) ORDER BY commitment, lead",
            (json.dumps(places),),
        )
        found: defaultdict[int, list[str]] = defaultdict(list)
        for place, team in rows:
            found[place].append(team)
        return found

    def _where(self, wanted: Wanted) -> tuple[str, list[Any]]:
        """Return the condition that what is wanted meets, and its values."""
        met = list(conditions(wanted))
        if len(self._keys) < len(self._store.counts):
            met.append(among("c.document", self._places))
        values = [value for _, given in met for value in given]
        return " AND ".join(condition for condition, _ in met) or _EVERYTHING, values


def _team(key: str, spelled: Iterable[_Spelled]) -> Team | None:
    """Return a team of some spellings, by the one that leads most often."""
    written: Counter[str] = Counter()
    for one in spelled:
        written[one.spelling] += one.written
    # of equals the first, as the documents come; other names lead nothing and come last
    ranked = sorted(written, key=lambda spelling: -written[spelling])
    return Team(key, ranked[0], tuple(ranked)) if ranked else None


def _has_words(name: str, spellings: Iterable[str]) -> bool:
    """Tell whether a spelling has all words of a name."""
    wanted = set(fold(name).split())
    return bool(wanted) and any(wanted <= set(fold(one).split()) for one in spellings)
