"""What is known about a document: what its sidecar, its folder and its own text say."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from corpus.errors import MetadataUnusable
from corpus.metadata.dates import date_at
from corpus.model import Metadata

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_LONGEST_FRONT_MATTER = 100_000  # characters
_EARLIEST = 1900  # year; before it there is a slip of the pen, and no day before to count from
# whether it is in force, and who may read it
_DECISIVE = frozenset(("status", "effective_from", "effective_to", "audience"))
_NO_DATE = "is not a date"
_ASSUMED = ("title", "version", "language")  # always have a value
_NUMBER = re.compile(r"\s*[-+]?\d[\d_]*(?:\.\d*)?\s*")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")


class Fields(BaseModel):
    """The keys of a sidecar or of front matter, as they are written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = None
    title: str | None = None
    version: str | None = None
    organisation: str | None = None
    kind: str | None = None
    language: str | None = None
    owner: str | None = None
    contact: str | None = None
    source: str | None = None
    status: Literal["sample", "withdrawn", "superseded"] | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    supersedes: tuple[str, ...] | None = None
    audience: tuple[str, ...] | None = None

    @field_validator("supersedes", "audience", mode="before")
    @classmethod
    def _as_names(cls, value: object) -> object:
        """Take one name for a list of one; "a, b" for two."""
        names = value.split(",") if isinstance(value, str) else value
        if isinstance(names, list):
            return tuple(str(name).strip() for name in names if str(name).strip())
        return names

    @field_validator("id", "title", "version", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        """Take ``version: 2`` and ``version: 2024-01-01`` for the text that they look like."""
        return str(value) if isinstance(value, (int, float, date)) else value

    @field_validator("effective_from", "effective_to", "period_from", "period_to", mode="before")
    @classmethod
    def _as_day(cls, value: object) -> object:
        """Refuse numbers, which would be taken for seconds since 1970."""
        if isinstance(value, (int, float)) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
            raise ValueError(_NO_DATE)
        return value.date() if isinstance(value, datetime) else value

    @field_validator("effective_from", "effective_to", "period_from", "period_to")
    @classmethod
    def _not_ancient(cls, value: date | None) -> date | None:
        if value and value.year < _EARLIEST:
            raise ValueError(f"is before the year {_EARLIEST}")
        return value

    @field_validator("status", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("id")
    @classmethod
    def _safe(cls, value: str | None) -> str | None:
        if value is not None and (not value or _UNSAFE.search(value)):
            raise ValueError("may hold letters without accents, digits and . _ ~ - only")
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for first, last in (
            (self.effective_from, self.effective_to),
            (self.period_from, self.period_to),
        ):
            if first and last and first > last:
                raise ValueError(f"{first} is after {last}")
        return self


def read_sidecar(path: Path, name: str, *, document: str) -> Fields:
    """Return the fields of a sidecar; raises MetadataUnusable, for it was written for Charter.

    ``name`` and ``document`` are the paths of it and of its document below the corpus folder.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"{name} cannot be read: {error.strerror}."
        raise MetadataUnusable(problem, _check(document)) from error
    return parse_sidecar(data, name, document=document)


def parse_sidecar(data: bytes, name: str, *, document: str) -> Fields:
    """Return the fields of a sidecar from its bytes; raises MetadataUnusable."""
    try:
        found = _loaded(data)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise MetadataUnusable(f"{name} is not YAML.", _check(document)) from error
    if not isinstance(found, dict):
        raise MetadataUnusable(f"{name} holds no keys with values.", _check(document))
    for key in found:
        if key not in Fields.model_fields:
            raise MetadataUnusable(
                f"{name} has a key “{key}” that Charter does not know.",
                f"{hint_for(key)} Until it is corrected, {document} is left out.",
            )
    try:
        return Fields.model_validate(found)
    except ValidationError as error:
        raise MetadataUnusable(f"{name}: {mistake_in(error)[1]}.", _check(document)) from error


def _check(document: str) -> str:
    return f"Correct the file or remove it; until then {document} is left out."


def _loaded(text: str | bytes) -> object:
    return yaml.load(text, Loader=_Yaml)  # noqa: S506  its base is the safe loader


class _Yaml(yaml.SafeLoader):
    """Reads numbers as they are written, for version 1.10 is not 1.1, nor 010 eight.

    So it does a day that no calendar has (2024-13-45), for its key to be named.
    """

    def day_or_text(self, node: yaml.ScalarNode) -> object:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value

    def as_written(self, node: yaml.ScalarNode) -> object:
        return self.construct_scalar(node)


_Yaml.add_constructor("tag:yaml.org,2002:timestamp", _Yaml.day_or_text)
_Yaml.add_constructor("tag:yaml.org,2002:int", _Yaml.as_written)
_Yaml.add_constructor("tag:yaml.org,2002:float", _Yaml.as_written)


def hint_for(key: object) -> str:
    """Return what to write in place of a key that there is not."""
    close = get_close_matches(str(key).lower(), Fields.model_fields, n=1, cutoff=0.7)
    known = ", ".join(Fields.model_fields)
    return f"Did you mean “{close[0]}”?" if close else f"Known keys are {known}."


def mistake_in(error: ValidationError) -> tuple[str, str]:
    """Return the first thing that is wrong: its key, and in words the key, value and reason."""
    first = error.errors(include_url=False)[0]
    key = ".".join(map(str, first["loc"]))
    message = first["msg"].removeprefix("Value error, ")
    if first["type"].startswith("date_") or message == _NO_DATE:
        return key, f"“{key}” ({first['input']!r}) {_NO_DATE}; {_date_hint(first['input'])}"
    return key, f"“{key}” ({first['input']!r}): {message}" if key else message


def _date_hint(written: object) -> str:
    """Say how the date is written that was meant; where that is open, how one is written."""
    said = written.strip() if isinstance(written, str) else ""
    meant = date_at(said, 0, "en")
    if meant and meant.day and meant.end == len(said):
        return f"write it as {meant.day}"
    return "write it as year-month-day, such as 2025-03-01"


def split_front_matter(
    text: str, name: str, *, settled: AbstractSet[str] = frozenset()
) -> tuple[int, Fields, tuple[str, ...]]:
    """Return where the text proper begins, the fields of its front matter, and notes.

    Front matter is often written for another program: keys and values that mean nothing here
    are left out, and so is front matter that is not YAML. A note names what looks like a slip:
    a key that is nearly one of ours, or one of ours with a value that cannot be used.

    Args:
        text: of the whole file.
        name: of the file, for messages.
        settled: keys that the sidecar has, so that their value here does not matter.

    Raises:
        MetadataUnusable: front matter that was written for Charter, as further keys of ours show,
            says in words that cannot be used whether the document is in force, or who reads it.
    """
    found = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER)
    if found is None:
        return 0, Fields(), ()
    try:
        loaded = _loaded(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return found.end(), Fields(), ("The front matter is not YAML and was left out.",)
    if not isinstance(loaded, dict):
        return (found.end(), Fields(), ()) if loaded is None else (0, Fields(), ())
    known, left_out = _usable(loaded)
    for key in left_out:
        if _nearest(key) not in settled and _is_meant(key, loaded):
            raise MetadataUnusable(
                f"{name}: the front matter's “{key}” ({str(loaded[key])!r}) cannot be used.",
                f"Correct it there, or set {_nearest(key)} in a sidecar.",
            )
    note = f"Left out of the front matter: {', '.join(left_out)}."
    return found.end(), known, (note,) if left_out else ()


def _usable(loaded: dict[object, object]) -> tuple[Fields, list[str]]:
    """Return the fields that can be used, and the keys that were probably meant to be."""
    known: dict[str, object] = {}
    left_out = []
    for key, value in loaded.items():
        if key == "audience" and not value:
            continue  # only a sidecar or charter.toml takes back what a folder restricts
        try:
            Fields.model_validate({**known, str(key): value})
        except ValidationError:
            if _nearest(str(key)):
                left_out.append(str(key))
        else:
            known[str(key)] = value
    return Fields.model_validate(known), left_out


def _nearest(key: str) -> str:
    """Return the key of ours that a key was probably meant to be; empty when none is near."""
    return next(iter(get_close_matches(key.lower(), Fields.model_fields, n=1, cutoff=0.8)), "")


def _is_meant(key: str, loaded: Mapping[object, object]) -> bool:
    """Say whether a key was written to decide for Charter what is in force or who reads it.

    Others write a status too, but no such dates. Whatever is said of readers counts, be it with
    a slip: who may read a document is no matter for a guess.
    """
    if _nearest(key) == "audience":
        return loaded[key] not in (None, "", [], {})
    ours = Fields.model_fields.keys() - {key, "title"}
    others = (other in ours and _says_something(value) for other, value in loaded.items())
    return key in _DECISIVE and _says_something(loaded[key]) and (key != "status" or any(others))


def _says_something(value: object) -> bool:
    return isinstance(value, (str, int, float, date)) and bool(str(value).strip())


def settle(
    relative: str, *, given: Sequence[Fields], found: Fields, properties: Fields
) -> Metadata:
    """Return the metadata of a document.

    Args:
        relative: its path; the file's name stands in for what nobody said.
        given: what its owner wrote in several places; the first goes before the next.
        found: what the document itself shows; only where nobody said anything.
        properties: what the program that made it kept; only its title and language, and last.

    Raises:
        MetadataUnusable: what is said in several places contradicts itself.
    """
    stem = PurePosixPath(relative).stem
    said = merged(given).model_dump(exclude_none=True)
    _refuse_disorder(relative, said)
    shown = properties.model_dump(include={"title", "language"}, exclude_none=True)
    shown |= found.model_dump(exclude_none=True)
    shown = {key: value for key, value in shown.items() if key not in said}
    if not _in_order(said | shown):
        shown = {key: value for key, value in shown.items() if not key.startswith("effective_")}
    settled = shown | said
    assumed = tuple(name for name in _ASSUMED if not settled.get(name))
    settled = {"id": safe_id(stem), **settled, "title": settled.get("title") or readable(stem)}
    status = settled.pop("status", "")
    names = {field.name for field in fields(Metadata)}
    return Metadata(
        sample=status == "sample",
        withdrawn=status in {"withdrawn", "superseded"},
        found=tuple(name for name in Fields.model_fields if shown.get(name)),
        assumed=assumed,
        **{key: value for key, value in settled.items() if key in names},
    )


def merged(given: Sequence[Fields]) -> Fields:
    """Return several as one; the first goes before the next, key by key."""
    values: dict[str, object] = {}
    for one in reversed(given):
        values |= one.model_dump(exclude_none=True)
    return Fields.model_construct(set(values), **values)  # each was checked where it stands


def _in_order(said: Mapping[str, object]) -> bool:
    first, last = said.get("effective_from"), said.get("effective_to")
    return not (isinstance(first, date) and isinstance(last, date) and first > last)


def _refuse_disorder(relative: str, said: Mapping[str, object]) -> None:
    if not _in_order(said):
        raise MetadataUnusable(
            f"{relative}: its effective_from ({said['effective_from']}) is after its effective_to "
            f"({said['effective_to']}).",
            "They are set in different places; correct one of them.",
        )


def safe_id(stem: str) -> str:
    """Return a file's stem with what is unsafe in a URL replaced by hyphens."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", stem) if not unicodedata.combining(char)
    )
    safe = _UNSAFE.sub("-", plain).strip("-")
    if any(char.isalnum() for char in safe):
        return safe
    return "document-" + hashlib.sha256(stem.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def readable(stem: str) -> str:
    """Return a file's stem as a title."""
    words = " ".join(re.sub(r"[-_.]+", " ", stem).split())
    return words[:1].upper() + words[1:] if words else stem
