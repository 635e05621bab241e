"""Files of suites that people write: what is enough, and what is said of mistakes, all at once."""

import io
import shutil
from datetime import date

import pytest
from openpyxl import Workbook

from corpus.errors import SuiteUnusable
from evals.suites.files.csv_file import csv_of, read_csv
from evals.suites.files.suite_file import read_suite
from evals.suites.files.yaml_file import read_yaml, yaml_of
from evals.suites.model import Case, Evidence, Suite

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CASES = (
    Case(
        "carried",
        "How many days may be carried over?",
        wordings=("carry over days", "most days | carried"),
        must_say=("60 days / sixty days", "=by 31 December"),
        evidence=(
            Evidence("Policy on annual leave", "3.1", "may be carried over", "2", "ab"),
            Evidence("Policy on annual leave", "", "Days above\nare forfeited"),
        ),
        importance="critical",
        as_of=date(2026, 1, 31),
        more=(("Asked by", "Unit 3"),),
    ),
    Case("frost", "When does it freeze?", expected="refuse", why="off topic", state="draft"),
)
SUITE = Suite("Annual leave", CASES, owner="HR", review_by=date(2027, 1, 31), target=0.85)


def yaml_suite(text):
    return read_yaml(text.encode(), "file")


def said(read):
    return [(one.row, one.case, one.reason) for one in read.problems]


def book_of(*rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# YAML


def test_the_least_that_works_is_a_question_and_what_must_be_said():
    read = yaml_suite("cases:\n- ask: How many days of leave?\n  must_say: 30 days\n")
    assert read.problems == ()
    (case,) = read.suite.cases
    assert (case.id, case.must_say, case.expected) == (
        "how-many-days-of-leave",
        ("30 days",),
        "answer",
    )
    assert read.suite.name == "file"
    assert read.made == {case.id}


def test_every_mistake_in_yaml_is_named_with_its_line_at_once():
    read = yaml_suite(
        "suite: Leave\n"
        "ownr: HR\n"
        "cases:\n"
        "  - id: one\n"
        "    question: How many?\n"
        "    must_sya: 30\n"
        "  - id: two\n"
        "    question: When?\n"
        "    must_say: May\n"
        "    importance: hihg\n"
        "    as_of: 31.1.2026\n"
        "  - id: three\n"
        "    question: Who?\n"
        "    must_say: HR\n"
        "    evidence:\n"
        "      - documnet: Leave\n"
        "  - just a text\n"
        "  - id: three\n"
        "    question: Who?\n"
        "    question: Where?\n"
        "    must_say: HR\n"
        "  - id: four\n"
        "    question: Why?\n"
    )
    assert [row for row, _, _ in said(read)] == [2, 6, 10, 11, 15, 17, 20, 22]
    reasons = [reason for _, _, reason in said(read)]
    assert reasons[0] == "“ownr” is no key; did you mean “owner”?"
    assert reasons[1] == "“must_sya” is no key; did you mean “must_say”?"
    assert reasons[2] == "“importance” is “hihg”; choose one of: critical, normal, watch"
    assert reasons[3] == "“as of” holds no day: “31.1.2026”; write it as 2026-01-31"
    assert reasons[4] == "“documnet” is no key; did you mean “document”?"
    assert reasons[5] == "“just a text” is no case; write “- question: …”"
    assert reasons[6] == "“question” stands twice, first at line 19; keep one of them"
    assert reasons[7] == "says neither what must be said nor why it is not to be answered"
    assert [case for _, case, _ in said(read)][1:4] == ["one", "two", "two"]
    assert read.whole
    assert not read.suite.cases


def test_an_id_is_taken_once():
    text = "cases:\n- {id: a, ask: One, must_say: x}\n- {id: a, ask: Two, must_say: y}\n"
    read = yaml_suite(text)
    assert said(read) == [(3, "a", "the id “a” is taken by the case at 2")]
    assert [case.question for case in read.suite.cases] == ["One"]
    assert not read.whole


def test_equal_beginnings_of_questions_get_ids_of_their_own():
    read = yaml_suite("cases:\n- {ask: What, must_say: x}\n- {ask: what, must_say: y}\n")
    assert [case.id for case in read.suite.cases] == ["what", "what-2"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("cases:\n  - question: [open\n  - x: y\n", "line 3: "),
        ("cases:\n  - &a {ask: x}\n  - *a\n", "line 3: an alias"),
        ("cases: " + "[" * 60 + "]" * 60, "nested too deep"),
        ("- a\n- b\n", "holds no suite"),
        ("", "holds no suite"),
        ("suite: \x07\n", "cannot be shown"),
    ],
)
def test_yaml_that_cannot_be_read_is_told_in_words(text, reason):
    with pytest.raises(SuiteUnusable) as told:
        yaml_suite(text)
    assert reason in str(told.value)


def test_words_that_yaml_takes_for_something_else_stay_words():
    read = yaml_suite("cases:\n- {id: 007, ask: May I, must_say: [no, 2026-01-31, 1_000, 1:30]}\n")
    (case,) = read.suite.cases
    assert (case.id, case.must_say) == ("007", ("no", "2026-01-31", "1_000", "1:30"))


