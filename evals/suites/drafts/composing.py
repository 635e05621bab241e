"""Questions put together from the parts of a statement, and whether they can stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.suites.drafts.clauses import Clause
from evals.suites.drafts.phrases import Phrase
from evals.suites.drafts.verbs import third_person
from evals.suites.drafts.wording import lower_first, upper_first

_LONGEST = 34  # words of a question that a reader still follows
_MOST_MEANING = 30  # words of what a term means
BELONGS = re.compile(  # to a figure: "10 working days before departure", "ten holidays a year"
    r"\s+(?:(?:a|an|per|each|every)\s+(?:\w+\s)?(?:day|week|month|quarter|year)\w*\b|"
    r"(?:before|after|prior to|following|in advance of|since|in a row|in advance)\b"
    r"(?:(?!\s(?:and|if|where|unless|which|who|whether|by)\b)(?:[^,;:]|,(?=\d)))*|"
    r"(?:of|from|into)\b(?:(?!\s(?:and|or|if|where|unless|when|with|by|to|for|which|that|who|"
    r"whether|between|until)\b)(?:[^,;:]|,(?=\d)))*)",
    re.IGNORECASE,
)
STOPS = re.compile(
    r"[;:–—]|,(?!\d)|\s-\s|\band\s+(?:(?:is|are|may|must|shall|will|can|cannot|within|there|"
    r"you|we|they|it)\b|\w+s\b|\W?\d)"
)
DENIES = re.compile(r"\b(?:not|no|never|neither|nor|cannot|nothing)\b", re.IGNORECASE)
HEAD = re.compile(
    r"(?:an?|the)\s+(?P<noun>(?:(?!(?:of|with|on|in|for|to|at|by|from)\b)[\w-]+\s+){1,4})of\s+"
    r"(?:[\w ]{0,16}\s)?$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\s+(?:for|in|by|of) (?:any of )?the following$|\s+as follows$")
# speaks of what stands before: "extend this by", "confirm it within", "by then"
_POINTS_BACK = re.compile(
    r"\b(?:this|that|these|those)\s+(?:by|for|in|on|to|at|of|within|before|after)\b|"
    r"\b(?:this|these|those)\s+(?:is|are)\b|"
    r"\b(?:the following|this|that|and|or|to the)$|"
    r"\b(?:then|thereafter|thereof|therein|above|below|it|them|such|former|latter)\b",
    re.IGNORECASE,
)
_SELF_CONTAINED = 2  # things named with an article before the "it" that may stand for one
LASTS = ("days", "weeks", "months", "years", "hours", "minutes", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Turned:
    """A question with the words of the statement that answer it."""

    question: str
    fact: str


def asked(front: str, words: list[str], fact: str) -> Turned:
    """Put words together as a question, after what leads in."""
    said = " ".join(" ".join(filter(None, words)).replace(" also ", " ").split())
    said = _FOLLOWING.sub("", said)
    if front:
        said = f"{front}, {lower_first(said)}"
    return Turned(f"{upper_first(said)}?", fact)


def as_stated(clause: Clause, rest: str) -> str:
    """Put auxiliary and verb back into the order of a statement."""
    verb, *more = rest.split(maxsplit=1) or [""]
    if clause.auxiliary == "does":
        return " ".join([third_person(verb), *more])
    return rest if clause.auxiliary == "do" else f"{clause.auxiliary} {rest}"


def how_large(phrase: Phrase) -> str:
    """Ask for the size of something by the unit of its figure."""
    if phrase.asking.lower().endswith("much"):
        return "How much is"
    return "How long is" if phrase.asking.endswith(LASTS) else "How large is"


def reads_well(turned: Turned) -> bool:
    """Tell whether a question can stand alone and is not too long to follow."""
    asked = turned.question
    named = len(re.findall(r"\b(?:an?|the|each|your)\s", asked))
    back = _POINTS_BACK.search(asked.rstrip("?"))
    alone = back is None or (back.group().casefold() == "it" and named >= _SELF_CONTAINED)
    return (
        alone
        and len(asked.split()) <= _LONGEST
        and len(turned.fact.split()) <= _MOST_MEANING
        and asked.count("“") == asked.count("”")
        and asked.count("(") == asked.count(")")
    )


def words_in(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return re.findall(r"[a-z]+", text.casefold())
