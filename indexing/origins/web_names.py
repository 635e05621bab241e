"""Names of files for web pages: readable, safe on any disk, one for each address."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.formats.kinds import FORMATS
from corpus.metadata import safe_id

_LONGEST = 80  # characters of one part
_DEEPEST = 8  # parts
_DIGITS = 8
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
    "application/vnd.oasis.opendocument.text": ".odt",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OFFICE}presentationml.presentation": ".pptx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
}
# types under which servers send whatever they do not know
_UNTOLD = frozenset(("", "application/octet-stream", "binary/octet-stream", "text/plain"))


def ending_of(url: str, content_type: str) -> str:
    """Return the ending of the format of a page, empty for one that Charter cannot read."""
    named = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    if content_type in _UNTOLD and named in FORMATS:
        return named
    return _ENDINGS.get(content_type, "")


def name_of(url: str, ending: str, taken: Collection[str]) -> str:
    """Return the path of a page's file; two addresses never share one, nor its stem.

    Args:
        url: of the page.
        ending: of its format.
        taken: paths that other pages have.
    """
    parts = urlsplit(url)
    whole = [part for part in unquote(parts.path).split("/") if part]
    if parts.path.endswith("/") or not whole:
        whole.append("index")
    known = PurePosixPath(whole[-1]).suffix.lower() in FORMATS
    whole[-1] = PurePosixPath(whole[-1]).stem if known else whole[-1]
    names = [safe_id(part).lstrip(".~")[:_LONGEST] or "page" for part in whole[-_DEEPEST:]]
    path = "/".join(names)
    plain = names == whole and not parts.query
    stems = {str(PurePosixPath(one).with_suffix("")) for one in taken}
    if not plain or path in stems:
        path = f"{path}-{hashlib.sha256(url.encode()).hexdigest()[:_DIGITS]}"
    return path + ending
