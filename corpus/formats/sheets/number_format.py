"""A number as a spreadsheet shows it: percent, money, days and times, by the format of its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<skipped>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<am>AM/PM|A/P)|(?P<digits>[0#?](?:[0#?,.]*[0#?,.])?)"
    r"|(?P<exponent>E[+-]0+)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?$")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[_*].|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
_LONGEST_FORMAT = 255  # characters, as Excel allows
_DAYS_1904 = 1462  # between the two first days that serial numbers are counted from
_LAST_DAY = 2_958_466  # 31 December 9999 and a day
_LARGEST_POWER = 308  # of ten, in a number as spreadsheets keep it
_SHORT_YEAR = 2
_DAY_SECONDS = 86_400
_GENERAL_DIGITS = 11  # significant ones, as many as a cell has room for
_LARGEST_PLAIN = Decimal(10) ** 15  # beyond it Excel writes an exponent
_SMALLEST_PLAIN = Decimal(10) ** -9
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, slots=True)
class _Part:
    """One piece of a format: its kind (the name of its group in ``_TOKEN``) and its text."""

    kind: str
    text: str


def builtin_format(number: int) -> str:
    """Return the format that every spreadsheet knows by this number."""
    return BUILTIN_FORMATS.get(number, "General")


def is_moment(code: str) -> bool:
    """Say whether a format shows a day, a time or a duration."""
    return any(part.kind in ("date", "elapsed") for part in _parts(_sections(code)[0]))


def shown(value: str, code: str, *, since_1904: bool = False) -> str:
    """Return a number as its cell shows it.

    A day that is written in figures alone is given as 2024-05-01, because its order is the
    reader's own; one with the month's name as the format has it, in English.

    Args:
        value: the number as the file has it.
        code: the format's code ("0.0%", "#,##0.00 [$€-407]", "d mmmm yyyy").
        since_1904: days are counted from 1 January 1904.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or number.adjusted() > _LARGEST_POWER:
        return value
    section, number = _chosen(_sections(code), number)
    parts = _parts(section)
    if any(part.kind in ("date", "elapsed") for part in parts):
        return _moment(number, parts, since_1904=since_1904)
    if any(part.kind in ("digits", "general") or part.text == "@" for part in parts):
        return _number(number, parts)
    return "".join(part.text for part in parts if part.kind == "text").strip()


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[str, ...]:
    """Return the parts of a format for positive numbers, negative ones, zero and text."""
    if len(code) > _LONGEST_FORMAT:
        return ("General",)
    found = [match[1] for match in _SECTION.finditer(code)]
    if len(found) > 1 and not found[-1] and not code.endswith(";"):
        found.pop()  # the empty match at the end
    return tuple(found) or ("General",)


def _chosen(sections: tuple[str, ...], number: Decimal) -> tuple[str, Decimal]:
    """Return the section that fits a number, and the number without the sign it has there."""
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(number, *condition):
                return section, number
        return "General", number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:  # noqa: PLR2004  the third is for zero
        return sections[2], number
    return sections[0], number


def _condition(section: str) -> tuple[str, Decimal] | None:
    for part in re.findall(r"\[([^\]]*)\]", section):
        if found := _CONDITION.match(part):
            return found[1], Decimal(found[2])
    return None


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": number < bound,
        ">": number > bound,
        "=": number == bound,
        "<=": number <= bound,
        ">=": number >= bound,
        "<>": number != bound,
    }[sign]


@lru_cache(maxsize=1000)
def _parts(section: str) -> tuple[_Part, ...]:
    parts = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "bracket":
            parts += _bracketed(text)
        elif kind in ("quoted", "escaped", "other"):
            parts.append(_Part("mark" if kind == "other" and text in "%/@" else "text", text))
        elif kind == "skipped":
            parts.append(_Part("text", " " if match[0][0] == "_" else ""))
        elif kind == "am":
            parts.append(_Part("am", text))
        else:
            parts.append(_Part(kind, text))
    return tuple(parts)


