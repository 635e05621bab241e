"""The line under a title that states version, dates and owner, and nothing else.

"Version 2. Effective 1 May 2025." Where a line says anything else it does not count: so no
condition, example or tale can stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.metadata.dates import date_at
from corpus.metadata.found_words import (
    ISSUED,
    LINKS,
    PLACEHOLDER,
    UNTIL,
    is_known_label,
    label_of_field,
)

MOST_WORDS = 40  # of a line of control; a longer one tells a story
_MOST_OF_VALUE = 12  # words of a name
_MOST_OF_LABEL = 6  # words of a label
_DATED = ("effective_from", "effective_to", ISSUED)

_VERSION = re.compile(
    r"(?:(?:document |policy )?(?:version|versión|versão|versione|fassung|revision|révision"
    r"|revisión|rev\.?|issue|edition|édition|edición|ausgabe)\s*(?:no\.?|nr\.?|n[º°]|number|#)?\s*[:\uff1a]?"
    r"\s*v?|v\.?\s?)(?P<number>\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?)(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_LABEL_ENDS = re.compile(r"\s*[:\uff1a]\s*|\s+[–—-]\s+|\s+")
_LEAD = re.compile(r"[\s,(–—-]*")
_MONTH = re.compile(r"[^\W\d_]{3,10}\s+(?:19|20)\d\d(?!\w)")
_BETWEEN = re.compile(r"[\s.;,|·•–—()\[\]-]*(?:(?:and|et|y|und)\s+)?")
_PARTED = re.compile(r"[\s(]")  # where a statement may begin: not within a word
_STRONG = re.compile(r"[\n\t|;·•()]")  # a value never goes beyond
_BY = re.compile(r"\b(?:by|par|por|von)$", re.IGNORECASE)
_FORMER = re.compile(r"replaces|supersedes|remplace|reemplaza|sustituye|ersetzt", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def statements_in(said: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the label and value of each statement; empty when the line says anything else."""
    if len(said.split()) > MOST_WORDS or PLACEHOLDER.search(said):
        return ()
    found = []
    place = _after_separator(said, 0)
    while place < len(said):
        statement = _statement(said, place, language)
        if statement is None:
            return ()
        label, value, place = statement
        found.append((label, value))
        following = _after_separator(said, place)
        if following == place < len(said):
            return ()
        place = following
    return tuple(found)


def _after_separator(said: str, place: int) -> int:
    between = _BETWEEN.match(said, place)
    return between.end() if between else place


def _statement(said: str, place: int, language: str) -> tuple[str, str, int] | None:
    """Return the label, the value and the end of the statement that begins at a place."""
    return _certain(said, place, language) or _named(said, place, language)


def _certain(said: str, place: int, language: str) -> tuple[str, str, int] | None:
    """Return a statement whose end its own form shows: a version, a date, an address."""
    version = _VERSION.match(said, place)
    if version and not date_at(said, version.start("number"), language):
        return "version", version["number"], _past_date(said, version.end(), language)
    for label, after in _labels(said, place):
        end = _date_end(said, after, language, month=label_of_field(label) == ISSUED)
        if end and label_of_field(label) in _DATED:
            return label, said[after:end], end
        address = _ADDRESS.match(said, after)
        if address and label_of_field(label) == "contact":
            return label, address[0], address.end()
    return None


def _named(said: str, place: int, language: str) -> tuple[str, str, int] | None:
    """Return a label with a colon or "by", and the name after it, up to the next statement."""
    for label, after in _labels(said, place):
        if _is_telling(label):
            end = _end_of_value(said, after, language)
            value = said[after:end].strip(" .,–—-")
            if value and len(value.split()) <= _MOST_OF_VALUE and ". " not in value:
                return label.rstrip(" :\uff1a"), value, end
    return None


def _labels(said: str, place: int) -> Iterator[tuple[str, int]]:
    """Give each known label that stands at a place, with its colon, longest first."""
    ends = list(_LABEL_ENDS.finditer(said, place))
    for found in reversed(ends[:_MOST_OF_LABEL]):
        label = said[place : found.start()]
        if is_known_label(label):
            yield label + found[0].strip(" –—-"), found.end()


def _date_end(said: str, place: int, language: str, *, month: bool) -> int | None:
    """Return the end of the date at a place, with a last day after it; None if there is none."""
    link = LINKS.match(said, place)
    place = link.end() if link else place
    written = date_at(said, place, language)
    if written is None:
        found = _MONTH.match(said, place) if month else None
        return found.end() if found else None
    until = UNTIL.match(said, written.end)
    last = date_at(said, until.end(), language) if until else None
    return last.end if last else written.end


def _past_date(said: str, place: int, language: str) -> int:
    """Return where the day ends that a version is of: "Version 2 of 1 May 2025"."""
    lead = _LEAD.match(said, place)
    start = lead.end() if lead else place
    return _date_end(said, start, language, month=True) or place


def _end_of_value(said: str, place: int, language: str) -> int:
    """Return where a name ends: before a separator, the next statement, or with the line."""
    strong = _STRONG.search(said, place)
    last = strong.start() if strong else len(said)
    for gap in _PARTED.finditer(said, place, last):
        start = gap.end()
        parted = said[gap.start() - 1] in ".,;–—-" or said[start : start + 1].isupper()
        if parted and start < last and (_certain(said, start, language) or _begins(said, start)):
            return gap.start()
    return last


def _begins(said: str, place: int) -> bool:
    return any(_is_telling(label) for label, _ in _labels(said, place))


def _is_telling(label: str) -> bool:
    """Tell whether a name may follow: after a colon, "by", or a word for a former version."""
    return label.endswith((":", "\uff1a")) or bool(_BY.search(label) or _FORMER.fullmatch(label))
