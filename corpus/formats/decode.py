"""Bytes to text."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from corpus.errors import DamagedFile, WrongFormat

# the longer marks first: UTF-32 begins like UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000  # bytes that are enough to guess an encoding
_REMEDY = "Save it as UTF-8 text."


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file without its byte order mark, and notes.

    UTF-8, UTF-16 and UTF-32 by their marks, UTF-8 without one, else the likeliest encoding.
    Raises UnreadableFile.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    try:
        if encoding is not None:
            return data.decode(encoding), ()
        if b"\0" in data:
            raise WrongFormat(f"{name} is not a text file.", _REMEDY)
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise DamagedFile(f"{name} is not the {encoding} text it says.", _REMEDY) from error
    return _guessed(data, name)


def _guessed(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise WrongFormat(f"{name} is not text in any known encoding.", _REMEDY)
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise WrongFormat(f"{name} is not text in any known encoding.", _REMEDY) from error
    return text, (f"The file is not UTF-8; it was read as {best.encoding}.",)
