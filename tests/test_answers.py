"""The real documents, asked: what a careful colleague would say, and nothing more."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.catalogue import Catalogue
from assistant.llama_index import CharterRetriever
from assistant.quotable import whole_group
from assistant.reply import Answer, ClosestPassages, NoAnswer, Reply
from assistant.settings import Settings, load_settings
from assistant.understand import check_question
from assistant.wire import reply_to_dict, reply_to_json
from assistant.wiring import build_assistant, index_corpus
from assistant.write import Writer
from corpus.errors import IndexDamaged, IndexMissing, QuestionError
from corpus.normalise import normalise
from indexing.progress import SilentProgress

DAY = date(2026, 11, 22)
WTO = "wto-people-strategy-2024-2027"
ILO = "ilo-staff-union-programme-2023"


@dataclass(frozen=True)
class Case:
    """A question with what its answer quotes, in this order."""

    question: str
    document: str
    quotes: tuple[str, ...]


ANSWERED = [
    # rows of the workplan's tables
    Case(
        "Who leads the HR Delegations of Authority Framework, and by when?",
        WTO,
        (
            "Develop an HR Delegations of Authority Framework",
            "Policy and Social Security",
            "Q1, 2024",
        ),
    ),
    Case(
        "When will the 360-degree appraisal of Directors be introduced?",
        WTO,
        ("Introduce 360-degree appraisal of Directors", "Q1, 2024"),
    ),
    Case(
        "Which team is responsible for the HR standard operating procedures?",
        WTO,
        ("HR Operations", "2024"),
    ),
    Case("By when will the compendium of HR policies be ready?", WTO, ("Q2, 2024",)),
    Case(
        "Who leads work on the mental health strategy?",
        WTO,
        ("Medical Services", "Develop Mental Health Strategy"),
    ),
    # whole lists
    Case(
        "What are the strategic priorities of the Staff Council?",
        WTO,
        (
            "Promote a culture of shared values",
            "Assist individual staff members",
            "Continue to promote staff participation",
            "Contribute to the transformation",
            "Work to ensure that WTO salaries",
            "Work with colleagues in the Pension Fund",
            "Work with Human Resources",
            "Work closely with the Administration",
            "Formulate proposals",
            "Support the Administration's effort",
            "Contribute, through participation in the Staff Support Network",
        ),
    ),
    Case(
        "What are the eight strategic directions for people management?",
        WTO,
        (
            "Establishing effective",
            "Skilling and promoting",
            "Leveraging data",
            "Designing and upholding",
            "Ensuring that benefits",
            "Positioning the Secretariat",
            "Ensuring the wellbeing",
            "Strengthening the Secretariat",
        ),
    ),
    Case(
        "What are the plans for comprehensive social protection?",
        ILO,
        ("Ensure the application of the Health Fund", "Continue discussions", "Increase staff"),
    ),
    Case(
        "What will the ILO Staff Union do on membership, representation and training?",
        ILO,
        (
            "Work towards union representation",
            "Provide monthly information sessions",
            "Mobilise at union events",
            "Engage and mobilise the Trainees",
            "Maintain and strengthen links with the Alumni",
        ),
    ),
    # single sentences and items
    Case("How many members does the Staff Council have?", WTO, ("composed of 15 staff members",)),
    Case("What are the plans for Phase II of Workday?", WTO, ("Phase II of Workday",)),
    Case(
        "What is the role of the Medical Insurance Management Committee?",
        WTO,
        ("Medical Insurance Management Committee (MIMC)",),
    ),
    Case(
        "How many regional meetings will the union organise, and where?",
        ILO,
        ("two regional meetings in Asia and Europe & Arab States",),
    ),
    Case(
        "Who does the union work with for the inclusion of LGBTIQ+ colleagues?",
        ILO,
        ("UNGLOBE coordinators",),
    ),
    Case("What training is provided to trade union representatives?", ILO, ("bi-annual training",)),
    Case("What does the union say about disability inclusion?", ILO, ("disability inclusion",)),
    Case(
        "What does the union do about the mobility policy?", ILO, ("mobility and contract policy",)
    ),
]
UNANSWERED = [
    # not in the documents
    "How many days of paternity leave do WTO staff get?",
    "What is the salary scale for grade P-4 at the WTO?",
    "What is the annual membership fee of the Staff Union?",
    "Does the union have a strike fund?",
    "Can I take a sabbatical?",
    "May I bring my dog to the office?",
    "What is the capital of France?",
    # a wrong premise: another year, another body, an event that never was
    "What must HR Staffing deliver by Q3 2026?",
    "Who leads the HR Delegations of Authority Framework in 2026?",
    "What does the ILO union say about the Workday system?",
    "Why did the Secretariat abolish the Staff Council in 2025?",
    "When does the ILO move its headquarters to Lyon?",
    # another body's matter, in either case, and another version
    "What does the ILO say about the delegations of authority framework?",
    "what does the ilo say about the delegations of authority framework?",
]
CONTRADICTED = "How many unused days of annual leave can I carry over?"
EVERY = [*(case.question for case in ANSWERED), *UNANSWERED, CONTRADICTED]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Iterator[Assistant]:
    index_corpus(settings, SilentProgress())
    built = replace(build_assistant(settings), today=lambda: DAY)
    yield built
    built.close()


def quotes_of(reply: Reply) -> str:
    assert isinstance(reply, Answer)
    return "\n".join(citation.quote for citation in reply.citations)


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.question)
def test_a_question_that_a_document_answers_is_answered_in_its_words(assistant, case):
    reply = assistant.ask(case.question)
    assert isinstance(reply, Answer), reply.text
    assert case.document in {citation.document for citation in reply.citations}
    text = normalise(quotes_of(reply))
    places = [text.find(quote) for quote in case.quotes]
    assert -1 not in places, (case.quotes, text)
    assert places == sorted(places)


@pytest.mark.parametrize("question", UNANSWERED)
def test_a_question_that_no_document_answers_is_not_answered(assistant, question):
    reply = assistant.ask(question)
    assert isinstance(reply, ClosestPassages | NoAnswer), reply.text
    assert reply.contact in reply.text


def test_a_question_far_from_every_document_shows_no_passage_at_all(assistant):
    reply = assistant.ask("What is the capital of France?")
    assert isinstance(reply, NoAnswer)
    assert reply_to_dict(reply)["citations"] == []


@pytest.mark.parametrize("question", EVERY)
def test_every_quote_stands_word_for_word_at_its_place_and_in_the_original(
    assistant, settings, question
):
    for citation in getattr(assistant.ask(question), "citations", ()):
        document, _ = assistant.document(citation.document, citation.version)
        assert document.text[citation.start : citation.end] == citation.quote
        original = (settings.corpus / document.path).read_text("utf-8")
        for place in range(citation.start, citation.end):
            source = document.origin.source_of(place)
            if source is not None and not original[source].isspace():
                assert normalise(original[source]) == normalise(document.text[place])


@pytest.mark.parametrize("question", EVERY)
def test_all_that_is_said_is_quoted_and_every_number_leads_to_a_citation(assistant, question):
    reply = assistant.ask(question)
    if isinstance(reply, NoAnswer):
        return
    numbers = [citation.number for citation in reply.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    lines = [line for excerpt in reply.excerpts for line in excerpt.lines]
    assert [line.citation for line in lines] == numbers
    for line, citation in zip(lines, reply.citations, strict=True):
        said = [cell for _, cell in line.cells] or [line.text]
        assert all(normalise(words) in normalise(citation.quote) for words in said)
    assert set(map(int, re.findall(r"\[(\d+)\]$", reply.text, re.MULTILINE))) == set(numbers)


def test_a_question_about_one_row_does_not_get_its_neighbours(assistant):
    reply = assistant.ask("How often is home leave at a class D duty station?")
    assert isinstance(reply, Answer)
    (row,) = [line for excerpt in reply.excerpts for line in excerpt.lines]
    assert row.cells[0] == ("Class of duty station", "D")


def test_a_lead_in_never_stands_without_its_list(assistant):
    reply = assistant.ask("Which disciplinary measures exist?")
    quotes = quotes_of(reply).splitlines()
    assert quotes[0].endswith(":")
    assert len(quotes) == 8


def test_a_llama_index_program_retrieves_what_charter_retrieves(assistant):
    question = "Who leads the HR Delegations of Authority Framework?"
    nodes = CharterRetriever(assistant, limit=3).retrieve(question)
    hits = assistant.search(question, limit=3)
    assert [node.text for node in nodes] == [hit.passage.text for hit in hits]
    assert "Policy and Social Security" in nodes[0].text
    assert nodes[0].metadata["document"] == WTO
    assert "telework@1" not in {
        f"{node.metadata['document']}@{node.metadata['version']}"
        for node in CharterRetriever(assistant, limit=50).retrieve("telework")
    }


def test_a_question_for_what_is_not_so_gets_what_is_not_so(assistant):
    reply = assistant.ask("What expenses are not admissible for the education grant?")
    assert "are not admissible:" in quotes_of(reply).splitlines()[0]


def test_a_question_that_names_a_body_is_answered_from_its_document(assistant):
    reply = assistant.ask("What does the WTO people strategy say about mobility?")
    assert isinstance(reply, Answer)
    assert {citation.document for citation in reply.citations} == {WTO}
    assert "mobility" in quotes_of(reply)


def ask_own(tmp_path: Path, files: dict[str, str], question: str, **asked: date) -> Reply:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / name).write_text(text, "utf-8")
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    assistant = replace(build_assistant(settings), today=lambda: DAY)
    try:
        return assistant.ask(question, **asked)
    finally:
        assistant.close()


def test_an_item_comes_with_the_items_below_it(tmp_path):
    text = "# Permits\n\n1. Apply for a permit with\n   - form P-7\n   - a photo\n2. Wait a week\n"
    reply = ask_own(tmp_path, {"permits.md": text}, "How do I apply for a permit?")
    assert {"form P-7", "a photo"} <= set(quotes_of(reply).splitlines())


# promise 3


def test_a_missing_index_is_an_error_and_no_refusal(tmp_path):
    with pytest.raises(IndexMissing, match="charter index"):
        build_assistant(load_settings(home=tmp_path)).ask("Who leads?")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, "half \ud800 a letter", "nul \0"])
def test_a_question_that_cannot_be_taken_is_an_error(assistant, text):
    with pytest.raises(QuestionError):
        assistant.ask(text)


def test_four_thousand_characters_are_a_question(assistant):
    assert assistant.ask("Who leads? " + "x" * 3989).id


# promise 5


def test_the_version_in_force_on_the_day_answers(assistant):
    question = "How many days a week may I telework?"
    now, then = assistant.ask(question), assistant.ask(question, as_of=date(2023, 6, 1))
    assert {citation.version for citation in now.citations} == {"2"}
    assert "three days a week" in now.text
    assert {citation.version for citation in then.citations} == {"1"}
    assert "two days" in then.text
    assert all("Superseded by version 2" in citation.marks for citation in then.citations)


def test_a_version_to_come_is_shown_as_that_and_never_answers(assistant):
    question = "What is the standard assignment at a class E duty station?"
    reply = assistant.ask(question)
    assert isinstance(reply, ClosestPassages)
    assert "No document in force on 22 November 2026" in reply.text
    assert all(
        "Not yet in force: from 1 July 2027" in citation.marks for citation in reply.citations
    )
    assert isinstance(assistant.ask(question, as_of=date(2027, 7, 1)), Answer)


def test_a_document_to_come_is_mentioned_and_does_not_silence_one_in_force(tmp_path):
    files = {
        "now.md": "---\nid: now\ntitle: Parking policy\neffective_from: 2020-01-01\n---\n"
        "# Parking policy\n\nA parking permit costs 20 francs a month.\n",
        "later.md": "---\nid: later\ntitle: What a parking permit costs\n"
        "effective_from: 2090-01-01\n---\n# What a parking permit costs\n\n"
        "A parking permit costs 90 francs a month.\n",
    }
    reply = ask_own(tmp_path, files, "What does a parking permit cost?")
    assert isinstance(reply, Answer)
    assert {citation.document for citation in reply.citations} == {"now"}
    assert "“What a parking permit costs”, version 1, speaks of this as well" in reply.remark
    assert "90 francs" not in reply.text


def test_a_version_marked_superseded_answers_for_the_days_before_its_successor(tmp_path):
    head = (
        "---\nid: parking\ntitle: Parking\nversion: '{}'\neffective_from: {}\n{}---\n# Parking\n\n"
    )
    files = {
        "1.md": head.format(1, "2020-01-01", "status: superseded\n")
        + "A parking permit costs 20 francs a month.\n",
        "2.md": head.format(2, "2024-01-01", "") + "A parking permit costs 30 francs a month.\n",
    }
    question = "What does a parking permit cost?"
    reply = ask_own(tmp_path, files, question, as_of=date(2022, 6, 1))
    assert isinstance(reply, Answer)
    assert "20 francs" in reply.text
    assert "30 francs" not in reply.text


def test_documents_that_contradict_each_other_stand_side_by_side(assistant):
    reply = assistant.ask(CONTRADICTED)
    assert isinstance(reply, Answer)
    assert {"annual-leave", "home-leave"} <= {citation.document for citation in reply.citations}
    assert "60 working days" in reply.text
    assert "45 working days" in reply.text
    assert reply.remark.startswith("The documents differ on this: “Policy on ")
    assert reply.remark.count("in force from") == 2
    assert reply.remark.count("owner: Human Resources Division") == 2


def test_documents_that_agree_are_not_said_to_differ(assistant):
    assert all(
        not getattr(assistant.ask(case.question), "remark", "").startswith("The documents differ")
        for case in ANSWERED
    )


def test_every_citation_of_a_sample_says_so(assistant):
    citations = [
        citation
        for question in [*EVERY, "Who approves telework from another country?"]
        for citation in getattr(assistant.ask(question), "citations", ())
    ]
    samples = [citation for citation in citations if citation.document not in {WTO, ILO}]
    assert samples
    assert all(citation.status == "sample" for citation in samples)
    assert all(citation.marks[0] == "Sample policy" for citation in samples)
    assert all("Sample policy" not in one.marks for one in citations if one not in samples)


# promise 8


def test_the_same_question_to_an_equal_index_gives_the_same_bytes(assistant, settings, tmp_path):
    twin_settings = load_settings(home=tmp_path, corpus=settings.corpus)
    index_corpus(twin_settings, SilentProgress())
    twin = replace(build_assistant(twin_settings), today=lambda: DAY)
    for question in EVERY:
        assert reply_to_json(twin.ask(question)) == reply_to_json(assistant.ask(question))
    twin.close()


def test_a_receipt_replays_to_the_same_bytes(assistant):
    reply = assistant.ask(ANSWERED[0].question, conversation_id="c-7")
    receipt = assistant.receipt(reply.id)
    assert receipt.reply == reply_to_json(reply)
    assert receipt.question.text == ANSWERED[0].question
    later = replace(assistant, today=lambda: date(2031, 1, 1))
    assert later.replay(reply.id).same


def test_a_replay_says_why_it_differs(tmp_path):
    corpus = tmp_path / "documents"
    corpus.mkdir()
    policy: Path = corpus / "parking.md"
    policy.write_text("# Parking\n\nA permit for the garage costs 40 francs a month.\n")
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    assistant = replace(build_assistant(settings), today=lambda: DAY)
    reply = assistant.ask("What does a permit for the garage cost?")
    assert isinstance(reply, Answer)
    policy.write_text("# Parking\n\nA permit for the garage costs 50 francs a month.\n")
    index_corpus(settings, SilentProgress())
    replay = assistant.replay(reply.id)
    assert (replay.same, replay.reason) == (False, "The documents were indexed anew since.")
    assert "50 francs" in replay.reply
    assistant.close()


def test_another_index_or_another_setting_is_another_answer(assistant, settings, tmp_path):
    question = ANSWERED[0].question
    cautious = settings.model_copy(update={"answer_threshold": 0.6})
    other_settings = replace(build_assistant(cautious), today=lambda: DAY)
    other_index = ask_own(tmp_path, {"parking.md": "# Parking\n\nNo cars.\n"}, question)
    ids = {assistant.ask(question).id, other_settings.ask(question).id, other_index.id}
    assert len(ids) == 3
    other_settings.close()


def test_another_conversation_or_day_is_another_answer(assistant):
    question = ANSWERED[0].question
    ids = {
        assistant.ask(question).id,
        assistant.ask(question, conversation_id="c-1").id,
        assistant.ask(question, as_of=date(2025, 1, 1)).id,
    }
    assert len(ids) == 3
    assert assistant.ask(question, conversation_id="c-1").conversation_id == "c-1"


# promise 1, where the index itself is at fault


def test_a_quote_that_does_not_hold_is_left_out_and_none_at_all_is_an_error(assistant):
    index = assistant.live.current()
    document, _ = assistant.document("telework")
    true = whole_group(document, next(i for i, b in enumerate(document.blocks) if b.group))[0]
    false = replace(true, text="A staff member may telework on all days.")
    question = check_question("May I?", as_of=DAY, today=DAY)
    writer = Writer(index, Catalogue(index.catalogue), "", "")
    assert [one.quote for one in writer.quote([false, true], question).citations] == [true.text]
    with pytest.raises(IndexDamaged, match="charter index"):
        writer.quote([false], question)


# promise 10


@pytest.mark.slow
def test_an_answer_needs_no_language_model_and_no_network(settings, assistant):
    assistant.ask(ANSWERED[0].question)  # the index is there
    program = """
import sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise RuntimeError(event)

sys.addaudithook(refuse)
from assistant.settings import load_settings
from assistant.wiring import build_assistant
reply = build_assistant(load_settings(home=sys.argv[1])).ask(sys.argv[2])
models = {"torch", "transformers", "sentence_transformers", "openai", "llama_index.core"}
print(type(reply).__name__, sorted(models & set(sys.modules)))
"""
    done = subprocess.run(  # noqa: S603  the arguments are the test's own
        [sys.executable, "-c", program, str(settings.home), ANSWERED[0].question],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "Answer []\n"
