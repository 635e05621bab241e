"""The texts of the interface as they stand in the sources, and the catalogues of translations."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import bots

FOLDER = Path(bots.__file__).parent
# as `make words` gathers them: the title of a kind of problem is its third argument
KEYWORDS = {**DEFAULT_KEYWORDS, "Kind": (3,)}
_PLACEHOLDER = re.compile(r"%\(\w+\)s")


def texts() -> set[tuple[str, ...]]:
    """Return every text that the sources mark, as its context and its forms in English."""
    with (FOLDER / "web" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(FOLDER, method_map=methods, options_map=options, keywords=KEYWORDS)
    return {
        (context or "", *(text if isinstance(text, tuple) else (text,)))
        for _, _, text, _, context in found
    }


def catalogue(language: str) -> Catalog:
    file = FOLDER / "web" / "locale" / language / "LC_MESSAGES" / "charter.po"
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def forms(one: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (one,) if isinstance(one, str) else tuple(one)


def key(message: Message) -> tuple[str, ...]:
    return (message.context or "", *forms(message.id))


def placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))
