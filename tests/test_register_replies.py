"""What a list from the register replies: outcomes, JSON, receipts, conversations, every door."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from questions import ask_own
from register_read import HELD
from rich.console import Console

from assistant.ask import Assistant
from assistant.register.due import read_due
from assistant.register.follow_up import FollowUp
from assistant.register.statements import check_saying
from assistant.reply import Answer, ClosestPassages, NoAnswer, Reply
from assistant.writing.wire import reply_to_dict, reply_to_json
from bots.api.schemas import ReplyBody
from bots.commands.terminal import reply_shown

STAFFING = "What does HR Staffing lead?"


@pytest.fixture
def own(assistant: Assistant, tmp_path: Path) -> Iterator[Assistant]:
    """The same assistant with a follow-up of its own."""
    follow_up = FollowUp(f"sqlite:///{tmp_path / 'records.db'}")
    yield replace(assistant, follow_up=follow_up)
    follow_up.close()


def deliver(assistant: Assistant, reply: Reply, line: int) -> str:
    """Say that a line of a list is delivered."""
    assert isinstance(reply, Answer)
    assert reply.listing
    name = reply.listing.lines[line].commitment.id
    assistant.desk().say(name, check_saying("delivered", by="A. Person"))
    return name


def talk(assistant: Assistant, *questions: str) -> list[Reply]:
    replies: list[Reply] = []
    for question in questions:
        last = replies[-1].conversation_id if replies else None
        replies.append(assistant.ask(question, conversation_id=last))
    return replies


# outcomes


def test_an_empty_list_is_no_answer_and_shows_what_comes_closest(assistant):
    reply = assistant.ask("What must HR Operations deliver by Q1 2024?")
    assert isinstance(reply, ClosestPassages)
    assert "No commitment in the register meets this." in reply.remark
    assert f"0 of {HELD} commitments, from 0 of 2 documents; 1 carries no date" in reply.remark
    assert [citation.quote.splitlines()[0].split("\t")[0] for citation in reply.citations] == [
        "Ensure accurate and consistent administration of staff benefits",
        "Develop a set of HR Standard Operating Procedures (SOPs)",
    ]
    assert reply.contact in reply.text


def test_an_empty_list_with_nothing_near_says_between_which_days_things_fall_due(assistant):
    reply = assistant.ask("Which commitments are due in 2027?")
    assert isinstance(reply, NoAnswer)
    assert f"0 of {HELD} commitments" in reply.text
    assert "falls due from 31 March 2024 to 31 December 2024" in reply.text
    assert reply_to_dict(reply)["listing"]["rows"] == []


def test_words_that_no_commitment_has_are_looked_for_in_the_documents(assistant):
    reply = assistant.ask("What did HR promise about the daily subsistence allowance?")
    assert reply.remark.startswith("No commitment in the register meets this (Body: World Trade")
    assert f"0 of {HELD} commitments" in reply.remark
    assert getattr(reply, "register", None) is None


def test_an_unknown_team_gets_an_ordinary_reply_that_says_so(assistant):
    reply = assistant.ask("Which commitments does the Travel Unit lead?")
    assert reply.register is None
    assert "no commitment names “Travel Unit”" in reply.text
    assert "The lead teams there are: Staff Development & Learning;" in reply.text


def test_where_the_documents_commit_to_nothing_a_question_is_answered_as_before(small_assistant):
    reply = small_assistant.ask("Which commitments are due in 2024?")
    assert "register" not in reply.text
    assert "listing" not in reply_to_dict(reply)


@pytest.mark.slow
def test_more_than_two_hundred_lines_are_shown_in_part_and_said_to_be(tmp_path):
    rows = "".join(f"| Open kitchen number {n} | Caterers | Q1, 2024 |\n" for n in range(1, 231))
    text = f"# Plan\n\n| Objective | Lead team | Timeframe |\n|---|---|---|\n{rows}"
    reply = ask_own(tmp_path, {"plan.md": text}, "What do the Caterers lead?")
    assert isinstance(reply, Answer)
    assert len(reply.citations) == 200
    assert "230 of 230 commitments, from 1 of 1 document." in reply.remark
    assert "The first 200 are shown; the whole list: /commitments?lead=Caterers" in reply.remark


# JSON and receipts


@pytest.mark.parametrize(
    "question",
    [
        STAFFING,
        "How many commitments per team?",
        "What do the WTO council and the ILO union each say on mobility?",
        "Which commitments are due in 2027?",
    ],
)
def test_the_json_of_a_list_is_as_described(assistant, question):
    body = ReplyBody.model_validate_json(reply_to_json(assistant.ask(question)))
    assert body.listing is not None
    assert [row.citation for row in body.listing.rows] == [one.number for one in body.citations]


def test_an_ordinary_reply_has_no_list_in_its_json(assistant):
    reply = assistant.ask("How many days of annual leave may be carried over?")
    assert "listing" not in reply_to_dict(reply)


def test_a_list_is_the_same_twice_and_its_receipt_holds(assistant):
    first, again = assistant.ask(STAFFING), assistant.ask(STAFFING)
    assert reply_to_json(first) == reply_to_json(again)
    assert assistant.replay(first.id).same


def test_a_later_status_is_why_a_receipt_does_not_hold(own):
    first = own.ask(STAFFING)
    deliver(own, first, 0)
    replayed = own.replay(first.id)
    assert not replayed.same
    assert replayed.reason == "The follow-up of commitments changed since."
    again = own.ask(STAFFING)
    assert again.id != first.id
    assert again.listing.lines[0].standing.status == "delivered"
    assert own.replay(again.id).same


def test_what_was_delivered_is_listed_and_no_more_overdue(own):
    done = deliver(own, own.ask(STAFFING), 1)
    (delivered,) = own.ask("What has been delivered?").listing.lines
    assert delivered.commitment.id == done
    assert own.ask("What is overdue?").listing.found == 14
    open_still = own.ask("What is still outstanding from HR Staffing?").listing
    assert open_still.found == 4
    assert done not in {one.commitment.id for one in open_still.lines}


def test_an_ordinary_reply_does_not_depend_on_statuses(own):
    question = "Who leads the HR Delegations of Authority Framework, and by when?"
    before = reply_to_json(own.ask(question))
    deliver(own, own.ask(STAFFING), 0)
    assert reply_to_json(own.ask(question)) == before


@pytest.mark.parametrize(
    "question",
    [
        "Which commitments of HR Staffing are due between April and September 2024?",
        "What is due by mid-2024?",
        "Which commitments fall due after June 2024?",
        "What is overdue?",
        "Which commitments have no date?",
        "Which commitments are ongoing?",
    ],
)
def test_the_address_of_a_list_says_the_same_time(assistant, question):
    reply = assistant.ask(question)
    due = dict(httpx.QueryParams(reply.register.url.partition("?")[2]))["due"]
    read = read_due(due, assistant.today())
    filters = reply.listing.filters
    assert (read.first, read.last, read.timing) == (
        filters.due_from,
        filters.due_to,
        filters.timing,
    )


# conversations


def test_follow_ups_refine_a_list(assistant):
    replies = talk(
        assistant,
        "What did HR promise by the end of Q1 2024, and who leads it?",
        "and by Q2?",
        "only those of HR Staffing",
        "who leads those?",
        "how many per team?",
    )
    assert [reply.listing.found for reply in replies] == [5, 7, 2, 2, 2]
    assert replies[2].question.understood == (
        "Which commitments led by HR Staffing of the World Trade Organization (WTO) Secretariat "
        "are due by 30 June 2024?"
    )
    assert replies[4].listing.grouping == "lead"


def test_a_line_of_a_list_is_gone_into_by_its_place(assistant):
    last = talk(assistant, "What did the Staff Council commit to?", "tell me more about the second")
    assert last[-1].question.understood.startswith("More about “Assist individual staff members")


def test_an_ordinary_question_after_a_list_is_answered_as_alone(assistant):
    question = "How many days of annual leave may be carried over?"
    within = talk(assistant, STAFFING, question)[-1]
    alone = assistant.ask(question)
    other = {"id": "", "conversation_id": ""}
    assert reply_to_dict(within) | other == reply_to_dict(alone) | other


# doors


def test_the_terminal_shows_a_list_as_a_table(assistant):
    console = Console(width=100, record=True, color_system=None)
    with console.capture() as captured:
        console.print(reply_shown(assistant.ask(STAFFING), "answer"))
    shown = captured.get()
    assert f"5 of {HELD} commitments, from 1 of 2 documents" in shown
    rows = [line for line in shown.splitlines() if line.startswith(("[1]", "[5]"))]
    assert "Undertake skills-based talent mapping" in rows[0]
    assert "Q2, 2024" in rows[0]
    assert "Enhance outreach activities" in rows[1]


def test_the_page_shows_a_list_as_a_table_with_its_denominator(
    assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    address = serve(assistant)
    page = httpx.get(f"{address}/", params={"q": STAFFING}, timeout=30).text
    assert f"5 of {HELD} commitments, from 1 of 2 documents" in page
    table = page.partition('<table class="commitments">')[2].partition("</table>")[0]
    assert table.count("<tr>") == 6
    assert table.count('class="cite"') == 5
    assert 'href="/commitments?lead=HR+Staffing"' in page
    whole = httpx.get(f"{address}/commitments?lead=HR+Staffing", timeout=30)
    assert f"5 of {HELD} commitments, from 1 of 2 documents" in whole.text


def test_the_api_gives_the_list(assistant: Assistant, serve: Callable[[Assistant], str]) -> None:
    asked = httpx.post(f"{serve(assistant)}/v1/ask", json={"question": STAFFING}, timeout=30)
    listing = json.loads(asked.text)["listing"]
    assert listing["understood"] == "Lead: HR Staffing"
    assert listing["filters"]["lead"] == ["HR Staffing"]
    assert listing["denominator"]["found"] == len(listing["rows"]) == 5
