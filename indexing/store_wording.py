"""What a generation keeps to read questions by: its glossary and its lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from corpus.model import document_key
from indexing.glossary import Glossary, Saying, write_glossary
from indexing.lexicon import build_lexicon
from indexing.own_glossary import own_glossary
from indexing.passage_store import PassageStore
from indexing.storage import writing_to

_AT_ONCE = 512  # passages read in one step


def store_glossary(folder: Path, corpus: Path, sayings: Iterable[Saying]) -> str:
    """Write what documents explain and their owners set; return the digest of the latter.

    Raises:
        StorageError: it cannot be written.
    """
    own = own_glossary(corpus)
    with writing_to(folder):
        write_glossary(folder, Glossary(tuple(sayings), own.rows))
    return own.digest


def store_lexicon(folder: Path, passages: PassageStore) -> None:
    """Write the words of all passages and the headings that they stand under.

    Raises:
        StorageError: it cannot be written.
    """
    lexicon = build_lexicon(_texts(passages))
    with writing_to(folder):
        lexicon.save(folder / "lexicon")


def _texts(passages: PassageStore) -> Iterator[tuple[int, str]]:
    places = {key: place for place, key in enumerate(passages.ordinals)}
    titles = [one.title for one in passages.catalogue]
    for passage in chain.from_iterable(passages.batches(_AT_ONCE)):
        place = places[document_key(passage.document, passage.version)]
        yield place, f"{titles[place]}\n{passage.heading}\n{passage.text}"
