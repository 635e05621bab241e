"""The security headers of each address: what a browser may do with what stands there.

The pages load nothing from another host and run no script or style that stands in a document. An
address that needs more than others has a line in ``policies_for``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from assistant.settings import Settings

Kind = Literal["page", "data", "picture", "report"]

SELF = "'self'"
_NOBODY = "'none'"
_YEAR = 31_536_000  # seconds
_SOURCES: Mapping[Kind, str] = MappingProxyType(
    {
        # no inline script or style and nothing from another host, whatever a document contains
        "page": (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            "font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
            "form-action 'self'; base-uri 'none'; object-src 'none'"
        ),
        # read by programs; a browser that is led there shows text and does nothing with it
        "data": "default-src 'none'; form-action 'none'; base-uri 'none'",
        # a drawing has its styles in itself; opened alone, its scripts do nothing
        "picture": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        # a page that needs nothing beside it; its script is a stranger to this server's pages
        "report": (
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            "base-uri 'none'; form-action 'none'; sandbox allow-scripts"
        ),
    }
)
_USED_BY_NO_PAGE = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "x-content-type-options": "nosniff",
        # an address holds the question: no other site learns it
        "referrer-policy": "no-referrer",
        "permissions-policy": ", ".join(f"{feature}=()" for feature in _USED_BY_NO_PAGE),
        "cross-origin-opener-policy": "same-origin",
        "x-permitted-cross-domain-policies": "none",
        "origin-agent-cluster": "?1",
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a browser may do with what stands at an address.

    Attributes:
        kind: a page, which has styles and scripts of this server, data, which has none, a
            picture, which has only what it brings, or a report, which brings a script as well.
        framed_by: sources whose pages may show it within them, as CSP writes them; empty is none.
        shared: pages of other sites may load it as their own script, style or picture.
    """

    kind: Kind = "page"
    framed_by: tuple[str, ...] = ()
    shared: bool = False

    @property
    def headers(self) -> Mapping[str, str]:
        """Return what a response with this policy says."""
        ancestors = " ".join(self.framed_by) or _NOBODY
        said = {
            "content-security-policy": f"{_SOURCES[self.kind]}; frame-ancestors {ancestors}",
            "cross-origin-resource-policy": "cross-origin" if self.shared else "same-origin",
            **_ALWAYS,
        }
        # for browsers that do not know frame-ancestors; it cannot name other sites
        if not self.framed_by:
            said["x-frame-options"] = "DENY"
        elif self.framed_by == (SELF,):
            said["x-frame-options"] = "SAMEORIGIN"
        return MappingProxyType(said)


class Policies:
    """Chooses the policy of an address.

    Args:
        lines: beginnings of addresses and their policies; the first that fits counts.
        further: headers that all responses have besides.
    """

    def __init__(
        self, lines: Iterable[tuple[str, Policy]], further: Mapping[str, str] | None = None
    ) -> None:
        more = further or {}
        self._lines = tuple((start, {**policy.headers, **more}) for start, policy in lines)
        self._usual = {**Policy().headers, **more}

    def headers_for(self, path: str) -> Mapping[str, str]:
        """Return the security headers of what stands at a path."""
        return next((said for start, said in self._lines if path.startswith(start)), self._usual)


def policies_for(settings: Settings) -> Policies:
    """Return the policies of this server."""
    data = Policy("data")
    lines = (
        ("/v1/", data),
        ("/mcp", data),
        ("/slack/", data),
        ("/healthz", data),
        ("/readyz", data),
        ("/openapi.json", data),
        ("/brand/logo", Policy("picture")),
        ("/hr/reports/", Policy("report")),
        # what pages of other sites load, and what it shows on the pages of those that are named
        ("/embed.js", Policy("data", shared=True)),
        ("/embed", Policy(framed_by=settings.embed_origins, shared=bool(settings.embed_origins))),
        # shown beside an answer on the page to ask on
        ("/documents/", Policy(framed_by=(SELF,))),
    )
    return Policies(lines, _transport(settings.public_url))


def _transport(public_url: str) -> Mapping[str, str]:
    """Keep browsers on HTTPS where people come by it; not other hosts below its name."""
    if not public_url.startswith("https://"):
        return {}
    return {"strict-transport-security": f"max-age={_YEAR}"}
