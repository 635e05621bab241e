"""Which language a text is in, told by its smallest words.

No library: those that guess hundreds of languages guess wrong on short texts, and their models
weigh more than all of this. Twenty of the commonest words of a language stand in a quarter to a
third of its running text, and hardly any of them in another language's.
"""

from __future__ import annotations

import re
from collections import Counter

_READ = 20_000  # characters; enough for every document
_FEWEST = 12  # small words below which nothing is said
_SHARE = 0.12  # of all words that must be small words of the language
_LEAD = 1.5  # times as many as of the next language
_OTHER_SCRIPT = 0.3  # of all letters, from which a script tells the language

_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that for it with as be by on are this which or an from will not",
        "fr": "le la les de des du et à en un une est que qui dans pour par sur au aux ce cette ou",
        "es": "el la los las de del y a en un una es que por para con se al su lo como o no",
        "de": "der die das und zu in den von mit ist des für im auf dem nicht ein eine als auch",
        "it": "il la i le di del della e a in un una è che per con si al da dei nel sono",
        "pt": "o a os as de do da dos e em um uma é que por para com se ao no na não",
        "nl": "de het een van en in is dat op te voor met zijn aan niet die bij door of als",
        "sv": "och att det i en som är på av för med till den har de inte om ett vid eller",
        "da": "og at det i en som er på af for med til den har de ikke om et ved eller",
        "pl": "i w na z do się nie że jest o jak za od po przez dla oraz są lub przy",
        "ru": "и в на не что по с к для из от за при или как это о его до также",  # noqa: RUF001  Cyrillic
        "uk": "і в на не що з до для та від за при або як це про його у є також",  # noqa: RUF001  Cyrillic
    }.items()
}
_SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
}
_NOT_ARABIC = re.compile(r"[پچژگٹڈ]")  # letters of Persian and Urdu
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; empty when its words do not tell."""
    start = text[:_READ]
    letters = sum(map(str.isalpha, start))
    for language, script in _SCRIPTS.items():
        # a little kana makes a page of Chinese characters Japanese
        enough = 0.05 if language == "ja" else _OTHER_SCRIPT
        if letters and len(script.findall(start)) > enough * letters:
            return "" if language == "ar" and _NOT_ARABIC.search(start) else language
    words = Counter(_WORD.findall(start.lower()))
    counted = sorted(
        ((sum(words[word] for word in small), name) for name, small in _SMALL_WORDS.items()),
        reverse=True,
    )
    (most, language), (next_most, _) = counted[:2]
    sure = most >= max(_FEWEST, _SHARE * words.total()) and most >= _LEAD * next_most
    return language if sure else ""
