"""What tells that a question asks for a list of commitments: its form, its nouns, its verbs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.register.drafts import Draft
from assistant.register.due import Due
from assistant.register.list_words import (
    ANYTHING,
    ASKS_FOR_SEVERAL,
    COMPARED,
    DEFINES,
    DUE,
    HOW_MANY,
    NOUN,
    OF_THE_ASKER,
    REVIEW,
    TEAM_WORDS,
    VERBS,
    WEAK_NOUN,
    Verb,
)
from assistant.register.model import Grouping, Sorting, Status

_OTHER_FORM = re.compile(
    r"^\W*(?:and\s)?(?P<word>how|why|when|where|who(?:m|se)?|can|could|may|might|must|shall|should|"
    r"do|does|did|is|are|was|were|has|have|had|will|would|if|am)\b",
    re.IGNORECASE,
)
_PROMISED = next(pattern for verb, pattern in VERBS if verb == "promise")
_LEADS = re.compile(r"\b(?:leads?|led)\b", re.IGNORECASE)
_TIMING = re.compile(
    r"\b(?:over-?due|on-?going|undated|(?:no|without)\s(?:an?y?\s)?(?:due\s)?date)\b",
    re.IGNORECASE,
)
_DONE = r"delivered|completed|done|finished|fulfilled|achieved|implemented|kept|met"
_STATUSES: tuple[tuple[tuple[Status, ...], str], ...] = (
    (
        ("not started", "in progress"),
        (
            rf"(?:not|n['’]t)\s(?:yet\s)?(?:been\s)?(?:{_DONE})(?:\syet)?|undelivered|unfinished|"
            r"(?:still\s)?(?:open|outstanding|pending|to\sbe\sdone)|unfulfilled"
        ),
    ),
    (
        ("not started",),
        r"(?:not|n['’]t)\s(?:yet\s)?(?:been\s)?(?:started|begun)(?:\syet)?|unstarted",
    ),
    (("in progress",), r"in\sprogress|under\s?way|being\sworked\son|started|begun"),
    (
        ("delivered",),
        rf"(?:(?:has|have|had|was|were|is|are|already)\s(?:already\s|been\s)*)(?:{_DONE})|delivered",
    ),
    (("dropped",), r"dropped|cancel+ed|abandoned|given\sup"),
    (("superseded",), r"superseded|replaced"),
)
_STATUS = tuple(
    (values, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE))
    for values, words in _STATUSES
)
_TO_COME = re.compile(
    r"\b(?:must|should|shall|will|to|can|may|would|could)\s(?:not\s)?(?:have\s)?(?:be(?:en)?\s)?$|"
    r"\bby\swhom\s$|\b(?:has|have)\s(?:got\s)?to\s(?:be\s)?$",
    re.IGNORECASE,
)
_WORTH_READING = (
    NOUN,
    WEAK_NOUN,
    DUE,
    _TIMING,
    *(pattern for _, pattern in VERBS),
    *(pattern for _, pattern in _STATUS),
)
_EACH = r"(?:per|by|for\s(?:each|every)|(?:of|in|does|do|has|have)\s(?:each|every)|each|every)"
_GROUPS: tuple[tuple[Grouping, str], ...] = (
    ("lead", rf"(?:lead(?:ing)?\s)?(?:leads?|{TEAM_WORDS})"),
    ("theme", r"themes?|topics?|subjects?|areas?|chapters?|headings?"),
    (
        "document",
        r"documents?|strateg(?:y|ies)|programmes?|sources?|organi[sz]ations?|bod(?:y|ies)",
    ),
    ("status", r"status(?:es)?|progress|states?"),
    ("quarter", r"quarters?|due\sdates?|dates?|periods?"),
)
_GROUPINGS = tuple(
    (
        grouping,
        re.compile(
            rf"(?<![\w-])(?:(?:grouped|broken\sdown|split|counted)\s)?"
            rf"{_EACH}\s(?:the\s)?(?:{words})(?![\w-])",
            re.IGNORECASE,
        ),
    )
    for grouping, words in _GROUPS
)
_SORTINGS: tuple[tuple[Sorting, re.Pattern[str]], ...] = tuple(
    (
        "due" if grouping == "quarter" else grouping,
        re.compile(
            rf"\b(?:sort|order|arrang)ed\s(?:by|after|per)\s(?:the(?:ir)?\s)?(?:{words})(?![\w-])",
            re.IGNORECASE,
        ),
    )
    for grouping, words in _GROUPS
)
_MOST = re.compile(
    rf"\b(?:which|what)\s(?:lead\s)?(?:{TEAM_WORDS}|lead)\b(?=.*\b(?:most|more\sthan|fewest|how\smany)\b)"
    r"|\bwho\b(?=\s(?:leads?|is\s(?:responsible|in\scharge|accountable)|owns?|has|does|must)\b.*"
    r"\b(?:what|how\smany|(?:the\s)?most)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a question says of what it wants.

    Attributes:
        noun: it names commitments.
        review: it asks for what a person should look at.
        weak: it names what may be commitments and much else.
        verbs: what it asks who does.
    """

    noun: bool
    weak: bool
    due: bool
    review: bool
    compared: bool
    counts: bool
    grouping: Grouping | None
    sorting: Sorting
    verbs: frozenset[Verb]


