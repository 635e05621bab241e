"""`charter commitments`: complete lists for people in 80 columns, for programs as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import plans
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from bots.cli import build_app
from bots.commands import commitments
from bots.register.schemas import CommitmentsBody

Charter = Callable[..., Result]

COURSE, SURVEY, TRAIN = (
    "Publish a course for managers",
    "Survey all staff",
    "Train new managers",
)
SUM, CLOSE, KEEP = (
    "=1+1 is what the budget says",
    "Close <script>alert(1)</script> the accounts",
    "Keep the accounts of",
)
TELEWORK, PENSION, RESULTS = (
    "Negotiate telework for all",
    "Defend the pension of all staff",
    "Publish the results by March 2027",
)
NORTH = [COURSE, SURVEY, TRAIN, SUM, CLOSE, KEEP]
SOUTH = [TELEWORK, PENSION, RESULTS]


@pytest.fixture(scope="module")
def charter(plans_built: tuple[Path, Path]) -> Charter:
    home, corpus = plans_built
    known = {"CHARTER_HOME": str(home), "CHARTER_CORPUS": str(corpus), "COLUMNS": "80"}
    day = ("--as-of", plans.DAY.isoformat())
    return lambda *words: CliRunner(env=known).invoke(build_app(), ["commitments", *day, *words])


def shown(charter: Charter, *words: str) -> str:
    done = charter(*words)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    return " ".join(done.stdout.split())


def body(charter: Charter, *words: str) -> CommitmentsBody:
    done = charter("--json", *words)
    assert done.exit_code == 0, done.output
    return CommitmentsBody.model_validate_json(done.stdout)


def titles(charter: Charter, *words: str) -> list[str]:
    return [one.text.text if one.text else "" for one in body(charter, *words).commitments]


def test_a_list_is_complete_and_says_what_it_is_a_list_of(charter: Charter) -> None:
    text = shown(charter)
    assert text.startswith(
        "9 of 9 commitments, from 2 of 2 documents; 3 carry no date (1 of them ongoing)"
    )
    assert "Understood as: all commitments" in text
    assert "As of: 4 May 2026" in text
    for title in ("Publish a course for", "Survey all staff", "Train new managers", "telework"):
        assert title in text
    assert text.index("Publish a course") < text.index("Keep the accounts") < text.index("telework")


def test_a_line_shows_when_who_what_and_where_it_stands(charter: Charter) -> None:
    lines = charter("--search", "course").stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("Q1 2026"))
    assert lines[place - 1] == "Action plan of the north (version 2026)"
    assert "Staff Development &" in lines[place]
    assert COURSE in lines[place]
    assert lines[place + 1].startswith("overdue")


def test_documents_carry_their_marks_in_every_order(charter: Charter) -> None:
    mark = "Its period ended on 31 December 2025"
    assert mark in shown(charter, "--sort", "document")
    assert mark in shown(charter, "--sort", "due")
    assert mark not in shown(charter, "--document", "north", "--sort", "due")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--lead", "Finance"], [SUM, CLOSE, KEEP]),
        (["--lead", "policy & social security"], [SURVEY, TRAIN]),
        (["--lead", "SDL"], [COURSE, SURVEY]),
        (["--lead", "Finance", "--lead", "SDL"], [COURSE, SURVEY, SUM, CLOSE, KEEP]),
        (["--due", "by Q1 2026"], [COURSE, CLOSE]),
        (["--due", "Q3 2026"], [SUM]),
        (["--due", "after 2026"], [TRAIN, RESULTS]),
        (["--due", "this year"], [COURSE, SURVEY, SUM, CLOSE]),
        (["--due", "overdue"], [COURSE, CLOSE]),
        (["--due", "ongoing"], [TRAIN, KEEP]),
        (["--due", "none"], [TELEWORK, PENSION]),
        (["--theme", "learning"], [COURSE, SURVEY, TRAIN]),
        (["--document", "south"], SOUTH),
        (["--document", "Action plan of the north"], NORTH),
        (["--body", "staff council"], SOUTH),
        (["--search", "staff"], [SURVEY, PENSION]),
        (["--search", "meet"], [TRAIN]),
        (["--review"], [KEEP]),
        (["--status", "not-started"], [*NORTH, *SOUTH]),
        (["--status", "delivered"], []),
        (["--lead", "Finance", "--due", "overdue", "--document", "north"], [CLOSE]),
    ],
)
def test_filters_are_all_met_and_of_several_values_any(
    charter: Charter, words: list[str], expected: list[str]
) -> None:
    found = body(charter, *words)
    assert [one.text.text for one in found.commitments if one.text] == expected
    assert found.denominator.found == len(expected)
    assert found.denominator.held == 9


def test_filters_are_said_as_they_were_understood(charter: Charter) -> None:
    text = shown(charter, "--lead", "policy", "--due", "by the end of the year", "--due", "by 2026")
    assert "Understood as: Lead: Policy and Social Security; due: by 31 December 2026" in text


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        (["--sort", "due"], COURSE, PENSION),
        (["--sort", "due", "--descending"], TRAIN, PENSION),
        (["--sort", "document", "--descending"], RESULTS, COURSE),
        (["--sort", "theme"], SUM, RESULTS),
    ],
)
def test_lists_are_sorted_and_what_has_no_value_comes_last(
    charter: Charter, sort: list[str], first: str, last: str
) -> None:
    found = titles(charter, *sort)
    assert len(found) == 9
    assert (found[0], found[-1]) == (first, last)


def test_a_page_says_which_lines_it_shows(charter: Charter) -> None:
    assert "Lines 3 to 4 of 9." in shown(charter, "--offset", "2", "--limit", "2")
    assert "Lines" not in shown(charter)


def test_counts_are_of_all_that_were_found_with_quarters_in_their_order(charter: Charter) -> None:
    text = shown(charter, "--group-by", "quarter", "--limit", "1")
    counts = text[text.index("Due in") : text.index("Action plan")]
    places = [counts.index(words) for words in ("Q1 2026 2", "Q3 2026 1", "Q4 2026 1", "no date 3")]
    assert places == sorted(places)
    teams = shown(charter, "--group-by", "lead")
    assert "Finance 3" in teams
    assert "nobody named 3" in teams


def test_what_is_for_others_is_neither_listed_nor_counted(charter: Charter) -> None:
    assert "Move the head office" not in shown(charter)
    text = shown(charter, "--group", "board")
    assert "10 of 10 commitments, from 3 of 3 documents" in text
    assert "Move the head office" in text
    hidden = charter("--lead", "Board")
    assert hidden.exit_code == 2
    assert "No lead team goes by “Board”" in hidden.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--due", "soon"], "“soon” cannot be read as a time. Write it as “Q1 2024”"),
        (["--lead", "Finanse"], "No lead team goes by “Finanse”. Did you mean “Finance”?"),
        (["--lead", "xyz"], "No lead team goes by “xyz”. The register has “Finance”, “Policy and"),
        (["--document", "nowhere"], "No document with commitments goes by “nowhere”."),
        (["--status", "lost"], "“status” cannot be “lost”. Input should be 'not started'"),
        (["--sort", "size"], "“sort” cannot be “size”. Input should be 'document'"),
        (["--search", "x" * 201], "“search” cannot be “xxxx"),
        (["--due", "overdue on 2026-01-01"], "Two days are asked for: 2026-01-01 and 2026-05-04."),
        (["--export", "list.doc"], "“list.doc” is no kind of file to export. Take .xlsx, .csv"),
    ],
)
def test_what_cannot_be_a_filter_is_said_and_is_no_empty_list(
    charter: Charter, words: list[str], said: str
) -> None:
    done = charter(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not done.stdout


def test_a_register_without_commitments_says_so(tmp_path: Path) -> None:
    from assistant.settings import load_settings  # noqa: PLC0415  of this test alone
    from assistant.wiring import index_corpus  # noqa: PLC0415  the same
    from indexing.progress import SilentProgress  # noqa: PLC0415  the same

    home, corpus = tmp_path / "home", tmp_path / "documents"
    corpus.mkdir()
    (corpus / "rules.md").write_text("# Rules\n\nStaff park in the garage.\n", "utf-8")
    index_corpus(load_settings(home=home, corpus=corpus), SilentProgress())
    known = {"CHARTER_HOME": str(home), "CHARTER_CORPUS": str(corpus), "COLUMNS": "80"}
    done = CliRunner(env=known).invoke(build_app(), ["commitments"])
    assert done.exit_code == 0
    assert "0 of 0 commitments, from 0 of 0 documents" in done.stdout
    named = CliRunner(env=known).invoke(build_app(), ["commitments", "--lead", "HR"])
    assert named.exit_code == 2
    assert "The register holds none on that day." in named.stderr


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "ics"])
def test_a_file_takes_the_whole_list_and_the_command_says_what_it_wrote(
    charter: Charter, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"list.{suffix}"
    text = shown(charter, "--lead", "Finance", "--export", str(path))
    assert text.startswith("Wrote 3 of 9 commitments, from 1 of 2 documents; 1 carries no date")
    assert path.stat().st_size > 300


@pytest.mark.parametrize(
    ("known", "address"),
    [
        ({}, "http://127.0.0.1:8765"),
        ({"CHARTER_HOST": "::1", "CHARTER_PORT": "99"}, "http://[::1]:99"),
        ({"CHARTER_HOST": "0.0.0.0"}, "http://localhost:8765"),  # noqa: S104  nothing listens
        ({"CHARTER_PUBLIC_URL": "https://charter.example.org"}, "https://charter.example.org"),
    ],
)
def test_links_in_a_file_lead_to_the_server_of_the_settings(
    plans_built: tuple[Path, Path], tmp_path: Path, known: dict[str, str], address: str
) -> None:
    home, corpus = plans_built
    settings = {"CHARTER_HOME": str(home), "CHARTER_CORPUS": str(corpus), **known}
    words = ["commitments", "--as-of", "2026-05-04", "--export", str(tmp_path / "list.csv")]
    assert CliRunner(env=settings).invoke(build_app(), words).exit_code == 0
    (row, *_) = csv.DictReader(io.StringIO((tmp_path / "list.csv").read_text("utf-8-sig")))
    assert row["Place"].startswith(f"{address}/documents/north?")


def test_a_file_that_cannot_be_written_is_said(charter: Charter, tmp_path: Path) -> None:
    done = charter("--export", str(tmp_path / "nowhere" / "list.csv"))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_the_file_of_json_is_what_the_command_writes_for_programs(
    charter: Charter, tmp_path: Path
) -> None:
    path = tmp_path / "list.json"
    done = charter("--json", "--export", str(path))
    assert json.loads(done.stdout) == json.loads(path.read_text("utf-8"))


def test_filters_before_another_command_are_refused_instead_of_forgotten() -> None:
    app = typer.Typer()
    app.callback(invoke_without_command=True)(commitments.commitments)
    app.command("status")(lambda: None)
    assert CliRunner().invoke(app, ["status"]).exit_code == 0
    refused = CliRunner().invoke(app, ["--group-by", "lead", "status"])
    assert refused.exit_code == 2
    assert "--group-by" in refused.output


def test_help_names_every_filter_and_what_it_takes() -> None:
    done = CliRunner(env={"COLUMNS": "80"}).invoke(build_app(), ["commitments", "--help"])
    for option in "lead due theme document body status search review as-of group sort".split():
        assert f"--{option}" in done.output
    for option in "group-by limit offset export json".split():
        assert f"--{option}" in done.output
    assert max(map(len, done.output.splitlines())) <= 80
