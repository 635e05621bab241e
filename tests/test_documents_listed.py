"""`charter documents` and `charter compare`: for people in 80 columns, for programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.settings import load_settings
from assistant.wiring import index_corpus
from bots.api.schemas import CatalogueBody, CheckedBody, ComparisonBody
from bots.cli import build_app
from indexing.progress import SilentProgress

Charter = Callable[..., Result]

FILES = {
    "leave-1.md": "---\nid: leave\nversion: 1\neffective_from: 2020-01-01\nowner: HR\n"
    "contact: hr@example.org\n---\n# Leave\n\n## Days\n\nStaff earn thirty days of leave.\n",
    "leave-2.md": "---\nid: leave\nversion: 2\neffective_from: 2024-01-01\nowner: HR\n"
    "contact: hr@example.org\n---\n# Leave\n\n## Days\n\nStaff earn forty days of leave.\n",
    "travel.md": "# Travel\n\nEffective date: 1 May 2024\n\nStaff travel in economy class.\n",
    "pay/scales.md": "# Scales\n\nVersion 3\n\nPay is secret.\n",
    "pay/charter.toml": '[documents]\naudience = ["hr"]\nowner = "Payroll"\n'
    'contact = "pay@example.org"\neffective_from = 2024-01-01\n'
    '[documents."bonus*"]\nkind = "x"\n',
    "old.md": "---\neffective_to: 2021-12-31\nowner: HR\ncontact: HR\n---\n# Parking\n\nFree.\n",
}


@pytest.fixture(scope="module")
def charter(tmp_path_factory: pytest.TempPathFactory) -> Charter:
    folder = tmp_path_factory.mktemp("listed")
    corpus, home = folder / "documents", folder / "home"
    for name, text in FILES.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    index_corpus(load_settings(home=home, corpus=corpus), SilentProgress())
    return runner(home, corpus)


def runner(home: Path, corpus: Path) -> Charter:
    known = {"CHARTER_HOME": str(home), "CHARTER_CORPUS": str(corpus), "COLUMNS": "80"}
    return lambda *words: CliRunner(env=known).invoke(build_app(), list(words))


def shown(charter: Charter, *words: str) -> str:
    done = charter(*words)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    return " ".join(done.stdout.split())


def test_each_document_is_listed_with_what_is_known_and_what_is_missing(charter: Charter) -> None:
    text = shown(charter, "documents")
    assert "leave · version 2 · in force from 1 January 2024 document · " in text
    assert "travel · version 1 · in force from 1 May 2024 (found in the text)" in text
    assert "✗ has no contact and no owner: nobody is named to ask" in text
    assert "! has its effective date, 1 May 2024, only from its text: confirm" in text
    assert "leave · version 1 · superseded, in force from 1 January 2020 Superseded by" in text
    assert "old · version 1 · expired, in force until 31 December 2021 Expired on 31" in text
    assert "3 documents in 4 versions; 1 to correct (✗)" in text
    assert "Scales" not in text


def test_a_group_is_shown_what_it_may_read(charter: Charter) -> None:
    text = shown(charter, "documents", "--group", "staff", "--group", "HR")
    assert "scales · version 3 (found in the text) · in force from 1 January 2024" in text
    assert "read by hr Owner: Payroll" in text
    assert charter("show", "scales").exit_code == 5
    assert "Pay is secret." in shown(charter, "show", "scales", "--group", "hr")


def test_check_ends_with_1_where_something_matters_and_names_slips_in_patterns(
    charter: Charter,
) -> None:
    done = charter("documents", "--check")
    assert done.exit_code == 1
    assert "pay/charter.toml: the pattern “bonus*” fits no document" in done.stdout
    assert "Travel (travel, version 1)" in done.stdout
    assert "Leave (leave" not in done.stdout
    body = CheckedBody.model_validate_json(charter("documents", "--check", "--json").stdout)
    assert {(gap.document, gap.level, gap.field) for gap in body.gaps} >= {
        ("travel", "error", "contact"),
        ("travel", "warning", "effective_from"),
    }
    assert len(body.slips) == 1


def test_programs_get_every_field(charter: Charter) -> None:
    listed = CatalogueBody.model_validate_json(charter("documents", "--json").stdout)
    travel = next(one for one in listed.documents if one.id == "travel")
    assert travel.found == ["title", "effective_from"]
    assert (travel.audience, travel.supersedes) == ([], [])
    assert next(one for one in listed.documents if one.id == "old").status == "expired"


def test_compare_shows_the_last_change_when_no_version_is_named(charter: Charter) -> None:
    text = shown(charter, "compare", "leave")
    assert "version 1 (superseded) → version 2 (in force) 1 changed; 2 unchanged" in text
    assert "~ Staff earn [-thirty-]{+forty+} days of leave." in text
    backwards = shown(charter, "compare", "leave", "2", "1")
    assert "[-forty-]{+thirty+}" in backwards
    assert "Nothing changed" in shown(charter, "compare", "leave", "2", "2")


def test_compare_gives_programs_exact_places(charter: Charter) -> None:
    done = charter("compare", "leave", "1", "2", "--json")
    body = ComparisonBody.model_validate_json(done.stdout)
    text = json.loads(charter("show", "leave", "--json").stdout)["text"]
    (change,) = body.changes
    assert change.newer is not None
    assert text[change.newer.start : change.newer.end] == "Staff earn forty days of leave."
    assert body.url == "/documents/leave/compare?from=1&to=2"


@pytest.mark.parametrize("words", [("travel",), ("leave", "1", "9"), ("nothing",), ("scales",)])
def test_what_cannot_be_compared_ends_with_5(charter: Charter, words: tuple[str, ...]) -> None:
    assert charter("compare", *words).exit_code == 5


def test_a_question_can_be_asked_for_a_group(charter: Charter) -> None:
    question = "Is pay secret?"
    assert "Pay is secret." not in charter("ask", question).stdout
    assert "Pay is secret." in charter("ask", question, "--group", "hr").stdout
