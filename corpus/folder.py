"""The files of a corpus folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from corpus.errors import CorpusMissing

SIDECAR_SUFFIX = ".meta.yaml"
_SETTINGS_FILE = "charter.toml"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read as a document.

    Attributes:
        relative: its path below the corpus folder, with forward slashes.
        sidecar: the file beside it that describes it, or None.
    """

    path: Path
    relative: str
    sidecar: Path | None = None


def list_files(folder: Path, *, without: Path | None = None) -> tuple[SourceFile, ...]:
    """Return the files below a folder, by relative path.

    Left out are hidden files and folders, sidecars of a document, ``charter.toml``, links that
    lead out of the folder, and all below the folder ``without``. What cannot be read is in, such
    as a sidecar without its document: whoever put it there should hear of it.
    Raises CorpusMissing.
    """
    if not folder.is_dir():
        raise CorpusMissing(
            f"The corpus folder {folder} does not exist or is no folder.",
            "Create it and put documents there, or set CHARTER_CORPUS to the right folder.",
        )
    left_out = without and without.resolve()
    files = []
    for place, names, contents in os.walk(folder, onerror=_refuse):
        names[:] = sorted(name for name in names if not name.startswith("."))
        names[:] = [name for name in names if (Path(place) / name).resolve() != left_out]
        files += [Path(place) / name for name in contents if _is_listed(name)]
    inside = [path for path in files if _stays_inside(path, folder) and not _is_pipe(path)]
    sources = [_source(path, folder) for path in inside if not is_sidecar(path)]
    described = {source.sidecar for source in sources}
    sources += [
        SourceFile(path, path.relative_to(folder).as_posix())
        for path in inside
        if is_sidecar(path) and path not in described
    ]
    return tuple(sorted(sources, key=lambda source: source.relative))


def is_sidecar(path: Path) -> bool:
    """Tell by its name whether a file describes another."""
    return path.name.endswith(SIDECAR_SUFFIX)


def _is_listed(name: str) -> bool:
    return not (name.startswith(".") or name == _SETTINGS_FILE)


def _stays_inside(path: Path, folder: Path) -> bool:
    return not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())


def _is_pipe(path: Path) -> bool:
    """Tell whether reading could wait for ever; a broken link is no pipe and gets reported."""
    return path.exists() and not path.is_file()


def _source(path: Path, folder: Path) -> SourceFile:
    sidecar = path.with_name(path.stem + SIDECAR_SUFFIX)
    relative = path.relative_to(folder).as_posix()
    return SourceFile(path, relative, sidecar if sidecar.is_file() else None)


def _refuse(error: OSError) -> NoReturn:
    raise CorpusMissing(
        f"The corpus folder {error.filename} cannot be entered: {error.strerror}.",
        "Let the account that runs Charter read it.",
    ) from error
