"""The document's way: folder → plan → parse → split → embed → store → report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from corpus.clauses import clauses_of
from corpus.commitments import commitments_of
from corpus.errors import CorpusEmpty, IndexDamaged, StorageError, StoredIndexError
from corpus.model import Passage, document_key
from corpus.passages import split
from corpus.units import units_of, words_of
from indexing.approval import Candidate
from indexing.corrections import Correction
from indexing.digests import Digests
from indexing.embedding import Embedder
from indexing.folder_notes import standing_notes
from indexing.generations import (
    build_lock,
    clean_up,
    current_name,
    generation_folder,
    kept_folders,
    new_generation,
    publish,
)
from indexing.glossary import Saying, sayings_of
from indexing.index import open_index
from indexing.isolation import Readers
from indexing.keywords import build_keywords
from indexing.manifest import (
    FileRecord,
    Manifest,
    content_fingerprint,
    is_current,
    present_versions,
    read_manifest,
    write_manifest,
)
from indexing.origins.failures import kept_failures
from indexing.passage_store import PassageStore, PassageWriter
from indexing.passage_vectors import PassageVectorWriter
from indexing.progress import Heard, Progress
from indexing.register.writer import RegisterWriter
from indexing.report import BuildPlan, BuildReport, DocumentNote, report_unchanged, write_report
from indexing.sources import Before, Source, read_sources
from indexing.storage import writing_to
from indexing.store_wording import store_glossary, store_lexicon
from indexing.survey import Options, Survey, list_roots, put_instead, take_survey
from indexing.unit_vectors import UnitWriter
from indexing.vectors import CachedEmbedder, vector_key

__all__ = [
    "BuildReport",
    "DocumentNote",
    "Options",
    "build_index",
    "compare",
    "embedding_text",
    "pending",
    "plan_build",
    "served_manifest",
    "unit_texts",
]

_AT_ONCE = 128  # passages embedded and stored in one step
_PLAIN = Options()


def build_index(
    corpus: Path, home: Path, embedder: Embedder, *, progress: Progress, options: Options = _PLAIN
) -> BuildReport:
    """Bring the index in ``home`` in step with the folder ``corpus``.

    Whatever goes wrong, the index that was served before goes on being served.

    Raises:
        CorpusError: the folder is missing, or nothing in it can be read.
        BuildLocked: another build is running in ``home``.
        IndexHeldBack: ``options.approve`` does not let it be served.
        StorageError: ``home`` cannot be written.
        ModelError: the embedding model cannot be used.
    """
    heard, digests = Heard(progress), Digests.remembered(home)
    with Readers(on_page=heard.page) as readers:
        survey = _survey(corpus, home, digests, readers, options)
        heard.surveyed(survey)
        if survey.served and _is_in_step(survey, home, embedder, options):
            digests.remember(home)
            same = report_unchanged(survey.served, survey.plan, kept_failures(home))
            return replace(same, notes=standing_notes(corpus, survey))
        with build_lock(home):
            if served_manifest(home) != survey.served:  # another build came first
                survey = _survey(corpus, home, digests, readers, options)
            clean_up(home)
            with new_generation(home) as folder:
                with _before(home, survey, options) as before:
                    sources = read_sources(survey, before=before, readers=readers, today=_today())
                    read = _store_documents(folder, heard.reading(sources), readers)
                _require_passages(corpus, read.records)
                read = replace(read, glossary=store_glossary(folder, corpus, read.sayings))
                embedded, reused = _store_index(folder, embedder, progress)
                manifest = _manifest(folder, corpus, embedder, read, options)
                _finish(home, manifest, progress)
                approved = _approved(home, manifest, survey, embedder, options)
                publish(home, manifest.generation)
            digests.remember(home)
            _tidy(home, embedder, progress)
    report = replace(
        report_unchanged(manifest, survey.plan, kept_failures(home)),
        changed=True,
        embedded=embedded,
        reused=reused,
        notes=(*read.notes, *standing_notes(corpus, survey)),
        corrections=read.corrections,
        approved=approved,
    )
    _keep(report, home)
    return report


def plan_build(
    corpus: Path, home: Path, embedder: Embedder, *, options: Options = _PLAIN
) -> BuildPlan:
    """Return what a build would do now; nothing is changed.

    Raises:
        CorpusMissing: the folder is missing.
    """
    survey = compare(corpus, home, options=options)
    anew = survey.served is None or options.again or not _is_sound(home, embedder)
    return BuildPlan(survey.plan, tuple(one.file.relative for one in survey.found), anew)


def compare(corpus: Path, home: Path, *, options: Options = _PLAIN) -> Survey:
    """Compare the folder with what is served; nothing is changed, and no model is needed.

    Raises:
        CorpusMissing: the folder is missing.
    """
    with Readers() as readers:
        return _survey(corpus, home, Digests.remembered(home), readers, options)


def served_manifest(home: Path) -> Manifest | None:
    """Return the manifest of the served index; None when there is none that can be used."""
    try:
        return read_manifest(generation_folder(home, current_name(home)))
    except StoredIndexError:
        return None


def pending(corpus: Path, home: Path, embedder: Embedder, *, options: Options = _PLAIN) -> int:
    """Return how many files a build would add, replace or remove; all, if it must build anew.

    Raises:
        CorpusMissing: the folder is missing.
    """
    found = plan_build(corpus, home, embedder, options=options)
    return len(found.files) if found.anew else found.plan.changes


def embedding_text(passage: Passage) -> str:
    """Return what is embedded of a passage: the headings that it stands under, then its text."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def unit_texts(passages: PassageStore, passage: Passage) -> tuple[str, ...]:
    """Return what is embedded of a passage's units, in the order of ``units_of``."""
    document = passages.document(document_key(passage.document, passage.version))
    return tuple(words_of(document, unit) for unit in units_of(document, passage))


