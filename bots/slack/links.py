"""Charter's own links in Slack: a card with what the document is, and nothing of its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from assistant.library.audience import EVERYBODY
from assistant.library.catalogue import CatalogueEntry, in_words
from bots.slack.blocks import note, plain
from bots.slack.bodies import LinkShared
from bots.slack.limits import SECTION, Block, cut
from bots.slack.office import Office
from corpus.errors import DocumentNotFound

_FOLDER = "/documents/"


def show_links(office: Office, told: LinkShared) -> None:
    """Put cards under the links of a message that lead to documents for everybody.

    Raises:
        CharterError: why it cannot be done.
    """
    cards = _cards(office, (one.url for one in told.links)) if office.page else {}
    if cards:
        office.slack.unfurl(_place(told), cards)


def _cards(office: Office, urls: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    shelf = office.assistant.shelf(EVERYBODY)
    cards: dict[str, Mapping[str, Any]] = {}
    for url in urls:
        named = _named(url, office.page)
        if named is None:
            continue
        try:
            entry = shelf.open(*named).entry
        except DocumentNotFound:  # or not for everybody, which looks the same
            continue
        cards[url] = {"blocks": _card(entry)}
    return cards


def _named(url: str, page: str) -> tuple[str, str | None] | None:
    """Return id and version of the document that a link leads to; None for other links."""
    own, given = urlsplit(page), urlsplit(url)
    path = given.path.removeprefix(own.path)
    same = (own.scheme, own.netloc) == (given.scheme, given.netloc)
    if not same or not path.startswith(_FOLDER) or "/" in path[len(_FOLDER) :]:
        return None
    version = parse_qs(given.query).get("version", [None])[0]
    return unquote(path[len(_FOLDER) :]), version


def _place(told: LinkShared) -> dict[str, str]:
    """Name the message; where it is being written still, by its preview."""
    if told.unfurl_id:
        return {"unfurl_id": told.unfurl_id, "source": told.source}
    return {"channel": told.channel, "ts": told.message_ts}


def _card(entry: CatalogueEntry) -> list[Block]:
    known = entry.metadata
    said = [f"version {known.version}", entry.force, *entry.marks]
    if known.effective_from:
        said.append(f"since {in_words(known.effective_from)}")
    if known.organisation:
        said.append(known.organisation)
    # plain text, for whether a card may hold rich text is nowhere said
    title = {"type": "section", "text": plain(cut(known.title, SECTION))}
    return [title, note(" · ".join(said))]
