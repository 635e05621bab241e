"""``glossary.csv`` in the folder of documents: abbreviations and synonyms that its owners set.

Its columns are term, meaning (several are separated by |) and use (yes or no). A line adds a pair
to those that the documents explain, or with ``no`` switches it off; ``no`` without a meaning
switches off all meanings of a term.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import UnreadableFile
from corpus.formats.decode import decode

GLOSSARY_FILE = "glossary.csv"
COLUMNS = ("term", "meaning", "use")
_YES, _NO = frozenset(("", "yes", "y", "true", "1")), frozenset(("no", "n", "false", "0"))
_LARGEST = 2_000_000  # bytes: some 40,000 lines
_LONGEST = 200  # characters of a term or a meaning


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file with one meaning.

    Attributes:
        line: its number, from 1.
        meaning: empty where all meanings are switched off.
    """

    line: int
    term: str
    meaning: str
    used: bool = True


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What the file says, and what in it cannot be used, in words for its owner."""

    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()


def read_glossary_file(data: bytes) -> GlossaryFile:
    """Return the rows of the file; a line that cannot be used costs only itself."""
    if len(data) > _LARGEST:
        return GlossaryFile(problems=(f"It is larger than {_LARGEST:,} bytes; nothing is used.",))
    try:
        text, notes = decode(data, GLOSSARY_FILE)
    except UnreadableFile as error:
        return GlossaryFile(problems=(str(error),))
    rows: dict[tuple[str, str], Row] = {}
    problems = list(notes)
    for found in _lines(text):
        if isinstance(found, str):
            problems.append(found)
            continue
        before = rows.setdefault((found.term.casefold(), found.meaning.casefold()), found)
        if before is not found:
            problems.append(
                f"Line {found.line} repeats the pair of line {before.line}, which holds."
            )
    return GlossaryFile(tuple(rows.values()), tuple(problems))


def glossary_csv(rows: Iterable[Row]) -> str:
    """Write rows as a file that can be edited and read again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow((row.term, row.meaning, "yes" if row.used else "no"))
    return out.getvalue()


def _lines(text: str) -> Iterator[Row | str]:
    """Give each row, and a sentence for each line that is none."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: Sequence[str] = COLUMNS
    line = 1
    try:
        for cells in reader:
            plain = [" ".join(cell.split()) for cell in cells]
            if line == 1 and "term" in (names := [cell.casefold() for cell in plain]):
                columns = names
                yield from _unknown(names)
            elif any(plain):
                yield from _rows(line, plain, columns)
            line = reader.line_num + 1
    except csv.Error as error:
        yield f"Line {line} cannot be read, nor what follows it: {error}."


def _unknown(names: Sequence[str]) -> Iterator[str]:
    if "meaning" not in names:
        yield "Line 1 names no column “meaning”."
    for name in names:
        if name and name not in COLUMNS:
            yield f"Line 1 names a column “{name}”, which says nothing to Charter."


def _rows(line: int, cells: Sequence[str], columns: Sequence[str]) -> Iterator[Row | str]:
    said = dict(zip(columns, cells, strict=False))
    term, use = said.get("term", ""), said.get("use", "").casefold()
    meanings = [part.strip() for part in said.get("meaning", "").split("|") if part.strip()]
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        yield f"Line {line} has more cells than columns; put a meaning with commas in quotes."
    elif use not in _YES | _NO:
        yield f"Line {line}: use is “{use}”; write yes or no."
    elif not term:
        yield f"Line {line} has no term."
    elif not meanings and use in _YES:
        yield f"Line {line} has no meaning for “{term}”."
    elif max(map(len, (term, *meanings))) > _LONGEST:
        yield f"Line {line} has a term or a meaning of more than {_LONGEST} characters."
    else:
        for meaning in meanings or [""]:
            yield Row(line, term, meaning, use in _YES)
