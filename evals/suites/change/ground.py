"""What a look at a change rests on: all documents, all suites, what is served, and the day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import mirrors_of, today, with_folder
from corpus.errors import StoredIndexError
from indexing.digests import Digests
from indexing.generations import current_name
from indexing.survey import list_roots


def ground_of(settings: Settings) -> str:
    """Return a hash over what decides what a change would do, beside the change itself.

    No document is read but to hash it, and no suite.

    Raises:
        CorpusMissing: the folder of documents is gone.
    """
    settings = with_folder(settings)
    digests = Digests.remembered(settings.home)
    parts = [str(today()), _served(settings), *settings.gate]
    files = list_roots(settings.corpus, mirrors_of(settings), without=settings.home)
    parts += [f"{one.relative} {digests.state(one).digest}" for one in files]
    parts += [f"{one} {digests.of(one)}" for one in _suite_files(settings.suites_folder)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _suite_files(folder: Path) -> Iterator[Path]:
    """Give the suites, and what people said of replies to them, which decides as well."""
    yield from sorted(folder.glob("*.yaml"))
    yield from sorted(folder.glob("runs/*/labels.jsonl"))


def _served(settings: Settings) -> str:
    try:
        return current_name(settings.home)
    except StoredIndexError:
        return ""
