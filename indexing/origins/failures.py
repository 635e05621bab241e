"""What the last fetch could not bring, kept for whoever asks later."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexing.origins.mirror import ORIGINS
from indexing.origins.port import Failure
from indexing.storage import writing_to

_FILE = ".failures.json"


def keep_failures(home: Path, failures: Iterable[Failure]) -> None:
    """Write what could not be brought, in place of what was written before."""
    fresh = home / ORIGINS / f"{_FILE}.new"
    with writing_to(home):
        fresh.write_bytes(_adapter().dump_json(tuple(failures), indent=1))
        fresh.replace(home / ORIGINS / _FILE)


def kept_failures(home: Path) -> tuple[Failure, ...]:
    """Return what the last fetch could not bring; nothing where nothing was ever fetched."""
    with suppress(OSError, ValidationError):
        return _adapter().validate_json((home / ORIGINS / _FILE).read_bytes())
    return ()


@cache
def _adapter() -> TypeAdapter[tuple[Failure, ...]]:
    return TypeAdapter(tuple[Failure, ...])
