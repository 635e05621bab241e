"""Each file in a process of its own: what becomes of the file, of the others and of the processes.

The files say by their names what their reader does; see ``bad_readers.py``.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from corpus.errors import DamagedFile, EmptyFile, FileTooLarge, ReadersUnavailable, UnreadableFile
from corpus.files.folder import SourceFile
from corpus.read import read_document
from indexing.isolation import Crash, Limits, Readers

pytestmark = pytest.mark.slow  # each build starts the processes that read

TEXT = "# Rules on parking\n\n## Permits\n\n1.1 A permit costs twenty francs.\n"
LONG = 60.0  # seconds that no wait comes near unless what is waited for never happens
SMALL = Limits(memory=1 << 30, seconds_for_page=2.0, seconds=LONG)

File = Callable[..., SourceFile]


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(stem: str, content: str = TEXT, *, suffix: str = ".md") -> SourceFile:
        path = tmp_path / (stem + suffix)
        path.write_text(content, "utf-8")
        return SourceFile(path, path.name)

    return write


@pytest.fixture
def readers() -> Iterator[Readers]:
    with Readers(workers=2, limits=SMALL, read="bad_readers:by_name") as readers:
        yield readers


def forking() -> psutil.Process:
    """Return the process that waits and forks."""
    (found,) = [
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "reading_process" in str(child.cmdline())
    ]
    return found


def test_a_document_comes_back_as_it_was_read(file: File) -> None:
    with Readers() as readers:
        for path in (file("parking"), file("plain", suffix=".txt"), file("é – ü")):
            assert readers.read(path) == read_document(path)


def test_an_error_of_the_reader_comes_back_as_the_same_error(file: File) -> None:
    with Readers() as readers, pytest.raises(EmptyFile) as caught:
        readers.read(file("empty", ""))
    assert caught.value.problem == "empty.md is empty."
    assert caught.value.remedy == "Remove it or give it some text."
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("act", "leaf", "words"),
    [
        ("crash", DamagedFile, "made the program that reads it stop"),
        ("abort", DamagedFile, "made the program that reads it stop"),
        ("leave", DamagedFile, "made the program that reads it stop"),
        ("raise", DamagedFile, "made the program that reads it stop"),
        ("hog", FileTooLarge, "needs more memory or time"),
        ("hang", FileTooLarge, "reading it took more than 2 seconds"),
        ("spin", FileTooLarge, "reading it took more than 2 seconds"),
        ("same_page", FileTooLarge, "given up after page 1"),
    ],
)
def test_a_reader_that_goes_wrong_costs_its_own_file_alone(
    readers: Readers, file: File, act: str, leaf: type[UnreadableFile], words: str
) -> None:
    before, bad, after = readers.read_all([file("before"), file(act), file("after")])
    assert before.document
    assert after.document
    assert type(bad.error) is leaf
    assert words in bad.error.problem
    assert bad.error.problem.startswith(f"{act}.md ")


def test_what_escaped_from_a_reader_is_kept_for_whoever_mends_it(
    readers: Readers, file: File
) -> None:
    with pytest.raises(DamagedFile) as caught:
        readers.read(file("raise"))
    assert isinstance(caught.value.__cause__, Crash)
    assert "KeyError: 'what a library raises'" in str(caught.value.__cause__)


def test_a_reader_has_its_time_anew_for_each_page(readers: Readers, file: File) -> None:
    assert readers.read(file("crawl"))


def test_pages_without_end_are_given_up_all_the_same(file: File) -> None:
    limits = Limits(seconds_for_page=LONG, seconds=1.0)
    with Readers(limits=limits, read="bad_readers:by_name") as readers:
        with pytest.raises(FileTooLarge, match="reading it took more than 1 seconds"):
            readers.read(file("never_done"))
        with pytest.raises(FileTooLarge, match="reading it took more than 1 seconds"):
            readers.read(file("grow"))


def test_a_document_too_large_to_be_taken_in_is_refused(file: File) -> None:
    with Readers(limits=Limits(result=10_000)) as readers:
        assert readers.read(file("small"))
        with pytest.raises(FileTooLarge, match="holds too much to be indexed"):
            readers.read(file("large", TEXT + "A sentence of some length.\n\n" * 1_000))


@pytest.mark.parametrize("act", ["write", "delete", "call", "run"])
def test_a_reader_can_neither_write_nor_delete_nor_connect_nor_start_a_program(
    readers: Readers, file: File, act: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = file(act, f"port {server.getsockname()[1]}")
        with pytest.raises(DamagedFile) as caught:
            readers.read(source)
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert "PermissionError" in str(caught.value.__cause__)
    assert [path.name for path in source.path.parent.iterdir()] == [source.path.name]


def test_nothing_that_a_reader_prints_is_seen(
    readers: Readers, file: File, capfd: pytest.CaptureFixture[str]
) -> None:
    assert readers.read(file("print"))
    assert capfd.readouterr() == ("", "")


def test_a_reader_knows_no_secret_and_carries_no_model(
    readers: Readers, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_SECRET", "xoxb-1")
    assert readers.read(file("secret"))
    assert readers.read(file("heavy"))


def test_documents_come_in_the_order_of_their_files(readers: Readers, file: File) -> None:
    files = [file("slow"), *(file(f"quick-{number}") for number in range(12))]
    assert [outcome.source for outcome in readers.read_all(iter(files))] == files


def test_several_files_are_read_at_once(file: File) -> None:
    meeting = threading.Barrier(2)

    def meet(_source: SourceFile, number: int, _total: int) -> None:
        if number == 0:
            meeting.wait(LONG)

    with Readers(workers=2, on_page=meet) as readers:
        outcomes = list(readers.read_all([file("one"), file("two")]))
    assert all(outcome.document for outcome in outcomes)


def test_pages_are_heard_of_as_they_are_finished(file: File) -> None:
    heard = []
    with Readers(
        limits=SMALL,
        read="bad_readers:by_name",
        on_page=lambda source, number, total: heard.append((source.relative, number, total)),
    ) as readers:
        readers.read(file("crawl"))
    assert heard == [("crawl.md", 0, 0), *(("crawl.md", number, 6) for number in range(1, 7))]


def test_no_more_files_are_read_ahead_than_can_be_kept(file: File) -> None:
    begun = []
    files = [file(f"file-{number}") for number in range(30)]
    with Readers(workers=2, on_page=lambda source, *_: begun.append(source)) as readers:
        outcomes = readers.read_all(iter(files))
        next(outcomes)
        assert len(begun) <= 5
        outcomes.close()


def test_the_forking_process_is_replaced_when_it_is_killed(readers: Readers, file: File) -> None:
    assert readers.read(file("before"))
    forking().kill()
    assert readers.read(file("after"))


def test_a_file_is_read_again_when_the_forking_process_was_killed_under_it(file: File) -> None:
    killed = []

    def kill_once(_source: SourceFile, number: int, _total: int) -> None:
        if number and not killed:
            killed.append(forking())
            killed[0].kill()

    with Readers(limits=SMALL, read="bad_readers:by_name", on_page=kill_once) as readers:
        assert readers.read(file("crawl"))
    assert killed


def test_a_file_under_which_the_forking_process_is_always_killed_is_named(file: File) -> None:
    def kill(_source: SourceFile, number: int, _total: int) -> None:
        if number:
            forking().kill()

    with Readers(limits=SMALL, read="bad_readers:by_name", on_page=kill) as readers:
        with pytest.raises(UnreadableFile, match="was ended, twice"):
            readers.read(file("crawl"))
        assert readers.read(file("next"))


def test_closing_ends_all_processes_in_the_middle_of_a_file(file: File) -> None:
    begun = threading.Event()
    readers = Readers(
        read="bad_readers:by_name",
        on_page=lambda _source, number, _total: begun.set() if number else None,
    )
    ends: list[BaseException] = []

    def read() -> None:
        try:
            readers.read(file("stuck"))
        except ReadersUnavailable as error:
            ends.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(LONG)
    processes = [forking(), *forking().children()]
    readers.close()
    thread.join(LONG)
    assert len(ends) == 1
    assert len(processes) == 2
    assert not psutil.wait_procs(processes, timeout=LONG)[1]


PARENT = """
import json, os, signal, sys
from pathlib import Path
import psutil
from corpus.files.folder import SourceFile
from indexing.isolation import Readers