def _bracketed(text: str) -> list[_Part]:
    """Return what a bracket shows: a currency or a duration; colours and conditions do not."""
    if found := _CURRENCY.match(text):
        return [_Part("text", found[1])]
    return [_Part("elapsed", text)] if _ELAPSED.fullmatch(text) else []


def _number(number: Decimal, parts: tuple[_Part, ...]) -> str:
    percents = sum(part.text.count("%") for part in parts if part.kind == "mark")
    number *= Decimal(100) ** percents
    negative = "-" if number < 0 else ""
    number = abs(number)
    if any(part.kind == "mark" and part.text == "/" for part in parts):
        return negative + _fraction(number, parts)
    pattern = "".join(part.text for part in parts if part.kind == "digits")
    exponent = next((part.text for part in parts if part.kind == "exponent"), "")
    written = _exponential(number, pattern, exponent) if exponent else _digits(number, pattern)
    texts, done = [], False
    for part in parts:
        if part.kind == "digits" and not done:
            texts.append(written)
            done = True
        elif part.kind == "general" or part.text == "@":
            texts.append(general(number))
        elif part.kind in ("text", "mark"):
            texts.append(part.text)
    text = "".join(texts).strip()
    return negative + text if any(char not in "0.,% " for char in text) else text


def _digits(number: Decimal, pattern: str) -> str:
    """Return digits by a pattern such as "#,##0.00"."""
    core = pattern.rstrip(",")
    number /= Decimal(1000) ** (len(pattern) - len(core))
    whole, _, decimals = core.partition(".")
    decimals = decimals.replace(",", "")
    rounded = _rounded(number, len(decimals))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    left, _, right = text.partition(".")
    least = whole.count("0")
    if not least and left == "0":
        left = ""
    left = left.rjust(least, "0") if "," not in left else left
    while right and decimals[len(right) - 1] in "#?" and right[-1] == "0":
        right = right[:-1]
    return f"{left}.{right}" if right else left or ("0" if least else "")


def _rounded(number: Decimal, places: int) -> Decimal:
    """Round half up, as spreadsheets do, after the 15 digits that they keep."""
    kept = Decimal(f"{number:.15g}")
    try:
        return kept.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than a number has: nothing to round
        return kept


def _exponential(number: Decimal, pattern: str, exponent: str) -> str:
    places = len(pattern.partition(".")[2])
    mantissa, _, power = f"{number:.{places}E}".partition("E")
    sign = "-" if power.startswith("-") else "+" if "+" in exponent else ""
    return f"{mantissa}E{sign}{power.lstrip('+-').zfill(exponent.count('0'))}"


def _fraction(number: Decimal, parts: tuple[_Part, ...]) -> str:
    patterns = [part.text for part in parts if part.kind == "digits"]
    bottom = patterns[-1] if patterns else "?"
    whole = int(number) if len(patterns) > _SHORT_YEAR else 0
    rest = Fraction(number) - whole
    fixed = bottom.isdigit() and int(bottom) > 0
    found = (
        Fraction(round(rest * int(bottom)), 1)
        if fixed
        else rest.limit_denominator(10 ** min(len(bottom), 4) - 1)
    )
    top, under = (found.numerator, int(bottom)) if fixed else found.as_integer_ratio()
    if top == under:
        whole, top = whole + 1, 0
    if not top:
        return str(whole)
    return f"{whole} {top}/{under}" if whole else f"{top}/{under}"


