"""Whatever is wrong with a file: each mistake has its row and reason, and nothing is half taken."""

import json
import zipfile

import pytest
from test_suite_runs import TELEWORK
from test_suite_workbooks import book_of
from typer.testing import CliRunner

from bots.cli import build_app
from evals.suites.files.suite_file import write_suite
from evals.suites.model import Suite

GOOD = Suite("Telework", (TELEWORK,), owner="HR", target=0.1)
MERGED = book_of(
    ["question", "must say"],
    ["One?", "30"],
    ["Two?", None],
    change=lambda sheet: sheet.merge_cells("B2:B3"),
)
FORMULA = book_of(["question", "must say"], ["How many?", "=15+15"], ["When?", "May"])
ELSEWHERE = (
    "id,question,must say,document,section,exact quote\n"
    f"telework,{TELEWORK.question},three days,Policy on telework,,up to three days in each week\n"
    "parental,How long is parental leave?,16 weeks,Policy on parental leave,,\n"
    "moon,Who pays for the moon?,nobody,annual-leave,9. The moon,\n"
    "quote,Who leads?,HR,annual-leave,,The moon is made of cheese and of nothing else.\n"
)
BROKEN = "suite: Leave\ncases:\n  - question: [open\n  - must_say: x\n"
UNKNOWN = "suite: Leave\ncases:\n  - question: How many?\n    must_sya: 30\n"
TWICE = "id,question,must say\na,One?,x\nb,Two?,y\na,Three?,z\n"

WRONG = [
    ("broken.yaml", BROKEN, ["The suite “broken” is no YAML that can be read: line 4: "]),
    (
        "unknown.yaml",
        UNKNOWN,
        ["4 rejected", "“must_sya” is no key; did you mean “must_say”?"],
    ),
    ("twice.csv", TWICE, ["4 rejected a", "the id “a” is taken by the case at 2"]),
    (
        "formula.xlsx",
        FORMULA,
        ["2 rejected", "“must say” holds a formula; write its text"],
    ),
    (
        "merged.xlsx",
        MERGED,
        ["2 rejected", "3 rejected", "the cells B2:B3 are merged; split them, and fill each one"],
    ),
    (
        "elsewhere.csv",
        ELSEWHERE,
        [
            "3 rejected parental no document “Policy on parental leave” is indexed",
            "4 rejected moon “Policy on annual leave” has no section “9. The moon”",
            "5 rejected quote the quote is not found in “Policy on annual leave”, version 2",
            "3 rejected.",
        ],
    ),
    ("empty.csv", "", ["has no row of headers"]),
    ("empty.yaml", "", ["holds no suite"]),
    ("text.xlsx", "question,must say\n", ["text.xlsx is cut off or damaged"]),
    ("nulls.csv", "question,must say\nOne?,\0\n", ["nulls.csv is not a text file"]),
]


@pytest.fixture
def charter(small_home, small_corpus):
    known = {"CHARTER_HOME": str(small_home), "CHARTER_CORPUS": str(small_corpus), "COLUMNS": "80"}
    return lambda *words: CliRunner(env=known).invoke(build_app(), ["eval", *map(str, words)])


def told(done):
    assert max(map(len, done.stdout.splitlines()), default=0) <= 80
    return " ".join(done.output.split())


def lying(folder):
    return {one.name: one.read_bytes() for one in folder.iterdir()}


@pytest.mark.parametrize("there", [True, False], ids=["into a suite", "into a new one"])
@pytest.mark.parametrize(("name", "data", "reasons"), WRONG, ids=[one[0] for one in WRONG])
def test_what_is_wrong_has_its_row_and_reason_and_nothing_is_half_imported(  # noqa: PLR0913, PLR0917  a row of the table above
    charter, tmp_path, name, data, reasons, there
):
    file, folder = tmp_path / name, tmp_path / "suites"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    folder.mkdir()
    if there:
        write_suite(GOOD, folder / "suite.yaml")
    before = lying(folder)
    done = charter("import", file, "--into", folder / "suite.yaml")
    assert done.exit_code == 1
    for reason in reasons:
        assert reason in told(done)
    assert lying(folder) == before


def test_a_workbook_of_fifty_megabytes_is_refused_before_it_is_opened(charter, tmp_path):
    file, folder = tmp_path / "large.xlsx", tmp_path / "suites"
    folder.mkdir()
    file.write_bytes(book_of(["question", "must say"], ["One?", "30"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as book:
        book.writestr("xl/media/picture.png", b"\7" * 50_000_000)
    done = charter("import", file, "--into", folder / "suite.yaml")
    assert done.exit_code == 1
    assert "large.xlsx has 50 MB; a suite has at most 20." in told(done)
    assert lying(folder) == {}


def test_programs_get_the_rows_as_numbers(charter, tmp_path):
    file = tmp_path / "elsewhere.csv"
    file.write_text(ELSEWHERE)
    done = charter("import", file, "--into", tmp_path / "suite.yaml", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [(one["row"], one["id"]) for one in found["rejected"]] == [
        (3, "parental"),
        (4, "moon"),
        (5, "quote"),
    ]
    assert found["written"] is False
    assert not (tmp_path / "suite.yaml").exists()


def test_a_suite_that_is_broken_itself_is_not_overwritten(charter, tmp_path):
    table, suite = tmp_path / "s.csv", tmp_path / "suite.yaml"
    table.write_text("question,must say\nWhen?,May\n")
    suite.write_text(BROKEN)
    done = charter("import", table, "--into", suite)
    assert done.exit_code == 1
    assert "The suite “suite” is no YAML that can be read: line 4: " in told(done)
    assert suite.read_text() == BROKEN


@pytest.mark.parametrize(("name", "data", "reasons"), WRONG[:5], ids=[one[0] for one in WRONG[:5]])
def test_what_is_wrong_is_not_run_either(charter, tmp_path, name, data, reasons):
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    done = charter("run", file)
    assert done.exit_code == 1
    assert reasons[-1] in told(done)


def test_a_suite_for_documents_that_are_not_indexed_says_which_are_missing(charter, tmp_path):
    cases = [
        {
            "id": name,
            "question": TELEWORK.question,
            "must_say": ["three days"],
            "evidence": [{"document": document}],
        }
        for name, document in (("here", "telework"), ("gone", "Policy on parental leave"))
    ]
    file = tmp_path / "suite.yaml"
    file.write_text(json.dumps({"suite": "Two", "cases": cases}))  # which is YAML as well
    done = charter("run", file, "--json")
    found = json.loads(done.stdout)
    assert {one["id"]: one["cause"] for one in found["cases"]}["gone"] == "document missing"
    assert "document missing. Add the document that the case names" in told(charter("run", file))
