"""Numbers and letters that documents print before clauses, list items and headings."""

from __future__ import annotations

import re

_CLAUSE = r"\d{1,3}(?:\.\d{1,3})+\.?"
_LABEL = re.compile(
    rf"(?P<clause>{_CLAUSE})(?=\s+[^\W\d_a-z]|\s+[\"“‘'(\[])|"
    r"(?P<number>\d{1,3}\.)(?=\s)|"
    r"(?P<letter>\([a-zA-Z0-9]{1,4}\)|[a-zA-Z0-9]{1,3}\)|(?:[a-z]|[ivx]{2,4})\.)(?=\s)"
)
_ROMAN = re.compile(r"[ivx]+$")
_NAMED = re.compile(
    r"((?:annex|appendix|schedule|attachment|chapter|part|section|article|title)"
    r"(?:\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z]))?)\b[\s.:–—-]*",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"(?:annex|appendix|schedule|attachment)\b", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:table|figure|fig\.|box|tableau|encadré|tabelle|abbildung|cuadro|tabla|gráfico)\s+"
    r"(?:\d|[IVXLC]+\b|[A-Z]\b)",
    re.IGNORECASE,
)
_HEADING_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(?=\S)")


def label_of(text: str) -> str:
    """Return the clause number or list label that begins a text ("3.2", "(b)"), or nothing."""
    found = _LABEL.match(text)
    return found[0] if found else ""


def style_of(label: str, before: str = "") -> str:
    """Return what kind of label it is, given the label before: "a", "i", "1", or nothing."""
    core = label.strip("().").lower()
    if label_style := ("1" if core.isdigit() else ""):
        return label_style
    if not core.isalpha():
        return ""
    follows = len(core) == 1 and before.strip("().").lower() == chr(ord(core) - 1)
    return "i" if _ROMAN.match(core) and not follows else "a"


def is_first(label: str) -> bool:
    """Say whether a list could begin with this label."""
    return label.strip("().").lower() in ("a", "i", "1")


def heading_number(text: str) -> str:
    """Return the number that a heading prints first, without its full stop: "2.1", "ANNEX I"."""
    if found := _HEADING_NUMBER.match(text):
        return found[1]
    named = _NAMED.match(text)
    return named[1] if named and " " in named[1] else ""


def is_label_only(text: str) -> bool:
    """Say whether a heading is a label that still lacks its words ("Annex", "Part II")."""
    named = _NAMED.fullmatch(text)
    return named is not None and (" " in named[1] or _ANNEX.match(text) is not None)


def is_caption(text: str) -> bool:
    """Say whether a line names a table or a figure ("Table 1. Days by grade")."""
    return _CAPTION.match(text) is not None


def is_annex(text: str) -> bool:
    """Say whether a heading opens an annex, which stands beside the chapters, never inside."""
    named = _NAMED.match(text)
    return named is not None and _ANNEX.match(text) is not None and " " in named[1]
