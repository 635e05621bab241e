"""Sets of questions with their gold, in the layout of BEIR.

A set is a folder: ``corpus.jsonl`` (_id, title, text), ``queries.jsonl`` (_id, text) and
``qrels/<split>.tsv`` (query id, entry id, relevance; with or without a header). Where there is no
``qrels`` folder, a query's own metadata names its gold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BenchmarkUnusable
from evals.benchmark_lines import (
    EntryLine,
    EntryMetadata,
    Line,
    QueryLine,
    QueryMetadata,
    read_lines,
    read_metadata,
)
from evals.benchmark_problems import Problem, Problems
from evals.benchmark_qrels import note_strangers, read_judgements

__all__ = [
    "BenchmarkSet",
    "Entry",
    "EntryMetadata",
    "Problem",
    "Query",
    "QueryMetadata",
    "read_set",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a document, a passage or a page, under the set's own id."""

    id: str
    title: str
    text: str
    metadata: EntryMetadata


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    Attributes:
        text: empty where the set holds an empty question.
        gold: entry id → relevance above 0; empty where nothing answers it.
        answerable: as the set says; None where it does not say.
    """

    id: str
    text: str
    gold: Mapping[str, float]
    answerable: bool | None
    metadata: QueryMetadata


@dataclass(frozen=True, slots=True)
class BenchmarkSet:
    """A set of questions, read.

    Attributes:
        split: whose judgements were read; empty where the gold stands with the queries.
        queries: those that the split judges, and those that none does.
        elsewhere: how many queries only other splits judge; they are no part of this one.
        problems: what could not be taken as it stands.
    """

    name: str
    folder: Path
    entries: tuple[Entry, ...]
    queries: tuple[Query, ...]
    problems: tuple[Problem, ...]
    split: str = ""
    elsewhere: int = 0


def read_set(folder: Path, *, split: str = "") -> BenchmarkSet:
    """Read a set of questions.

    Args:
        folder: holds corpus.jsonl and queries.jsonl.
        split: whose judgements to take; else dev, else test, else the only one there is.

    Raises:
        BenchmarkUnusable: a file is missing or empty, or it is not clear which split is meant.
    """
    problems = Problems()
    entries = tuple(_entries(_lines(folder, "corpus.jsonl", EntryLine, problems), problems))
    lines = _first_of_each(_lines(folder, "queries.jsonl", QueryLine, problems), problems)
    metadata = {line.id: read_metadata(line, QueryMetadata, problems) for line in lines}
    judgements = read_judgements(folder, split, problems)
    gold: Mapping[str, Mapping[str, float]] = (
        judgements.gold
        if judgements
        else {query: dict.fromkeys(said.gold, 1.0) for query, said in metadata.items()}
    )
    note_strangers(gold, metadata.keys(), {entry.id for entry in entries}, problems)
    elsewhere = judgements.elsewhere if judgements else frozenset()
    queries = tuple(
        _query(line, metadata[line.id], gold.get(line.id, {}), problems)
        for line in lines
        if line.id not in elsewhere
    )
    return BenchmarkSet(
        folder.resolve().name,
        folder,
        entries,
        queries,
        problems.told(),
        judgements.split if judgements else "",
        len(lines) - len(queries),
    )


def _lines(folder: Path, name: str, kind: type[Line], problems: Problems) -> list[Line]:
    try:
        lines = list(read_lines(folder / name, kind, problems))
    except OSError as error:
        raise BenchmarkUnusable(
            f"{folder / name} cannot be opened: {error.strerror}.",
            "A set of questions is a folder with corpus.jsonl and queries.jsonl.",
        ) from error
    if not lines:
        raise BenchmarkUnusable(
            f"{folder / name} holds no line that can be read.",
            "Each line is a JSON object with _id and text.",
        )
    return lines


def _entries(lines: Iterable[EntryLine], problems: Problems) -> Iterator[Entry]:
    seen: set[str] = set()
    for line in lines:
        if line.id in seen:
            problems.note("duplicate entry id", line.id)
            continue
        seen.add(line.id)
        if not line.text.strip():
            problems.note("entry without text", line.id)
        yield Entry(line.id, line.title, line.text, read_metadata(line, EntryMetadata, problems))


def _first_of_each(lines: Iterable[QueryLine], problems: Problems) -> tuple[QueryLine, ...]:
    first: dict[str, QueryLine] = {}
    for line in lines:
        if line.id in first:
            problems.note("duplicate query id", line.id)
        first.setdefault(line.id, line)
    return tuple(first.values())


def _query(
    line: QueryLine, metadata: QueryMetadata, gold: Mapping[str, float], problems: Problems
) -> Query:
    answerable = metadata.said_answerable
    if not line.text.strip():
        problems.note("empty query", line.id)
    if answerable is False and gold:
        problems.note("gold of a query said to be unanswerable", line.id)
        gold = {}
    if not gold and answerable is not False:
        problems.note("query without gold, not said to be unanswerable", line.id)
    return Query(line.id, line.text.strip(), gold, answerable, metadata)
