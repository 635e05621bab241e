"""The folder of suites that HR owns: a YAML file for each, and the runs that were kept of it.

    suites/
      leave.yaml
      runs/leave/20261201T081500Z.json          the run: scored again without asking
      runs/leave/20261201T081500Z.told.json     what came of it, to list runs quickly
      runs/leave/labels.jsonl                   which replies people found right, and which not

Suites that come with Charter are listed beside those of the folder, until one of the same name is
written there. Several processes may use a folder at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StorageError, SuiteNotFound, SuiteOutdated, SuiteRefused
from evals.suites.files.read import sound
from evals.suites.files.suite_file import read_suite
from evals.suites.files.yaml_file import read_yaml, yaml_of
from evals.suites.judging.labels import Labels, labels_beside
from evals.suites.log import load_run, save_run
from evals.suites.model import Suite
from evals.suites.reports.told import Told, load_told, save_told
from evals.suites.run import Run
from indexing.storage import replace_file

SHIPPED = Path(__file__).parent / "shipped"
LONGEST_NAME = 60  # characters
_NAME = re.compile(r"\w[\w .,’'()&+–-]*")
_LONGEST_FILE = 200  # bytes, as disks count
_RUN = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
_ENDING = ".yaml"


@dataclass(frozen=True, slots=True)
class Stored:
    """A suite as it lies in the folder.

    Attributes:
        name: of its file, without the ending.
        state: a hash over the file, to notice that somebody changed it; empty of a new one.
        shipped: it comes with Charter, and the folder has none of its name.
    """

    name: str
    suite: Suite
    state: str
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run that was kept, as it is listed.

    Attributes:
        id: of the moment it was begun, in UTC; later ones sort after it.
    """

    id: str
    told: Told


