"""An import says what it would do, holds every quote against the documents, and is whole."""

import hashlib
import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bots.cli import build_app
from evals.suites.files.checking import OnShelf, hold
from evals.suites.files.csv_file import csv_of, read_csv
from evals.suites.files.preview import compare, without_gone
from evals.suites.files.suite_file import read_suite, write_suite
from evals.suites.files.yaml_file import read_yaml
from evals.suites.model import Case, Evidence, Suite

QUOTE = "Unused annual leave may be carried over to the next calendar year."
CARRIED = Case(
    "carried",
    "What becomes of unused leave?",
    must_say=("carried over",),
    evidence=(Evidence("annual-leave", "3. Carrying leave over", QUOTE),),
)
FROST = Case("frost", "When does it freeze?", expected="refuse", why="off topic")
SUITE = Suite("Leave", (CARRIED, FROST), owner="HR")


@pytest.fixture(scope="module")
def library(small_assistant):
    return OnShelf(small_assistant.shelf())


def imported(text, current=None, library=None, **how):
    return compare(current, read_csv(text.encode(), "file"), library, **how)


def problems(found):
    return [(one.row, one.case, one.reason, one.offer) for one in found]


# what changes


def test_new_changed_same_and_gone_cases_are_told_apart():
    text = (
        "# owner,People\nid,question,must say,why not answerable,expected\n"
        "frost,When does it freeze?,,off topic,refuse\n"
        "carried,What becomes of leave?,carried over|forfeited,,\n"
        "fresh,How?,so,,\n"
    )
    gone = Case("old", "Old?", must_say=("x",))
    current = replace(SUITE, cases=(gone, replace(CARRIED, evidence=()), FROST))
    preview = imported(text, current)
    assert [(row, case.id) for row, case in preview.new] == [(5, "fresh")]
    (changed,) = preview.changed
    assert [(one.field, one.old, one.new) for one in changed.changes] == [
        ("question", "What becomes of unused leave?", "What becomes of leave?"),
        ("must say", "carried over", "carried over\nforfeited"),
    ]
    assert (preview.same, preview.gone) == (("frost",), ("old",))
    assert [(one.field, one.new) for one in preview.about] == [("owner", "People")]
    assert [case.id for case in preview.suite.cases] == ["old", "carried", "frost", "fresh"]
    assert (preview.suite.name, preview.suite.owner) == ("Leave", "People")
    assert [case.id for case in without_gone(preview).cases] == ["carried", "frost", "fresh"]


def test_a_row_without_an_id_is_the_case_with_the_same_question():
    preview = imported("question,must say\nWhat becomes of unused  leave,lost\nUnheard?,x\n", SUITE)
    assert [one.case.id for one in preview.changed] == ["carried"]
    assert [case.id for _, case in preview.new] == ["unheard"]


def test_a_new_question_does_not_take_the_id_of_another_case():
    taken = Suite("S", (Case("how-many", "Another?", must_say=("x",)),))
    preview = imported("question,must say\nHow many?,x\n", taken)
    assert [case.id for _, case in preview.new] == ["how-many-2"]


FULL = replace(
    CARRIED,
    wordings=("Is unused leave lost?",),
    nice_to_say=("next calendar year",),
    must_not_say=("forfeited",),
    importance="critical",
    state="draft",
    tags=("leave",),
    notes="asked often",
)


def test_what_a_table_has_no_column_for_stays_as_it_was():
    current = replace(SUITE, cases=(FULL, replace(FROST, expected="redirect")))
    text = (
        "id,question,must say,why not answerable\n"
        "carried,What becomes of my leave?,carried over,\nfrost,When does it freeze?,,off topic\n"
    )
    preview = imported(text, current)
    (changed,) = preview.changed
    assert changed.case == replace(FULL, question="What becomes of my leave?")
    assert preview.same == ("frost",)


def test_an_empty_cell_of_a_column_that_is_there_takes_away():
    text = "id,question,must say,tags,exact quote\ncarried,What becomes of unused leave?,x,,\n"
    preview = imported(text, replace(SUITE, cases=(FULL,)))
    (changed,) = preview.changed
    assert changed.case == replace(FULL, must_say=("x",), tags=(), evidence=())


def test_yaml_says_all_of_a_case():
    text = 'cases:\n- {id: carried, ask: "What becomes of unused leave?", must_say: carried over}\n'
    preview = compare(replace(SUITE, cases=(FULL,)), read_yaml(text.encode(), "file"))
    (changed,) = preview.changed
    assert changed.case == replace(CARRIED, evidence=())


def test_a_rejected_row_leaves_its_case_as_it_was():
    preview = imported("id,question,must say\ncarried,What?,\nnew,How?,x\n", SUITE)
    assert [one.case for one in preview.rejected] == ["carried"]
    assert preview.gone == ("frost",)
    assert preview.suite.cases == (CARRIED, FROST, Case("new", "How?", must_say=("x",)))


