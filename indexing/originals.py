"""The file that a document was read from, kept beside it: what is shown of it is what was read.

The folder may hold another file under the same name a minute later, or none. So each generation
keeps the bytes of every document that it holds, of one in an archive or an e-mail the bytes of the
inner file. They are linked from the generation before where that has them, so that they are on the
disk once, and go when the last generation that holds the document goes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from corpus.errors import UnreadableFile
from corpus.files.folder import SourceFile
from corpus.model import Document
from indexing.storage import writing_to

_AT_ONCE = 1 << 20  # bytes


class Unpacking(Protocol):
    """Opens files in processes of their own; ``indexing.isolation.Readers`` is one."""

    def members(self, source: SourceFile) -> tuple[SourceFile, ...]:
        """Return the files in an archive; raises UnreadableFile."""

    def content(self, source: SourceFile) -> bytes:
        """Return the bytes of a document, out of what it is packed in; raises UnreadableFile."""


def keep_original(
    document: Document, file: SourceFile, *, packed_in: str, to: Path, readers: Unpacking
) -> bool:
    """Keep the bytes that a document was read from; False where they are not to be had any more.

    Args:
        document: as it was read.
        file: where it was read.
        packed_in: the archive or e-mail that it is in, if it is in one; else empty.
        to: the file that is to hold them.
        readers: unpack what is packed.

    Raises:
        StorageError: the disk cannot be written.
    """
    if not packed_in and not file.member:
        return _copied(file.path, to, document.sha256)
    with suppress(UnreadableFile):
        data = readers.content(_unpacked(file, packed_in, readers))
        if hashlib.sha256(data).hexdigest() == document.sha256:
            with writing_to(to.parent):
                to.write_bytes(data)
            return True
    return False


def link_or_copy(source: Path, target: Path) -> None:
    """Have a file of another generation here too; neither is ever changed."""
    try:
        os.link(source, target)
    except OSError:  # a file system that knows no hard links
        shutil.copyfile(source, target)


def _unpacked(file: SourceFile, archive: str, readers: Unpacking) -> SourceFile:
    """Return a packed file with its place in its archive, which one that was not opened lacks."""
    if file.member:
        return file
    members = readers.members(replace(file, relative=archive))
    return next((one for one in members if one.relative == file.relative), file)


def _copied(source: Path, target: Path, sha256: str) -> bool:
    """Copy a file, as long as it is still the one that was read."""
    found = hashlib.sha256()
    try:
        reading = source.open("rb")
    except OSError:
        return False
    with reading, writing_to(target.parent), target.open("wb") as writing:
        while chunk := reading.read(_AT_ONCE):
            found.update(chunk)
            writing.write(chunk)
    if found.hexdigest() != sha256:
        target.unlink()
        return False
    return True
