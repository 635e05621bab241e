"""The one normaliser: two texts are the same words when their normal forms are equal."""

from __future__ import annotations

import re
import unicodedata

_FOLDED = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "\u00ad": None}
)
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Return ``text`` with composed accents, straight quotes and single spaces; case is kept."""
    composed = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return _SPACES.sub(" ", composed).strip()
