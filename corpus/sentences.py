"""Where sentences begin and end."""

from __future__ import annotations

import re

Span = tuple[int, int]

# the look-behind keeps a long row of dots from being tried at each of its dots
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)"
    "|[\u3002\uff01\uff1f]+[”’\u300d\u300f\uff09]*"  # Chinese and Japanese
    r"|[\n\t]+"
)
_REACH = 40  # characters: the longest abbreviation or label that is looked for
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'«]+$")
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]$")
_LETTER = re.compile(r"\([a-z0-9]{1,4}\)\s")  # begins a sub-clause, and so a sentence
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+$")

# never end a sentence
_ALWAYS = frozenset(
    "e.g i.e cf viz vs dr mr mrs ms mme prof st hon gen rev col sgt messrs approx incl excl".split()
)
# do not end one when a number follows
_BEFORE_NUMBER = frozenset(
    "no nos art arts para paras pp sec secs ch chap vol fig figs cl reg regs ref tel ext"
    " annex app item doc rev ed abs nr bzw ca".split()
)
# initials that may stand at the end of a sentence
_MAY_END = frozenset(("a.m", "p.m"))


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of the sentences in ``text[start:end]``.

    Spans are in order, apart, without white space at their ends, and hold every word. A line
    break or a tab always ends a sentence; a semicolon or colon never does.
    """
    spans, begin = [], start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() >= begin and _ends(text, begin, stop, end):
            spans.append(_trimmed(text, begin, stop.end()))
            begin = stop.end()
    spans.append(_trimmed(text, begin, end))
    return tuple(span for span in spans if span[0] < span[1])


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = text[stop.end() : min(end, stop.end() + _REACH)].lstrip()
    letters = following.lstrip("\"'“‘«([")
    if stop[0][0] not in ".!?…" or not letters:
        return True
    if letters[0].islower() and not _LETTER.match(following):
        return False
    before = text[max(begin, stop.start() - _REACH) : stop.start()]
    return stop[0][0] != "." or not _is_abbreviated(before, following)


def _is_abbreviated(before: str, following: str) -> bool:
    """Say whether the full stop after ``before`` belongs to its last word alone."""
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found[0]
    if before.strip() == word and _LABEL.match(word + "."):
        return True
    if word.lower() in _ALWAYS:
        return True
    if word.lower() in _BEFORE_NUMBER:
        return following[0] in "(0123456789"
    return bool(_INITIALS.match(word + ".")) and word.lower() not in _MAY_END and word != "I"


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return start + left, max(start + left, start + len(part.rstrip()))
