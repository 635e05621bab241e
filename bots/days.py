"""Days as people write them in a form, an address or on the command line."""

from __future__ import annotations

import re
from datetime import date

from corpus.errors import QuestionError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_day(text: str) -> date:
    """Read a day such as 2026-01-31.

    Raises:
        ValueError: with a plain sentence, when it is no such day.
    """
    sentence = f"“{text}” is not a day; write it as 2026-01-31."
    if not _DAY.fullmatch(text):
        raise ValueError(sentence)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(sentence) from error


def day_of(text: str) -> date | None:
    """Read the day of a form; an empty field is None.

    Raises:
        QuestionError: it is no day.
    """
    try:
        return read_day(text) if text else None
    except ValueError as error:
        raise QuestionError("The day cannot be read.", str(error)) from error
