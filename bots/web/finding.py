"""Words looked for within one document: accents and capitals make no difference."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from bots.web.parts import Span

LONGEST_WORDS = 200  # characters
MOST_MARKED = 2_000  # a word that stands more often tells nobody where to read

_BETWEEN = r"\W{1,4}"  # a space, a line break, a hyphen, a comma with its space


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in a document.

    Attributes:
        spans: in order, the first ``MOST_MARKED`` of them.
        count: of all.
        apart: they do not stand together anywhere; each is found where it stands.
    """

    spans: tuple[Span, ...]
    count: int
    apart: bool = False


def find(text: str, words: str) -> Found:
    """Find words where they follow one another; each of them alone where they never do.

    A word is found where one begins with it: "polic" finds "policies", "leave" no "sleeve".
    """
    folded = _fold(text)
    wanted = [re.escape(word) for word in re.findall(r"\w+", _fold(words))]
    if not wanted:
        return Found((), 0)
    together = _spans(folded, _BETWEEN.join(wanted))
    if together or len(wanted) == 1:
        return Found(tuple(together[:MOST_MARKED]), len(together))
    alone = _spans(folded, f"(?:{'|'.join(sorted(wanted, key=len, reverse=True))})")
    return Found(tuple(alone[:MOST_MARKED]), len(alone), apart=bool(alone))


def _spans(text: str, pattern: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w){pattern}", text)]


class _Letters(dict[int, str]):
    """Each character as the one small letter that it is compared by, so that no place moves."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = bare[:1] or chr(code)
        return self[code]


@cache
def _letters() -> _Letters:
    return _Letters()


def _fold(text: str) -> str:
    return text.translate(_letters())
