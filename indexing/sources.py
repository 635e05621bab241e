"""The files of the corpus as documents: read anew, or taken over from the index that is served."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Protocol

from corpus.errors import (
    DamagedFile,
    DocumentNotFound,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    IndexDamaged,
    UnreadableFile,
    WrongFormat,
)
from corpus.files.folder import SourceFile
from corpus.metadata import safe_id
from corpus.model import Document
from indexing.corrections import Correction, find_correction
from indexing.isolation import Outcome
from indexing.manifest import FileRecord
from indexing.originals import Unpacking, keep_original, link_or_copy
from indexing.passage_store import PassageStore
from indexing.survey import Found, Survey, front_of, is_fronted

# What is wrong with the file itself: what was read before still holds, as far as anybody knows.
# Where its metadata is at fault, or the right to read it is gone, it may be meant for fewer people.
_LEAVES_STALE = (EmptyFile, WrongFormat, DamagedFile, EncryptedFile, FileTooLarge)

# for the front matter of a file that was written to after it was read: it may say anything now
_CHANGED = "changed"


class Reading(Protocol):
    """Reads files; ``indexing.isolation.Readers`` is one."""

    def read_all(self, sources: Iterator[SourceFile]) -> Iterator[Outcome]:
        """Give what each file gave, in their order."""

    def members(self, source: SourceFile) -> tuple[SourceFile, ...]:
        """Return the files in an archive; raises UnreadableFile."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file and what it gave: a document under its final id, or the reason why none.

    Attributes:
        record: for the manifest; its passages are not counted yet.
        fresh: it was read now, not taken over.
        correction: its text differs from what was served as the same version.
        boxes: file of the served index that holds the boxes of a document taken over, if any does.
        original: file of the served index that holds the bytes that it was read from, the same.
        file: where it stands now.
    """

    record: FileRecord
    document: Document | None = None
    fresh: bool = False
    correction: Correction | None = None
    boxes: Path | None = None
    original: Path | None = None
    file: SourceFile | None = None

    def keep_original(self, to: Path, readers: Unpacking) -> None:
        """Keep the bytes of its document: as they were kept before, else from where it stands."""
        if self.original:
            link_or_copy(self.original, to)
        elif self.document and self.file:
            packed_in = self.record.archive
            keep_original(self.document, self.file, packed_in=packed_in, to=to, readers=readers)


@dataclass(frozen=True, slots=True)
class Before:
    """What the served index holds.

    Attributes:
        records: of its files, by path.
        keyed: those that gave a document, by its key.
        moved: path now → path then.
        store: None where it cannot be used.
        current: this reader wrote it, so that what it holds need not be read again.
    """

    records: Mapping[str, FileRecord]
    keyed: Mapping[str, FileRecord]
    moved: Mapping[str, str]
    store: PassageStore | None = None
    current: bool = False

    @classmethod
    def of(
        cls, survey: Survey, store: PassageStore | None = None, *, current: bool = False
    ) -> Before:
        """Return what the served index of a survey holds; nothing if there is none."""
        files = survey.served.files if survey.served else ()
        return cls(
            {one.relative: one for one in files},
            {one.key: one for one in files if one.key},
            {move.after: move.before for move in survey.plan.moved},
            store,
            current,
        )

    def record(self, found: Found) -> FileRecord | None:
        """Return what was recorded of a file, wherever it stood then."""
        relative = found.file.relative
        return self.records.get(self.moved.get(relative, relative))

    def holds(self, found: Found) -> bool:
        """Tell whether reading a file now would give what is known of it."""
        record = self.record(found)
        if not self.current or record is None or record.digest != found.state.digest:
            return False
        if record.relative != found.file.relative and not _reads_alike(record, found):
            return False
        if record.key:
            return self.store is not None and record.key in self.store.ordinals
        return record.lasts and record.relative == found.file.relative

    def document(self, record: FileRecord, relative: str) -> Document | None:
        """Return the document of a file under the id that it was read with, None if it is lost."""
        if self.store is None or not record.key:
            return None
        try:
            return replace(_renamed(self.store.document(record.key), record.id), path=relative)
        except (IndexDamaged, DocumentNotFound):
            return None

    def boxes_file(self, record: FileRecord) -> Path | None:
        """Return the file with the boxes of a document that is taken over, None if it has none."""
        return self.store.boxes_file(record.key) if self.store else None

    def original_file(self, record: FileRecord) -> Path | None:
        """Return the file that a document taken over was read from, None if it was not kept."""
        return self.store.original_file(record.key) if self.store else None

    def served(self, key: str) -> tuple[FileRecord, Document] | None:
        """Return what is served under a key."""
        record = self.keyed.get(key)
        if record is None or self.store is None:
            return None
        try:
            return record, self.store.document(key)
        except (IndexDamaged, DocumentNotFound):
            return None


def read_sources(
    survey: Survey, *, before: Before, readers: Reading, today: date
) -> Iterator[Source]:
    """Give each file's document in a fixed order, files near the top of the folder first.

    Of two that give the same id and version, the later is skipped; where both ids are merely
    the names of files in different folders, its folder is put before its id. A file that is
    damaged now gives what was read of it before, marked stale.
    """
    order = sorted(survey.found, key=lambda one: (one.file.relative.count("/"), one.file.relative))
    held = {one.file.relative for one in order if before.holds(one)}
    to_read = (one for one in order if one.file.relative not in held and one.error is None)
    outcomes = readers.read_all(_located(one, readers) for one in to_read)
    holders: dict[str, str] = {}
    for found in order:
        if found.file.relative in held:
            source = _taken_over(found, before, readers, today)
        elif found.error is not None:
            source = _settled(found, before, found.error, today)
        else:
            outcome = next(outcomes)
            source = _settled(found, before, outcome.document or outcome.error, today)
        source = _placed(source, holders)
        if source.document is not None:
            holders[source.document.key] = source.record.relative
        yield replace(_compared(source, before, today), file=found.file)


def _taken_over(found: Found, before: Before, readers: Reading, today: date) -> Source:
    record = before.record(found)
    relative = found.file.relative
    if record is not None and not record.key:
        return Source(record)
    document = before.document(record, relative) if record else None
    if record is None or document is None:  # lost from the index: read it after all
        return _settled(found, before, _read_again(found, readers), today)
    boxes, original = before.boxes_file(record), before.original_file(record)
    record = replace(record, relative=relative)
    return Source(record, document, boxes=boxes, original=original)


def _read_again(found: Found, readers: Reading) -> Document | UnreadableFile | None:
    outcome = next(iter(readers.read_all(iter((_located(found, readers),)))))
    return outcome.document or outcome.error


def _located(found: Found, readers: Reading) -> SourceFile:
    """Return a file as it is read; one in an archive that was not looked into is looked up."""
    file = found.file
    if not found.archive or file.member:
        return file
    try:
        members = readers.members(replace(file, relative=found.archive))
    except UnreadableFile:  # reading it will say why
        return file
    return next((one for one in members if one.relative == file.relative), file)


def _settled(
    found: Found, before: Before, given: Document | UnreadableFile | None, today: date
) -> Source:
    """Return what reading gave; what was read before where the file is damaged now."""
    record = _record(found, given)
    if isinstance(given, Document):
        return Source(replace(record, id=given.metadata.id, key=given.key), given, fresh=True)
    if given is None:
        raise AssertionError("a file gave neither a document nor an error")
    record = replace(record, problem=given.problem, remedy=given.remedy, cause=type(given).__name__)
    old = before.record(found)
    if old is None or not _still_holds(old, record, given):
        return Source(record)
    document = before.document(old, found.file.relative)
    if document is None:
        return Source(record)
    record = replace(
        record,
        id=old.id,
        key=document.key,
        stale_since=old.stale_since or today,
        corrected_on=old.corrected_on,
        corrected_from=old.corrected_from,
    )
    boxes, original = before.boxes_file(old), before.original_file(old)
    return Source(record, document, boxes=boxes, original=original)


def _record(found: Found, given: Document | UnreadableFile | None) -> FileRecord:
    """Return what is recorded of a file that was read, maybe changed since it was compared."""
    state = found.state
    if isinstance(given, Document) and not found.archive and not found.file.member:
        state = replace(state, content=given.sha256)
    return FileRecord(
        found.file.relative,
        state.digest,
        content=state.content,
        description=state.description,
        front=_front(found, state.content),
        archive=found.archive,
    )


def _front(found: Found, content: str) -> str:
    """Return what stands for the front matter of a file with these bytes."""
    path = found.file.path
    if found.archive or not is_fronted(path):
        return ""
    try:
        data = path.read_bytes()
    except OSError:
        return _CHANGED
    return front_of(data) if hashlib.sha256(data).hexdigest() == content else _CHANGED


def _still_holds(old: FileRecord, now: FileRecord, error: UnreadableFile) -> bool:
    same = old.description == now.description and now.front in ("", old.front)
    return bool(old.key) and same and isinstance(error, _LEAVES_STALE)


def _placed(source: Source, holders: Mapping[str, str]) -> Source:
    """Give a document an id of its own, or leave it out."""
    if source.document is None:
        return source
    try:
        document = _without_clash(source.document, holders)
    except UnreadableFile as error:
        told = replace(
            source.record,
            key="",
            passages=0,  # one taken over brings those that it gave before
            problem=error.problem,
            remedy=error.remedy,
            cause=type(error).__name__,
            twin=holders[source.document.key],
            stale_since=None,
            corrected_on=None,
            corrected_from="",
        )
        return Source(told)
    return replace(source, document=document, record=replace(source.record, key=document.key))


def _compared(source: Source, before: Before, today: date) -> Source:
    """Say when the text of a version differs from what was served under its name."""
    if source.document is None or not source.fresh:
        return source
    served = before.served(source.document.key)
    if served is None:
        return source
    record, document = served
    correction = find_correction(document, source.document)
    if correction is None:
        on, sha256 = record.corrected_on, record.corrected_from
    else:
        on, sha256 = today, document.sha256
    told = replace(source.record, corrected_on=on, corrected_from=sha256)
    return replace(source, record=told, correction=correction)


def _reads_alike(record: FileRecord, found: Found) -> bool:
    """Tell whether a file that was moved gives the same document, its path aside.

    Its name may give its id and title, and settings of folders name files by patterns.
    """
    same_name = _stem(record.relative) == _stem(found.file.relative)
    return same_name and not found.file.settings and not found.archive


def _without_clash(document: Document, holders: Mapping[str, str]) -> Document:
    holder = holders.get(document.key)
    if holder is None:
        return document
    if _named_after_file(document, document.path) and _named_after_file(document, holder):
        for name in _other_names(document, holder):
            renamed = _renamed(document, name)
            if renamed.key not in holders:
                return renamed
    raise UnreadableFile(
        f"{document.path} and {holder} both give the document “{document.metadata.id}”, "
        f"version “{document.metadata.version}”; the first was skipped.",
        "Give one of them another id or version in its sidecar.",
    )


def _other_names(document: Document, holder: str) -> Iterator[str]:
    """Give names that tell a document from one of the same file name elsewhere, or beside it."""
    here, name = PurePosixPath(document.path), document.metadata.id
    if here.parent != PurePosixPath(holder).parent and here.parent != PurePosixPath("."):
        yield f"{safe_id(str(here.parent).replace('/', '-'))}-{name}"
    if here.suffix.lower() != PurePosixPath(holder).suffix.lower():
        yield f"{name}-{here.suffix.lower().removeprefix('.')}"


def _named_after_file(document: Document, relative: str) -> bool:
    return document.metadata.id == safe_id(_stem(relative))


def _stem(relative: str) -> str:
    return PurePosixPath(relative).stem


def _renamed(document: Document, name: str) -> Document:
    if document.metadata.id == name:
        return document
    return replace(document, metadata=replace(document.metadata, id=name))
