"""A question passed on to a person, by the e-mail of whoever asks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from assistant.receipts import Receipt
from assistant.settings import Settings

# Some programs for e-mail take no longer address than 2,083 characters, a space counting three.
_MOST = 900
_LONGEST_SUBJECT = 120
_MAIL = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"@]+\.[^\W_]{2,}")


@dataclass(frozen=True, slots=True)
class Passed:
    """What would be passed on.

    Attributes:
        contact: whom it goes to, as the documents or the settings name them.
        text: the question, what was replied and where that stands.
        mail: address that opens an e-mail with it; empty where the contact names none.
    """

    contact: str
    text: str
    mail: str


def passed_on(receipt: Receipt, address: str) -> Passed:
    """Return what a person would be told of an answer.

    Args:
        receipt: of the answer.
        address: where the answer stands.
    """
    reply = json.loads(receipt.reply)
    question, understood = receipt.question.text, str(reply["understood"] or "")
    text = "\n\n".join(
        part
        for part in (question, f"({understood})" if understood else "", "—", _short(reply["text"]))
        if part
    )
    text = f"{text}\n\n{address}"
    found = _MAIL.search(reply["contact"])
    subject = " ".join((understood or question).split())[:_LONGEST_SUBJECT]
    mail = f"mailto:{quote(found[0], safe='@')}?subject={quote(subject)}" if found else ""
    return Passed(str(reply["contact"]), text, mail and f"{mail}&body={quote(text)}")


def base_of(request: Request, settings: Settings) -> str:
    """Return the address under which people reach this server, without a slash at its end."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[: text[:_MOST].rfind(" ")] + " …"
