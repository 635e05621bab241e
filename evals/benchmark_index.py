"""A set of questions as an index, built the way the product builds it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.benchmark_files import PAGE, Written, write_files
from evals.benchmark_problems import Problem, Problems
from evals.benchmark_sets import BenchmarkSet
from indexing.build import build_index
from indexing.embedding import Embedder
from indexing.index import Index, open_index
from indexing.progress import Progress, SilentProgress
from indexing.report import BuildReport

_SILENT = SilentProgress()


@dataclass(frozen=True, slots=True)
class IndexedSet:
    """A set of questions with an open index of what can be found.

    Attributes:
        home: holds the index.
        owners: the entry of each passage, by the passage's ordinal in the index. A passage of a
            page belongs to the page on which it begins, also where no entry has this page.
        keys: entry id → keys of its document.
        problems: of the set's files, beside those of the set.
        seconds: that writing its files and bringing the index in step took.
        report: of that build; what was kept in ``home`` was not built again.
    """

    some_set: BenchmarkSet
    home: Path
    index: Index
    owners: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    seconds: float
    report: BuildReport

    def entry_of(self, ordinal: int) -> str:
        """Return the id of the entry that a passage stands in."""
        return self.owners[ordinal]

    def keys_of(self, entry_id: str) -> tuple[str, ...]:
        """Return the keys of the documents that hold an entry; none if it could not be indexed."""
        return self.keys.get(entry_id, ())


@contextmanager
def indexed(
    some_set: BenchmarkSet,
    home: Path,
    embedder: Embedder,
    documents: Path | None = None,
    *,
    progress: Progress = _SILENT,
) -> Iterator[IndexedSet]:
    """Give a set with its index; ``home`` can be kept, and then only what changed is built anew.

    Args:
        some_set: the set.
        home: a folder of this set alone; its files go to ``home/corpus``.
        embedder: the model.
        documents: folder of the real documents, where ids name them ("Name.pdf#page=7").
        progress: hears of the build.

    Raises:
        CorpusError, StorageError, ModelError, StoredIndexError: as for ``build_index``.
    """
    began = time.perf_counter()
    written = write_files(some_set, home / "corpus", documents)
    report = build_index(home / "corpus", home, embedder, progress=progress)
    seconds = time.perf_counter() - began
    with closing(open_index(home, embedder_fingerprint=embedder.fingerprint)) as index:
        owners, keys = _owned(index, written)
        problems = Problems()
        problems.note_all(
            "entry that could not be indexed",
            (entry.id for entry in some_set.entries if entry.id not in keys),
        )
        met = (*written.problems, *problems.told())
        yield IndexedSet(some_set, home, index, owners, keys, met, seconds, report)


def _owned(index: Index, written: Written) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return the entry of each passage, and the document of each entry."""
    owners = [""] * index.manifest.passages
    keys: dict[str, tuple[str, ...]] = {}
    for record in index.manifest.files:
        path = record.archive or record.relative
        ordinals = index.ordinals(record.key)
        if not ordinals:
            continue
        if path in written.whole:
            entry = written.whole[path]
            owners[ordinals.start : ordinals.stop] = [entry] * len(ordinals)
            keys[entry] = (*keys.get(entry, ()), record.key)
            continue
        blocks = index.document(record.key).blocks
        pages = [f"{written.paged[path]}{PAGE}{block.page}" for block in blocks]
        for ordinal, passage in index.passages(ordinals).items():
            owners[ordinal] = pages[passage.first]
        keys |= dict.fromkeys(pages, (record.key,))
    return tuple(owners), keys
