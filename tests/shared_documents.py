"""Documents that are too large, or not ours, to come with the project: tests skip without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

_SHARED = Path(__file__).parents[2] / "shared"
_FOLDER = _SHARED / "documents"


def shared(name: str) -> Path:
    """Return a file or folder of the shared documents; skips the test where it is absent."""
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"the shared document {name} is not on this machine")
    return path


def shared_questions(benchmark: str) -> list[str]:
    """Return the questions of a shared benchmark; skips the test where it is absent."""
    path = _SHARED / "benchmarks" / benchmark / "queries.jsonl"
    if not path.exists():
        pytest.skip(f"the questions of {benchmark} are not on this machine")
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
