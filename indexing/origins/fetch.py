"""All sources in turn: what each brought, whatever happens to the others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from corpus.files.folder import SETTINGS_FILE
from indexing.origins.failures import keep_failures
from indexing.origins.folder import FolderSource
from indexing.origins.git import GitSource
from indexing.origins.mirror import ORIGINS, Busy
from indexing.origins.port import Failure, Fetched, Say, Source
from indexing.origins.settings import OriginSettings
from indexing.origins.web import WebSource
from indexing.storage import writing_to


def source_of(settings: OriginSettings) -> Source:
    """Return the source that settings describe."""
    if settings.path is not None:
        return FolderSource(settings.name, settings.path)
    return GitSource(settings) if settings.git else WebSource(settings)


def folder_of(settings: OriginSettings, home: Path) -> Path:
    """Return the folder with a source's documents as they were fetched last."""
    return settings.path or home / ORIGINS / settings.name


def fetch_all(origins: Sequence[OriginSettings], home: Path, report: Say) -> tuple[Fetched, ...]:
    """Bring the documents of every source into folders below ``home``, in their order.

    A source that cannot be reached keeps its folder as it was, and says so in what is returned.
    The copies of sources that are no longer listed are removed.

    Args:
        origins: the sources.
        home: Charter's folder; copies are kept in ``home/origins/<name>/``.
        report: is told what is being fetched.

    Raises:
        StorageError: ``home`` cannot be written.
    """
    _describe(origins, home)
    _forget_others(origins, home)
    fetched = tuple(_fetch(one, home, report) for one in origins)
    keep_failures(home, (failure for one in fetched for failure in one.failures))
    return fetched


def _fetch(settings: OriginSettings, home: Path, report: Say) -> Fetched:
    try:
        return source_of(settings).fetch(home, report)
    except Busy:
        failure = Failure(
            "",
            f"{settings.name} is being fetched by another process.",
            "Wait until that has ended.",
        )
        return Fetched(settings.name, folder_of(settings, home), failures=(failure,), reached=False)


def _describe(origins: Sequence[OriginSettings], home: Path) -> None:
    """Write what is said about the documents of each source where readers of folders look."""
    lines = []
    for one in origins:
        said = one.about.model_dump(mode="json", exclude_none=True)
        if said and one.path is None:
            lines.append(f"[documents.{json.dumps('/' + one.name)}]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in said.items()]
    folder = home / ORIGINS
    with writing_to(home):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / ".new"
        fresh.write_text("\n".join([*lines, ""]), "utf-8")
        fresh.replace(folder / SETTINGS_FILE)


def _forget_others(origins: Sequence[OriginSettings], home: Path) -> None:
    known = {one.name for one in origins if one.path is None}
    with writing_to(home):
        for path in (home / ORIGINS).iterdir():
            if path.is_dir() and path.name not in known:
                shutil.rmtree(path)
