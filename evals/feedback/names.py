"""Names of people in a text, by how its words are written and by who knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from assistant.question.asked_language import asked_language
from evals.feedback.forms import MARKS, NAME
from evals.feedback.words import KnownWords, is_foreign
from indexing.english import is_english
from indexing.keywords import folded
from indexing.stop_words import STOP_WORDS

# How like a name a word must be (``NameSense``) that is otherwise known to be a word.
INSIDE = 0.1  # with a capital inside a sentence, where words have none
AT_THE_START = 0.3  # where every word has a capital
IN_SMALL = 0.6  # written without one
# The same of a word that nobody knows; one that may be mistyped counts as known.
STRANGE_INSIDE = -0.6  # few names lie below it, and many makes and programs
STRANGE_AT_THE_START = -0.3
STRANGE_IN_SMALL = 0.1
_FEW = 4  # words; of fewer, their capitals say nothing
_MOSTLY = 0.6  # share of words with a capital from which it is a title

_MARK = "|".join(map(re.escape, MARKS))
_WORD = re.compile(rf"(?P<mark>{_MARK})|(?P<word>[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*)")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_ENDS = re.compile(r"(?:^|[.!?:¿¡\n(“\"]|\b\d+[.)])\s*$")
_WITHIN = re.compile(r"[\w/@]\0|\w\.\0|\0[\d_/@\\]|\0\.\w")
_ENGLISH_ALONE = STOP_WORDS["en"].difference(
    *(words for language, words in STOP_WORDS.items() if language != "en")
)
_NO_ENGLISH = frozenset().union(*STOP_WORDS.values()) - STOP_WORDS["en"]
_GERMAN_ALONE = STOP_WORDS["de"].difference(
    *(words for language, words in STOP_WORDS.items() if language != "de")
)
_NEAR = 8  # characters beside a word that are looked at
_BESIDE = re.compile(r"\s+|\.\s*|-")
_JOINS = frozenset("de del della di da dos du van von der den bin ibn al el la le y e".split())
_Verdict = Literal["kept", "name", "asks"]


@dataclass(slots=True)
class _Token:
    """A word, or a mark that stands in the place of something.

    Attributes:
        begins: a sentence begins with it.
        within: it is a piece of a code or of the name of a file.
        owns: something is said to be its own ("Plato's").
        bar: how like a name it must be, where that decides.
        strange: neither the documents nor English know it.
        like: how like one it is, where it was compared.
        firm: it is known to be no name, also beside one.
    """

    text: str
    start: int
    end: int
    begins: bool
    owns: bool = False
    within: bool = False
    mark: bool = False
    verdict: _Verdict = "kept"
    bar: float = 0.0
    strange: bool = False
    like: float = 0.0
    firm: bool = False

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(slots=True)
class Read:
    """A text whose words were judged, but for those that are to be compared with names.

    Attributes:
        nouns: it is German, where a capital beside a name is that of any noun.
    """

    text: str
    tokens: Sequence[_Token] = field(default_factory=tuple)
    nouns: bool = False

    @property
    def asked(self) -> tuple[str, ...]:
        """The words to compare with names."""
        return tuple(one.text.lower() for one in self.tokens if one.verdict == "asks")

    def without_names(self, likeness: Mapping[str, float]) -> str:
        """Return the text with a mark in the place of each name."""
        for one in self.tokens:
            if one.verdict == "asks":
                one.like = likeness[one.text.lower()]
                one.verdict = "name" if one.like > one.bar else "kept"
        if not self.nouns:
            _spread(self.text, self.tokens)
        return _marked(self.text, self.tokens)


def read(text: str, known: KnownWords) -> Read:
    """Judge the words of a text that holds marks already."""
    tokens = list(_tokens(text))
    words = [one for one in tokens if not one.mark]
    language = _language_of(text, words, known)
    capitals = sum(one.capital for one in words)
    told = len(words) < _FEW or capitals < _MOSTLY * len(words)
    for one in words:
        # German gives every noun a capital
        inside = one.capital and not one.begins and told and language != "de"
        _judge(one, known, inside=inside, foreign=language != "en")
    if language == "en":
        _pair(text, tokens, known)
    return Read(text, tokens, nouns=language == "de")


def _language_of(text: str, words: Sequence[_Token], known: KnownWords) -> str:
    """Return the language of a text, "" of one that is none of those that can be told.

    It takes as long as all else, and a text whose small words are known needs no telling.
    """
    plain = [one.text for one in words]
    small = [one.text for one in words if not one.capital]
    surely = sum(word in _ENGLISH_ALONE for word in small)
    if surely > 1 and all(known.documented(word) or known.in_english(word) for word in small):
        return "en"
    first = [one.text.lower() for one in words if one.capital and one.begins]
    told = "de" if _speaks_german(small, first) else asked_language(text)
    return "" if told == "en" and is_foreign(plain, known) else told


def _speaks_german(small: Sequence[str], first: Sequence[str]) -> bool:
    """Tell whether the smallest words are German, also in a text too short to be sure otherwise."""
    if any(word in STOP_WORDS["en"] for word in small):
        return False
    german = [word for word in (*small, *first) if word in _GERMAN_ALONE and word not in _JOINS]
    return len(german) > 1 or not all(map(is_english, german))


def _judge(one: _Token, known: KnownWords, *, inside: bool, foreign: bool) -> None:
    """Say of a word that it is kept, a name, or to be compared with names."""
    if one.within or known.is_small(one.text) or known.is_abbreviation(one.text):
        one.firm = _is_firm(one, known, foreign=foreign)
        return
    if known.documented(one.text):
        one.firm = not inside or known.has_capital(one.text)
        if not one.firm:
            one.verdict, one.bar = "asks", INSIDE
        return
    if foreign and not inside:
        return  # it may be any word of that language
    strange = one.strange = not known.in_english(one.text)
    one.verdict, one.bar = "asks", _bar(one, inside=inside, strange=strange)
    if strange and not inside and known.is_slip(one.text):
        one.bar = _bar(one, inside=False, strange=False)


def _is_firm(one: _Token, known: KnownWords, *, foreign: bool) -> bool:
    """Tell whether a word that is no name alone is none beside one, either.

    "Li" is a small word of Italian, and "Fang" a language.
    """
    if one.within or not one.capital or one.begins:
        return not one.text.isupper()
    if foreign or one.text.isupper():
        return not one.text.isupper() or known.has_capital(one.text)
    return known.documented(one.text) or known.is_small_english(one.text)


def _pair(text: str, tokens: Sequence[_Token], known: KnownWords) -> None:
    """Take two words in a row that nobody knows for a name written small, unless both are slips."""
    plain = [one.text for one in tokens if one.text not in _JOINS]
    told = any(word in _ENGLISH_ALONE or known.documented(word) for word in plain)
    if not told or any(word in _NO_ENGLISH for word in plain):
        return  # it may be in another language
    for one, other in pairwise(tokens):
        strange = all(word.strange and word.text.islower() for word in (one, other))
        beside = text[one.end : other.start].isspace()
        if strange and beside and not (known.is_slip(one.text) and known.is_slip(other.text)):
            one.bar = other.bar = STRANGE_INSIDE


def _bar(one: _Token, *, inside: bool, strange: bool) -> float:
    """Return how like a name a word must be that the documents do not have."""
    if inside or (one.capital and one.owns):
        return STRANGE_INSIDE if strange else INSIDE
    if one.capital:
        return STRANGE_AT_THE_START if strange else AT_THE_START
    return STRANGE_IN_SMALL if strange else IN_SMALL


def _tokens(text: str) -> Iterator[_Token]:
    for match in _WORD.finditer(text):
        word = match["word"]
        if word is None:
            yield _Token(match[0], match.start(), match.end(), begins=False, mark=True)
            continue
        bare = _POSSESSIVE.sub("", word) or word
        start, after = match.span()
        before = text[max(0, start - _NEAR) : start]
        begins = bool(_ENDS.search(before))
        end, owns = start + len(bare), bare != word
        within = bool(_WITHIN.search(f"{before}\0{text[after : after + _NEAR]}"))
        yield _Token(bare, start, end, begins, owns=owns, within=within)


def _spread(text: str, tokens: Sequence[_Token]) -> None:
    """Take what stands beside a name, and is written as one, for a part of it."""
    for order in (range(1, len(tokens)), range(len(tokens) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for place in order:
            one, other = tokens[place], tokens[place + step]
            first, second = sorted((one, other), key=lambda token: token.start)
            named = other.verdict == "name" or (other.mark and other.text == NAME)
            between = text[first.end : second.start]
            if named and not one.mark and _BESIDE.fullmatch(between) and _may_be_part(one):
                one.verdict = "name"


def _may_be_part(one: _Token) -> bool:
    """Tell whether a word beside a name may belong to it: it has a capital of its own."""
    if one.firm or not one.capital or folded(one.text) == "i":
        return False
    return not one.begins or one.like > INSIDE


def _marked(text: str, tokens: Sequence[_Token]) -> str:
    """Write one mark for the words of one name, with the small words that join them."""
    parts: list[str] = []
    at, last = 0, None
    for one in tokens:
        if one.verdict == "name" or (one.mark and one.text == NAME):
            joined = last is not None and _is_joint(text[last : one.start])
            if not joined:
                parts += [text[at : one.start], NAME]
            at = last = one.end
    return "".join([*parts, text[at:]])


def _is_joint(between: str) -> bool:
    small = between.strip(" .-’'").lower().split()
    return all(word in _JOINS for word in small) and len(between) <= _LONGEST_JOINT


_LONGEST_JOINT = 12  # characters between two parts of a name: " van der "
