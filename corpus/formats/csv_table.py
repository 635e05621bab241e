"""CSV and TSV: the decoded text cut into cells that keep their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.errors import FileTooLarge
from corpus.formats.decode import decode
from corpus.formats.grid import blocks_of
from corpus.formats.grid.cells import Entry, Grid, Line
from corpus.raw import Parsed
from corpus.traced import Traced, cut

_DELIMITERS = "\t;,|"  # where two fit as well, the one that prose has less often
_SAMPLE = 200  # records that show the delimiter
_SAMPLE_CHARS = 200_000
_LONGEST_CELL = 100_000  # characters between quotes; beyond it a quote was never closed
_MOST_CELLS = 400_000  # filled ones; as many as are read, split and found within a minute
_ALIKE = 0.5  # share of records that must have as many cells as most, to be a table
_SURELY_ALIKE = 0.9  # the same where the delimiter may be a sign of prose
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_NUMBER = re.compile(r"[-+(]?[$€£¥]?\s?[-+]?\d[\d.,’' \u00a0\u202f]*\s?(?:%|[$€£¥]|[A-Z]{3})?\)?")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ]\d{1,2}:\d\d(?::\d\d)?Z?)?|\d{1,2}:\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Field:
    """The place of a cell's text, its quotes not in it."""

    start: int
    end: int
    quoted: bool = False


_Record = list[_Field]


def parse(data: bytes, name: str) -> Parsed:
    """Return the table in a CSV or TSV file; ``original`` is its decoded text.

    Raises:
        UnreadableFile: it is no text.
        FileTooLarge: it has more cells than can be searched.
    """
    original, notes = decode(data, name)
    hint = _HINT.match(original)
    start = hint.end() if hint else 0
    delimiter = hint[1] if hint else _delimiter_of(original, name)
    rows, widths = [], []
    filled = 0
    for number, record in enumerate(_records(original, start, delimiter)):
        cells = _cells(original, record)
        filled += len(cells)
        if filled > _MOST_CELLS:
            raise FileTooLarge(
                f"{name} has more than {_MOST_CELLS:,} filled cells.", "Split it into parts."
            )
        if cells:
            rows.append((number, cells))
            widths.append(max(len(record), 1))
    blocks = blocks_of(Grid(rows, named=True), name)
    return Parsed(original=original, blocks=blocks, notes=(*notes, *_ragged(widths, rows)))


def _delimiter_of(text: str, name: str) -> str:
    """Return the character that cuts the records into equally many cells; "" for one column."""
    sample = text[:_SAMPLE_CHARS]
    order = _DELIMITERS if not name.lower().endswith(".csv") else ";,\t|"
    scores = {delimiter: _score(sample, delimiter) for delimiter in order if delimiter in sample}
    best = max(scores, key=lambda delimiter: scores[delimiter], default="")
    return best if best and scores[best] > (0, 0) else ""


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    """Return the share of records with as many cells as most, and that number; 0 for no table."""
    records = list(islice(_records(sample, 0, delimiter), _SAMPLE + 1))
    if len(records) > 1 and len(sample) == _SAMPLE_CHARS:
        records.pop()  # cut off
    widths = [len(record) for record in records if any(f.end > f.start for f in record)]
    cut_up = Counter(width for width in widths if width > 1)
    if not cut_up:
        return 0, 0
    width, times = max(cut_up.items(), key=lambda item: (item[1], item[0]))
    share = times / len(widths)
    several = cut_up.total() / len(widths)
    spaced = sample.count(f"{delimiter} ") > sample.count(delimiter) / 2  # as in prose
    if share >= _SURELY_ALIKE or (not spaced and (share >= _ALIKE or several >= _SURELY_ALIKE)):
        return share, width
    return 0, 0


def _records(text: str, start: int, delimiter: str) -> Iterator[_Record]:
    """Yield the records of a text from ``start``, blank ones too."""
    while start < len(text):
        line_end = _LINE_END.search(text, start)
        end = line_end.start() if line_end else len(text)
        if text.find('"', start, end) < 0:
            yield _plain_record(text, start, end, delimiter)
            start = line_end.end() if line_end else end
        else:
            record, start = _quoted_record(text, start, delimiter)
            yield record


def _plain_record(text: str, start: int, end: int, delimiter: str) -> _Record:
    record = []
    while delimiter and (stop := text.find(delimiter, start, end)) >= 0:
        record.append(_Field(start, stop))
        start = stop + 1
    return [*record, _Field(start, end)]


def _quoted_record(text: str, start: int, delimiter: str) -> tuple[_Record, int]:
    """Return a record with quotes in it, and where the next begins."""
    record: _Record = []
    stops = re.compile(rf"[{re.escape(delimiter)}\r\n]")
    while True:
        found, stop = _quoted(text, start, delimiter)
        if found is None:
            match = stops.search(text, start)
            stop = match.start() if match else len(text)
            found = _Field(start, stop)
        record.append(found)
        if stop < len(text) and text[stop] == delimiter:
            start = stop + 1
            continue
        line_end = _LINE_END.match(text, stop)
        return record, line_end.end() if line_end else len(text)


def _quoted(text: str, start: int, delimiter: str) -> tuple[_Field | None, int]:
    """Return the quoted cell that begins at ``start``, and where it stops; None if there is none.

    A quote that is never closed, or closed in mid-cell, is a quote and nothing more, or one slip
    would swallow the rest of the file.
    """
    while text[start : start + 1] == " " != delimiter:
        start += 1
    if text[start : start + 1] != '"':
        return None, start
    end = text.find('"', start + 1, start + _LONGEST_CELL)
    while end >= 0 and text[end + 1 : end + 2] == '"':
        end = text.find('"', end + 2, start + _LONGEST_CELL)
    if end < 0:
        return None, start
    stop = end + 1
    while text[stop : stop + 1] == " " != delimiter:
        stop += 1
    if text[stop : stop + 1] in ("", "\r", "\n", delimiter):
        return _Field(start + 1, end, quoted=True), stop
    return None, start


def _cells(text: str, record: _Record) -> dict[int, Entry]:
    """Return the filled cells of a record by column."""
    cells = {}
    for column, place in enumerate(record):
        words = text[place.start : place.end].strip()
        if words:
            cells[column] = Entry(
                _traced(text, place),
                number=bool(_NUMBER.fullmatch(words) or _DATE.fullmatch(words)),
                year=bool(_YEAR.fullmatch(words)),
            )
    return cells


def _traced(text: str, place: _Field) -> Traced:
    cell = cut(text, place.start, place.end)
    if place.quoted and '""' in cell.text:
        doubled = [n for n, char in enumerate(cell.text) if char == '"'][::2]
        cell = cell.edited((n, n + 1, "") for n in doubled)
    return cell.strip()


def _ragged(widths: Sequence[int], rows: Sequence[Line]) -> tuple[str, ...]:
    """Return a note on rows that have fewer or more cells than most."""
    if not widths:
        return ()
    usual = Counter(widths).most_common(1)[0][0]
    # rows of one cell are titles and remarks
    short = sum(1 < width < usual for width in widths)
    long = sum(max(cells) >= usual for _, cells in rows)
    notes = []
    if long:
        notes.append(f"Rows with more cells than the {usual} of most: {long}; check them.")
    if short:
        notes.append(
            f"Rows with fewer cells than the {usual} of most: {short}; filled up as empty."
        )
    return tuple(notes)
