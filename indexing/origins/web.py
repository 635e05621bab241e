"""A web page, or all pages of a sitemap, as a source."""

from __future__ import annotations

import codecs
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from indexing.origins.mirror import Held, Mirror, is_safe, open_mirror, today
from indexing.origins.port import Failure, Fetched, Say
from indexing.origins.robots import Robots
from indexing.origins.settings import OriginSettings, without_credentials
from indexing.origins.sitemap import Sitemap, SitemapDamaged, read_sitemap
from indexing.origins.web_client import RefusedByRobots, Reply, WebClient, WebFailed, bare
from indexing.origins.web_names import ending_of, name_of

_MOST_PAGES = 5000
_MOST_SITEMAPS = 50
_MOST = 2_000_000_000  # bytes of all pages
_SECONDS = 3600.0  # for the whole visit
_OK, _UNCHANGED = 200, 304
_GONE = (404, 410)
_CLOSED = (401, 403)
_KEEP = "What was fetched before goes on answering. "
_CHECK = "Check the address, and that this machine can reach it."


@dataclass(frozen=True, slots=True)
class WebSource:
    """A page, or the pages of a sitemap."""

    settings: OriginSettings

    @property
    def name(self) -> str:
        """What the administrator calls it."""
        return self.settings.name

    def fetch(self, home: Path, say: Say) -> Fetched:
        """Bring the pages as they are now; what cannot be had stays as it was."""
        address = self.settings.web
        with open_mirror(home, self.name) as mirror:
            visit = _Visit(self.settings, mirror, say)
            try:
                with WebClient.open(address, self.settings.hosts, self.settings.delay) as client:
                    visit.make(client)
            except WebFailed as error:
                problem = f"{self.name}: {without_credentials(address)} {error.problem}."
                failure = Failure("", problem, _KEEP + _CHECK)
                return Fetched(self.name, mirror.folder, failures=(failure,), reached=False)
            removed = mirror.finish()
        return Fetched(
            self.name,
            mirror.folder,
            changed=tuple(sorted(mirror.changed)),
            removed=removed,
            unchanged=len(mirror.files) - len(mirror.changed),
            failures=tuple(visit.failures),
        )


