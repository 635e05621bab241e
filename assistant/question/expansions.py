"""A question read with the glossary: "OIO" is "Office of Internal Oversight", and the other way.

What a question says and what stands for it are one concept: a text that has either has it, and
having both counts once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.acronyms import is_short_form
from indexing.english import frequencies, is_english
from indexing.glossary import Entry
from indexing.index import Index
from indexing.keywords import folded, is_stop_word, tokens

MOST = 12  # of one question
_SHORTEST_PART = 3  # letters of a word that some write together with another
_WORD = re.compile(r"[^\W_]+(?:[‐‑-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Expansion:
    """What the documents may say in place of some words of the question.

    Attributes:
        said: in the question.
        also: what may stand for it.
        stems: of what is said.
        alternative: stems that stand for it together.
        instead: the documents have none of the words that are said.
    """

    said: str
    also: str
    stems: tuple[str, ...]
    alternative: tuple[str, ...]
    instead: bool = False


def expand(text: str, index: Index) -> tuple[Expansion, ...]:
    """Return what may stand for words of a question, as far as the documents have it."""
    sequence = tokens(text)
    found = [*_by_glossary(text, sequence, index), *_by_compounds(text, index)]
    fitting = {
        (one.stems, one.alternative): replace(one, instead=not any(map(index.knows, one.stems)))
        for one in found
        if not set(one.alternative) <= set(sequence) and all(map(index.knows, one.alternative))
    }
    return tuple(fitting.values())[:MOST]


def _by_glossary(text: str, sequence: Sequence[str], index: Index) -> Iterator[Expansion]:
    filed = index.once(_filed)
    near = {place: entry for stem in sequence for place, entry in filed.get(stem, ())}
    for _, entry in sorted(near.items()):
        term, meaning = entry.stems, entry.meant
        if _holds(sequence, term) and _means(entry.term, text):
            yield Expansion(entry.term, entry.meaning, term, meaning)
        if _holds(sequence, meaning) and _means(entry.meaning, text):
            yield Expansion(entry.meaning, entry.term, meaning, term)


def _filed(index: Index) -> Mapping[str, Sequence[tuple[int, Entry]]]:
    """File each entry that is used, with its place, under the first stems of both its sides.

    So a question looks up its own words alone, however long the glossary is.
    """
    filed: dict[str, list[tuple[int, Entry]]] = {}
    for place, entry in enumerate(index.glossary):
        if entry.used and entry.stems and entry.meant:
            for first in {entry.stems[0], entry.meant[0]}:
                filed.setdefault(first, []).append((place, entry))
    return filed


def _holds(sequence: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    places = range(len(sequence) - size + 1)
    return any(tuple(sequence[place : place + size]) == tuple(part) for place in places)


def _means(term: str, text: str) -> bool:
    """Tell whether a text means an abbreviation and not the word that is written alike.

    "IT", "WHO" and "R&D" must be written so; "oio" can mean nothing else.
    """
    if not is_short_form(term):
        return True
    parts = re.split(r"[\W_]", folded(term))
    if not any(len(part) == 1 or is_stop_word(part) or is_english(part) for part in parts):
        return True
    return not text.isupper() and re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", text) is not None


def _by_compounds(text: str, index: Index) -> Iterator[Expansion]:
    """Give "parttime" for "part-time" and "part time", and the two words for the one."""
    words = list(_WORD.finditer(text))
    for match in words:
        written = match.group()
        parts = re.split("[‐‑-]", written)
        if len(parts) > 1:
            yield from _as_one(written, parts, index)
        else:
            yield from _as_two(written, index)
    for one, other in pairwise(words):
        if text[one.end() : other.start()] == " " and one.group().isalpha():
            yield from _as_one(text[one.start() : other.end()], [one.group(), other.group()], index)


def _as_one(written: str, parts: Sequence[str], index: Index) -> Iterator[Expansion]:
    whole = folded("".join(parts))
    stems = tuple(stem for part in parts for stem in tokens(part))
    if whole.isalpha() and stems and index.vocabulary.count(whole):
        yield Expansion(written, whole, stems, tokens(whole))


def _as_two(written: str, index: Index) -> Iterator[Expansion]:
    """Give a compound that is no common word, in its two parts."""
    word, vocabulary = folded(written), index.vocabulary
    if len(word) < 2 * _SHORTEST_PART or not word.isalpha() or word in frequencies():
        return
    for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        one, other = word[:place], word[place:]
        if all(part in frequencies() and vocabulary.count(part) for part in (one, other)):
            yield Expansion(written, f"{one} {other}", tokens(word), tokens(f"{one} {other}"))
