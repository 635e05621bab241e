"""Where suites, and what belongs to them, stand."""

from __future__ import annotations

from urllib.parse import quote


def suite_address(name: str, *further: str) -> str:
    """Return where a suite stands, or something of it."""
    return "/".join(("/hr/suites", *(quote(part, safe="") for part in (name, *further))))
