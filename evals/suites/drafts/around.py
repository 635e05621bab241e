"""Questions about a figure that stands elsewhere than after the verb of its statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.suites.drafts.clauses import Clause, front_of
from evals.suites.drafts.composing import (
    DENIES,
    HEAD,
    STOPS,
    Turned,
    as_stated,
    asked,
    how_large,
    words_in,
)
from evals.suites.drafts.phrases import phrases_of
from evals.suites.drafts.verbs import RELATIVE
from evals.suites.drafts.wording import lower_first

_LEAST_FACT = 3  # words of what happens
_THERE = re.compile(r"there\s+(?P<be>is|are|were|was)\s+(?P<rest>.+)", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:only\s+)?(?:if|where|when|unless|provided that)\s", re.IGNORECASE)
_REQUIRES = re.compile(r"requires?\s+(?P<what>[^,;:]+)")
_HAPPENS = re.compile(r"(?:if|where|when|unless|after|before)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:(?:an?|the|all|any|each|every)\s)?(?P<who>(?:[\w-]+\s){1,3}?)who\s", re.IGNORECASE
)


def around(clause: Clause, statement: str) -> Iterator[Turned]:
    """Give questions about a figure in the subject, in a condition, or in what leads in."""
    yield from _of_the_subject(clause)
    yield from _of_a_condition(clause)
    yield from _of_what_is_required(clause)
    yield from _of_what_leads_in(statement)


def of_what_there_is(statement: str) -> Iterator[Turned]:
    """Ask "How many ratings are there?"."""
    found = _THERE.fullmatch(statement)
    if found is None:
        return
    phrase = phrases_of(found["rest"])[0] if phrases_of(found["rest"]) else None
    if phrase and not phrase.start:
        stop = STOPS.search(found["rest"], phrase.end)
        rest = found["rest"][phrase.end : stop.start() if stop else None].strip()
        kind, rest = (f" {rest}", "") if rest.startswith("of ") else ("", rest)
        words = [f"{phrase.asking}{kind}", found["be"].lower(), "there", rest]
        yield asked("", words, phrase.fact)


def of_the_front(clause: Clause) -> Iterator[Turned]:
    """Ask for a figure that leads in: "Within two days of the approval, the desk pays"."""
    phrases = phrases_of(clause.front)
    if not phrases or phrases[0].start or phrases[0].preposition not in {"within", "by"}:
        return
    phrase = phrases[0]
    after = "" if phrase.is_time else clause.front[phrase.end :]
    stop = STOPS.search(clause.rest)
    rest = clause.rest[: stop.start()] if stop else clause.rest
    words = [f"{phrase.asking}{after}", clause.auxiliary, lower_first(clause.subject), rest]
    yield asked("", words, phrase.fact)


def _of_the_subject(clause: Clause) -> Iterator[Turned]:
    """Ask for a figure in the subject: "How many of the days may be used …?", "Who may …?"."""
    phrases = phrases_of(clause.subject)
    if not phrases or DENIES.search(clause.rest) or STOPS.match(clause.rest):
        return
    phrase = phrases[0]
    stop = STOPS.search(clause.rest)
    verb = as_stated(clause, clause.rest[: stop.start()] if stop else clause.rest)
    before, after = clause.subject[: phrase.start], clause.subject[phrase.end :]
    found = HEAD.match(before)
    person = _PERSON.match(before)
    if not before.strip() and not phrase.preposition and not phrase.is_time:
        yield asked(clause.front, [f"{phrase.asking}{after}", verb], phrase.fact)
    elif found and phrase.preposition == "of" and not set(words_in(after)) & RELATIVE:
        if not phrase.bounded:
            words = [how_large(phrase), f"the {found['noun'].strip()}{after}", "that", verb]
            yield asked(clause.front, words, phrase.fact)
    elif person:
        who = person["who"].strip()
        asks = "Who" if who.casefold() in {"person", "persons", "people"} else f"Which {who}"
        yield asked(clause.front, [asks, verb], clause.subject[person.end() :])


def _of_a_condition(clause: Clause) -> Iterator[Turned]:
    """Ask on which condition something holds that has a figure in it."""
    found = _CONDITION.search(clause.rest)
    if found is None or DENIES.search(clause.rest[: found.start()]):
        return
    phrases = phrases_of(clause.rest[found.end() :])
    before = clause.rest[: found.start()].strip().rstrip(",")
    if before and phrases and not phrases_of(before):
        words = ["Under which conditions", clause.auxiliary, lower_first(clause.subject), before]
        stop = STOPS.search(clause.rest, found.end())
        fact = clause.rest[found.end() : stop.start() if stop else None].strip()
        yield asked(clause.front, words, fact if phrases_of(fact) else phrases[0].fact)


def _of_what_is_required(clause: Clause) -> Iterator[Turned]:
    """Ask what "an absence of more than 20 days" requires."""
    found = _REQUIRES.match(clause.rest)
    if found and phrases_of(clause.subject):
        words = ["What", clause.auxiliary, lower_first(clause.subject), "require"]
        yield asked(clause.front, words, found["what"].strip())


def _of_what_leads_in(statement: str) -> Iterator[Turned]:
    """Ask what happens "if no claim has been submitted within 30 days"."""
    front, main = front_of(statement)
    if not (_HAPPENS.match(front) and phrases_of(front)):
        return
    stop = STOPS.search(main)
    fact = (main[: stop.start()] if stop else main).strip()
    if len(fact.split()) >= _LEAST_FACT:
        yield Turned(f"What happens {lower_first(front)}?", fact)
