"""What is no question to Charter: other apps, itself, Slack, edits that change nothing."""

from __future__ import annotations

import pytest
from slack_charter import COLLEAGUE, GENERAL, STAFF, TELEWORK, words_of
from slack_directory import BOT_USER

pytestmark = [pytest.mark.slack, pytest.mark.slow]


def nothing_posted(workspace) -> bool:
    workspace.quiet()
    assert {one.status for one in workspace.attempts()} == {200}
    return not any(call.method.startswith("chat.") for call in workspace.calls())


@pytest.mark.parametrize("classic", [False, True])
def test_other_apps_get_no_word(workspace, classic):
    workspace.another_app_says(GENERAL, f"<@{BOT_USER}> {TELEWORK}", classic=classic)
    assert nothing_posted(workspace)


def test_it_does_not_hear_itself_nor_slackbot(workspace):
    answer = workspace.only_answer(workspace.direct(STAFF, TELEWORK))
    before = len(workspace.calls("chat.postMessage"))
    workspace.the_bot_hears_itself(answer)
    workspace.slackbot_says(STAFF, TELEWORK)
    workspace.quiet()
    assert len(workspace.calls("chat.postMessage")) == before


def test_previews_reply_counts_and_deletions_change_nothing(workspace):
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    workspace.only_answer(question)
    workspace.unfurl_changes(question)
    workspace.replies_change(question)
    workspace.edit(question, question.text)
    workspace.delete(question)
    workspace.quiet()
    assert len(workspace.calls("chat.postMessage")) == 1


def test_an_edit_of_an_answered_question_is_not_answered_again(workspace):
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    workspace.only_answer(question)
    workspace.edit(question, f"{question.text} And by when?")
    workspace.quiet()
    assert len(workspace.calls("chat.postMessage")) == 1


def test_an_edit_that_adds_the_mention_asks(workspace):
    said = workspace.say(STAFF, GENERAL, TELEWORK)
    workspace.quiet()
    edited = workspace.edit(said, f"<@{BOT_USER}> {TELEWORK}", times=2)
    assert "three days" in words_of(workspace.only_answer(edited))


def test_an_edit_by_somebody_else_does_not_ask(workspace):
    said = workspace.say(STAFF, GENERAL, TELEWORK)
    workspace.edit(said, f"<@{BOT_USER}> {TELEWORK}", by=COLLEAGUE)
    assert nothing_posted(workspace)


def test_what_people_say_to_each_other_in_a_channel_is_left_alone(workspace):
    workspace.say(STAFF, GENERAL, TELEWORK)
    workspace.say(STAFF, GENERAL, f"<@{COLLEAGUE}> {TELEWORK}")
    workspace.say(STAFF, GENERAL, "joined", subtype="channel_join")
    assert nothing_posted(workspace)


@pytest.mark.parametrize("kind", ["emoji_changed", "team_join", "something_of_next_year"])
def test_events_that_it_does_not_know_are_taken(workspace, kind):
    workspace.event(kind)
    assert nothing_posted(workspace)


def test_a_question_with_a_file_is_a_question(workspace):
    question = workspace.direct(STAFF, TELEWORK, subtype="file_share", files=[{"id": "F1"}])
    assert "three days" in words_of(workspace.only_answer(question))


def test_a_thread_reply_that_is_also_sent_to_the_channel_is_one_question(workspace):
    question = workspace.mention(STAFF, GENERAL, "How many days of leave has a continuing member?")
    workspace.only_answer(question)
    workspace.reply(STAFF, question, TELEWORK, subtype="thread_broadcast")
    workspace.wait_for(lambda: len(workspace.answers(question)) == 2, "the answer")
    assert "three days" in words_of(workspace.answers(question)[1])
