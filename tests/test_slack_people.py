"""Feedback and people: votes, reasons, questions passed on, and the replies that come back."""

from __future__ import annotations

import sqlite3

import pytest
from slack_charter import (
    BONUS,
    COLLEAGUE,
    GENERAL,
    GUEST,
    HR,
    HR_CHANNEL,
    STAFF,
    TELEWORK,
    charter_in_slack,
    labels_of,
    words_of,
)

pytestmark = [pytest.mark.slack, pytest.mark.slow]


@pytest.fixture
def votes(charter_slack):
    """The votes that were kept, as they stand in the database."""
    _, bot = charter_slack
    records = bot.output.parent / "home" / "records.db"

    def read() -> list[tuple[str, str, int, str, str]]:
        with sqlite3.connect(records) as database:
            return database.execute(
                "SELECT reply, voter, helpful, reason, words FROM votes ORDER BY cast_at"
            ).fetchall()

    def of(message: dict) -> list[tuple[int, str, str]]:
        receipt = words_of(message).rpartition("Receipt ")[2]
        return [tuple(row[2:]) for row in read() if row[0] == receipt]

    read.of = of
    return read


def answered(workspace, text: str = TELEWORK, user: str = STAFF):
    return workspace.only_answer(workspace.mention(user, GENERAL, text))


def test_every_reply_can_be_judged(workspace):
    assert labels_of(answered(workspace)) == ["Helpful", "Not helpful", "Ask a person"]


def test_a_vote_is_confirmed_to_the_voter_alone(workspace, votes):
    answer = answered(workspace)
    workspace.click(STAFF, answer, "vote", "positive")
    assert "Your vote is noted" in words_of(workspace.ephemeral_for(STAFF))
    assert votes.of(answer) == [(1, "", "")]


def test_a_vote_is_one_per_person_and_the_last_one_counts(workspace, votes):
    answer = answered(workspace, "How many days of telework are there?")
    workspace.click(STAFF, answer, "vote", "positive")
    workspace.click(STAFF, answer, "vote", "positive")
    workspace.click(COLLEAGUE, answer, "vote", "positive")
    workspace.wait_for(lambda: len(votes.of(answer)) == 2, "two voters")
    workspace.click(STAFF, answer, "vote", "negative")
    workspace.wait_for(lambda: [row[0] for row in votes.of(answer)] == [1, 0], "a changed mind")


@pytest.mark.parametrize(
    "reason", ["wrong", "out_of_date", "missing", "should_refuse", "not_my_case"]
)
def test_a_reply_that_did_not_help_asks_why(workspace, votes, reason):
    answer = answered(workspace, f"How many days of telework, and is it {reason}?")
    workspace.click(STAFF, answer, "vote", "negative")
    form = workspace.modal_of(STAFF)
    assert form["title"]["text"] == "Not helpful"
    workspace.wait_for(lambda: votes.of(answer) == [(0, "", "")], "the vote before its reason")
    taken = workspace.submit(STAFF, reason=reason, words="It says <!channel>.")
    assert "Thank you" in str(taken.reply["view"])
    assert votes.of(answer) == [(0, reason, "It says <!channel>.")]


def test_neither_who_asked_nor_who_voted_nor_where_stands_in_the_records(workspace, charter_slack):
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    workspace.click(STAFF, workspace.only_answer(question), "vote", "positive")
    workspace.ephemeral_for(STAFF)
    workspace.quiet()
    with sqlite3.connect(charter_slack[1].output.parent / "home" / "records.db") as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        known = {name for (name,) in tables} - {"escalations"}  # whose askers agreed to be known
        kept = str([database.execute(f"SELECT * FROM {name}").fetchall() for name in known])  # noqa: S608  names of tables
    assert {"votes", "deliveries", "asked", "receipts", "conversations"} <= known
    assert not any(one in kept for one in (STAFF, GENERAL, question.ts))


def test_a_reply_for_one_alone_can_be_judged_as_well(workspace, votes):
    workspace.command(STAFF, GENERAL, "On how many days may one telework?")
    workspace.ephemeral_for(STAFF)
    shown = workspace.stored_ephemerals(GENERAL, STAFF)[0]
    workspace.click(STAFF, shown, "vote_helpful")
    workspace.wait_for(lambda: votes.of(shown) == [(1, "", "")], "the vote")


def test_a_guest_has_no_vote(workspace, votes):
    answer = answered(workspace, "How many days of telework are there in a week?")
    workspace.click(GUEST, answer, "vote", "positive")
    assert "Guests are not answered" in words_of(workspace.ephemeral_for(GUEST))
    assert votes.of(answer) == []


def passed_on(workspace, question: str = "May I telework from abroad?"):
    """Pass a question on, and return the request in the channel of those who answer."""
    workspace.click(STAFF, answered(workspace), "ask_person")
    workspace.modal_of(STAFF, lambda view: "submit" in view)
    workspace.submit(STAFF, question=question)
    return workspace.wait_for(lambda: workspace.messages(HR_CHANNEL), "the request")[0]


