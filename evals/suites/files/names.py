"""The names of a suite's fields: keys in YAML, headers in a table, and what is nearest to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id",
        "question": "question",
        "other_wordings": "other wordings",
        "expected": "expected",
        "must_say": "must say",
        "nice_to_say": "nice to say",
        "must_not_say": "must not say",
        "document": "document",
        "section": "section",
        "quote": "exact quote",
        "why": "why not answerable",
        "importance": "importance",
        "tags": "tags",
        "notes": "notes",
        "version": "version",
        "sha256": "text hash",
        "state": "state",
        "as_of": "as of",
        "without": "asked without",
    }
)
SECTION = ("document", "section")  # of what a case is asked without
PLACES = ("document", "section", "quote", "version", "sha256")  # of evidence, line by line
LISTS = ("other_wordings", "must_say", "nice_to_say", "must_not_say", "tags", "without")
RESULTS = ("result", "cause", "answer given", "asked on")  # appended to an export, never read
ABOUT = ("suite", "owner", "language", "review_by", "target")
CASE = (*HEADERS, "evidence", "more")
SUITE = (*ABOUT, "cases")

_ALIASES = {"ask": "question", "name": "suite"}
_MISTYPED = 4  # letters for each that may be wrong
_NEAR = 60.0  # of 100, from which on a name is worth asking about


def spelled(name: str) -> str:
    """Return a name as all its spellings have it: "Must-say " is "must say"."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def key_of(name: str, among: Iterable[str]) -> str | None:
    """Return which key a name is, however it is spelled; None if it is none of them."""
    plain = spelled(name)
    keys = {spelled(key): key for key in among}
    keys |= {HEADERS[key]: key for key in keys.values() if key in HEADERS}
    keys |= {alias: key for alias, key in _ALIASES.items() if key in keys.values()}
    return keys.get(plain)


def mistyped(name: str) -> str | None:
    """Return the header that a header is but for a slip of the hand; None if it is its own."""
    plain = spelled(name)
    for header in HEADERS.values():
        allowed = max(1, min(len(plain), len(header)) // _MISTYPED)
        if OSA.distance(plain, header) <= min(allowed, 2) and len(plain) >= _MISTYPED:
            return header
    return None


def nearest(word: str, among: Iterable[str], *, bound: float = _NEAR) -> str | None:
    """Return what comes nearest to a word, None if nothing is near."""
    found = process.extractOne(
        spelled(word), list(among), scorer=fuzz.ratio, processor=spelled, score_cutoff=bound
    )
    return str(found[0]) if found else None


def did_you_mean(word: str, among: Iterable[str]) -> str:
    """Return the question to put after a complaint; empty where nothing is near."""
    near = nearest(word, among)
    return f"; did you mean “{near}”?" if near else ""
