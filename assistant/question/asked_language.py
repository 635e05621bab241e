"""Which language a question is asked in: English, unless its words are surely another's.

A question has three to fifteen words, too few for the counts that tell the language of a
document. Its smallest words and its accented letters tell it as soon as two of them agree and
few English words stand beside them. Names are left out: "Rio de Janeiro" is no question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.question.asking_words import ASKING_WORDS
from indexing.stop_words import STOP_WORDS

Language = Literal["en", "fr", "es", "de"]

_SPOKEN: tuple[Language, ...] = ("fr", "es", "de")
_OTHERS = ("it", "pt", "nl")  # in which Charter says nothing; told so as not to be taken for others
_FEWEST = 2  # words that must speak for a language
_LEAD = 2  # times as many as speak for English, and one more
# The smallest words of other languages that are English words too.
_ENGLISH = STOP_WORDS["en"] | frozenset(
    "ai ate bin dad dam dame den die fin fit foes fut god hab hat her hub lace last mag man mar me "
    "mine mon naar net no non nun once pero plus pros quite sans sea seas semi siete sera sin "
    "sole son ton van voor war warm weg wen wier will wo".split()
)
# Letters that tell a language from the others here, by where they stand in a word.
_LETTERS = {
    "fr": re.compile("[àâæçèéêëîïôœùû]"),
    "es": re.compile("^(?!.*[áéíóú].*[áéíóú]).*(?:[áíñóú]|é(?!e?s?$))"),  # one accent a word
    "de": re.compile("[äöüß]"),
    "it": re.compile("[ìò]|[àèù]$"),
    "pt": re.compile("[ãõç]"),
}
_INVERTED = re.compile("[¿¡]")  # Spanish alone opens a sentence with a mark
_WORD = re.compile(r"[^\W\d_]+['’]?")
_STARTS = re.compile(r"(?:^|[.?!:;¿¡\n])\W*$")
ELIDED = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE
)  # a word that lost its vowel


def asked_language(text: str) -> Language:
    """Return the language of a question; English where its words do not tell."""
    words = list(_plain_words(text))
    evidence = {language: _evidence(words, language) for language in (*_SPOKEN, *_OTHERS)}
    evidence["es"] += len(_INVERTED.findall(text))
    best = max(_SPOKEN, key=lambda language: evidence[language])
    others = [count for language, count in evidence.items() if language != best]
    english = sum(word in STOP_WORDS["en"] and word not in STOP_WORDS[best] for word in words)
    sure = evidence[best] >= max(_FEWEST, _LEAD * english + bool(english)) and evidence[best] > max(
        others
    )
    return best if sure else "en"


def _evidence(words: Sequence[str], language: str) -> int:
    """Count the words that speak for a language: its smallest ones, and those in its letters."""
    small = STOP_WORDS[language] | ASKING_WORDS.get(language, frozenset())
    letters = _LETTERS.get(language)
    return sum(
        (word in small and word not in _ENGLISH and len(word) > 1)
        or (language == "fr" and ELIDED.fullmatch(word) is not None)
        or (letters is not None and letters.search(word) is not None)
        for word in words
    )


def _plain_words(text: str) -> Iterator[str]:
    """Return the words that are written small, or begin a sentence, with their apostrophes."""
    shouted = text.isupper()
    for match in _WORD.finditer(text):
        word = match.group()
        before, after = text[: match.start()], text[match.end() : match.end() + 1]
        if (
            shouted
            or (word.islower() and not (word[-1] in "'’" and after.isupper()))
            or (word.istitle() and _STARTS.search(before))
        ):
            yield word.lower()
