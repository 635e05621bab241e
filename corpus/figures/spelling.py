"""Write a text's figures in one spelling, so that texts that mean the same have the same words."""

from __future__ import annotations

import re

from corpus.figures import Figure, by_place, figures_of
from corpus.figures.numbers import plain

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
# Reading all figures costs more than all else in making words; most texts have none to rewrite.
_DIGITS = re.compile(
    r"[%½¼¾€£$]|\d[,'’ \u00a0\u202f]\d{3}|(?:19|20)\d\d|(?<=[A-Za-z])\d|(?<=[A-Za-z]-)\d|"
    r"\d[QHqhkmbKMB]|\d\)?[ -](?:working|work|calendar|business|consecutive|full|paid|minute|hour|"
    r"day|night|week|month|year|per|million|thousand|billion|km|kg|kilo|euro|dollar|franc|pound|"
    r"swiss)"
)
_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand one half quarter grade grades version versions revision edition v q chf eur usd "
    "gbp".split()
)
_REWRITTEN = frozenset(("time", "number", "amount", "grade", "version"))


def spelled_alike(text: str) -> str:
    """Return a text with its figures in one spelling, for matching, never for showing.

    "Thirty (30) days" becomes "30 day", "the first quarter of 2024" "q1 2024", "P-4" "p4", and a
    date that can be read in two ways both of them.
    """
    if not _DIGITS.search(text) and _WORDS.isdisjoint(re.split(r"\W+", text.lower())):
        return text
    pieces: list[str] = []
    end = 0
    for readings in by_place(figures_of(text)):
        first = readings[0]
        if first.kind in _REWRITTEN and len({one.kind for one in readings}) == 1:
            pieces += [text[end : first.start], " ".join(map(_spelled, readings))]
            end = first.end
    return "".join([*pieces, text[end:]])


def _spelled(figure: Figure) -> str:
    if figure.kind == "time":
        return " ".join(_time(*half) for half in _halves(figure))
    if figure.kind == "grade":
        return f"grade {figure.value}" if figure.value.isdigit() else figure.value
    if figure.kind == "version":
        return f"version {figure.value}"
    quantity = figure.quantity
    ends = dict.fromkeys((quantity.low, quantity.high)) if quantity else ()
    unit = quantity.unit.replace("per cent", "percent") if quantity else ""
    return " ".join([*map(plain, ends), unit]).strip()


def _halves(figure: Figure) -> list[tuple[str, str]]:
    """Return the time, or the two times of a period, as (name, value)."""
    if figure.name != "period":
        return [(figure.name, figure.value)]
    return [(_name(value), value) for value in figure.value.split("/")]


def _name(value: str) -> str:
    return {4: "year", 6: "quarter", 7: "month"}.get(len(value), "date")


def _time(name: str, value: str) -> str:
    parts = value.split("-")
    if name in {"date", "day"}:
        return " ".join([str(int(parts[-1])), _MONTHS[int(parts[-2]) - 1], *parts[:-2]])
    if name == "month":
        return " ".join([_MONTHS[int(parts[-1]) - 1], *parts[:-1]])
    if name in {"quarter", "half"}:
        return " ".join([f"{name[0]}{parts[-1]}", *parts[:-1]])
    return value if name == "year" else f"{name} {value}"
