"""Writes the register of a new generation, one document after the other."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from corpus.commitments import Commitment, fold, initials
from corpus.commitments.bodies import body_of
from corpus.model import Metadata, document_key
from indexing.glossary import Saying
from indexing.keywords import tokens
from indexing.register.schema import FILE, INDEXES, TABLES


@dataclass(slots=True)
class _Team:
    """One lead team of a document: how often each spelling leads, and its other names."""

    key: str
    written: Counter[str] = field(default_factory=Counter)
    others: set[str] = field(default_factory=set)


class RegisterWriter:
    """Writes the commitments of a new generation; documents come in the order of the index."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / FILE)
        self._database.executescript(TABLES)
        self._documents = 0
        self._commitments = 0
        self._themes: dict[str, int] = {}
        self._bodies: dict[tuple[str, str], int] = {}

    def add(
        self,
        metadata: Metadata,
        commitments: Sequence[Commitment],
        explained: Iterable[Saying] = (),
    ) -> None:
        """Append the commitments of one document, be they none.

        Args:
            metadata: of the document.
            commitments: of it, in reading order.
            explained: abbreviations that it explains.
        """
        key = document_key(metadata.id, metadata.version)
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?)", (self._documents, key, len(commitments))
        )
        meanings = {one.term: one.meaning for one in explained}
        teams = _teams_of(commitments, meanings) if commitments else {}
        for commitment in commitments:
            self._add(metadata, commitment, teams)
        self._add_spellings(teams.values())
        self._documents += 1

    def close(self) -> None:
        """Finish writing."""
        for name, at in self._themes.items():
            self._database.execute("INSERT INTO themes VALUES (?, ?)", (at, name))
            self._database.execute(
                "INSERT INTO theme_words (rowid, theme) VALUES (?, ?)", (at, _stems(name))
            )
        self._database.executemany(
            "INSERT INTO bodies VALUES (?, ?, ?)",
            ((at, name, said) for (name, said), at in self._bodies.items()),
        )
        self._database.executescript(INDEXES)
        self._database.execute("ANALYZE")
        self._database.commit()
        self._database.close()

    def _add_spellings(self, teams: Iterable[_Team]) -> None:
        """Keep how a document writes its teams; several of its names may be of one team."""
        rows = (
            (team.key, self._documents, place, spelling, team.written[spelling])
            for team in {team.key: team for team in teams}.values()
            for place, spelling in enumerate(dict.fromkeys((*team.written, *sorted(team.others))))
        )
        self._database.executemany("INSERT INTO spellings VALUES (?, ?, ?, ?, ?)", rows)

    def _add(self, metadata: Metadata, commitment: Commitment, teams: Mapping[str, _Team]) -> None:
        led_by = list(dict.fromkeys(teams[fold(lead.text)].key for lead in commitment.leads))
        days = sorted({one.frame.last for one in commitment.times if one.frame.last})
        theme, name = " › ".join(commitment.theme), body_of(commitment.theme, metadata)
        said = f"{name} {metadata.organisation} {metadata.owner} {metadata.title}"
        body = self._bodies.setdefault((name, said), len(self._bodies))
        self._database.execute(
            "INSERT INTO commitments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._commitments,
                commitment.id,
                self._documents,
                self._themes.setdefault(theme, len(self._themes)),
                body,
                led_by[0] if led_by else None,
                _iso(days[-1]) if days else None,
                any(one.frame.kind == "ongoing" for one in commitment.times),
                bool(commitment.doubts),
            ),
        )
        place = self._commitments
        record = adapter().dump_json(commitment, exclude_defaults=True).decode()
        self._database.execute("INSERT INTO records VALUES (?, ?)", (place, record))
        self._database.executemany(
            "INSERT INTO also_led VALUES (?, ?)", ((team, place) for team in led_by[1:])
        )
        self._database.executemany(
            "INSERT INTO also_due VALUES (?, ?)", ((_iso(day), place) for day in days[:-1])
        )
        self._database.execute(
            "INSERT INTO words (rowid, said, theme) VALUES (?, ?, ?)",
            (place, _stems(_words(commitment)), _stems(theme)),
        )
        self._commitments += 1


@cache
def adapter() -> TypeAdapter[Commitment]:
    """Return what turns a commitment into JSON and back."""
    return TypeAdapter(Commitment)


def _teams_of(
    commitments: Sequence[Commitment], explained: Mapping[str, str]
) -> Mapping[str, _Team]:
    """Return the team of each folded name; an abbreviation is one with what it stands for."""
    names = Counter(lead.text for one in commitments for lead in one.leads)
    meant = _abbreviated(names, explained)
    by_key: dict[str, _Team] = {}
    teams = {}
    for name, count in names.items():
        folded = fold(name)
        key = meant.get(folded, folded)
        team = by_key.setdefault(key, _Team(key))
        teams[folded] = team
        if key == folded:
            team.written[" ".join(name.split())] += count
        else:
            team.others.add(" ".join(name.split()))
    for short, meaning in explained.items():
        known = teams.get(fold(short)) or teams.get(fold(meaning))
        if known:
            known.others.update((short, meaning))
    return teams


def _abbreviated(names: Iterable[str], explained: Mapping[str, str]) -> dict[str, str]:
    """Return the folded name that each abbreviation among some names stands for, where one does."""
    plain = list(dict.fromkeys(fold(name) for name in names))
    long = [name for name in plain if " " in name]
    found = {}
    for short in (name for name in plain if " " not in name):
        meaning = next((fold(said) for term, said in explained.items() if fold(term) == short), "")
        meant = [name for name in long if name == meaning or initials(name).lower() == short]
        if len(meant) == 1:
            found[short] = meant[0]
    return found


def _words(commitment: Commitment) -> str:
    quotes = (*filter(None, (commitment.text,)), *commitment.activities)
    return " ".join(quote.text for quote in quotes)


def _stems(text: str) -> str:
    return " ".join(token for token in tokens(text) if token.isalnum())


def _iso(day: date) -> str:
    return day.isoformat()
