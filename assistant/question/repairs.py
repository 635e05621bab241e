"""Spelling repaired to the words of the documents.

A word is repaired only if it is wrong: the documents do not have it, and neither does English.
"dental" must not become "rental" because the documents speak of rent and not of teeth. Of several
words that it could be, one must stand out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.acronyms import is_short_form
from indexing.english import frequencies, is_english, near_english
from indexing.index import Index
from indexing.keywords import folded, is_stop_word, tokens
from indexing.lexicon import Near, Vocabulary

SHORTEST = 4  # letters of a word that is repaired
TWO_SLIPS = 8  # letters from which it may differ in two
SURE_LETTERS = 8  # of a word with a capital inside a sentence: a shorter one may be a name
STANDS_OUT = 4  # times as often in the documents as the next that is as near
SAME_LETTERS = 10  # times that a letter is doubled, missed or swapped for one that is exchanged
SMALL_WORDS = 50  # times that "from" stands in a text for every time that it is mistyped
HOME = 300  # times that a word of the documents is likelier than one of English in general
RARE = 1_000_000  # times in books, of a word that the list of English lacks
SHORTEST_PART = 3  # letters of a word that was written together with another
FOREIGN = 0.5  # share of unknown words from which a text is no English
_FEW = 4  # words; of fewer, nothing can be said of their language or their capitals

_WORD = re.compile(r"[^\W\d_]+")
_JOINT = frozenset("'’@/_.")  # beside a word: an apostrophe, an address


@dataclass(frozen=True, slots=True)
class Repair:
    """A word as it was written and as it is read; two words where one was missing a space."""

    written: str
    read: str


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    start: int
    end: int
    begins: bool
    doubtful: bool

    @property
    def word(self) -> str:
        return folded(self.text)


def repair(text: str, index: Index) -> tuple[str, tuple[Repair, ...]]:
    """Return a question with its slips repaired, and what was repaired, in order.

    Raises:
        ModelFileMissing: the list of English words is not installed.
    """
    words = [_judged(text, match, index) for match in _WORD.finditer(text)]
    if not any(one.doubtful for one in words) or _is_foreign(words, index.vocabulary):
        return text, ()
    capitals = text.isupper() or _is_title(words)
    found: list[tuple[_Written, str, int]] = []
    joined = -1
    for place, one in enumerate(words):
        if place == joined or (not one.doubtful and not _next_is(words, place)):
            continue
        together = _together(words, place, text, index)
        if together:
            found.append((one, together, words[place + 1].end))
            joined = place + 1
        elif one.doubtful and (capitals or not _may_be_a_name(words, place, index)):
            read = _read(one.word, index.vocabulary)
            found += [(one, read, one.end)] if read else []
    return _rewritten(text, found)


def _judged(text: str, match: re.Match[str], index: Index) -> _Written:
    """Tell of a word whether it may be a slip: neither the documents nor English have it."""
    start, end = match.span()
    around = text[start - 1 : start] + text[end : end + 1]
    before = text[:start].rstrip()
    word = folded(match.group())
    doubtful = (
        len(word) >= SHORTEST
        and not any(character in _JOINT or character.isdigit() for character in around.strip("."))
        and not is_stop_word(word)
        and not any(map(index.knows, tokens(word)))
        and not is_english(word)
    )
    return _Written(match.group(), start, end, not before or before[-1] in ".!?:", doubtful)


def _is_foreign(words: Sequence[_Written], vocabulary: Vocabulary) -> bool:
    """Tell whether most words are neither of the documents nor of English."""
    english = frequencies()
    whole = [one.word for one in words if len(one.text) > 1]
    unknown = sum(word not in english and not vocabulary.count(word) for word in whole)
    return len(whole) >= _FEW and unknown > FOREIGN * len(whole)


def _next_is(words: Sequence[_Written], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].doubtful


def _may_be_a_name(words: Sequence[_Written], place: int, index: Index) -> bool:
    """Tell whether a word is written as names are: in capitals, or with one inside a sentence.

    Beside a word of the documents that has a capital as well it is rather part of a title, as in
    "Staff Counil".
    """
    one = words[place]
    if is_short_form(one.text):
        return True
    if not one.text[0].isupper() or one.begins or len(one.text) >= SURE_LETTERS:
        return False
    beside = [*words[max(0, place - 1) : place], *words[place + 1 : place + 2]]
    titled = (
        other.text[0].isupper() and not other.begins and index.vocabulary.count(other.word)
        for other in beside
    )
    return len(one.text) <= SHORTEST or not any(titled)


def _is_title(words: Sequence[_Written]) -> bool:
    long = [one for one in words if len(one.text) >= SHORTEST]
    return len(long) >= _FEW and all(one.text[0].isupper() for one in long)


def _together(words: Sequence[_Written], place: int, text: str, index: Index) -> str:
    """Return two words as the one that the documents write; empty where they write none."""
    if place + 1 == len(words):
        return ""
    one, other = words[place : place + 2]
    if text[one.end : other.start] != " ":
        return ""
    whole = one.word + other.word
    return whole if index.vocabulary.count(whole) else ""


def _read(word: str, vocabulary: Vocabulary) -> str:
    """Return what a word that is wrong should be; empty where that is not sure."""
    near = vocabulary.near(word, 2 if len(word) >= TWO_SLIPS else 1)
    near = [one for one in near if one.word[0] == word[0] or _may_begin_so(word, one)]
    best = min(near, key=lambda one: (one.distance, -_times(word, one)), default=None)
    sure = best is not None and _stands_out(word, best, near)
    if best is not None and sure and best.distance == 1:
        return best.word
    apart = _apart(word, vocabulary)
    if apart:
        return apart
    return _inflected(word, best) if best is not None and sure else ""


def _inflected(word: str, best: Near) -> str:
    """Return a word in the form that comes nearest: "complaimts" is "complaints"."""
    stem = tokens(best.word)
    forms = near_english(word, best.distance - 1)
    return next((other for other, _ in forms if tokens(other) == stem), best.word)


def _may_begin_so(word: str, near: Near) -> bool:
    """Tell whether the first letter may be the slip: it seldom is."""
    swapped = near.word[:2] == word[1::-1]
    return near.distance == 1 and (swapped or len(word) > TWO_SLIPS - 2)


def _stands_out(word: str, best: Near, near: Sequence[Near]) -> bool:
    """Tell whether no other word is as likely, of the documents or of English."""
    stem = tokens(best.word)
    others = [one for one in near if one.distance == best.distance and tokens(one.word) != stem]
    if any(_times(word, best) < STANDS_OUT * _times(word, one) for one in others):
        return False
    known = frequencies()
    likely = HOME * max(RARE, known.get(best.word, 0))
    for other, distance in near_english(word, best.distance):
        if tokens(other) != stem and (distance < best.distance or known[other] > likely):
            return False
    return True


def _times(word: str, one: Near) -> float:
    """Return how likely a word is meant: small words stand everywhere, fingers swap letters."""
    count = one.count / SMALL_WORDS if is_stop_word(one.word) else one.count
    return count * SAME_LETTERS if set(one.word) == set(word) else count


def _apart(word: str, vocabulary: Vocabulary) -> str:
    """Return a word as the two that it is made of; empty where it is not."""
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    pairs = [(word[:place], word[place:]) for place in places]
    english = frequencies()
    found = [
        (min(vocabulary.count(part) for part in pair), pair)
        for pair in pairs
        if all(part in english and vocabulary.count(part) for part in pair)
    ]
    return " ".join(max(found)[1]) if found else ""


def _rewritten(
    text: str, found: Sequence[tuple[_Written, str, int]]
) -> tuple[str, tuple[Repair, ...]]:
    parts, done, told = [], 0, []
    for one, read, end in found:
        said = read.upper() if one.text.isupper() else read
        said = said.capitalize() if one.text.istitle() else said
        parts += [text[done : one.start], said]
        told.append(Repair(text[one.start : end], said))
        done = end
    return "".join([*parts, text[done:]]), tuple(told)
