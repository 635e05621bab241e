"""What is missing or contradictory in what is known about the documents, for who owns them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from assistant.library.catalogue import Catalogue, in_words
from corpus.model import Metadata, document_key

GapLevel = Literal["error", "warning"]

_DECISIVE = ("version", "effective_from", "effective_to")
_ADDRESS = re.compile(r"\S*@\S*|https?:\S*")
_SOUND = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+|https?://[^\s/]+\.\S+")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that its owner should set or correct.

    Attributes:
        level: "error" where it can make the wrong rule answer, or leaves nobody to ask.
        key: of the version that it is about.
        field: of its metadata.
        problem: what is missing, in words that follow the document's title.
    """

    level: GapLevel
    key: str
    field: str
    problem: str


def find_gaps(versions: Sequence[Metadata], day: date) -> tuple[Gap, ...]:
    """Return what is missing in each version, in the order given."""
    catalogue = Catalogue(versions)
    titles: dict[str, set[str]] = defaultdict(set)
    for one in versions:
        titles[_bare(one.title)].add(one.id)
    found: list[Gap] = []
    for one in versions:
        same = catalogue.versions(one.id)
        current = catalogue.force(one, day) in ("in force", "not yet in force")
        found += _missing(one) if current else ()
        found += _undated(one, same) if current else ()
        found += _to_confirm(one)
        found += _of_others(one, catalogue)
        found += _of_title(one, titles[_bare(one.title)] - {one.id})
        found += _of_periods(one, same)
    return tuple(found)


def _missing(one: Metadata) -> Iterator[Gap]:
    key = document_key(one.id, one.version)
    if not one.contact and not one.owner:
        yield Gap("error", key, "contact", "has no contact and no owner: nobody is named to ask")
    elif not one.contact:
        yield Gap("warning", key, "contact", "has no contact")
    elif not one.owner:
        yield Gap("warning", key, "owner", "has no owner")
    if "version" in one.assumed:
        yield Gap("warning", key, "version", "has no version; it is called 1")
    if "title" in one.assumed:
        yield Gap("warning", key, "title", "has no title; its file’s name stands in")
    wrong = next((said for said in _ADDRESS.findall(one.contact) if not _is_sound(said)), "")
    if wrong:
        yield Gap("error", key, "contact", f"has a contact that is no address: “{wrong}”")


def _undated(one: Metadata, same: Sequence[Metadata]) -> Iterator[Gap]:
    if one.effective_from is None:
        dated = any(other.effective_from for other in same)
        level: GapLevel = "error" if dated and one != same[0] else "warning"
        others = ", and other versions have one" if dated else ""
        key = document_key(one.id, one.version)
        yield Gap(level, key, "effective_from", f"has no effective date{others}")


def _is_sound(address: str) -> bool:
    return bool(_SOUND.fullmatch(address.strip("<>()[],;.")))


def _to_confirm(one: Metadata) -> Iterator[Gap]:
    """Name what decides force and was only found in the text."""
    key = document_key(one.id, one.version)
    for field in _DECISIVE:
        if field in one.found:
            value = getattr(one, field)
            said = in_words(value) if isinstance(value, date) else value
            name = {"version": "version", "effective_from": "effective date"}.get(field, "last day")
            yield Gap("warning", key, field, f"has its {name}, {said}, only from its text: confirm")


def _of_others(one: Metadata, catalogue: Catalogue) -> Iterator[Gap]:
    key = document_key(one.id, one.version)
    for name in one.supersedes:
        if name == one.id:
            yield Gap("error", key, "supersedes", "supersedes itself")
        elif name not in catalogue:
            yield Gap("error", key, "supersedes", f"supersedes “{name}”, which is not here")
        elif not one.withdrawn and not catalogue.takes_over(one, name):
            yield Gap(
                "error", key, "supersedes", f"and “{name}” supersede each other; neither does"
            )


def _of_title(one: Metadata, others: set[str]) -> Iterator[Gap]:
    if others and not one.withdrawn:
        ids = ", ".join(f"“{name}”" for name in sorted(others))
        problem = f"has the same title as {ids}; if they are versions, give them one id"
        yield Gap("warning", document_key(one.id, one.version), "title", problem)


def _of_periods(one: Metadata, same: Sequence[Metadata]) -> Iterator[Gap]:
    """Compare a version with the one that follows it."""
    key = document_key(one.id, one.version)
    dated = [other for other in same if other.effective_from and not other.withdrawn]
    for older, newer in pairwise(dated):
        if one != older or newer.effective_from is None:
            continue
        if newer.effective_from == older.effective_from:
            problem = f"begins on the same day as version {newer.version}"
            yield Gap("error", key, "effective_from", problem)
        last, eve = older.effective_to, newer.effective_from - timedelta(days=1)
        if last and last > eve:
            problem = f"ends on {in_words(last)}, when version {newer.version} is in force already"
            yield Gap("warning", key, "effective_to", problem)
        elif last and last < eve:
            days = f"{in_words(last + timedelta(days=1))} to {in_words(eve)}"
            yield Gap("error", key, "effective_to", f"leaves no version in force from {days}")
        if newer.audience and set(newer.audience) != set(older.audience):
            problem = (
                f"is read by {readers(older)}, its next version by {readers(newer)}: who may not "
                "read that one is still told that this one is in force"
            )
            yield Gap("warning", key, "audience", problem)


def readers(one: Metadata) -> str:
    """Say who may read a version."""
    return ", ".join(one.audience) or "everybody"


def _bare(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
