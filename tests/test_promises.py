"""Three outcomes, the right version, the same twice, no model: promises of every answer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from questions import ANSWERED, CONTRADICTED, DAY, EVERY, ILO, WTO, ask_own

from assistant.library.catalogue import Catalogue
from assistant.question.understand import check_question
from assistant.reply import Answer, ClosestPassages
from assistant.selection.quotable import whole_group
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from assistant.writing.wire import reply_to_json
from assistant.writing.write import Writer
from corpus.errors import IndexDamaged, IndexMissing, QuestionError
from indexing.progress import SilentProgress

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


def test_a_superseded_version_does_not_stand_before_passages_in_force_that_say_as_much(assistant):
    reply = assistant.ask("Are short-term staff allowed remote telework?")
    assert "may not telework" not in reply.text
    assert {citation.version for citation in reply.citations} == {"2"}


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


@pytest.mark.slow
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
    assert not replay.same
    assert replay.reason.startswith("The documents changed since")
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