def may_ask_for_a_list(text: str) -> bool:
    """Tell by its form whether a question may ask for several commitments; most do not."""
    if OF_THE_ASKER.search(text) or DEFINES.search(text):
        return False
    if not any(one.search(text) for one in _WORTH_READING):
        return False
    if ASKS_FOR_SEVERAL.match(text):
        return True
    named = NOUN.search(text) or _PROMISED.search(text)
    other = _OTHER_FORM.match(text)
    if other is None:  # no question, but the words of one: "overdue commitments"
        return bool(named or (_TIMING.search(text) and len(text.split()) <= 4))  # noqa: PLR2004  a few words
    if other["word"].lower().startswith("who"):
        return bool(named or _MOST.search(text))
    yes_or_no = other["word"].lower() not in {"how", "why", "when", "where"}
    return (
        yes_or_no
        and bool(named or DUE.search(text) or _TIMING.search(text))
        and bool(ANYTHING.search(text))
    )


def names_commitments(text: str) -> bool:
    """Tell whether a question names commitments by a word for them alone."""
    return NOUN.search(text) is not None


def read_signs(draft: Draft) -> Signs:
    """Return the signs of a list that stand in what is left of a question, and take them out."""
    sorting = _sorting(draft)
    grouping = _grouping(draft)
    counts = bool(draft.take(HOW_MANY))
    compared = bool(draft.take(COMPARED))
    noun = bool(draft.take(NOUN))
    verbs = {verb for verb, pattern in VERBS if draft.take(pattern)}
    return Signs(
        noun=noun,
        weak=bool(draft.take(WEAK_NOUN)),
        review=bool(draft.take(REVIEW)),
        due=bool(DUE.search(draft.text)),
        compared=compared,
        counts=counts,
        grouping=grouping,
        sorting=sorting,
        verbs=frozenset(verbs),
    )


def statuses_in(draft: Draft) -> tuple[Status, ...]:
    """Return the statuses that a question asks for, and take their words out.

    What "must be delivered" is none: it is to come.
    """
    found: dict[Status, None] = {}
    for values, pattern in _STATUS:
        for match in pattern.finditer(draft.rest):
            if not _TO_COME.search(draft.rest[: match.start()]):
                found.update(dict.fromkeys(values))
                draft.blot(*match.span())
    return tuple(found)


def is_for_the_register(draft: Draft, signs: Signs, due: Due, statuses: tuple[Status, ...]) -> bool:
    """Tell whether what was read of a question makes it one for the register.

    One that names commitments is. Others must say when, how far or whose, by the words for it, and
    nothing else.
    """
    if signs.noun or ("promise" in signs.verbs and not draft.unknown):
        return True
    if draft.left:
        return False
    several = len(draft.of("body", "document")) > 1
    if signs.compared and several and "say" in signs.verbs:
        return True
    if draft.unknown:  # a team that the register does not know is told of only where all else fits
        acts = due != Due() and bool(signs.verbs & {"lead", "deliver", "promise"})
        return bool(draft.teams) and (acts or _LEADS.search(draft.text) is not None)
    return _says_enough(draft, signs, due, statuses)


def _says_enough(draft: Draft, signs: Signs, due: Due, statuses: tuple[Status, ...]) -> bool:
    """Tell whether a question that does not name commitments says when, how far or whose."""
    whose, when = bool(draft.of("lead")), due != Due()
    of_some = signs.weak and (whose or statuses or (when and (signs.due or due.timing)))
    if of_some or draft.words:
        return bool(of_some)
    leads = "lead" in signs.verbs and (whose or signs.grouping == "lead")
    delivers = when and (signs.due or "deliver" in signs.verbs)
    return bool(leads or delivers or statuses or due.timing)


def _sorting(draft: Draft) -> Sorting:
    for sorting, pattern in _SORTINGS:
        if draft.take(pattern):
            return sorting
    return "document"


def _grouping(draft: Draft) -> Grouping | None:
    for grouping, pattern in _GROUPINGS:
        if draft.take(pattern):
            return grouping
    return "lead" if draft.take(_MOST) else None
