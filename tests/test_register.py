"""The register of an index: filters, counts, spellings, and what a reader may see of it."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from itertools import chain

import pytest
from reading import read

from assistant.register.listing import body_values
from assistant.register.model import Filters, View
from corpus.commitments import commitments_of
from corpus.errors import IndexDamaged
from evals.register import measure
from indexing.glossary import sayings_of
from indexing.register.reader import RegisterStore
from indexing.register.wanted import Wanted
from indexing.register.writer import RegisterWriter

ACTION_PLAN = """\
---
id: {name}
title: Action plan of {name}
kind: plan
organisation: {name} Office
---

# Action plan

## Learning

| Action | Lead | When |
|---|---|---|
| Publish a course for managers | Staff Development & Learning | Q1 2026 |
| Survey all staff | SDL/Policy and Social Security | 2026 |
| Train new managers | Policy & Social Security | Ongoing Q4, 2027 |

## Annex I Staff Council Strategy

- Negotiate telework for all
- Publish the results by March 2026
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    with closing(RegisterWriter(folder)) as writer:
        for name in ("north", "south", "empty"):
            body = ACTION_PLAN.format(name=name) if name != "empty" else "# Empty\n\nNothing.\n"
            document = read(body, name=f"{name}.md")
            writer.add(document.metadata, commitments_of(document), sayings_of(document))
    store = RegisterStore(folder)
    yield store
    store.close()


def both(register):
    return register.of(frozenset(register.keys))


def texts(register, wanted=Wanted(), **how):  # noqa: B008  frozen
    return [one.commitment.title for one in register.find(wanted, **how)]


def test_the_register_counts_commitments_and_the_documents_that_have_any(register):
    held = both(register).held
    assert (held.commitments, held.documents) == (10, 2)


def test_what_is_not_shown_is_not_counted_nor_found(register):
    north = register.of(frozenset(["north@1", "empty@1"]))
    assert (north.held.commitments, north.held.documents) == (5, 1)
    assert {one.key for one in north.find(Wanted())} == {"north@1"}
    assert north.of_document("south@1") == ()
    assert sum(count for _, count in north.group(Wanted(), "lead")) == 6


@pytest.mark.parametrize(
    "name",
    ["Staff Development & Learning", "staff development and learning", "SDL", "development"],
)
def test_a_team_is_found_by_each_of_its_spellings_and_by_a_part_of_its_name(register, name):
    north = register.of(frozenset(["north@1"]))
    leads = north.teams_named(name)
    assert texts(north, Wanted(leads=leads)) == [
        "Publish a course for managers",
        "Survey all staff",
    ]


def test_an_unknown_team_leads_nothing(register):
    assert texts(both(register), Wanted(leads=both(register).teams_named("Catering"))) == []


def test_spellings_of_one_team_are_counted_together(register):
    counted = dict(register.of(frozenset(["north@1"])).group(Wanted(), "lead"))
    assert counted == {
        "": 2,
        "Staff Development & Learning": 2,
        "Policy and Social Security": 2,
    }


PLAN_FOR_HR = """\
---
id: secret
title: Plan of the reorganisation
kind: plan
audience: [hr]
---

# Plan

The Special Dismissals List (SDL) is closed.

| Action | Lead | When |
|---|---|---|
| Close the course for managers | sdl | 2026 |
| Close the library | SDL | 2026 |
| Close the archive | sdl | 2026 |
"""
OPEN_PLAN = """\
---
id: open
title: Plan for all
kind: plan
---

# Plan

| Action | Lead | When |
|---|---|---|
| Open a course for managers | SDL | 2026 |
"""


def test_a_team_is_not_shown_in_the_spellings_of_documents_that_may_not_be_read(tmp_path):
    with closing(RegisterWriter(tmp_path)) as writer:
        for name, body in (("secret", PLAN_FOR_HR), ("open", OPEN_PLAN)):
            document = read(body, name=f"{name}.md")
            writer.add(document.metadata, commitments_of(document), sayings_of(document))
    store = RegisterStore(tmp_path)
    for_all = store.of(frozenset(["open@1"]))
    assert [one.spellings for one in for_all.teams] == [("SDL",)]
    assert for_all.find(Wanted())[0].leads == ("SDL",)
    assert for_all.teams_named("Special Dismissals List") == frozenset()
    for_hr = store.of(frozenset(["open@1", "secret@1"]))
    assert for_hr.teams_named("Special Dismissals List")
    store.close()


def test_a_heading_can_name_whose_commitments_stand_under_it(register):
    all_ = both(register)
    council = Wanted(bodies=all_.bodies_named("south council"))
    assert texts(all_, council) == [
        "Negotiate telework for all",
        "Publish the results by March 2026",
    ]
    assert {one.key for one in all_.find(council)} == {"south@1"}
    assert all_.count(Wanted(bodies=all_.bodies_named("north Office"))).commitments == 3


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (None, date(2026, 3, 31), 2),
        (date(2026, 1, 1), date(2026, 12, 31), 3),
        (date(2027, 1, 1), None, 1),
        (date(2026, 4, 1), date(2026, 12, 30), 0),
    ],
)
def test_a_commitment_falls_due_on_the_last_day_of_its_time(register, first, last, found):
    north = register.of(frozenset(["north@1"]))
    assert north.count(Wanted(due=(first, last))).commitments == found


def test_each_of_two_stacked_times_counts(register):
    north = register.of(frozenset(["north@1"]))
    trained = ["Train new managers"]
    assert texts(north, Wanted(timing=("ongoing",))) == trained
    assert texts(north, Wanted(due=(date(2027, 1, 1), None))) == trained
    assert texts(north, Wanted(timing=("undated",))) == ["Negotiate telework for all"]
    assert north.count(Wanted(timing=("dated", "undated"))).commitments == 5


