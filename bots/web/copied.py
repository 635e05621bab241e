"""An answer to take along, with its citations: as plain text and as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urljoin

from assistant.receipts import Receipt
from assistant.reply import page_in_words

Form = Literal["txt", "md"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def copied(receipt: Receipt, form: Form, base: str) -> str:
    """Return an answer as it was given, its citations numbered beneath.

    Args:
        receipt: of the answer.
        form: plain text, or Markdown.
        base: address of the server, for the links.
    """
    reply = json.loads(receipt.reply)
    lines = _markdown if form == "md" else _plain
    return "\n".join(lines(receipt, reply, base)) + "\n"


def _plain(receipt: Receipt, reply: Mapping[str, Any], base: str) -> Iterator[str]:
    understood = (f"({reply['understood']})",) if reply["understood"] else ()
    yield from (receipt.question.text, *understood, "", reply["text"], "")
    for one in reply["citations"]:
        yield f"[{one['number']}] {_where(one, str)}"
        yield f"    “{' '.join(one['quote'].split())}”"
        yield f"    {urljoin(base, one['url'])}"
    yield from _last(receipt, base)


def _markdown(receipt: Receipt, reply: Mapping[str, Any], base: str) -> Iterator[str]:
    yield from (f"**{_escaped(receipt.question.text)}**", "")
    if reply["understood"]:
        yield from (f"({_escaped(reply['understood'])})", "")
    yield "\n".join(_escaped(line) + "  " if line else "" for line in reply["text"].split("\n"))
    yield ""
    for one in reply["citations"]:
        quote = _escaped(" ".join(one["quote"].split()))
        address = urljoin(base, one["url"])
        yield f"{one['number']}. [{_where(one, _escaped)}](<{address}>): “{quote}”"
    yield from _last(receipt, base)


def _last(receipt: Receipt, base: str) -> Iterator[str]:
    yield from ("", f"{urljoin(base, f'/answers/{receipt.id}')} ({receipt.asked_at:%Y-%m-%d})")


def _where(citation: Mapping[str, Any], written: Callable[[str], str]) -> str:
    """Say where a quote stands: title, version, section, page, and what must be said of it."""
    page = page_in_words(citation["page"], citation["page_label"])
    parts = [
        f"{citation['title']}, version {citation['version']}",
        " › ".join(citation["section"]),
        page,
        *citation["marks"],
    ]
    return written(", ".join(part for part in parts if part))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
