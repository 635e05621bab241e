"""What documents number: clauses, annexes, grades, codes and versions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.figures.currencies import CURRENCY_CODES
from corpus.figures.model import Figure, Kind

_LAST_OF_SERIES = 9  # grades and classes are counted with one digit
_MOST_STEPS = 20  # of a range of grades
_ROMAN = {"I": 1, "V": 5, "X": 10}
_LETTERED = r"(?:\s?\([a-z0-9]{1,4}\))"
_CLAUSE = re.compile(
    r"(?:\b(?:sub-?)?(?:section|clause|article|rule|regulation|paragraph|provision|point|item|para|"
    r"art|sec)s?\b\.?|§{1,2})\s?(?P<number>\d{1,4}(?:\.\d{1,4})*(?![\d%]|,\d)|(?-i:[IVX]{1,6}\b))"
    rf"(?P<letters>{_LETTERED}*)",
    re.IGNORECASE,
)
_BARE_CLAUSE = re.compile(
    rf"(?<!(?-i:{CURRENCY_CODES}) )"  # nor is "CHF 300.50" a clause
    r"(?<![\w.,/$€£-])(?P<number>\d{1,3}(?:\.\d{1,3})+)"
    rf"(?![\w%]|[.,/]\d| ?[mb]illion| thousand)(?P<letters>{_LETTERED}*)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?P<noun>annex|appendix|schedule|attachment|chapter|part|title|step|stage|phase|table|"
    r"figure|box|level|module|tier)\s(?P<number>\d{1,3}(?:\.\d{1,3})*(?![\w%])|(?-i:[IVX]{1,6}|[A-Z])\b"
    r"|(?<=x\s)[b-z]\b)",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\b(?:versions?\s|v\.?\s?(?=\d)|rev(?:ision|\.)?\s|edition\s)(?P<number>\d[\w.–-]*)",
    re.IGNORECASE,
)
_CODED = r"(?:[A-Z]{1,3}-\d{1,2}|(?!Q[1-4]\b)[A-Z]{1,2}\d{1,2})(?![\w/]|[.,]\d)"
_GRADE = re.compile(
    rf"(?<![\w/€$£.-])(?P<one>{_CODED}|(?!q)[a-z]-?\d(?!\w)|[a-z]{{2}}-\d(?!\w))"
    rf"(?:(?:\s?[–‑-]\s?|\sto\s)(?P<other>{_CODED}|[a-z]-?\d(?!\w)))?"
)
_NAMED_GRADE = re.compile(
    r"\b(?:grade|band|class|category)s?\s(?P<one>\d{1,2})(?!\w)"
    r"(?:(?:\s?[–‑-]\s?|\sto\s)(?P<other>\d{1,2})(?!\w))?",
    re.IGNORECASE,
)
_CODE = re.compile(
    rf"(?<![\w/.-])(?!(?:{CURRENCY_CODES})[ -])"  # "CHF 600" is an amount
    r"(?:[A-Z]{2,5}[ -](?!(?:19|20)\d\d\b)\d{2,5}(?:[:-]\d{1,4})*|"
    r"(?=[A-Z0-9./-]*\d)[A-Z]{1,6}(?:/[A-Z0-9][A-Z0-9.-]{0,9})+)(?![\w/])"
)


def references(text: str) -> Iterator[Figure]:
    """Yield what a text refers to by number, in order of kind.

    A range of grades yields all of them at its place: "G-6 to P-2" holds g6, g7, g8, g9, p1, p2.
    A bare "3.2" may be a clause; whoever reads it also as a number finds both at one place.
    """
    for pattern in (_CLAUSE, _BARE_CLAUSE):
        for found in pattern.finditer(text):
            path = clause_path(f"{found['number']} {found['letters']}")
            yield _figure("clause", f"clause:{path}", found)
    for found in _PART.finditer(text):
        yield _figure("part", f"{found['noun'].lower()}:{clause_path(found['number'])}", found)
    for found in _VERSION.finditer(text):
        yield _figure("version", f"version:{found['number'].lower().rstrip('.-–')}", found)
    for found in _CODE.finditer(text):
        yield _figure("code", "code:" + re.sub(r"[\s-]", "", found[0]).lower(), found)
    yield from _grades(text)


def clause_path(label: str) -> str:
    """Return a label in one spelling, its levels joined by dots: "3.2 (b)" is "3.2.b".

    Roman capitals are numbers ("IV" is 4); small ones are the letters of an item: "(ii)".
    """
    levels = re.findall(r"[^\W_]+", label)
    return ".".join(_roman(level) for level in levels).lower()


def _grades(text: str) -> Iterator[Figure]:
    for found in _GRADE.finditer(text):
        first = _series(found["one"])
        for code in _steps(first, _series(found["other"]) if found["other"] else first):
            yield _figure("grade", f"grade:{code}", found)
    for found in _NAMED_GRADE.finditer(text):
        first = ("", int(found["one"]))
        last = ("", int(found["other"])) if found["other"] else first
        for code in _steps(first, last):
            yield _figure("grade", f"grade:{code}", found)


def _series(code: str) -> tuple[str, int]:
    letters, digits = re.split(r"-|(?<=[A-Za-z])(?=\d)", code, maxsplit=1)
    return letters.lower(), int(digits)


def _steps(first: tuple[str, int], last: tuple[str, int]) -> list[str]:
    """Return the codes of a range; one that runs over two series takes in the end of the first."""
    (series, start), (other, end) = first, last
    stop = end if series == other else max(start, _LAST_OF_SERIES)
    codes = [f"{series}{number}" for number in range(start, min(stop, start + _MOST_STEPS) + 1)]
    if series != other:
        codes += [f"{other}{number}" for number in range(1, min(end, _MOST_STEPS) + 1)]
    return codes or [f"{series}{start}"]


def _roman(level: str) -> str:
    """Return the value of a Roman number of I, V and X in capitals; anything else as it is."""
    if set(level) - set(_ROMAN):
        return level
    values = [_ROMAN[letter] for letter in level]
    following = [*values[1:], 0]
    return str(
        sum(-one if one < after else one for one, after in zip(values, following, strict=True))
    )


def _figure(kind: Kind, key: str, found: re.Match[str]) -> Figure:
    return Figure(kind, key, found.start(), found.start() + len(found[0].rstrip(".-–")))
