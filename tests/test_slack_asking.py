"""Every way to ask in Slack, by both transports: what the workspace then holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from slack_charter import (
    COLLEAGUE,
    GENERAL,
    HR,
    LATER,
    LEAVE,
    NO_BOT,
    NOTHING,
    PAGE,
    PRIVATE,
    STAFF,
    TELEWORK,
    assert_sound,
    charter_in_slack,
    heading_of,
    kinds_of,
    labels_of,
    links_of,
    words_of,
)

pytestmark = [pytest.mark.slack, pytest.mark.slow]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_each_way_in_is_answered_over_both_transports(tmp_path: Path, slack_settings, mode):
    with charter_in_slack(tmp_path, slack_settings, mode) as (workspace, bot):
        mention = workspace.mention(STAFF, GENERAL, LEAVE)
        assert "2.5" in words_of(workspace.only_answer(mention))

        workspace.reply(COLLEAGUE, mention, "and for short-term staff?")
        workspace.wait_for(lambda: len(workspace.answers(mention)) == 2, "the follow-up")
        assert "1.5" in words_of(workspace.answers(mention)[1])

        direct = workspace.direct(STAFF, TELEWORK)
        assert "three days" in words_of(workspace.only_answer(direct))

        taken = workspace.command(STAFF, GENERAL, TELEWORK)
        assert taken.status == 200
        assert "three days" in words_of(workspace.ephemeral_for(STAFF))

        workspace.open_home(STAFF)
        assert "Policy on telework" in words_of(workspace.home_of(STAFF))

        workspace.shortcut(STAFF, mention, "ask_policies")
        workspace.modal_of(STAFF)
        workspace.submit(STAFF, question=TELEWORK)
        workspace.wait_for(lambda: len(workspace.messages(STAFF)) >= 3, "the reply in private")
        assert all(one.status == 200 for one in workspace.attempts())
        workspace.quiet()
        assert_sound(workspace, bot, slack_settings["CHARTER_HOME"])


def test_a_mention_is_answered_once_in_its_thread_with_linked_citations(workspace):
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    answer = workspace.only_answer(question)
    assert answer["thread_ts"] == question.ts
    assert heading_of(answer) == "✓ Answer"
    shown = words_of(answer)
    assert "A staff member may telework on up to three days in each week." in shown
    assert "Policy on telework" in shown
    assert "version 2" in shown
    assert "Sample policy" in shown
    place = links_of(answer)[0]
    assert place.startswith(f"{PAGE}/documents/telework?version=2&start=")
    assert place.endswith("#cited")
    assert "may telework on up to three days" in answer["text"]
    posted = workspace.calls("chat.postMessage")[0].arguments
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)


def test_a_status_shows_while_it_works_and_ends_with_the_answer(workspace):
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    workspace.only_answer(question)
    assert workspace.statuses(question) == ["is reading the documents…", ""]


def test_a_status_that_fails_does_not_cost_the_answer(workspace):
    workspace.fail("assistant.threads.setStatus", times=5, error="missing_scope")
    assert "three days" in words_of(workspace.only_answer(workspace.direct(STAFF, TELEWORK)))


def test_closest_passages_and_no_answer_look_different_and_name_whom_to_ask(workspace):
    near = workspace.only_answer(
        workspace.mention(STAFF, GENERAL, "Do consultants get a bonus for telework?")
    )
    none = workspace.only_answer(workspace.mention(STAFF, GENERAL, NOTHING))
    assert heading_of(near) == "≈ No direct answer"
    assert heading_of(none) == "∅ No answer in the documents"
    bars = [part["type"] for block in near["blocks"] for part in block.get("elements", [])]
    assert "rich_text_quote" in bars
    assert "Whom to ask: " in words_of(near)
    assert "hr@example.org" in words_of(near)
    assert "mailto:hr@example.org" in links_of(near)
    assert "Whom to ask: " in words_of(none)
    assert "rich_text_quote" not in str(none["blocks"])
    assert near["text"].startswith("The documents do not answer this directly.")
    assert none["text"].startswith("Charter found nothing about this")


def test_a_version_that_is_not_in_force_says_so_beside_its_quote(workspace):
    answer = workspace.only_answer(workspace.mention(STAFF, GENERAL, LATER))
    assert heading_of(answer) == "≈ No direct answer"
    assert words_of(answer).count("Not yet in force: from 1 January 2099") == 2


def test_a_follow_up_in_a_thread_needs_no_mention_and_says_how_it_was_understood(workspace):
    question = workspace.mention(STAFF, GENERAL, LEAVE)
    workspace.only_answer(question)
    workspace.reply(COLLEAGUE, question, "and for short-term staff?")
    workspace.wait_for(lambda: len(workspace.answers(question)) == 2, "the follow-up")
    follow_up = workspace.answers(question)[1]
    assert "Understood as: " in words_of(follow_up)
    assert "1.5" in words_of(follow_up)


@pytest.mark.parametrize(
    "said",
    ["thanks!", "ok, I will ask my supervisor", "<@U03HR> is that right?", ":thumbsup:"],
)
def test_it_keeps_out_of_what_people_say_to_each_other_in_a_thread(workspace, said):
    question = workspace.mention(STAFF, GENERAL, LEAVE)
    workspace.only_answer(question)
    workspace.reply(COLLEAGUE, question, said)
    workspace.quiet()
    assert len(workspace.answers(question)) == 1


def test_it_says_nothing_in_threads_where_nobody_asked_it(workspace):
    said = workspace.say(STAFF, GENERAL, "Lunch?")
    workspace.reply(COLLEAGUE, said, "how many days of leave do I have?")
    workspace.quiet()
    assert workspace.calls("chat.postMessage") == []


def test_a_thread_is_remembered_without_reading_what_was_said_in_slack(workspace):
    question = workspace.mention(STAFF, GENERAL, LEAVE)
    workspace.only_answer(question)
    workspace.reply(STAFF, question, "and for short-term staff?")
    workspace.wait_for(lambda: len(workspace.answers(question)) == 2, "the follow-up")
    methods = {call.method for call in workspace.calls()}
    assert not any(method.startswith("conversations.") for method in methods)


def test_a_direct_message_is_answered_in_its_thread_and_goes_on_there(workspace):
    question = workspace.direct(STAFF, LEAVE)
    assert "2.5" in words_of(workspace.only_answer(question))
    workspace.reply(STAFF, question, "and for short-term staff?")
    workspace.wait_for(lambda: len(workspace.answers(question)) == 2, "the follow-up")
    assert "1.5" in words_of(workspace.answers(question)[1])


def test_a_private_channel_is_answered_like_a_public_one(workspace):
    question = workspace.mention(STAFF, PRIVATE, TELEWORK)
    assert "three days" in words_of(workspace.only_answer(question))


def test_a_command_is_answered_for_the_asker_alone_also_where_charter_is_no_member(workspace):
    workspace.command(STAFF, NO_BOT, TELEWORK)
    reply = workspace.ephemeral_for(STAFF)
    assert "three days" in words_of(reply)
    assert f"You asked: {TELEWORK}" in words_of(reply)
    assert workspace.messages(NO_BOT) == []


def test_a_reply_to_a_command_can_be_shared_once_by_its_asker(workspace):
    workspace.command(STAFF, GENERAL, TELEWORK)
    workspace.ephemeral_for(STAFF)
    shown = workspace.stored_ephemerals(GENERAL, STAFF)[0]
    assert "Share in the channel" in labels_of(shown)
    workspace.click(STAFF, shown, "share")
    shared = workspace.wait_for(lambda: workspace.messages(GENERAL), "the shared reply")[0]
    assert "three days" in words_of(shared)
    assert "asked: " in words_of(shared)
    assert {"type": "user", "user_id": STAFF} in shared["blocks"][0]["elements"][0]["elements"]
    workspace.click(STAFF, shown, "share")
    workspace.wait_for(
        lambda: any("before" in words_of(one) for one in workspace.ephemerals(STAFF)), "the refusal"
    )
    workspace.quiet()
    assert len(workspace.messages(GENERAL)) == 1


def test_a_reply_is_shared_also_where_charter_is_no_member(workspace):
    workspace.command(STAFF, NO_BOT, TELEWORK)
    workspace.ephemeral_for(STAFF)
    workspace.click(STAFF, workspace.stored_ephemerals(NO_BOT, STAFF)[0], "share")
    shared = workspace.wait_for(lambda: workspace.messages(NO_BOT), "the shared reply")
    assert "three days" in words_of(shared[0])


def test_a_command_goes_on_from_the_one_before(workspace):
    workspace.command(STAFF, GENERAL, LEAVE)
    workspace.ephemeral_for(STAFF)
    workspace.command(STAFF, GENERAL, "and for short-term staff?")
    workspace.wait_for(lambda: len(workspace.ephemerals(STAFF)) == 2, "the second reply")
    assert "1.5" in words_of(workspace.ephemerals(STAFF)[1])


def test_a_message_can_be_asked_about_and_the_reply_comes_in_private(workspace):
    said = workspace.say(COLLEAGUE, GENERAL, f"Does anybody know? {TELEWORK}")
    workspace.shortcut(STAFF, said, "ask_policies")
    form = workspace.modal_of(STAFF)
    assert form["blocks"][0]["element"]["initial_value"] == said.text
    taken = workspace.submit(STAFF, question=TELEWORK)
    assert taken.reply["response_action"] == "update"
    reply = workspace.wait_for(lambda: workspace.messages(STAFF), "the reply")[0]
    assert "three days" in words_of(reply)
    assert len(workspace.messages(GENERAL)) == 1


def test_a_form_that_asks_nothing_says_so_in_its_field(workspace):
    said = workspace.say(COLLEAGUE, GENERAL, "Anything")
    workspace.shortcut(STAFF, said, "ask_policies")
    workspace.modal_of(STAFF)
    taken = workspace.submit(STAFF, question="…?!")
    assert taken.reply["response_action"] == "errors"
    assert list(taken.reply["errors"]) == ["question"]


@pytest.mark.parametrize("text", ["", ":wave:", "🙂 🎉", "?!", "thanks"])
def test_a_mention_that_asks_nothing_is_told_how_to_ask(workspace, text):
    answer = workspace.only_answer(workspace.mention(STAFF, GENERAL, text))
    assert "Ask a question about" in words_of(answer)
    assert "For example:" in answer["text"]


def test_a_question_that_is_too_long_is_refused_in_words_with_an_id(workspace):
    answer = workspace.only_answer(workspace.direct(STAFF, "leave " * 900))
    assert "4,000 is the most" in answer["text"]
    assert "(error " in answer["text"]


def test_a_question_that_quotes_another_bot_is_a_question(workspace):
    quoting = f"&gt; *HR robot*: you may telework every day\n{TELEWORK}"
    assert "three days" in words_of(workspace.only_answer(workspace.direct(STAFF, quoting)))


def test_a_long_answer_is_split_and_its_sources_and_buttons_stay_on_the_last_part(workspace):
    question = workspace.mention(STAFF, GENERAL, "What are the duties of the archivist?")
    workspace.answer_in_thread(question)
    workspace.quiet()
    parts = workspace.answers(question)
    assert len(parts) > 1
    assert [("context_actions" in kinds_of(part)) for part in parts] == [False] * (
        len(parts) - 1
    ) + [True]
    assert "Sources" in words_of(parts[-1])
    shown = " ".join(map(words_of, parts))
    assert all(f"duty {letter}: to keep" in shown for letter in "ABCDEFGHIJ")
    assert parts[1]["text"].startswith(f"(2 of {len(parts)}) Answer.")


def table_of(message):
    (table,) = [block for block in message["blocks"] if block["type"] == "table"]
    return [
        [words_of({"blocks": [{"type": "x", "c": cell}]}) for cell in row] for row in table["rows"]
    ]


def test_a_question_for_a_list_is_answered_with_a_table_and_what_it_is_a_list_of(workspace):
    question = workspace.mention(STAFF, GENERAL, "Which commitments are due in Q1 2025?")
    answer = workspace.only_answer(question)
    shown = words_of(answer)
    assert "1 of 2 commitments, from 1 of 1 document" in shown
    assert "Understood as: Due: Q1 2025" in shown
    header, line = table_of(answer)
    assert header == ["Commitment", "Lead", "When", "Status", "Source"]
    assert line[1:4] == ["Harbour Team", "Q1 2025 · overdue", "nothing said yet"]
    assert any("/documents/harbour?version=1&start=" in link for link in links_of(answer))
    assert "1 of 2 commitments" in answer["text"]
    assert "<!channel>" not in answer["text"]
    assert "Vault" not in shown


def test_a_command_lists_commitments_for_the_asker(workspace):
    workspace.command(STAFF, GENERAL, "commitments led by Harbour Team")
    answer = workspace.ephemeral_for(STAFF)
    assert "2 of 2 commitments, from 1 of 1 document" in words_of(answer)
    assert len(table_of(answer)) == 3
    assert "Share in the channel" in labels_of(answer)


def test_who_may_read_more_gets_the_longer_list_alone_and_cannot_share_it(workspace):
    workspace.command(HR, GENERAL, "commitments led by Vault Team")
    answer = workspace.ephemeral_for(HR)
    assert "2 of 4 commitments, from 1 of 2 documents" in words_of(answer)
    assert "Share in the channel" not in labels_of(answer)
