"""Passages by ordinal and documents by key, on disk, so that none need be loaded whole.

Passages and metadata stand in ``passages.db``, each document as JSON in ``documents/``, and beside
it, for they are large and rarely asked for, the boxes of its characters and the file that it was
read from. The ordinal of a passage
is its position in the index; those of one document follow one another.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from corpus.errors import DocumentNotFound, IndexDamaged
from corpus.model import Document, Metadata, Passage
from indexing.originals import link_or_copy

DOCUMENTS_KEPT = 64  # in memory at once
_MASKS_KEPT = 16  # one byte per passage each
_AT_ONCE = 500  # passages in one statement

_SCHEMA = """
CREATE TABLE documents (
    place INTEGER PRIMARY KEY, key TEXT UNIQUE, first INTEGER, passages INTEGER, metadata TEXT);
CREATE TABLE passages (
    place INTEGER PRIMARY KEY, document TEXT, version TEXT, ordinal INTEGER, section INTEGER,
    first INTEGER, last INTEGER, start INTEGER, "end" INTEGER, text TEXT, heading TEXT);
"""
_VALUES = attrgetter(*(one.name for one in fields(Passage)))
_ALL_COLUMNS = "SELECT * FROM passages"


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """What a search may find: documents by key, and their passages as True in a mask."""

    keys: frozenset[str]
    mask: NDArray[np.bool_]


class PassageWriter:
    """Writes the passages and documents of a new generation, one document after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "documents").mkdir()
        self._database = sqlite3.connect(folder / "passages.db")
        self._database.executescript(_SCHEMA)
        self._documents = 0
        self._passages = 0

    def add(
        self, document: Document, passages: Sequence[Passage], *, boxes: Path | None = None
    ) -> Path:
        """Append one document; its passages get the next ordinals.

        Returns where the file that it was read from belongs; whoever has it puts it there.

        Args:
            document: with its boxes, or taken over from another generation without them.
            passages: of it, in reading order.
            boxes: the file that the other generation has its boxes in, if it has any.
        """
        text = _adapter(Document).dump_json(document, exclude_defaults=True, exclude={"boxes"})
        path = _document_path(self._folder, self._documents)
        path.write_bytes(text)
        if document.boxes:
            _boxes_path(path).write_bytes(zlib.compress(document.boxes))
        elif boxes:
            link_or_copy(boxes, _boxes_path(path))
        metadata = _adapter(Metadata).dump_json(document.metadata).decode()
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
            (self._documents, document.key, self._passages, len(passages), metadata),
        )
        self._database.executemany(
            f"INSERT INTO passages VALUES ({', '.join('?' * 11)})",  # noqa: S608  question marks alone
            ((self._passages + place, *_VALUES(one)) for place, one in enumerate(passages)),
        )
        self._documents += 1
        self._passages += len(passages)
        return _original_path(path)

    def close(self) -> None:
        """Finish writing."""
        self._database.commit()
        self._database.close()


