"""Which questions go to the register, and as what they are understood: from their words alone."""

from __future__ import annotations

from datetime import date

import pytest
from questions import ANSWERED, CONTRADICTED, DAY, ILO, UNANSWERED, WTO
from register_values import ILO_BODY, VALUES, WTO_BODY

from assistant.register.asked import ListAsked, NotRead
from assistant.register.held import held_of
from assistant.register.model import Filters, Grouping, Values
from assistant.register.phrased import question_for
from assistant.register.refine import refined
from assistant.register.understand import understand_list

STAFFING, LEARNING, POLICY = (
    "HR Staffing",
    "Staff Development & Learning",
    "Policy and Social Security",
)
NOTHING = Values((), (), (), (), None, None)


def listed(question: str) -> ListAsked:
    asked = understand_list(question, VALUES, DAY)
    assert isinstance(asked, ListAsked), (question, asked)
    return asked


def remark(question: str) -> str:
    asked = understand_list(question, VALUES, DAY)
    assert isinstance(asked, NotRead), (question, asked)
    return asked.remark


@pytest.mark.parametrize(
    "question",
    [
        "How many days of annual leave do I have?",
        "Who leads the delegations of authority framework, and by when?",
        "What is the mobility policy?",
        "Which team is responsible for the HR standard operating procedures?",
        "Who is responsible for mobility?",
        "How many days of paternity leave are there?",
        "When is the education grant claim due?",
        "What is due to a staff member on separation?",
        "What is the deadline for claims?",
        "Which documents are due when I apply for home leave?",
        "What are my commitments under the telework agreement?",
        "What actions must a manager take when an employee is sick?",
        "What are the objectives of the performance management policy?",
        "What measures are taken against harassment?",
        "What does the union say about mobility?",
        "What does the WTO say about training?",
        "What will HR do about remote work?",
        "What are the priorities for 2024?",
        "What plans are there for 2024?",
        "Which courses must be completed by new staff?",
        "What is done in case of an accident?",
        "Which posts are pending?",
        "What is open to staff on short-term contracts?",
        "What is the supervisor responsible for?",
        "Why is the recruitment policy overdue?",
        "How do I make a commitment to the union?",
        "What did the American Philosophical Society produce in 1809?",
        "What does commitment mean?",
        "What does it take to lead a team?",
        "",
        *(case.question for case in ANSWERED),
        *UNANSWERED,
        CONTRADICTED,
    ],
)
def test_an_ordinary_question_is_none_for_the_register(question):
    assert understand_list(question, VALUES, DAY) is None


def test_where_the_register_holds_nothing_no_question_is_for_it():
    assert understand_list("Which commitments are due in 2024?", NOTHING, DAY) is None


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("What does SDL lead?", Filters(leads=(LEARNING,))),
        ("WHAT DOES SDL LEAD?", Filters(leads=(LEARNING,))),
        ("Show me everything that is led by the staffing team", Filters(leads=(STAFFING,))),
        ("commitments of policy & social security", Filters(leads=(POLICY,))),
        ("Give me the commitments of Policy & Social Securty", Filters(leads=(POLICY,))),
        ("What is the Office of Internal Oversight responsible for?", Filters(leads=("OIO",))),
        ("Which commitments does HRD all lead?", Filters(leads=("HRD all",))),
        ("What commitments has the OIO?", Filters(leads=("OIO",))),
        ("HR Staffing commitments", Filters(leads=(STAFFING,))),
        ("Which objectives does HR Staffing have?", Filters(leads=(STAFFING,))),
        ("What has the Secretariat promised?", Filters(bodies=(WTO_BODY,))),
        ("What did the union commit to?", Filters(bodies=(ILO_BODY,))),
        ("promises of the Staff Council of the WTO", Filters(bodies=("Staff Council",))),
        ("Which commitments are in the People Strategy 2024-2027?", Filters(documents=(WTO,))),
        ("What does the ILO programme promise?", Filters(documents=(ILO,))),
        ("Which commitments mention Préventiel?", Filters(words="Préventiel")),
        ("Workday commitments", Filters(words="Workday")),
        ("What did HR promise staff on gender?", Filters(bodies=(WTO_BODY,), words="gender")),
        ("Is anything overdue?", Filters(timing=("overdue",))),
        ("Which commitments are late?", Filters(timing=("overdue",))),
        ("What’s due this year?", Filters(due_from=date(2026, 1, 1), due_to=date(2026, 12, 31))),
        (
            "Which actions are due by June 2024?",
            Filters(due_to=date(2024, 6, 30)),
        ),
        (
            "What should have been delivered before July 2024?",
            Filters(due_to=date(2024, 6, 30)),
        ),
        (
            "Which deliverables of HR Staffing are due between April and June 2024?",
            Filters(
                leads=(STAFFING,), due_from=date(2024, 4, 1), due_to=date(2024, 6, 30)
            ),
        ),
        ("How many commitments have a date?", Filters(timing=("dated",))),
        ("What does the union promise on training, and the council?",
         Filters(bodies=(ILO_BODY, "Staff Council"), words="training")),
        ("Which commitments on recruitment and selection are there?",
         Filters(words="recruitment and selection")),
        ("What has been delivered?", Filters(statuses=("delivered",))),
        ("Which commitments have not started yet?", Filters(statuses=("not started",))),
        (
            "What has HR Staffing not delivered yet?",
            Filters(leads=(STAFFING,), statuses=("not started", "in progress")),
        ),
        (
            "What is still outstanding from HR Staffing?",
            Filters(leads=(STAFFING,), statuses=("not started", "in progress")),
        ),
        ("Did the Staff Council promise anything on pensions?",
         Filters(bodies=("Staff Council",), words="pensions")),
    ],
)  # fmt: skip
def test_a_question_is_read_against_what_the_register_holds(question, filters):
    assert listed(question).filters == filters


