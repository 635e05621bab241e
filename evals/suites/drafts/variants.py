"""Variants: a question of a suite with slips of the hand, as keywords, or in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.question.asked_language import asked_language
from assistant.question.question_form import is_negated
from corpus.normalise import normalise
from evals.perturb import british, keywords, other_english, typos
from evals.suites.drafts.found import DRAFTED, Made
from evals.suites.drafts.rewrites import reworded
from evals.suites.model import Case
from indexing.glossary import Entry
from indexing.index import Index

NO_FORM = "no other wording could be formed that surely means the same"
_SLIPS = 0.10  # of the long words, one at least
_GOES_ON = (
    "is|are|was|were|does|do|has|have|may|must|can|will|shall|should|in|on|of|for|to|at|by|with|"
    "from|and|or|when|if|before|after|within"
)
_KEYWORDS = 2  # words that are left at least


def variants_of(case: Case, index: Index) -> Iterator[Made]:
    """Give the variants of a case; each is a draft of its own with the case's places and facts."""
    taken = {_plain(one) for one in case.questions}
    made: list[Case] = []
    for kind, question in _questions(case.question, index):
        if _plain(question) not in taken:
            taken.add(_plain(question))
            made.append(_variant(case, kind, question))
    numbered = {one.id: one for one in made}  # the first of a kind
    yield from map(Made, numbered.values()) if numbered else (Made(None, NO_FORM),)


def _questions(question: str, index: Index) -> Iterator[tuple[str, str]]:
    """Give other wordings with what they are, the likeliest to be kept last under one name."""
    yield "typos", typos(question, _SLIPS)
    if asked_language(question) != "en":
        return
    short = keywords(question)
    if len(short.split()) >= _KEYWORDS and not is_negated(question):
        yield "keywords", short
    yield from (("abbreviation", other) for other in _by_glossary(question, index))
    for other in (british(question), other_english(question)):
        if other != question:
            yield "spelling", other
    yield from (("reworded", other) for other in reworded(question))


def _by_glossary(question: str, index: Index) -> Iterator[str]:
    """Write an abbreviation out, or what it stands for short."""
    for entry in index.glossary:
        if entry.used:
            yield from _exchanged(question, entry)


def _exchanged(question: str, entry: Entry) -> Iterator[str]:
    """Exchange the two where the sentence stays whole: "the HRD" is "the Human Resources Division".

    An abbreviation without an article may stand before a noun, and one of several is written with
    an s that the glossary has not: neither is touched.
    """
    long = rf"(?<![\w-]){re.escape(entry.meaning)}(?![\w-])"
    short = rf"(?<=\bthe ){re.escape(entry.term)}(?=[?,.]|\s(?:{_GOES_ON})\b)"
    patterns = [(re.compile(short), entry.meaning)]
    if not entry.meaning.endswith("s") or entry.term.endswith("s"):
        patterns.append((re.compile(long, re.IGNORECASE), entry.term))
    for pattern, also in patterns:
        found = pattern.search(question)
        if found and also not in question:
            yield f"{question[: found.start()]}{also}{question[found.end() :]}"


def _variant(case: Case, kind: str, question: str) -> Case:
    return replace(
        case,
        id=f"{case.id}-{kind}",
        question=question,
        wordings=(),
        importance="normal",
        state="draft",
        tags=(DRAFTED, "variant", kind, *case.tags),
        notes=f"A variant of “{case.id}”: {kind}.",
        more=(),
    )


def _plain(question: str) -> str:
    return normalise(question).casefold().rstrip("?. ")