# evidence


def test_a_quote_that_stands_is_kept_with_its_version(library):
    document = library.document("annual-leave")
    for name in ("annual-leave", "Policy on annual leave", "policy on Annual Leave"):
        for section in ("", "3. Carrying leave over", "3", "carrying leave over"):
            held = hold(Evidence(name, section, QUOTE.replace(" ", "\n", 1)), library)
            assert held.finding is None
            assert held.evidence.version == "2"
            assert held.evidence.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_a_quote_in_another_section_is_taken_with_a_remark(library):
    held = hold(Evidence("annual-leave", "1. Purpose", QUOTE), library)
    assert held.finding.kind == "remark"
    assert held.finding.offer.section == "3. Carrying leave over"
    assert held.evidence.version == "2"


@pytest.mark.parametrize(
    "quote",
    [
        "Unused annual leave can be carried over to the next year.",
        "unused leave may be carried over to the following calendar year",
    ],
)
def test_the_nearest_text_is_offered_in_the_words_of_the_document(library, quote):
    held = hold(Evidence("annual-leave", "3", quote), library)
    assert held.finding.kind == "rejected"
    assert held.finding.reason == ("the quote is not found in “Policy on annual leave”, version 2")
    assert held.finding.nearest == QUOTE
    assert hold(held.finding.offer, library).finding is None


def test_a_row_of_a_table_is_offered_whole(library):
    held = hold(Evidence("annual-leave", "", "Fixed term 2.5 45 10 60"), library)
    assert held.finding.nearest == "Fixed-term\t2.5\t45\t10\t60"


def test_nothing_is_offered_where_nothing_is_near(library):
    for evidence in (
        Evidence("annual-leave", "", "The canteen serves soup on Mondays and on Thursdays."),
        Evidence("Parking in the garage of the moon", "", "words"),
        Evidence("annual-leave", "Nothing of the kind"),
    ):
        finding = hold(evidence, library).finding
        assert (finding.kind, finding.offer, finding.nearest) == ("rejected", None, "")


@pytest.mark.parametrize(
    ("evidence", "reason", "offer"),
    [
        (
            Evidence("Policy on anual leave", "", QUOTE),
            "no document “Policy on anual leave” is indexed",
            "Policy on annual leave",
        ),
        (
            Evidence("annual-leave", "Carying leave over"),
            "“Policy on annual leave” has no section “Carying leave over”",
            "3. Carrying leave over",
        ),
    ],
)
def test_the_nearest_title_and_heading_are_offered(library, evidence, reason, offer):
    finding = hold(evidence, library).finding
    assert (finding.kind, finding.reason, finding.nearest) == ("rejected", reason, offer)


@pytest.mark.parametrize("pin", [{"version": "1"}, {"sha256": "0" * 64}])
def test_what_was_written_against_another_text_is_out_of_date_not_wrong(library, pin):
    old = Evidence("annual-leave", "3", "Unused annual leave is forfeited.", **pin)
    assert hold(old, library).finding.kind == "out of date"
    still = Evidence("annual-leave", "3", QUOTE, **pin)
    assert hold(still, library).finding is None
    assert hold(still, library).evidence == still


TABLE = (
    "id,question,must say,document,exact quote\n"
    "a,What of unused leave?,carried,Policy on anual leave,Unused annual leave can be carried over "
    "to the next year.\n"
    "b,How?,x,Policy on the moon,words\n"
)


def test_offers_are_shown_with_their_rows_and_taken_only_when_accepted(library):
    preview = imported(TABLE, None, library)
    assert problems(preview.rejected) == [
        (2, "a", "no document “Policy on anual leave” is indexed", "Policy on annual leave"),
        (3, "b", "no document “Policy on the moon” is indexed", ""),
    ]
    assert preview.suite.cases == ()
    taken = imported(TABLE, None, library, accept_offers=True)
    assert [one.case for one in taken.rejected] == ["b"]
    assert [one.offer for one in taken.accepted] == ["Policy on annual leave", QUOTE]
    (case,) = taken.suite.cases
    assert case.evidence[0].quote == QUOTE
    assert case.evidence[0].version == "2"


def test_a_case_that_is_out_of_date_is_imported_and_told(library):
    old = Evidence("annual-leave", "3", "Unused annual leave is forfeited.", version="1")
    suite = Suite("S", (Case("a", "Q?", must_say=("x",), evidence=(old,)),))
    preview = compare(None, read_csv(csv_of(suite), "file"), library)
    assert preview.suite == suite
    assert [(one.row, one.case) for one in preview.out_of_date] == [(5, "a")]


