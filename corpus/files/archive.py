"""ZIP archives: what is in them, without anything being unpacked to disk."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from corpus.errors import DamagedFile, EncryptedFile, FileTooLarge

_MOST_ENTRIES = 10_000
_MOST_UNPACKED = 500_000_000  # bytes of all entries together, as declared; none unpacks to more
_LARGEST = 50_000_000  # bytes of one entry, as of a file in the folder
_SUSPECT = 20_000_000  # bytes of an entry from which on its ratio is looked at
_RATIO = 200  # unpacked to packed; what people write stays below 60
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # LZMA takes any memory
_ENCRYPTED = 0x1
_UTF8 = 0x800
_ENTRY_MARK = b"PK\x01\x02"
_MOST_MARKS = 20 * _MOST_ENTRIES  # in the whole file; archives in it have theirs
_HEADER = 30  # bytes of an entry before its name
_LONGEST_PART = 150  # characters of one folder's or file's name
_DRIVE = re.compile(r"^[A-Za-z]:")
_LEFT_OUT = re.compile(r"\.|~\$|__MACOSX$|(?:thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_UNPACK = "Unpack it into the folder, in parts if need be."
# what a broken archive raises is documented nowhere and differs from place to place
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a container: its name, cleaned and used once, its size in bytes, its content."""

    name: str
    size: int
    read: Callable[[], bytes]


def entries_of(data: bytes, name: str) -> tuple[Entry, ...]:
    """Return the files in a ZIP archive, by name; hidden ones and folders are left out.

    Raises:
        DamagedFile: it cannot be opened.
        FileTooLarge: it holds more than a folder of documents does, or its entries overlap.
    """
    if data.count(_ENTRY_MARK) > _MOST_MARKS:
        raise _too_large(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise DamagedFile(f"{name} is cut off or damaged: it cannot be opened.", _AGAIN) from error
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or _overlap(infos):
        raise _too_large(name)
    named = [(clean_name(_written(info)), info) for info in infos if not info.is_dir()]
    kept = [(path, info) for path, info in named if path and not _is_hidden(path)]
    paths = told_apart([path for path, _ in kept])
    found = [
        Entry(path, info.file_size, partial(_read, archive, info, f"{name}/{path}"))
        for path, (_, info) in zip(paths, kept, strict=True)
    ]
    return tuple(sorted(found, key=lambda entry: entry.name))


_AGAIN = "Pack it again, and put that copy here."


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Return the content of one entry; raises UnreadableFile."""
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFile(f"{name} is protected by a password.", "Pack it without one.")
    if info.file_size > _LARGEST:
        raise FileTooLarge(f"{name} is larger than 50 MB.", "Split it into parts.")
    if info.file_size > _SUSPECT and info.file_size > _RATIO * info.compress_size:
        raise FileTooLarge(f"{name} unpacks to more than a document needs.", _UNPACK)
    if info.compress_type not in _METHODS:
        raise DamagedFile(f"{name} is packed in a way that Charter cannot unpack.", _AGAIN)
    try:
        return archive.read(info)
    except BROKEN as error:
        raise DamagedFile(f"{name} is damaged: it cannot be unpacked.", _AGAIN) from error


def _overlap(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Say whether entries share bytes, as only those of bombs do."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _HEADER + info.compress_size
    return False


def _written(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; without a word on its encoding, UTF-8 where it can be that."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def clean_name(name: str) -> str:
    """Return a name that is safe to show: no way up or out, no invisible characters."""
    name = _DRIVE.sub("", unicodedata.normalize("NFC", name).replace("\\", "/"))
    seen = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    parts = [" ".join(part.split()) for part in seen.split("/")]
    return "/".join(_shortened(part) for part in parts if part.strip(". "))


def _shortened(part: str) -> str:
    if len(part) <= _LONGEST_PART:
        return part
    suffix = PurePosixPath(part).suffix[:_LONGEST_PART]
    return part[: _LONGEST_PART - len(suffix)] + suffix


def told_apart(paths: Sequence[str]) -> list[str]:
    """Return the paths with a number where one stands twice, capital letters or not."""
    seen: dict[str, int] = {}
    found = []
    for path in paths:
        key, unique = path.casefold(), path
        while unique.casefold() in seen:
            seen[key] += 1
            pure = PurePosixPath(path)
            unique = str(pure.with_name(f"{pure.stem} ({seen[key]}){pure.suffix}"))
        seen[unique.casefold()] = 1
        found.append(unique)
    return found


def _is_hidden(path: str) -> bool:
    return any(_LEFT_OUT.match(part) for part in PurePosixPath(path).parts)


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge(f"{name} unpacks to more than Charter looks through.", _UNPACK)
