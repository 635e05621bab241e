"""What ``charter.toml`` says of the documents in its folder and in the folders below it.

    [documents]                      # all of them
    owner = "Human Resources"
    audience = ["staff"]

    [documents."leave*.pdf"]         # those that fit a pattern
    effective_from = 2024-01-01

The file of a deeper folder goes before that of an outer one; within a file a pattern goes before
the defaults, and a later pattern before an earlier one. A mistake leaves out every document that
the file governs: it may have been meant to say who reads them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from corpus.errors import MetadataUnusable
from corpus.files.folder import SETTINGS_FILE, SourceFile
from corpus.metadata import Fields, hint_for, merged, mistake_in

TABLE = "documents"
_OF_ONE = frozenset(("id", "title"))  # that all documents of a folder cannot share
_OF_PROGRAM = frozenset(("contact",))  # a setting of the program too, at the top of its own file
_CORRECT = "Correct it; until then"
_REMEDY = f"{_CORRECT} the documents that it governs are left out."


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """One ``charter.toml``, read.

    Attributes:
        defaults: for every document of the folder and below.
        patterns: in the order of the file.
    """

    defaults: Fields
    patterns: tuple[tuple[str, Fields], ...]

    def fields_for(self, below: str) -> list[Fields]:
        """Return what holds for a document at a path below the folder, the strongest first."""
        fitting = [fields for pattern, fields in self.patterns if fits(pattern, below)]
        return [*reversed(fitting), self.defaults]


def fields_of(source: SourceFile) -> Fields:
    """Return what all ``charter.toml`` files that govern a document say of it.

    Raises:
        MetadataUnusable: one of them has a mistake.
    """
    said: list[Fields] = []
    for path in reversed(source.settings):
        below = _below(source, path)
        folder = source.relative.removesuffix(below).rstrip("/")
        try:
            said += read_settings(path, folder=folder).fields_for(below)
        except MetadataUnusable as error:
            remedy = f"{_CORRECT} {source.relative} and all else that it governs are left out."
            raise MetadataUnusable(error.problem, remedy) from error
    return merged(said)


def unused_patterns(
    corpus: Path, sources: Iterable[SourceFile], read: Iterable[str]
) -> Iterator[tuple[Path, str]]:
    """Give each pattern that no document fits, with its file: it is probably a slip.

    Files with a mistake are left out; their documents report it.

    Args:
        corpus: folder of the documents.
        sources: its files.
        read: relative paths of all that was read, members of archives among them.
    """
    settings = {path for source in sources for path in source.settings}
    files = (path for path in settings if path.is_relative_to(corpus))  # others are of mirrors
    for path in sorted(files):
        folder = path.parent.relative_to(corpus).as_posix()
        above = "" if folder == "." else f"{folder}/"
        names = [name.removeprefix(above) for name in read if name.startswith(above)]
        try:
            patterns = read_settings(path).patterns
        except MetadataUnusable:
            continue
        for pattern, _ in patterns:
            if not any(fits(pattern, name) for name in names):
                yield path, pattern


def fits(pattern: str, below: str) -> bool:
    """Tell whether a document at a path, or a folder or archive that it is in, fits a pattern.

    A pattern without a slash is for names at any depth, one with a slash for paths from the
    folder of its file. Capital letters and how accents are stored make no difference.
    """
    wanted = _folded(pattern).removeprefix("./").rstrip("/")
    parts = PurePosixPath(_folded(below)).parts
    if "/" not in wanted:
        return any(fnmatchcase(part, wanted) for part in parts)
    heads = ("/".join(parts[: end + 1]) for end in range(len(parts)))
    return any(fnmatchcase(head, wanted.lstrip("/")) for head in heads)


def read_settings(path: Path, folder: str = "") -> FolderSettings:
    """Return what one file says; raises MetadataUnusable with the line and key of a mistake.

    ``folder`` is the path of its folder below that of the corpus, for messages.
    """
    folder = folder or path.parent.name
    try:
        text = path.read_text("utf-8-sig")
        loaded = tomllib.loads(text, parse_float=str)  # for version 1.10 is not 1.1
    except OSError as error:
        raise _unusable(folder, f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(folder, f"is not TOML: {error}") from error
    reader = _Reader(folder, text)
    reader.check_top(loaded)
    table = loaded.get(TABLE, {})
    if not isinstance(table, dict):
        raise reader.mistake(TABLE, f"“{TABLE}” is no table; write [{TABLE}]")
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    for key in sorted(_OF_ONE & plain.keys()):
        raise reader.mistake(key, f'“{key}” cannot be the same for all; write [{TABLE}."name"]')
    patterns = [(key, value) for key, value in table.items() if isinstance(value, dict)]
    return FolderSettings(
        reader.fields(plain), tuple((key, reader.fields(value, key)) for key, value in patterns)
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    folder: str
    text: str

    def check_top(self, loaded: dict[str, object]) -> None:
        """Refuse what was meant for the table: the program's own settings may stand beside it."""
        for key, value in loaded.items():
            if key == TABLE or key in _OF_PROGRAM:
                continue
            if isinstance(value, dict):
                raise self.mistake(key, f"there is no table “{key}”; write [{TABLE}]")
            if key in Fields.model_fields or "mean" in hint_for(key):
                raise self.mistake(key, f"“{key}” stands outside a table; write it under [{TABLE}]")

    def fields(self, table: dict[str, object], pattern: str = "") -> Fields:
        for key in table:
            if key not in Fields.model_fields:
                problem = f"there is no key “{key}”; {hint_for(key)[:1].lower()}{hint_for(key)[1:]}"
                raise self.mistake(key, problem.rstrip("."), pattern)
        try:
            return Fields.model_validate(table)
        except ValidationError as error:
            key, words = mistake_in(error)
            raise self.mistake(key.partition(".")[0], words, pattern) from error

    def mistake(self, key: str, words: str, pattern: str = "") -> MetadataUnusable:
        line = _line_of(self.text.splitlines(), key, pattern)
        return _unusable(self.folder, words, line)


def _unusable(folder: str, words: str, line: int | None = None) -> MetadataUnusable:
    place = f", line {line}" if line else ""
    said = words if words.startswith(("is not", "cannot be read")) else f": {words}"
    gap = " " if not said.startswith(":") and not place else ""
    problem = f"{SETTINGS_FILE} in the folder “{folder}”{place}{gap}{said}."
    return MetadataUnusable(problem, _REMEDY)


def _line_of(lines: Sequence[str], key: str, pattern: str) -> int | None:
    """Return the line, from 1, on which a key stands, after the header of its table."""
    found = None
    inside = not pattern
    for number, line in enumerate(lines, start=1):
        header = re.match(r"\s*\[+(.*?)\]", line)
        if header:
            inside = not pattern or pattern in header[1]
            if key and key == header[1].strip(" \"'"):
                return number
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            found = found or number
    return found


def _below(source: SourceFile, settings: Path) -> str:
    """Return a document's path from the folder of a settings file, members of archives too."""
    file = source.path.relative_to(settings.parent).parts
    parts = PurePosixPath(source.relative).parts
    for above in range(len(parts) - len(file), -1, -1):
        folders = settings.parent.parts[len(settings.parent.parts) - above :]
        if parts[:above] == folders and parts[above : above + len(file)] == file:
            return "/".join(parts[above:])
    return "/".join(file)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
