"""Vectors that were computed before, by model and text, so that nothing is embedded twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from indexing.embedding import Embedder, Vectors

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
_PAGE = 16_384  # bytes: into one of 4,096 go two vectors, and a quarter of it stays empty
_AT_ONCE = 500  # keys in one statement


def vector_key(fingerprint: str, text: str) -> bytes:
    """Name the vector that one model gives to one text."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()


class CachedEmbedder:
    """Asks the model only for texts that it has not embedded before.

    Each batch is on the disk before the next one begins, so that a build that is killed does not
    lose its work. A damaged cache is started afresh: it holds nothing that cannot be computed.

    Attributes:
        embedded, reused: how many texts the model computed, and how many were there.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        self._database = _open(path)
        self.embedded = 0
        self.reused = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length per text: float32, (texts, dimension)."""
        keys = [vector_key(self._embedder.fingerprint, text) for text in texts]
        known = self._known(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = self._embedder.embed(list(missing.values()))
            known.update(zip(missing, fresh, strict=True))
            self._store(missing, fresh)
        self.embedded += len(missing)
        self.reused += len(texts) - len(missing)
        return np.stack([known[key] for key in keys])

    def prune(self, used: Iterable[bytes]) -> None:
        """Forget every vector whose key is not among these."""
        self._database.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY)")
        self._database.executemany(
            "INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in used)
        )
        self._database.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM used)")
        self._database.execute("DROP TABLE used")
        self._database.commit()

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        length = self._embedder.dimension * np.dtype(np.float32).itemsize
        known: dict[bytes, Vectors] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._database.execute(
                f"SELECT key, vector FROM vectors WHERE key IN ({marks})",  # noqa: S608  question marks alone
                some,
            )
            known.update(
                (key, np.frombuffer(vector, dtype=np.float32))
                for key, vector in rows
                if len(vector) == length
            )
        return known

    def _store(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        self._database.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
            ((key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)),
        )
        self._database.commit()


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.OperationalError:
        raise  # the disk, not the file
    except sqlite3.DatabaseError:
        path.unlink()
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file; another stays as it is
        database.execute(_SCHEMA)
        database.execute("PRAGMA quick_check(1)")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
