"""Documents that are too large, or not ours, to come with the project: tests skip without them."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "shared" / "documents"


def shared(name: str) -> Path:
    """Return a file or folder of the shared documents; skips the test where it is absent."""
    path = _FOLDER / name
    if not path.exists():
        pytest.skip(f"the shared document {name} is not on this machine")
    return path