def tell(_source, number, _total):
    if number:
        processes = psutil.Process().children(recursive=True)
        print(json.dumps([one.pid for one in processes]), flush=True)

sys.path.append({tests!r})
with Readers(read="bad_readers:by_name", on_page=tell) as readers:
    readers.read(SourceFile(Path({path!r}), "stuck.md"))
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_when_the_one_that_indexes_is_ended(file: File, end: int) -> None:
    path = str(file("stuck").path)
    script = PARENT.format(tests=str(Path(__file__).parent), path=path)
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
    ) as parent:
        assert parent.stdout
        processes = [psutil.Process(pid) for pid in json.loads(parent.stdout.readline())]
        assert len(processes) == 2
        os.kill(parent.pid, end)
        assert not psutil.wait_procs(processes, timeout=LONG)[1]


def test_no_child_is_left_when_the_forking_process_is_killed(file: File) -> None:
    left = []

    def kill(_source: SourceFile, number: int, _total: int) -> None:
        if number:
            left.extend(forking().children())
            forking().kill()

    with Readers(read="bad_readers:by_name", on_page=kill) as readers:
        with pytest.raises(UnreadableFile):
            readers.read(file("stuck"))
        assert len(left) == 2
        assert not psutil.wait_procs(left, timeout=LONG)[1]


@pytest.mark.slow
def test_memory_pipes_and_processes_stay_as_they_are_over_500_files(
    file: File,
) -> None:
    source = file("rules", TEXT + "1.2 A sentence of some length on parking.\n\n" * 50)
    bad = file("crash")

    def used() -> tuple[int, int, int, int, int]:
        here, there = psutil.Process(), forking()
        return (
            here.memory_info().rss + there.memory_info().rss,
            here.num_fds(),
            there.num_fds(),
            len(there.children()),
            here.num_threads(),
        )

    def read(files: int) -> None:
        for number, outcome in enumerate(readers.read_all([source, source, source, bad] * files)):
            assert bool(outcome.document) == (number % 4 < 3)

    with Readers(workers=2, read="bad_readers:by_name") as readers:
        read(10)
        before = used()
        read(115)
        tries = iter(range(100))  # the forking process may not have noticed the last end yet
        while (after := used())[1:] != before[1:] and next(tries, None) is not None:
            readers.read(source)
    assert after[0] < before[0] + 20_000_000
    assert after[1:] == before[1:]
