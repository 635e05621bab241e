"""Words with a capital that name no person: countries, languages, months, days, currencies.

They come from Unicode's CLDR as Babel brings it, in the languages of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale

from indexing.keywords import folded

_LANGUAGES = ("en", "fr", "es", "de")
_SHORTEST = 3  # letters


@cache
def world_words() -> frozenset[str]:
    """Return these words, in lower case and without accents."""
    return frozenset(
        word
        for language in _LANGUAGES
        for name in _names(Locale.parse(language))
        for word in re.findall(r"[^\W\d_]+", folded(name))
        if len(word) >= _SHORTEST
    )


@cache
def currency_codes() -> frozenset[str]:
    """Return the codes of currencies: EUR, CHF."""
    return frozenset(Locale.parse("en").currencies)


def _names(locale: Locale) -> Iterator[str]:
    yield from locale.territories.values()
    yield from locale.languages.values()
    for widths in (locale.months["format"], locale.days["format"]):
        yield from _values(widths["wide"].values())


def _values(names: Iterable[object]) -> Iterator[str]:
    yield from map(str, names)
