"""How this server is called, and which of its names a request may use.

A page of another site can let its own name lead to a loopback address and then read what is served
there (DNS rebinding); the Host header still says the other site's name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from assistant.listening import is_loopback
from assistant.settings import Settings

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104  recognised, not bound to unless it is set


def hosts_answered(settings: Settings) -> frozenset[str] | None:
    """Return the names that a loopback address answers to; None elsewhere, where any may lead."""
    if not is_loopback(settings.host):
        return None
    public = host_in(f"{urlsplit(settings.public_url).netloc}")
    return frozenset((*_LOOPBACK, settings.host.lower(), public)) - {""}


def host_in(header: str) -> str:
    """Return the host of a Host header without port and brackets; empty if it cannot be read."""
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def address_at(host: str, port: int) -> str:
    """Return the address of a server on this machine, as a browser takes it."""
    shown = "localhost" if host in _EVERY_ADDRESS else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
