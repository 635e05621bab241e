"""The conversation of a question: what it takes from there, and what it leaves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.conversation.conversations import (
    LONGEST,
    MOST_QUOTES,
    Conversations,
    Quoted,
    Turn,
    digest_of,
    given_out,
    owned_by,
)
from assistant.conversation.follow_ups import Refine, follow_up, greets
from assistant.conversation.past import Item, Known, Past
from assistant.library.catalogue import Catalogue, catalogue_of, in_words
from assistant.reply import Citation, NoAnswer, Question, Reply
from assistant.writing.wire import outcome
from corpus.model import Document, Metadata, document_key
from indexing.index import Index

_LONGEST_ITEM = 120  # characters of a quote that stand for it in a question
_LABEL = re.compile(
    r"^(?:\(?(?:\d+(?:\.\d+)*|[a-z]|[ivxlc]+)[.)]|\d+(?:\.\d+)+|[-–•])\s+", re.IGNORECASE
)
_SHORT_NAME = re.compile(r"\b[A-Z]{2,}[a-z]{0,2}\b")


@dataclass(frozen=True, slots=True)
class Memory:
    """What one person asked in one conversation, as far as the index may still show it to them.

    Attributes:
        turns: oldest first.
        asker: who asks, as the door knows them.
    """

    conversations: Conversations
    turns: tuple[Turn, ...]
    asker: str

    def follow(self, question: Question, index: Index, *, dated: bool, refine: Refine) -> Question:
        """Return the question with what it takes from the conversation, if it is a follow-up.

        Args:
            question: as it was asked.
            index: what the person may read.
            dated: it says itself which day it asks about.
            refine: as ``follow_up`` takes it.
        """
        if not self.turns:
            return question
        pasts = pasts_of(self.turns, index)
        names = index.once(_all_short_names)
        carried = follow_up(question.text, pasts, names, refine)
        if carried is None:
            return question
        day = pasts[-1].as_of
        if day is None or dated:
            return replace(question, carried=carried)
        said = f"{carried.said} (with the rules in force on {in_words(day)})"
        return replace(question, as_of=day, carried=replace(carried, said=said))

    def remember(self, reply: Reply, index: Index, at: datetime) -> None:
        """Keep a question with what its reply quoted, for those after it.

        A greeting leaves nothing.

        Raises:
            SettingsError, StorageError: the database cannot be reached or written.
        """
        question = reply.question
        greeting = greets(question.text)
        turns = self.turns if greeting else (*self.turns, turn_of(reply, index))
        owned = owned_by(reply.conversation_id, self.asker, question.groups)
        if given_out(reply.conversation_id):
            self.conversations.begin(owned, turns, at)
        elif not greeting:
            self.conversations.append(owned, turns[-1], at)


def memory_of(conversations: Conversations, question: Question, asker: str) -> Memory:
    """Return what is remembered of a question's conversation for whoever asks.

    Raises:
        SettingsError, StorageError: the database cannot be reached or read.
    """
    if not question.conversation_id:
        return Memory(conversations, (), asker)
    owned = owned_by(question.conversation_id, asker, question.groups)
    return Memory(conversations, conversations.recall(owned), asker)


def turn_of(reply: Reply, index: Index) -> Turn:
    """Return what is remembered of a reply."""
    question, carried = reply.question, reply.question.carried
    citations = () if isinstance(reply, NoAnswer) else reply.citations[:MOST_QUOTES]
    return Turn(
        text=_cut(question.complete, LONGEST),
        topic=_cut(carried.topic, LONGEST) if carried else "",
        as_of=question.as_of if question.as_of != question.today else None,
        outcome=outcome(reply),
        quoted=tuple(_quoted(one, index) for one in citations),
        item=carried.item if carried else "",
        only=carried.only if carried else (),
        without=carried.without if carried else (),
        rests_on=carried.rests_on if carried else (),
    )


def pasts_of(turns: Iterable[Turn], index: Index) -> tuple[Past, ...]:
    """Return turns with the words of what they quoted, as the index has them now.

    A turn about a document that is not there any more, or not for this reader, is left out.
    """
    return tuple(
        _past(turn, index)
        for turn in turns
        if all(map(index.holds, (*turn.rests_on, *(one.key for one in turn.quoted))))
    )


def short_names(metadata: Metadata) -> frozenset[str]:
    """Return the short names of a document's body, in lower case."""
    names = _SHORT_NAME.findall(metadata.organisation) or _SHORT_NAME.findall(metadata.title)
    return frozenset(name.casefold() for name in names)


