"""What a look at a change rests on: whatever of it changes, the look is to be repeated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from in_step import put, rule

from assistant.settings import Settings, load_settings
from corpus.errors import CorpusMissing
from evals.suites.change.ground import ground_of
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Suite
from indexing.generations import MANIFEST, generation_folder

SUITE = Suite("Leave", (Case("one", "How many days?", must_say=("45",)),))
Change = Callable[[Settings], object]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    put(tmp_path / "documents", {"leave.md": rule("Leave", "There are two days.")})
    return load_settings(corpus=tmp_path / "documents", home=tmp_path / "home")


def _labelled(settings: Settings) -> None:
    put(settings.suites_folder, {"runs/leave/labels.jsonl": "{}\n"})


def _served(settings: Settings) -> None:
    put(settings.home, {"current": "0001-abcd"})
    put(generation_folder(settings.home, "0001-abcd"), {MANIFEST: "{}"})


@pytest.mark.parametrize(
    "change",
    [
        lambda one: put(one.corpus, {"gym.md": rule("Gym", "The gym is open.")}),
        lambda one: put(one.corpus, {"leave.md": rule("Leave", "There are six days.")}),
        lambda one: put(one.corpus, {"leave.meta.yaml": "version: 2"}),
        lambda one: (one.corpus / "leave.md").unlink(),
        lambda one: SuiteFolder(one.suites_folder).write("leave", SUITE, state=""),
        _labelled,
        _served,
    ],
    ids=["new", "other text", "sidecar", "removed", "suite", "labels", "index"],
)
def test_whatever_a_look_rests_on_changes_its_ground(settings: Settings, change: Change) -> None:
    before = ground_of(settings)
    assert ground_of(settings) == before
    change(settings)
    assert ground_of(settings) != before


def test_a_proposal_that_waits_and_a_run_that_is_kept_change_no_ground(settings: Settings) -> None:
    before = ground_of(settings)
    put(settings.home, {"uploads/4f0c/file/gym.md": "# Gym"})
    put(settings.suites_folder, {"runs/leave/20261201T081500Z.json": "{}"})
    assert ground_of(settings) == before


def test_without_the_folder_there_is_no_ground(settings: Settings) -> None:
    (settings.corpus / "leave.md").unlink()
    settings.corpus.rmdir()
    with pytest.raises(CorpusMissing):
        ground_of(settings)
