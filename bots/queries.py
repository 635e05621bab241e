"""What a list is asked for, as it stands in an address or was typed: read once for every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import FilterUnreadable

LONGEST = 200  # characters of one value
MOST = 50  # values of one field


class ListedQuery(BaseModel):
    """The filters, the order and the page of a list; what is left out is usual."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def address(self, path: str, **changes: object) -> str:
        """Return an address that says the same but for some changes; what is usual is left out."""
        changed = self.model_copy(update=changes)
        said = [
            (name, _plain(one))
            for name, value in changed
            if value != changed.usual(name)
            for one in (value if isinstance(value, list | tuple) else [value])
        ]
        return f"{path}?{urlencode(said)}" if said else path

    @classmethod
    def usual(cls, field: str) -> object:
        """Return what a field is where nothing is said of it."""
        return cls.model_fields[field].default

    @classmethod
    def typed(cls, values: Mapping[str, object]) -> Self:
        """Read what was typed on the command line or chosen in a form.

        Raises:
            FilterUnreadable: a value has no meaning; the message names it.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise cls._unreadable(error) from error

    @classmethod
    def gathered(cls, said: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Return the fields of an address; of one that takes one value and is given two, the last.

        A form sends its empty fields as well; they say nothing.
        """
        fields: dict[str, Any] = {}
        for name, value in said:
            if not value.strip():
                continue
            if name in cls.model_fields and isinstance(cls.usual(name), list):
                fields.setdefault(name, []).append(value)
            else:
                fields[name] = value
        return fields

    @classmethod
    def _unreadable(cls, error: ValidationError) -> FilterUnreadable:
        first = error.errors()[0]
        name = str(first["loc"][0]).replace("_", "-")
        if first["type"] == "extra_forbidden":
            known = ", ".join(field.replace("_", "-") for field in cls.model_fields)
            return FilterUnreadable(f"There is no filter “{name[:80]}”.", f"There is {known}.")
        reason = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
        return FilterUnreadable(
            f"“{name}” cannot be “{str(first['input'])[:80]}”.",
            f"{reason[:1].upper()}{reason[1:]}.",
        )


def spaced(value: object) -> object:
    """Take "not-started" and "Not_started" for "not started"."""
    if isinstance(value, list):
        return [spaced(one) for one in value]
    if isinstance(value, str):
        return " ".join(value.replace("-", " ").replace("_", " ").split()).lower()
    return value


def without_empty(path: str, said: Iterable[tuple[str, str]]) -> str | None:
    """Return the address of a form without its empty fields; None where it has none."""
    given = list(said)
    kept = [(name, value) for name, value in given if value.strip()]
    if len(kept) == len(given):
        return None
    return f"{path}?{urlencode(kept)}" if kept else path


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
