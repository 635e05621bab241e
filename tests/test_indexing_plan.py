"""The plan of a build: a pure comparison of two states of the corpus."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexing.plan import plan

STATES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123"))


def test_each_file_is_kept_added_replaced_or_removed_by_path_and_content() -> None:
    found = plan({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"})
    assert (found.keep, found.add, found.replace, found.remove) == (
        ("a",),
        ("d",),
        ("b",),
        ("c",),
    )


def test_a_moved_file_is_removed_and_added() -> None:
    found = plan({"old/leave.md": "1"}, {"new/leave.md": "1"})
    assert (found.add, found.remove) == (("new/leave.md",), ("old/leave.md",))


@given(STATES, STATES)
def test_every_file_is_in_exactly_one_list(before: dict[str, str], after: dict[str, str]) -> None:
    found = plan(before, after)
    listed = [*found.keep, *found.add, *found.replace, *found.remove]
    assert sorted(listed) == sorted(before.keys() | after.keys())


@given(STATES, STATES)
def test_nothing_is_to_do_only_when_both_states_are_equal(
    before: dict[str, str], after: dict[str, str]
) -> None:
    assert plan(before, after).changes_nothing == (before == after)
