"""More questions than can be answered at once: each is acknowledged, and each gets a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slack_charter import GENERAL, STAFF, TELEWORK
from slack_directory import BOT_TOKEN
from slack_workspace import slack_workspace

from assistant.settings import load_settings
from assistant.wiring import build_assistant, build_ledgers
from bots.slack.calls import Slack
from bots.slack.desk import Desk
from bots.slack.events import Heard
from bots.slack.intake import Intake
from bots.slack.office import open_office

pytestmark = [pytest.mark.slack, pytest.mark.slow]


@pytest.fixture
def office(tmp_path, slack_index, slack_corpus):
    settings = load_settings(home=slack_index, corpus=slack_corpus, follow=False)
    records = settings.model_copy(update={"database": f"sqlite:///{tmp_path}/records.db"})
    assistant, ledgers = build_assistant(records), build_ledgers(records)
    with slack_workspace(tmp_path) as workspace:
        yield workspace, open_office(assistant, ledgers, Slack(BOT_TOKEN, workspace.api_url))
    ledgers.close()
    assistant.close()


def heard(said) -> Heard:
    return Heard("mention", "T01EXAMPLE", said.channel, said.user, said.ts, said.ts, TELEWORK)


def test_what_is_too_much_is_told_so_and_nothing_is_left_without_a_word(office):
    workspace, opened = office
    workspace.fail("users.info", seconds=1)
    with Intake(opened, Desk(opened), workers=1, longest=2) as intake:
        asked = [workspace.mention(STAFF, GENERAL, TELEWORK) for _ in range(8)]
        taken = [intake.hear(heard(one)) for one in asked]
        workspace.wait_for(lambda: all(map(workspace.answers, asked)), "a word for each", 30)
    assert taken == ["taken"] * 8
    texts = [workspace.answers(one)[0]["text"] for one in asked]
    assert [len(workspace.answers(one)) for one in asked] == [1] * 8
    busy = [one for one in texts if "more questions than it can answer" in one]
    assert 1 <= len(busy) < 8
    assert opened.ledgers.deliveries.waiting() == 0


def test_what_waits_at_the_end_is_left_to_the_next_process(office):
    workspace, opened = office
    workspace.fail("users.info", seconds=1)
    asked = [workspace.mention(STAFF, GENERAL, TELEWORK) for _ in range(3)]
    with Intake(opened, Desk(opened), workers=1) as intake:
        for one in asked:
            intake.hear(heard(one))
    left = [one for one in asked if not workspace.answers(one)]
    assert left
    with Intake(opened, Desk(opened), workers=1):
        workspace.wait_for(lambda: all(map(workspace.answers, asked)), "the rest", 30)
    assert [len(workspace.answers(one)) for one in asked] == [1] * 3


def test_slack_out_of_reach_costs_no_question(office):
    workspace, opened = office
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    away = replace(opened, slack=Slack(BOT_TOKEN, "http://127.0.0.1:9/api/"))
    away.slack._stopped.set()  # noqa: SLF001  its patience ends at once
    with Intake(away, Desk(away), workers=1) as intake:
        intake.hear(heard(question))
        workspace.wait_for(lambda: opened.ledgers.deliveries.waiting() == 1, "it waits")
    with Intake(opened, Desk(opened), workers=1):
        workspace.answer_in_thread(question, seconds=30)
    workspace.quiet()
    assert len(workspace.answers(question)) == 1
