"""glossary.csv: what its owners set is used, listed and followed, and a slip in it is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_step import assistant_of, build, put, rule
from typer.testing import CliRunner

from assistant.question.expansions import expand
from assistant.settings import load_settings
from assistant.wiring import index_corpus
from bots.cli import build_app
from corpus.errors import IndexDamaged
from indexing.build import compare
from indexing.embedding import HashEmbedder
from indexing.glossary import read_glossary
from indexing.glossary_file import glossary_csv, read_glossary_file
from indexing.index import open_index
from indexing.progress import SilentProgress

FILES = {
    "oversight.md": rule("Oversight", "The Office of Internal Oversight (OIO) acts on telework."),
    "board.md": rule("Board", "The Zonal Bonus Panel (ZBP) meets.", audience="[hr]"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "documents", FILES)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def pairs(home: Path) -> dict[tuple[str, str], bool]:
    index = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    found = {(one.term, one.meaning): one.used for one in index.glossary}
    index.close()
    return found


def test_a_line_says_term_meanings_and_use():
    read = read_glossary_file(b"term,meaning,use\nWFH,telework|home working,yes\nHR,,no\n")
    assert [(row.line, row.term, row.meaning, row.used) for row in read.rows] == [
        (2, "WFH", "telework", True),
        (2, "WFH", "home working", True),
        (3, "HR", "", False),
    ]
    assert read.problems == ()


@pytest.mark.parametrize(
    "data",
    [
        b"term;meaning;use\nWFH;telework;yes\n",
        b"\xef\xbb\xbfterm,meaning\r\nWFH,telework\r\n",
        b"Meaning\tTerm\ntelework\tWFH\n",
        b"WFH,telework\n",
        "term,meaning\nWFH,telework\n".encode("utf-16"),
    ],
)
def test_it_is_read_as_spreadsheets_write_it(data):
    assert [(row.term, row.meaning) for row in read_glossary_file(data).rows] == [
        ("WFH", "telework")
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("WFH,telework,maybe", "Line 3: use is “maybe”; write yes or no."),
        (",telework,yes", "Line 3 has no term."),
        ("WFH,,yes", "Line 3 has no meaning for “WFH”."),
        ("WFH,tele,work,yes", "Line 3 has more cells than columns; put a meaning with commas"),
        ("HR,people,no", "Line 3 repeats the pair of line 2, which holds."),
        (f"WFH,{'x' * 300},yes", "Line 3 has a term or a meaning of more than 200 characters."),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_costs_only_itself(line, problem):
    read = read_glossary_file(f"term,meaning,use\nHR,people,yes\n{line}\nA1,b c,yes\n".encode())
    assert [row.term for row in read.rows] == ["HR", "A1"]
    (said,) = read.problems
    assert said.startswith(problem)


def test_what_is_no_text_is_a_problem_and_no_failure():
    assert read_glossary_file(b"PK\x03\x04\x00\x00").rows == ()
    assert read_glossary_file(b"PK\x03\x04\x00\x00").problems


def test_what_is_written_can_be_read_again():
    rows = read_glossary_file(b'term,meaning,use\nHR,"people, all",no\n').rows
    assert read_glossary_file(glossary_csv(rows).encode()).rows == rows


def test_it_adds_pairs_and_switches_off_those_of_the_documents(folder, home):
    put(folder, {"glossary.csv": "term,meaning,use\nWFH,telework,yes\nOIO,,no\n"})
    report = build(folder, home)
    assert report.documents == 2
    assert report.skipped == ()
    assert pairs(home) == {
        ("OIO", "Office of Internal Oversight"): False,
        ("WFH", "telework"): True,
        ("ZBP", "Zonal Bonus Panel"): True,
    }
    index = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    assert [one.also for one in expand("WFH and OIO", index)] == ["telework"]
    index.close()


def test_a_change_of_it_alone_is_noticed_and_nothing_is_embedded_again(folder, home):
    first = build(folder, home)
    assert not build(folder, home).changed
    put(folder, {"glossary.csv": "term,meaning\nWFH,telework\n"})
    assert compare(folder, home).plan.add == ("glossary.csv",)
    second = build(folder, home)
    assert second.changed
    assert second.embedded == 0
    assert ("WFH", "telework") in pairs(home)
    assert not build(folder, home).changed
    (folder / "glossary.csv").unlink()
    assert compare(folder, home).plan.remove == ("glossary.csv",)
    build(folder, home)
    assert ("WFH", "telework") not in pairs(home)
    assert second.generation != first.generation


def test_another_glossary_gives_another_fingerprint(folder, home):
    build(folder, home)
    before = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    put(folder, {"glossary.csv": "term,meaning\nWFH,telework\n"})
    build(folder, home)
    after = open_index(home, embedder_fingerprint=HashEmbedder().fingerprint)
    assert before.fingerprint != after.fingerprint
    before.close()
    after.close()


def test_its_problems_stand_in_every_report(folder, home):
    put(folder, {"glossary.csv": "term,meaning,use\nWFH,telework,perhaps\n"})
    for _ in range(2):
        notes = [(one.relative, one.note) for one in build(folder, home).notes]
        assert notes == [("glossary.csv", "Line 2: use is “perhaps”; write yes or no.")]


def test_a_line_that_repeats_a_restricted_document_tells_nobody_else(folder, home):
    put(folder, {"glossary.csv": "term,meaning\nZBP,Zonal Bonus Panel\n"})
    build(folder, home)
    assistant = assistant_of(folder, home)
    terms = {
        groups: [one.term for one in assistant.shelf(groups).index.glossary]
        for groups in (frozenset[str](), frozenset({"hr"}))
    }
    assistant.close()
    assert terms == {frozenset(): ["OIO"], frozenset({"hr"}): ["OIO", "ZBP"]}


def test_a_glossary_that_cannot_be_read_is_damage(folder, home):
    build(folder, home)
    (generation,) = (home / "generations").iterdir()
    (generation / "glossary.json").write_text("{", "utf-8")
    with pytest.raises(IndexDamaged, match="charter index"):
        read_glossary(generation)


def test_it_is_listed_with_where_each_pair_stands_and_can_be_saved(folder, home, tmp_path):
    put(folder, {"glossary.csv": "term,meaning\nWFH,telework\n"})
    index_corpus(load_settings(home=home, corpus=folder), SilentProgress())

    def charter(*words: str) -> str:
        known = {"CHARTER_HOME": str(home), "CHARTER_CORPUS": str(folder), "COLUMNS": "80"}
        done = CliRunner(env=known).invoke(build_app(), ["glossary", *words])
        assert done.exit_code == 0, done.output
        return done.stdout

    listed = charter()
    assert max(map(len, listed.splitlines())) <= 80
    assert "OIO: Office of Internal Oversight" in listed
    assert "“Oversight” (version 1)" in listed
    assert "glossary.csv, line 2" in listed
    assert "ZBP" not in listed
    assert "ZBP" in charter("--group", "hr")
    (first, second) = json.loads(charter("--json"))["entries"]
    assert first["places"][0]["document"] == "oversight"
    assert (second["term"], second["line"], second["places"]) == ("WFH", 2, [])
    saved = tmp_path / "to edit.csv"
    charter("--save", str(saved))
    assert [row.term for row in read_glossary_file(saved.read_bytes()).rows] == ["OIO", "WFH"]
    again = CliRunner(env={"CHARTER_HOME": str(home)}).invoke(
        build_app(), ["glossary", "--save", str(saved)]
    )
    assert again.exit_code == 1
