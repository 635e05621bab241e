"""Conversations over the shipped documents: what is understood, quoted, kept and never shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from questions import DAY, ILO, WTO

from assistant.ask import Assistant
from assistant.reply import Answer, ClosestPassages, NoAnswer, Reply
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from assistant.writing.wire import reply_to_dict, reply_to_json
from corpus.errors import RecordNotFound
from indexing.progress import SilentProgress

CARRY = "How many days of annual leave may be carried over under a fixed-term appointment?"
UNUSED = "How many unused days of annual leave can I carry over?"  # two documents, two amounts
HR = frozenset(("hr",))


def talk(assistant: Assistant, *questions: str) -> list[Reply]:
    """Ask each question from the reply before it."""
    replies: list[Reply] = []
    for question in questions:
        last = replies[-1].conversation_id if replies else None
        replies.append(assistant.ask(question, conversation_id=last))
    return replies


def documents(reply: Reply) -> set[str]:
    return {one.document for one in getattr(reply, "citations", ())}


# what leans is understood, and answered from where it belongs


@pytest.mark.parametrize(
    ("questions", "understood", "document", "quote"),
    [
        ((CARRY, "and for short-term staff?"),
         "How many days of annual leave may be carried over for short-term staff?",
         "annual-leave", "on a short-term appointment may carry over"),
        (("Who leads work on the mental health strategy?", "and by when?"),
         "Work on the mental health strategy: by when?", WTO, "Mental Health Strategy"),
        (("Who leads the HR Delegations of Authority Framework?", "by when?"),
         "The HR Delegations of Authority Framework: by when?", WTO, "Q1, 2024"),
        (("By when will the compendium of HR policies be ready?", "who leads that?"),
         "Who leads the compendium of HR policies ready?", WTO, "compendium of HR policies"),
        ((UNUSED, "and the other document?"),
         f"{UNUSED} (in “Policy on home leave”)", "home-leave", "45 working days"),
        (("How many days of annual leave can I carry over?", "what about sick leave?"),
         "How many days of sick leave can I carry over?", "sick-leave", "sick leave"),
        (("What are the eight strategic directions for people management?", "the third one"),
         "More about “Leveraging data driven HR decision-making and process optimization”",
         WTO, "data driven"),
        (("What are the strategic priorities of the Staff Council?", "tell me more about the first",
          "and the second one?"),
         ("More about “Assist individual staff members on a confidential basis, including through "
          "legal assistance in internal and external”"), WTO, "Assist individual staff members"),
        (("What does the WTO say about mobility?", "no, the other body"),
         ("What does the ILO say about mobility? (not in “WTO Secretariat People Strategy "
          "2024–2027”)"), ILO, "mobility"),
        (("What does the union do about the mobility policy?", "What is telework?",
          "who approves it from another country?"),
         "Who approves telework from another country?", "telework", "Director of Human Resources"),
        (("Who approves telework from another country?", "for how long?"),
         "Telework from another country: for how long?", "telework", "another country"),
        (("Who approves duty travel?", "thanks", "does it cover private time?"),
         "Does duty travel cover private time?", "duty-travel", "private part"),
        (("What training is provided to trade union representatives?",
          "what else does that section say?"),
         ("What else does “Membership, representation and training” say? (in “ILO Staff Union "
          "Programme and Strategy for the Year 2023”)"), ILO, "representation"),
    ],
    ids=lambda given: given[-1] if isinstance(given, tuple) else "",
)  # fmt: skip
def test_a_follow_up_is_understood_and_answered_from_where_it_belongs(
    assistant: Assistant, questions: tuple[str, ...], understood: str, document: str, quote: str
) -> None:
    last = talk(assistant, *questions)[-1]
    assert last.question.understood == understood
    assert isinstance(last, Answer)
    assert document in documents(last)
    assert any(quote in one.quote for one in last.citations)


def test_a_follow_up_in_another_language_leans_as_well(assistant: Assistant) -> None:
    last = talk(assistant, "Who decides on the education grant?", "et pour les consultants ?")[-1]
    assert last.question.understood == "Who decides on the education grant, pour les consultants?"
    assert isinstance(last, ClosestPassages)  # the policy says nothing of them
    assert "“consultants”" in last.remark


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (CARRY, "What is the class of travel for Directors?"),
        (CARRY, "Who approves telework from another country?"),
        (
            "Who leads work on the mental health strategy?",
            "How many members does the Council have?",
        ),
        (UNUSED, "telework from another country"),
        (UNUSED, "And how many days a week may I telework?"),
        ("What is telework?", "What is the capital of France?"),
    ],
)
def test_a_question_that_stands_alone_is_answered_as_if_nothing_was_asked_before(
    assistant: Assistant, first: str, then: str
) -> None:
    alone, within = assistant.ask(then), talk(assistant, first, then)[-1]
    assert within.question.understood == ""
    assert reply_to_dict(within) | {"id": "", "conversation_id": ""} == (
        reply_to_dict(alone) | {"id": "", "conversation_id": ""}
    )


def test_a_wrong_year_is_corrected_and_not_answered_from_another(assistant: Assistant) -> None:
    first, then = talk(
        assistant, "When will the 360-degree appraisal of Directors be introduced?", "I meant 2025"
    )
    assert isinstance(first, Answer)
    assert "in 2025?" in then.question.understood
    assert not isinstance(then, Answer)


def test_a_day_is_carried_until_another_is_named(assistant: Assistant) -> None:
    first = assistant.ask("How many days a week may I telework?", as_of=date(2023, 6, 1))
    go_on = first.conversation_id
    carried = assistant.ask("and for supervisors?", conversation_id=go_on)
    assert carried.question.as_of == date(2023, 6, 1)
    assert carried.question.understood.endswith("(with the rules in force on 1 June 2023)")
    assert {one.version for one in carried.citations} == {"1"}
    now = assistant.ask("and for supervisors?", conversation_id=go_on, as_of=DAY)
    assert now.question.as_of == DAY
    assert {one.version for one in now.citations if one.document == "telework"} == {"2"}


# the same twice


def test_a_conversation_gives_the_same_bytes_wherever_it_is_held(
    assistant: Assistant, settings, tmp_path: Path
) -> None:
    without = shutil.ignore_patterns("records.db*")
    shutil.copytree(settings.home, tmp_path / "home", symlinks=True, ignore=without)
    twin_settings = load_settings(home=tmp_path / "home", corpus=settings.corpus)
    twin = replace(build_assistant(twin_settings), today=lambda: DAY)
    questions = (UNUSED, "and the other document?", "by when?", "and for short-term staff?")
    mine, theirs = (talk(one, *questions) for one in (assistant, twin))
    assert [reply_to_json(one) for one in mine] == [reply_to_json(one) for one in theirs]
    twin.close()


def test_asking_a_follow_up_again_gives_the_same_whatever_came_after(assistant: Assistant) -> None:
    first, then = talk(assistant, CARRY, "and for short-term staff?")
    assistant.ask("what about sick leave?", conversation_id=first.conversation_id)
    again = assistant.ask("and for short-term staff?", conversation_id=first.conversation_id)
    assert reply_to_json(again) == reply_to_json(then)


def test_the_receipt_of_a_follow_up_is_replayed_without_its_conversation(
    assistant: Assistant,
) -> None:
    for reply in talk(assistant, UNUSED, "and the other document?", "by when?"):
        receipt = assistant.receipt(reply.id)
        assert receipt.question == reply.question
        assert receipt.reply == reply_to_json(reply)
    forgetful = replace(assistant, conversations=None)  # type: ignore[arg-type]  it would fail
    assert forgetful.replay(reply.id).same
    assert forgetful.receipt(reply.id).question.understood.startswith("Unused days")


# whose conversation it is


def test_a_named_conversation_goes_on_under_its_name(assistant: Assistant) -> None:
    first = assistant.ask(CARRY, conversation_id="my talk", asker="anna")
    assert first.conversation_id == "my talk"
    then = assistant.ask("and for short-term staff?", conversation_id="my talk", asker="anna")
    assert then.conversation_id == "my talk"
    assert "for short-term staff" in then.question.understood


def test_the_same_words_after_another_question_have_another_receipt(assistant: Assistant) -> None:
    ids = set()
    for first in (CARRY, "Who approves duty travel?"):
        assistant.ask(first, conversation_id="one talk")
        ids.add(assistant.ask("what is the deadline?", conversation_id="one talk").id)
    assert len(ids) == 2


def test_another_person_finds_nothing_under_the_same_name(assistant: Assistant) -> None:
    assistant.ask(CARRY, conversation_id="our talk", asker="anna")
    assistant.ask("What is telework?", conversation_id="our talk", asker="berta")
    anna, berta, nobody = (
        assistant.ask("who approves it?", conversation_id="our talk", asker=asker)
        for asker in ("anna", "berta", "")
    )
    assert "annual leave" in anna.question.understood
    assert berta.question.understood == "Who approves telework?"
    assert nobody.question.understood == ""


def test_two_people_who_begin_alike_never_meet(assistant: Assistant) -> None:
    begun = [assistant.ask(CARRY).conversation_id for _ in range(2)]
    assert begun[0] == begun[1]
    mine = assistant.ask("what about sick leave?", conversation_id=begun[0])
    yours = assistant.ask("what about home leave?", conversation_id=begun[1])
    assert mine.conversation_id != yours.conversation_id
    more = assistant.ask("who decides?", conversation_id=yours.conversation_id)
    assert "home leave" in more.question.understood
    assert "sick" not in more.question.understood


# what is not for everybody, or not there any more

OPEN = "# Annual leave\n\n## Days\n\nStaff earn thirty days of annual leave in each year.\n"
CLOSED = (
    "---\nid: bonus\naudience: [HR]\ntitle: Retention bonus\n---\n# Retention bonus\n\n"
    "## Steps\n\nThe retention bonus is paid in these steps:\n\n"
    "- zebra francs in January;\n\n- lion francs in June.\n"
)
STEPS = "What are the steps of the retention bonus?"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Assistant]:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    (corpus / "leave.md").write_text(OPEN, "utf-8")
    (corpus / "bonus.md").write_text(CLOSED, "utf-8")
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    assistant = replace(build_assistant(settings), today=lambda: DAY)
    yield assistant
    assistant.close()


@pytest.mark.parametrize("name", ["hr-talk", None])
def test_a_conversation_of_somebody_in_a_group_does_not_exist_for_others(
    own: Assistant, name: str | None
) -> None:
    first = own.ask(STEPS, conversation_id=name, groups=HR)
    given = first.conversation_id
    mine = own.ask("the second one", conversation_id=given, groups=HR)
    assert "lion francs" in mine.question.understood
    theirs = own.ask("the second one", conversation_id=given)
    unknown = own.ask("the second one", conversation_id="c-" + "0" * 20)
    assert theirs.question.understood == ""
    names = {"id": "", "conversation_id": ""}
    assert reply_to_dict(theirs) | names == reply_to_dict(unknown) | names


def test_what_is_restricted_since_is_neither_quoted_nor_understood_nor_in_a_receipt(
    own: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "documents" / "bonus.md").write_text(CLOSED.replace("[HR]", "[]"), "utf-8")
    index_corpus(own.settings, SilentProgress())
    first, second, third = talk(
        own, STEPS, "who decides on the second one?", "and the other document?"
    )
    assert "lion francs" in third.question.understood
    assert "bonus" not in documents(third)
    (tmp_path / "documents" / "bonus.md").write_text(CLOSED, "utf-8")
    index_corpus(own.settings, SilentProgress())
    for given in (first, second, third):
        asked = own.ask("the first one", conversation_id=given.conversation_id)
        assert asked.question.understood == ""
        with pytest.raises(RecordNotFound):
            own.receipt(given.id)


def test_a_quote_that_was_changed_since_is_not_taken_for_the_old_one(
    own: Assistant, tmp_path: Path
) -> None:
    first = own.ask(STEPS, groups=HR)
    changed = CLOSED.replace("lion", "puma")
    (tmp_path / "documents" / "bonus.md").write_text(changed, "utf-8")
    index_corpus(own.settings, SilentProgress())
    then = own.ask("the second one", conversation_id=first.conversation_id, groups=HR)
    assert "puma" not in then.question.understood


# restart, and other processes


def test_a_conversation_goes_on_after_a_restart(own: Assistant) -> None:
    first = own.ask("How many days of annual leave do staff earn?")
    own.close()
    again = replace(build_assistant(own.settings), today=lambda: DAY)
    then = again.ask("and for consultants?", conversation_id=first.conversation_id)
    assert then.question.understood.startswith("How many days of annual leave do staff earn")
    again.close()


@pytest.mark.slow
def test_a_conversation_goes_on_in_another_process(own: Assistant, run: Callable[..., str]) -> None:
    own.ask("How many days of annual leave do staff earn?", conversation_id="talk", asker="anna")
    asked = run(str(own.settings.home), "and for consultants?")
    assert asked == "How many days of annual leave do staff earn, for consultants?"
    after = own.ask("by when?", conversation_id="talk", asker="anna")
    assert after.question.understood.endswith("for consultants: by when?")


@pytest.fixture
def run() -> Callable[..., str]:
    """Ask in a process of its own; return what was understood."""
    script = (
        "import sys\n"
        "from assistant.settings import load_settings\n"
        "from assistant.wiring import build_assistant\n"
        "made = build_assistant(load_settings(home=sys.argv[1]))\n"
        "reply = made.ask(sys.argv[2], conversation_id='talk', asker='anna')\n"
        "print(reply.question.understood, end='')\n"
    )

    def asked(*arguments: str) -> str:
        done = subprocess.run(  # noqa: S603  the script stands above
            [sys.executable, "-c", script, *arguments],
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    return asked


def test_a_greeting_is_no_question_and_leaves_the_conversation_as_it_was(
    assistant: Assistant,
) -> None:
    _, thanked, then = talk(assistant, CARRY, "Thank you!", "and for short-term staff?")
    assert isinstance(thanked, NoAnswer)
    assert "for short-term staff" in then.question.understood
