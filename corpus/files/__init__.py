"""The bytes of a file in the corpus folder."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import EmptyFile, FileForbidden, FileTooLarge

_LARGEST = 50_000_000  # bytes


def bytes_of(path: Path, name: str) -> bytes:
    """Return what a file holds.

    Args:
        path: of the file.
        name: of the file, for messages.

    Raises:
        EmptyFile: it holds nothing.
        FileTooLarge: it holds more than 50 MB.
        FileForbidden: it cannot be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise FileTooLarge(f"{name} is larger than 50 MB.", "Split it into parts.")
        data = path.read_bytes()
    except OSError as error:
        raise FileForbidden(
            f"{name} cannot be read: {error.strerror}.",
            "Let the account that runs Charter read it.",
        ) from error
    if not data.strip():
        raise EmptyFile(f"{name} is empty.", "Remove it or give it some text.")
    return data
