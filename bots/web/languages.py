"""The languages of the interface: which one a request is answered in, and its catalogue."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

from assistant.settings import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
# each in its own words, for whoever looks for theirs
NAMES: Mapping[Language, str] = MappingProxyType(
    {"en": "English", "fr": "Français", "es": "Español"}
)
COOKIE = "charter_language"

_CATALOGUES = Path(__file__).parent / "locale"


def language_of(request: Request, usual: Language = "en") -> Language:
    """Return the language that a reader chose, else that of their browser, else the usual one."""
    chosen = request.cookies.get(COOKIE)
    preferred = _preferred(request.headers.get("accept-language", ""))
    found = negotiate_locale([*([chosen] if chosen else []), *preferred], LANGUAGES)
    return language_named(found) or usual


def language_named(code: str | None) -> Language | None:
    """Return the language of a code such as "fr"; None for what is none of them."""
    return next((one for one in LANGUAGES if one == code), None)


@cache
def catalogue_of(language: Language) -> NullTranslations:
    """Return the words of the interface in a language; what lacks a translation is English."""
    file = _CATALOGUES / language / "LC_MESSAGES" / "charter.po"
    if not file.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def _preferred(header: str) -> list[str]:
    """Return the languages of a browser, the dearest first; those that it refuses left out."""
    said = []
    for one in header.split(","):
        name, _, quality = one.partition(";")
        weight = _weight(quality)
        if name.strip() and weight:
            said.append((weight, name.strip().replace("-", "_")))
    return [name for _, name in sorted(said, key=lambda pair: -pair[0])]


def _weight(quality: str) -> float:
    """Return how dear a language is, from 0 to 1: ``q=0.8``; 1 where nothing is said of it."""
    value = quality.partition("=")[2].strip()
    try:
        return min(1.0, max(0.0, float(value))) if value else 1.0
    except ValueError:
        return 0.0