def _all_short_names(index: Index) -> frozenset[str]:
    return frozenset[str]().union(*map(short_names, index.catalogue))


def _ids_by_body(index: Index) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the documents of each body, in index order, each once."""
    found: dict[str, dict[str, None]] = {}
    for one in index.catalogue:
        if one.organisation:
            found.setdefault(one.organisation, {})[one.id] = None
    return {body: tuple(ids) for body, ids in found.items()}


def _past(turn: Turn, index: Index) -> Past:
    keys = dict.fromkeys(one.key for one in turn.quoted)
    documents = {key: _known(key, index) for key in keys}
    items = (_item(one, documents[one.key], index.document(one.key)) for one in turn.quoted)
    return Past(
        text=turn.text,
        topic=turn.topic,
        as_of=turn.as_of,
        documents=tuple({one.id: one for one in reversed(documents.values())}.values())[::-1],
        items=tuple(item for item in items if item),
        item=turn.item,
        only=turn.only,
        without=turn.without,
        scope=_scope(turn, index.once(catalogue_of)),
        rests_on=turn.rests_on,
    )


def _known(key: str, index: Index) -> Known:
    metadata = index.document(key).metadata
    same = index.once(_ids_by_body).get(metadata.organisation, ())
    return Known(metadata.id, key, metadata.title, short_names(metadata), same)


def _item(one: Quoted, known: Known, document: Document) -> Item | None:
    """Return a quote with its words; None where others stand at its place now."""
    if digest_of(document.text[one.start : one.end]) != one.digest:
        return None
    block = document.blocks[_block_at(document, one.start)]
    cells = [document.text[cell.start : cell.end] for cell in block.cells]
    words = next(filter(None, cells), document.text[one.start : one.end])
    words = _cut(_LABEL.sub("", " ".join(words.split())).rstrip(" .;:,"), _LONGEST_ITEM)
    heading = _LABEL.sub("", document.sections[block.section].heading)
    return Item(one.number, known, words, heading, one.listed)


def _quoted(citation: Citation, index: Index) -> Quoted:
    key = document_key(citation.document, citation.version)
    document = index.document(key)
    listed = document.blocks[_block_at(document, citation.start)].group is not None
    return Quoted(
        citation.number, key, citation.start, citation.end, digest_of(citation.quote), listed
    )


def _block_at(document: Document, start: int) -> int:
    """Return the position of the block that holds a character."""
    return max(0, bisect_right(document.blocks, start, key=lambda block: block.start) - 1)


def _scope(turn: Turn, catalogue: Catalogue) -> str:
    for lead, ids in (("in", turn.only), ("not in", turn.without)):
        if ids:
            versions = filter(None, map(catalogue.versions, ids))
            return f" ({lead} {_titles([same[-1].title for same in versions])})"
    return ""


def _titles(titles: Sequence[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles[:2]) + (" …" if len(titles) > 2 else "")  # noqa: PLR2004  more than are named


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, to the end of a word."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(None, 1)[0].rstrip(" .;:,")


def allowed(keys: frozenset[str], question: Question, catalogue: Catalogue) -> frozenset[str]:
    """Return the documents among some that a follow-up is confined to."""
    carried = question.carried
    if carried is None:
        return keys
    if carried.only:
        keys &= catalogue.keys_of(carried.only)
    return keys - catalogue.keys_of(carried.without) if carried.without else keys
