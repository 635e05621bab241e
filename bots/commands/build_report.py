"""What a build did or would do, in words for whoever owns the documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType

from bots.commands.terminal import hanging, written
from indexing.corrections import Correction
from indexing.origins.port import Failure
from indexing.plan import Plan
from indexing.report import BuildPlan, BuildReport, SkippedFile


def report_shown(report: BuildReport) -> RenderableType:
    """Write what a build did, what it left out and why, and what it repaired."""
    if report.changed:
        todo = _plan_of(report)
        parts: list[RenderableType] = [
            written(f"Indexed {size_in_words(report)}."),
            written(f"Files: {changes_in_words(todo, all_files=True)}."),
            written(f"{count(report.embedded, 'vector')} computed, {report.reused:,} kept."),
        ]
    else:
        parts = [written(f"Nothing has changed: {size_in_words(report)}.")]
    if report.corpus:
        parts.append(written(f"Folder: {report.corpus}"))
    parts += [written(one) for one in report.approved]
    if report.corrections:
        parts.append(written("Corrected without a new version:", "bold yellow"))
        parts += [
            hanging(written("!", "yellow"), written(correction_in_words(one)))
            for one in report.corrections
        ]
    if report.notes:
        parts.append(written("Repaired or uncertain:", "bold"))
        parts += [hanging(written("•"), written(f"{n.relative}: {n.note}")) for n in report.notes]
    parts += _troubles("Stale (what was read before still answers):", report.stale)
    parts += _troubles("Left out:", report.skipped)
    parts += _troubles("Not fetched:", report.unfetched)
    return Group(*parts)


def plan_shown(plan: BuildPlan, folder: str) -> RenderableType:
    """Write what a build would do."""
    parts: list[RenderableType] = []
    todo = plan.plan
    if plan.anew:
        parts.append(
            written(
                f"`charter index` would read all {count(len(plan.files), 'file')} of {folder}: "
                "there is no index that can be used."
            )
        )
    elif todo.changes_nothing:
        all_files = _files(len(todo.keep))
        parts.append(written(f"Nothing to do: the index is in step with {all_files} of {folder}."))
    else:
        parts.append(written(f"`charter index` would bring in step with {folder}:"))
        parts += [
            hanging(written(sign), written(f"{words} {path}"))
            for sign, words, paths in (
                ("+", "read the new", todo.add),
                ("~", "read again the changed", todo.replace),
                (
                    "→",
                    "keep under its new name",
                    [f"{m.after} (was {m.before})" for m in todo.moved],
                ),
                ("-", "take out", todo.remove),
            )
            for path in paths
        ]
        if todo.keep:
            parts.append(written(f"{_files(len(todo.keep))} unchanged."))
    return Group(*parts, written("Nothing was changed by this look.", "dim"))


def report_to_dict(report: BuildReport) -> dict[str, Any]:
    """Return a report as JSON has it."""
    return {
        "generation": report.generation,
        "changed": report.changed,
        "corpus": report.corpus,
        "built_at": report.built_at,
        "documents": report.documents,
        "files": report.files,
        "passages": report.passages,
        "embedded": report.embedded,
        "reused": report.reused,
        **plan_to_dict(_plan_of(report)),
        "skipped": _troubles_listed(report.skipped),
        "stale": _troubles_listed(report.stale),
        "unfetched": [
            {"about": one.about, "problem": one.problem, "remedy": one.remedy}
            for one in report.unfetched
        ],
        "corrections": [
            {
                "path": one.relative,
                "title": one.title,
                "version": one.version,
                "passages": one.passages,
            }
            for one in report.corrections
        ],
        "approved": list(report.approved),
        "notes": [{"path": note.relative, "note": note.note} for note in report.notes],
    }


def plan_to_dict(todo: Plan) -> dict[str, Any]:
    """Return a plan as JSON has it."""
    return {
        "added": list(todo.add),
        "replaced": list(todo.replace),
        "removed": list(todo.remove),
        "moved": [{"from": move.before, "to": move.after} for move in todo.moved],
        "unchanged": list(todo.keep),
    }


def size_in_words(report: BuildReport) -> str:
    """Say how much is served; what was read and what was left out add up to the files."""
    files = f"from {_files(report.files)}" if report.skipped else ""
    left = f"; {_files(len(report.skipped))} left out" if report.skipped else ""
    stale = f"; {len(report.stale):,} stale" if report.stale else ""
    size = f"{count(report.documents, 'document')}, {count(report.passages, 'passage')}"
    return f"{size} {files}".rstrip() + left + stale


def changes_in_words(todo: Plan, *, all_files: bool = False) -> str:
    """Say how many files came, changed and went; those that stayed where all are counted."""
    counts = {
        "new": todo.add,
        "changed": todo.replace,
        "moved": todo.moved,
        "removed": todo.remove,
        "unchanged": todo.keep if all_files else (),
    }
    return ", ".join(f"{len(paths):,} {word}" for word, paths in counts.items() if paths)


def correction_in_words(one: Correction) -> str:
    """Say which version has another text than before, and what to do if that was not meant."""
    passages = f"{count(one.passages, 'passage')} changed" if one.passages else "its layout changed"
    return (
        f"Version {one.version} of {one.title} was corrected: {passages} ({one.relative}). "
        "If this is a new version, give it a version of its own."
    )


def count(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _files(number: int) -> str:
    return count(number, "file")


def _plan_of(report: BuildReport) -> Plan:
    return Plan(report.kept, report.added, report.replaced, report.removed, report.moved)


def _troubles(heading: str, files: Iterable[SkippedFile | Failure]) -> list[RenderableType]:
    told = [
        hanging(written("!", "yellow"), written(f"{file.problem} {file.remedy}")) for file in files
    ]
    return [written(heading, "bold yellow"), *told] if told else []


def _troubles_listed(files: Iterable[SkippedFile]) -> list[dict[str, str]]:
    return [
        {"path": file.relative, "problem": file.problem, "remedy": file.remedy} for file in files
    ]
