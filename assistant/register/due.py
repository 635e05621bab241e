"""When a commitment is to be due, as people say it: "by mid-2024", "this quarter", "overdue"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from assistant.library.catalogue import in_words
from assistant.register.model import Filters, Timing
from assistant.register.stretches import CAN_BE_READ, Edge, Stretch, in_order, stretches
from corpus.errors import FilterUnreadable
from corpus.figures.model import Period

Lead = Literal["in", "by", "before", "from", "after"]
PeriodKind = Literal["day", "month", "quarter", "year", "days"]
Bounds = tuple[date | None, date | None]
Span = tuple[int, int]

_ONE_DAY = timedelta(days=1)
_OF_MONTHS: Mapping[int, PeriodKind] = MappingProxyType({1: "month", 3: "quarter", 12: "year"})
_LEADS: tuple[tuple[Lead, str], ...] = (
    ("before", r"(?:earlier\sthan|before|prior\sto|<)"),
    ("by", r"(?:(?:no|not)\slater\sthan|up\s(?:un)?til|up\sto|until|till?|by|through|to|<=|≤)"),
    ("after", r"(?:(?:any\stime\s)?after|later\sthan|beyond|past|>)"),
    ("from", r"(?:(?:starting|beginning|on\sor\safter)(?:\sfrom|\sin|\son)?|from|since|>=|≥)"),
    ("in", r"(?:between|within|during|throughout|in|on|at|for|of)"),
)
_DUE = r"(?:(?:falls?|falling|fell|is|are|was|were)\s)?(?:due|ends?|ending)\s"
_EDGE = r"(?:the\s)?(?P<edge>start|beginning|end)\sof\s(?:the\s)?"
_SAID = re.compile(
    rf"\b(?:{_DUE})?(?:(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _LEADS)})\s?)?"
    rf"(?:the\s)?(?:{_EDGE})?$|(?:<=|>=|[<>≤≥])\s?$",
    re.IGNORECASE,
)
_SIGNS: dict[str, Lead] = {"<": "before", "<=": "by", "≤": "by", ">": "after", ">=": "from"}
_ONWARDS = re.compile(
    r"[\s,]*(?:(?P<from>onwards?|(?:or|and)\s(?:later|beyond))|(?P<by>or\searlier|at\sthe\slatest))\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|&)\s(?:the\s)?", re.IGNORECASE)
_DATE = r"(?:due\s|end\s|target\s)?(?:dates?|deadlines?|time[\s-]?frames?|due\sday)"
_TIMINGS: tuple[tuple[Timing, str], ...] = (
    ("overdue", r"over-?due|past\sdue|behind\sschedule"),
    ("ongoing", r"on-?going|continuous|permanent"),
    ("undated", rf"undated|not\sdated|(?:no|without\s(?:an?y?\s)?){_DATE}|no\s{_DATE}"),
)
_TIMING = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _TIMINGS)})\b", re.IGNORECASE
)
_AS_OF = re.compile(
    rf"(?:{_TIMINGS[0][1]})(?P<as_of>\s*,?\s*(?:as\s(?:of|at)|on)?\s)$", re.IGNORECASE
)
_ALONE: dict[str, Timing] = {
    "none": "undated",
    "no": "undated",
    "never": "undated",
    "dated": "dated",
    "with a date": "dated",
}
_FILLER = re.compile(r"(?:[\s,;.?!]|\b(?:and|or|due|the|all|is|are)\b)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Due:
    """When commitments that are wanted fall due.

    Attributes:
        first, last: the days between which they fall due, both included; None is open.
        timing: any of these.
        as_of: the day on which "overdue" is counted, where the text names one.
    """

    first: date | None = None
    last: date | None = None
    timing: tuple[Timing, ...] = ()
    as_of: date | None = None

    def applied(self, filters: Filters) -> Filters:
        """Return the filters with this as their time."""
        return replace(filters, due_from=self.first, due_to=self.last, timing=self.timing)


@dataclass(frozen=True, slots=True)
class Found:
    """What a longer text says about when things are due, and which of its characters say it."""

    due: Due
    spans: tuple[Span, ...]


def read_due(text: str, today: date) -> Due:
    """Read what somebody wrote into the field "due".

    "Q1 2024" is what falls due within it, "by" takes in the last day, "before" ends on the eve of
    the first; the middle of a year lies between 30 June and 1 July. An empty text lets all through.

    Raises:
        FilterUnreadable: some of it has no such meaning.
    """
    said = " ".join(text.split())
    alone = _ALONE.get(said.lower())
    if alone:
        return Due(timing=(alone,))
    found = find_due(said, today)
    rest = said
    for start, end in reversed(found.spans if found else ()):
        rest = f"{rest[:start]} {rest[end:]}"
    if not _FILLER.fullmatch(rest):
        raise FilterUnreadable(f"“{said[:80]}” cannot be read as a time.", CAN_BE_READ)
    return found.due if found else Due()


def find_due(text: str, today: date) -> Found | None:
    """Return what a question says about when things are due; None where it says nothing of it.

    Names of documents must be taken out of it first: "People Strategy 2024–2027" is no time frame.

    Raises:
        FilterUnreadable: it names a time that cannot be read, or times that contradict each other.
    """
    timing, spans = _timings(text)
    bounds: Bounds = (None, None)
    as_of: date | None = None
    between = False
    for before, stretch, after in in_order(text, stretches(text, today)):
        counted = _counted_on(before, stretch)
        if counted:
            as_of = stretch.period.first
            spans.append(counted)
            continue
        second = between and bool(_AND.fullmatch(before))
        between = bool(_BETWEEN.search(before) and _AND.fullmatch(after))
        own, span = _bounded(before, stretch, after, "by" if second else "from" if between else "")
        bounds = _both(bounds, own)
        spans.append(span)
    joined = _OR.search(text) if len(spans) > 1 else None
    if any(bounds) and timing and (joined or set(timing) - {"overdue"}):
        raise FilterUnreadable(
            f"“{timing[0]}” and a stretch of time cannot be asked for at once.",
            "Ask for one, then for the other.",
        )
    return Found(Due(*bounds, timing, as_of), tuple(sorted(spans))) if spans else None


def due_in_words(due: Due | Filters) -> str:
    """Say a time as it was understood: "Q1 2024", "by 30 June 2024", "overdue"; empty for any."""
    first, last = (due.due_from, due.due_to) if isinstance(due, Filters) else (due.first, due.last)
    names = {"undated": "no date", "dated": "with a date"}
    said = [" or ".join(names.get(one, one) for one in due.timing)] if due.timing else []
    if first and last:
        said.append(period_in_words(first, last))
    elif last:
        said.append(f"by {in_words(last)}")
    elif first:
        said.append(f"from {in_words(first)}")
    return ", ".join(said)


def period_in_words(first: date, last: date) -> str:
    """Name the days between two: "Q1 2024", "2024", "March 2024", else both ends."""
    kind = period_of(first, last)
    if kind == "day":
        return in_words(first)
    if kind == "year":
        return str(first.year)
    if kind == "quarter":
        return f"Q{(first.month + 2) // 3} {first.year}"
    if kind == "month":
        return f"{first:%B %Y}"
    return f"{in_words(first)} to {in_words(last)}"


def period_of(first: date, last: date) -> PeriodKind:
    """Tell whether the days between two are a stretch that has a name of its own."""
    after = last + _ONE_DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    if first == last:
        return "day"
    if first.day == after.day == 1 and (first.month - 1) % months == 0:
        return _OF_MONTHS.get(months, "days")
    return "days"


def _timings(text: str) -> tuple[tuple[Timing, ...], list[Span]]:
    found = list(_TIMING.finditer(text))
    named = [name for one in found for name, _ in _TIMINGS if one[name]]
    return tuple(dict.fromkeys(named)), [one.span() for one in found]


def _counted_on(before: str, stretch: Stretch) -> Span | None:
    """Return where a text says on which day "overdue" is counted: "overdue as of today"."""
    said = _AS_OF.search(before)
    if said is None or stretch.period.first != stretch.period.last:
        return None
    return stretch.start - len(said["as_of"]), stretch.end


def _bounded(
    before: str, stretch: Stretch, after: str, as_part: Lead | Literal[""]
) -> tuple[Bounds, Span]:
    """Return the days that the words around a stretch make of it, and all that says so.

    Args:
        before: the text before it.
        stretch: what is bounded.
        after: the text after it.
        as_part: what it is of a stretch that is said in two parts, "between … and …".
    """
    said = _AND.fullmatch(before) if as_part == "by" else _SAID.search(before)
    onwards = _ONWARDS.match(after)
    lead, edge = as_part or _lead(said), stretch.edge
    if said and as_part != "by" and said["edge"]:
        edge = "end" if said["edge"].lower() == "end" else "start"
    if onwards:
        lead = "from" if onwards["from"] else "by"
    if lead == "from" and stretch.runs:
        lead = "in"
    start = stretch.start - (len(said[0]) if said else 0)
    end = stretch.end + (onwards.end() if onwards else 0)
    return _days(lead, stretch.period, edge), (start, end)


def _lead(said: re.Match[str] | None) -> Lead:
    if said is None:
        return "in"
    named = next((name for name, _ in _LEADS if said[name]), None)
    return named or _SIGNS.get(said[0].strip(), "in")


def _days(lead: Lead, period: Period, edge: Edge) -> Bounds:
    if lead == "in":
        return period.first, period.last
    first, last = _around(period, edge)
    if lead in {"by", "before"}:
        return None, last if lead == "by" else first - _ONE_DAY
    return (first if lead == "from" else last + _ONE_DAY), None


def _around(period: Period, edge: Edge) -> tuple[date, date]:
    """Return the first day from, and the last day by, a point of a stretch, or all of it."""
    if edge == "end":
        return period.last + _ONE_DAY, period.last
    if edge == "mid":
        return date(period.first.year, 7, 1), date(period.first.year, 6, 30)
    return period.first, period.first if edge == "start" else period.last


def _both(one: Bounds, other: Bounds) -> Bounds:
    """Join two bounds that each leave open what the other closes."""
    if (one[0] and other[0]) or (one[1] and other[1]):
        raise FilterUnreadable(
            "Only one stretch of time can be asked for at once.",
            "Ask from its first day to its last: “from Q1 2024 to Q3 2024”.",
        )
    first, last = one[0] or other[0], one[1] or other[1]
    if first and last and last < first:
        raise FilterUnreadable(
            f"The time ends on {in_words(last)}, before it begins on {in_words(first)}.",
            "Turn the two around.",
        )
    return first, last
