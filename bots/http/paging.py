"""The pages of a list as programs follow them: the header Link (RFC 8288)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from starlette.responses import Response


@runtime_checkable
class Paged(Protocol):
    """A page of a list: ``next`` is the address of the next one, None on the last."""

    next: str | None


def set_links(response: Response, pages: Mapping[str, str | None]) -> None:
    """Name the pages beside this one: relation → address, None where there is none."""
    links = [f'<{address}>; rel="{name}"' for name, address in pages.items() if address]
    if links:
        response.headers["link"] = ", ".join(links)