@pytest.mark.parametrize(
    ("question", "grouping"),
    [
        ("How many commitments per team?", "lead"),
        ("how many commitments does each unit have?", "lead"),
        ("Which team leads the most commitments?", "lead"),
        ("Who leads what?", "lead"),
        ("Commitments by theme", "theme"),
        ("How many commitments are in each document?", "document"),
        ("Number of commitments by status", "status"),
        ("How many commitments are due per quarter?", "quarter"),
        ("How many commitments are due in 2024?", None),
    ],
)
def test_what_is_counted_is_read(question: str, grouping: Grouping | None):
    assert listed(question).grouping == grouping


def test_a_list_is_sorted_as_it_is_asked_for():
    assert listed("List the overdue commitments sorted by date").sorting == "due"
    assert listed("commitments sorted by team").sorting == "lead"
    assert listed("commitments").sorting == "document"


def test_a_comparison_has_a_list_for_each_side():
    asked = listed("What do the WTO council and the ILO union each say on mobility?")
    assert asked.filters == Filters(bodies=("Staff Council", ILO_BODY), words="mobility")
    assert asked.sides == (
        ("Staff Council", Filters(bodies=("Staff Council",), words="mobility")),
        (ILO_BODY, Filters(bodies=(ILO_BODY,), words="mobility")),
    )


def test_overdue_is_counted_on_the_day_that_is_named():
    asked = listed("Which commitments were overdue as of 1 July 2024?")
    assert asked.as_of == date(2024, 7, 1)
    assert listed("What is overdue?").as_of == DAY


def test_how_it_was_understood_is_said_in_words():
    asked = listed("What must policy and social security deliver by the end of Q1 2024?")
    assert asked.said == "Lead: Policy and Social Security; due: by 31 March 2024"
    assert listed("commitments").said == "All commitments"


def test_a_name_that_fits_several_teams_takes_all_of_them_and_says_so():
    asked = listed("Which commitments does HR lead?")
    assert set(asked.filters.leads) == {"HR Staffing", "HR Operations", "HRD all"}
    assert asked.note.startswith("“HR” was taken for ")
    assert asked.note.endswith("all that it fits.")


def test_what_is_no_bodys_own_name_is_said_to_be_taken_for_it():
    asked = listed("What did HR promise?")
    assert asked.filters == Filters(bodies=(WTO_BODY,))
    assert asked.note == f"“HR” was taken for “{WTO_BODY}”."


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which commitments does the Travel Unit lead?", "no commitment names “Travel Unit”"),
        ("What must the Travel Unit deliver by Q2 2024?", "no commitment names “Travel Unit”"),
        ("List the commitments of the catering team.", "no commitment names “catering team”"),
        ("Which commitments of the Stafing desk are due in 2024?", "Nearest to it: “HR Staffing”"),
        ("Which commitments stand under the theme of gardening?", "The themes there are:"),
        ("Which commitments cost more than 100,000 francs?", "“100,000 francs” was not understood"),
        ("Which commitments are not led by HR Staffing?", "was not understood"),
        ("Which commitments has OHCHR made?", "no commitment names “OHCHR”"),
        ("Which commitments are both ongoing and overdue?", "“ongoing and overdue” was not"),
        ("Which commitments have no lead?", "“no lead” was not understood"),
        ("Which commitments are due in Q2?", "Say which: “Q2 2024”."),
    ],
)
def test_a_condition_that_is_not_understood_is_never_left_out(question, said):
    assert said in remark(question)


def test_an_unknown_team_is_told_which_teams_there_are():
    said = remark("Which commitments does the Travel Unit lead?")
    assert (
        "The lead teams there are: Staff Development & Learning; Policy and Social Security" in said
    )


# follow-ups


