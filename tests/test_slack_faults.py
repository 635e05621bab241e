"""When Slack refuses, is slow or fails: every question ends in a message, and in one."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise

import pytest
from slack_charter import (
    GENERAL,
    HR_CHANNEL,
    NO_BOT,
    STAFF,
    TELEWORK,
    charter_in_slack,
    words_of,
)

pytestmark = [pytest.mark.slack, pytest.mark.slow]


def test_a_rate_limit_is_waited_out(workspace):
    workspace.fail("chat.postMessage", times=2, status=429, retry_after=1)
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    assert "three days" in words_of(workspace.only_answer(question))
    tries = [call.at for call in workspace.calls("chat.postMessage")]
    assert all(later - earlier >= 1 for earlier, later in pairwise(tries))


def test_a_rate_limit_that_lasts_is_outlasted(workspace):
    workspace.fail("chat.postMessage", times=1, status=429, retry_after=300)
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    answer = workspace.answer_in_thread(question, seconds=30)
    assert "three days" in words_of(answer)
    workspace.quiet()
    assert len(workspace.answers(question)) == 1


def test_a_rate_limit_of_the_status_holds_nothing_up(workspace):
    workspace.fail("assistant.threads.setStatus", times=3, status=429, retry_after=60)
    assert "three days" in words_of(workspace.only_answer(workspace.direct(STAFF, TELEWORK)))


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 503}, {"cut": True}])
def test_a_post_that_may_have_failed_is_not_sent_again_but_said_so(workspace, fault):
    workspace.fail("chat.postMessage", **fault)
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    told = workspace.only_answer(question)
    assert "If none stands above, please ask again." in told["text"]


@pytest.mark.parametrize("fault", [{"status": 500}, {"cut": True}])
def test_a_post_that_arrived_without_word_of_it_is_not_posted_twice(workspace, fault):
    workspace.fail("chat.postMessage", done=True, **fault)
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    workspace.answer_in_thread(question, lambda one: "If none stands above" in one["text"])
    workspace.quiet()
    answers = [one for one in workspace.answers(question) if "three days" in words_of(one)]
    assert len(answers) == 1


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
def test_blocks_that_slack_does_not_take_leave_the_text(workspace, error):
    workspace.fail("chat.postMessage", error=error)
    answer = workspace.only_answer(workspace.mention(STAFF, GENERAL, TELEWORK))
    assert "three days" in answer["text"]
    assert not answer.get("blocks") or "context_actions" not in str(answer["blocks"])


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "restricted_action"])
def test_an_answer_that_cannot_be_posted_where_it_belongs_comes_as_a_direct_message(
    workspace, error
):
    workspace.fail("chat.postMessage", error=error)
    workspace.mention(STAFF, GENERAL, TELEWORK)
    first, answer = workspace.wait_for(
        lambda: found if len(found := workspace.messages(STAFF)) == 2 else None, "the answer"
    )
    assert error in first["text"]
    assert "three days" in words_of(answer)


def test_a_response_address_that_has_expired_leaves_the_direct_message(workspace):
    workspace.proxy.side.hook_seconds = -1.0
    try:
        workspace.command(STAFF, NO_BOT, TELEWORK)
        answer = workspace.wait_for(lambda: workspace.messages(STAFF), "the answer")[0]
    finally:
        workspace.proxy.side.hook_seconds = 1800.0
    assert "three days" in words_of(answer)


def test_a_form_whose_trigger_is_too_old_is_told_with_an_id(workspace):
    answer = workspace.only_answer(workspace.mention(STAFF, GENERAL, TELEWORK))
    workspace.triggers_expire_at_once()
    workspace.click(STAFF, answer, "ask_person")
    told = workspace.ephemeral_for(STAFF)
    assert re.search(r"the id of this error: [0-9a-f]{12}\.", told["text"])
    assert workspace.messages(HR_CHANNEL) == []


def test_an_index_that_is_gone_is_told_in_plain_words_with_an_id(tmp_path, slack_settings):
    with charter_in_slack(tmp_path, slack_settings) as (workspace, _):
        for folder in tmp_path.glob("slack-home/generations/*"):
            shutil.rmtree(folder)
        for pointer in tmp_path.glob("slack-home/current*"):
            pointer.unlink()
        answer = workspace.only_answer(workspace.mention(STAFF, GENERAL, TELEWORK))
        assert re.search(r"the id of this error: [0-9a-f]{12}\.", answer["text"])
        assert str(tmp_path) not in str(workspace.calls())


def test_records_that_cannot_be_written_are_told_once_with_an_id(tmp_path, slack_settings):
    broken = slack_settings | {"CHARTER_DATABASE": f"sqlite:///{tmp_path}/records/gone/records.db"}
    with charter_in_slack(tmp_path, broken) as (workspace, _):
        question = workspace.mention(STAFF, GENERAL, TELEWORK, times=2)
        told = workspace.only_answer(question)
        assert "The disk cannot be written" in told["text"].replace("the disk", "The disk")
        assert {one.status for one in workspace.attempts()} == {200}
