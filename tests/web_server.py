"""A real web server for the tests of web sources, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    body: bytes = b""
    type: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """What a server serves, and what it was asked for: (path, headers)."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def put(self, path: str, body: str | bytes, **more: object) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, **more)

    def list(self, *paths: str, at: str = "/sitemap.xml") -> None:
        """Put up a sitemap of pages."""
        places = "".join(f"<url><loc>{self.absolute(path)}</loc></url>" for path in paths)
        self.put(at, f'<?xml version="1.0"?><urlset xmlns="x">{places}</urlset>', type="text/xml")

    def absolute(self, path: str) -> str:
        return path if "://" in path else f"{self.url}{path}"


@contextmanager
def serve() -> Iterator[Site]:
    """Serve a site on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = site.pages.get(self.path, Page(status=404))
            mark = page.headers.get("ETag")
            if mark and self.headers.get("If-None-Match") == mark:
                page = Page(status=304, headers={"ETag": mark})
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.type and page.status == 200:
                self.send_header("Content-Type", page.type)
            if page.status != 304:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # who asked had enough
                self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
