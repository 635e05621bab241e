"""The index that was held back last, kept in ``home`` for whoever asks why nothing changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import StorageError, StoredIndexError
from indexing.generations import current_name
from indexing.storage import replace_file, writing_to

_FILE = "held-back.json"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why a new index was not served.

    Attributes:
        at: ISO 8601, UTC.
        problem, remedy: a sentence each.
        served: name of the generation that goes on being served.
    """

    at: str
    problem: str
    remedy: str
    served: str


def keep_held_back(home: Path, held: HeldBack) -> None:
    """Keep it until another index is served; where that fails, it was told all the same."""
    with suppress(StorageError), writing_to(home):
        replace_file(home / _FILE, _adapter().dump_json(held, indent=1))


def forget_held_back(home: Path) -> None:
    """Forget it: the folder is as it is served again, or a new index may be served."""
    with suppress(OSError):
        (home / _FILE).unlink(missing_ok=True)


def read_held_back(home: Path) -> HeldBack | None:
    """Return what was held back since what is served now began to be; None where nothing was."""
    try:
        held = _adapter().validate_json((home / _FILE).read_bytes())
        return held if held.served == current_name(home) else None
    except (OSError, ValidationError, StoredIndexError):
        return None


@cache
def _adapter() -> TypeAdapter[HeldBack]:
    return TypeAdapter(HeldBack)