def test_before_a_question_is_passed_on_the_form_shows_what_is_sent_to_whom(workspace):
    workspace.click(STAFF, answered(workspace), "ask_person")
    form = workspace.modal_of(STAFF, lambda view: "submit" in view)
    assert form["blocks"][0]["element"]["initial_value"] == TELEWORK
    assert {"type": "channel", "channel_id": HR_CHANNEL} in form["blocks"][1]["elements"][0][
        "elements"
    ]
    assert "gets your name, the question above, and Charter’s reply" in words_of(form)
    assert "three days in each week" in words_of(form)
    assert workspace.messages(HR_CHANNEL) == []


def test_nothing_is_sent_when_the_form_is_closed(workspace):
    workspace.click(STAFF, answered(workspace), "ask_person")
    workspace.modal_of(STAFF, lambda view: "submit" in view)
    workspace.close(STAFF)
    workspace.quiet()
    assert workspace.messages(HR_CHANNEL) == []


def test_a_question_is_passed_on_as_it_was_edited_with_the_reply_before_it(workspace):
    request = passed_on(workspace)
    shown = words_of(request)
    assert "May I telework from abroad?" in shown
    assert "three days in each week" in shown
    assert {"type": "user", "user_id": STAFF} in request["blocks"][1]["elements"][0]["elements"]
    told = workspace.wait_for(lambda: workspace.messages(STAFF), "word to the asker")
    assert "Passed on" in told[0]["text"]


def test_a_reply_in_its_thread_reaches_the_asker_once(workspace):
    request = passed_on(workspace)
    workspace.wait_for(lambda: workspace.messages(STAFF), "word to the asker")
    text = "Yes, see <https://rules.example.org|the rules>, <!channel> &amp; so on"
    workspace.say(HR, HR_CHANNEL, text, thread=request["ts"], times=3)
    told = workspace.wait_for(lambda: workspace.messages(STAFF)[1:], "the reply")[0]
    assert "replied to your question:" in words_of(told)
    assert "May I telework from abroad?" in words_of(told)
    assert "the rules (https://rules.example.org)" in words_of(told)
    assert "<!" not in told["text"]
    assert "passed this on" in words_of(workspace.ephemeral_for(HR))
    workspace.quiet()
    assert len(workspace.messages(STAFF)) == 2
    assert len(workspace.messages(HR_CHANNEL)) == 2


def test_a_reply_that_mentions_charter_is_passed_on_and_not_answered(workspace):
    request = passed_on(workspace)
    workspace.wait_for(lambda: workspace.messages(STAFF), "word to the asker")
    workspace.mention(HR, HR_CHANNEL, "no more than three days", thread=request["ts"])
    told = workspace.wait_for(lambda: workspace.messages(STAFF)[1:], "the reply")[0]
    assert "no more than three days" in words_of(told)
    workspace.quiet()
    assert len(workspace.messages(STAFF)) == 2


def test_other_talk_in_that_channel_stays_there(workspace):
    request = passed_on(workspace)
    workspace.wait_for(lambda: workspace.messages(STAFF), "word to the asker")
    workspace.say(HR, HR_CHANNEL, "Who takes this one?")
    workspace.another_app_says(HR_CHANNEL, "reminder")
    workspace.quiet()
    assert len(workspace.messages(STAFF)) == 1
    assert request


def test_a_private_reply_is_not_sent_along_with_a_question(workspace):
    answer = workspace.only_answer(workspace.direct(HR, BONUS))
    workspace.click(HR, answer, "ask_person")
    form = workspace.modal_of(HR, lambda view: "submit" in view)
    assert "and nothing else" in words_of(form)
    workspace.submit(HR, question="Is that before tax?")
    request = workspace.wait_for(lambda: workspace.messages(HR_CHANNEL), "the request")[0]
    assert "seven thousand" not in words_of(request)


def test_a_request_that_cannot_be_posted_is_told_to_the_asker_with_an_id(workspace):
    answer = answered(workspace)
    workspace.click(STAFF, answer, "ask_person")
    workspace.modal_of(STAFF, lambda view: "submit" in view)
    workspace.fail("chat.postMessage", error="channel_not_found")
    workspace.submit(STAFF, question="May I telework from abroad?")
    told = workspace.wait_for(lambda: workspace.messages(STAFF), "word to the asker")[0]
    assert "the id of this error" in told["text"]
    assert workspace.messages(HR_CHANNEL) == []


def test_without_a_channel_for_people_nobody_is_offered_one(tmp_path, slack_settings):
    with charter_in_slack(tmp_path, slack_settings | {"CHARTER_SLACK_HR_CHANNEL": ""}) as (one, _):
        assert labels_of(answered(one)) == ["Helpful", "Not helpful"]
