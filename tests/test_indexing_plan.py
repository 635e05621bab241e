"""The plan of a build: a pure comparison of two states of the corpus."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexing.plan import Move, plan

STATES = st.dictionaries(
    st.sampled_from(("a", "b", "c", "d", "x/a", "x/b")),
    st.sampled_from(("1", "2", "3", "unreadable: no")),
)


def test_each_file_is_kept_added_replaced_or_removed_by_path_and_content() -> None:
    found = plan({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "3"})
    assert (found.keep, found.add, found.replace, found.remove, found.moved) == (
        ("a",),
        ("d",),
        ("b",),
        ("c",),
        (),
    )


def test_a_file_with_the_same_content_under_another_name_was_moved() -> None:
    found = plan({"old/leave.md": "1"}, {"new/leave.md": "1"})
    assert found.moved == (Move("old/leave.md", "new/leave.md"),)
    assert (found.add, found.remove) == ((), ())
    assert not found.changes_nothing


def test_of_several_files_that_could_have_been_moved_the_one_with_the_same_name_was() -> None:
    found = plan({"old/a": "1", "old/b": "1"}, {"new/b": "1"})
    assert found.moved == (Move("old/b", "new/b"),)
    assert found.remove == ("old/a",)
    found = plan({"old/b": "1"}, {"new/a": "1", "new/b": "1"})
    assert (found.moved, found.add) == ((Move("old/b", "new/b"),), ("new/a",))


def test_a_copy_of_a_file_that_stays_is_new() -> None:
    found = plan({"a": "1"}, {"a": "1", "b": "1"})
    assert (found.keep, found.add, found.moved) == (("a",), ("b",), ())


def test_files_that_cannot_be_read_are_never_taken_for_the_same() -> None:
    found = plan({"a": "unreadable: no"}, {"b": "unreadable: no"})
    assert (found.remove, found.add, found.moved) == (("a",), ("b",), ())


@given(STATES, STATES)
def test_every_file_is_in_exactly_one_list(before: dict[str, str], after: dict[str, str]) -> None:
    found = plan(before, after)
    moved = [path for move in found.moved for path in (move.before, move.after)]
    listed = [*found.keep, *found.add, *found.replace, *found.remove, *moved]
    assert sorted(listed) == sorted(before.keys() | after.keys())
    assert all(before[move.before] == after[move.after] for move in found.moved)


@given(STATES, STATES)
def test_nothing_is_to_do_only_when_both_states_are_equal(
    before: dict[str, str], after: dict[str, str]
) -> None:
    found = plan(before, after)
    assert found.changes_nothing == (before == after)
    assert (found.changes == 0) == (before == after)
