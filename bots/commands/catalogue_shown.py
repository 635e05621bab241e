"""The documents with what is known and what is missing, written for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.library.catalogue import CatalogueEntry, in_words
from assistant.library.gaps import Gap, readers
from bots.commands.terminal import hanging, written

FOUND = " (found in the text)"
_SIGNS = {"error": ("✗", "red"), "warning": ("!", "yellow")}


def catalogue_shown(entries: Sequence[CatalogueEntry], gaps: Sequence[Gap]) -> RenderableType:
    """Write every version with all that is known of it, and under each what is missing."""
    parts: list[RenderableType] = []
    for entry in entries:
        parts += [written(entry.metadata.title, "bold")]
        parts += [_indented(line) for line in _known(entry)]
        parts += [_indented(_gap(gap)) for gap in gaps if gap.key == entry.key]
        parts.append(Text())
    return Group(*parts, written(_count(entries, gaps), "dim"))


def gaps_shown(
    entries: Sequence[CatalogueEntry], gaps: Sequence[Gap], slips: Iterable[str] = ()
) -> RenderableType:
    """Write only the versions of which something is missing; ``slips`` are of their folders."""
    parts: list[RenderableType] = [hanging(written(*_SIGNS["error"]), written(s)) for s in slips]
    for entry in entries:
        own = [gap for gap in gaps if gap.key == entry.key]
        if own:
            known = entry.metadata
            parts.append(written(f"{known.title} ({known.id}, version {known.version})", "bold"))
            parts += [_indented(_gap(gap)) for gap in own]
    return Group(*parts, written(_count(entries, gaps), "dim"))


def _known(entry: CatalogueEntry) -> Iterator[RenderableType]:
    known = entry.metadata
    version = f"version {known.version}{_found(entry, 'version')}"
    yield written(f"{known.id} · {version} · {_standing(entry)}")
    for mark in entry.marks:
        yield written(mark, "yellow")
    if entry.corrected_on:
        yield written(f"Corrected without a new version on {in_words(entry.corrected_on)}")
    said = [known.kind, known.organisation, known.language, f"read by {readers(known)}"]
    yield written(" · ".join(filter(None, said)))
    for name, field, value in (
        ("Owner", "owner", known.owner),
        ("Contact", "contact", known.contact),
        ("Source", "source", known.source),
        ("Supersedes", "supersedes", ", ".join(known.supersedes)),
    ):
        if value:
            yield hanging(written(f"{name}:", "dim"), written(f"{value}{_found(entry, field)}"))


def _standing(entry: CatalogueEntry) -> str:
    """Say "in force from 1 January 2024", or "superseded, in force from … until …" before."""
    known = entry.metadata
    days = [
        f"{word} {in_words(day)}{_found(entry, field)}"
        for word, field, day in (
            ("from", "effective_from", known.effective_from),
            ("until", "effective_to", known.effective_to),
        )
        if day
    ]
    if not days:
        return f"{entry.force}, without dates"
    before = "" if entry.force == "in force" else f"{entry.force}, in force "
    return (before or "in force ") + " ".join(days)


def _found(entry: CatalogueEntry, field: str) -> str:
    return FOUND if field in entry.metadata.found else ""


def _gap(gap: Gap) -> RenderableType:
    return hanging(written(*_SIGNS[gap.level]), written(gap.problem))


def _indented(line: RenderableType) -> RenderableType:
    return Padding(line, (0, 0, 0, 2))


def _count(entries: Sequence[CatalogueEntry], gaps: Sequence[Gap]) -> str:
    ids = {entry.metadata.id for entry in entries}
    errors = sum(gap.level == "error" for gap in gaps)
    said = f"{len(ids)} documents in {len(entries)} versions"
    if not gaps:
        return f"{said}; nothing is missing."
    return f"{said}; {errors} to correct (✗), {len(gaps) - errors} to complete or confirm (!)."
