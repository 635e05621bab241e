"""What an address of a document says, and the addresses that lead on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from pydantic import BaseModel, Field

from bots.web.finding import LONGEST_WORDS
from bots.web.parts import Span
from corpus.model import Metadata

_KEPT = ("q", "as_of", "conversation", "listed", "searched", "beside")


class DocumentQuery(BaseModel):
    """What an address of a document may say after its question mark.

    Attributes:
        start, end: the quote, in characters of the document's text.
        find: words to look for in the document; ``at`` is the match to go to, from 1.
        view: the text, or the pages of the original, of which ``page`` is one, from 1.
        beside: "1" where the page is shown beside an answer.
        q, conversation, listed, searched: the question, list or search that a reader came from.
    """

    version: str | None = None
    as_of: str = ""
    start: int | None = None
    end: int | None = None
    find: str = Field("", max_length=LONGEST_WORDS)
    at: int = 1
    view: Literal["text", "pages"] = "text"
    page: int | None = None
    beside: str = ""
    q: str = ""
    conversation: str = ""
    listed: str = ""
    searched: str = ""

    @property
    def span(self) -> Span | None:
        """The quote; None where the address names none."""
        if self.start is None or self.end is None:
            return None
        return Span(self.start, self.end)

    @property
    def back(self) -> str:
        """Address that a reader came from: an answer, a list, a search; else the start page."""
        if self.listed:
            return f"/commitments?{self.listed}"
        if self.searched:
            return f"/search?{self.searched}"
        asked = {"q": self.q, "as_of": self.as_of, "conversation": self.conversation}
        return f"/?{urlencode({k: v for k, v in asked.items() if v})}" if self.q else "/"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that a page of a document leads on to; the quote and the way back stay."""

    known: Metadata
    query: DocumentQuery

    @property
    def base(self) -> str:
        """Address of the document, whatever the version."""
        return f"/documents/{quote(self.known.id, safe='')}"

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What every address goes on saying, by name."""
        span = self.query.span
        quoted = (("start", str(span.start)), ("end", str(span.end))) if span else ()
        further = ((name, getattr(self.query, name)) for name in _KEPT)
        return (("version", self.known.version), *quoted, *((k, v) for k, v in further if v))

    @property
    def text(self) -> str:
        """Address of the text, at the quote if there is one."""
        return self._to() + ("#cited" if self.query.span else "")

    @property
    def place(self) -> str:
        """Address of the version alone, relative, for the anchor of a place to follow."""
        return f"?{urlencode({'version': self.known.version})}"

    @property
    def original(self) -> str:
        """Address of the file that it was read from."""
        return f"{self.base}/original?{urlencode({'version': self.known.version})}"

    def match(self, at: int) -> str:
        """Return the address of a match of the words that are looked for."""
        return self._to(find=self.query.find, at=at) + f"#match-{at}"

    def printed(self, page: int) -> str:
        """Return the address of a page as it was printed."""
        return self._to(view="pages", page=page) + "#printed"

    def picture(self, page: int, width: int) -> str:
        """Return the address of a page as a picture."""
        span = self.query.span
        said = {"version": self.known.version, "width": width}
        if span:
            said |= {"start": span.start, "end": span.end}
        return f"{self.base}/pages/{page}.png?{urlencode(said)}"

    def _to(self, **said: str | int) -> str:
        return f"{self.base}?{urlencode([*self.kept, *said.items()])}"
