"""Safe to stop: whatever happens to a build, the index before it answers; the next succeeds."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from corpus.errors import BuildLocked, CharterError, IndexDamaged, StorageError
from indexing.build import BuildReport, build_index
from indexing.embedding import HashEmbedder, Vectors
from indexing.generations import build_lock, current_name
from indexing.index import Index, open_index
from indexing.keywords import tokens
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow  # each build starts the processes that read

POINTS = 40  # at which a build is killed
NOBODY = 65_534


def text(title: str, rules: Sequence[str]) -> str:
    return f"# {title}\n\n" + "".join(f"## Part {rule}\n\nRule: {rule}.\n\n" for rule in rules)


BEFORE = {
    "leave.md": text("Leave", ["annual leave is 30 days", "sick leave is paid"]),
    "travel.md": text("Travel", ["tickets are booked early"]),
}
AFTER = {
    "leave.md": text("Leave", ["annual leave is 25 days", "sick leave is paid"]),
    "telework.md": text("Telework", [f"telework on day {day}" for day in range(200)]),
}


def written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def build(folder: Path, home: Path) -> BuildReport:
    return build_index(folder, home, HashEmbedder(), progress=SilentProgress())


@contextmanager
def opened(home: Path) -> Iterator[Index]:
    index = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    try:
        yield index
    finally:
        index.close()


def ask(index: Index) -> object:
    """Use every part of an index: vectors, keywords, passages, documents."""
    near = index.search_vectors(HashEmbedder().embed(["annual leave"])[0], 3)
    words = index.search_keywords(tokens("annual leave"), 3)
    passages = index.passages([place for place, _ in near + words])
    return near, words, passages, [index.document(f"{one.id}@1") for one in index.catalogue]


def answers(home: Path) -> object:
    with opened(home) as index:
        return ask(index)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return written(tmp_path / "before", BEFORE)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return written(tmp_path / "after", AFTER)


@pytest.fixture
def home(tmp_path: Path, before: Path) -> Path:
    build(before, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that start at once, with everything imported that a build needs."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["indexing.build", "llama_index.vector_stores.chroma"])
    return context


class Steps(SilentProgress, HashEmbedder):
    """Counts the steps of a build: what it reports, embeds and does to files; dies at one."""

    def __init__(self, home: Path, last: int | None = None) -> None:
        super().__init__()
        self.count = 0
        self._home = str(home)
        self._last = last

    def listen(self) -> None:
        sys.addaudithook(self._hear)

    def started(self, files: int) -> None:  # noqa: ARG002  only that it was called matters
        self._step()

    def reading(self, relative: str) -> None:  # noqa: ARG002  the same
        self._step()

    def embedding(self, done: int, total: int) -> None:  # noqa: ARG002  the same
        self._step()

    def writing(self, part: str) -> None:  # noqa: ARG002  the same
        self._step()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._step()
        return super().embed(texts)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        on_files = event in {"open", "sqlite3.connect"} or event.startswith(("os.", "shutil."))
        if on_files and any(self._home in str(argument) for argument in arguments):
            self._step()

    def _step(self) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def build_in_steps(folder: Path, home: Path, last: int | None, answer: Connection) -> None:
    """Build in a process of its own; say how many steps it took."""
    steps = Steps(home, last)
    steps.listen()
    build_index(folder, home, steps, progress=steps)
    answer.send(steps.count)


@pytest.mark.slow
def test_a_build_that_is_killed_anywhere_leaves_the_index_from_before(
    after: Path, home: Path, tmp_path: Path, processes: ForkServerContext
) -> None:
    old, old_name = answers(home), current_name(home)
    total, _ = run_steps(processes, after, copied(home, tmp_path / "whole"), None)
    new = answers(tmp_path / "whole")
    assert old != new
    assert total is not None
    assert total > POINTS
    swapped = 0
    for number in range(POINTS):
        last = 1 + number * (total - 1) // (POINTS - 1)
        place = copied(home, tmp_path / f"killed-at-{last}")
        count, code = run_steps(processes, after, place, last)
        assert (count, code) == (None, -signal.SIGKILL)
        was_swapped = current_name(place) != old_name
        swapped += was_swapped
        assert answers(place) == (new if was_swapped else old)
        build(after, place)
        assert answers(place) == new
        assert len(list((place / "generations").iterdir())) <= 2 + was_swapped
        shutil.rmtree(place)
    assert 0 < swapped < POINTS / 2


def run_steps(
    processes: ForkServerContext, folder: Path, home: Path, last: int | None
) -> tuple[int | None, int | None]:
    """Return the number of steps, None if it did not come to the end, and the exit code."""
    reader, writer = processes.Pipe(duplex=False)
    process = processes.Process(target=build_in_steps, args=(folder, home, last, writer))
    process.start()
    writer.close()
    process.join()
    count = reader.recv() if process.exitcode == 0 else None
    reader.close()
    code = process.exitcode
    process.close()
    return count, code


def copied(home: Path, place: Path) -> Path:
    shutil.copytree(home, place)
    return place


def test_readers_never_notice_that_indexes_are_replaced(
    before: Path, after: Path, home: Path
) -> None:
    known = [answers(home)]
    build(after, home)
    known.append(answers(home))
    stop = threading.Event()
    wrong: list[object] = []
    asked: list[int] = []

    def read() -> None:
        count = 0
        while not stop.is_set() or count == 0:
            try:
                found = answers(home)
            except CharterError as error:
                found = error
            if found not in known:
                wrong.append(found)
            count += 1
        asked.append(count)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(4):
        build(before, home)
        build(after, home)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert sum(asked) >= 3


def test_an_index_that_is_open_stays_whole_until_it_is_closed(
    before: Path, after: Path, home: Path
) -> None:
    name = current_name(home)
    with opened(home) as index:
        expected = answers(home)
        for folder in (after, before, after):
            build(folder, home)
        assert index.manifest.generation == name
        assert ask(index) == expected
    assert (home / "generations" / name).is_dir()
    build(before, home)
    assert not (home / "generations" / name).exists()


def test_the_index_and_the_one_before_are_kept_and_no_more(
    before: Path, after: Path, home: Path
) -> None:
    for folder in (after, before, after):
        build(folder, home)
    names = sorted(path.name for path in (home / "generations").iterdir())
    assert len(names) == 2
    assert names[-1] == current_name(home)


def test_a_name_never_comes_back(before: Path, home: Path) -> None:
    names = {current_name(home)}
    for _ in range(3):
        shutil.rmtree(home / "generations")
        names.add(build(before, home).generation)
    assert len(names) == 4


def test_an_index_that_is_being_removed_is_not_opened(home: Path) -> None:
    in_use = home / "generations" / current_name(home) / "in use"
    with in_use.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(IndexDamaged, match="cannot be opened"):
            answers(home)
    assert answers(home)


def test_what_a_killed_build_left_makes_room_before_the_next_begins(
    after: Path, home: Path
) -> None:
    left = home / "generations" / "0002-dead"
    written(left / "documents", {"000000.json": "{}"})
    seen: list[bool] = []

    class Watch(SilentProgress):
        def reading(self, relative: str) -> None:  # noqa: ARG002  only that it was called matters
            seen.append(left.exists())

    build_index(after, home, HashEmbedder(), progress=Watch())
    assert seen == [False, False]


def test_one_build_at_a_time_and_the_second_says_who_is_first(after: Path, home: Path) -> None:
    expected = answers(home)
    with build_lock(home), pytest.raises(BuildLocked, match=f"process {os.getpid()}"):
        build(after, home)
    assert answers(home) == expected
    assert build(after, home).changed


def test_an_up_to_date_index_needs_no_lock(before: Path, home: Path) -> None:
    with build_lock(home):
        assert not build(before, home).changed


@pytest.mark.slow
def test_a_disk_that_fills_up_leaves_the_index_from_before(
    after: Path, home: Path, processes: ForkServerContext
) -> None:
    expected = answers(home)
    for limit in (0, 4_096, 65_536, 150_000, 300_000):
        problem = problem_of(processes, build_on_a_small_disk, after, home, limit)
        assert problem is not None, f"{limit} bytes are enough"
        assert "cannot be written" in problem
        assert answers(home) == expected
        assert len(list((home / "generations").iterdir())) == 1
    assert build(after, home).changed


def build_on_a_small_disk(folder: Path, home: Path, limit: int) -> None:
    """Let no file grow beyond so many bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    build(folder, home)


