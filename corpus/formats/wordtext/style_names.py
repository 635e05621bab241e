"""What a style of a word processor means, by its name and the names of those that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.formats.wordtext.seen import Role

_NO_OUTLINE = 9  # the outline level of body text
# Word stores the names of its own styles in English; other programs write them as they show them
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|t[ií]tulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|nadpis|заголовок|标题|標題|見出し|제목)\s*([1-9])\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"title|titel|titre|t[ií]tulo|titolo|název|tytuł|название|otsikko", re.IGNORECASE
)
_SUBTITLE = re.compile(r"sub-?title|untertitel|sous-titre|subt[ií]tulo|sottotitolo", re.IGNORECASE)
_CONTENTS = re.compile(
    r"toc heading|toc \d|contents (?:heading|\d)|table of (?:figures|authorities)|toa heading"
    r"|index (?:heading|\d)|(?:verzeichnis|tm|tdc|sommario|inhopg) \d",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption|beschriftung|légende|descripci[oó]n|legenda|didascalia", re.IGNORECASE
)


def meaning(chain: Iterable[tuple[str, int | None]]) -> tuple[int | None, Role]:
    """Return the outline level, from 0, and the role of a style: what is nearest counts.

    Args:
        chain: the name and the outline level of the style, of the one that it rests on, and so on.
    """
    outline: int | None = None
    for name, own in chain:
        if _CONTENTS.match(name):
            return None, "contents"
        if _CAPTION.fullmatch(name):
            return None, "caption"
        found = _HEADING.match(name)
        level = int(found[1]) - 1 if own is None and found else own
        if outline is None and level is not None:
            outline = level
        if outline is None and _SUBTITLE.fullmatch(name):
            return None, ""
        if outline is None and _TITLE.fullmatch(name):
            return None, "title"
    return (None if outline == _NO_OUTLINE else outline), ""
