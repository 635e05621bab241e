"""A folder that did not change is glanced at; whatever decides is seen at once all the same."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from in_step import build, put, rule

from assistant.live import LiveIndex
from indexing.build import served_manifest
from indexing.embedding import HashEmbedder
from indexing.withheld import Guard

pytestmark = pytest.mark.slow  # each build starts the processes that read

FILES = {
    "parking.md": rule("Parking", "A parking permit costs twenty francs.", owner="Facilities"),
    "hr/canteen.md": rule("Canteen", "Lunch in the canteen costs twelve francs."),
    "hr/canteen.meta.yaml": "owner: Facilities\n",
    "gym.md": rule("Gym", "A card for the gym costs nine francs."),
}
CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "deleted": (lambda folder: (folder / "gym.md").unlink(), {"gym@1"}),
    "renamed": (lambda folder: (folder / "gym.md").rename(folder / "old.md"), {"gym@1"}),
    "restricted by its sidecar": (
        lambda folder: put(folder, {"hr/canteen.meta.yaml": "audience: [hr]\n"}),
        {"canteen@1"},
    ),
    "given a sidecar": (
        lambda folder: put(folder, {"gym.meta.yaml": "audience: [hr]\n"}),
        {"gym@1"},
    ),
    "restricted by its folder": (
        lambda folder: put(folder, {"hr/charter.toml": '[documents]\naudience = ["hr"]\n'}),
        {"canteen@1"},
    ),
    "restricted by a folder above": (
        lambda folder: put(folder, {"charter.toml": '[documents]\naudience = ["hr"]\n'}),
        {"parking@1", "canteen@1", "gym@1"},
    ),
    "restricted by its front matter": (
        lambda folder: put(folder, {"gym.md": rule("Gym", "Nine francs.", audience="hr")}),
        {"gym@1"},
    ),
    "changed in its text alone": (
        lambda folder: put(folder, {"gym.md": rule("Gym", "Ten francs.")}),
        set(),
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("glance")
    folder, home = put(place / "documents", FILES), place / "home"
    build(folder, home)
    return folder, home


@pytest.fixture
def folder(built: tuple[Path, Path]) -> Path:
    """Return the folder as it was built; what a test before changed is put back."""
    folder, _ = built
    for path in [*folder.rglob("*")]:
        if path.is_file():
            path.unlink()
    return put(folder, FILES)


def settled(home: Path) -> Guard:
    """Return a guard that has looked at the folder often enough to trust a glance."""
    manifest = served_manifest(home)
    assert manifest
    # ten seconds on, so that what was just written has settled
    guard = Guard(home, manifest, now=lambda: time.time_ns() + 10 * 10**9)
    for _ in range(3):
        assert guard.withheld() == frozenset()
    return guard


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_decides_is_seen_at_the_next_look(
    change: str, folder: Path, built: tuple[Path, Path]
) -> None:
    guard = settled(built[1])
    make, withheld = CHANGES[change]
    make(folder)
    for _ in range(3):
        assert guard.withheld() == withheld


def test_while_nothing_changes_the_folder_is_not_compared_again(
    folder: Path, built: tuple[Path, Path]
) -> None:
    heard: list[str] = []
    sys.addaudithook(lambda event, _: heard.append(event) if event == "os.scandir" else None)
    guard = settled(built[1])
    heard.clear()
    guard.withheld()
    assert heard == []
    (folder / "gym.md").unlink()
    guard.withheld()
    assert heard  # the hook hears what a comparison does


def test_a_file_written_a_moment_ago_is_compared_until_its_stamp_can_be_trusted(
    folder: Path, built: tuple[Path, Path]
) -> None:
    manifest = served_manifest(built[1])
    assert manifest
    written = (folder / "gym.md").stat().st_ctime_ns
    guard = Guard(built[1], manifest, now=lambda: written + 10**9)
    heard: list[str] = []
    sys.addaudithook(lambda event, _: heard.append(event) if event == "os.scandir" else None)
    for _ in range(4):
        heard.clear()
        guard.withheld()
        assert heard


def test_while_questions_come_the_folder_is_looked_at_beside_them(
    folder: Path, built: tuple[Path, Path]
) -> None:
    live = LiveIndex(built[1], HashEmbedder().fingerprint, look_again=0.05)
    assert live.current().holds("gym@1")
    (folder / "gym.md").unlink()
    until = time.monotonic() + 60
    while live.current().holds("gym@1") and time.monotonic() < until:
        pass
    assert not live.current().holds("gym@1")
    live.close()
