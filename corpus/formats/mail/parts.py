"""The parts of an e-mail: its headers, its text, what is attached to it."""

from __future__ import annotations

import codecs
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from functools import partial
from typing import Literal

from corpus.errors import DamagedFile, EncryptedFile, FileTooLarge
from corpus.files.archive import Entry, clean_name, told_apart

_LONGEST_HEADER = 10_000  # characters; parsing one takes time with the square of its length
_MOST_NESTED = 150  # parts that hold parts, in the whole mail; the parser goes down by recursion
_MOST_WORK = 20_000_000  # lines times parts that hold parts: the parser asks each part of each line
_MOST_DASHED = 20_000  # lines that may begin a part
_MOST_PARTS = 1_000
_NESTING = re.compile(rb"\b(?:multipart/|message/rfc822)", re.IGNORECASE)
_HTML_IS_RICHER = re.compile(
    r"<(?:h[1-6]|li|th)\b|<table\b[^>]*\bborder=[\"']?[1-9]", re.IGNORECASE
)
_LOOKS_LIKE_MAIL = re.compile(rb"(?:>?From [^\n]*\n)?[!-9;-~]{1,100}:")
_ODD_CHARSETS = frozenset(("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"))
_AGAIN = "Save it again in the mail program, and put that copy here."
# what the parser of headers raises is documented nowhere and differs from header to header
_BROKEN = (
    MessageError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
)


class _Bounded(EmailPolicy):
    """Takes the beginning of a header that is longer than any mail program writes."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


@dataclass(frozen=True, slots=True)
class Text:
    """One part of a mail's own text."""

    kind: Literal["plain", "html"]
    text: str


def open_mail(data: bytes, name: str) -> EmailMessage:
    """Return a mail.

    Raises:
        DamagedFile: it has no headers, so it is none.
        FileTooLarge: it has more parts in parts than any mail.
    """
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if _is_excessive(data):
        raise FileTooLarge(f"{name} has more parts than any e-mail.", _AGAIN)
    if not _LOOKS_LIKE_MAIL.match(data):
        raise DamagedFile(f"{name} is no e-mail: it does not begin with headers.", _AGAIN)
    try:
        mail = BytesParser(policy=_Bounded()).parsebytes(data)
    except _BROKEN as error:
        raise DamagedFile(f"{name} is damaged: it cannot be taken apart.", _AGAIN) from error
    if not isinstance(mail, EmailMessage) or sum(1 for _ in mail.walk()) > _MOST_PARTS:
        raise FileTooLarge(f"{name} has more parts than any e-mail.", _AGAIN)
    return mail


def _is_excessive(data: bytes) -> bool:
    nested = len(_NESTING.findall(data))
    work = nested * data.count(b"\n")
    dashed = nested and data.count(b"\n--")
    return nested > _MOST_NESTED or work > _MOST_WORK or dashed > _MOST_DASHED


def header_of(part: Message, key: str) -> str:
    """Return a header decoded, in one line; empty if there is none or it cannot be understood."""
    try:
        return " ".join(str(part.get(key, "")).split())
    except _BROKEN:
        return ""


def texts_of(mail: EmailMessage, name: str) -> list[Text]:
    """Return the mail's own text: of alternatives the plain one, unless the other has structure.

    Raises:
        EncryptedFile: it is encrypted.
    """
    kind = _type_of(mail)
    if kind == "multipart/encrypted" or (
        kind.endswith("pkcs7-mime") and "signed" not in _parameter(mail, "smime-type")
    ):
        raise EncryptedFile(f"{name} is encrypted.", "Save a copy of it that is not.")
    if kind == "multipart/alternative":
        found = [texts_of(part, name) for part in _parts(mail)]
        return _best([texts for texts in found if texts])
    if kind in ("multipart/related", "multipart/signed"):
        return next((texts for part in _parts(mail)[:1] if (texts := texts_of(part, name))), [])
    if kind.startswith("multipart/"):
        return [text for part in _parts(mail) for text in texts_of(part, name)]
    if kind not in ("text/plain", "text/html") or _is_attached(mail):
        return []
    text = _decoded(mail, name)
    return [Text("html" if kind == "text/html" else "plain", text)] if text.strip() else []


