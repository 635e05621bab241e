"""The phrase around a figure, and what asks for it: "at least 10 days" is "how many days"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.figures import Figure, Quantity, figures_of

_ASKED_FOR = ("time", "amount", "number")
_LIMIT = (
    r"up to|at least|at most|(?:no|not) (?:more|less|fewer|later|earlier) than|not exceeding|"
    r"(?:a|the) (?:maximum|minimum|total) of|more than|less than|fewer than|"
    r"about|approximately|around|roughly|only|exactly|normally|usually|typically|a further|"
    r"an additional|another|a period of|periods of|the (?:first|last|next|following|previous)|the"
)
_LIMITS = re.compile(rf"(?:\b(?:{_LIMIT})\s+)+$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?P<word>within|for|after|before|in|by|until|till|from|on|at|during|every|since|through|"
    r"throughout|with|to|over|of|between|than|as of|effective|starting|beginning|as|under|per|"
    r"plus|and|or|beyond|including|age|aged)\s+$",
    re.IGNORECASE,
)
_PART_OF_TIME = re.compile(
    r"\b(?:the\s+)?(?:(?:end|beginning|start|middle)\s+of\s+)?(?:the\s+)?(?:early|late|mid)?[\s-]*$",
    re.IGNORECASE,
)
# what is counted by a bare number: "or more consecutive working days", "official holidays"
_COUNTED = re.compile(
    r"(?:\s+(?:or|and)\s+(?:more|fewer|less))?(?P<noun>(?:\s+(?!(?:a|an|the|and|or|of|in|on|at|by|"
    r"to|for|from|with|per|before|after|until|within|is|are|was|were|may|must|shall|will|can|has|"
    r"have|who|which|that|where|if|when|below|above|as|each|every|years? old)\b)[A-Za-z][\w’'-]*)"
    r"{1,4})"
)
_TO = re.compile(r"\s+(?:to|until|and)\s+(?:the\s+)?", re.IGNORECASE)
_DURATION = re.compile(
    r"\b(?:(?:working|work|calendar|business|consecutive|full|paid)[ -])?"
    r"(?:minute|hour|day|night|week|month|year)s?$",
    re.IGNORECASE,
)
_MONEY = frozenset("dollar euro pound franc cad aud aed jpy inr kes xof".split())
_WHEN = {
    "by": "By when",
    "before": "Before which date",
    "until": "Until when",
    "till": "Until when",
    "through": "Until when",
    "from": "From when",
    "as of": "From when",
    "effective": "From when",
    "starting": "From when",
    "beginning": "From when",
    "on": "On which day",
    "in": "When",
    "during": "When",
    "after": "After which date",
    "since": "Since when",
}
_FRONTED = frozenset("within for after before in every during by at from on since".split())
_LEADS = frozenset(("up to", "at least", "at most"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A figure in a statement, with the words that belong to it.

    Attributes:
        start, end: of the whole phrase in the statement: "at least 10 working days".
        figure: what is asked for.
        fact: the figure with what it counts, as it stands there.
        asking: what takes its place at the head of a question: "At least how many working days".
        preposition: before it, in lower case; empty where it is an object.
        bounded: it is only an end: "more than 20 days".
    """

    start: int
    end: int
    figure: Figure
    fact: str
    asking: str
    preposition: str
    bounded: bool = False

    @property
    def is_time(self) -> bool:
        """Whether it is a date, and not an amount."""
        return self.figure.kind == "time"


def phrases_of(statement: str) -> tuple[Phrase, ...]:
    """Return the figures of a statement that can be asked for, in order."""
    figures = (one for one in figures_of(statement) if one.kind in _ASKED_FOR)
    found = (_phrase(statement, figure) for figure in figures)
    return tuple(one for one in found if one)


def _phrase(statement: str, figure: Figure) -> Phrase | None:
    if figure.kind == "time":
        return _time(statement, figure)
    end = figure.end
    noun = ""
    quantity = figure.quantity
    unit = quantity.unit if quantity else ""
    written = statement[figure.start : figure.end]
    if _is_attributive(written, quantity):
        return None
    if not unit:
        counted = _COUNTED.match(statement, figure.end)
        if counted is None or not counted["noun"].split()[-1].endswith("s"):
            return None
        end, noun = counted.end(), " ".join(counted["noun"].split())
    before = statement[: figure.start]
    limits = _LIMITS.search(before)
    start = limits.start() if limits else figure.start
    limit = " ".join(limits.group().lower().split()) if limits else ""
    preposition = _PREPOSITION.search(before[:start])
    word = preposition["word"].lower() if preposition else ""
    if preposition and word in _FRONTED:
        start = preposition.start()
    asking = _how_much(written, unit, noun)
    if word in _FRONTED:
        asking = f"{word} {asking}"
    elif limit in _LEADS:
        asking = f"{limit} {asking}"
    fact = statement[figure.start : end]
    bounded = " than" in limit
    return Phrase(start, end, figure, fact, asking[0].upper() + asking[1:], word, bounded)


def _is_attributive(written: str, quantity: Quantity | None) -> bool:
    """Tell whether an amount only describes what follows: "the 12 week period"."""
    last = written.replace("-", " ").rsplit(maxsplit=1)[-1].casefold()
    return (
        quantity is not None
        and quantity.high > 1
        and _DURATION.search(last) is not None
        and not last.endswith("s")
    )


def _how_much(written: str, unit: str, noun: str) -> str:
    if noun:
        return f"how many {noun}"
    if unit == "per cent":
        return "what percentage"
    if unit in _MONEY:
        return "how much"
    if counted := _DURATION.search(written):
        words = counted.group().replace("-", " ")
        return f"how many {words if words.endswith('s') else f'{words}s'}"
    last = re.sub(r"^[\W\d]*", "", written).split()
    return f"how many {last[-1]}" if last and last[-1].endswith("s") else "how much"


def _time(statement: str, figure: Figure) -> Phrase | None:
    """Return a date with the preposition that makes it one: a year in a name has none."""
    if statement[figure.start : figure.end].casefold() == "may":
        return None
    before = statement[: figure.start]
    part = _PART_OF_TIME.search(before)
    start = part.start() if part else figure.start
    preposition = _PREPOSITION.search(before[:start].rstrip() + " ")
    word = preposition["word"].lower() if preposition else ""
    if preposition is None or word not in _WHEN:
        return None
    limits = _LIMITS.search(before[: preposition.start()])
    start = limits.start() if limits else preposition.start()
    end, asking = _until(statement, figure), _WHEN[word]
    if end != figure.end:
        asking = "From when to when" if word == "from" else "When"
    return Phrase(start, end, figure, statement[figure.start : end], asking, word)


def _until(statement: str, figure: Figure) -> int:
    """Return where a stretch ends that begins with a date: "from 1 January to 31 December"."""
    to = _TO.match(statement, figure.end)
    later = (one for one in figures_of(statement) if to and one.start == to.end())
    return next((one.end for one in later if one.kind == "time"), figure.end)
