"""Several texts in one cell: a new line or “|” parts them, a backslash before it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NONE = "–"  # stands for an empty text where places must not shift
_PART = re.compile(r"(\\*)([|\n])")
_ENDS = re.compile(r"\\+$")
_NONE_MEANT = re.compile(rf"\\*{_NONE}")


def cell_of(texts: Sequence[str], *, keep_places: bool = False) -> str:
    """Return one cell with some texts.

    Args:
        texts: trimmed; none of them is empty unless places are kept.
        keep_places: an empty text is written as a dash, if there are several.
    """
    if len(texts) == 1:
        return _escaped(texts[0]) if not keep_places else _dashed(texts[0])
    parts = [_dashed(text) if keep_places else _escaped(text) for text in texts]
    return "\n".join(_ENDS.sub(lambda end: end[0] * 2, part) for part in parts[:-1]) + "".join(
        f"\n{part}" for part in parts[-1:]
    )


def texts_in(cell: str, *, keep_places: bool = False) -> tuple[str, ...]:
    """Return the texts of a cell, without the empty ones; the way back from ``cell_of``."""
    texts, text, at = [], "", 0
    for mark in _PART.finditer(cell):
        slashes, sign = mark[1], mark[2]
        text += cell[at : mark.start()] + slashes[: len(slashes) // 2]
        at = mark.end()
        if len(slashes) % 2:
            text += sign
        else:
            texts.append(text.strip())
            text = ""
    texts.append((text + cell[at:]).strip())
    if keep_places:
        texts = [_undashed(one) for one in texts if one]
        return tuple(texts)
    return tuple(filter(None, texts))


def _escaped(text: str) -> str:
    return _PART.sub(lambda part: f"{part[1] * 2}\\{part[2]}", text)


def _dashed(text: str) -> str:
    if not text:
        return _NONE
    return f"\\{text}" if _NONE_MEANT.fullmatch(text) else _escaped(text)


def _undashed(text: str) -> str:
    if text == _NONE:
        return ""
    return text[1:] if _NONE_MEANT.fullmatch(text) else text