def test_one_place_of_evidence_may_stand_flat_in_a_case():
    read = yaml_suite("cases:\n- {ask: Q, must_say: x, document: Leave, quote: words}\n")
    assert read.suite.cases[0].evidence == (Evidence("Leave", quote="words"),)
    read = yaml_suite("cases:\n- {ask: Q, must_say: x, quote: words}\n")
    assert "names no document" in read.problems[0].reason


def test_yaml_says_what_is_usual_by_leaving_it_out():
    text = yaml_of(Suite("S", (Case("a", "Q?", must_say=("x",)),))).decode()
    assert text == (
        "suite: S\nlanguage: en\ntarget: 0.8\ncases:\n  - id: a\n    question: Q?\n"
        "    expected: answer\n    must_say:\n      - x\n"
    )


def test_a_suite_with_a_problem_does_not_load_and_says_all_of_them(tmp_path):
    file = tmp_path / "s.yaml"
    file.write_text("cases:\n- {ask: One}\n- {ask: Two, must_say: x, tag: y}\n")
    with pytest.raises(SuiteUnusable) as told:
        read_suite(file)
    assert "line 2: says neither" in str(told.value)
    assert "line 3: “tag” is no key; did you mean “tags”?" in str(told.value)


# a table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheets_write_it(encoding, sign):
    rows = [
        ["Question", "MUST SAY", "Why not answerable", "Asked by"],
        [
            "Où est le congé prévu à l’été, et combien de jours?",
            '"30 jours | né, à été"',
            "",
            "Zoé",
        ],
        ["Quand gèle-t-il déjà?", "", "off topic", ""],
    ]
    text = "\r\n".join(
        sign.join(f'"{c}"' if sign in c and c[0] != '"' else c for c in row) for row in rows
    )
    read = read_csv(text.encode(encoding), "file")
    assert read.problems == ()
    first, second = read.suite.cases
    assert first.must_say == ("30 jours", "né, à été")
    assert first.more == (("Asked by", "Zoé"),)
    assert (second.expected, second.why) == ("refuse", "off topic")
    assert read.rows == {first.id: 2, second.id: 3}


def test_csv_says_above_its_header_whose_suite_it_is():
    read = read_csv(csv_of(SUITE), "file")
    assert read.suite == SUITE
    saved_by_excel = "# owner: HR;;\n# review by;2027-01-31;\nquestion;must say;\nQ?;x;\n"
    read = read_csv(saved_by_excel.encode(), "file")
    assert (read.suite.owner, read.suite.review_by) == ("HR", date(2027, 1, 31))
    assert read.told == {"owner", "review_by"}


UNEQUAL = (
    "“document” has 2 lines where another column has 3; give each place its line, and write “–” "
    "where there is nothing"
)


def test_every_mistake_in_a_table_is_named_with_its_row_at_once():
    text = (
        "id,question,must say,exact quote,document,importance\n"
        "a,One?,x,q1|q2|q3,d1|d2,\n"
        "b,Two?,,,,\n"
        "a,Three?,x,,,\n"
        ",,x,,,\n"
        "c,Four?,x,,,urgent\n"
        "d,Five?,x,,,,stray\n"
    )
    read = read_csv(text.encode(), "file")
    assert said(read) == [
        (2, "a", UNEQUAL),
        (3, "b", "says neither what must be said nor why it is not to be answered"),
        (5, "", "has no question"),
        (6, "c", "“importance” is “urgent”; choose one of: critical, normal, watch"),
        (7, "", "“stray” stands in a column without a header; give it one"),
    ]
    assert [case.question for case in read.suite.cases] == ["Three?", "Five?"]
    assert read.whole


def test_one_document_is_that_of_all_its_quotes():
    read = read_csv(b"question,must say,document,exact quote\nQ?,x,Leave,one|two\n", "file")
    places = (Evidence("Leave", quote="one"), Evidence("Leave", quote="two"))
    assert read.suite.cases[0].evidence == places


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("question,must sya\nQ?,x\n", "“must sya” is no column; did you mean “must say”?"),
        ("question,must say,Must_Say\nQ?,x,y\n", "“Must_Say” is there twice; keep one of them"),
    ],
)
def test_a_header_that_cannot_be_trusted_stops_the_whole_file(text, reason):
    read = read_csv(text.encode(), "file")
    assert (1, "", reason) in said(read)
    assert read.whole


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a,b\n1,2\n", "no row of headers"),
        (b"", "no row of headers"),
        (b"\0\1\2", "not a text file"),
        ("question,must say\nOù est l’été?,ça\n".encode("cp1252"), "is not in UTF-8"),
        (b'question,must say\nQ?,"' + b"x" * 1_100_000, "never closed"),
    ],
)
def test_csv_that_is_no_suite_is_told_in_words(data, reason):
    with pytest.raises(SuiteUnusable, match=reason):
        read_csv(data, "file")


def test_no_cell_of_csv_is_a_formula():
    text = csv_of(SUITE).decode("utf-8-sig")
    assert "\n'=by 31 December" in text
