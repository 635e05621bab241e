"""A follow-up to a list: "and by Q2?", "only those of HR Staffing", "how many per team?"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.register.asked import ListAsked
from assistant.register.due import Due
from assistant.register.held import Held, held_of
from assistant.register.model import Filters, Values
from assistant.register.phrased import question_for
from assistant.register.understand import Read, plain, read_all, understand_list
from corpus.errors import FilterUnreadable

LONGEST = 120  # characters of a follow-up
_AND = re.compile(r"^\W*(?:(?:and|but|or|et|y)\b|what\sabout\b|how\sabout\b)", re.IGNORECASE)
_LEANS = re.compile(
    r"\b(?:them|those|these|they|it)\b|^\W*(?:only|just|per|by|grouped|group|how\smany\s(?:per|by)|"
    r"how\smany\W*$)\b",
    re.IGNORECASE,
)
_KEEPS = re.compile(r"\b(?:only|just|(?:of|among)\s(?:them|those|these))\b", re.IGNORECASE)
_FILLING = re.compile(
    r"^\W*(?:and|but|or|et|y|only|just|what\sabout|how\sabout|now|then|also|ok(?:ay)?)\b[\s,]*|"
    r"\b(?:(?:of|among|from)\s)?(?:them|those|these|they|it|ones?)\b|\b(?:who|when|which|what|how\smany)\b",
    re.IGNORECASE,
)
_ANOTHER_DAY = re.compile(r"(?:as\s(?:of|at)|on)\b", re.IGNORECASE)
_YEARLESS = re.compile(
    r"\b(?:Q\s?[1-4]|(?:first|second|third|fourth|last)\squarter|January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b(?!,?\s(?:of\s)?\d)",
    re.IGNORECASE,
)


def refined(before: str, text: str, values: Values, today: date) -> str:
    """Return what a follow-up to a list asks for, as a question that stands alone.

    Args:
        before: the question before it, in words that need no conversation.
        text: the follow-up.
        values: what the register holds for whoever asks.
        today: the day that "this year" is counted from.

    Returns:
        A question; empty where the one before asked for no list, or this one does not lean on it.
    """
    if len(text) > LONGEST or not (_AND.search(text) or _LEANS.search(text)):
        return ""
    last = understand_list(before, values, today)
    if not isinstance(last, ListAsked):
        return ""
    held = held_of(values)
    said = _FILLING.sub(" ", plain(text)).strip()
    if last.as_of and _ANOTHER_DAY.match(said):
        said = f"overdue {said}"
    try:
        found = _read(said, held, last.filters, today)
    except FilterUnreadable:
        return ""
    if found.draft.left or found.draft.no_themes:
        return ""
    if found.draft.unknown:  # what it says of an unknown name is said of the whole question
        return f"Which commitments of the {found.draft.unknown[0]}?"
    return question_for(_merged(last, found, keeps=_KEEPS.search(text) is not None), held)


def _read(said: str, held: Held, before: Filters, today: date) -> Read:
    """Read a follow-up; a quarter or month without a year is of the year that was spoken of."""
    try:
        return read_all(said, held, today)
    except FilterUnreadable:
        day = before.due_to or before.due_from
        if day is None:
            raise
        return read_all(_YEARLESS.sub(rf"\g<0> {day.year}", said), held, today)


def _merged(last: ListAsked, found: Read, *, keeps: bool) -> ListAsked:
    """Put what a follow-up says in the place of the like before, or beside it ("only those …")."""
    old, new = last.filters, found.filters
    whose = bool(new.leads or new.bodies or new.documents)
    if whose and not keeps:
        old = replace(old, leads=(), bodies=(), documents=())
    timed = found.due != Due()
    if timed and (not keeps or set(new.timing) & {"ongoing", "undated"} or not new.timing):
        old = replace(old, due_from=None, due_to=None, timing=())
    filters = Filters(
        leads=new.leads or old.leads,
        themes=new.themes or old.themes,
        documents=new.documents or old.documents,
        bodies=new.bodies or old.bodies,
        due_from=new.due_from or old.due_from,
        due_to=new.due_to or old.due_to,
        timing=new.timing or old.timing,
        statuses=new.statuses or old.statuses,
        review=new.review or old.review,
        words=" ".join(filter(None, (old.words if keeps else "", new.words))) or old.words,
    )
    return ListAsked(
        filters,
        "",
        found.signs.grouping or last.grouping,
        last.sorting if found.signs.sorting == "document" else found.signs.sorting,
        (found.due.as_of or last.as_of) if "overdue" in filters.timing else None,
        () if whose else last.sides,
    )
