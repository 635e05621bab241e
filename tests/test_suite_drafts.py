"""Drafts of cases from documents: what is asked, what is left out, what stays as it was."""

from contextlib import closing
from dataclasses import replace

import pytest
from reading import read

from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from corpus.errors import DocumentNotFound
from corpus.model import document_key
from evals.suites.drafts import draft_cases
from evals.suites.drafts.clauses import plain_statement
from evals.suites.drafts.figures import drafts_of_figures
from evals.suites.drafts.rows import drafts_of_rows
from evals.suites.drafts.turning import turn
from evals.suites.model import Case, Evidence, Suite
from evals.suites.places import Place, Places
from indexing.progress import SilentProgress

EMPTY = Suite("Empty", ())


def table(header, *rows) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def document(text: str, name: str = "rules.md", title: str = "Rules on gardens"):
    return read(f"# {title}\n\n## Care of trees\n\n{text}\n", name=name)


def rows_of(text: str) -> list[tuple[str, str]]:
    return [(one.question, one.fact) for one in drafts_of_rows(document(text))]


def questions(drafted) -> list[str]:
    return [case.question for case in drafted.cases]


# a sentence turned round


@pytest.mark.parametrize(
    ("sentence", "question", "fact"),
    [
        (
            "The gardener may keep a tool for up to ten days.",
            "For how many days may the gardener keep a tool?",
            "ten days",
        ),
        (
            "A tree is watered at least 12 calendar days before the first frost.",
            "At least how many calendar days before the first frost is a tree watered?",
            "12 calendar days",
        ),
        (
            "The office decides within two weeks of the request and informs the owner.",
            "Within how many weeks of the request does the office decide?",
            "two weeks",
        ),
        (
            "The committee has seven elected members.",
            "How many elected members does the committee have?",
            "seven elected members",
        ),
        (
            "Owners pay 25 per cent of the costs.",
            "What percentage of the costs do owners pay?",
            "25 per cent",
        ),
        (
            "The lease is 99 years.",
            "How long is the lease?",
            "99 years",
        ),
        (
            "The Parks Unit publishes the list by 1 March of each year.",
            "By when does the Parks Unit publish the list?",
            "1 March",
        ),
        (
            "The season runs from 1 April to 30 September.",
            "From when to when does the season run?",
            "1 April to 30 September",
        ),
        (
            "Where a fence is broken, the owner repairs it within three days of the report.",
            "Where a fence is broken, within how many days of the report does the owner repair it?",
            "three days",
        ),
        (
            "If no rent has been paid for six months, the plot is given to somebody else.",
            "What happens if no rent has been paid for six months?",
            "the plot is given to somebody else",
        ),
        (
            "A fee of USD 1,400 for each plot is charged for water.",
            "How much is the fee for each plot that is charged for water?",
            "USD 1,400",
        ),
        (
            "Two visitors are admitted to each plot.",
            "How many visitors are admitted to each plot?",
            "Two visitors",
        ),
        (
            "A tree may be felled only if it is more than 30 years old.",
            "Under which conditions may a tree be felled?",
            "it is more than 30 years old",
        ),
        (
            "A plot of more than 12 hours a week of work requires the consent of the committee.",
            "What does a plot of more than 12 hours a week of work require?",
            "the consent of the committee",
        ),
        (
            "“Season” means the time from 1 April to 30 September.",
            "What does “Season” mean?",
            "the time from 1 April to 30 September",
        ),
        ("There are four gates to the garden.", "How many gates are there to the garden?", None),
        (
            "Return the key within five days of the end of the lease.",
            "Within how many days of the end of the lease must you return the key?",
            "five days",
        ),
        (
            "You'll get a key within two days.",
            "Within how many days will you get a key?",
            "two days",
        ),
        (
            "A member who has paid for three years may vote.",
            "Which member may vote?",
            "has paid for three years",
        ),
        (
            "Plots are not let for 12 months after a flood.",
            "For how many months after a flood are plots not let?",
            "12 months",
        ),
    ],
)
def test_a_sentence_with_a_figure_is_turned_into_the_question_it_answers(sentence, question, fact):
    turned = turn(plain_statement(sentence))
    assert turned is not None
    assert turned.question == question
    assert fact is None or turned.fact == fact


@pytest.mark.parametrize(
    "sentence",
    [
        "The gardener rests under clause 4.2.",
        "This takes three days.",
        "It is kept for two years.",
        "The office may extend this by 60 days.",
        "The lease ends at the age of 25.",
        "The 12 week period still begins in spring.",
        "The gardener does not dig for more than 30 days.",
        "Trees, shrubs and hedges, cut back in 2019.",
        "The Secretariat Strategy 2030 is underway.",
        "The office also awarded contracts to two firms.",
        "The price ranged from 98 francs to 55 francs.",
    ],
)
def test_no_question_is_made_where_it_would_not_stand_alone_or_not_be_answered(sentence):
    assert turn(plain_statement(sentence)) is None


