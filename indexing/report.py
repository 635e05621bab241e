"""What a build says that it did."""

from __future__ import annotations

from dataclasses import dataclass

from indexing.manifest import Manifest
from indexing.plan import Plan


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        changed: False when the served index was up to date and nothing was built.
        embedded: texts that the model computed in this build.
        reused: texts whose vector was there.
        kept, added, replaced, removed: files, against the index that was served before.
        skipped: also those that were skipped before.
        notes: on the files that were read in this build.
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


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the corpus that is not in the index, and what to do about it."""

    relative: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """What the reader repaired in a file or could not read with certainty."""

    relative: str
    note: str


def report_unchanged(manifest: Manifest, todo: Plan) -> BuildReport:
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
        skipped=tuple(
            SkippedFile(record.relative, record.problem, record.remedy)
            for record in manifest.files
            if record.problem
        ),
        notes=(),
    )
