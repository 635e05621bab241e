"""Texts as they enter: trimmed, of one kind of line break, without what no file can hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BeforeValidator

from evals.suites.files.names import spelled
from evals.suites.model import EXPECTED, IMPORTANCE, STATES, WHY, Expected, Importance, State, Why

_T = TypeVar("_T", bound=str)

# what YAML and the XML of a workbook can both hold
_UNSHOWN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID_WORDS = 6
_SECTION = re.compile(r"((?:\\.|[^\\›])*\\?)(?:›(.*))?", re.DOTALL)
_SIGNS = re.compile(r"[\\›]")
_MEANT = re.compile(r"\\(.)", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: 00:00(?::00)?)?", re.ASCII)


def text_of(value: object) -> str:
    """Return one text; raises ValueError with words for its writer."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("is a list; write one text")  # noqa: TRY004  pydantic takes it for an error of input
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    odd = _UNSHOWN.search(text)
    if odd:
        raise ValueError(f"holds a character that cannot be shown (U+{ord(odd[0]):04X})")
    return text


def texts_of(value: object) -> tuple[str, ...]:
    """Return several texts, without the empty ones; one alone will do."""
    if value is None or isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple) or any(isinstance(one, list | dict) for one in value):
        raise ValueError("is not a list of texts")
    return tuple(filter(None, map(text_of, value)))


def day_of(value: object) -> date | None:
    """Return a day, None where nothing is written."""
    text = text_of(value)
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text[:10])
    except ValueError:
        pass  # a day that no month has: the same words
    raise ValueError(f"holds no day: “{text}”; write it as 2026-01-31")


def share_of(value: object) -> float:
    """Return a share of 1, also from per cent."""
    text = text_of(value)
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise ValueError(f"is “{text}”, no share: write it as 0.8 or 80%")
    return number


def several(value: object) -> object:
    """Return a list of what may be written alone."""
    if value is None or value == "":
        return ()
    return [value] if isinstance(value, str) else value


def section_named(text: str) -> tuple[str, str]:
    """Return document and section of a text such as "Leave › 3. Carrying leave over".

    The section is empty where a document is meant as a whole.
    """
    found = _SECTION.fullmatch(text)
    document, section = (found[1], found[2] or "") if found else (text, "")
    return _MEANT.sub(r"\1", document).strip(), section.strip()


def section_text(document: str, section: str) -> str:
    """Return document and section as one text; the way back from ``section_named``."""
    named = _SIGNS.sub(r"\\\g<0>", document)
    return f"{named} › {section}" if section else named


def expected_of(value: object) -> Expected | None:
    """Return what is expected, None where it is left open."""
    return _choice(value, EXPECTED)


def why_of(value: object) -> Why | None:
    """Return why a question is not to be answered, None where nothing is said."""
    return _choice(value, WHY)


def importance_of(value: object) -> Importance:
    """Return how much a case weighs."""
    return _choice(value, IMPORTANCE) or "normal"


def state_of(value: object) -> State:
    """Return whether a case counts yet."""
    return _choice(value, STATES) or "reviewed"


Text = Annotated[str, BeforeValidator(text_of)]
Texts = Annotated[tuple[str, ...], BeforeValidator(texts_of)]
Day = Annotated[date | None, BeforeValidator(day_of)]
Share = Annotated[float, BeforeValidator(share_of)]
ExpectedText = Annotated[Expected | None, BeforeValidator(expected_of)]
WhyText = Annotated[Why | None, BeforeValidator(why_of)]
ImportanceText = Annotated[Importance, BeforeValidator(importance_of)]
StateText = Annotated[State, BeforeValidator(state_of)]


def id_from(question: str) -> str:
    """Return an id from the first words of a question."""
    plain = unicodedata.normalize("NFC", question).casefold()
    words = re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", ""))
    return "-".join(words[:_ID_WORDS]) or "case"


def _choice(value: object, choices: tuple[_T, ...]) -> _T | None:
    text = spelled(text_of(value))
    if not text:
        return None
    for choice in choices:
        if choice == text:
            return choice
    raise ValueError(f"is “{text}”; choose one of: {', '.join(choices)}")
