"""What Slack shows beside replies: the home, questions to start with, cards under links."""

from __future__ import annotations

import pytest
from slack_charter import (
    GENERAL,
    HR,
    PAGE,
    SHARED,
    STAFF,
    TELEWORK,
    kinds_of,
    links_of,
    words_of,
)

pytestmark = [pytest.mark.slack, pytest.mark.slow]


def test_the_home_says_how_to_ask_and_what_was_read_and_when(workspace):
    workspace.open_home(STAFF)
    home = workspace.home_of(STAFF)
    shown = words_of(home)
    assert "Write to Charter in the Messages tab" in shown
    assert "Policy on telework" in shown
    assert "version 2, since 1 September 2024" in shown
    assert "documents in force, of" in shown
    assert "UTC" in shown
    assert f"{PAGE}/documents/telework?version=2" in links_of(home)


def test_the_home_shows_a_person_their_own_questions_alone(workspace):
    workspace.only_answer(workspace.direct(STAFF, TELEWORK))
    workspace.open_home(STAFF)
    assert TELEWORK in words_of(workspace.home_of(STAFF))
    assert "✓ Answer" in words_of(workspace.home_of(STAFF))
    workspace.open_home("U02STAFF")
    assert TELEWORK not in words_of(workspace.home_of("U02STAFF"))


def test_the_home_lists_what_its_reader_may_read(workspace):
    workspace.open_home(HR)
    assert "Retention scheme" in words_of(workspace.home_of(HR))
    workspace.open_home(STAFF)
    assert "Retention scheme" not in words_of(workspace.home_of(STAFF))


def test_opening_the_messages_offers_questions_to_start_with(workspace):
    workspace.open_home(STAFF, "messages")
    offered = workspace.wait_for(lambda: workspace.record.prompts, "questions")[0]
    assert 1 <= len(offered["prompts"]) <= 4
    assert all(one["message"].endswith("?") for one in offered["prompts"])
    assert "thread_ts" not in offered
    first = workspace.direct(STAFF, offered["prompts"][0]["message"])
    assert kinds_of(workspace.answer_in_thread(first))[0] == "header"


def test_a_link_to_a_document_gets_a_card_of_what_it_is_and_nothing_of_its_text(workspace):
    link = f"{PAGE}/documents/telework?version=2&start=40&end=60#cited"
    workspace.share_link(STAFF, GENERAL, link)
    card = workspace.wait_for(lambda: workspace.record.unfurls, "a card")[0]["unfurls"][link]
    shown = words_of(card)
    assert "Policy on telework" in shown
    assert "version 2 · in force · Sample policy · since 1 September 2024" in shown
    assert "three days" not in str(card)


@pytest.mark.parametrize(
    "link",
    [
        f"{PAGE}/documents/retention?version=1",
        f"{PAGE}/documents/nothing",
        f"{PAGE}/?q=telework",
        f"{PAGE}/documents/telework/compare?from=1&to=2",
        "https://elsewhere.example.org/documents/telework?version=2",
    ],
)
def test_restricted_unknown_and_other_links_get_none(workspace, link):
    workspace.share_link(STAFF, GENERAL, link)
    workspace.quiet()
    assert workspace.record.unfurls == []


def test_a_title_that_looks_like_mark_up_is_shown_as_it_is(workspace):
    link = f"{PAGE}/documents/notices?version=1"
    workspace.share_link(STAFF, GENERAL, link)
    card = workspace.wait_for(lambda: workspace.record.unfurls, "a card")[0]["unfurls"][link]
    assert card["blocks"][0]["text"]["type"] == "plain_text"


def test_no_card_in_a_channel_that_other_organisations_read(workspace):
    said = workspace.say(STAFF, SHARED, f"{PAGE}/documents/telework")
    links = [{"url": f"{PAGE}/documents/telework", "domain": "charter.example.org"}]
    workspace.event(
        "link_shared", shared=True, channel=said.channel, message_ts=said.ts, links=links
    )
    workspace.quiet()
    assert workspace.record.unfurls == []


def test_the_home_of_many_questions_is_short(workspace):
    for number in range(7):
        workspace.only_answer(workspace.direct(STAFF, f"{TELEWORK} ({number})"))
    workspace.open_home(STAFF)
    shown = words_of(workspace.home_of(STAFF))
    assert shown.count(TELEWORK) == 5
    assert f"{TELEWORK} (6)" in shown
