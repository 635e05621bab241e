"""What changed between two versions: exact places, reading order, and no quadratic blow-up."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import read, read_shipped

from assistant.library.compare import Change, Comparison, compare
from corpus.model import Document

OLD = """\
# Leave

## 1. Days

1.1 Staff members earn thirty days of leave.

1.2 Leave is taken in whole days.

## 2. Approval

2.1 The supervisor approves leave.

2.2 Leave without pay is approved by the director of the division.

| Case | Days |
|---|---|
| Wedding | 3 |
| Move | 1 |
"""


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return each change with the older and the newer text of its block."""
    one, other = read(old), read(new)
    return [described(change, one, other) for change in compare(one, other).changes]


def described(change: Change, one: Document, other: Document) -> tuple[str, str, str]:
    old, new = change.older, change.newer
    return (
        change.kind,
        one.text[old.start : old.end] if old else "",
        other.text[new.start : new.end] if new else "",
    )


def check_exact(found: Comparison, one: Document, other: Document) -> None:
    """Check every place: the edits put together are the blocks, word for word."""
    for change in found.changes:
        _, old, new = described(change, one, other)
        for edit in change.edits:
            document = one if edit.kind == "removed" else other
            assert document.text[edit.start : edit.end] == edit.text
        kept = "".join(edit.text for edit in change.edits if edit.kind != "removed")
        before = "".join(edit.text for edit in change.edits if edit.kind != "added")
        assert kept == new
        assert before.split() == old.split()


def test_a_word_that_changed_is_marked_in_its_block() -> None:
    one, other = read(OLD), read(OLD.replace("thirty", "twenty-five"))
    (change,) = compare(one, other).changes
    assert change.kind == "changed"
    assert change.section[-1] == "1. Days"
    assert [(edit.kind, edit.text) for edit in change.edits] == [
        ("same", "1.1 Staff members earn "),
        ("removed", "thirty"),
        ("added", "twenty-five"),
        ("same", " days of leave."),
    ]


def test_what_is_added_and_removed_stands_in_reading_order() -> None:
    new = OLD.replace("1.2 Leave is taken in whole days.\n\n", "").replace(
        "2.1 The", "2.0 A request is written.\n\n2.1 The"
    )
    assert changes(OLD, new) == [
        ("removed", "1.2 Leave is taken in whole days.", ""),
        ("added", "", "2.0 A request is written."),
    ]


def test_rows_of_a_table_are_compared_each_for_itself() -> None:
    assert changes(OLD, OLD.replace("| Move | 1 |", "| Move | 2 |\n| Birth | 5 |")) == [
        ("changed", "Move\t1", "Move\t2"),
        ("added", "", "Birth\t5"),
    ]


def test_a_block_that_moved_is_neither_removed_nor_added() -> None:
    clause = "2.2 Leave without pay is approved by the director of the division.\n\n"
    new = OLD.replace(clause, "").replace("1.1 Staff", f"{clause}1.1 Staff")
    ((kind, old, moved),) = changes(OLD, new)
    assert (kind, old, moved) == ("moved", clause.strip(), clause.strip())


def test_a_block_that_moved_under_another_number_shows_its_number_as_changed() -> None:
    clause = "2.2 Leave without pay is approved by the director of the division.\n\n"
    new = OLD.replace(clause, "").replace("1.2 Leave", f"{clause.replace('2.2', '1.3')}1.2 Leave")
    one, other = read(OLD), read(new)
    (change,) = compare(one, other).changes
    assert change.kind == "moved"
    assert {(edit.kind, edit.text) for edit in change.edits if edit.kind != "same"} == {
        ("removed", "2.2"), ("added", "1.3"),
    }  # fmt: skip
    assert change.older is not None
    assert change.older.section[-1] == "2. Approval"


def test_line_breaks_and_spaces_make_no_difference() -> None:
    found = compare(read(OLD), read(OLD.replace("whole days", "whole\ndays")))
    assert found.changes == ()
    assert found.unchanged == len(read(OLD).blocks)


def test_comparing_backwards_gives_the_opposite() -> None:
    one, other = read_shipped("policies/telework-v1.md"), read_shipped("policies/telework-v2.md")
    there, back = compare(one, other), compare(other, one)
    assert there.count("added") == back.count("removed")
    assert there.count("removed") == back.count("added")
    assert there.unchanged == back.unchanged


def test_every_place_in_real_versions_is_exact_and_in_order() -> None:
    one, other = read_shipped("policies/telework-v1.md"), read_shipped("policies/telework-v2.md")
    found = compare(one, other)
    check_exact(found, one, other)
    starts = [change.newer.start for change in found.changes if change.newer]
    assert all(a < b for a, b in pairwise(starts))
    touched = sum(change.newer is not None for change in found.changes)
    assert found.unchanged + touched == len(other.blocks)
    gone = sum(change.older is not None for change in found.changes)
    assert found.unchanged + gone == len(one.blocks)


LINES = st.lists(
    st.sampled_from(
        ["Alpha beta gamma.", "Alpha beta delta.", "One two three four.", "Five.", "- item", "## H"]
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_every_block_of_both_versions_is_accounted_for(old: list[str], new: list[str]) -> None:
    one, other = (read("\n\n".join(["# T", "Start.", *lines])) for lines in (old, new))
    found = compare(one, other)
    check_exact(found, one, other)
    assert found.unchanged + sum(c.newer is not None for c in found.changes) == len(other.blocks)
    assert found.unchanged + sum(c.older is not None for c in found.changes) == len(one.blocks)


@pytest.mark.slow
@pytest.mark.parametrize("likeness", ["edited", "all new", "all alike"])
def test_the_time_grows_with_the_length_and_not_with_its_square(likeness: str) -> None:
    def seconds(paragraphs: int) -> float:
        one, other = (book(paragraphs, likeness, second) for second in (False, True))
        started = time.process_time()
        compare(one, other)
        return time.process_time() - started

    assert seconds(1500) < 10 * max(seconds(300), 0.02)


def book(paragraphs: int, likeness: str, second: bool) -> Document:  # noqa: FBT001  both are tried
    draw = random.Random(7 + (second and likeness == "all new"))  # noqa: S311  no secret
    words = [f"word{number}" for number in range(2000)]
    lines = [f"The {' '.join(draw.choices(words, k=30))}." for _ in range(paragraphs)]
    if likeness == "all alike":
        lines = ["The same line."] * (paragraphs - second)
    elif second:
        lines = [line.replace(" word1", " other", 1) for line in lines]
    return read("\n\n".join(lines))
