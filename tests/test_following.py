"""The folder is followed: what changes in it is in the index soon after, without a command."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from in_step import put, rule

from assistant.following import follow
from assistant.live import LOOK_AGAIN
from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant, index_corpus
from bots.following import following
from evals.suites.change.holding import SuiteGate
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Suite
from indexing.approval import Approve
from indexing.changes import needs_polling
from indexing.generations import build_lock, is_building
from indexing.progress import SilentProgress
from indexing.report import BuildReport

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PATIENCE = 120.0  # seconds, far more than is needed; a test that waits so long has failed
PARKING = rule("Parking", "A parking permit costs twenty francs in each month.")


class Ear(SilentProgress):
    """Hears what a follower tells, for another thread to wait for."""

    def __init__(self) -> None:
        self.reports: queue.Queue[BuildReport] = queue.Queue()
        self.problems: queue.Queue[str] = queue.Queue()
        self.begun: queue.Queue[tuple[Path, bool]] = queue.Queue()

    def following(self, folder: Path, *, poll: bool) -> None:
        self.begun.put((folder, poll))

    def finished(self, report: BuildReport) -> None:
        self.reports.put(report)

    def failed(self, problem: str) -> None:
        self.problems.put(problem)

    def next_report(self) -> BuildReport:
        return self.reports.get(timeout=PATIENCE)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = put(tmp_path / "documents", {"parking.md": PARKING})
    settings = load_settings(corpus=folder, home=tmp_path / "home")
    index_corpus(settings, SilentProgress())
    return settings


@contextmanager
def followed(settings: Settings, approve: Approve | None = None) -> Iterator[Ear]:
    ear, stop = Ear(), Event()
    thread = Thread(target=follow, args=(settings, ear, stop, approve))
    thread.start()
    try:
        ear.begun.get(timeout=PATIENCE)
        yield ear
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("poll", [False, True])
def test_what_is_new_changed_moved_and_deleted_is_followed(
    settings: Settings, *, poll: bool
) -> None:
    folder = settings.corpus
    with followed(settings.model_copy(update={"poll": poll})) as ear:
        put(folder, {"gym.md": rule("Gym", "The gym is open.")})
        assert ear.next_report().added == ("gym.md",)
        put(folder, {"gym.md": rule("Gym", "The gym is closed.")})
        report = ear.next_report()
        assert (report.replaced, len(report.corrections)) == (("gym.md",), 1)
        (folder / "sport").mkdir()
        shutil.move(folder / "gym.md", folder / "sport" / "gym.md")
        assert [move.after for move in ear.next_report().moved] == ["sport/gym.md"]
        (folder / "parking.md").unlink()
        assert ear.next_report().removed == ("parking.md",)
        assert ear.problems.empty()


def test_what_changed_before_it_was_followed_is_not_missed(settings: Settings) -> None:
    put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
    with followed(settings) as ear:
        assert ear.next_report().added == ("gym.md",)


def test_an_index_that_is_held_back_is_told_once_and_served_when_its_suite_is_mended(
    settings: Settings,
) -> None:
    suites, price = SuiteFolder(settings.suites_folder), "What does a parking permit cost?"
    held = suites.write("price", Suite("P", (_about(price, "twenty francs"),), target=0), state="")
    settings = settings.model_copy(update={"gate": ("price",)})
    with followed(settings, SuiteGate(settings)) as ear:
        changed = {"parking.md": PARKING.replace("twenty", "thirty")}
        put(settings.corpus, changed)
        problem = ear.problems.get(timeout=PATIENCE)
        assert "price (wrong value)" in problem
        mended = Suite("P", (_about(price, "thirty francs"),), target=0)
        suites.write("price", mended, state=held.state)
        put(settings.corpus, changed)  # the same again: it is looked at now, not in a minute
        assert ear.next_report().replaced == ("parking.md",)
        assert ear.problems.empty()


def _about(question: str, price: str) -> Case:
    return Case("price", question, must_say=(price,), importance="critical")


def test_a_save_by_way_of_another_file_is_one_change_and_leaves_no_other_trace(
    settings: Settings,
) -> None:
    folder = settings.corpus
    with followed(settings) as ear:
        put(folder, {"~$parking.docx": "owner", ".parking.md.swp": "swap", "4913": ""})
        put(folder, {"parking.md.tmp": PARKING.replace("twenty", "thirty")})
        (folder / "parking.md.tmp").replace(folder / "parking.md")
        report = ear.next_report()
        assert (report.replaced, report.added, report.skipped) == (("parking.md",), (), ())


def test_a_file_is_read_when_it_has_been_copied_to_its_end(settings: Settings) -> None:
    folder, enough = settings.corpus, Event()
    line = "Everybody may use the pool.\n\n"

    def copy_slowly() -> None:
        with (folder / "pool.md").open("w", encoding="utf-8") as file:
            file.write("# Pool\n\n")
            while not enough.wait(0.05):
                file.write(line)
                file.flush()
            file.write("The pool has an end.\n")

    with followed(settings) as ear:
        copying = Thread(target=copy_slowly)
        copying.start()
        put(folder, {"gym.md": rule("Gym", "The gym is open.")})
        try:
            report = ear.next_report()  # the rest does not wait for it
        finally:
            enough.set()
            copying.join()
        assert report.added == ("gym.md",)
        assert ear.next_report().added == ("pool.md",)
    assistant = build_assistant(settings)
    try:
        assert assistant.document("pool")[0].text.endswith("The pool has an end.")
    finally:
        assistant.close()


def test_a_folder_that_goes_and_comes_back_is_followed_again(settings: Settings) -> None:
    folder = settings.corpus
    away = folder.parent / "unmounted"
    with followed(settings) as ear:
        folder.rename(away)
        assert str(folder) in ear.problems.get(timeout=PATIENCE)
        put(away, {"gym.md": rule("Gym", "The gym is open.")})
        away.rename(folder)
        report = ear.next_report()
        assert (report.added, report.kept) == (("gym.md",), ("parking.md",))


def test_a_build_by_somebody_else_is_waited_for(settings: Settings) -> None:
    with followed(settings) as ear:
        with build_lock(settings.home):
            assert is_building(settings.home)
            put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
            assert ear.reports.empty()
        assert not is_building(settings.home)
        assert ear.next_report().added == ("gym.md",)
        assert ear.problems.empty()


def test_a_folder_without_any_document_is_said_once(settings: Settings) -> None:
    with followed(settings) as ear:
        (settings.corpus / "parking.md").unlink()
        assert "holds no document" in ear.problems.get(timeout=PATIENCE)
        put(settings.corpus, {"parking.md": PARKING, "gym.md": rule("Gym", "It is open.")})
        assert ear.next_report().added == ("gym.md",)
        assert ear.problems.empty()


def test_nothing_is_followed_where_the_settings_say_so(settings: Settings) -> None:
    with following(settings.model_copy(update={"follow": False})):
        put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
    assert not (settings.home / "building").exists() or not is_building(settings.home)
    assert len(list((settings.home / "generations").iterdir())) == 1


def test_a_disk_of_this_machine_needs_no_polling(tmp_path: Path) -> None:
    assert not needs_polling(tmp_path)


def environment(settings: Settings) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if "CHARTER" not in name}
    return {**own, "PYTHONPATH": str(ROOT), "CHARTER_HOME": str(settings.home)}


@contextmanager
def running(settings: Settings, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603  the arguments are the test's own
        [sys.executable, "-m", "bots.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=settings.home,
        env=environment(settings),
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def wait_for(process: subprocess.Popen[str], words: str) -> list[str]:
    """Read what a process says on stderr until a line holds the words."""
    said: list[str] = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if words in line:
            return said
    raise AssertionError("".join(said))


def test_watching_says_in_words_what_is_read_and_ends_on_ctrl_c(settings: Settings) -> None:
    """The folder is the one that was indexed last; nothing else names it."""
    with running(settings, "index", "--watch") as process:
        wait_for(process, f"Following {settings.corpus}")
        put(settings.corpus, {"gym.md": rule("Gym", "It is open."), "bad.docx": b"PK\x03\x04"})
        said = "".join(wait_for(process, "The index is in step"))
        assert "The folder changed: 2 new." in said
        assert "Read gym.md." in said
        assert "Not read: bad.docx is cut off or damaged" in said
        assert "2 documents" in said
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_a_server_shows_a_deleted_document_to_nobody_and_a_new_one_soon(
    settings: Settings,
) -> None:
    assert LOOK_AGAIN <= 2
    question = {"question": "What does a parking permit cost in each month?"}
    with running(settings, "serve", "--port", "0") as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        address = found.group().rstrip("/")
        wait_for(process, "Following")
        assert httpx.post(f"{address}/v1/ask", json=question).json()["outcome"] == "answer"
        put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
        wait_for(process, "The index is in step")
        (settings.corpus / "parking.md").unlink()
        wait_for(process, "The index is in step")
        listed = httpx.get(f"{address}/v1/documents").json()["documents"]
        assert [one["id"] for one in listed] == ["gym"]
        ready = httpx.get(f"{address}/readyz").json()
        assert (ready["status"], ready["building"]) == ("ready", False)
        assert ready["indexed_at"]
