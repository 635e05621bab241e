"""Generations: each build is a folder of its own, served only when whole; one pointer is swapped.

    home/
      current                  name of the generation that is served
      build.lock               held while a build runs
      building                 the same, for whoever asks whether one does
      generations/0007-3f1c/   one complete index; readers hold its file "in use" open

Locks belong to the process (flock), so one that is killed leaves none behind.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus.errors import BuildLocked, IndexDamaged, IndexMissing
from indexing.storage import writing_to

MANIFEST = "manifest.json"
_POINTER = "current"
_BUILD_LOCK = "build.lock"
_BUILDING = "building"
_IN_USE = "in use"
_NAME = re.compile(r"(\d{4,})-[0-9a-f]{4}")  # the second part keeps a name from coming back


def current_name(home: Path) -> str:
    """Return the name of the generation that is served.

    Raises:
        IndexMissing: nothing was built yet.
        IndexDamaged: the pointer cannot be read, or names what is not there.
    """
    pointer = home / _POINTER
    try:
        name = pointer.read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing(f"There is no index in {home} yet.", "Run `charter index`.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"The file {pointer} cannot be read.", _REBUILD) from error
    if not _NAME.fullmatch(name):
        raise IndexDamaged(f"The file {pointer} does not name a generation.", _REBUILD)
    if not (generation_folder(home, name) / MANIFEST).is_file():
        raise IndexDamaged(f"The index {name} in {home} is not there.", _REBUILD)
    return name


def generation_folder(home: Path, name: str) -> Path:
    """Return where a generation stands."""
    return home / "generations" / name


@contextmanager
def build_lock(home: Path) -> Iterator[None]:
    """Let one build at a time work in ``home``, which is made if it is not there.

    Raises:
        BuildLocked: another process is building.
        StorageError: ``home`` cannot be written.
    """
    with writing_to(home):
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / _BUILD_LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    with ExitStack() as held:
        held.callback(os.close, descriptor)
        _lock_or_refuse(descriptor, home)
        with writing_to(home):
            told = os.open(home / _BUILDING, os.O_RDWR | os.O_CREAT, 0o644)
        held.callback(os.close, told)
        fcntl.flock(told, fcntl.LOCK_EX)  # whoever asks holds it for a moment, so wait
        yield


def is_building(home: Path) -> bool:
    """Tell whether a build is running in ``home``; no build is hindered by the question."""
    try:
        descriptor = os.open(home / _BUILDING, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def new_generation(home: Path) -> Iterator[Path]:
    """Make the folder of the next generation; it is removed again when the build fails."""
    with writing_to(home):
        number = max(map(_number, _names(home)), default=0) + 1
        folder = generation_folder(home, f"{number:04d}-{secrets.token_hex(2)}")
        folder.mkdir(parents=True)
        (folder / _IN_USE).touch()
    try:
        yield folder
    except BaseException:  # also when interrupted; what cannot be removed now, the next build does
        if _served(home) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def publish(home: Path, name: str) -> None:
    """Serve a generation from now on: everything is on the disk before the pointer names it.

    Raises:
        StorageError: the previous generation goes on being served.
    """
    fresh = home / f"{_POINTER}.new"
    with writing_to(home):
        for folder, _, files in os.walk(generation_folder(home, name)):
            for file in files:
                _sync(Path(folder) / file)
            _sync(Path(folder))
        _sync(home / "generations")
        fresh.write_text(f"{name}\n", "utf-8")
        _sync(fresh)
        fresh.replace(home / _POINTER)
        _sync(home)


def clean_up(home: Path) -> None:
    """Remove what is neither served, nor the one before, nor still read by anybody.

    While the pointer is damaged, all that is whole is left alone.
    """
    served = _served(home)
    whole = [folder.name for folder in kept_folders(home)]
    kept = whole
    if served:
        before = [name for name in whole if _number(name) < _number(served)]
        kept = [served, *before[-1:]]
    for name in _names(home):
        if name not in kept:
            _remove_unless_read(generation_folder(home, name))


def kept_folders(home: Path) -> tuple[Path, ...]:
    """Return the folders of all whole generations, oldest first."""
    folders = [generation_folder(home, name) for name in _names(home)]
    return tuple(folder for folder in folders if (folder / MANIFEST).is_file())


def hold(folder: Path) -> int:
    """Mark a generation as read by this process until the returned descriptor is closed.

    Raises:
        FileNotFoundError: it is gone, or being removed.
    """
    with ExitStack() as opened:
        descriptor = os.open(folder / _IN_USE, os.O_RDONLY)
        opened.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FileNotFoundError(folder) from error
        if os.fstat(descriptor).st_nlink == 0:  # removed between the opening and the lock
            raise FileNotFoundError(folder)
        opened.pop_all()
    return descriptor


def _remove_unless_read(folder: Path) -> None:
    try:
        descriptor = os.open(folder / _IN_USE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:  # the disk went read-only; the next build cleans up
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (folder / MANIFEST).unlink(missing_ok=True)  # first: half removed is not whole
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:  # somebody reads it, or the disk refuses; the next build tries again
        return
    finally:
        os.close(descriptor)


def _lock_or_refuse(descriptor: int, home: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        process = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
        raise BuildLocked(
            f"Another build is running in {home} (process {process}).",
            "Wait until it has ended, then run the command again.",
        ) from error
    with writing_to(home):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


def _names(home: Path) -> list[str]:
    """Return the names of all generations, oldest first, whole or not."""
    folder = home / "generations"
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((path.name for path in found if _NAME.fullmatch(path.name)), key=_number)


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def _served(home: Path) -> str:
    try:
        return current_name(home)
    except (IndexMissing, IndexDamaged):
        return ""


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_REBUILD = "Run `charter index` to build it again."