def _survey(
    corpus: Path, home: Path, digests: Digests, readers: Readers, options: Options
) -> Survey:
    return take_survey(
        put_instead(list_roots(corpus, options.mirrors, without=home), corpus, options.instead),
        served_manifest(home),
        digests=digests,
        expander=readers,
        options=options,
    )


def _is_in_step(survey: Survey, home: Path, embedder: Embedder, options: Options) -> bool:
    return survey.plan.changes_nothing and not options.again and _is_sound(home, embedder)


def _is_sound(home: Path, embedder: Embedder) -> bool:
    """Tell whether this program, with this model, can serve what is served."""
    try:
        open_index(home, embedder_fingerprint=embedder.fingerprint).close()
    except StoredIndexError:
        return False
    return True


@contextmanager
def _before(home: Path, survey: Survey, options: Options) -> Iterator[Before]:
    """Give what the served index holds; what the same reader read is not read again."""
    store, served = None, survey.served
    with ExitStack() as opened:
        if served:
            with suppress(IndexDamaged):
                store = PassageStore(generation_folder(home, served.generation))
                opened.callback(store.close)
        yield Before.of(survey, store, current=is_current(served) and not options.again)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the files gave beside the documents; ``glossary`` is the SHA-256 of their owners'."""

    records: tuple[FileRecord, ...]
    notes: tuple[DocumentNote, ...]
    corrections: tuple[Correction, ...]
    sayings: tuple[Saying, ...]
    glossary: str = ""


def _store_documents(folder: Path, sources: Iterable[Source], readers: Readers) -> _Read:
    """Write every document, its passages and its commitments; return what is to be said of it."""
    records, notes, corrections = [], [], []
    sayings: list[Saying] = []
    with (
        writing_to(folder),
        closing(PassageWriter(folder)) as writer,
        closing(RegisterWriter(folder)) as register,
    ):
        for source in sources:
            record = source.record
            if source.document is not None:
                passages, explained = split(source.document), [*sayings_of(source.document)]
                place = writer.add(source.document, passages, boxes=source.boxes)
                source.keep_original(place, readers)
                register.add(source.document.metadata, commitments_of(source.document), explained)
                record = replace(record, passages=len(passages))
                sayings += explained
            if source.document is not None and source.fresh:
                notes += [DocumentNote(record.relative, note) for note in source.document.notes]
            if source.correction:
                corrections.append(source.correction)
            records.append(record)
    return _Read(tuple(records), tuple(notes), tuple(corrections), tuple(sayings))


def _require_passages(corpus: Path, records: Sequence[FileRecord]) -> None:
    if any(record.passages for record in records):
        return
    problem = f"The corpus folder {corpus} holds no document that can be read."
    first = next((record for record in records if record.problem), None)
    if first:
        problem += f" The first of {len(records)} files: {first.problem}"
    raise CorpusEmpty(problem, "Put documents there, or set CHARTER_CORPUS to another folder.")


def _keep(report: BuildReport, home: Path) -> None:
    with suppress(StorageError):  # the index is served already; the report is told in any case
        write_report(home, report)


