"""Each question is answered once: delivered again, twice at a time, after a crash, by two bots."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from slack_charter import GENERAL, LEAVE, STAFF, TELEWORK, assert_sound, charter_in_slack, words_of
from slack_process import running_bot
from slack_workspace import slack_workspace

pytestmark = [pytest.mark.slack, pytest.mark.slow]

TAKEN_OVER = 60.0  # seconds, of which the lease takes 15


def test_an_event_delivered_three_times_is_answered_once(workspace):
    question = workspace.mention(STAFF, GENERAL, TELEWORK, times=3)
    assert "three days" in words_of(workspace.only_answer(question))
    assert len(workspace.delivered()) == 6
    assert {one.status for one in workspace.attempts()} == {200}


@pytest.mark.parametrize("only", ["message", "app_mention"])
def test_one_of_the_two_events_of_a_mention_is_enough(workspace, only):
    workspace.only_answer(workspace.mention(STAFF, GENERAL, TELEWORK, only=only))


def test_the_same_words_asked_again_are_another_question(workspace):
    for _ in range(2):
        workspace.only_answer(workspace.mention(STAFF, GENERAL, TELEWORK))


def test_a_question_that_was_being_answered_at_a_crash_is_answered_after_the_next_start(
    tmp_path: Path, slack_settings
):
    with slack_workspace(tmp_path) as workspace:
        with running_bot(workspace, tmp_path, **slack_settings) as first:
            workspace.fail("users.info", seconds=20)
            question = workspace.mention(STAFF, GENERAL, TELEWORK)
            workspace.wait_for(
                lambda: [one.status for one in workspace.attempts(question)] == [200, 200],
                "both events acknowledged",
            )
            first.kill()
        assert workspace.answers(question) == []
        with running_bot(workspace, tmp_path, **slack_settings) as second:
            workspace.answer_in_thread(question, seconds=TAKEN_OVER)
            assert "three days" in words_of(workspace.only_answer(question))
            assert_sound(workspace, second, slack_settings["CHARTER_HOME"])


def test_a_crash_while_posting_ends_in_a_plain_word_and_not_in_a_second_answer(
    tmp_path: Path, slack_settings
):
    with slack_workspace(tmp_path) as workspace:
        with running_bot(workspace, tmp_path, **slack_settings) as first:
            workspace.fail("chat.postMessage", seconds=20, done=True)
            question = workspace.mention(STAFF, GENERAL, TELEWORK)
            records = Path(slack_settings["CHARTER_HOME"]) / "records.db"
            workspace.wait_for(lambda: "posting" in states(records), "the post")
            first.kill()
        with running_bot(workspace, tmp_path, **slack_settings):
            told = workspace.answer_in_thread(
                question, lambda one: "interrupted" in one["text"], seconds=TAKEN_OVER
            )
            assert "please ask again" in told["text"]
            workspace.quiet()
            answers = [one for one in workspace.answers(question) if "three days" in one["text"]]
            assert len(answers) <= 1


def states(records: Path) -> set[str]:
    with sqlite3.connect(records) as database:
        return {state for (state,) in database.execute("SELECT state FROM deliveries")}


def test_two_bots_on_the_same_records_answer_each_question_once(tmp_path: Path, slack_settings):
    with (
        slack_workspace(tmp_path) as workspace,
        running_bot(workspace, tmp_path, **slack_settings) as one,
        running_bot(workspace, tmp_path, **slack_settings) as other,
    ):
        asked = [workspace.mention(STAFF, GENERAL, LEAVE, times=3) for _ in range(10)]
        workspace.wait_for(lambda: all(map(workspace.answers, asked)), "ten answers", 60)
        workspace.quiet()
        assert [len(workspace.answers(question)) for question in asked] == [1] * 10
        for bot in (one, other):
            assert_sound(workspace, bot, slack_settings["CHARTER_HOME"])


def test_a_connection_that_slack_renews_loses_no_question(workspace):
    workspace.hang_up()
    assert "three days" in words_of(workspace.only_answer(workspace.direct(STAFF, TELEWORK)))


def test_a_stopped_question_is_not_answered(tmp_path: Path, slack_settings):
    with charter_in_slack(tmp_path, slack_settings) as (workspace, _):
        workspace.fail("users.info", seconds=2)
        question = workspace.direct(STAFF, TELEWORK)
        workspace.delivered()
        workspace.press_stop(STAFF, question.stored())
        workspace.quiet(3)
        assert workspace.answers(question) == []
        again = workspace.direct(STAFF, TELEWORK)
        assert "three days" in words_of(workspace.only_answer(again))
