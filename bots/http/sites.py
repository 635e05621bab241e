"""Which site a request comes from: a page of another one changes nothing here.

Browsers say it in two headers that no script of a page can set; other programs send neither.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})  # RFC 9110: they ask for no change
_OWN = frozenset({"same-origin", "none"})  # none: typed by the reader, or from a bookmark


def comes_from_another_site(request: Request, public_url: str) -> bool:
    """Tell whether a request that may change something was made by a page of another site.

    Args:
        request: a request as it came in.
        public_url: where people reach this server; behind a proxy its host may be another.
    """
    if request.method in _SAFE:
        return False
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None and fetched in _OWN:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return fetched is not None
    own = {request.headers.get("host", "").lower(), urlsplit(public_url).netloc.lower()}
    return _host_and_port(origin) not in own - {""}


def _host_and_port(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
