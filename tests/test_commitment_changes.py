"""What became of a commitment in the next version: paired only where it is the same one."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_commitments import made

from assistant.register.rewording import reworded
from corpus.commitments.changes import Pair, compare_commitments, pair_of
from corpus.commitments.model import Commitment
from corpus.commitments.wording import wording_of

PLAN = (
    made(
        "Develop a mobility framework",
        activities=(
            "Consult the regional offices",
            "Draft rules on rotation between duty stations",
        ),
        leads=("Policy and Social Security",),
        times=("Q1, 2024",),
        start=0,
    ),
    made(
        "Strengthen mental health support",
        activities=("Train peer supporters", "Review the contract of the counsellor"),
        leads=("Staff Welfare",),
        times=("Q2, 2024",),
        start=1000,
    ),
    made(
        "Review the policy on telework",
        activities=("Survey staff", "Present the findings to management"),
        leads=("Policy and Social Security",),
        times=("Ongoing",),
        start=2000,
    ),
    made(
        "Review the policy on parking",
        activities=("Survey staff", "Present the findings to management"),
        leads=("Policy and Social Security",),
        times=("Ongoing",),
        start=3000,
    ),
)


def became(pairs: tuple[Pair, ...]) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [
        (
            one.older.title if one.older else None,
            one.newer.title if one.newer else None,
            one.changes,
        )
        for one in pairs
    ]


def test_a_version_that_says_the_same_elsewhere_has_no_changes() -> None:
    later = [replace(one, start=one.start + 77, theme=("Other",)) for one in reversed(PLAN)]
    assert {pair.changes for pair in compare_commitments(PLAN, later)} == {("same",)}


def test_layout_case_punctuation_and_the_order_of_leads_are_no_change() -> None:
    one = made("Develop a framework", leads=("HR Staffing", "Policy & Social Security"), id_="a")
    other = made(
        "Develop  a\nframework.", leads=("Policy and Social Security", "HR staffing"), id_="a"
    )
    assert pair_of(one, other).changes == ("same",)


@pytest.mark.parametrize(
    ("before", "after", "shift"),
    [
        (("Q1, 2024",), ("Q3, 2024",), "later"),
        (("Q1, 2024",), ("2023",), "earlier"),
        (("Ongoing",), ("Ongoing", "Q4, 2024"), "dated"),
        (("Q4, 2024",), ("Ongoing",), "undated"),
        (("Q1 to Q3 2024",), ("Q2 to Q3 2024",), "later"),
        (("Q1 2024", "Q3 2024"), ("Q2 2024",), "earlier"),
    ],
)
def test_a_date_that_moved_says_where_to(
    before: tuple[str, ...], after: tuple[str, ...], shift: str
) -> None:
    pair = pair_of(made("Hold a fair", times=before), made("Hold a fair", times=after))
    assert (pair.changes, pair.shift) == (("moved",), shift)


@pytest.mark.parametrize(
    ("before", "after"), [("Ongoing", "Continuous"), ("Q1, 2024", "First quarter of 2024")]
)
def test_the_same_days_in_other_words_have_changed_and_did_not_move(
    before: str, after: str
) -> None:
    pair = pair_of(made("Hold a fair", times=(before,)), made("Hold a fair", times=(after,)))
    assert (pair.changes, pair.shift) == (("changed",), None)


def test_another_lead_is_re_assigned_and_another_spelling_of_it_is_not() -> None:
    one = made("Hold a fair", leads=("Policy & Social Security",))
    assert pair_of(one, made("Hold a fair", leads=("policy and social security.",))).changes == (
        "same",
    )
    assert pair_of(one, made("Hold a fair", leads=("Staffing",))).changes == ("re-assigned",)
    assert pair_of(one, made("Hold a fair")).changes == ("re-assigned",)


def test_all_that_changed_in_one_commitment_is_told() -> None:
    mobility = PLAN[0]
    other = made(
        "Develop a mobility framework",
        activities=("Consult the regional offices",),
        leads=("Staffing",),
        times=("Q2, 2025",),
    )
    assert pair_of(mobility, other).changes == ("changed", "moved", "re-assigned")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Fill 30% of posts", "Fill 30 of posts"),
        ("Fill posts in ≥ 30 days", "Fill posts in ≤ 30 days"),
        ("Staff train managers", "Managers train staff"),
    ],
)
def test_a_sign_or_the_order_of_words_changes_what_is_said(before: str, after: str) -> None:
    assert pair_of(made(before), made(after)).changes == ("changed",)


def test_a_reworded_commitment_is_paired_by_its_rare_words() -> None:
    reworded = made(
        "Adopt a framework on staff mobility",
        activities=("Draft rules on rotation between duty stations",),
        leads=("Policy and Social Security",),
        times=("Q1, 2024",),
    )
    pairs = compare_commitments(PLAN, (reworded, *PLAN[1:]))
    assert ("Develop a mobility framework", reworded.title, ("changed",)) in became(pairs)


def test_one_that_shares_only_common_words_is_new_and_the_other_dropped() -> None:
    new = made(
        "Review the policy on dress",
        activities=("Survey staff", "Present the findings to management"),
        leads=("Policy and Social Security",),
        times=("Ongoing",),
        start=3000,
    )
    others = tuple(
        made(
            f"Review the policy on {word}",
            activities=("Survey staff", "Present the findings to management"),
            leads=("Policy and Social Security",),
            start=4000 + 100 * at,
        )
        for at, word in enumerate("travel overtime childcare pensions housing".split())
    )
    pairs = compare_commitments((*PLAN, *others), (*PLAN[:3], *others, new))
    assert [one for one in became(pairs) if one[2] != ("same",)] == [
        ("Review the policy on parking", None, ("dropped",)),
        (None, "Review the policy on dress", ("new",)),
    ]


def test_a_row_that_lost_its_objective_is_paired_by_its_activities() -> None:
    torn = made(
        "", activities=[a.text for a in PLAN[1].activities], leads=("Staff Welfare",), id_="t"
    )
    pairs = compare_commitments(PLAN, (PLAN[0], torn, *PLAN[2:]))
    assert (PLAN[1].title, torn.title, ("changed", "moved")) in became(pairs)


def test_of_two_that_were_made_of_one_the_likelier_is_the_same_and_the_other_new() -> None:
    near = made("Develop a binding mobility framework", start=10)
    further = made("Develop a mobility framework for drivers", start=20)
    pairs = compare_commitments(PLAN, (further, near, *PLAN[1:]))
    assert became(pairs)[:2] == [
        (PLAN[0].title, near.title, ("changed", "moved", "re-assigned")),
        (None, further.title, ("new",)),
    ]
    back = compare_commitments((further, near, *PLAN[1:]), PLAN)
    assert (further.title, None, ("dropped",)) in became(back)


def test_of_rows_to_one_objective_each_is_paired_by_what_is_done_for_it() -> None:
    rows = [
        made("Mobility", activities=(done,), start=at, id_=f"old {at}")
        for at, done in enumerate(("Draft rules on rotation", "Map posts abroad", "Train hosts"))
    ]
    posts = made("Mobility", activities=("Map all posts abroad",), start=1, id_="posts")
    cars = made("Mobility", activities=("Buy electric cars",), start=2, id_="cars")
    pairs = compare_commitments((*PLAN, *rows), (*PLAN, posts, cars))
    mine = {one.older: one.newer for one in pairs if one.older in rows}
    assert mine == {rows[0]: None, rows[1]: posts, rows[2]: None}


def test_the_same_words_twice_are_paired_each_once_in_their_order() -> None:
    twice = [made("Hold a fair", start=at, times=(f"Q{at}, 2024",)) for at in (1, 2)]
    pairs = compare_commitments(twice, twice[::-1])
    assert [pair.changes for pair in pairs] == [("same",)] * 2
    assert became(compare_commitments(twice, twice[:1]))[-1] == ("Hold a fair", None, ("dropped",))


def test_they_stand_in_reading_order_and_what_was_dropped_where_it_stood() -> None:
    new = made("Open a nursery", activities=("Find rooms near the canteen",), start=500)
    pairs = compare_commitments(PLAN, (PLAN[0], new, *PLAN[2:]))
    assert became(pairs) == [
        (PLAN[0].title, PLAN[0].title, ("same",)),
        (PLAN[1].title, None, ("dropped",)),
        (None, "Open a nursery", ("new",)),
        (PLAN[2].title, PLAN[2].title, ("same",)),
        (PLAN[3].title, PLAN[3].title, ("same",)),
    ]


def test_nothing_on_one_side_is_all_new_or_all_dropped() -> None:
    assert compare_commitments((), ()) == ()
    assert {pair.changes for pair in compare_commitments((), PLAN)} == {("new",)}
    assert {pair.changes for pair in compare_commitments(PLAN, ())} == {("dropped",)}


def marked(older: Commitment, newer: Commitment) -> dict[str, list[str]]:
    """Return each field that differs, its texts with ``-`` and ``+`` before what went and came."""
    signs = {"same": "", "removed": "-", "added": "+"}
    return {
        one.field: ["|".join(signs[edit.kind] + edit.text for edit in edits) for edits in one.items]
        for one in reworded(older, newer)
    }


def test_what_changed_in_each_field_is_marked_word_by_word() -> None:
    mobility = PLAN[0]
    other = made(
        "Develop a binding mobility framework",
        activities=(
            "Draft rules on rotation between duty stations",
            "Consult all regional offices",
        ),
        leads=("HR Staffing", "Policy & Social Security"),
        times=("Q3, 2024",),
        start=7000,
    )
    assert marked(mobility, other) == {
        "text": ["Develop a |+binding |mobility framework"],
        "activities": [
            "Draft rules on rotation between duty stations",
            "Consult |-the|+all| regional offices",
        ],
        "leads": ["+HR Staffing", "Policy |-and|+&| Social Security"],
        "times": ["-Q1|+Q3|, 2024"],
    }
    for field in reworded(mobility, other):
        for edit in (edit for item in field.items for edit in item):
            held = mobility if edit.kind == "removed" else other
            quotes = (held.text, *held.activities, *held.leads, *(t.written for t in held.times))
            quote = next(q for q in quotes if q and q.start <= edit.start and edit.end <= q.end)
            assert quote.text[edit.start - quote.start : edit.end - quote.start] == edit.text


def test_what_went_stands_where_it_stood_and_what_stays_is_not_marked() -> None:
    one = made("Hold a fair", activities=("Book a hall", "Invite schools", "Print posters"))
    other = made("Hold a fair", activities=("Book a hall", "Print posters", "Thank the guests"))
    assert marked(one, other) == {
        "activities": ["Book a hall", "-Invite schools", "Print posters", "+Thank the guests"]
    }
    assert marked(one, made("Hold  a fair.", activities=[a.text for a in one.activities])) == {}
    assert marked(one, made("", activities=[a.text for a in one.activities])) == {
        "text": ["-Hold a fair"]
    }


WORDS = "train recruit managers staff mobility leave health policy review annual geneva the".split()
COMMITMENTS = st.lists(
    st.builds(
        lambda text, activity, lead: (" ".join(text), " ".join(activity), lead),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
        st.lists(st.sampled_from(WORDS), max_size=4),
        st.sampled_from(["HR", "Staffing"]),
    ),
    max_size=8,
)


def version(drawn: list[tuple[str, str, str]]) -> list[Commitment]:
    return [
        made(text, activities=[a] if a else [], leads=[lead], start=100 * at)
        for at, (text, a, lead) in enumerate(drawn)
    ]


@settings(max_examples=150, deadline=None)
@given(COMMITMENTS, COMMITMENTS, st.randoms(use_true_random=False))
def test_each_commitment_is_told_of_once_and_the_order_given_makes_no_difference(
    one: list[tuple[str, str, str]], other: list[tuple[str, str, str]], shuffler: random.Random
) -> None:
    older, newer = version(one), version(other)
    pairs = compare_commitments(older, newer)
    assert [pair.newer for pair in pairs if pair.newer] == newer
    told = Counter(pair.older.start for pair in pairs if pair.older)
    assert told == Counter(commitment.start for commitment in older)
    for pair in pairs:
        if pair.older and pair.newer:
            unchanged = wording_of(pair.older).digest == wording_of(pair.newer).digest
            assert unchanged == (pair.changes == ("same",))
    mixed = [shuffler.sample(commitments, len(commitments)) for commitments in (older, newer)]
    assert compare_commitments(*mixed) == pairs


@pytest.mark.slow
@pytest.mark.parametrize("case", ["edited", "all new", "all alike"])
def test_the_time_grows_with_the_number_and_not_with_its_square(case: str) -> None:
    def seconds(number: int) -> float:
        one, other = (plan(number, case, second=second) for second in (False, True))
        started = time.process_time()
        compare_commitments(one, other)
        return time.process_time() - started

    assert seconds(2500) < 12 * max(seconds(500), 0.02)


def plan(number: int, case: str, *, second: bool) -> list[Commitment]:
    draw = random.Random(7 + (second and case == "all new"))  # noqa: S311  no secret
    words = [f"word{at}" for at in range(3000)]
    made_up = []
    for at in range(number):
        text = " ".join(draw.choices(words, k=10))
        activity = " ".join(draw.choices(words, k=20))
        if case == "all alike":
            text, activity = f"The team does the work {at + second * number}", "The same for all"
        elif second:
            text += " more"
        made_up.append(made(text, activities=[activity], start=1000 * at))
    return made_up
