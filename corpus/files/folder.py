"""The files of a corpus folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import NoReturn

from corpus.errors import CorpusMissing

SIDECAR_SUFFIX = ".meta.yaml"
SETTINGS_FILE = "charter.toml"
# what editors, browsers and copying programs leave beside a file while they write it
_PASSING = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart")
_OTHER_PASSING = re.compile(r"#.*#|.*\.sw[a-p]|4913").fullmatch  # of Emacs and Vim


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read as a document.

    Attributes:
        relative: its path below the corpus folder, with forward slashes.
        sidecar: the file beside it that describes it, or None.
        settings: the ``charter.toml`` files that govern it, the outermost folder's first.
        member: of a document inside a file (an archive, an e-mail) its name in each container on
            the way, the outermost first; ``path`` and ``sidecar`` are then those of the file.
        member_sidecar: the same of the sidecar beside it in its container.
        around: the same of the sidecars of the containers on the way, the outermost first.
    """

    path: Path
    relative: str
    sidecar: Path | None = None
    settings: tuple[Path, ...] = ()
    member: tuple[str, ...] = ()
    member_sidecar: tuple[str, ...] = ()
    around: tuple[tuple[str, ...], ...] = ()


def list_files(folder: Path, *, without: Path | None = None) -> tuple[SourceFile, ...]:
    """Return the files below a folder, by relative path.

    Left out are hidden files and folders, what programs leave beside a file while they write it,
    sidecars of a document, ``charter.toml``, links that lead out of the folder, and all below the
    folder ``without``. What cannot be read is in, such as a sidecar without its document or a
    folder that may not be entered: whoever put it there should hear of it.
    Raises CorpusMissing.
    """
    if not folder.is_dir():
        raise CorpusMissing(
            f"The corpus folder {folder} does not exist or is no folder.",
            "Create it and put documents there, or set CHARTER_CORPUS to the right folder.",
        )
    left_out = without and without.resolve()
    sources: list[SourceFile] = []
    waiting = [_Place(folder, "", ())]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place.folder) as entries:
                found = {entry.name: entry for entry in entries}
        except OSError as error:
            if place.folder == folder:
                _refuse(error)
            sources.append(SourceFile(place.folder, place.relative.rstrip("/")))
            continue
        place = place.governed(found)
        sources += _sources(place, found, [one for one in found if _is_file(found[one], folder)])
        waiting += [
            _Place(place.folder / name, f"{place.relative}{name}/", place.settings)
            for name, entry in found.items()
            if entry.is_dir(follow_symlinks=False)
            and not is_passing(name)
            # where it lies is asked only of a folder that has its name
            and not (left_out and name == left_out.name and Path(entry).resolve() == left_out)
        ]
    return tuple(sorted(sources, key=lambda source: source.relative))


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder: ``relative`` ends with a slash; ``settings`` govern what is in it."""

    folder: Path
    relative: str
    settings: tuple[Path, ...]

    def governed(self, found: Mapping[str, os.DirEntry[str]]) -> _Place:
        """Return it with its own settings, if it has any."""
        own = found.get(SETTINGS_FILE)
        if own is None or _is_pipe(own):
            return self
        return replace(self, settings=(*self.settings, Path(own)))


def _sources(
    place: _Place, found: Mapping[str, os.DirEntry[str]], files: Sequence[str]
) -> Iterator[SourceFile]:
    """Give the documents of one folder with their sidecars, then sidecars that have none."""
    alone = {name for name in files if name.endswith(SIDECAR_SUFFIX)}
    for name in files:
        if not name.endswith(SIDECAR_SUFFIX):
            path = place.folder / name
            beside = path.stem + SIDECAR_SUFFIX
            alone.discard(beside)
            # also one that is a link leading out: it may say that few may read the document
            described = beside in found and found[beside].is_file()
            sidecar = place.folder / beside if described else None
            yield SourceFile(path, place.relative + name, sidecar, place.settings)
    for name in alone:
        yield SourceFile(place.folder / name, place.relative + name)


def described_at(folder: Path, relative: str) -> SourceFile:
    """Return a file that may not be there yet, with all that is said about it at its place.

    Args:
        folder: of the corpus.
        relative: path below it, with forward slashes.
    """
    path = folder / relative
    beside = path.with_name(path.stem + SIDECAR_SUFFIX)
    places = [folder, *(folder / above for above in reversed(PurePath(relative).parents[:-1]))]
    # a link that leads nowhere counts, as in a listing: it may have been a restriction
    settings = tuple(
        own
        for place in places
        if os.path.lexists(own := place / SETTINGS_FILE) and (own.is_file() or not own.exists())
    )
    return SourceFile(path, relative, beside if beside.is_file() else None, settings)


def is_passing(name: str) -> bool:
    """Tell by its name whether something is hidden, or there only while a program writes a file."""
    return (
        name.startswith((".", "~$")) or name.endswith(_PASSING) or _OTHER_PASSING(name) is not None
    )


def is_sidecar(path: PurePath) -> bool:
    """Tell by its name whether a file describes another."""
    return path.name.endswith(SIDECAR_SUFFIX)


def _is_file(entry: os.DirEntry[str], folder: Path) -> bool:
    """Tell whether an entry is to be listed as a file; a broken link is, and gets reported."""
    if is_passing(entry.name) or entry.name == SETTINGS_FILE:
        return False
    if entry.is_symlink():
        inside = Path(entry).resolve().is_relative_to(folder.resolve())
        return inside and not entry.is_dir() and not _is_pipe(entry)
    return entry.is_file()


def _is_pipe(entry: os.DirEntry[str]) -> bool:
    """Tell whether reading could wait for ever."""
    return Path(entry).exists() and not entry.is_file()


def _refuse(error: OSError) -> NoReturn:
    raise CorpusMissing(
        f"The corpus folder {error.filename} cannot be entered: {error.strerror}.",
        "Let the account that runs Charter read it.",
    ) from error
