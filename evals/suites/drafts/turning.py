"""From a statement with a figure to the question that it answers, by form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.suites.drafts.around import around, of_the_front, of_what_there_is
from evals.suites.drafts.clauses import COMMA, Clause, clause_of, second_verb
from evals.suites.drafts.composing import (
    BELONGS,
    DENIES,
    HEAD,
    LASTS,
    STOPS,
    Turned,
    as_stated,
    asked,
    how_large,
    reads_well,
    words_in,
)
from evals.suites.drafts.phrases import Phrase, phrases_of
from evals.suites.drafts.verbs import BE, MODALS, RELATIVE, is_participle, is_verb
from evals.suites.drafts.wording import lower_first

_FARTHEST = 12  # words between a verb and the figure that surely belongs to it
_MOST_VERB = 3  # words of a verb: "may", "also", "receive"
_MEASURES = re.compile(r"\s+(?:before|after|prior to|following|in advance)\b", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\s+of (?:the|each|every|that|a)\s+[^,;]*?\byear\b|\s+each year\b|"
    r"\s+of (?:FY |fiscal year )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(r"\w{4,}[.!?]\s+\w")  # that were not told apart
_MEANS = re.compile(
    r"[\"“”'‘’«](?P<term>[^\"“”‘’»]{2,50})[\"“”'‘’»]\s+means?\s+(?P<meaning>[^;]+)", re.IGNORECASE
)
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:and|or|but)\b.*\b(?:is|are|was|were|may|must|shall|will|can|has|have)\b"
)
_DEADLINES = frozenset("by before until after".split())
_BARE = re.compile(
    r"(?:this|that|these|those|there|here|such|both|all|one|he|she|he or she|who|which|what)|"
    r"(?:this|that|these|those|such) (?!(?:polic|document|procedure|plan|guide|handbook|manual|"
    r"strateg|programme|rule|regulation))\w+.*|"
    r"(?:the (?:same|former|latter)|no|none|neither|(?:this|that|these|those) (?:means?|is|are|"
    r"includes?|\w+s)|and|or|but|so|then|therefore|otherwise|please)\b.*|.*[:;].*",
    re.IGNORECASE,
)
_HINDERING = frozenset(
    "than between as under over plus and or beyond including age aged per until till through "
    "throughout with of".split()
)
_DANGLING = frozenset("and or either than as a an the no not that of both is are was were".split())


def turn(statement: str, about: str = "") -> Turned | None:
    """Return the question that a statement's figure answers; None where none can be formed well.

    Args:
        statement: one sentence, as ``plain_statement`` gives it.
        about: what "it" and "they" stand for at its beginning; empty where that is not known.
    """
    if _TWO_SENTENCES.search(statement):
        return None
    for part in statement.split(";"):
        if phrases_of(part):
            found = (one for one in _questions(part.strip(), about) if reads_well(one))
            return next(found, None)
    return None


def _questions(statement: str, about: str) -> Iterator[Turned]:
    """Give questions, the most direct first."""
    if found := _MEANS.search(statement):
        yield Turned(f"What does “{found['term']}” mean?", found["meaning"].strip())
        return
    yield from of_what_there_is(statement)
    clause = clause_of(statement, about)
    if clause is None or _BARE.fullmatch(clause.subject):
        return
    yield from of_the_front(clause)
    yield from _of_what_follows(clause)
    yield from around(clause, statement)


def _of_what_follows(clause: Clause) -> Iterator[Turned]:
    """Ask for a figure after the verb: "How many days may … be carried over?"."""
    for phrase in phrases_of(clause.rest):
        before = clause.rest[: phrase.start].strip().rstrip(",")
        if set(words_in(before)) & RELATIVE or phrase.preposition in _HINDERING - {"of"}:
            continue
        if phrase.preposition == "of":
            yield from _of_noun(clause, phrase)
            continue
        auxiliary = clause.auxiliary
        if second := second_verb(before):
            auxiliary, before = second
        if len(before.split()) > _FARTHEST:
            continue
        if COMMA.search(before) or _denied(before, phrase) or _ANOTHER_CLAUSE.search(before):
            continue
        if _is_one_end(before, phrase, clause.rest[phrase.end :]):
            continue
        if clause.is_order and phrase.is_time and phrase.preposition not in _DEADLINES:
            continue
        yield from _direct(clause, phrase, auxiliary, before)


def _is_one_end(before: str, phrase: Phrase, after: str) -> bool:
    """Tell whether a figure is only one end of a stretch: "from 30 days before to 60 after"."""
    if phrase.preposition == "to" and re.search(r"\bfrom\b.*\d", before):
        return True
    if phrase.preposition == "from" and not phrase.is_time:
        return bool(phrases_of(after)) and " to " in after
    through = re.search(r"\b(?:to|through|until)\b", after)
    return through is not None and re.search(r"\bfrom\b", before) is not None


def _denied(before: str, phrase: Phrase) -> bool:
    """Tell whether a statement denies what a figure is asked of; "for 12 months" may be denied."""
    lasting = phrase.preposition in {"for", "until"} and not phrase.bounded
    return DENIES.search(before) is not None and not lasting


def _direct(clause: Clause, phrase: Phrase, auxiliary: str, before: str) -> Iterator[Turned]:
    after = clause.rest[phrase.end :]
    copula = not before and auxiliary in BE and not phrase.preposition
    measures = _MEASURES.match(after) is not None
    verb = auxiliary in MODALS and len(before.split()) == 1  # "may telework"
    if not (phrase.preposition or copula or measures or verb or _takes_an_object(before)):
        return
    if before and before.rsplit(maxsplit=1)[-1].casefold() in _DANGLING:
        return
    belongs = (_OF_TIME if phrase.is_time else BELONGS).match(after)
    tail = belongs.group() if belongs and not phrase.is_time else ""
    after = after[belongs.end() :] if belongs else after
    stop = STOPS.search(after)
    rest = after[: stop.start()] if stop else after
    if rest.lstrip().startswith("or "):
        rest = ""
    if before.endswith(" to") and rest.startswith(" to "):
        return
    subject = lower_first(clause.subject)
    if copula and phrase.asking.endswith(LASTS) and phrase.figure.kind == "amount":
        words = ["How long", auxiliary, subject, tail.strip(), rest.strip()]
    else:
        words = [f"{phrase.asking}{tail}", auxiliary, subject, before, rest.strip()]
    yield asked(clause.front, words, phrase.fact)


def _of_noun(clause: Clause, phrase: Phrase) -> Iterator[Turned]:
    """Ask for the size of what a figure describes: "an advance of 80 per cent of the allowance"."""
    found = HEAD.search(clause.rest[: phrase.start])
    verb = clause.rest[: found.start()].split() if found else []
    if found is None or not 1 <= len(verb) <= _MOST_VERB or DENIES.search(" ".join(verb)):
        return
    belongs = BELONGS.match(clause.rest, phrase.end)
    noun = f"the {found['noun'].strip()}{belongs.group() if belongs else ''}"
    said = as_stated(clause, " ".join(verb))
    words = [how_large(phrase), noun, "that", lower_first(clause.subject), said]
    yield asked(clause.front, words, phrase.fact)


def _takes_an_object(before: str) -> bool:
    """Tell whether what stands before a figure ends in a verb, so that the figure is its object."""
    last = before.rsplit(maxsplit=1)[-1].casefold() if before else ""
    return is_verb(last) or is_participle(last) or last in {"be", "have"}
