"""Addresses of documents on the page, relative to the server's root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import quote, urlencode

_NOTHING: Mapping[str, str] = MappingProxyType({})


def document_address(document: str, version: str) -> str:
    """Return the address of one version."""
    return _address(document, {"version": version})


def place_address(
    document: str, version: str, *, start: int, end: int, more: Mapping[str, str] = _NOTHING
) -> str:
    """Return the address of a place in a version.

    Args:
        document: its id.
        version: as its owner calls it.
        start: of the place, in characters of the document's text.
        end: the same.
        more: what else the address carries; empty values are left out.
    """
    kept = {name: value for name, value in more.items() if value}
    return _address(document, {"version": version, "start": start, "end": end, **kept}) + "#cited"


def around_address(document: str, version: str, *, start: int, end: int) -> str:
    """Return the address of a place with what stands around it."""
    said = urlencode({"version": version, "start": start, "end": end})
    return f"/documents/{quote(document, safe='')}/around?{said}"


def comparison_address(document: str, older: str, newer: str) -> str:
    """Return the address of what changed from one version to another."""
    said = urlencode({"from": older, "to": newer})
    return f"/documents/{quote(document, safe='')}/compare?{said}"


def list_address(said: Iterable[tuple[str, str]]) -> str:
    """Return the address of a list from the register: its filters by name, in order."""
    filters = urlencode([(name, value) for name, value in said if value])
    return f"/commitments?{filters}" if filters else "/commitments"


def _address(document: str, said: Mapping[str, str | int]) -> str:
    return f"/documents/{quote(document, safe='')}?{urlencode(said)}"