class _Visit:
    """One visit to a site: which pages there are, and what became of each."""

    def __init__(self, settings: OriginSettings, mirror: Mirror, say: Say) -> None:
        self.settings = settings
        self.mirror = mirror
        self.say = say
        self.failures: list[Failure] = []
        self.held = {held.address: path for path, held in mirror.before.items()}
        self.size = 0
        self.whole = True  # every list was read to its end: a page in none of them is gone

    def make(self, client: WebClient) -> None:
        """Fetch everything; raises WebFailed where not even the beginning can be had."""
        start = bare(self.settings.web)
        robots = Robots(client)
        self.say(f"{self.settings.name}: {without_credentials(start)}")
        first = client.get(start, known=self._known(start), check=robots.check)
        listed = _sitemap(first)
        if listed is None:
            self._require_page(first)
            self._take(start, first)
            return
        pages = list(dict.fromkeys(self._pages(client, robots, listed)))
        if not pages:
            raise WebFailed("is a sitemap without a single page")
        if len(pages) > _MOST_PAGES:
            self._fail("", f"lists more than {_MOST_PAGES} pages; the others were left out")
        self._take_all(client, robots, pages[:_MOST_PAGES])
        if not self.whole:
            self._keep_others()

    def _require_page(self, first: Reply) -> None:
        """Refuse what says nothing about the page: a server in trouble, a list that is gone."""
        answered = first.status in (_OK, _UNCHANGED, *_GONE, *_CLOSED)
        was_page = bare(self.settings.web) in self.held or not self.mirror.before
        if not answered or (first.status not in (_OK, _UNCHANGED) and not was_page):
            raise WebFailed(f"answers with error {first.status}")

    def _pages(self, client: WebClient, robots: Robots, listed: Sitemap) -> Iterator[str]:
        """Give the addresses of all pages; lists in lists are followed once."""
        yield from map(_address, listed.pages)
        if len(listed.sitemaps) > _MOST_SITEMAPS:
            self.whole = False
            self._fail("", f"lists more than {_MOST_SITEMAPS} sitemaps; the others were left out")
        for address in listed.sitemaps[:_MOST_SITEMAPS]:
            try:
                inner = _sitemap(client.get(address, check=robots.check)) or Sitemap()
                yield from map(_address, inner.pages)
                self._require_pages(address, inner)
            except WebFailed as error:
                self.whole = False
                self._fail(address, error.problem)

    def _require_pages(self, address: str, listed: Sitemap) -> None:
        """Note that one of several lists is empty: then pages that no other list has stay."""
        if not listed.pages:
            self.whole = False
            self._fail(address, "is no sitemap with pages")

    def _take_all(self, client: WebClient, robots: Robots, pages: list[str]) -> None:
        ends = time.monotonic() + _SECONDS
        for number, address in enumerate(pages, 1):
            if time.monotonic() > ends or self.size > _MOST:
                self.whole = False
                limit = "2 GB" if self.size > _MOST else "an hour"
                self._fail(
                    "", f"takes more than {limit}; the pages that were left stay as they were"
                )
                return
            self.say(
                f"{self.settings.name}: {number} of {len(pages)}, {without_credentials(address)}"
            )
            try:
                self._take(
                    address, client.get(address, known=self._known(address), check=robots.check)
                )
            except RefusedByRobots as error:
                self._fail(address, error.problem)
            except WebFailed as error:
                self._fail(address, error.problem, keep=True)

    def _known(self, address: str) -> dict[str, str]:
        """Return the headers with which a server can say that nothing changed."""
        path = self.held.get(address)
        if path is None or not self.mirror.has(path):
            return {}
        held = self.mirror.before[path]
        headers = {"If-None-Match": held.mark, "If-Modified-Since": held.modified}
        return {name: value for name, value in headers.items() if value}

    def _take(self, address: str, reply: Reply) -> None:
        """Do with a page what its answer says."""
        path = self.held.get(address)
        if reply.status == _UNCHANGED and path is not None:
            self.mirror.keep(path)
        elif reply.status == _OK:
            self._put(address, reply)
        elif reply.status in _CLOSED:
            self._fail(address, "is closed to Charter now and was taken out")
        elif reply.status not in _GONE:
            self._fail(address, f"answers with error {reply.status}", keep=True)
        elif path is None:
            self._fail(address, "does not exist")

    def _put(self, address: str, reply: Reply) -> None:
        ending = ending_of(reply.url, reply.type)
        if not ending:
            self._fail(
                address, f"is of a kind that Charter cannot read ({reply.type or 'unknown'})"
            )
            return
        if not reply.data.strip():
            self._fail(address, "is empty", keep=True)
            return
        before = self.held.get(address)
        others = {*self.mirror.files, *(path for path in self.held.values() if path != before)}
        path = before if before and before.endswith(ending) else name_of(address, ending, others)
        if not is_safe(path):
            self._fail(address, "has an address that cannot be made a file's name")
            return
        self.size += len(reply.data)
        held = Held(
            source=without_credentials(address),
            retrieved=today(),
            mark=reply.mark,
            modified=reply.modified,
            address=address,
        )
        self.mirror.put(path, _as_utf8(reply), held)

    def _keep_others(self) -> None:
        for path in self.mirror.before.keys() - self.mirror.files.keys():
            if self.mirror.has(path):
                self.mirror.keep(path)

    def _fail(self, address: str, problem: str, *, keep: bool = False) -> None:
        path = self.held.get(address)
        kept = keep and path is not None and self.mirror.has(path)
        if kept and path is not None:
            self.mirror.keep(path)
        shown = without_credentials(address or self.settings.web)
        remedy = (_KEEP if kept else "") + "Open it in a browser, or ask whoever keeps the site."
        self.failures.append(
            Failure(
                address and shown, f"{self.settings.name}: {shown} {problem}.", remedy, kept=kept
            )
        )


def _address(location: str) -> str:
    return urldefrag(location).url


def _sitemap(reply: Reply) -> Sitemap | None:
    """Return the sitemap in an answer, None if it holds none; raises WebFailed."""
    if reply.status != _OK:
        return None
    try:
        return read_sitemap(reply.data)
    except SitemapDamaged as error:
        raise WebFailed("is a sitemap that cannot be read") from error


def _as_utf8(reply: Reply) -> bytes:
    """Return a page as it is kept: text whose encoding only the answer's head names as UTF-8."""
    if not reply.type.startswith("text/") or reply.charset in ("", "utf-8", "utf8"):
        return reply.data
    try:
        return codecs.BOM_UTF8 + reply.data.decode(reply.charset).encode()
    except (UnicodeError, LookupError):
        return reply.data  # the reader of the file will find out what it is
