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


def list_files(folder: Path) -> tuple[SourceFile, ...]:
    """Return the files below a folder, by relative path.

    Left out are hidden files and folders, sidecars, ``charter.toml`` and links that lead out of
    the folder. Files of kinds that cannot be read are in: whoever put them there should hear of
    it. Raises CorpusMissing.
    """
    if not folder.is_dir():
        raise CorpusMissing(
            f"The corpus folder {folder} does not exist or is no folder.",
            "Create it and put documents there, or set CHARTER_CORPUS to the right folder.",
        )
    files = []
    for place, names, contents in os.walk(folder, onerror=_refuse):
        names[:] = sorted(name for name in names if not name.startswith("."))
        files += [Path(place) / name for name in contents if _is_document(name)]
    inside = [path for path in files if _stays_inside(path, folder) and not _is_pipe(path)]
    sources = [_source(path, folder) for path in inside]
    return tuple(sorted(sources, key=lambda source: source.relative))


def _is_document(name: str) -> bool:
    return not (name.startswith(".") or name.endswith(SIDECAR_SUFFIX) or name == _SETTINGS_FILE)


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