def test_a_table_without_versions_changes_nothing_that_stands(library):
    first = compare(None, read_yaml(b"cases: []", "Leave"), library).suite
    pinned = compare(first, read_csv(csv_of(SUITE), "file"), library).suite
    assert pinned.cases[0].evidence[0].version == "2"
    again = compare(pinned, read_csv(csv_of(SUITE), "file"), library)
    assert again.same == ("carried", "frost")
    assert not again.changes_anything


def test_a_table_without_versions_keeps_those_that_a_case_was_written_against(library):
    old = replace(CARRIED.evidence[0], version="1", sha256="0" * 64)
    current = replace(SUITE, cases=(replace(CARRIED, evidence=(old,)), FROST))
    preview = compare(current, read_csv(csv_of(SUITE), "file"), library)
    assert preview.same == ("carried", "frost")


# the command


@pytest.fixture
def charter(small_home, small_corpus):
    known = {"CHARTER_HOME": str(small_home), "CHARTER_CORPUS": str(small_corpus), "COLUMNS": "80"}
    return lambda *words: CliRunner(env=known).invoke(build_app(), ["eval", *map(str, words)])


def plain(done):
    assert max(map(len, done.stdout.splitlines())) <= 80
    return " ".join(done.stdout.split())


def test_nothing_is_written_while_a_row_is_rejected(charter, tmp_path):
    table, suite = tmp_path / "s.csv", tmp_path / "s.yaml"
    table.write_text(TABLE + "c,When?,May,,\n")
    done = charter("import", table, "--into", suite)
    assert done.exit_code == 1
    assert "1 new, 0 changed, 0 the same, 2 rejected. Nothing was written." in plain(done)
    assert "no document “Policy on the moon” is indexed" in plain(done)
    assert not suite.exists()
    done = charter("import", table, "--into", suite, "--leave-out-rejected", "--accept-offers")
    assert done.exit_code == 0
    assert "Taken: “Unused annual leave may be carried" in plain(done)
    assert [case.id for case in read_suite(suite).cases] == ["a", "c"]
    assert [one.name for one in tmp_path.iterdir() if one.name[0] == "."] == []


def test_a_dry_run_writes_nothing_and_says_so(charter, tmp_path):
    table, suite = tmp_path / "s.csv", tmp_path / "s.yaml"
    table.write_text("question,must say\nWhen?,May\n")
    done = charter("import", table, "--into", suite, "--dry-run")
    assert done.exit_code == 0
    assert "1 new, 0 changed, 0 the same, 0 rejected. Nothing was written." in plain(done)
    assert not suite.exists()


def test_a_header_with_a_slip_stops_the_import_whatever_is_left_out(charter, tmp_path):
    table, suite = tmp_path / "s.csv", tmp_path / "s.yaml"
    table.write_text("question,must sya,why not answerable\nWhen?,May,off topic\n")
    done = charter("import", table, "--into", suite, "--leave-out-rejected")
    assert done.exit_code == 1
    assert "“must sya” is no column; did you mean “must say”?" in plain(done)
    assert not suite.exists()


def test_a_suite_goes_to_a_workbook_and_back_by_the_commands(charter, tmp_path):
    suite, book = tmp_path / "s.yaml", tmp_path / "s.xlsx"
    write_suite(SUITE, suite)
    assert "Wrote 2 cases" in plain(charter("export", suite, book))
    done = charter("import", book, "--into", suite, "--json")
    told = json.loads(done.stdout)
    assert told["written"]
    assert [(one["row"], one["id"]) for one in told["changed"]] == [(2, "carried")]
    assert {one["field"] for one in told["changed"][0]["changes"]} == {"version", "text hash"}
    assert charter("export", suite, book).exit_code == 0
    done = charter("import", book, "--into", suite)
    assert "0 new, 0 changed, 2 the same, 0 rejected." in plain(done)
    assert "is as it was." in plain(done)


def test_what_is_gone_is_kept_until_it_is_to_be_removed(charter, tmp_path):
    suite, table = tmp_path / "s.yaml", tmp_path / "s.csv"
    write_suite(replace(SUITE, cases=(FROST, replace(CARRIED, evidence=()))), suite)
    table.write_text("id,question,must say\ncarried,What becomes of unused leave?,carried over\n")
    assert "1 gone (kept)" in plain(charter("import", table, "--into", suite))
    assert len(read_suite(suite).cases) == 2
    assert "1 gone (removed)" in plain(charter("import", table, "--into", suite, "--remove-gone"))
    assert [case.id for case in read_suite(suite).cases] == ["carried"]


def test_a_template_is_made_and_a_broken_file_told_in_words(charter, tmp_path):
    assert charter("template", tmp_path / "t.xlsx").exit_code == 0
    assert read_suite(tmp_path / "t.xlsx").cases == ()
    (tmp_path / "b.yaml").write_text("cases: [")
    done = charter("export", tmp_path / "b.yaml", tmp_path / "b.csv")
    assert done.exit_code == 1
    assert "line 1: " in done.stderr
    assert not (tmp_path / "b.csv").exists()