def _store_index(folder: Path, embedder: Embedder, progress: Progress) -> tuple[int, int]:
    """Write what passages are found by; return how many vectors were computed and reused."""
    with closing(PassageStore(folder)) as passages:
        counts = _store_vectors(folder, passages, embedder, progress)
        _store_keywords(folder, passages, progress)
        store_lexicon(folder, passages)
    return counts


def _store_vectors(
    folder: Path, passages: PassageStore, embedder: Embedder, progress: Progress
) -> tuple[int, int]:
    """Write a vector for every passage and unit; return how many were computed and reused."""
    from indexing.chroma import ChromaWriter  # noqa: PLC0415  0.8 s and 34 MB that no question needs

    home = folder.parent.parent
    with (
        writing_to(home),
        closing(CachedEmbedder(_cache(home), embedder)) as cached,
        closing(ChromaWriter(folder / "chroma", passages.size)) as chroma,
        closing(PassageVectorWriter(folder / "vectors")) as flat,
        closing(UnitWriter(folder / "units")) as units,
    ):
        progress.embedding(0, passages.size)
        done = 0
        for batch in passages.batches(_AT_ONCE):
            texts = [unit_texts(passages, passage) for passage in batch]
            vectors = cached.embed([*map(embedding_text, batch), *chain.from_iterable(texts)])
            chroma.add(done, batch, vectors[: len(batch)])
            flat.add(vectors[: len(batch)])
            units.add(vectors[len(batch) :], [len(some) for some in texts])
            done += len(batch)
            progress.embedding(done, passages.size)
        return cached.embedded, cached.reused


def _store_keywords(folder: Path, passages: PassageStore, progress: Progress) -> None:
    progress.writing("keywords")
    titles = {document_key(one.id, one.version): one.title for one in passages.catalogue}

    def fields(passage: Passage) -> tuple[str, str]:
        title = titles[document_key(passage.document, passage.version)]
        return passage.text, f"{title} {passage.heading}"

    def clauses(passage: Passage) -> list[str]:
        document = passages.document(document_key(passage.document, passage.version))
        return sorted(clauses_of(document, passage))

    every = (chain.from_iterable(passages.batches(_AT_ONCE)) for _ in range(2))
    index = build_keywords(map(fields, next(every)), map(clauses, next(every)))
    with writing_to(folder):
        index.save(folder / "keywords")


def _manifest(
    folder: Path,
    corpus: Path,
    embedder: Embedder,
    read: _Read,
    options: Options,
) -> Manifest:
    versions = present_versions(embedder.fingerprint)
    return Manifest(
        generation=folder.name,
        versions=versions,
        files=read.records,
        passages=sum(record.passages for record in read.records),
        fingerprint=content_fingerprint(versions, read.records, read.glossary),
        embedder_name=embedder.name,
        dimension=embedder.dimension,
        corpus=str(corpus.resolve()),
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        mirrors=options.mirrors,
        glossary=read.glossary,
    )


def _finish(home: Path, manifest: Manifest, progress: Progress) -> None:
    """Make a generation whole: from now on it could be served."""
    progress.writing("manifest")
    with writing_to(home):
        write_manifest(generation_folder(home, manifest.generation), manifest)


def _approved(
    home: Path, manifest: Manifest, survey: Survey, embedder: Embedder, options: Options
) -> tuple[str, ...]:
    """Let whoever has a say look at a generation that is whole; return what they say of it."""
    if options.approve is None:
        return ()
    served = survey.served if _is_sound(home, embedder) else None
    folder = generation_folder(home, manifest.generation)
    return options.approve(Candidate(home, folder, manifest, survey.plan, served))


def _tidy(home: Path, embedder: Embedder, progress: Progress) -> None:
    """Remove the generation before the last, and the vectors that no kept one uses."""
    # the new index serves already; what cannot be removed now, the next build removes
    with suppress(StorageError), writing_to(home):
        clean_up(home)
        progress.writing("vectors")
        with closing(CachedEmbedder(_cache(home), embedder)) as cached:
            cached.prune(key for folder in kept_folders(home) for key in _vector_keys(folder))


def _vector_keys(folder: Path) -> Iterator[bytes]:
    with suppress(StoredIndexError):  # of an index that cannot be read, no vector is worth keeping
        model = read_manifest(folder).versions.embedder
        with closing(PassageStore(folder)) as passages:
            for batch in passages.batches(_AT_ONCE):
                for passage in batch:
                    for text in (embedding_text(passage), *unit_texts(passages, passage)):
                        yield vector_key(model, text)


def _cache(home: Path) -> Path:
    return home / "vectors.db"


def _today() -> date:
    return datetime.now(UTC).date()
