"""Times as they are written: days, months, quarters, half-years, years, and what lies between."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from corpus.figures.model import Figure, Period
from corpus.metadata.dates import WRITTEN, date_at, month_number

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# those of French, Spanish and German that are not written as in English; with a year only
_FOREIGN_MONTH = (
    r"(?:janvier|févr?ier|fevrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[ée]cembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|"
    r"diciembre|januar|februar|märz|juni|juli|oktober|dezember)"
)
_YEAR = r"(?:19|20)\d\d(?![\w%]|[.,/]\d)"
_SHORT_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?![\w%]|[.,]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_FOREIGN_NTH = {"premier": 1, "deuxième": 2, "troisième": 3, "quatrième": 4, "primer": 1}
_FOREIGN_NTH |= {"segundo": 2, "tercer": 3, "cuarto": 4, "erstes": 1, "zweites": 2, "drittes": 3}
_FOREIGN_NTH |= {"viertes": 4, "première": 1, "second": 2, "primero": 1, "tercero": 3}
_NTH |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_PARTS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}
_PARTS |= {"début": "early", "principios": "early", "anfang": "early", "mi": "mid", "mitte": "mid"}
_PARTS |= {"mediados": "mid", "fin": "late", "finales": "late", "fines": "late", "ende": "late"}
_PART_MONTHS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_BETWEEN = re.compile(r"\s*(?:[–‑—-]|to|until|till|through|and|&)\s*(?:the\s)?", re.IGNORECASE)

Rule = Callable[[re.Match[str]], Figure]


def times(text: str) -> Iterator[Figure]:
    """Yield the times of a text, in order; from one to another is one time: "2024-2027"."""
    if not _WORTH_READING.search(text):
        return
    found = [figure for rule in _RULES for figure in _by_rule(text, *rule)]
    found += _days(text)
    found.sort(key=lambda figure: (figure.start, -figure.end))
    kept: list[Figure] = []
    for figure in found:
        if not kept or figure.start >= kept[-1].end or _same_place(figure, kept[-1]):
            kept.append(figure)
    yield from _joined(text, kept)


def dated(key: str, first: date, last: date, span: tuple[int, int]) -> Figure:
    """Return a time that has a first and a last day."""
    return Figure("time", key, *span, period=Period(first, last))


def _days(text: str) -> Iterator[Figure]:
    """Yield whole dates; of 03/04/2024, where day and month cannot be told apart, both readings."""
    for found in WRITTEN.finditer(text):
        if text[found.start() - 1 : found.start()].isalnum():
            continue
        written = date_at(text, found.start())
        if written is None:
            continue
        readings = [written.day] if written.day else []
        if written.day is None and found["one"]:
            one, two, year = int(found["one"]), int(found["two"]), int(found["year_of_two"])
            for month, number in ((two, one), (one, two)):
                with suppress(ValueError):
                    readings.append(date(year, month, number))
        for day in readings:
            yield dated(f"date:{day.isoformat()}", day, day, (found.start(), written.end))


def _by_rule(text: str, pattern: re.Pattern[str], rule: Rule) -> Iterator[Figure]:
    return map(rule, pattern.finditer(text))


def _quarter(found: re.Match[str]) -> Figure:
    named = found.groupdict()
    nth = _NTH | _FOREIGN_NTH
    number = int(named["number"]) if named.get("number") else nth[found["nth"].lower()]
    return _of_quarter(number, _year(found["year"]), found.span())


def _of_quarter(number: int, year: int | None, span: tuple[int, int]) -> Figure:
    if year is None:
        return Figure("time", f"quarter:{number}", *span)
    return dated(f"quarter:{year}-{number}", *_months(year, 3 * number - 2, 3 * number), span)


def _two_quarters(found: re.Match[str]) -> Figure:
    year, one, other = int(found["year"]), int(found["one"]), int(found["other"])
    key = f"period:{year}-{one}/{year}-{other}"
    return dated(key, *_months(year, 3 * one - 2, 3 * max(one, other)), found.span())


def _days_of_month(found: re.Match[str]) -> Figure:
    year, month = int(found["year"]), _number(found["month"])
    days = sorted(min(int(found[name]), monthrange(year, month)[1]) for name in ("one", "other"))
    first, last = (date(year, month, day) for day in days)
    return dated(f"period:{first.isoformat()}/{last.isoformat()}", first, last, found.span())


def _half(found: re.Match[str]) -> Figure:
    named = found.groupdict()
    nth = _NTH | _FOREIGN_NTH
    number = int(named["number"]) if named.get("number") else nth[found["nth"].lower()]
    year = _year(found["year"]) or 0
    key = f"half:{year}-{number}"
    return dated(key, *_months(year, 6 * number - 5, 6 * number), found.span())


def _part(found: re.Match[str]) -> Figure:
    word = found["part"].lower()
    part, year = _PARTS.get(word, word), int(found["year"])
    return dated(f"{part}:{year}", *_months(year, *_PART_MONTHS[part]), found.span())


def _month(found: re.Match[str]) -> Figure:
    return _of_month(month_number(found["month"].rstrip(".")), int(found["year"]), found.span())


def _of_month(month: int, year: int | None, span: tuple[int, int]) -> Figure:
    if year is None:
        return Figure("time", f"month:{month:02}", *span)
    return dated(f"month:{year}-{month:02}", *_months(year, month, month), span)


def _bare_month(found: re.Match[str]) -> Figure:
    return _of_month(_number(found["month"]), None, found.span("month"))


def _bare_day(found: re.Match[str]) -> Figure:
    return Figure("time", f"day:{_number(found['month']):02}-{int(found['day']):02}", *found.span())


def _split_year(found: re.Match[str]) -> Figure:
    """Read "2024/25", a year that begins in one and ends in the next."""
    first = int(found["year"])
    last = first // 100 * 100 + int(found["next"])
    key = f"period:{first}/{last}"
    return dated(key, date(first, 1, 1), date(max(first, last), 12, 31), found.span())


def _year_and_more(found: re.Match[str]) -> Figure:
    """Read "2024-25", two years, and "2026-04", a month: no range of years runs backwards."""
    year, more = int(found["year"]), int(found["more"])
    if more > year % 100:
        last = year // 100 * 100 + more
        key = f"period:{year}/{last}"
        return dated(key, date(year, 1, 1), date(last, 12, 31), found.span())
    if found["sign"] == "-" and 1 <= more <= len(_MONTHS):
        return _of_month(more, year, found.span())
    return dated(f"year:{year}", *_months(year, 1, 12), found.span("year"))


def _whole_year(found: re.Match[str]) -> Figure:
    year = int(found["year"])
    return dated(f"year:{year}", *_months(year, 1, 12), found.span("year"))


def _year(written: str | None) -> int | None:
    if not written:
        return None
    digits = written.strip("'’")
    return int(digits) if len(digits) > 2 else 2000 + int(digits)  # noqa: PLR2004  digits of a short year


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _same_place(one: Figure, other: Figure) -> bool:
    return (one.start, one.end) == (other.start, other.end) and one.key != other.key


def _joined(text: str, found: list[Figure]) -> Iterator[Figure]:
    """Join a time with the one that it runs to; the first takes its year from the second."""
    position = 0
    while position < len(found):
        figure = found[position]
        following = found[position + 1] if position + 1 < len(found) else None
        whole = _from_to(text, figure, following) if following else None
        yield whole or figure
        position += 2 if whole else 1


def _from_to(text: str, one: Figure, other: Figure) -> Figure | None:
    between = text[one.end : other.start]
    if other.period is None or not _BETWEEN.fullmatch(between):
        return None
    begun = _with_year(one, other.period.first.year)
    listed = between.strip().lower() in {"and", "&"} and one.period is not None
    if begun.period is None or begun.period.first >= other.period.first or listed:
        return None
    key = f"period:{begun.value}/{other.value}"
    return dated(key, begun.period.first, other.period.last, (one.start, other.end))


def _with_year(figure: Figure, year: int) -> Figure:
    """Return an undated quarter, month or day as that of a year."""
    span = (figure.start, figure.end)
    if figure.period is not None:
        return figure
    if figure.name == "quarter":
        return _of_quarter(int(figure.value), year, span)
    if figure.name == "month":
        return _of_month(int(figure.value), year, span)
    with suppress(ValueError):
        day = date.fromisoformat(f"{year}-{figure.value}")
        return dated(f"date:{day.isoformat()}", day, day, span)
    return figure


_WORTH_READING = re.compile(
    r"1[0-9]\d\d|20\d\d|[QH]\s?[1-4]|[1-4][QH]|\bquarter\b|"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_NTHS = "|".join(_NTH)
_FOREIGN_PART = (
    r"(?P<part>début|fin|mi|principios|mediados|finales|fines|Anfang|Mitte|Ende)"
    r"(?:\s(?:de\s|del\s)?|-)"
)


def _rule(pattern: str, rule: Rule) -> tuple[re.Pattern[str], Rule]:
    return re.compile(pattern, re.IGNORECASE), rule


def _foreign_nth(last: int) -> str:
    """Return what finds a number up to a last one, in words or figures: "premier", "2º"."""
    words = "|".join(word for word, number in _FOREIGN_NTH.items() if number <= last)
    return rf"(?:(?P<nth>{words})|(?P<number>[1-{last}])(?:ère|er|ème|e|º|°|\.)?)"


_TO = r"\s?(?:[&/–‑-]|to|and|until)\s?"
_RULES = (
    _rule(
        rf"\bQ(?P<one>[1-4]){_TO}Q?(?P<other>[1-4]),?\s(?:of\s)?(?P<year>{_YEAR})", _two_quarters
    ),
    _rule(
        rf"\b(?P<one>{_DAY})(?:st|nd|rd|th)?{_TO}(?P<other>{_DAY})(?:st|nd|rd|th)?\s"
        rf"(?P<month>{_MONTH})\s(?P<year>{_YEAR})",
        _days_of_month,
    ),
    _rule(rf"\b(?=(?-i:[A-Z]))(?P<month>{_MONTH})(?={_TO}{_MONTH})", _bare_month),
    _rule(
        rf"\bQ\s?(?P<number>[1-4])\b(?:(?:,?\s(?:of\s|FY\s?)?|[/’'-])(?P<year>{_SHORT_YEAR}))?",
        _quarter,
    ),
    _rule(rf"\b(?P<year>{_YEAR})[\s/,-]{{1,2}}Q(?P<number>[1-4])\b", _quarter),
    _rule(rf"\b(?P<number>[1-4])Q\s?(?P<year>{_SHORT_YEAR})", _quarter),
    _rule(
        rf"\b(?P<nth>{_NTHS})[\s-](?:calendar\s)?quarter\b(?:,?\s(?:of\s)?(?P<year>{_YEAR}))?",
        _quarter,
    ),
    _rule(rf"\bH(?P<number>[12])(?:,?\s(?:of\s)?|[/-])(?P<year>{_SHORT_YEAR})", _half),
    _rule(rf"\b(?P<number>[12])H\s?(?P<year>{_SHORT_YEAR})", _half),
    _rule(
        rf"\b(?P<nth>first|second|1st|2nd)\s(?:half|semester)(?:-year)?\s(?:of\s)?(?P<year>{_YEAR})",
        _half,
    ),
    _rule(
        rf"\b(?P<part>early|mid|late|end|beginning|start|middle)(?:\sof\s|[\s-])(?P<year>{_YEAR})",
        _part,
    ),
    _rule(rf"\b(?P<month>{_MONTH}),?[\s-](?:of\s)?(?P<year>{_YEAR})", _month),
    _rule(rf"\b(?P<month>{_FOREIGN_MONTH})\s(?:de\s|del\s)?(?P<year>{_YEAR})", _month),
    _rule(rf"\b{_FOREIGN_PART}(?P<year>{_YEAR})", _part),
    _rule(rf"\bT\s?(?P<number>[1-4])(?:\s(?:de\s)?|[/-])(?P<year>{_YEAR})", _quarter),
    _rule(rf"\b(?P<number>[1-4])T\s?(?:de\s)?(?P<year>{_YEAR})", _quarter),
    _rule(rf"\b(?P<number>[12])S\s?(?:de\s)?(?P<year>{_YEAR})", _half),
    _rule(rf"\bS(?P<number>[12])(?:\s(?:de\s)?|[/-])(?P<year>{_YEAR})", _half),
    _rule(
        rf"\b{_foreign_nth(4)}\s(?:trimestre|Quartal)\s(?:de\s|del\s)?(?P<year>{_YEAR})", _quarter
    ),
    _rule(
        rf"\b{_foreign_nth(2)}\s(?:semestre|Halbjahr)\s(?:de\s|del\s)?"
        rf"(?P<year>{_YEAR})",
        _half,
    ),
    _rule(rf"\b(?P<day>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})", _bare_day),
    _rule(rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:st|nd|rd|th)?\b", _bare_day),
    _rule(
        r"\b(?:in|by|until|before|after|since|from|of|between|to|and|during)\s"
        rf"(?=(?-i:[A-Z]))(?P<month>{_MONTH})",
        _bare_month,
    ),
    _rule(r"\b(?P<year>(?:19|20)\d\d)/(?P<next>\d\d)(?![\d/])", _split_year),
    _rule(
        r"(?<![\w.,/-])(?P<year>(?:19|20)\d\d)(?P<sign>[–‑-])(?P<more>\d\d)(?![\w%/]|[-.,]\d)",
        _year_and_more,
    ),
    _rule(rf"(?<![\w.,/])(?P<year>{_YEAR})", _whole_year),
    _rule(
        r"\b(?:in|since|by|until|of|from|before|after)\s(?P<year>1[0-8]\d\d)(?![\w.,]\d|\w)",
        _whole_year,
    ),
)
