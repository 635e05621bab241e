"""Where commitments stand through new versions, re-indexing and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from people_plan import DAY, FAIR, FIRST, NURSERY, PARKING, REWORDED, SECOND, Make, indexed, plan

from assistant.ask import Assistant
from assistant.register.model import Filters, Listed, Standing, View
from assistant.register.statements import check_saying
from corpus.errors import CommitmentNotFound, DocumentNotFound, StatusOutdated, StatusRefused

BEFORE = date(2025, 2, 1)  # when the first version was in force


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    with indexed(tmp_path) as made:
        yield made


def lines(assistant: Assistant, **filters: object) -> dict[str, Listed]:
    found = assistant.commitments(Filters(**filters), view=View(), as_of=DAY)
    return {line.commitment.title: line for line in found.lines}


def say(assistant: Assistant, title: str, status: str, day: date = DAY, **more: str) -> Listed:
    found = assistant.commitments(as_of=day).lines
    name = next(line.commitment.id for line in found if line.commitment.title == title)
    return assistant.desk(as_of=day).say(name, check_saying(status, by="Anna", **more)).line


def stands(standing: Standing) -> tuple[str, bool, str]:
    return standing.status, standing.waits, standing.said_of


def test_a_list_shows_what_was_last_said_and_what_is_late(make: Make) -> None:
    assistant = make(plan=plan(FIRST))
    assert lines(assistant)["Hold a careers fair"].standing == Standing()
    assert lines(assistant)["Hold a careers fair"].overdue
    say(assistant, "Hold a careers fair", "in progress")
    say(
        assistant, "Hold a careers fair", "delivered", note="It was full.", link="https://a.example"
    )
    line = lines(assistant)["Hold a careers fair"]
    said = line.standing
    assert (said.status, said.note, said.link, said.by, said.waits) == (
        "delivered", "It was full.", "https://a.example", "Anna", False,
    )  # fmt: skip
    assert not line.overdue
    assert not lines(assistant)["Draft rules on rotation"].overdue  # on the last day but 29


def test_a_list_is_filtered_and_grouped_by_status(make: Make) -> None:
    assistant = make(plan=plan(FIRST))
    say(assistant, "Open a nursery", "in progress")
    say(assistant, "Hold a careers fair", "dropped")
    assert set(lines(assistant, statuses=("in progress", "dropped"))) == {
        "Open a nursery",
        "Hold a careers fair",
    }
    assert set(lines(assistant, statuses=("not started",))) == {"Draft rules on rotation"}
    grouped = assistant.commitments(view=View(grouping="status", sorting="status"), as_of=DAY)
    assert {group.name: group.count for group in grouped.groups} == {
        "not started": 1, "in progress": 1, "dropped": 1,
    }  # fmt: skip
    assert not lines(assistant, timing=("overdue",))


def test_a_status_outlives_indexing_anew(make: Make) -> None:
    say(make(plan=plan(FIRST)), "Open a nursery", "in progress")
    again = make(plan=plan(NURSERY + FAIR), other=plan(PARKING).replace("id: plan", "id: other"))
    assert stands(lines(again)["Open a nursery"].standing) == ("in progress", False, "1")


def test_in_a_new_version_the_status_of_what_changed_waits(make: Make) -> None:
    both = make(plan=plan(FIRST), later=plan(SECOND + NURSERY, "2", "2025-05-01"))
    for title in ("Hold a careers fair", "Draft rules on rotation", "Open a nursery"):
        say(both, title, "in progress", BEFORE)
    now = lines(both)
    assert {title: stands(line.standing) for title, line in now.items()} == {
        "Hold a careers fair": ("in progress", True, "1"),
        "Adopt rules on the rotation of staff": ("in progress", True, "1"),
        "Cut parking fees": ("not started", False, ""),
        "Open a nursery": ("in progress", False, "1"),
    }
    differences = {title: line.difference for title, line in now.items()}
    moved = differences["Hold a careers fair"]
    assert moved
    assert (moved.changes, moved.shift) == (("moved", "re-assigned"), "later")
    assert moved.before
    assert moved.before.leads[0].text == "HR Staffing"
    reworded = differences["Adopt rules on the rotation of staff"]
    assert reworded
    assert reworded.changes == ("changed",)
    assert reworded.before
    assert reworded.before.title == "Draft rules on rotation"
    new = differences["Cut parking fees"]
    assert new
    assert (new.changes, new.before) == (("new",), None)
    assert differences["Open a nursery"] is None


def test_a_status_that_waits_is_confirmed_or_changed(make: Make) -> None:
    both = make(plan=plan(FIRST), later=plan(SECOND, "2", "2025-05-01"))
    say(both, "Hold a careers fair", "in progress", BEFORE, note="Halls are booked.")
    say(both, "Draft rules on rotation", "in progress", BEFORE)
    desk = both.desk(as_of=DAY)
    fair = lines(both)["Hold a careers fair"].commitment.id
    confirmed = desk.confirm(fair, by="Berta")
    assert stands(confirmed.line.standing) == ("in progress", False, "2")
    assert confirmed.line.standing.note == "Halls are booked."
    assert [(one.saying.by, one.confirms) for one in confirmed.history] == [
        ("Anna", False),
        ("Berta", True),
    ]
    changed = say(both, "Adopt rules on the rotation of staff", "delivered")
    assert stands(changed.standing) == ("delivered", False, "2")
    told = desk.open(changed.commitment.id).history
    assert [(one.version, one.saying.status) for one in told] == [
        ("1", "in progress"),
        ("2", "delivered"),
    ]
    before = both.commitments(as_of=BEFORE)  # what was said of version 1 stands there
    held = {line.commitment.title: stands(line.standing) for line in before.lines}
    assert held["Hold a careers fair"] == ("in progress", False, "2")
    assert held["Draft rules on rotation"] == ("in progress", False, "1")


def test_what_nobody_spoke_of_cannot_be_confirmed(make: Make) -> None:
    assistant = make(plan=plan(FIRST))
    name = lines(assistant)["Open a nursery"].commitment.id
    with pytest.raises(StatusRefused, match="Set its status"):
        assistant.desk(as_of=DAY).confirm(name, by="Berta")


def test_a_status_is_carried_over_several_versions(make: Make) -> None:
    third = REWORDED.replace("Adopt rules on the rotation", "Adopt binding rules on the rotation")
    all_three = make(
        plan=plan(FIRST),
        second=plan(REWORDED + FAIR, "2", "2025-03-01"),
        third=plan(third + FAIR, "3", "2025-05-01"),
    )
    say(all_three, "Draft rules on rotation", "in progress", BEFORE)
    line = lines(all_three)["Adopt binding rules on the rotation of staff"]
    assert stands(line.standing) == ("in progress", True, "1")
    assert lines(all_three, statuses=("in progress",)).keys() == {line.commitment.title}


def test_a_status_is_carried_over_where_the_new_version_took_the_place_of_the_file(
    make: Make,
) -> None:
    before = make(plan=plan(FIRST))
    say(before, "Draft rules on rotation", "in progress")
    say(before, "Hold a careers fair", "in progress")
    now = make(plan=plan(SECOND, "2", "2025-05-01"))
    line = lines(now)["Adopt rules on the rotation of staff"]
    assert stands(line.standing) == ("in progress", True, "1")
    told = now.desk(as_of=DAY).open(line.commitment.id)
    assert [one.version for one in told.history] == ["1"]
    assert line.difference
    assert line.difference.before
    assert line.difference.before.title == "Draft rules on rotation"
    fair = lines(now)["Hold a careers fair"]
    assert stands(fair.standing) == ("in progress", True, "1")
    assert fair.difference
    assert fair.difference.changes == ("moved", "re-assigned")
    assert lines(now)["Cut parking fees"].standing == Standing()


def test_a_text_corrected_under_the_same_version_waits_too(make: Make) -> None:
    say(make(plan=plan(FIRST)), "Hold a careers fair", "in progress")
    now = make(plan=plan(FIRST.replace("Q1, 2025", "Q2, 2025")))
    line = lines(now)["Hold a careers fair"]
    assert stands(line.standing) == ("in progress", True, "1")
    now.desk(as_of=DAY).confirm(line.commitment.id, by="Berta")
    assert not lines(now)["Hold a careers fair"].standing.waits


def test_who_saw_an_older_state_does_not_overwrite_what_was_said_since(make: Make) -> None:
    both = make(plan=plan(FIRST), later=plan(SECOND, "2", "2025-05-01"))
    say(both, "Draft rules on rotation", "in progress", BEFORE)
    desk = both.desk(as_of=DAY)
    line = lines(both)["Adopt rules on the rotation of staff"]
    name, seen = line.commitment.id, line.standing.seen
    desk.say(name, check_saying("delivered", by="Berta"), if_seen=seen)
    with pytest.raises(StatusOutdated, match="Berta said “delivered”"):
        desk.say(name, check_saying("dropped", by="Carla"), if_seen=seen)
    with pytest.raises(StatusOutdated, match="Berta said “delivered”"):
        desk.confirm(name, by="Carla", if_seen=seen)
    desk.say(name, check_saying("dropped", by="Carla"))
    assert lines(both)[line.commitment.title].standing.status == "dropped"
    seen = desk.open(name).line.standing.seen
    both.desk(as_of=DAY).say(name, check_saying("delivered", by="Berta"))
    with pytest.raises(StatusOutdated, match="Berta said “delivered”"):  # on a desk kept open, too
        desk.say(name, check_saying("superseded", by="Carla"), if_seen=seen)


def test_what_was_said_of_a_version_for_others_does_not_exist_for_a_reader(make: Make) -> None:
    first, secret = plan(FIRST), plan(SECOND, "2", "2025-05-01", "audience: [hr]\n")
    both = make(plan=first, later=secret)
    hr = frozenset(("HR",))
    theirs = both.commitments(as_of=DAY, groups=hr).lines
    fair = next(line for line in theirs if line.commitment.title == "Hold a careers fair")
    nothing = both.standings(as_of=DAY, groups=hr).fingerprint
    saying = check_saying("dropped", by="Hana", note="There is no money.")
    both.desk(as_of=DAY, groups=hr).say(fair.commitment.id, saying)
    public = lines(both)["Hold a careers fair"]
    assert public.commitment.id == fair.commitment.id
    assert public.standing == Standing()
    assert both.desk(as_of=DAY).open(fair.commitment.id).history == ()
    assert not lines(both, statuses=("dropped",))
    assert both.standings(as_of=DAY).fingerprint == nothing
    assert both.standings(as_of=DAY, groups=hr).fingerprint != nothing
    said = both.desk(as_of=DAY).say(
        fair.commitment.id, check_saying("in progress", by="Paul"), if_seen=0
    )
    assert [one.saying.by for one in said.history] == ["Paul"]
    assert both.standings(as_of=DAY).fingerprint != nothing
    seen = both.desk(as_of=DAY, groups=hr).open(fair.commitment.id)
    assert [one.saying.by for one in seen.history] == ["Hana", "Paul"]
    only = next(
        line for line in theirs if line.commitment.title == "Adopt rules on the rotation of staff"
    )
    with pytest.raises(CommitmentNotFound):
        both.desk(as_of=DAY).open(only.commitment.id)
    gone = make(plan=first)  # nor does it once that version is removed
    assert lines(gone)["Hold a careers fair"].standing.by == "Paul"
    assert len(gone.desk(as_of=DAY).open(fair.commitment.id).history) == 1


def test_what_was_said_of_a_version_is_hidden_with_it_once_it_is_for_others(make: Make) -> None:
    first = plan(FIRST)
    both = make(plan=first, later=plan(SECOND, "2", "2025-05-01"))
    said = say(both, "Hold a careers fair", "dropped", note="There is no money.")
    now = make(plan=first, later=plan(SECOND, "2", "2025-05-01", "audience: [hr]\n"))
    line = lines(now)["Hold a careers fair"]
    assert line.commitment.id == said.commitment.id
    assert line.standing == Standing()
    hr = now.desk(as_of=DAY, groups=frozenset(("hr",)))
    assert hr.open(said.commitment.id).line.standing.status == "dropped"


def test_what_became_of_each_commitment_is_told_with_where_it_stood(make: Make) -> None:
    both = make(plan=plan(FIRST), later=plan(SECOND, "2", "2025-05-01"))
    say(both, "Open a nursery", "in progress", BEFORE)
    found = both.desk(as_of=DAY).changes("plan")
    told = [
        ((line.pair.newer or line.pair.older).title, line.pair.changes, line.standing.status)  # type: ignore[union-attr]  # one of them is there
        for line in found.lines
    ]
    assert told == [
        ("Hold a careers fair", ("moved", "re-assigned"), "not started"),
        ("Adopt rules on the rotation of staff", ("changed",), "not started"),
        ("Open a nursery", ("dropped",), "in progress"),
        ("Cut parking fees", ("new",), "not started"),
    ]
    assert (found.older.metadata.version, found.newer.metadata.version) == ("1", "2")
    assert found.unchanged == 0
    back = both.desk(as_of=DAY).changes("plan", "2", "1")
    assert [line.pair.changes for line in back.lines].count(("dropped",)) == 1
    with pytest.raises(DocumentNotFound):
        both.desk(as_of=DAY).changes("plan", "1", "9")


def test_the_beginning_of_an_id_is_enough_where_no_other_begins_so(make: Make) -> None:
    first = plan(FIRST)
    both = make(plan=first, later=plan(SECOND, "2", "2025-05-01"))
    desk = both.desk(as_of=DAY)
    name = lines(both)["Hold a careers fair"].commitment.id
    assert desk.open(name[:6]).line.commitment == lines(both)["Hold a careers fair"].commitment
    for unknown in ("", "zz", "%", "0" * 12, f"{name}0"):
        with pytest.raises(CommitmentNotFound):
            desk.open(unknown)
    dropped = next(
        line for line in both.commitments(as_of=BEFORE).lines
        if line.commitment.title == "Open a nursery"
    )  # fmt: skip
    assert desk.open(dropped.commitment.id).line.entry.force == "superseded"


def test_ids_that_begin_alike_are_named(make: Make) -> None:
    rows = "".join(f"| Build house number {at} | Dig | Works | 2025 |\n" for at in range(20))
    assistant = make(plan=plan(rows))
    firsts = [line.commitment.id[0] for line in lines(assistant).values()]
    twice = next(first for first in firsts if firsts.count(first) > 1)
    with pytest.raises(CommitmentNotFound, match=f"begin with “{twice}”: {twice}"):
        assistant.desk(as_of=DAY).open(twice)
