"""The scores of reading fall when something of the gold structure is lost, and only then."""

from pathlib import Path

import pytest
from reading import read

from evals.gold import GoldError, read_gold
from evals.reading import GOLD, Score, measure
from evals.structure import compare, nothing_of

GOLD_TEXT = """file: policy.md
---
! Leave policy
# Purpose
This policy says how much leave there is, and…
## Scope
- fixed-term staff;
- continuing staff.
= Table 1: Days of leave
| Grade | Days
| G-1 | 30
| P-5 | 30
~ Page 2 of 7
"""
POLICY = """# Leave policy

## Purpose

This policy says how much leave there is, and who has it.

### Scope

- fixed-term staff;
- continuing staff.

Table 1: Days of leave

| Grade | Days |
|---|---|
| G-1 | 30 |
| P-5 | 30 |
"""


@pytest.fixture
def gold(tmp_path):
    def written(text=GOLD_TEXT):
        path = tmp_path / "policy.gold"
        path.write_text(text, "utf-8")
        return read_gold(path)

    return written


def test_a_document_read_as_its_author_meant_it_has_every_point(gold):
    score = compare(read(POLICY), gold())
    assert score.headings.f1 == score.cells.f1 == score.order == 1
    assert (score.furniture, score.missing, score.pages) == (0, (), None)


@pytest.mark.parametrize(
    ("change", "attribute"),
    [
        (("### Scope", "**Scope:** applies to"), "headings"),
        (("### Scope", "## Scope"), "headings"),
        (("| P-5 | 30 |", "| P-5 | 31 |"), "cells"),
        (("| Grade | Days |", "| Grade | Weeks |"), "cells"),
    ],
)
def test_what_is_read_wrongly_costs_points(gold, change, attribute):
    score = compare(read(POLICY.replace(*change)), gold())
    assert getattr(score, attribute).f1 < 1


def test_what_is_lost_is_named(gold):
    score = compare(read(POLICY.replace("- continuing staff.\n", "")), gold())
    assert score.order < 1
    assert score.missing == ("continuing staff.",)


def test_text_in_the_wrong_order_costs_points(gold):
    swapped = POLICY.replace(
        "- fixed-term staff;\n- continuing", "- continuing staff.\n- fixed-term"
    )
    assert compare(read(swapped.replace("term staff.", "term staff;")), gold()).order < 1


def test_a_footer_left_in_the_text_is_counted(gold):
    assert compare(read(POLICY + "\nPage 2 of 7\n"), gold()).furniture == 1


def test_a_row_with_too_many_cells_is_refused(gold):
    with pytest.raises(GoldError, match="3 cells under 2"):
        gold(GOLD_TEXT.replace("| P-5 | 30", "| P-5 | 30 | 1"))


def test_a_document_that_cannot_be_read_costs_every_point(gold):
    score, lost = compare(read(POLICY), gold()), nothing_of(gold())
    assert (lost.headings.f1, lost.cells.f1, lost.order, lost.pages) == (0, 0, 0, None)
    assert (lost.headings.gold, lost.cells.gold) == (score.headings.gold, score.cells.gold)
    assert len(lost.missing) == 9


def test_every_gold_file_can_be_read_and_names_its_document():
    names = [read_gold(path).file for path in sorted(GOLD.glob("*.gold"))]
    assert len(names) >= 12
    assert all(Path(name).suffix for name in names)


@pytest.mark.slow
def test_the_documents_made_for_the_gold_set_reach_the_aims():
    scores = [one for one in measure(()) if isinstance(one, Score)]
    assert len(scores) >= 6
    for score in scores:
        structure = score.structure
        if score.scanned:  # recognised words have neither styles nor lines: lower aims
            assert structure.headings.f1 >= 0.8, score.name
            assert structure.cells.f1 >= 0.8, score.name
            continue
        assert structure.headings.f1 >= 0.95, score.name
        assert structure.cells.f1 is None or structure.cells.f1 >= 0.97, score.name
        assert structure.order >= 0.98, score.name
        assert structure.pages in (None, 1), score.name
        assert structure.furniture <= 0.01, score.name
        assert score.spans == 1, score.name
