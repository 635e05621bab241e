"""What a site allows programs to fetch: its robots.txt, kept for one visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from indexing.origins.web_client import (
    AGENT,
    RefusedByRobots,
    WebClient,
    WebFailed,
    host_of,
    nobody_asks,
)

_LARGEST = 500_000  # bytes; as much as the standard asks a program to read
_LONGEST_DELAY = 10.0  # seconds; no site needs more
_BROKEN = 500  # first status that says that the server failed


@dataclass(slots=True)
class Robots:
    """The rules of the hosts that were asked."""

    client: WebClient
    rules: dict[str, Protego | None] = field(default_factory=dict)

    def check(self, url: str) -> None:
        """Refuse what a site does not allow; raises WebFailed.

        A site without rules allows everything. One whose rules cannot be had allows nothing for
        now, as the standard (RFC 9309) says.
        """
        host = host_of(url)
        if host not in self.rules:
            self.rules[host] = self._read(url)
        rules = self.rules[host]
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise RefusedByRobots("may not be fetched: the site's robots.txt asks programs not to")

    def _read(self, url: str) -> Protego | None:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        reply = self.client.get(address, check=nobody_asks, largest=_LARGEST)
        if reply.status >= _BROKEN:
            raise WebFailed(f"waits: the site's robots.txt gives error {reply.status}")
        if not reply.data:
            return None
        rules = Protego.parse(reply.data.decode("utf-8", "replace"))
        delay = rules.crawl_delay(AGENT)
        if delay is not None:
            self.client.delay = max(self.client.delay, min(float(delay), _LONGEST_DELAY))
        return rules
