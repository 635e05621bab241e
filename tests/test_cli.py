"""The command line as whole processes: words for people, JSON for programs, codes for scripts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bots.api.schemas import CatalogueBody, DocumentBody, ExcerptBody, ReplyBody
from bots.commands.exits import MEANINGS
from bots.commands.terminal import safe, written

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
ANSWERED = "How many days of annual leave may be carried over under a fixed-term appointment?"
REFUSED = "What is the boiling point of tungsten?"

Charter = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def charter(small_home: Path, small_corpus: Path, tmp_path: Path) -> Charter:
    """Run the command in a process of its own, away from this folder's settings."""

    def run(
        *arguments: str, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603  the arguments are the test's own
            [sys.executable, "-m", "bots.cli", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={
                **{name: value for name, value in os.environ.items() if "CHARTER" not in name},
                "PYTHONPATH": str(ROOT),
                "CHARTER_HOME": str(small_home),
                "CHARTER_CORPUS": str(small_corpus),
                "COLUMNS": "80",
                **environment,
            },
            check=False,
            timeout=120,
        )
        assert b"Traceback" not in done.stdout + done.stderr
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


def test_help_names_every_command_and_every_exit_code(charter: Charter) -> None:
    done = charter("--help")
    assert done.returncode == 0
    for command in ("ask", "index", "serve", "doctor", "show", "documents", "settings", "receipt"):
        assert command in done.stdout
    cut_off = [line for line in done.stdout.splitlines()[1:] if line.endswith("...")]
    assert not cut_off, "a description is too long for 80 columns"
    said = " ".join(done.stdout.split())
    for code, meaning in MEANINGS.items():
        assert f" {code.value} {meaning}" in said


HEAVY = (
    "chromadb llama_index onnxruntime fastapi uvicorn pydantic_settings numpy sqlalchemy torch mcp"
)


@pytest.mark.parametrize(
    ("imported", "heavy"),
    [
        ("bots.cli; bots.cli.build_app()", HEAVY),
        ("assistant.ask, assistant.wiring, indexing.onnx_model", "chromadb llama_index torch"),
        ("bots.server", "mcp"),
    ],
    ids=["help", "questions", "server"],
)
def test_neither_help_nor_questions_import_what_they_do_not_need(imported: str, heavy: str) -> None:
    script = (
        f"import sys, {imported}\n"
        f"sys.exit(', '.join(set('{heavy}'.split()) & set(sys.modules)) or 0)"
    )
    done = subprocess.run(  # noqa: S603  the script stands above
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_an_answer_fits_80_columns_without_colour_and_names_its_sources(charter: Charter) -> None:
    done = charter("ask", ANSWERED)
    assert done.returncode == 0
    assert "Answer" in done.stdout.splitlines()[0]
    assert "[1]" in done.stdout
    assert "Policy on annual leave" in done.stdout
    assert "Sample policy" in done.stdout
    assert "Whom to ask: leave@hr.example.org" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_same_question_gives_the_same_bytes(charter: Charter) -> None:
    first = charter("ask", ANSWERED, "--json")
    second = charter("ask", ANSWERED, "--json")
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout
    assert ReplyBody.model_validate_json(first.stdout).outcome == "answer"


def test_no_answer_ends_with_its_own_code(charter: Charter) -> None:
    done = charter("ask", REFUSED)
    assert done.returncode == 4
    assert "No answer in the documents" in done.stdout.splitlines()[0]
    assert "ask" in done.stdout.lower()


def test_closest_passages_are_called_just_that_and_end_with_their_own_code(
    charter: Charter,
) -> None:
    done = charter("ask", ANSWERED, CHARTER_ANSWER_THRESHOLD="1")
    assert done.returncode == 3
    assert "No direct answer" in done.stdout.splitlines()[0]
    assert "Whom to ask:" in done.stdout


def test_a_question_comes_from_stdin(charter: Charter) -> None:
    done = charter("ask", "-", "--json", stdin=f"{ANSWERED}\n".encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "answer"


@pytest.mark.parametrize(
    ("question", "stdin"),
    [("", b""), ("  ", b""), ("a" * 4001, b""), ("-", b"\xff\xfe leave"), ("-", b"a" * 50_000)],
)
def test_a_question_that_cannot_be_taken_ends_with_2_and_one_sentence(
    charter: Charter, question: str, stdin: bytes
) -> None:
    done = charter("ask", question, stdin=stdin)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("charter: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_day_that_is_no_day_is_wrong_usage(charter: Charter) -> None:
    done = charter("ask", ANSWERED, "--as-of", "2026-02-30")
    assert done.returncode == 2
    assert "2026-02-30" in done.stderr


def test_an_error_with_json_is_one_problem_on_stderr(charter: Charter, tmp_path: Path) -> None:
    done = charter("ask", ANSWERED, "--json", CHARTER_HOME=str(tmp_path / "empty"))
    assert done.returncode == 1
    assert done.stdout == ""
    problem = json.loads(done.stderr)
    assert problem["type"] == "/problems#index-missing"
    assert "charter index" in problem["detail"]


def test_a_document_is_shown_whole_or_by_its_section(charter: Charter) -> None:
    whole = charter("show", "annual-leave")
    assert whole.returncode == 0
    assert "Entitlement" in whole.stdout
    assert "Particular case 23" in whole.stdout
    assert "Sample policy" in whole.stdout
    body = DocumentBody.model_validate_json(charter("show", "annual-leave", "--json").stdout)
    anchor = next(s.anchor for s in body.sections if "Carrying leave over" in s.heading)
    for name in (anchor, "3", "3. Carrying leave over"):
        part = charter("show", f"annual-leave#{name}")
        assert part.returncode == 0, part.stderr
        assert "forfeited" in part.stdout
        assert "Entitlement" not in part.stdout
    excerpt = charter("show", f"annual-leave#{anchor}", "--json")
    section = ExcerptBody.model_validate_json(excerpt.stdout)
    assert section.text == body.text[section.section.start : section.section.end]


def test_a_version_and_a_day_choose_what_is_shown(charter: Charter) -> None:
    assert "two days" in charter("show", "telework", "--version", "1").stdout
    assert "two days" in charter("show", "telework", "--as-of", "2022-01-01").stdout
    assert "three days" in charter("show", "telework").stdout


def test_what_is_not_there_ends_with_5_and_names_what_is(charter: Charter) -> None:
    assert charter("show", "nothing").returncode == 5
    section = charter("show", "annual-leave#nothing")
    assert section.returncode == 5
    assert "#" in section.stderr
    assert charter("receipt", "nothing").returncode == 5


def test_documents_are_listed_with_version_and_status(charter: Charter) -> None:
    done = charter("documents")
    assert done.returncode == 0
    assert "annual-leave" in done.stdout
    assert "Superseded by version 2" in " ".join(done.stdout.split())
    listed = CatalogueBody.model_validate_json(charter("documents", "--json").stdout)
    assert len(listed.documents) == 5


def test_a_receipt_is_shown_and_replayed(charter: Charter) -> None:
    receipt = json.loads(charter("ask", ANSWERED, "--json").stdout)["id"]
    shown = charter("receipt", receipt)
    assert shown.returncode == 0
    assert ANSWERED in " ".join(shown.stdout.split())
    replayed = charter("receipt", receipt, "--replay", "--json")
    assert replayed.returncode == 0
    assert json.loads(replayed.stdout)["replay"]["same"] is True
    differs = charter("receipt", receipt, "--replay", CHARTER_CONTACT="somebody else")
    assert differs.returncode == 6
    assert "The settings" in differs.stdout


def test_settings_are_listed_with_where_each_comes_from(charter: Charter) -> None:
    listed = json.loads(charter("settings", "--json").stdout)["settings"]
    sources = {line["name"]: line["source"] for line in listed}
    assert sources["home"] == "environment"
    assert sources["port"] == "default"
    shown = charter("settings").stdout
    assert "CHARTER_PORT" in shown
    assert "answer_threshold = (unset)" in shown
    assert "None" not in shown


def test_a_setting_that_cannot_be_used_is_named(charter: Charter) -> None:
    done = charter("ask", ANSWERED, CHARTER_PORT="many")
    assert done.returncode == 1
    assert "CHARTER_PORT" in done.stderr


def test_doctor_finds_nothing_wrong_and_says_what_to_do_where_it_does(
    charter: Charter, tmp_path: Path
) -> None:
    assert charter("doctor").returncode == 0
    findings = json.loads(charter("doctor", "--json").stdout)["findings"]
    assert {"ok"} <= {finding["level"] for finding in findings}
    sick = charter("doctor", CHARTER_HOME=str(tmp_path / "empty"))
    assert sick.returncode == 1
    assert "charter index" in sick.stdout


def test_indexing_says_in_words_what_it_read_and_what_it_left_out(
    charter: Charter, tmp_path: Path
) -> None:
    corpus, home = tmp_path / "documents", tmp_path / "home"
    corpus.mkdir()
    (corpus / "good.md").write_text("# Parking\n\nA permit costs twenty francs.\n", "utf-8")
    (corpus / "bad.docx").write_bytes(b"PK\x03\x04")
    first = charter("index", str(corpus), CHARTER_HOME=str(home))
    assert first.returncode == 0, first.stderr
    assert "bad.docx" in first.stdout
    again = json.loads(charter("index", str(corpus), "--json", CHARTER_HOME=str(home)).stdout)
    assert again["changed"] is False
    assert again["added"] == again["replaced"] == []
    assert "good.md" in again["unchanged"]
    assert [skipped["path"] for skipped in again["skipped"]] == ["bad.docx"]


@pytest.mark.parametrize("make", [False, True])
def test_a_corpus_that_is_missing_or_empty_is_an_error(
    charter: Charter, tmp_path: Path, *, make: bool
) -> None:
    corpus = tmp_path / "nothing"
    if make:
        corpus.mkdir()
    done = charter("index", str(corpus), CHARTER_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert str(corpus) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_unforeseen_error_leaves_its_traceback_in_the_log_alone(tmp_path: Path) -> None:
    script = (
        "import typer\nfrom bots.commands.failures import told_plainly\napp = typer.Typer()\n"
        "@app.command()\ndef go():\n    with told_plainly():\n        raise RuntimeError('boom')\n"
        "app()"
    )
    done = subprocess.run(  # noqa: S603  the script stands above
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CHARTER_HOME": str(tmp_path / "home")},
        check=False,
    )
    assert done.returncode == 70
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "boom" not in done.stderr
    log = (tmp_path / "home" / "charter.log").read_text("utf-8")
    error_id = re.search(r"error (\w+)", done.stderr)
    assert error_id
    assert error_id.group(1) in log
    assert "RuntimeError: boom" in log


def test_what_a_terminal_would_obey_is_taken_out_of_every_text() -> None:
    """Escape sequences, bells and half characters go; tabs, line breaks and accents stay."""
    assert safe("a\x1b[31mb\x07\x9b2Jc\ud800\r\n\té") == "a[31mb2Jc\n\té"
    assert written("a\x1b[31mb").plain == "a[31mb"


def test_a_terminal_that_knows_only_ascii_gets_an_answer_all_the_same(charter: Charter) -> None:
    done = charter("ask", ANSWERED, "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "answer"
    assert charter("ask", ANSWERED, PYTHONIOENCODING="ascii", PYTHONUTF8="0").returncode == 0


def test_an_error_ends_with_an_id_that_the_log_of_an_existing_home_holds(
    charter: Charter, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for log in (False, True):
        done = charter("ask", ANSWERED, CHARTER_HOME=str(home))
        told = re.fullmatch(r"charter: .* \(error (\w{12})\)\n", done.stderr)
        assert told, done.stderr
        assert (home / "charter.log").exists() == log
        home.mkdir(exist_ok=True)
    assert told.group(1) in (home / "charter.log").read_text("utf-8")


def test_a_database_without_its_driver_is_one_plain_sentence(charter: Charter) -> None:
    done = charter("ask", ANSWERED, CHARTER_DATABASE="postgresql+pg8000://me:hush@host/records")
    assert done.returncode == 1
    assert "charter[postgres]" in done.stderr
    assert "hush" not in done.stderr
    listed = charter("settings", CHARTER_DATABASE="postgresql+pg8000://me:hush@host/records")
    assert "postgresql+pg8000://me:***@host/records" in listed.stdout