def attachments_of(data: bytes, name: str) -> tuple[Entry, ...]:
    """Return the files attached to a mail, a mail in the mail among them, in their order.

    Errors as ``open_mail``.
    """
    found = list(_attached(open_mail(data, name)))
    names = told_apart([_name_of(part, number) for number, part in enumerate(found, start=1)])
    return tuple(
        Entry(unique, _size_of(part), partial(_content, part, f"{name}/{unique}"))
        for unique, part in zip(names, found, strict=True)
    )


def _best(found: list[list[Text]]) -> list[Text]:
    """Return the alternative to read."""
    plain = next((texts for texts in found if all(text.kind == "plain" for text in texts)), None)
    rich = next((texts for texts in reversed(found) if texts is not plain), None)
    if plain is None or rich is None:
        return plain or rich or []
    return rich if any(_HTML_IS_RICHER.search(text.text) for text in rich) else plain


def _attached(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the attached parts; a mail in the mail is one, whatever is attached to that."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        kind = _type_of(part)
        if kind.startswith("multipart/"):
            waiting = [*_parts(part), *waiting]
        elif part is not mail and (kind not in ("text/plain", "text/html") or _is_attached(part)):
            yield part


def _parts(mail: EmailMessage) -> list[EmailMessage]:
    # of a text it would be decoded, which no encoding but a true one allows
    payload = mail.get_payload() if mail.is_multipart() else []
    parts = payload if isinstance(payload, list) else []
    return [part for part in parts if isinstance(part, EmailMessage)]


def _type_of(part: EmailMessage) -> str:
    try:
        return part.get_content_type()
    except _BROKEN:
        return "application/octet-stream"


def _parameter(part: EmailMessage, key: str) -> str:
    try:
        return str(part.get_param(key, "")).lower()
    except _BROKEN:
        return ""


def _is_attached(part: EmailMessage) -> bool:
    return header_of(part, "content-disposition").lower().startswith("attachment") or bool(
        _file_name(part)
    )


def _file_name(part: EmailMessage) -> str:
    try:
        return clean_name(part.get_filename() or "").replace("/", " ").strip()
    except _BROKEN:
        return ""


def _name_of(part: EmailMessage, number: int) -> str:
    """Return what an attached part is called, by its type if it has no name."""
    name = _file_name(part)
    kind = _type_of(part)
    if kind == "message/rfc822":
        inner = _parts(part)
        subject = clean_name(header_of(inner[0], "subject")).replace("/", " ") if inner else ""
        name = name or subject or f"message {number}"
        return name if name.lower().endswith(".eml") else f"{name}.eml"
    ending = mimetypes.MimeTypes().guess_extension(kind) or ""
    return name or f"attachment {number}{ending}"


def _size_of(part: EmailMessage) -> int:
    """Return about how many bytes a part has, without decoding it."""
    try:
        payload = part.get_payload()
    except _BROKEN:
        payload = part.get_payload(decode=True)
    return len(payload) if isinstance(payload, str | bytes) else 0


def _content(part: EmailMessage, name: str) -> bytes:
    try:
        inner = _parts(part)
        if inner:
            return inner[0].as_bytes()
        payload = part.get_payload(decode=True)
    except _BROKEN as error:
        raise DamagedFile(f"{name} is damaged: it cannot be decoded.", _AGAIN) from error
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: EmailMessage, name: str) -> str:
    """Return the text of a part, by its own word on its encoding if that is true."""
    data = _content(part, name)
    text = ""
    for charset in (_charset_of(part), "utf-8"):
        try:
            text = data.decode(charset)
            break
        except _BROKEN:
            continue
    else:
        text = data.decode("cp1252", "replace")  # what most that say nothing true are written in
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _charset_of(part: EmailMessage) -> str:
    try:
        found = codecs.lookup(part.get_content_charset() or "utf-8").name
    except _BROKEN:
        return "utf-8"
    return "utf-8" if found in _ODD_CHARSETS else found