@pytest.mark.parametrize(
    ("before", "text", "filters"),
    [
        ("What did HR promise by the end of Q1 2024?", "and by Q2?",
         Filters(bodies=(WTO_BODY,), due_to=date(2024, 6, 30))),
        ("Which commitments are due in 2024?", "and those of HR Staffing?",
         Filters(leads=(STAFFING,), due_from=date(2024, 1, 1), due_to=date(2024, 12, 31))),
        ("What does SDL lead?", "and HR Staffing?", Filters(leads=(STAFFING,))),
        ("What does SDL lead?", "what about the Staff Council?",
         Filters(bodies=("Staff Council",))),
        ("What does SDL lead?", "which of them are overdue?",
         Filters(leads=(LEARNING,), timing=("overdue",))),
        ("What does SDL lead?", "only those on mobility",
         Filters(leads=(LEARNING,), words="mobility")),
        ("What does SDL lead?", "who leads those?", Filters(leads=(LEARNING,))),
        ("What does SDL lead?", "when are they due?", Filters(leads=(LEARNING,))),
        ("What does SDL lead?", "how many per theme?", Filters(leads=(LEARNING,))),
        ("What is overdue?", "and as of 1 July 2024?", Filters(timing=("overdue",))),
        ("What is overdue?", "and what is ongoing?", Filters(timing=("ongoing",))),
    ],
)  # fmt: skip
def test_a_follow_up_refines_the_list_before_it(before, text, filters):
    assert listed(refined(before, text, VALUES, DAY)).filters == filters


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("What does SDL lead?", "How many days of annual leave do I have?"),
        ("What does SDL lead?", "Who approves telework?"),
        ("What does SDL lead?", "the second one"),
        ("What is the mobility policy?", "and by Q2?"),
    ],
)
def test_what_does_not_refine_a_list_is_left_to_the_conversation(before, text):
    assert refined(before, text, VALUES, DAY) == ""


def test_a_follow_up_about_an_unknown_team_is_told_so():
    question = refined("What does SDL lead?", "and those of the Travel Unit?", VALUES, DAY)
    assert "no commitment names “Travel Unit”" in remark(question)


@pytest.mark.parametrize(
    "question",
    [
        "What does SDL lead?",
        "What did HR promise on mobility by the end of 2024?",
        "Which commitments of HR Operations or Medical Services fall due after June 2024?",
        "Which commitments in the People Strategy are due between April and September 2024?",
        "Which commitments were overdue as of 1 July 2024?",
        "Which commitments have no date?",
        "Which commitments have not been delivered?",
        "How many commitments of the Staff Council are there per theme?",
        "Which commitments stand under “Membership, representation and training”?",
        "What do the WTO council and the ILO union each say on mobility?",
        "commitments",
    ],
)
def test_a_list_said_as_a_question_is_understood_as_the_same_list(question):
    asked = listed(question)
    again = listed(question_for(asked, held_of(VALUES)))
    assert (again.filters, again.grouping, again.as_of, again.sides) == (
        asked.filters,
        asked.grouping,
        asked.as_of,
        asked.sides,
    )


# in other languages


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("Quels engagements sont en retard ?", Filters(timing=("overdue",))),
        ("Quels engagements sont dirigés par Policy and Social Security ?",
         Filters(leads=(POLICY,))),
        ("Listez les engagements de SDL avant fin mars 2024",
         Filters(leads=(LEARNING,), due_to=date(2024, 3, 31))),
        ("Quels sont les engagements à échéance au premier trimestre 2024 ?",
         Filters(due_from=date(2024, 1, 1), due_to=date(2024, 3, 31))),
        ("Quels engagements n’ont pas encore été réalisés ?",
         Filters(statuses=("not started", "in progress"))),
        ("¿Qué compromisos están atrasados?", Filters(timing=("overdue",))),
        ("¿Cuáles son los compromisos a cargo de HR Staffing?", Filters(leads=(STAFFING,))),
        ("¿Qué compromisos no tienen fecha?", Filters(timing=("undated",))),
        ("¿Qué compromisos vencen en el primer trimestre de 2024?",
         Filters(due_from=date(2024, 1, 1), due_to=date(2024, 3, 31))),
    ],
)  # fmt: skip
def test_frequent_forms_are_read_in_french_and_spanish(question, filters):
    assert listed(question).filters == filters


@pytest.mark.parametrize(
    "question",
    ["Combien d’engagements par équipe ?", "¿Cuántos compromisos hay por equipo?"],
)
def test_teams_are_counted_in_french_and_spanish(question):
    assert listed(question).grouping == "lead"


@pytest.mark.parametrize(
    "question",
    [
        "Combien de jours de congé annuel ai-je ?",
        "Qui dirige le cadre de délégation de pouvoirs ?",
        "¿Cuántos días de vacaciones anuales tengo?",
        "¿Quién decide sobre la movilidad?",
    ],
)
def test_an_ordinary_question_in_another_language_is_none_for_the_register(question):
    assert understand_list(question, VALUES, DAY) is None
