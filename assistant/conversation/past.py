"""A turn of a conversation as a follow-up sees it, with the words of what was quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.reply import Carried
from indexing.keywords import tokens

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_EMPTY = frozenset(
    tokens("also too please exactly many much long often soon must may might shall tell say")
)


@dataclass(frozen=True, slots=True)
class Known:
    """A document that a reply quoted.

    Attributes:
        names: short names of its body, in lower case.
        same_body: ids of all documents of its body.
    """

    id: str
    key: str
    title: str
    names: frozenset[str] = frozenset()
    same_body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A quote of a reply.

    Attributes:
        number: of its citation.
        words: the beginning of it; of a table row, of its first cell.
        heading: of its section.
        listed: it is an item of a list or a row of a table.
    """

    number: int
    document: Known
    words: str
    heading: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Past:
    """One turn.

    Attributes:
        text: the question in words that need no conversation.
        topic: what it was about where that is known; else empty.
        as_of: the day asked about where that was not the day of asking.
        documents: those quoted, in their order, each once.
        items: what was quoted, in its order.
        item: words of a quote that its question named by its place; or empty.
        only, without: ids of documents, as in ``Carried``.
        scope: the same in words (" (in “Telework”)"); empty where it was not confined.
        rests_on: keys of the documents whose words stand in ``text``, ``topic`` or ``scope``.
    """

    text: str
    topic: str = ""
    as_of: date | None = None
    documents: tuple[Known, ...] = ()
    items: tuple[Item, ...] = ()
    item: str = ""
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    scope: str = ""
    rests_on: tuple[str, ...] = ()


def content(text: str) -> int:
    """Count the words of a text that say what it is about; a joined word counts once."""
    return sum(bool(set(tokens(word)) - _EMPTY) for word in _WORD.findall(text))


def carry(last: Past, text: str, topic: str = "", *, prefer: bool = True) -> Carried:
    """Carry on with a completed question what the last one was confined to.

    Args:
        last: the turn before.
        text: the question, completed.
        topic: what it is about where that is known.
        prefer: the documents that the last reply quoted are preferred.
    """
    said = text[0].upper() + text[1:]
    return Carried(
        text=said,
        said=said + last.scope,
        topic=topic,
        only=last.only,
        without=last.without,
        preferred=tuple(one.id for one in last.documents[:2]) if prefer else (),
        item=last.item if last.item and last.item in said else "",
        rests_on=last.rests_on,
    )