def test_it_is_what_the_sentence_before_is_about_if_that_is_a_thing():
    thing = document("The Parks Unit owns the land. It answers within five days.")
    (draft,) = drafts_of_figures(thing)
    assert "does the Parks Unit answer" in draft.question
    person = document("The gardener owns the tools. It is cleaned within five days.")
    (draft,) = drafts_of_figures(person)
    assert "the tools" not in draft.question


def test_a_question_says_what_its_document_or_section_is_about():
    text = "The office decides within five days of the request."
    (draft,) = drafts_of_figures(document(text, title="Policy on gardens"))
    assert draft.question.startswith("Under the policy on gardens, within how many days")
    (draft,) = drafts_of_figures(document(text, title="Everything you need"))
    assert draft.question.startswith("Care of trees: within how many days")
    about = "A request on gardens is decided within five days of its receipt."
    (draft,) = drafts_of_figures(document(about, title="Policy on gardens"))
    assert draft.question.startswith("Within how many days")


# rows


def test_each_row_asks_for_one_column_and_the_next_row_for_the_next():
    text = table(
        ["Kind of tree", "Days between waterings", "Number of feedings allowed", "Who decides"],
        ["Oak", "20", "2", "The forester"],
        ["Willow", "5", "3", "The gardener"],
        ["Palm", "N/A", "no", "The committee"],
    )
    assert [
        (asked.partition("Under the rules on gardens, ")[2], fact) for asked, fact in rows_of(text)
    ] == [
        ("how many days between waterings are there for the kind of tree “Oak”?", "20"),
        ("how many feedings are allowed for the kind of tree “Willow”?", "3"),
        ("who decides on “Palm”?", "The committee"),
    ]


@pytest.mark.parametrize(
    ("header", "question"),
    [
        ("Description", "what is the tool “Rake”?"),
        ("Used for", "what is the tool “Rake” for?"),
        ("Meaning", "what does “Rake” mean?"),
        ("Tools to borrow", "what are the tools to borrow for the tool “Rake”?"),
        ("Weeks on loan", "how many weeks on loan are there for the tool “Rake”?"),
    ],
)
def test_the_form_of_a_header_makes_the_question(header, question):
    ((asked, fact),) = rows_of(table(["Tool", header], ["Rake", "three of a kind"]))
    assert asked.partition("Under the rules on gardens, ")[2] == question
    assert fact == "three of a kind"


def test_a_row_without_a_name_or_a_value_asks_nothing():
    text = table(["Tree", "Height"], ["", "3 m"], ["Oak", "N/A"], ["Total", "40 m"], ["12", "30 m"])
    assert [one.question for one in drafts_of_rows(document(text))] == ["", "", "", ""]


def test_rows_about_the_same_are_told_apart_by_the_next_cell():
    merged = """<html><body><h1>Rules on gardens</h1><h2>Care</h2><table>
    <tr><th>Tree</th><th>Season</th><th>Litres of water</th></tr>
    <tr><td rowspan="2">Oak</td><td>Spring</td><td>30</td></tr>
    <tr><td>Summer</td><td>60</td></tr>
    <tr><td>Palm</td><td>Summer</td><td>5</td></tr></table></body></html>"""
    empty = table(["Tree", "Season", "Litres of water"], ["Oak", "Spring", "30"])
    empty += "\n|  | Summer | 60 |\n| Palm | Summer | 5 |"
    for read_ in (read(merged, name="rules.html"), document(empty)):
        asked = [(one.question, one.fact) for one in drafts_of_rows(read_)]
        assert "the tree “Oak” and the season “Spring”" in asked[0][0]
        assert "the tree “Oak” and the season “Summer”" in asked[1][0]
        assert [fact for _, fact in asked[:2]] == ["30", "60"]
        assert "season" not in asked[2][0].partition("“Palm”")[2]


def test_what_cannot_be_told_apart_is_left_out():
    text = table(["Tree", "Litres of water"], ["Oak", "30"], ["Oak", "60"])
    assert [question for question, _ in rows_of(text)] == ["", ""]


def test_a_row_of_a_plan_asks_who_and_by_when():
    text = table(
        ["Objective", "Activities", "Lead", "Timeframe"],
        ["Plant oaks", "Dig holes.", "Forestry", "Q1 2027"],
        ["Feed birds", "Hang feeders.", "Care", "Q2 2027"],
    )
    assert [(question.partition(", ")[2], fact) for question, fact in rows_of(text)] == [
        ("who is responsible for “Plant oaks”?", "Forestry"),
        ("what is the time frame for “Feed birds”?", "Q2 2027"),
    ]


# drafts of an index


