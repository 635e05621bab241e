"""What a build says that it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import IndexMissing
from indexing.corrections import Correction
from indexing.manifest import FileRecord, Manifest
from indexing.origins.failures import kept_failures
from indexing.origins.port import Failure
from indexing.plan import Move, Plan
from indexing.storage import writing_to

REPORT_FILE = "report.json"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        changed: False when the served index was up to date and nothing was built.
        embedded: texts that the model computed in this build.
        reused: texts whose vector was there.
        kept, added, replaced, removed, moved: files, against the index that was served before.
        skipped: also those that were skipped before.
        stale: files that cannot be read any more; what was read of them before is served.
        notes: on the files that were read in this build.
        corrections: versions whose text changed in this build.
        unfetched: what the last fetch of the origins could not bring.
        corpus: folder that was read.
        built_at: of the served index, ISO 8601, UTC.
        approved: what was said of it before it was served, a sentence each.
    """

    generation: str
    documents: int
    passages: int
    changed: bool
    embedded: int
    reused: int
    kept: tuple[str, ...]
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    notes: tuple[DocumentNote, ...]
    moved: tuple[Move, ...] = ()
    stale: tuple[SkippedFile, ...] = ()
    corrections: tuple[Correction, ...] = ()
    unfetched: tuple[Failure, ...] = ()
    corpus: str = ""
    built_at: str = ""
    approved: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """How many files there are: each gave a document or was left out."""
        return self.documents + len(self.skipped)


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do.

    Attributes:
        files: all that are there.
        anew: there is no index that can be used, so all files would be read.
    """

    plan: Plan
    files: tuple[str, ...]
    anew: bool


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the corpus that cannot be read now, and what to do about it."""

    relative: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """What the reader repaired in a file or could not read with certainty."""

    relative: str
    note: str


def report_unchanged(
    manifest: Manifest, todo: Plan, unfetched: tuple[Failure, ...] = ()
) -> BuildReport:
    """Return the report of a build that finds this index served and up to date."""
    return BuildReport(
        generation=manifest.generation,
        documents=sum(bool(record.key) for record in manifest.files),
        passages=manifest.passages,
        changed=False,
        embedded=0,
        reused=manifest.passages,
        kept=todo.keep,
        added=todo.add,
        replaced=todo.replace,
        removed=todo.remove,
        moved=todo.moved,
        skipped=_told(record for record in manifest.files if record.problem and not record.key),
        stale=_told(record for record in manifest.files if record.stale_since),
        notes=(),
        unfetched=unfetched,
        corpus=manifest.corpus,
        built_at=manifest.built_at,
    )


def _told(records: Iterable[FileRecord]) -> tuple[SkippedFile, ...]:
    return tuple(SkippedFile(one.relative, one.problem, one.remedy) for one in records)


def write_report(home: Path, report: BuildReport) -> None:
    """Keep the report of the last build for whoever asks later."""
    fresh = home / f"{REPORT_FILE}.new"
    with writing_to(home):
        fresh.write_bytes(_adapter().dump_json(report, indent=1))
        fresh.replace(home / REPORT_FILE)


def read_report(home: Path) -> BuildReport:
    """Return the report of the last build.

    Raises:
        IndexMissing: there is none that can be read.
    """
    try:
        report = _adapter().validate_json((home / REPORT_FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexMissing(
            f"There is no report of a build in {home} yet.", "Run `charter index`."
        ) from error
    return replace(report, unfetched=kept_failures(home))  # a fetch may have come after it


@cache
def _adapter() -> TypeAdapter[BuildReport]:
    return TypeAdapter(BuildReport)
