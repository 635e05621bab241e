"""Words that French, Spanish and German share with English, found by what the documents know.

Endings correspond between these languages as a rule: "mobilité" and "movilidad" are "mobility".
A guess counts only when the documents hold the English word, so a wrong one finds nothing. Words
that are not shared, such as "congé", stay what they are: part of the
question that these documents do not cover, as far as their words tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from indexing.keywords import tokens

SHORTEST = 4  # letters; shorter words are alike by chance
LONG_ENOUGH = 6  # letters of a word that may be spelled otherwise as well


class Ending(NamedTuple):
    """Endings of a word and what English has in their place, the likeliest first."""

    foreign: str
    english: tuple[str, ...]


# Without accents, and in the singular. A longer ending stands before one that it ends in.
_ENDINGS = {
    "fr": (
        Ending("ificateur", ("ifier",)),
        Ending("isation", ("ization", "isation")),
        Ending("ateur", ("ator",)),
        Ending("atrice", ("ator",)),
        Ending("ifier", ("ify",)),
        Ending("iser", ("ize", "ise")),
        Ending("uer", ("ute", "ue")),
        Ending("itique", ("icy",)),
        Ending("ique", ("ic", "ical", "icy", "ics", "ique")),
        Ending("aire", ("ary", "ar", "arian")),
        Ending("oire", ("ory",)),
        Ending("elle", ("al",)),
        Ending("euse", ("or", "er", "ous")),
        Ending("eux", ("ous",)),
        Ending("eur", ("or", "er", "our")),
        Ending("ienne", ("ian",)),
        Ending("ien", ("ian",)),
        Ending("ance", ("ance", "ancy")),
        Ending("ence", ("ence", "ency")),
        Ending("isme", ("ism",)),
        Ending("iste", ("ist",)),
        Ending("age", ("age",)),
        Ending("ive", ("ive",)),
        Ending("if", ("ive",)),
        Ending("el", ("al",)),
        Ending("ale", ("al",)),
        Ending("ante", ("ant",)),
        Ending("ente", ("ent",)),
        Ending("ite", ("ity", "ittee")),
        Ending("te", ("ty",)),
        Ending("ee", ("ation", "ated")),
        Ending("ie", ("y",)),
        Ending("er", ("e", "ate", "")),
        Ending("ir", ("ish", "")),
    ),
    "es": (
        Ending("izacion", ("ization", "isation")),
        Ending("miento", ("ment",)),
        Ending("mento", ("ment",)),
        Ending("cion", ("tion",)),
        Ending("sion", ("sion", "ssion")),
        Ending("ificar", ("ify",)),
        Ending("izar", ("ize", "ise")),
        Ending("dad", ("ty",)),
        Ending("tad", ("ty",)),
        Ending("encia", ("ence", "ency")),
        Ending("ancia", ("ance", "ancy")),
        Ending("ario", ("ary", "arian")),
        Ending("aria", ("ary",)),
        Ending("orio", ("ory",)),
        Ending("oria", ("ory",)),
        Ending("itica", ("icy",)),
        Ending("ico", ("ic", "ical", "ician")),
        Ending("ica", ("ic", "icy", "ical", "ics")),
        Ending("ismo", ("ism",)),
        Ending("ista", ("ist",)),
        Ending("ivo", ("ive",)),
        Ending("iva", ("ive",)),
        Ending("oso", ("ous",)),
        Ending("osa", ("ous",)),
        Ending("ante", ("ant",)),
        Ending("ente", ("ent",)),
        Ending("ador", ("ator", "er")),
        Ending("ora", ("or",)),
        Ending("ura", ("ure",)),
        Ending("aje", ("age",)),
        Ending("ia", ("y", "ia")),
        Ending("io", ("y", "io")),
        Ending("ado", ("ate", "ated", "ed")),
        Ending("ada", ("ate", "ated", "ed")),
        Ending("ar", ("ate", "e", "", "ar")),
        Ending("ir", ("e", "ish", "")),
        Ending("o", ("", "e")),
        Ending("a", ("", "am")),
        Ending("ite", ("ity", "ittee")),
        Ending("al", ("ary",)),
    ),
    "de": (
        Ending("isierung", ("ization", "isation")),
        Ending("ierung", ("ation", "ing")),
        Ending("ieren", ("ate", "e", "")),
        Ending("itat", ("ity",)),
        Ending("tat", ("ty",)),
        Ending("ologie", ("ology",)),
        Ending("ismus", ("ism",)),
        Ending("isch", ("ic", "ical")),
        Ending("ische", ("ic", "ical")),
        Ending("ischen", ("ic", "ical")),
        Ending("enz", ("ence", "ency")),
        Ending("anz", ("ance", "ancy")),
        Ending("ell", ("al",)),
        Ending("elle", ("al",)),
        Ending("ellen", ("al",)),
        Ending("iv", ("ive",)),
        Ending("ive", ("ive",)),
        Ending("iven", ("ive",)),
        Ending("itik", ("icy",)),
        Ending("ik", ("ic", "ics", "icy")),
        Ending("ar", ("ary", "ar")),
        Ending("ie", ("y",)),
        Ending("e", ("", "e")),
        Ending("en", ("", "e")),
    ),
}
_PLURALS = {
    "fr": (Ending("aux", ("al",)), Ending("s", ("",)), Ending("x", ("",))),
    "es": (Ending("ces", ("z",)), Ending("es", ("", "e")), Ending("s", ("",))),
    "de": (Ending("en", ("", "e")), Ending("n", ("",)), Ending("s", ("",))),
}
# Ways of writing one sound, within a word; one of them is tried at a time.
_SOUNDS = {
    "fr": (("ou", "o"), ("qu", "c"), ("k", "c"), ("e", "i"), ("a", "i"), ("i", "y")),
    "es": (("v", "b"), ("f", "ph"), ("i", "y"), ("cu", "qu"), ("j", "g"), ("ce", "se"), ("t", "th"),
           ("a", "i"), ("x", "ss")),
    "de": (("k", "c"), ("z", "c"), ("f", "ph"), ("ph", "f"), ("kt", "ct"), ("sch", "sh")),
}  # fmt: skip
# Endings that these languages write as English does, or that only English has; another ending is
# not to be taken for an English one by the stemmer: "pays" is no "pay", "courte" no "court".
_SAME = re.compile(r"(?:(?:[st]ion|[ai]ble|[ae]nce|[ae]nt|al|age|ure|or|um|ist|ing|ness)s?|y)$")
_DOUBLE = re.compile(r"([bcdfglmnprst])\1")
_SINGLE = re.compile(r"(?<=[aeiou])([cflmnprst])(?=[aeiouy])")


def english_word(word: str, language: str, knows: Callable[[str], float]) -> str:
    """Return the English word that the documents know for a foreign one; empty when they do not.

    Args:
        word: in lower case, without accents.
        language: of the word: "fr", "es" or "de".
        knows: how often the documents hold an English word; 0 for never.
    """
    if len(word) < SHORTEST:
        return ""
    if _is_as_in_english(word) and knows(word):
        return word
    for guesses in _ways(word, language):
        known = {guess: knows(guess) for guess in sorted(guesses) if len(guess) >= SHORTEST}
        # of equally common ones, a whole word before its own stem: "strategy", not "strategi"
        best = max(known, key=lambda guess: (known[guess], tokens(guess) != (guess,)), default="")
        if best and known[best]:
            return best
    return ""


def _is_as_in_english(word: str) -> bool:
    stem = "".join(tokens(word))
    mute = len(word) > LONG_ENOUGH and word == f"{stem}e"  # système, période
    return _SAME.search(word) is not None or word == stem or mute


def _ways(word: str, language: str) -> Iterator[set[str]]:
    """Return guesses, the surest first: of the singular, of its ending, of one of its sounds."""
    singular = {word, *_with_ending(word, _PLURALS[language])}
    yield set(filter(_is_as_in_english, singular))
    guesses = set[str]()
    for one in sorted(singular):
        guesses.update(_with_ending(one, _ENDINGS[language]))
    yield guesses
    yield {other for one in sorted(guesses | singular) for other in _other_spellings(one, language)}


def _with_ending(word: str, endings: tuple[Ending, ...]) -> Iterator[str]:
    for foreign, english in endings:
        if word.endswith(foreign):
            yield from (word.removesuffix(foreign) + ending for ending in english)


def _other_spellings(word: str, language: str) -> Iterator[str]:
    """Write one sound of a word as English writes it; its last letters were seen to already."""
    if len(word) < LONG_ENOUGH:
        return
    for sound, english in _SOUNDS[language]:
        for place in re.finditer(sound, word[:-1]):
            yield word[: place.start()] + english + word[place.end() :]
    for place in _DOUBLE.finditer(word):
        yield word[: place.start()] + place[1] + word[place.end() :]
    for place in _SINGLE.finditer(word):
        yield word[: place.end()] + place[1] + word[place.end() :]
    if word[0] == "e" and word[1:2] in {"s", "t", "c", "p"}:  # état, étudiant; estrategia, especial
        yield word[1:] if word[1] == "s" else f"s{word[1:]}"
