"""Suites as YAML, CSV and Excel come back as they were, whatever stands in them."""

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evals.suites import files
from evals.suites.files import read_suite, write_suite
from evals.suites.files.cells import cell_of, texts_in
from evals.suites.files.csv_file import csv_of, read_csv
from evals.suites.files.names import HEADERS, mistyped, spelled
from evals.suites.files.xlsx_file import read_xlsx, xlsx_of
from evals.suites.files.yaml_file import read_yaml, yaml_of
from evals.suites.model import IMPORTANCE, STATES, WHY, Case, Evidence, Suite

SHIPPED = Path(files.__file__).parents[1] / "shipped"
TEXT = st.text(
    st.one_of(
        st.sampled_from(list("|\\›–=+-@'\"#:;,\n\t*&{}[] ~%1aé…")),
        st.characters(
            codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufffe\uffff"
        ),
    ),
    max_size=12,
).map(str.strip)
FULL = TEXT.filter(bool)
TEXTS = st.lists(FULL, max_size=3).map(tuple)
OWN = st.sampled_from(["Asked by", "Page in the handbook", "=Risky", "Réf. n° 7"])
DAYS = st.one_of(st.none(), st.dates(min_value=date(1000, 1, 1)))
PLACES = st.builds(Evidence, document=FULL, section=TEXT, quote=TEXT, version=TEXT, sha256=TEXT)

HIDDEN = st.builds(Evidence, document=FULL, section=TEXT)


@st.composite
def cases(draw, name):
    expected = draw(st.sampled_from(["answer", "refuse", "redirect"]))
    own = draw(st.sets(OWN))
    return Case(
        id=name,
        question=draw(FULL),
        wordings=draw(TEXTS),
        expected=expected,
        must_say=draw(TEXTS),
        nice_to_say=draw(TEXTS),
        must_not_say=draw(TEXTS),
        evidence=tuple(draw(st.lists(PLACES, max_size=3))),
        why=draw(st.sampled_from([None, *WHY])) if expected != "answer" else None,
        importance=draw(st.sampled_from(IMPORTANCE)),
        state=draw(st.sampled_from(STATES)),
        tags=draw(TEXTS),
        notes=draw(TEXT),
        as_of=draw(DAYS),
        without=tuple(draw(st.lists(HIDDEN, max_size=2))),
        more=tuple((one, draw(FULL)) for one in sorted(own)),
    )


@st.composite
def suites(draw):
    ids = draw(st.lists(FULL, max_size=3, unique=True))
    return Suite(
        name=draw(FULL),
        cases=tuple(draw(cases(name)) for name in ids),
        owner=draw(TEXT),
        language=draw(st.sampled_from(["en", "fr"])),
        review_by=draw(DAYS),
        target=draw(st.floats(0, 1)),
    )


@pytest.mark.parametrize(
    ("write", "read"), [(yaml_of, read_yaml), (csv_of, read_csv), (xlsx_of, read_xlsx)]
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(suite=suites())
def test_a_suite_comes_back_as_it_was_written(write, read, suite):
    found = read(write(suite), "of the file")
    assert found.problems == ()
    assert [one_of(one) for one in found.suite.cases] == [one_of(one) for one in suite.cases]
    assert found.suite.fingerprint == suite.fingerprint
    assert (found.suite.name, found.suite.owner) == (suite.name, suite.owner)
    assert (found.suite.review_by, found.suite.target) == (suite.review_by, suite.target)


@pytest.mark.parametrize("name", ["policies", "strategies"])
@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx"])
def test_the_suites_that_come_with_charter_come_back_from_every_format(tmp_path, name, suffix):
    suite = read_suite(SHIPPED / f"{name}.yaml")
    write_suite(suite, tmp_path / f"{name}.{suffix}")
    assert read_suite(tmp_path / f"{name}.{suffix}") == suite


def one_of(case):
    return {**{key: getattr(case, key) for key in case.__slots__}, "more": dict(case.more)}


@example(texts=["a\\", "b"])
@example(texts=["a\\|b", "c\nd", "\\"])
@given(texts=st.lists(FULL, max_size=4))
def test_texts_in_a_cell_come_apart_as_they_were(texts):
    assert texts_in(cell_of(texts)) == tuple(texts)


@example(texts=["–", "", "\\–"])
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_empty_places_in_a_cell_do_not_shift_the_others(texts):
    assert texts_in(cell_of(texts, keep_places=True), keep_places=True) == tuple(texts)


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("60 days", ("60 days",)),
        ("60 days | by 31 December", ("60 days", "by 31 December")),
        ("60 days\n\n by 31 December \n", ("60 days", "by 31 December")),
        (r"HR\Forms on \\server\share", (r"HR\Forms on \\server\share",)),
        (r"either \| or", ("either | or",)),
    ],
)
def test_what_people_write_into_a_cell_is_taken_as_they_mean_it(cell, texts):
    assert texts_in(cell) == texts


@pytest.mark.parametrize("slip", ["must sya", "Exact qoute", "docment", "note", "Questions"])
def test_a_slip_of_the_hand_in_a_header_is_noticed(slip):
    assert mistyped(slip) is not None


@pytest.mark.parametrize("own", ["Status", "Date", "Question no.", "Asked by", "Owner", "Topic"])
def test_a_column_of_ones_own_is_no_slip(own):
    assert mistyped(own) is None


def test_no_header_is_a_slip_of_another_spelling_of_it():
    assert all(spelled(header) == header for header in HEADERS.values())
    assert set(" ".join(HEADERS.values())) <= set(string.ascii_lowercase + " ")
