"""The languages of the interface: which one a request is answered in, and its catalogue."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

Language = Literal["en", "fr", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "charter_language"

_CATALOGUES = Path(__file__).parent / "locale"


def language_of(request: Request) -> Language:
    """Return the language that a reader chose, else the one that their browser prefers."""
    chosen = request.cookies.get(COOKIE)
    preferred = [
        one.partition(";")[0].strip().replace("-", "_")
        for one in request.headers.get("accept-language", "").split(",")
    ]
    found = negotiate_locale([*([chosen] if chosen else []), *preferred], LANGUAGES)
    return next((one for one in LANGUAGES if one == found), "en")


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