def general(number: Decimal) -> str:
    """Return a number as a cell without a format shows it: up to eleven digits."""
    size = abs(number)
    if size and not _SMALLEST_PLAIN <= size < _LARGEST_PLAIN:
        mantissa, _, power = f"{number:.5E}".partition("E")
        digits = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{digits}E{power[0]}{power[1:].zfill(2)}"
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    places = max(0, _GENERAL_DIGITS - 1 - len(str(int(size))))
    text = f"{_rounded(number, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(number: Decimal, parts: tuple[_Part, ...], *, since_1904: bool) -> str:
    """Return a day, a time or a duration."""
    if any(part.kind == "elapsed" for part in parts):
        return _duration(number, parts)
    days = number + _DAYS_1904 if since_1904 else number
    if not 0 <= days < _LAST_DAY:
        return general(number)
    at = _day_of(days)
    codes = [part.text.lower() for part in parts if part.kind == "date"]
    in_figures = {"y", "d"} <= {code[0] for code in codes} and not any(
        code.startswith(("mmm", "ddd")) for code in codes
    )
    if in_figures:
        return f"{at:%Y-%m-%d %H:%M}" if "h" in "".join(codes) else f"{at:%Y-%m-%d}"
    return "".join(_written(at, parts)).strip()


def _day_of(days: Decimal) -> datetime:
    """Return the moment of a serial number; day 60 never was, but Excel counts it."""
    first = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)  # noqa: DTZ001, PLR2004  a sheet has no zone; day 60 is the one that 1900 did not have
    seconds = int((days * _DAY_SECONDS).to_integral_value(ROUND_HALF_UP))
    return first + timedelta(seconds=seconds)


def _is_minute(codes: list[str], place: int) -> bool:
    """Say whether an "m" is a minute: after hours or before seconds."""
    before = codes[place - 1] if place else ""
    after = codes[place + 1] if place + 1 < len(codes) else ""
    return before.startswith("h") or after.startswith("s")


def _written(at: datetime, parts: tuple[_Part, ...]) -> list[str]:
    """Return the pieces of a moment as the format orders them."""
    codes = [part.text.lower() for part in parts if part.kind == "date"]
    half = any(part.kind == "am" for part in parts)
    texts, place = [], 0
    for part in parts:
        if part.kind == "date":
            texts.append(_piece(at, codes, place, half=half))
            place += 1
        elif part.kind == "am":
            texts.append("AM" if at.hour < 12 else "PM")  # noqa: PLR2004  noon
        elif part.kind in ("text", "mark"):
            texts.append("" if part.text == "@" else part.text)
    return texts


def _piece(at: datetime, codes: list[str], place: int, *, half: bool) -> str:
    code = codes[place]
    size = len(code)
    match code[0]:
        case "y":
            return f"{at:%Y}" if size > _SHORT_YEAR else f"{at:%Y}"[-2:]
        case "d":
            name = _WEEKDAYS[at.weekday()]
            return (str(at.day), f"{at:%d}", name[:3], name)[min(size, 4) - 1]
        case "h":
            hour = (at.hour - 1) % 12 + 1 if half else at.hour
            return str(hour).zfill(min(size, 2))
        case "s":
            return str(at.second).zfill(min(size, 2))
    if _is_minute(codes, place):
        return str(at.minute).zfill(min(size, 2))
    name = _MONTHS[at.month - 1]
    return (str(at.month), f"{at:%m}", name[:3], name, name[:1])[min(size, 5) - 1]


def _duration(number: Decimal, parts: tuple[_Part, ...]) -> str:
    """Return a length of time, its first unit counted up: [h]:mm."""
    negative = "-" if number < 0 else ""
    seconds = int((abs(number) * _DAY_SECONDS).to_integral_value(ROUND_HALF_UP))
    texts = []
    for part in parts:
        unit = part.text[:1].lower()
        if part.kind == "elapsed":
            count = seconds // {"h": 3600, "m": 60, "s": 1}[unit]
            texts.append(str(count).zfill(len(part.text)))
        elif part.kind == "date":
            count = {"h": seconds // 3600 % 24, "m": seconds // 60 % 60, "s": seconds % 60}.get(
                unit, 0
            )
            texts.append(str(count).zfill(min(len(part.text), 2)))
        elif part.kind in ("text", "mark"):
            texts.append(part.text)
    return negative + "".join(texts).strip()
