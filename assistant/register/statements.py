"""What people say of a commitment: its status, with a note and evidence."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from urllib.parse import urlsplit

from assistant.register.model import Status
from corpus.commitments.model import Commitment
from corpus.errors import StatusRefused

STATUSES: tuple[Status, ...] = get_args(Status)
LONGEST_NOTE = 2_000  # characters
LONGEST_LINK = 2_000
LONGEST_NAME = 200
# turn the reading direction of what stands after them, so that a note would not read as written
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_IN_LINKS = frozenset(' "<>\\^`{|}')


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says of a commitment now.

    Attributes:
        by: who, as the door knows them, or as they call themselves.
        note: in their words.
        link: http or https address of what shows it.
    """

    status: Status
    by: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something is said of.

    Attributes:
        commitment: of the version that was looked at.
        audience: for whom that version is; empty is everybody.
    """

    commitment: Commitment
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of a commitment once.

    Attributes:
        number: of all statements, rising; names this one.
        commitment, document, version: that it was said of.
        digest: of the commitment's words at that time, as ``Wording.digest``.
        audience: for whom that version was; empty is everybody.
        saying: what was said.
        at: when, in UTC.
        confirms: it only says that the status before holds for changed words.
    """

    number: int
    commitment: str
    document: str
    version: str
    digest: str
    audience: tuple[str, ...]
    saying: Saying
    at: datetime
    confirms: bool = False


def check_saying(status: str, *, by: str, note: str = "", link: str = "") -> Saying:
    """Take what somebody says as they wrote it.

    Raises:
        StatusRefused: there is no such status, or a field is too long, holds what is no text, or
            is no address of a web page; or nobody says it.
    """
    plain = " ".join(status.replace("-", " ").replace("_", " ").split()).casefold()
    known = next((one for one in STATUSES if one == plain), None)
    if known is None:
        raise StatusRefused(
            f"There is no status “{_short(status)}”.", f"Say one of: {', '.join(STATUSES)}."
        )
    name = _text("name of who says it", by, LONGEST_NAME)
    if not name:
        raise StatusRefused("Nobody says it.", "Give the name of who does.")
    said = _text("note", note, LONGEST_NOTE, breaks=True)
    return Saying(known, name, said, _link(_text("link", link, LONGEST_LINK)))


def _text(what: str, text: str, longest: int, *, breaks: bool = False) -> str:
    """Return a field without the blanks around it."""
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if len(kept) > longest:
        raise StatusRefused(
            f"The {what} has {len(kept):,} characters; {longest:,} is the most.", "Shorten it."
        )
    allowed = {"\n", "\t"} if breaks else set[str]()
    for character in kept:
        if character not in allowed and _is_no_text(character):
            raise StatusRefused(
                f"The {what} holds the character U+{ord(character):04X}, which is no text.",
                "Leave it out.",
            )
    return kept


def _is_no_text(character: str) -> bool:
    no_text = unicodedata.category(character) in {"Cc", "Cs", "Cn", "Zl", "Zp"}
    return no_text or character in _DIRECTIONS


def _link(link: str) -> str:
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        usable = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and parts.port != 0
            and "@" not in parts.netloc  # a name before the host is taken for the host
            and not any(c in _NOT_IN_LINKS or c.isspace() for c in link)
        )
    except ValueError:  # a port or an IPv6 address that is none
        usable = False
    if not usable:
        raise StatusRefused(
            f"“{_short(link)}” is no address of a web page.",
            "Give one that begins with https:// or http://, without a password in it.",
        )
    return link


def _short(text: str) -> str:
    """Return what was given as it can be shown in a message."""
    plain = "".join(" " if _is_no_text(character) else character for character in text[:80])
    return f"{plain}…" if len(text) > 80 else plain  # noqa: PLR2004  the same number as above
