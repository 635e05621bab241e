"""Origins from the settings to the answer: `charter index` with a real repository and site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_step import put, rule
from test_index_command import charter
from test_origin_git import commit, git
from web_server import Site, serve

pytestmark = pytest.mark.slow

PAGE = "<html><main><h1>Pool</h1><p>A pool ticket costs six francs.</p></main></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


def settings(folder: Path, *origins: str) -> None:
    said = ['corpus = "documents"', *(f"[[origins]]\n{origin}" for origin in origins)]
    (folder / "charter.toml").write_text("\n".join(said), "utf-8")


def test_origins_are_indexed_reported_and_forgotten(tmp_path: Path, site: Site) -> None:
    home, repository = tmp_path / "home", tmp_path / "handbook"
    put(tmp_path / "documents", {"gym.md": rule("Gym", "A card for the gym costs nine francs.")})
    put(repository, {"parking.md": rule("Parking", "A permit costs twenty francs.")})
    git(repository, "init", "--quiet", "--initial-branch=main")
    commit(repository)
    site.put("/pool.html", PAGE)
    site.list("/pool.html", "/gone.html")
    handbook = f'name = "handbook"\ngit = "{repository}"'
    intranet = f'name = "intranet"\nweb = "{site.url}/sitemap.xml"\ndelay = 0'
    hidden = 'name = "hidden"\ngit = "http://somebody:hunter2@127.0.0.1:9/none.git"'

    settings(tmp_path, handbook, intranet, hidden)
    done = charter(home, "index", "--json")
    report = json.loads(done.stdout)
    assert report["documents"] == 3
    problems = [one["problem"] for one in report["unfetched"]]
    assert [problem.split(":")[0] for problem in problems] == ["intranet", "hidden"]
    assert "gone.html" in problems[0]
    shown = " ".join(charter(home, "index", "--report").stdout.split())
    assert "Not fetched: ! intranet:" in shown
    assert "hunter2" not in done.stdout + done.stderr + shown
    assert not any(b"hunter2" in path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert "six francs" in charter(home, "ask", "What does a pool ticket cost?").stdout

    settings(tmp_path)
    gone = json.loads(charter(home, "index", "--json").stdout)
    assert (gone["documents"], len(gone["removed"]), gone["unfetched"]) == (1, 2, [])
    assert [path.name for path in (home / "origins").iterdir() if path.is_dir()] == []