def test_every_draft_is_a_draft_with_its_place_found_and_pinned(small_assistant):
    shelf = small_assistant.shelf()
    drafted = draft_cases(EMPTY, shelf)
    assert drafted.by_kind["table row"] >= 4
    assert drafted.by_kind["figure"] >= 2
    places = Places(shelf)
    for case in drafted.cases:
        assert case.state == "draft"
        assert not case.counts
        (evidence,) = case.evidence
        assert evidence.quote
        assert evidence.version
        assert len(evidence.sha256) == 64
        assert isinstance(places.find(evidence), Place)
        assert case.must_say[0] in evidence.quote
    assert len({case.id for case in drafted.cases}) == len(drafted.cases)


def test_only_versions_in_force_are_drafted_from(small_assistant):
    drafted = draft_cases(EMPTY, small_assistant.shelf(), documents=("telework",))
    assert [case.must_say for case in drafted.cases] == [("three days",)]
    assert drafted.cases[0].evidence[0].version == "2"


def test_documents_for_others_and_in_other_languages_give_no_draft(shelved):
    drafted = draft_cases(EMPTY, shelved.shelf())
    of = {case.evidence[0].document for case in drafted.cases}
    assert "bicycles" in of
    assert not of & {"managers", "velo"}
    assert drafted.left_out["the document is not in English"] == 1 or "velo" not in of


def test_a_document_is_named_by_id_or_title_and_one_that_is_not_there_is_an_error(small_assistant):
    shelf = small_assistant.shelf()
    by_title = draft_cases(EMPTY, shelf, documents=("Policy on telework",))
    assert by_title == draft_cases(EMPTY, shelf, documents=("telework",))
    with pytest.raises(DocumentNotFound):
        draft_cases(EMPTY, shelf, documents=("parental-leave",))


def test_drafts_that_are_there_stay_whatever_became_of_them(small_assistant):
    shelf = small_assistant.shelf()
    first = draft_cases(EMPTY, shelf)
    reviewed = replace(first.cases[0], state="reviewed", question="Rewritten by a person?")
    suite = replace(EMPTY, cases=(reviewed, *first.cases[1:-1]))
    again = draft_cases(suite, shelf)
    assert again.cases == first.cases[-1:]
    assert again.known == len(first.cases) - 1
    assert again.added_to(suite).cases == (*suite.cases, first.cases[-1])


def test_what_a_case_quotes_or_asks_already_is_not_drafted(small_assistant):
    shelf = small_assistant.shelf()
    one, two, *_ = draft_cases(EMPTY, shelf).cases
    mine = Case("mine", "Mine?", must_say=one.must_say, evidence=one.evidence)
    same = Case("same", two.question.upper(), must_say=("anything",))
    again = draft_cases(replace(EMPTY, cases=(mine, same)), shelf)
    assert not {one.id, two.id} & {case.id for case in again.cases}
    assert again.left_out["a case of the suite quotes it already"] == 1
    assert again.left_out["the suite asks it already"] == 1


def test_a_limit_takes_from_all_documents_in_turn(assistant):
    shelf = assistant.shelf()
    drafted = draft_cases(EMPTY, shelf, ("figures",), most=12)
    assert len({case.evidence[0].document for case in drafted.cases}) == 12
    every = draft_cases(EMPTY, shelf, ("figures",))
    assert drafted.left_out["more than were wanted"] == len(every.cases) - 12
    assert set(drafted.cases) < set(every.cases)


def test_no_two_drafts_ask_the_same(assistant):
    drafted = draft_cases(EMPTY, assistant.shelf())
    asked = [one.casefold() for one in questions(drafted)]
    assert len(asked) == len(set(asked)) > 200


def test_words_that_stand_twice_are_drafted_once(tmp_path):
    corpus = tmp_path / "documents"
    corpus.mkdir()
    said = "The office decides within five days of the request.\n\n"
    text = f"# Everything\n\n## Care of trees\n\n{said}## Care of hedges\n\n{said}"
    (corpus / "gardens.md").write_text(text, "utf-8")
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    with closing(build_assistant(settings)) as assistant:
        drafted = draft_cases(EMPTY, assistant.shelf())
    assert len(drafted.cases) == 1
    assert drafted.left_out == {"one question would have several answers": 1}


def test_the_key_of_a_draft_outlives_a_new_version_with_the_same_words(small_assistant):
    shelf = small_assistant.shelf()
    read_ = shelf.index.document(document_key("telework", "2"))
    later = replace(read_, metadata=replace(read_.metadata, version="3"))
    (one,), (two,) = (list(drafts_of_figures(each)) for each in (read_, later))
    assert one.case(one.question).id == two.case(two.question).id
    assert one.case("?").evidence[0] == Evidence(
        "telework",
        "1. Days of telework",
        "A staff member may telework on up to three days in each week.",
    )
