"""The same question asked otherwise: in capitals, with slips, politely, in American spelling.

Pure functions from a question to a question. Those that draw at random take a seed, and give the
same for the same seed and question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Literal

from indexing.keywords import folded, is_stop_word

Kind = Literal[
    "lower case", "capitals", "typos 10%", "typos 25%", "keywords", "padding", "other English"
]

LONG = 5  # letters of a word that gets a slip
_WORD = re.compile(r"[^\W\d_]+")
_KEPT = re.compile(r"[^\s?!,;:“”\"()]+")
_NEIGHBOURS = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for place, letter in enumerate(row)
}
_PADDED = (
    "Hi there, I was wondering whether you could possibly tell me: {} Thanks a lot!",
    "Could you please let me know: {}",
    "Hello, sorry to bother you. {} Many thanks in advance!",
    "Dear colleagues, I would like to ask something. {} Kind regards",
    "Quick question - {} please?",
)
_SPELLINGS = (
    (r"is(ation|ations|ational|ed|es|e|ing)\b", r"iz\1"),
    (r"\b(col|lab|hon|behavi|fav|harb|neighb)our", r"\1or"),
    (r"\b(cent|theat)re(s?)\b", r"\1er\2"),
    (r"\b(travel|cancel|model|label|counsel)l(ed|ing|er|ers|or)\b", r"\1\2"),
    (r"\b([Pp]rogram)me(s?)\b", r"\1\2"),
    (r"\b([Ll]icen)ce(s?)\b", r"\1se\2"),
    (r"\b([Dd]efen|[Oo]ffen)ce", r"\1se"),
    (r"\b([Ee]nro|[Ff]ulfi)l(ment|s)\b", r"\1ll\2"),
    (r"\b([Jj]udg)ement", r"\1ment"),
    (r"\b([Aa])geing\b", r"\1ging"),
)
_NOT_ISE = re.compile(
    r"\b(?:\w*(?:rais|wis|advis|exercis|promis|revis|supervis|surpris|premis|rais|comprom|"
    r"enterpris|aris|ris|pois|nois|prais|precis|expertis|franchis|televis|advertis|compris|disguis|"
    r"diseas|clos|hous|purchas|licens|leas))"
)


def lower_case(question: str) -> str:
    """Write it without capitals."""
    return question.lower()


def capitals(question: str) -> str:
    """Write it in capitals alone."""
    return question.upper()


def typos(question: str, share: float, seed: int = 1) -> str:
    """Put a slip into a share of its long words, at least into one: as fingers make them."""
    draw = Random(f"{seed} {share} {question}")  # noqa: S311  no secret depends on it
    long = [one for one in _WORD.finditer(question) if len(one.group()) >= LONG]
    chosen = draw.sample(long, min(len(long), max(1, round(share * len(long)))))
    for one in sorted(chosen, key=lambda match: -match.start()):
        question = question[: one.start()] + _slip(one.group(), draw) + question[one.end() :]
    return question


def keywords(question: str) -> str:
    """Leave its small words and its question mark away."""
    words = _KEPT.findall(question)
    kept = [word for word in words if not is_stop_word(folded(word).strip("."))]
    return " ".join(kept) or question


def padding(question: str, wording: int = 0) -> str:
    """Wrap it in politeness, in one of five wordings."""
    return _PADDED[wording % len(_PADDED)].format(question)


def other_english(question: str) -> str:
    """Write British spelling as American; American stays as it is."""
    parts = re.split(r"(\W+)", question)
    return "".join(part if _NOT_ISE.match(part) else _american(part) for part in parts)


def british(question: str) -> str:
    """Write American -ize, -or and -er as British; British stays as it is."""
    question = re.sub(r"iz(ation|ations|ational|ed|es|e|ing)\b", r"is\1", question)
    question = re.sub(r"\b([Cc]ol|[Ll]ab|[Hh]on|[Bb]ehavi|[Ff]av)or(?!i|a[rt])", r"\1our", question)
    question = re.sub(r"\b([Cc]ent|[Tt]heat)er(s?)\b", r"\1re\2", question)
    return re.sub(r"\b([Pp]rogram)(s?)\b", r"\1me\2", question)


KINDS: Mapping[Kind, Callable[[str], str]] = {
    "lower case": lower_case,
    "capitals": capitals,
    "typos 10%": lambda question: typos(question, 0.10),
    "typos 25%": lambda question: typos(question, 0.25),
    "keywords": keywords,
    "padding": lambda question: padding(question, len(question)),
    "other English": lambda question: (
        british(question) if british(question) != question else other_english(question)
    ),
}


def _american(word: str) -> str:
    for pattern, written in _SPELLINGS:
        word = re.sub(pattern, written, word)
    return word


def _slip(word: str, draw: Random) -> str:
    """Leave out, double, swap or miss a letter, not the first."""
    place = draw.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    kind = draw.choice(("left out", "doubled", "swapped", "missed"))
    if kind == "left out":
        return before + after
    if kind == "doubled":
        return before + letter + letter + after
    if kind == "swapped":
        return before + after[0] + letter + after[1:]
    beside = _NEIGHBOURS.get(letter.lower(), "") or letter
    missed = draw.choice(beside)
    return before + (missed.upper() if letter.isupper() else missed) + after
