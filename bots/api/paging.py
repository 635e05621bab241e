"""The pages of a list as programs follow them: the header Link (RFC 8288)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response


def set_links(response: Response, pages: Mapping[str, str | None]) -> None:
    """Name the pages beside this one: relation → address, None where there is none."""
    links = [f'<{address}>; rel="{name}"' for name, address in pages.items() if address]
    if links:
        response.headers["link"] = ", ".join(links)
