"""Dates as people write them in documents, in several languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Names and usual abbreviations, without accents; no two languages disagree on one of them.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv enero ene januar jaenner janner gennaio gen janeiro januari",
            "february feb fevrier fevr febrero februar febbraio fevereiro fev februari",
            "march mar mars marzo marz maerz mrz marco maart mrt",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juin junio juni giugno giu junho",
            "july jul juillet juil julio juli luglio lug julho",
            "august aug aout agosto ago augustus",
            "september sep sept septembre septiembre setiembre settembre set setembro",
            "october oct octobre octubre oktober okt ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec decembre diciembre dic dezember dez dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|re|[.º°ª])?"
_MONTH = r"[^\W\d_]{3,10}"
_OF = r"(?:of|de|del|d['’])"
WRITTEN = re.compile(
    r"(?P<iso>(?:19|20)\d\d(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2})(?!\d)"
    rf"|(?P<day>{_DAY})[\s-]*(?:{_OF}\s+)?(?P<month>{_MONTH})\.?,?[\s-]*(?:{_OF}\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<month_first>{_MONTH})\.?\s+(?P<day_next>{_DAY}),?\s+(?P<year_last>(?:19|20)\d\d)(?!\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year_of_two>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text.

    Attributes:
        day: None when it can be read in two ways (02/03/2024).
        text: as written.
        end: one past its last character.
    """

    day: date | None
    text: str
    end: int


def date_at(text: str, position: int, language: str = "") -> Written | None:
    """Return the date that is written from a position on; None if there is none.

    ``language`` tells whether the day stands first in 02/03/2024: in English nobody knows.
    """
    found = WRITTEN.match(text, position)
    if found is None:
        return None
    known = _parts(found, language)
    if known is None:
        return Written(None, found[0], found.end())
    try:
        return Written(date(*known), found[0], found.end())
    except ValueError:
        return None


def _parts(found: re.Match[str], language: str) -> tuple[int, int, int] | None:
    """Return year, month and day; None when which is which is open."""
    if found["iso"]:
        year, month, day = re.split(r"\D", found["iso"])
        return int(year), int(month), int(day)
    if found["month"]:
        return int(found["year"]), month_number(found["month"]), _number(found["day"])
    if found["month_first"]:
        year, month = int(found["year_last"]), month_number(found["month_first"])
        return year, month, _number(found["day_next"])
    one, two, year = int(found["one"]), int(found["two"]), int(found["year_of_two"])
    if one == two or one > 12 or found["sign"] == "." or language not in ("", "en"):  # noqa: PLR2004  months of a year
        return year, two, one
    return (year, one, two) if two > 12 else None  # noqa: PLR2004  the same


def month_number(name: str) -> int:
    """Return a month's number in any of the languages; 0, which no date has, for another word."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return _MONTHS.get("".join(char for char in plain if not unicodedata.combining(char)), 0)


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))