@pytest.mark.slow
def test_a_home_that_is_read_only_is_named_by_a_build_and_can_be_asked(
    before: Path, after: Path, processes: ForkServerContext
) -> None:
    with tempfile.TemporaryDirectory() as name:  # where another user may go, unlike pytest's
        place = Path(name)
        shutil.copytree(before, place / "before")
        shutil.copytree(after, place / "after")
        build(place / "before", place / "home")
        expected = answers(place / "home")
        folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        try:
            places = place / "after", place / "home"
            problem = problem_of(processes, build_as_nobody, *places, NOBODY) or ""
            assert "read-only" in problem or "permission is denied" in problem
            assert problem_of(processes, open_as_nobody, *places, NOBODY) is None
        finally:
            for folder in folders:
                folder.chmod(0o755)
        assert answers(place / "home") == expected


def build_as_nobody(folder: Path, home: Path, user: int) -> None:
    _become(user)
    build(folder, home)


def open_as_nobody(_: Path, home: Path, user: int) -> None:
    _become(user)
    answers(home)


def _become(user: int) -> None:
    """Give up the right to write anywhere, which only root has to."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)


def problem_of(
    processes: ForkServerContext,
    task: Callable[[Path, Path, int], None],
    folder: Path,
    home: Path,
    number: int,
) -> str | None:
    """Run a task in a process of its own; return the problem of its StorageError, if any."""
    reader, writer = processes.Pipe(duplex=False)
    process = processes.Process(target=_tell_problem, args=(task, folder, home, number, writer))
    process.start()
    writer.close()
    process.join()
    assert process.exitcode == 0
    process.close()
    problem: str | None = reader.recv()
    reader.close()
    return problem


def _tell_problem(
    task: Callable[[Path, Path, int], None],
    folder: Path,
    home: Path,
    number: int,
    answer: Connection,
) -> None:
    try:
        task(folder, home, number)
    except StorageError as error:
        answer.send(error.problem)
    else:
        answer.send(None)
