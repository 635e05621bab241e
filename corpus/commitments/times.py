"""By when: the time frames that a cell holds, two where two values are stacked in it."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.commitments.model import Doubt, Quote, Time
from corpus.figures.timeframes import TimeFrame, time_frame
from corpus.figures.times import times

_ONGOING = re.compile(
    r"\b(?:on-?going|continuous(?:ly)?|permanent(?:e|ly)?|recurr(?:ing|ent))\b", re.IGNORECASE
)
# what may stand between two values that are just stacked
_BETWEEN = re.compile(r"[\s,;/|•–—-]*(?:and|&|then|et|y)?[\s,;/|•–—-]*", re.IGNORECASE)
_NO_DATE = re.compile(
    r"(?:[-–—.*\s]*|n\.?/?a\.?|none|tb[acd]|to be (?:determined|confirmed|decided|defined|agreed)|"
    r"as (?:needed|required|necessary|appropriate|agreed)|open|à (?:déterminer|définir|préciser)|"
    r"por (?:definir|determinar)|sin fecha|sans date|offen)\Z",
    re.IGNORECASE,
)
_BY = (
    r"\b(?:(?:deadline|due(?: date)?|time-? ?frame|timeline|target(?: date)?|date|échéance|"
    r"délai|plazo|fecha límite|frist)\s*:\s*(?:by\s+)?|"
    r"(?:by|before|until|no later than|not later than|at the latest by|due(?: by| in| on)?|"
    r"during|in|"
    r"d[’']ici|avant|au plus tard|antes del?|a más tardar|para|bis|spätestens)\s+"
    r"(?:(?:the|le|la|el|am|en)\s+)?(?:end\s+of\s+|fin\s+)?)"
)
# what says more than the year beside it, and no day that is known
_FINER = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|printemps|été|automne|hiver|primavera|verano|otoño|"
    r"invierno|frühjahr|frühling|sommer|herbst|term|semester|semestre|trimester|trimestre|"
    r"cuatrimestre|halbjahr|quartal|quarter|months?|weeks?|mois|meses|semaine|semana|woche|kw)\b",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"(?<![\w.,/-])[A-Z]?\d{1,2}[.,]?\s+\Z", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DEADLINE = re.compile(_BY, re.IGNORECASE)
_LAST_WORDS = re.compile(r"[(\[–—-]\s*(?P<inside>[^()\[\]–—]{2,60}?)\s*[)\]]?\s*[.;]?\s*\Z")


def times_of(text: str, start: int) -> tuple[tuple[Time, ...], tuple[Doubt, ...]]:
    """Return the time frames of a cell, each verbatim, and what could not be read of it.

    Args:
        text: of the cell.
        start: where it stands in the canonical text.
    """
    if _NO_DATE.match(text.strip()):
        return (), ()
    frames, unread = _frames(text)
    found = (Time(Quote(text[a:b], start + a, start + b), frame) for a, b, frame in frames)
    return tuple(found), unread


def deadline_of(text: str, start: int) -> tuple[Time, ...]:
    """Return the time by which a sentence says that it will be done; nothing where it says none.

    A time counts after "by", "until" or the like, or in brackets at the end: "Strategy 2030" is a
    name, and "since 2019" no promise.
    """
    if not _DIGIT.search(text):
        return ()
    dated = [figure for figure in times(text) if figure.period is not None]
    for figure in dated:
        before = [one.end() for one in _DEADLINE.finditer(text, 0, figure.start)]
        if before and before[-1] == figure.start:
            return (_time(text, figure.start, figure.end, start),)
    closing = _LAST_WORDS.search(text) if dated else None
    if closing and any(one.period for one in times(closing["inside"])):
        a, b = closing.span("inside")
        if _open_ended(text[a:b]):  # "(from Q1 2026)" begins then and falls due at no time
            return (_time(text, a, b, start),)
        figure = next(one for one in times(text[a:b]) if one.period)
        return (_time(text, a + figure.start, a + figure.end, start),)
    return ()


@lru_cache(1_024)  # few texts stand in many cells
def _frames(text: str) -> tuple[tuple[tuple[int, int, TimeFrame], ...], tuple[Doubt, ...]]:
    """Return the place and the reading of each value in a cell, and what could not be read."""
    found: list[tuple[int, int, TimeFrame]] = []
    doubts: list[Doubt] = []
    for a, b in _stacked(text) or [_inner(text)]:
        frame = time_frame(text[a:b])
        if _is_unread(text[a:b], frame):
            frame = TimeFrame("none")  # rather no day than one that is guessed
            doubts.append(_unclear(text[a:b]))
        found.append((a, b, frame))
    return tuple(found), tuple(doubts)


def _stacked(text: str) -> list[tuple[int, int]]:
    """Return the places of several values that stand together without words between."""
    if _open_ended(text):  # "October 2025 – ongoing" is one
        return []
    found = [(one.start, one.end) for one in times(text) if one.period]
    found += [one.span() for one in _ONGOING.finditer(text)]
    found = sorted(set(found))
    if len(found) < 2:  # noqa: PLR2004  one value is the whole cell's
        return []
    edges = [0, *(edge for span in found for edge in span), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return found if all(_BETWEEN.fullmatch(text[a:b]) for a, b in gaps) else []


def _open_ended(text: str) -> bool:
    frame = time_frame(text)
    return frame.first is not None and frame.last is None


def _is_unread(text: str, frame: TimeFrame) -> bool:
    """Tell whether nothing was read, or not all.

    Of "Q1 Q3 2025" the first has no year; of "summer 2026" and "week 12, 2026" the year says less;
    03/04/2026 can be two days, and "Q5 2026" and "31 February 2026" are none.
    """
    if frame.kind in {"none", "ongoing"}:
        return frame.kind == "none"
    if frame.kind == "year" and _FINER.search(text):
        return True
    found = list(times(text))
    places = [(figure.start, figure.end) for figure in found]
    left = any(_NUMBER_BEFORE.search(text, 0, start) for start, _ in places)
    dated = {figure.period is not None for figure in found}
    return len(dated) > 1 or len(set(places)) < len(places) or left


def _inner(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _time(text: str, first: int, last: int, start: int) -> Time:
    written = Quote(text[first:last], start + first, start + last)
    return Time(written, time_frame(written.text))


def _unclear(words: str) -> Doubt:
    return Doubt("time unclear", f"“{' '.join(words.split())}” could not be read as a time.")
