"""`charter index` as a whole process: plan, report, and which folder it reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from in_step import put, rule

from bots.commands.building import Pace
from indexing.plan import Plan

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
FILES = {"parking.md": rule("Parking", "A permit costs twenty francs."), "bad.docx": b"PK\x03\x04"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "documents", FILES)


def charter(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if "CHARTER" not in name}
    return subprocess.run(  # noqa: S603  the arguments are the test's own
        [sys.executable, "-m", "bots.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=home.parent,
        env={
            **own,
            "PYTHONPATH": str(ROOT),
            "CHARTER_HOME": str(home),
            "COLUMNS": "80",
            **environment,
        },
        check=False,
        timeout=300,
    )


def contents(home: Path) -> dict[Path, bytes]:
    """Return all files; what Chroma does to its own when it is opened is its own matter."""
    files = (path for path in home.rglob("*") if path.is_file() and "chroma" not in path.parts)
    return {path: path.read_bytes() for path in files}


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    first = charter(home, "index", str(folder), "--dry-run")
    assert first.returncode == 0
    assert "would read all 2 files" in " ".join(first.stdout.split())
    assert not home.exists()
    assert charter(home, "index", str(folder)).returncode == 0
    before = contents(home)
    put(folder, {"gym.md": rule("Gym", "It is open.")})
    (folder / "parking.md").rename(folder / "cars.md")
    said = charter(home, "index", "--dry-run").stdout
    assert "read the new gym.md" in said
    assert "cars.md (was parking.md)" in " ".join(said.split())
    plan = json.loads(charter(home, "index", "--dry-run", "--json").stdout)
    assert plan["added"] == ["gym.md"]
    assert plan["moved"] == [{"from": "parking.md", "to": "cars.md"}]
    assert plan["unchanged"] == ["bad.docx"]
    assert contents(home) == before


def test_the_report_adds_up_and_can_be_shown_again(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    said = " ".join(charter(home, "index", str(folder)).stdout.split())
    assert "Indexed 1 document, 1 passage from 2 files; 1 file left out." in said
    assert "Files: 2 new." in said
    assert "bad.docx is cut off or damaged" in said
    report = json.loads(charter(home, "index", "--report", "--json").stdout)
    assert (report["documents"], report["files"], len(report["skipped"])) == (1, 2, 1)
    assert report["corpus"] == str(folder)
    none = charter(tmp_path / "other", "index", "--report")
    assert none.returncode == 1
    assert "charter index" in none.stderr


def test_the_folder_that_was_indexed_last_is_read_unless_another_is_set(
    folder: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    charter(home, "index", str(folder))
    again = charter(home, "index")
    assert "Nothing has changed" in again.stdout
    assert str(folder) in "".join(again.stdout.split())
    other = put(tmp_path / "other", {"pool.md": rule("Pool", "It is open.")})
    report = charter(home, "index", "--json", CHARTER_CORPUS=str(other)).stdout
    assert json.loads(report)["added"] == ["pool.md"]


def test_each_build_of_a_journal_counts_its_own_files_and_pages() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for name in ("a.pdf", "b.pdf"):
        pace.plan(Plan((), (name, "c.pdf"), (), ()))
        pace.page(name, 20)
        pace.read()
        now[0] += 10
        assert (pace.done, pace.words) == (1, "2.0 pages/s, about 0:00:10 left")


def test_ways_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    done = charter(tmp_path / "home", "index", "--dry-run", "--watch")
    assert done.returncode == 2
    assert "do not go together" in done.stderr
