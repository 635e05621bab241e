"""A statement taken apart so that it can be turned into a question: who, verb, the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.suites.drafts.verbs import (
    RELATIVE,
    agree,
    auxiliary_at,
    base_of,
    is_participle,
    is_verb,
    plural_verb,
    singular_verb,
)

_WORD = re.compile(r"[^\W_]+(?:[-‑'’][^\W_]+)*")
_SUBJECT_WORDS = 20  # of a subject that a reader still follows
_LEADS_IN = (
    "where|if|when|unless|once|in|for|after|before|on|during|upon|under|at|from|while|until|"
    "following|as|with|within|without|except|to|by|building|given|due|based|depending"
)
_FRONT = re.compile(
    rf"(?P<front>(?:{_LEADS_IN})\b(?:[^,;:]|,(?=\d)){{3,160}}),\s+(?P<main>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LINKS = re.compile(
    r"(?:in addition|for example|for instance|as an exception|in general|however|moreover|further|"
    r"furthermore|additionally|also|note that|please note that|therefore|thus|in particular),?\s+",
    re.IGNORECASE,
)
COMMA = re.compile(r",(?!\d)")  # not that of 1,400
_BEGINS = re.compile(rf"(?:{_LEADS_IN})\b", re.IGNORECASE)
_CONTRACTED = tuple(
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in (
        (r"\b(you|we|they|it|she|he|i)'ll\b", r"\1 will"),
        (r"\b(you|we|they)'re\b", r"\1 are"),
        (r"\b(you|we|they|i)'ve\b", r"\1 have"),
        (r"\b(it|that|there|he|she|what)'s\b", r"\1 is"),
        (r"\bcan't\b", "cannot"),
        (r"\bwon't\b", "will not"),
        (r"\b(do|does|did|is|are|was|were|has|have|must|should)n't\b", r"\1 not"),
    )
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_OBJECTS = frozenset("a all an any each every in out the this to up your".split())
_PRONOUN = re.compile(r"(?:it|they)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement.

    Attributes:
        front: what stands before it, such as "Where no decision has been taken"; may be empty.
        subject: who or what.
        auxiliary: what changes its place in a question: "may", "is", "does".
        rest: what follows the subject in a question, verb first where it is not the auxiliary.
        is_order: it tells the reader what to do, and so has no subject of its own.
    """

    front: str
    subject: str
    auxiliary: str
    rest: str
    is_order: bool = False


def plain_statement(text: str) -> str:
    """Return a sentence on one line, without asides in brackets and its full stop."""
    plain = " ".join(text.split()).replace("’", "'")
    for pattern, written in _CONTRACTED:
        plain = pattern.sub(written, plain)
    return _ASIDE.sub("", plain).strip().rstrip(".;:").strip()


def clause_of(statement: str, about: str = "") -> Clause | None:
    """Take a statement apart; None where its form is not understood.

    Args:
        statement: one sentence, as ``plain_statement`` gives it.
        about: what "it" and "they" stand for at its beginning; empty where that is not known.
    """
    front, main = front_of(statement)
    more, main = front_of(main)
    front = ", ".join(filter(None, (front, more)))
    if pronoun := _PRONOUN.match(main):
        if not about:
            return None
        main = about + main[pronoun.end() :]
    matches = list(_WORD.finditer(main))
    words = [match.group() for match in matches]
    if len(words) > 1 and is_verb(words[0]) and words[1].casefold() in _OBJECTS:
        return _order(front, main)
    inside = 0  # relative clauses that still wait for their verb
    for place, match in enumerate(matches[: _SUBJECT_WORDS + 12]):
        if place and match.group().casefold() in RELATIVE:
            inside += 1
            continue
        if inside and words[place - 1].casefold() in RELATIVE and is_participle(words[place]):
            inside -= 1  # "the person who reported"
            continue
        found = _verb_at(words, place)
        if found is None:
            continue
        if inside:
            inside -= 1
            continue
        return _parted(front, main, match, found)
    return None


def front_of(statement: str) -> tuple[str, str]:
    """Part "Where …, the head decides" into what leads in and the main clause."""
    found = _FRONT.fullmatch(_LINKS.sub("", statement))
    return (found["front"], found["main"]) if found else ("", _LINKS.sub("", statement))


def second_verb(rest: str) -> tuple[str, str] | None:
    """Part "examines a sample and reports by March" before its last verb of the same subject.

    Returns the auxiliary of that verb, empty where it is the first one's, and what follows.
    """
    for found in reversed(list(re.finditer(r"\band\s+(?P<verb>[a-z]+)\b", rest))):
        verb = found["verb"]
        base = base_of(verb)
        if verb in {"is", "are", "may", "must", "shall", "will", "can", "should"}:
            return verb, rest[found.end() :].strip()
        after = rest[found.end() :].strip()
        if base == "have" and is_participle(after.partition(" ")[0]):
            return verb, after
        if base:
            return "does", f"{base} {after}"
    return None


def _verb_at(words: list[str], place: int) -> tuple[str, str] | None:
    """Return the auxiliary and the base form of the verb that stands there, if one does."""
    word = words[place].casefold()
    if auxiliary_at(words, place):
        return word, ""
    if base := singular_verb(words, place):
        return ("do" if word == "have" else "does"), base
    if base := plural_verb(words, place):
        return "do", base
    return None


def _parted(front: str, main: str, verb: re.Match[str], found: tuple[str, str]) -> Clause | None:
    subject = main[: verb.start()].strip().rstrip(",")
    auxiliary, base = found
    rest = f"{base} {main[verb.end() :].strip()}".strip()
    if not subject or not rest or len(subject.split()) > _SUBJECT_WORDS:
        return None
    if _BEGINS.match(subject) or COMMA.search(subject):  # what leads in, without its comma
        return None
    if not agree(subject, auxiliary):
        return None
    return Clause(front, subject, auxiliary, rest)


def _order(front: str, main: str) -> Clause:
    """Read "Submit the form within a week" as what you must do."""
    return Clause(front, "you", "must", main[0].lower() + main[1:], is_order=True)
