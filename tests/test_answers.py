"""The real documents, asked: what a careful colleague would say, and nothing more."""

from __future__ import annotations

import re

import pytest
from questions import ANSWERED, EVERY, UNANSWERED, WTO, ask_own, quotes_of

from assistant.llama_index import CharterRetriever
from assistant.reply import Answer, ClosestPassages, NoAnswer
from assistant.writing.wire import reply_to_dict
from corpus.normalise import normalise


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


def test_an_item_comes_with_the_items_below_it(tmp_path):
    text = "# Permits\n\n1. Apply for a permit with\n   - form P-7\n   - a photo\n2. Wait a week\n"
    reply = ask_own(tmp_path, {"permits.md": text}, "How do I apply for a permit?")
    assert {"form P-7", "a photo"} <= set(quotes_of(reply).splitlines())
