"""Which figures of a question are asked about, and which only describe whoever asks."""

from __future__ import annotations

import re

from corpus.figures import Figure, figures_of
from corpus.sentences import Span

# What one asks about is found by its number or its time. Numbers and amounts are what an answer
# gives; one in the question is compared with it, never looked for.
_DEMANDED = frozenset(("time", "grade", "code", "clause", "part", "version"))
_CLAUSE_END = re.compile(
    r"[.!?;:](?=\s|$)|,\s|\s[–—-]\s|"
    r"\s(?=(?:if|when|because|since|after|although|though|while|as|but|and|so|given)\s+"
    r"(?:i|we|my|our)\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\W*(?:(?:if|when|because|since|after|although|though|while|as|but|and|so|given|that)\s+)*"
    r"(?:i|we|my|our|(?:both|all|some|one) of us)(?:\b|['’])",
    re.IGNORECASE,
)
# "I want to know …" asks; it does not describe
_ASKS = re.compile(
    r"\b(?:know|wonder(?:ing)?|ask(?:ing)?|find|see|looking for|read|understand|learn|tell|"
    r"question)\b",
    re.IGNORECASE,
)


def demands(question: str) -> tuple[Figure, ...]:
    """Return the figures that an answer must be about.

    These are times with a year, quarters, clauses, grades, codes and versions, but not those of a
    clause in which the asker speaks of themselves ("I joined in 2019. What …?").
    """
    described = describing(question)
    return tuple(
        figure
        for figure in figures_of(question)
        if figure.kind in _DEMANDED
        and not (figure.kind == "code" and question.isupper())  # "THE 360" is none
        and not _recurs(figure)
        and not any(start <= figure.start < end for start, end in described)
    )


def describing(question: str) -> list[Span]:
    """Return the places of the clauses in which the asker is the subject of a statement."""
    start = 0
    found: list[Span] = []
    ends = [(end.start(), end.end()) for end in _CLAUSE_END.finditer(question)]
    for stop, following in [*ends, (len(question), len(question))]:
        clause = question[start:stop]
        if _SUBJECT.match(clause) and not _ASKS.search(clause):
            found.append((start, stop))
        start = following
    return found


def _recurs(figure: Figure) -> bool:
    """Tell whether a time comes every year: "in December", "by 31 March"."""
    return figure.name in {"month", "day"} and figure.period is None
