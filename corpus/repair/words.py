"""Words that conversion broke: hyphens left in, lost, or followed by a space."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.traced import NOWHERE, Traced

_SPLIT = re.compile(r"(?<=[^\W_])[-‐](\s+)(?=([^\W_]+))")
_BEFORE = re.compile(r"[^\W_]+$")
# "fixed- and short-term" is right as it stands; nor does a compound go on with an article
_KEEPS_SPACE = frozenset(
    "and or to nor but und oder bis et ou y o e u the a an this that it we you they is are".split()
)
_COMPOUND = re.compile(r"(?<![\w-])([^\W\d_]+)-([^\W\d_]+)(?![\w-])")
_PLAIN_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_NEXT = re.compile(r"\W*(\w+)")
_LAST = re.compile(r"(\w+)\W*$")
_NEAR = 40  # characters in which a neighbouring word is looked for
# "vis-à-vis", "tête-à-tête" with one or both hyphens lost
_REDOUBLED = re.compile(r"(?<!\w)([^\W\d_]{2,20})(-?)à(-?)\1(?!\w)")


@dataclass(frozen=True, slots=True)
class Words:
    """What a document's own spelling says about its broken words.

    Attributes:
        plain: its words without hyphens, in lower case.
        compounds: its words with hyphens, in lower case.
        phrases: (word before, compound without its hyphen, word after) to where the hyphen stood.
    """

    plain: frozenset[str]
    compounds: frozenset[str]
    phrases: dict[tuple[str, str, str], int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Collect the words of a document's texts."""
        plain: set[str] = set()
        compounds: set[str] = set()
        phrases: dict[tuple[str, str, str], int] = {}
        for text in texts:
            plain.update(word.lower() for word in _PLAIN_WORD.findall(text))
            for match in _COMPOUND.finditer(text):
                compounds.add(match[0].lower())
                whole = (match[1] + match[2]).lower()
                phrases[_neighbours(text, match, whole)] = len(match[1])
        return cls(frozenset(plain), frozenset(compounds), phrases)


def mend(text: Traced, words: Words) -> Traced:
    """Return the text with its broken words whole."""
    if "-" in text.text or "‐" in text.text:
        text = text.edited(_closed(text, words))
    if "à" in text.text:
        text = text.edited(_redoubled(text.text))
    return text.edited(_parted(text.text, words)) if words.phrases else text


def _closed(text: Traced, words: Words) -> Iterable[tuple[int, int, str]]:
    """Close "fast- changing" to "fast-changing" and "strat- egy" to "strategy".

    The hyphen goes only when the document has the whole word elsewhere and never the compound.
    """
    for match in _SPLIT.finditer(text.text):
        following = match[2].lower()
        first = _BEFORE.search(text.text[max(0, match.start() - _NEAR) : match.start()])
        if following in _KEEPS_SPACE or first is None or _marked_off(text, match):
            continue
        before = first[0].lower()
        whole = before + following in words.plain
        if whole and f"{before}-{following}" not in words.compounds:
            yield match.start(), match.end(), ""
        else:
            yield *match.span(1), ""


def _marked_off(text: Traced, match: re.Match[str]) -> bool:
    """Say whether a mark stood between hyphen and space, as in "the `pre-` form"."""
    hyphen, space = text.places[match.start()], text.places[match.start(1)]
    return NOWHERE not in (hyphen, space) and space != hyphen + 1


def _redoubled(text: str) -> Iterable[tuple[int, int, str]]:
    for match in _REDOUBLED.finditer(text):
        for hyphen in (2, 3):
            if not match[hyphen]:
                yield *match.span(hyphen), "-"


def _parted(text: str, words: Words) -> Iterable[tuple[int, int, str]]:
    """Give "legallysound" its hyphen back where the same phrase stands elsewhere with it.

    The neighbours must be the same: "wellbeing" and "well-being" in one document may both be
    what their authors wrote.
    """
    wholes = {whole for _, whole, _ in words.phrases}
    for match in _PLAIN_WORD.finditer(text):
        word = match[0].lower()
        if word in wholes and (at := words.phrases.get(_neighbours(text, match, word))):
            yield match.start() + at, match.start() + at, "-"


def _neighbours(text: str, match: re.Match[str], whole: str) -> tuple[str, str, str]:
    before = _LAST.search(text[max(0, match.start() - _NEAR) : match.start()])
    after = _NEXT.match(text, match.end(), match.end() + _NEAR)
    return (before[1].lower() if before else "", whole, after[1].lower() if after else "")
