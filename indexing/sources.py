"""The files of the corpus as documents: read anew, or taken over from the index that is served."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpus.errors import DocumentNotFound, IndexDamaged, UnreadableFile
from corpus.folder import SourceFile
from corpus.metadata import safe_id
from corpus.model import Document
from corpus.read import read_document
from indexing.manifest import FileRecord
from indexing.passage_store import PassageStore
from indexing.progress import Progress


@dataclass(frozen=True, slots=True)
class Source:
    """One file and what it gave: a document under its final id, or the reason why none.

    Attributes:
        record: for the manifest; its passages are not counted yet.
        fresh: it was read now, not taken over.
    """

    record: FileRecord
    document: Document | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Documents of the served index whose files did not change."""

    records: Mapping[str, FileRecord]
    store: PassageStore | None = None

    def document(self, relative: str, digest: str) -> Document | None:
        """Return the document under the id that it was read with; None if it must be read."""
        record = self.records.get(relative)
        if self.store is None or record is None or not record.key or record.digest != digest:
            return None
        try:
            return _renamed(self.store.document(record.key), record.id)
        except (IndexDamaged, DocumentNotFound):
            return None


def digest(source: SourceFile) -> str:
    """Return the SHA-256 over a file's bytes and its sidecar's, or why it cannot be read."""
    whole = hashlib.sha256()
    try:
        for path in filter(None, (source.path, source.sidecar)):
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        return f"unreadable: {error.strerror}"
    return whole.hexdigest()


def read_sources(
    files: Sequence[SourceFile],
    digests: Mapping[str, str],
    *,
    taken_over: TakenOver,
    progress: Progress,
) -> Iterator[Source]:
    """Give each file's document in a fixed order, files near the top of the folder first.

    Of two that give the same id and version, the later is skipped; where both ids are merely
    the names of files in different folders, its folder is put before its id.
    """
    holders: dict[str, str] = {}
    for file in sorted(files, key=lambda one: (one.relative.count("/"), one.relative)):
        record = FileRecord(file.relative, digests[file.relative])
        known = taken_over.document(file.relative, record.digest)
        try:
            document = known or _read(file, progress)
            record = replace(record, id=document.metadata.id)
            document = _without_clash(document, holders)
        except UnreadableFile as error:
            yield Source(replace(record, problem=error.problem, remedy=error.remedy))
            continue
        holders[document.key] = file.relative
        yield Source(replace(record, key=document.key), document, fresh=known is None)


def _read(file: SourceFile, progress: Progress) -> Document:
    progress.reading(file.relative)
    return read_document(file)


def _without_clash(document: Document, holders: Mapping[str, str]) -> Document:
    holder = holders.get(document.key)
    if holder is None:
        return document
    if _named_after_file(document, document.path) and _named_after_file(document, holder):
        folder = str(PurePosixPath(document.path).parent).replace("/", "-")
        renamed = _renamed(document, f"{safe_id(folder)}-{document.metadata.id}")
        if folder != "." and renamed.key not in holders:
            return renamed
    raise UnreadableFile(
        f"{document.path} and {holder} both give the document “{document.metadata.id}”, "
        f"version “{document.metadata.version}”; the first was skipped.",
        "Give one of them another id or version in its sidecar.",
    )


def _named_after_file(document: Document, relative: str) -> bool:
    return document.metadata.id == safe_id(PurePosixPath(relative).stem)


def _renamed(document: Document, name: str) -> Document:
    if document.metadata.id == name:
        return document
    return replace(document, metadata=replace(document.metadata, id=name))
