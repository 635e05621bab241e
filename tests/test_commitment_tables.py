"""Commitments in tables, however their authors drew them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from reading import read

from corpus.commitments import commitments_of

PLAN = "---\nid: plan\ntitle: {title}\nkind: {kind}\n---\n\n# {title}\n\n"
STRATEGY = PLAN.format(title="Something for staff", kind="strategy")
POLICY = PLAN.format(title="Policy on rooms", kind="policy")


def table(header, *rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def told(document):
    """Tell what was read as (text, activities, leads, times as written)."""
    return [
        (
            one.text.text if one.text else None,
            [quote.text for quote in one.activities],
            [quote.text for quote in one.leads],
            [time.written.text for time in one.times],
        )
        for one in commitments_of(document)
    ]


def doubts(document):
    return [doubt.kind for one in commitments_of(document) for doubt in one.doubts]


@pytest.mark.parametrize(
    "header",
    [
        ["Action", "Owner", "Deadline"],
        ["Key actions", "Responsible unit(s)", "Target date"],
        ["Recommendation", "Responsible officer", "Timeline for completion"],
        ["Commitment", "Lead(s)", "Delivery date"],
        ["Priority", "Who", "By when"],
        ["Engagement", "Unité responsable", "Échéance"],
        ["Compromiso", "Responsable", "Plazo"],
        ["Maßnahme", "Zuständig", "Frist"],
    ],
)
def test_a_table_of_commitments_is_known_by_its_header(header):
    row = ["Publish the staff survey", "Legal Office", "March 2026"]
    document = read(STRATEGY + table(header, row))
    assert told(document) == [("Publish the staff survey", [], ["Legal Office"], ["March 2026"])]


@pytest.mark.parametrize(
    "header",
    [
        ["Decision", "Who decides", "Whom to consult"],
        ["Role", "Responsibilities", "Contact"],
        ["Performance measure", "Result", "Target"],
        ["Meeting", "Purpose", "When"],
        ["Item", "Rate", "Date"],
    ],
)
def test_other_tables_hold_no_commitments(header):
    row = ["Publish the staff survey", "Legal Office", "March 2026"]
    assert told(read(STRATEGY + table(header, row))) == []


def test_a_timetable_in_a_policy_is_no_list_of_commitments():
    rows = [["Yoga", "Mondays at noon"], ["Chess", "Fridays in June 2026"]]
    assert told(read(POLICY + table(["Activity", "When"], *rows))) == []


def test_an_action_plan_in_a_policy_is_one():
    rows = [["Install new locks", "Facilities"], ["Train the guards", "Security"]]
    document = read(POLICY + table(["Action", "Owner"], *rows))
    assert [text for text, *_ in told(document)] == ["Install new locks", "Train the guards"]


def test_an_empty_objective_goes_on_with_the_row_above():
    header = ["Objective", "Activities", "Lead", "When"]
    rows = [
        ["Grow skills", "Offer courses.", "Learning", "2026"],
        ["", "Pay for exams.", "", ""],
        ["", "Send staff to peers.", "", ""],
        ["Keep staff safe", "Hold drills.", "Security", "Ongoing"],
    ]
    assert told(read(STRATEGY + table(header, *rows))) == [
        (
            "Grow skills",
            ["Offer courses.", "Pay for exams.", "Send staff to peers."],
            ["Learning"],
            ["2026"],
        ),
        ("Keep staff safe", ["Hold drills."], ["Security"], ["Ongoing"]),
    ]


def test_an_activity_with_a_lead_and_a_date_of_its_own_is_a_commitment_to_the_same_objective():
    header = ["Objective", "Activities", "Lead", "When"]
    rows = [
        ["Grow skills", "Offer courses.", "Learning", "2026"],
        ["", "Pay for exams.", "Finance", "Q1 2027"],
    ]
    read_ = read(STRATEGY + table(header, *rows))
    assert told(read_) == [
        ("Grow skills", ["Offer courses."], ["Learning"], ["2026"]),
        ("Grow skills", ["Pay for exams."], ["Finance"], ["Q1 2027"]),
    ]
    first, second = commitments_of(read_)
    assert first.id != second.id


def test_merged_cells_of_a_web_page_belong_to_all_rows_beside_them():
    page = """<html><body><h1>Action plan 2026</h1><table>
    <tr><th>Objective</th><th>Action</th><th>Lead</th><th>Deadline</th></tr>
    <tr><td rowspan="2">Grow skills</td><td>Offer courses</td><td rowspan="2">Learning</td>
    <td rowspan="2">Q2 2026</td></tr>
    <tr><td>Pay for exams</td></tr>
    <tr><td colspan="4">Safety</td></tr>
    <tr><td>Keep staff safe</td><td>Hold drills</td><td>Security</td><td>2026</td></tr>
    </table></body></html>"""
    document = read(page, name="plan.html")
    assert told(document) == [
        ("Grow skills", ["Offer courses", "Pay for exams"], ["Learning"], ["Q2 2026"]),
        ("Keep staff safe", ["Hold drills"], ["Security"], ["2026"]),
    ]
    assert commitments_of(document)[1].theme[-1] == "Safety"


def test_the_first_row_of_a_sheet_without_a_header_can_name_its_columns():
    book = openpyxl.Workbook()
    book.active.append(["No.", "Objective", "Key activities", "Responsible", "Due date"])
    book.active.append(
        [1, "Greet newcomers", "- Publish a guide\n- Assign a buddy", "HR", date(2026, 3, 31)]
    )
    book.save(saved := BytesIO())
    assert told(read(saved.getvalue(), name="action-plan.xlsx")) == [
        ("Greet newcomers", ["Publish a guide", "Assign a buddy"], ["HR"], ["2026-03-31"]),
    ]


def test_of_two_columns_of_time_the_end_counts():
    header = ["Action", "Lead", "Start date", "End date"]
    document = read(STRATEGY + table(header, ["Publish a plan", "HR", "Q1 2026", "Q3 2026"]))
    assert told(document)[0][3] == ["Q3 2026"]


@pytest.mark.parametrize(
    "header", [["Objective", "Lead team", "Timeframe"], ["What", "Who", "When"]]
)
def test_a_table_that_says_who_and_by_when_is_one_whatever_its_rows_begin_with(header):
    rows = [["Ergonomic chairs", "Facilities", "Q3 2026"], ["The rota is published", "HR", "2027"]]
    document = read(POLICY + table(header, *rows))
    assert [text for text, *_ in told(document)] == ["Ergonomic chairs", "The rota is published"]


def test_how_long_the_steps_of_a_procedure_take_makes_no_commitments():
    rows = [["The form is sent", "HR", "3 weeks"], ["It is signed", "Staff", "1 business day"]]
    assert told(read(POLICY + table(["Action", "Owner", "Time"], *rows))) == []


@pytest.mark.parametrize(
    "written", ["03/04/2027", "Q5 2027", "31 February 2027", "spring 2027", "Week 12, 2027"]
)
def test_a_time_that_cannot_be_read_whole_is_no_day_at_all(written):
    rows = [["Publish a plan", "HR", written], ["Publish a survey", "HR", "March 2027"]]
    document = read(STRATEGY + table(["Action", "Lead", "When"], *rows))
    first, second = commitments_of(document)
    assert [(one.written.text, one.frame.last) for one in first.times] == [(written, None)]
    assert second.times[0].frame.last == date(2027, 3, 31)
    assert doubts(document) == ["time unclear"]


def test_two_values_stacked_in_one_cell_are_two_times():
    rows = [["Draw up a plan. Hold drills.", "Security", "Ongoing Q4, 2026"]]
    document = read(STRATEGY + table(["Actions", "Lead", "When"], *rows))
    assert told(document)[0][3] == ["Ongoing", "Q4, 2026"]


def test_which_of_two_times_is_whose_is_left_to_a_person():
    rows = [["Safety", "Hold drills. Draw up a plan.", "Security", "Ongoing Q4, 2026"]]
    document = read(STRATEGY + table(["Objective", "Actions", "Lead", "When"], *rows))
    assert doubts(document) == ["several times"]


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("HR Staffing Legal Office", ["HR Staffing", "Legal Office"]),
        ("HR Staffing and Legal Office", ["HR Staffing", "Legal Office"]),
        ("HR Staffing/Legal Office", ["HR Staffing", "Legal Office"]),
        ("Legal Office & OIO", ["Legal Office", "OIO"]),
        ("HR Staffing, Finance", ["HR Staffing", "Finance"]),
        ("Policy and Social Security", ["Policy and Social Security"]),
        ("R&D", ["R&D"]),
        ("Director, Human Resources", ["Director, Human Resources"]),
        ("Deputy Director-General, Finance", ["Deputy Director-General, Finance"]),
        ("TBD", []),
        ("–", []),
    ],
)
def test_several_teams_in_a_cell_are_told_apart_by_the_names_that_stand_alone(written, leads):
    rows = [
        ["Publish a survey", "HR Staffing"],
        ["Publish a report", "Legal Office"],
        ["Publish a plan", written],
    ]
    document = read(STRATEGY + table(["Action", "Lead"], *rows))
    assert told(document)[2][2] == leads


def test_a_list_of_teams_that_may_be_one_name_is_kept_whole_for_a_person():
    rows = [["Publish a plan", "Treaty, Legal and Policy Affairs"]]
    document = read(STRATEGY + table(["Action", "Lead"], *rows))
    assert told(document)[0][2] == ["Treaty, Legal and Policy Affairs"]
    assert doubts(document) == ["lead unclear"]


def test_a_time_that_cannot_be_read_is_kept_for_a_person():
    rows = [["Publish a plan", "after the summer"], ["Publish a survey", "to be determined"]]
    document = read(STRATEGY + table(["Action", "When"], *rows))
    assert [times for *_, times in told(document)] == [["after the summer"], []]
    assert doubts(document) == ["time unclear"]


def test_a_text_that_ends_in_mid_sentence_is_marked():
    rows = [["Publish the results of the", "Legal Office"], ["Publish it all.", "Legal Office"]]
    assert doubts(read(STRATEGY + table(["Action", "Lead"], *rows))) == ["cut off"]


def test_a_sentence_that_explains_belongs_to_the_activity_before_it():
    rows = [["Skills", "Offer courses. These are free. Fund exams; publish results.", "HR"]]
    document = read(STRATEGY + table(["Objective", "Actions", "Lead"], *rows))
    assert told(document)[0][1] == [
        "Offer courses. These are free.",
        "Fund exams;",
        "publish results.",
    ]


@pytest.mark.parametrize(
    "cell", ["1. Offer courses 2. Pay for exams", "• Offer courses • Pay for exams"]
)
def test_numbers_and_marks_in_a_cell_tell_activities_apart(cell):
    document = read(STRATEGY + table(["Objective", "Actions", "Lead"], ["Skills", cell, "HR"]))
    assert told(document)[0][1] == ["Offer courses", "Pay for exams"]


def test_a_capital_in_a_name_begins_no_activity():
    rows = [["Skills", "Complete the Annual Review of the Train the Trainer programme", "HR"]]
    document = read(STRATEGY + table(["Objective", "Actions", "Lead"], *rows))
    assert len(told(document)[0][1]) == 1
    assert doubts(document) == []


def test_a_commitment_keeps_its_id_where_it_moves_or_others_come():
    header, row = ["Action", "Lead"], ["Publish the survey", "HR"]
    alone = read(STRATEGY + table(header, row))
    moved = read(STRATEGY + "## New heading\n\n" + table(header, ["Draft a plan", "HR"], row))
    assert commitments_of(alone)[0].id == commitments_of(moved)[1].id


def test_the_same_words_in_another_document_have_another_id():
    header, row = ["Action", "Lead"], ["Publish the survey", "HR"]
    other = STRATEGY.replace("id: plan", "id: other")
    one, two = (commitments_of(read(head + table(header, row)))[0] for head in (STRATEGY, other))
    assert one.id != two.id


def test_a_row_that_stands_twice_is_in_the_register_twice_with_ids_of_its_own():
    header, row = ["Action", "Lead"], ["Publish the survey", "HR"]
    found = commitments_of(read(STRATEGY + table(header, row, row)))
    assert len({one.id for one in found}) == len(found) == 2


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("HR (lead), Staff Association (support)", ["HR"]),
        ("Lead: HR; Support: Finance", ["HR"]),
        ("HR / in consultation with the Legal Office", ["HR"]),
        ("Support Services", ["Support Services"]),
        ("Staff Association (support)", ["Staff Association (support)"]),
    ],
)
def test_who_leads_is_told_from_who_supports(written, leads):
    row = ["Publish the survey", written, "2026"]
    assert told(read(STRATEGY + table(["Action", "Lead", "When"], row)))[0][2] == leads


AUDIT = [
    ["R1. HR should set up a roster.", "High", "Accepted.", "Director, HR", "May 2026"],
    ["R2. Notices should stay longer.", "Low", "Not accepted.", "n/a", "n/a"],
    ["R3. Interviews should be recorded.", "Medium", "No change is needed yet.", "Legal", "2026"],
]


def test_recommendations_are_commitments_unless_they_were_refused():
    head = ["Recommendation", "Priority", "Response", "Responsible official", "Target date"]
    assert told(read(POLICY + table(head, *AUDIT))) == [
        ("R1. HR should set up a roster.", [], ["Director, HR"], ["May 2026"]),
        ("R3. Interviews should be recorded.", [], ["Legal"], ["2026"]),
    ]


def test_the_steps_of_a_procedure_are_no_commitments():
    rows = [["1", "Submit the form", "Applicant", "March"], ["2", "Review it", "HR", "April"]]
    head = ["Step", "Action", "Responsible", "Deadline"]
    assert told(read(POLICY + table(head, *rows))) == []


def test_a_heading_can_say_that_a_table_holds_commitments():
    rows = [["Création d’un comité", "DRH"], ["Bilan du télétravail", "DRH"]]
    drawn = table(["Action", "Pilote"], *rows)
    assert told(read(f"{POLICY}{drawn}")) == []
    assert [text for text, *_ in told(read(f"{POLICY}## Plan d’action\n\n{drawn}"))] == [
        "Création d’un comité",
        "Bilan du télétravail",
    ]


def test_the_total_of_a_table_is_no_commitment():
    rows = [["Improve the canteen", "Services", "2026"], ["Total", "", ""]]
    document = read(STRATEGY + table(["Action", "Lead", "When"], *rows))
    assert [text for text, *_ in told(document)] == ["Improve the canteen"]


@pytest.mark.parametrize("written", ["summer 2026", "week 12, 2026", "Term 1 2026"])
def test_a_time_of_which_only_the_year_was_read_is_for_a_person(written):
    row = ["Publish the survey", "HR", written]
    document = read(STRATEGY + table(["Action", "Lead", "When"], row))
    assert doubts(document) == ["time unclear"]


def test_what_goes_on_after_a_day_is_not_due_on_it():
    row = ["Publish the survey", "HR", "October 2025 - ongoing"]
    (one,) = commitments_of(read(STRATEGY + table(["Action", "Lead", "When"], row)))
    (time,) = one.times
    assert (time.frame.kind, time.frame.last) == ("ongoing", None)


def test_the_lower_of_two_heads_tells_who_leads_and_who_supports():
    document = read(
        "<h1>Action plan 2026</h1><table>"
        "<tr><th rowspan=2>Action</th><th colspan=2>Responsibility</th><th rowspan=2>When</th></tr>"
        "<tr><th>Lead</th><th>Support</th></tr>"
        "<tr><td>Write a handbook</td><td>Learning</td><td>Press</td><td>May 2026</td></tr>"
        "</table>",
        name="plan.html",
    )
    assert told(document) == [("Write a handbook", [], ["Learning"], ["May 2026"])]


@pytest.mark.parametrize("written", ["Not accepted", "Rejected: too dear", "No."])
def test_a_refusal_is_a_cell_that_begins_and_stops_with_it(written):
    row = ["Publish the survey", written, "HR", "2026"]
    head = ["Action", "Status", "Lead", "When"]
    assert told(read(STRATEGY + table(head, row))) == []
    row[1] = "Rejected by readers, to be done again"
    assert len(told(read(STRATEGY + table(head, row)))) == 1


def test_a_table_of_events_is_none_of_commitments():
    rows = [["Town hall", "3 May 2026"], ["Summer fair", "4 May 2026"]]
    assert told(read(POLICY + table(["Engagement", "Date"], *rows))) == []