def test_what_is_done_is_not_overdue(register):
    north = register.of(frozenset(["north@1"]))
    late = Wanted(timing=("overdue",), overdue=date(2026, 6, 1))
    found = north.find(late)
    assert [one.commitment.title for one in found] == [
        "Publish a course for managers",
        "Publish the results by March 2026",
    ]
    done = frozenset([found[0].commitment.id])
    rest = texts(north, Wanted(timing=("overdue",), overdue=date(2026, 6, 1), done=done))
    assert rest == ["Publish the results by March 2026"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("manager", 2),
        ("managers course", 1),
        ("learning survey", 1),
        ("the", 0),
        ('" OR said:', 0),
        ("télework", 1),
    ],
)
def test_words_are_matched_as_questions_are(register, words, found):
    assert register.of(frozenset(["north@1"])).count(Wanted(words=words)).commitments == found


def test_themes_are_matched_in_headings_alone(register):
    north = register.of(frozenset(["north@1"]))
    assert north.count(Wanted(themes=("learning",))).commitments == 3
    assert north.count(Wanted(themes=("council", "learning"))).commitments == 5
    assert north.count(Wanted(themes=("managers",))).commitments == 0


@pytest.mark.parametrize(
    ("order", "descending", "first"),
    [
        ("document", False, "Publish a course for managers"),
        ("due", False, "Publish a course for managers"),
        ("due", True, "Train new managers"),
        ("lead", False, "Train new managers"),
        ("theme", False, "Negotiate telework for all"),
    ],
)
def test_a_list_is_sorted_as_asked_and_what_has_no_value_comes_last(
    register, order, descending, first
):
    north = register.of(frozenset(["north@1"]))
    found = texts(north, order=order, descending=descending)
    assert found[0] == first
    if order in {"due", "lead"}:
        assert found[-1] == ("Negotiate telework for all" if order == "due" else found[-1])


def test_pages_of_a_list_make_up_the_whole(register):
    all_ = both(register)
    pages = (texts(all_, page=(at, 3)) for at in (0, 3, 6, 9))
    assert list(chain.from_iterable(pages)) == texts(all_)


def test_a_register_that_is_damaged_says_so(tmp_path):
    (tmp_path / "register.db").write_bytes(b"no database")
    with pytest.raises(IndexDamaged, match="register"):
        RegisterStore(tmp_path)


def test_a_register_that_is_missing_says_so(tmp_path):
    with pytest.raises(IndexDamaged, match="register"):
        RegisterStore(tmp_path)


def test_a_list_of_the_shipped_documents_says_what_it_is_a_list_of(assistant):
    listing = assistant.commitments(Filters(due_to=date(2024, 3, 31)))
    assert listing.denominator == (
        "5 of 87 commitments, from 1 of 2 documents; 72 carry no date (12 of them ongoing)"
    )
    assert {line.due for line in listing.lines} == {date(2024, 3, 31)}


def test_a_line_leads_to_its_words_in_the_document(assistant):
    (line,) = assistant.commitments(Filters(leads=("OIO",))).lines
    said = line.commitment
    document, _ = assistant.document(said.document, said.version)
    assert said.title in document.text[said.start : said.end]
    assert f"start={said.start}&end={said.end}#cited" in line.url


def test_commitments_of_a_day_are_of_the_documents_in_force_then(assistant):
    listing = assistant.commitments(as_of=date(2023, 6, 1))
    assert (listing.held, listing.documents_held) == (49, 1)


def test_a_document_by_itself_is_counted_against_all(assistant):
    listing = assistant.commitments(Filters(documents=("ilo-staff-union-programme-2023",)))
    assert (listing.found, listing.held) == (49, 87)


def test_groups_count_everything_that_was_found_whatever_the_page(assistant):
    listing = assistant.commitments(view=View(grouping="quarter", limit=2))
    assert len(listing.lines) == 2
    assert {group.name: group.count for group in listing.groups} == {
        "": 72,
        "2024-4": 7,
        "2024-1": 5,
        "2024-2": 2,
        "2024-3": 1,
    }


def test_the_values_of_the_register_are_those_of_its_commitments(assistant):
    values = assistant.register_values()
    assert {one.name: one.count for one in values.leads} == {
        "Staff Development & Learning": 8,
        "Policy and Social Security": 6,
        "HR Staffing": 5,
        "HRD all": 5,
        "HR Operations": 2,
        "Medical services": 2,
        "OIO": 1,
    }
    assert [one.count for one in values.bodies] == [49, 27, 11]
    assert (values.first, values.last) == (date(2024, 3, 31), date(2024, 12, 31))


@pytest.mark.slow
def test_the_measure_of_the_register_times_every_kind_of_filter():
    names = [one.name for one in measure(200)]
    assert "register: no filter, 200 found" in names
    assert len(names) == len(set(names)) > 15


def test_a_body_is_offered_once_however_many_documents_speak_for_it(tmp_path):
    with closing(RegisterWriter(tmp_path)) as writer:
        for name in ("one", "two"):
            text = ACTION_PLAN.format(name=name).replace(f"{name} Office", "North Office")
            document = read(text, name=f"{name}.md")
            writer.add(document.metadata, commitments_of(document), sayings_of(document))
    store = RegisterStore(tmp_path)
    offered = body_values(store.of(frozenset(store.keys)))
    store.close()
    assert [(one.name, one.count) for one in offered] == [("North Office", 6), ("Staff Council", 4)]
    assert {"North Office", "Staff Council"} == {one.key for one in offered}
