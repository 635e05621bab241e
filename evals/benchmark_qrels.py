"""Judgements of a set: which entry answers which query, and how well."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BenchmarkUnusable
from evals.benchmark_problems import Problems

_PREFERRED = ("dev", "test")  # splits, where none is named
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Judgements:
    """The judgements of one split.

    Attributes:
        gold: query id → entry id → relevance above 0.
        judged: ids of all queries of the split, also of those that nothing answers.
        elsewhere: ids of the queries that only other splits judge.
    """

    split: str
    gold: Mapping[str, Mapping[str, float]]
    judged: frozenset[str]
    elsewhere: frozenset[str]


def read_judgements(folder: Path, split: str, problems: Problems) -> Judgements | None:
    """Read the judgements of a split; None where the set has none and no split is named.

    Raises:
        BenchmarkUnusable: there is no such split, or it is not clear which is meant.
    """
    splits = {path.stem: path for path in sorted((folder / "qrels").glob("*.tsv"))}
    if not splits and not split:
        return None
    name = _chosen(folder, sorted(splits), split)
    gold: dict[str, dict[str, float]] = {}
    judged: dict[str, set[str]] = {}
    for query, entry, relevance in _rows(splits[name], problems):
        if entry in judged.setdefault(query, set()):
            problems.note("judgement given twice", f"{query} {entry}")
            continue
        judged[query].add(entry)
        if relevance > 0:
            gold.setdefault(query, {})[entry] = relevance
    others = {
        row[0]
        for other, path in splits.items()
        if other != name
        for row in _rows(path, Problems())  # what is wrong with another split is not asked
    }
    return Judgements(name, gold, frozenset(judged), frozenset(others - judged.keys()))


def note_strangers(
    gold: Mapping[str, Mapping[str, float]],
    queries: AbstractSet[str],
    entries: AbstractSet[str],
    problems: Problems,
) -> None:
    """Note the ids that no query and no entry has.

    An entry that is not there stays in the gold of its query, where it counts as not found.
    """
    for query, relevant in gold.items():
        if query not in queries:
            problems.note("judgement of a query that is not there", query)
        problems.note_all(
            "judgement of an entry that is not there",
            (entry for entry in relevant if entry not in entries),
        )


def _chosen(folder: Path, splits: list[str], split: str) -> str:
    if split:
        if split in splits:
            return split
        there = f"it has {', '.join(splits)}" if splits else "it has none"
        raise BenchmarkUnusable(
            f"The set {folder} has no split “{split}”; {there}.",
            "Name one of its qrels files.",
        )
    for preferred in _PREFERRED:
        if preferred in splits:
            return preferred
    if len(splits) == 1:
        return splits[0]
    raise BenchmarkUnusable(
        f"The set {folder} has the splits {', '.join(splits)}.", "Name one with --split."
    )


def _rows(path: Path, problems: Problems) -> Iterator[tuple[str, str, float]]:
    """Give the lines that can be read; the first may be a header."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            bare = line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
            row = _row(bare)
            if row:
                yield row
            elif bare.strip() and not (number == 1 and _is_header(bare)):
                problems.note("judgement that cannot be read", f"{path.name}:{number}")


def _row(line: bytes) -> tuple[str, str, float] | None:
    try:
        query, entry, score = line.decode("utf-8").split("\t")
        relevance = float(score)
    except ValueError:
        return None
    return (query, entry, relevance) if query and entry and math.isfinite(relevance) else None


def _is_header(line: bytes) -> bool:
    """Tell whether a line has three columns, and in the last one a word."""
    columns = line.split(b"\t")
    return len(columns) == _COLUMNS and columns[2].strip()[:1].isalpha()
