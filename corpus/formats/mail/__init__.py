"""E-mail: its subject, who wrote to whom and when, and its newest text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import getaddresses, parsedate_to_datetime

from corpus.errors import EmptyFile
from corpus.formats.mail.parts import Text, attachments_of, header_of, open_mail, texts_of
from corpus.formats.mail.quotes import drop_quoted, without_history
from corpus.formats.text import plain
from corpus.metadata import Fields
from corpus.raw import Heading, Paragraph, Parsed, Raw, Table
from corpus.traced import NOWHERE, Traced, cut, joined, made

_DEEPEST = 6  # of heading levels
_MOST_NAMED = 10  # recipients that are written out
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|vs)\s*:", re.IGNORECASE)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def parse(data: bytes, name: str) -> Parsed:
    """Return what a mail says: subject, one line on sender, recipients and day, and its text.

    What it quotes of earlier mails is left out with a note, unless it was forwarded or there is
    nothing else. What is attached to it is read apart.

    Raises:
        UnreadableFile: it is no e-mail, is encrypted, or says nothing.
    """
    mail = open_mail(data, name)
    subject = header_of(mail, "subject")
    head, blocks = _head(subject, *(header_of(mail, key) for key in ("from", "to", "date")))
    originals, length = [head], len(head)
    notes: list[str] = []
    texts = texts_of(mail, name)
    for text in texts:
        body, quoted = _read(text, name, forwarded=bool(_FORWARD.match(subject)))
        line = blocks[-1].lines[1] + 1 if blocks else 0
        blocks += [_moved(block, length, line) for block in body.blocks]
        originals.append(body.original)
        length += len(body.original)
        notes += [*body.notes, *quoted]
    attached = attachments_of(data, name)
    if not blocks or not (texts or subject or attached):
        raise EmptyFile(f"{name} has no text.", "Remove it.")
    if attached:
        notes.append(f"Attached, and read apart where possible: {', '.join(_names(attached))}.")
    return Parsed(
        original="".join(originals),
        blocks=blocks,
        marked=bool(texts) and all(text.kind == "html" for text in texts),
        properties=Fields(title=subject or None),
        notes=tuple(dict.fromkeys(notes)),
    )


def _names(attached: Sequence[object]) -> list[str]:
    return [str(getattr(entry, "name", "")) for entry in attached[:_MOST_NAMED]]


def _head(subject: str, sender: str, to: str, date: str) -> tuple[str, list[Raw]]:
    """Return the text of the headers, and the blocks made of it."""
    original = f"{subject}\n"
    blocks: list[Raw] = [Heading(cut(original, 0, len(subject)), 1, (0, 1))] if subject else []
    parts: list[Traced] = []
    for word, names in (("From ", _people(sender)), (", to ", _people(to))):
        if names:
            text = ", ".join(names)
            start = len(original)
            original += f"{text}\n"
            parts += [made(word if parts else word.lstrip(", ").capitalize())]
            parts.append(cut(original, start, start + len(text)))
    if day := _day(date):
        parts.append(made(f"{', sent' if parts else 'Sent'} on {day}"))
        original += f"{date}\n"
    if parts:
        blocks.append(Paragraph(joined([*parts, made(".")]), (2, 3)))
    return original, blocks


def _people(header: str) -> list[str]:
    """Return the names in a header of addresses; the address of one without a name."""
    found = [name or address for name, address in getaddresses([header]) if name or address]
    more = len(found) - _MOST_NAMED
    return [*found[:_MOST_NAMED], *([f"and {more} others"] if more > 0 else [])]


def _day(header: str) -> str:
    try:
        sent: datetime = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return f"{sent.day} {_MONTHS[sent.month - 1]} {sent.year}"


def _read(text: Text, name: str, *, forwarded: bool) -> tuple[Parsed, tuple[str, ...]]:
    """Return one part of the text without its history, and notes on what was left out."""
    if text.kind == "html":
        from corpus.formats.html import parse as parse_html  # noqa: PLC0415  only if there is any

        try:
            page = parse_html(b"\xef\xbb\xbf" + text.text.encode("utf-8", "replace"), name)
        except EmptyFile:
            return Parsed("", []), ()
        blocks, notes = without_history(page.blocks, forwarded=forwarded)
        return replace(page, blocks=_lowered(blocks)), notes
    kept, notes = drop_quoted(text.text, forwarded=forwarded)
    return Parsed(kept, _lowered(plain.parse(kept)), marked=False), notes


def _lowered(blocks: Sequence[Raw]) -> list[Raw]:
    """Return the blocks with every heading below the mail's subject."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    down = 1 if 1 in levels else 0
    return [
        replace(block, level=min(block.level + down, _DEEPEST))
        if isinstance(block, Heading) and block.level <= _DEEPEST
        else block
        for block in blocks
    ]


def _moved(block: Raw, by: int, lines: int) -> Raw:
    """Return a block whose original and lines follow others."""
    span = (block.lines[0] + lines, block.lines[1] + lines)
    if isinstance(block, Table):
        rows = tuple(tuple(_shifted(cell, by) for cell in row) for row in block.rows)
        header = tuple(_shifted(cell, by) for cell in block.header)
        return replace(block, rows=rows, header=header, lines=span)
    return replace(block, text=_shifted(block.text, by), lines=span)


def _shifted(text: Traced, by: int) -> Traced:
    places = (place if place == NOWHERE else place + by for place in text.places)
    return Traced(text.text, array("i", places))