class PassageStore:
    """Reads what a PassageWriter wrote; safe to use from several threads.

    Attributes:
        catalogue: metadata of all versions of all documents, in index order.
        ordinals: key of each document → the ordinals of its passages.

    Raises:
        IndexDamaged: from every method, when a part is missing or cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        with _reading(folder):
            self._database = sqlite3.connect(
                f"{(folder / 'passages.db').resolve().as_uri()}?mode=ro",
                uri=True,
                check_same_thread=False,
            )
        try:
            rows = self._rows("SELECT key, first, passages, metadata FROM documents ORDER BY place")
            with _reading(folder):
                read_metadata = _adapter(Metadata).validate_json
                self.catalogue = tuple(read_metadata(metadata) for *_, metadata in rows)
        except IndexDamaged:
            self._database.close()
            raise
        self.ordinals: Mapping[str, range] = {
            key: range(first, first + count) for key, first, count, _ in rows
        }
        self._places = {key: place for place, (key, *_) in enumerate(rows)}
        self._keys = tuple(self._places)
        self._firsts = np.array([first for _, first, *_ in rows], dtype=np.int64)
        self.document = lru_cache(DOCUMENTS_KEPT)(self._read_document)
        self.allowed = lru_cache(_MASKS_KEPT)(self._allowed)

    @property
    def size(self) -> int:
        """How many passages there are."""
        return sum(map(len, self.ordinals.values()))

    def passages(self, ordinals: Iterable[int]) -> dict[int, Passage]:
        """Return the passages with these ordinals."""
        wanted = sorted(set(ordinals))
        found: dict[int, Passage] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._rows(f"{_ALL_COLUMNS} WHERE place IN ({marks})", some)
            found.update((place, Passage(*fields)) for place, *fields in rows)
        if len(found) < len(wanted):
            raise _damaged(self._folder)
        return found

    def keys_of(self, ordinals: Sequence[int]) -> list[str]:
        """Return the key of the document that each passage is of."""
        # a document without passages begins where the next one does; the last of them is meant
        places = np.searchsorted(self._firsts, np.asarray(ordinals, np.int64), side="right") - 1
        return [self._keys[place] for place in places]

    def batches(self, size: int) -> Iterator[list[Passage]]:
        """Go through all passages in order."""
        for start in range(0, self.size, size):
            rows = self._rows(
                f"{_ALL_COLUMNS} WHERE place >= ? AND place < ? ORDER BY place",
                (start, start + size),
            )
            yield [Passage(*fields) for _, *fields in rows]

    def boxes(self, key: str) -> bytes:
        """Return a document's boxes, as ``Document.boxes`` has them; empty where it has none."""
        path = self.boxes_file(key)
        if path is None:
            return b""
        with _reading(self._folder):
            return zlib.decompress(path.read_bytes())

    def boxes_file(self, key: str) -> Path | None:
        """Return the file that a document's boxes are in, None if it has none."""
        if key not in self._places:
            raise not_held(key)
        path = _boxes_path(_document_path(self._folder, self._places[key]))
        return path if path.is_file() else None

    def original_file(self, key: str) -> Path | None:
        """Return the file that a document was read from, None where it was not kept."""
        if key not in self._places:
            raise not_held(key)
        path = _original_path(_document_path(self._folder, self._places[key]))
        return path if path.is_file() else None

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._database.close()

    def _allowed(self, keys: frozenset[str]) -> Allowed | None:
        """Turn keys into what a search may find; None when that is everything."""
        known = keys & self.ordinals.keys()
        if len(known) == len(self.ordinals):
            return None
        mask = np.zeros(self.size, dtype=np.bool_)
        for key in known:
            mask[self.ordinals[key].start : self.ordinals[key].stop] = True
        return Allowed(known, mask)

    def _read_document(self, key: str) -> Document:
        if key not in self._places:
            raise not_held(key)
        with _reading(self._folder):
            data = _document_path(self._folder, self._places[key]).read_bytes()
            document: Document = _adapter(Document).validate_json(data)
        return document

    def _rows(self, statement: str, values: Sequence[int] = ()) -> list[tuple[Any, ...]]:
        with _reading(self._folder), self._lock:
            return self._database.execute(statement, values).fetchall()


def not_held(key: str) -> DocumentNotFound:
    """Return the error that says that the index holds no document under a key."""
    return DocumentNotFound(
        f"The index holds no document “{key}”.", "Run `charter documents` for the list."
    )


def _document_path(folder: Path, place: int) -> Path:
    return folder / "documents" / f"{place:06d}.json"


def _boxes_path(document: Path) -> Path:
    return document.with_suffix(".boxes")


def _original_path(document: Path) -> Path:
    return document.with_suffix(".original")


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, ValidationError, zlib.error) as error:
        raise _damaged(folder) from error


def _damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"A part of the index in {folder} is missing or cannot be read.",
        f"Delete the folder {folder} and run `charter index`.",
    )


_adapter = cache(TypeAdapter)