class SuiteFolder:
    """Suites by name, with their runs.

    Args:
        folder: is made when the first suite or run is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """Return the names of all suites, those of the folder first."""
        own = sorted(_stems(self._folder))
        return (*own, *(name for name in sorted(_stems(SHIPPED)) if name not in own))

    def named(self, said: Path) -> str:
        """Return the name of the suite that somebody means; empty where it is a file elsewhere.

        Args:
            said: a file, which may lie in the folder, or the name of a suite.
        """
        if said.suffix == _ENDING and said.resolve().parent == self._folder.resolve():
            return said.stem
        here = said.parent == Path() and not said.suffix
        return said.name if here and not said.is_file() and said.name in self.names() else ""

    def open(self, name: str) -> Stored:
        """Return a suite.

        Raises:
            SuiteNotFound: there is none by that name.
            SuiteUnusable: its file has problems; it names them.
        """
        own, shipped = self._file(name), SHIPPED / f"{name}{_ENDING}"
        if own.is_file():
            data = _read(own)
            return Stored(name, sound(read_yaml(data, name), own.name), _state(data))
        if name in _stems(SHIPPED):
            return Stored(name, read_suite(shipped), "", shipped=True)
        raise SuiteNotFound(
            f"There is no suite “{name}”.", f"There are: {', '.join(self.names()) or 'none'}."
        )

    def write(self, name: str, suite: Suite, *, state: str) -> Stored:
        """Keep a suite in the place of the one that was looked at.

        Args:
            name: of its file.
            suite: to keep.
            state: of the one that it takes the place of; empty where the folder had none.

        Raises:
            SuiteRefused: the name cannot be one of a file.
            SuiteOutdated: the folder has another by now; nothing is changed.
            StorageError: the folder cannot be written.
        """
        file = self._file(check_name(name))
        data = yaml_of(suite)
        with self._locked():
            now = _state(_read(file)) if file.is_file() else ""
            if now != state:
                raise SuiteOutdated(
                    f"Somebody else changed the suite “{name}” meanwhile.",
                    "What you typed is still here: look at theirs, then keep yours again.",
                )
            replace_file(file, data)
        return Stored(name, suite, _state(data))

    def remove(self, name: str, *, state: str) -> None:
        """Take a suite away; its runs stay.

        Raises:
            SuiteNotFound, SuiteOutdated, StorageError: as above.
        """
        file = self._file(name)
        with self._locked():
            if not file.is_file():
                raise SuiteNotFound(f"There is no suite “{name}”.", "Nothing is to be removed.")
            if _state(_read(file)) != state:
                raise SuiteOutdated(
                    f"Somebody else changed the suite “{name}” meanwhile.", "Open it again."
                )
            file.unlink()

    def runs(self, name: str) -> tuple[KeptRun, ...]:
        """Return the runs of a suite that were kept, newest first; what is broken is left out."""
        found = self._runs(name).glob("*.told.json") if self._runs(name).is_dir() else ()
        named = (one.name.removesuffix(".told.json") for one in found)
        ids = sorted(filter(_RUN.fullmatch, named), reverse=True)
        read = ((one, load_told(self._runs(name) / f"{one}.told.json")) for one in ids)
        return tuple(KeptRun(one, told) for one, told in read if told is not None)

    def run(self, name: str, run_id: str) -> Run:
        """Return a run.

        Raises:
            SuiteNotFound: there is none by that id.
            SuiteUnusable: its file cannot be read.
        """
        file = self._runs(name) / f"{run_id}.json"
        if not _RUN.fullmatch(run_id) or not file.is_file():
            raise SuiteNotFound(
                f"The suite “{name}” has no run “{run_id}”.", "Choose one from its page."
            )
        return load_run(file)

    def keep(self, name: str, run: Run, told: Told) -> str:
        """Keep a run and what came of it; return its id.

        Raises:
            StorageError, SuiteUnusable: it cannot be written.
        """
        folder = self._runs(name)
        with self._locked():
            folder.mkdir(parents=True, exist_ok=True)
            run_id = next(one for one in _ids(run) if not (folder / f"{one}.json").exists())
            save_run(run, folder / f"{run_id}.json")
            save_told(told, folder / f"{run_id}.told.json")
        return run_id

    def tell(self, name: str, run_id: str, told: Told) -> None:
        """Say anew what came of a run, once somebody judged what nothing else could.

        Raises:
            SuiteNotFound: there is no such run.
            StorageError: it cannot be written.
        """
        self.run(name, run_id)
        with self._locked():
            save_told(told, self._runs(name) / f"{run_id}.told.json")

    def labels(self, name: str) -> Labels:
        """Return what people said of replies to a suite; they stay with its runs.

        Raises:
            SuiteNotFound: the name cannot be one of a suite.
        """
        return labels_beside(self._file(name))

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or len(name.encode()) > _LONGEST_FILE:
            raise SuiteNotFound(f"There is no suite “{name[:60]}”.", "Choose one from the list.")
        return self._folder / f"{name}{_ENDING}"

    def _runs(self, name: str) -> Path:
        return self._file(name).parent / "runs" / name

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time change the folder; it is told plainly where it cannot be."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / ".lock").open("a") as held:
                fcntl.flock(held, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise StorageError(
                f"The folder of suites {self._folder} cannot be used: {error.strerror}.",
                "Check that it can be written, or set CHARTER_SUITES.",
            ) from error


def check_name(name: str) -> str:
    """Return a name that a suite can have in the folder.

    Raises:
        SuiteRefused: it cannot be the name of a file.
    """
    name = name.strip()
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or name == "runs":
        raise SuiteRefused(
            f"“{name}” cannot be the name of a suite.",
            "Begin with a letter or digit; take letters, digits, spaces, dashes, brackets, commas, "
            f"apostrophes and “&”, {LONGEST_NAME} characters at most.",
        )
    return name


def _stems(folder: Path) -> set[str]:
    found = folder.glob(f"*{_ENDING}") if folder.is_dir() else ()
    return {one.stem for one in found if _NAME.fullmatch(one.stem) and one.is_file()}


def _ids(run: Run) -> Iterator[str]:
    begun = f"{run.ground.asked_at:%Y%m%dT%H%M%SZ}"
    yield begun
    number = 2
    while True:
        yield f"{begun}-{number}"
        number += 1


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StorageError(
            f"The suite {file} cannot be read: {error.strerror}.", "Check who may read it."
        ) from error


def _state(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
