"""HTTP for a web source: one polite request after another, to known hosts only, within limits."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Self
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import httpx

AGENT = "Charter/0.1"
LARGEST = 50_000_000  # bytes of one document
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)  # seconds without a sign of life
_SECONDS = 120.0  # for one document, however slowly it comes
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}


class WebFailed(Exception):
    """A page could not be fetched; the words go on after its address."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class RefusedByRobots(WebFailed):
    """The site asks programs to stay away from the page."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; ``charset`` and ``type`` in small letters, empty if not given."""

    status: int
    url: str
    data: bytes = b""
    type: str = ""
    charset: str = ""
    mark: str = ""
    modified: str = ""


def nobody_asks(url: str) -> None:
    """Allow every address: for robots.txt itself."""


def host_of(url: str) -> str:
    """Return the host of an address, with its port where that is not the usual one."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme)
    usual = port == _PORTS.get(parts.scheme)
    return f"{(parts.hostname or '').lower()}{'' if usual else f':{port}'}"


def bare(url: str) -> str:
    """Return an address without the user name and password in it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@dataclass(slots=True)
class WebClient:
    """Fetches from some hosts.

    Attributes:
        hosts: that may be asked, as ``host_of`` names them.
        inside: they may stand in a private network, because the configured address does.
        delay: seconds between two requests.
        account: user name and password for the first host, empty if there are none.
    """

    http: httpx.Client
    hosts: frozenset[str]
    inside: bool
    delay: float
    first: str = ""
    account: tuple[str, str] = ("", "")
    asked: float = field(default=0.0)

    @classmethod
    @contextmanager
    def open(cls, start: str, hosts: tuple[str, ...], delay: float) -> Iterator[Self]:
        """Open a client for a source that begins at an address; raises WebFailed."""
        known = frozenset((host_of(start), *(host.lower() for host in hosts)))
        inside = not all(_is_public(found) for found in _addresses(start))
        trusted = httpx.create_ssl_context(trust_env=False)
        trusted.load_default_certs()  # also the authorities that this machine's owner trusts
        with httpx.Client(
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, identity"},
            timeout=_TIMEOUT,
            trust_env=False,
            verify=trusted,
        ) as http:
            parts = urlsplit(start)
            account = (unquote(parts.username or ""), unquote(parts.password or ""))
            yield cls(http, known, inside, delay, host_of(start), account)

    def get(
        self,
        url: str,
        *,
        known: Mapping[str, str] | None = None,
        check: Callable[[str], None],
        largest: int = LARGEST,
    ) -> Reply:
        """Fetch a page; raises WebFailed.

        Args:
            url: of the page.
            known: headers that name what is already here, for an answer of 304.
            check: is called with each address that is to be asked; may raise WebFailed.
            largest: bytes that are taken.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            check(url)
            reply, onward = self._ask(url, known or {}, largest)
            if not onward:
                return reply
            url = urljoin(url, onward)
        raise WebFailed("leads from one address to the next without end")

    def _ask(self, url: str, headers: Mapping[str, str], largest: int) -> tuple[Reply, str]:
        """Make one request; return the answer and where it leads to, empty if nowhere."""
        pinned, host = self._pinned(url)
        self._wait()
        request = self.http.build_request(
            "GET",
            pinned,
            headers={**headers, "Host": host.netloc.rpartition("@")[2]},
            extensions={"sni_hostname": host.hostname or ""},
        )
        try:
            response = self.http.send(request, stream=True, auth=self._account(url))
            try:
                onward = response.headers.get("location", "")
                if response.status_code in _REDIRECTS and onward:
                    return Reply(response.status_code, url), onward
                return _reply(response, url, largest), ""
            finally:
                response.close()
                self.http.cookies.clear()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise WebFailed(_in_words(error)) from error

    def _pinned(self, url: str) -> tuple[str, SplitResult]:
        """Return the address with its host's number in place of the name, and its parts.

        The number that was checked is the one that is asked: a name may lead elsewhere the next
        time it is looked up.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or host_of(url) not in self.hosts:
            raise WebFailed("leads to another host, which is not in the list of hosts")
        addresses = _addresses(url)
        if not self.inside and not all(map(_is_public, addresses)):
            raise WebFailed("leads into a private network")
        number = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
        netloc = f"{number}:{parts.port}" if parts.port else number
        return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")), parts

    def _account(self, url: str) -> tuple[str, str] | None:
        return self.account if any(self.account) and host_of(url) == self.first else None

    def _wait(self) -> None:
        left = self.asked + self.delay - time.monotonic()
        if left > 0:
            time.sleep(left)
        self.asked = time.monotonic()


def _reply(response: httpx.Response, url: str, largest: int) -> Reply:
    """Read an answer; what is no document is not read."""
    headers = response.headers
    parsed = Message()
    parsed["Content-Type"] = headers.get("content-type", "")
    data = _body(response, largest) if response.status_code == httpx.codes.OK else b""
    return Reply(
        status=response.status_code,
        url=url,
        data=data,
        type=parsed.get_content_type() if headers.get("content-type") else "",
        charset=(parsed.get_content_charset() or "").lower(),
        mark=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
    )


def _body(response: httpx.Response, largest: int) -> bytes:
    ends = time.monotonic() + _SECONDS
    parts, size = [], 0
    for part in response.iter_bytes(65536):
        size += len(part)
        if size > largest:
            raise WebFailed(f"is larger than {largest // 1_000_000} MB")
        if time.monotonic() > ends:
            raise WebFailed("comes too slowly")
        parts.append(part)
    return b"".join(parts)


def _addresses(url: str) -> list[str]:
    """Return the numbers of an address's host; raises WebFailed."""
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(
            parts.hostname, parts.port or _PORTS.get(parts.scheme), type=socket.SOCK_STREAM
        )
    except (OSError, ValueError) as error:
        raise WebFailed("has a host that cannot be found") from error
    return [str(one[4][0]) for one in found]


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped:
        number = number.ipv4_mapped
    return number.is_global and not number.is_multicast


def _in_words(error: Exception) -> str:
    match error:
        case httpx.TimeoutException():
            return "does not answer in time"
        case httpx.ConnectError() if "CERTIFICATE" in str(error).upper():
            return "has a certificate that this machine does not trust"
        case httpx.ConnectError():
            return "cannot be reached"
        case httpx.DecodingError():
            return "is packed in a way that cannot be undone"
        case _:
            return "broke off while it was read"
