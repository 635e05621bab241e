"""Text in a cell that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

# What spreadsheets take for the start of a formula, also in full width, and what they skip before
# it. An apostrophe is among it so that there is a way back; a tab or a return is risk enough.
_FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"  # = + - @
_STARTS = f"'=+\\-@\u2212{_FULL_WIDTH}"
_SKIPPED = "\\s\u200b-\u200f\u2060\ufeff"
_RISKY = f"(?=[{_SKIPPED}]*[{_STARTS}]|[\t\r])"
# A cell may also begin behind a semicolon, tab or line break within a text: where Excel's list
# separator is the semicolon, it cuts there, quotes or no quotes.
_START = "(?:^|(?<=[;\t\r\n]))"
_TO_GUARD = re.compile(_START + _RISKY)
_GUARD = re.compile(f"{_START}'{_RISKY}")


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe stands before it.

    Text that begins with an apostrophe gets one as well, so that ``unguarded`` finds the way back.
    """
    return _TO_GUARD.sub("'", text)


def unguarded(text: str) -> str:
    """Return the text that ``guarded`` was given."""
    return _GUARD.sub("", text)
