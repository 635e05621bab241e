"""What the documents of an index are called: by their bodies and by their titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from corpus.model import Metadata, document_key
from indexing.english import is_english
from indexing.index import Index
from indexing.keywords import tokens

_NAME = re.compile(r"\b(?:[A-Z]{2,}[a-z]{0,2}|[A-Z][a-z]+[A-Z]\w*)\b")
_LONGEST_SHORT = 4  # letters of a name that may be an English word as well: WHO, AIDS
_MANY = 3  # titles that share a word, from which it is a kind of document in a small library
_NO_KEYS = frozenset[str]()
Filed = tuple[tuple[frozenset[str], frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names.

    Attributes:
        keys: of the documents that it names, by their body or their whole title.
        naming: stems that only name them, not its subject.
        about: keys of the documents whose subject it names: "annual leave", not the "Policy on".
    """

    keys: frozenset[str]
    naming: frozenset[str]
    about: frozenset[str] = _NO_KEYS


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of an index's documents, by stem, so that a question looks up its own alone.

    Attributes:
        bodies: stems of the short names of the bodies whose documents these are.
        by_body: stem of a body's name → the keys of its documents and the stems of their titles.
        by_title: one stem of a title, the rarest among titles → each title that it stands in.
        by_subject: the same of what is left of titles without the words that many share.
    """

    bodies: frozenset[str]
    by_body: Mapping[str, Named]
    by_title: Mapping[str, Filed]
    by_subject: Mapping[str, Filed]

    def named_in(self, stems: AbstractSet[str], names: AbstractSet[str]) -> Named:
        """Return what a question names.

        Args:
            stems: of the question.
            names: those of them that are written like names, or are in ``bodies``.
        """
        bodies = [(stem, self.by_body[stem]) for stem in names if stem in self.by_body]
        keys = _held(self.by_title, stems)
        # a title alone names the subject as well: "Policy on telework"
        naming = _NO_KEYS.union(*({stem} | held.naming for stem, held in bodies))
        named = keys.union(*(held.keys for _, held in bodies))
        return Named(named, naming, _held(self.by_subject, stems))


def naming_of(index: Index) -> Naming:
    """Return the names of an index's documents; to be made once, by ``Index.once``."""
    return naming_in(index.catalogue)


def naming_in(catalogue: Iterable[Metadata]) -> Naming:
    """Return the names of documents."""
    titles: dict[frozenset[str], set[str]] = {}
    bodies: dict[str, _Collected] = {}
    heads: list[str] = []
    for one in catalogue:
        key, title = document_key(one.id, one.version), frozenset(tokens(one.title))
        titles.setdefault(title, set()).add(key)
        heads.append(f"{one.organisation} {one.title}")
        for stem in tokens(one.organisation):
            collected = bodies.setdefault(stem, _Collected())
            collected.keys.add(key)
            collected.naming.update(title)
    by_body = {
        stem: Named(frozenset(held.keys), frozenset(held.naming)) for stem, held in bodies.items()
    }
    names = frozenset(names_in(" ".join(heads)))
    return Naming(names, by_body, _by_rarest(titles), _by_rarest(_subjects(titles)))


def names_in(text: str) -> set[str]:
    """Return the stems of words that are written like names, unless all are.

    A longer word of English in capitals is no name but a heading, or said loudly.
    """
    if text.isupper():
        return set()
    names = (word for word in _NAME.findall(text) if not _is_loud(word))
    return {stem for word in names for stem in tokens(word)}


def _is_loud(word: str) -> bool:
    return len(word) > _LONGEST_SHORT and word.isupper() and is_english(word.lower())


@dataclass(slots=True)
class _Collected:
    keys: set[str] = field(default_factory=set)
    naming: set[str] = field(default_factory=set)


def _subjects(titles: Mapping[frozenset[str], AbstractSet[str]]) -> dict[frozenset[str], set[str]]:
    """Return titles without the words that many share, which tell what kind of document it is."""
    shared = Counter(stem for title in titles for stem in title)
    kinds = {stem for stem, count in shared.items() if count >= max(_MANY, len(titles) // 10)}
    subjects: dict[frozenset[str], set[str]] = {}
    for title, keys in titles.items():
        subjects.setdefault(title - kinds, set()).update(keys)
    return subjects


def _held(filed: Mapping[str, Filed], stems: AbstractSet[str]) -> frozenset[str]:
    titles = (title for stem in stems for title in filed.get(stem, ()))
    return _NO_KEYS.union(*(keys for title, keys in titles if title <= stems))


def _by_rarest(
    titles: Mapping[frozenset[str], AbstractSet[str]],
) -> dict[str, Filed]:
    """File each title once, under its stem that the fewest titles share."""
    shared: dict[str, int] = {}
    for title in titles:
        for stem in title:
            shared[stem] = shared.get(stem, 0) + 1
    filed: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for title, keys in titles.items():
        if title:
            rarest = min(title, key=lambda stem: (shared[stem], stem))
            filed.setdefault(rarest, []).append((title, frozenset(keys)))
    return {stem: tuple(held) for stem, held in filed.items()}
