"""What a generation was built from, and a fingerprint of all that decides its answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    IndexDamaged,
    IndexMismatch,
    WrongFormat,
)
from corpus.passages import SPLITTER_VERSION
from corpus.read import READER_VERSION
from indexing.generations import MANIFEST
from indexing.keywords import KEYWORDS_VERSION

_LASTING = frozenset(one.__name__ for one in (EmptyFile, WrongFormat, DamagedFile, EncryptedFile))
SCHEMA_VERSION = 7  # of the files of a generation


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of the corpus, as it was indexed or skipped.

    Attributes:
        digest: SHA-256 over ``content`` and ``description``.
        content, description: as in ``indexing.digests.State``.
        front: SHA-256 of what its author wrote at its top for programs; empty where nothing.
        archive: the file that it stands in; empty for a file of its own.
        id: of its document as read; the one in ``key`` may have its folder before it.
        key: of its document; empty when it was skipped.
        passages: how many it gave.
        problem, remedy: why it was skipped and what to do; empty when it was not.
        cause: name of the class of that error.
        twin: the file whose document has the same id and version, where it was skipped for that.
        stale_since: day since which the file cannot be read; its document is what was read before.
        corrected_on: day on which the text of its version was last changed without a new version.
        corrected_from: SHA-256 of the file before that.
    """

    relative: str
    digest: str
    content: str = ""
    description: str = ""
    front: str = ""
    archive: str = ""
    id: str = ""
    key: str = ""
    passages: int = 0
    problem: str = ""
    remedy: str = ""
    cause: str = ""
    twin: str = ""
    stale_since: date | None = None
    corrected_on: date | None = None
    corrected_from: str = ""

    @property
    def lasts(self) -> bool:
        """Whether reading the same bytes again would give the same document or problem.

        A file that took too long may have met a busy machine; one whose document has the name of
        another may be the only one now.
        """
        return bool(self.key) or self.cause in _LASTING


@dataclass(frozen=True, slots=True)
class Versions:
    """What decides an index beside the corpus."""

    schema: int
    reader: str
    splitter: str
    keywords: str
    embedder: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation is.

    Attributes:
        embedder_name: for people.
        dimension: of its vectors.
        corpus: folder that was read.
        mirrors: folders that were read as well, each as a folder of the corpus.
        glossary: SHA-256 of ``glossary.csv``; empty without one.
        built_at: ISO 8601, UTC.
        fingerprint: of the versions, the indexed files and the glossary, nothing else; the same
            corpus and settings give the same one at any time and in any folder.
    """

    generation: str
    versions: Versions
    files: tuple[FileRecord, ...]
    passages: int
    fingerprint: str
    embedder_name: str
    dimension: int
    corpus: str
    built_at: str
    mirrors: tuple[Root, ...] = ()
    glossary: str = ""

    @property
    def stale(self) -> Mapping[str, date]:
        """Name the documents whose file cannot be read any more, with the day since when."""
        return {file.key: file.stale_since for file in self.files if file.stale_since}

    @property
    def corrected(self) -> Mapping[str, date]:
        """Name the documents whose text was changed without a new version, with the day."""
        return {file.key: file.corrected_on for file in self.files if file.corrected_on}


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that is read as if it were the folder ``name`` of the corpus."""

    name: str
    folder: str


def present_versions(embedder_fingerprint: str) -> Versions:
    """Return the versions of this program, with the model that is set."""
    return Versions(
        schema=SCHEMA_VERSION,
        reader=READER_VERSION,
        splitter=SPLITTER_VERSION,
        keywords=KEYWORDS_VERSION,
        embedder=embedder_fingerprint,
    )


def is_current(manifest: Manifest | None) -> bool:
    """Tell whether this reader wrote an index, so that it would read the same again."""
    return manifest is not None and manifest.versions.reader == READER_VERSION


def content_fingerprint(versions: Versions, files: Sequence[FileRecord], glossary: str = "") -> str:
    """Hash all that decides answers; skipped files decide none, nor does a correction's day."""
    answering = (
        _Answering(one.relative, one.digest, one.id, one.key, one.passages, one.stale_since)
        for one in files
        if one.key
    )
    deciding = _Deciding(versions, tuple(answering), glossary)
    return hashlib.sha256(_adapter(_Deciding).dump_json(deciding)).hexdigest()[:16]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it, as the last file of its generation: one without a manifest is not whole."""
    (folder / MANIFEST).write_bytes(_adapter(Manifest).dump_json(manifest, indent=1))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a generation.

    Raises:
        IndexMismatch: another schema wrote it.
        IndexDamaged: it is missing or cannot be understood.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        schema = _adapter(_Outline).validate_json(data).versions.schema
        if schema != SCHEMA_VERSION:
            raise IndexMismatch(
                f"The index in {folder} has schema {schema}; this Charter reads {SCHEMA_VERSION}.",
                "Run `charter index`.",
            )
        manifest: Manifest = _adapter(Manifest).validate_json(data)
    except (OSError, ValidationError) as error:
        raise IndexDamaged(
            f"The file {path} cannot be read as a manifest.",
            "Run `charter index` to build the index again.",
        ) from error
    return manifest


def check_versions(built: Versions, present: Versions) -> None:
    """Refuse an index that this program, with the model that is set, would not build.

    Raises:
        IndexMismatch: it names what differs.
    """
    names = {
        "embedder": "with another embedding model",
        "reader": "by another version of the reader",
        "splitter": "by another way of splitting into passages",
        "keywords": "by another way of splitting into words",
    }
    for name, words in names.items():
        if getattr(built, name) != getattr(present, name):
            raise IndexMismatch(f"The index was built {words}.", "Run `charter index`.")


@dataclass(frozen=True, slots=True)
class _Answering:
    relative: str
    digest: str
    id: str
    key: str
    passages: int
    stale_since: date | None


@dataclass(frozen=True, slots=True)
class _Deciding:
    versions: Versions
    files: tuple[_Answering, ...]
    glossary: str


@dataclass(frozen=True, slots=True)
class _Schema:
    schema: int


@dataclass(frozen=True, slots=True)
class _Outline:
    versions: _Schema


_adapter = cache(TypeAdapter)
