"""`charter search`: passages for people in 80 columns, for programs as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shelves
from click.testing import Result
from typer.testing import CliRunner

from bots.api.library_schemas import SearchBody
from bots.cli import build_app

WORDS = "How long may a bicycle stand in the shed?"
Charter = Callable[..., Result]


@pytest.fixture(scope="module")
def charter(shelves_built: tuple[Path, Path]) -> Charter:
    home, corpus = shelves_built
    known = {"CHARTER_HOME": str(home), "CHARTER_CORPUS": str(corpus), "COLUMNS": "80"}
    day = ("--as-of", shelves.DAY.isoformat())
    return lambda *words: CliRunner(env=known).invoke(build_app(), ["search", *day, *words])


def test_passages_are_numbered_and_say_where_they_stand(charter: Charter) -> None:
    done = charter(WORDS, "--limit", "2")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    text = " ".join(done.stdout.split())
    assert "Searched 4 of 4 documents, as of 4 May 2026. These are passages, not an answer." in text
    assert (
        "1. Policy on bicycles › Sheds version 2 A bicycle may stand in the shed for five days."
        in text
    )
    assert "characters" in text
    assert "3." not in text
    second = charter(WORDS, "--limit", "1", "--offset", "1").stdout
    assert "2. " in second
    assert "1. " not in second


def test_a_row_is_written_by_its_columns(charter: Charter) -> None:
    text = " ".join(charter("places in the north bicycle shed").stdout.split())
    assert "▪ Shed: North bicycle shed Places: 40" in text


def test_filters_groups_and_versions_choose_what_is_searched(charter: Charter) -> None:
    assert "Policy on" not in charter("bicycle", "--kind", "rules", "--kind", "strategy").stdout
    assert "Superseded by version 2" in charter(WORDS, "--status", "superseded").stdout
    assert "Not yet in force" in charter(WORDS, "--all-versions").stdout
    assert "saddle" not in charter("secret saddle").stdout
    assert "saddle" in charter("secret saddle", "--group", "managers").stdout


def test_json_is_what_the_api_gives(charter: Charter) -> None:
    done = charter(WORDS, "--json", "--language", "en")
    body = SearchBody.model_validate_json(done.stdout)
    assert body.passages[0].text == "A bicycle may stand in the shed for five days."
    assert body.facets
    assert body.found == len(body.passages)


def test_finding_nothing_ends_with_a_code_of_its_own(charter: Charter) -> None:
    done = charter("xqzzt blorp")
    assert done.exit_code == 4
    assert "No passage found" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["bicycle", "--kind", "rule"], 2, "No kind goes by “rule”. Did you mean “rules”?"),
        (["bicycle", "--status", "lost"], 2, "“status” cannot be “lost”."),
        ([""], 2, "The question is empty."),
        (["a" * 4001], 2, "4,000 is the most"),
    ],
)
def test_what_cannot_be_taken_is_said(
    charter: Charter, words: list[str], code: int, said: str
) -> None:
    done = charter(*words)
    assert done.exit_code == code
    assert said in done.stderr
