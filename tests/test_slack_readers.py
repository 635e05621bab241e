"""Who may read what in Slack: everybody's documents in channels, the rest for the asker alone."""

from __future__ import annotations

import pytest
from slack_charter import (
    BONUS,
    ELSEWHERE,
    GENERAL,
    GUEST,
    HR,
    HR_GROUP,
    LEFT,
    SHARED,
    STAFF,
    STRANGER,
    TELEWORK,
    charter_in_slack,
    heading_of,
    labels_of,
    words_of,
)
from slack_directory import OTHER_TEAM

pytestmark = [pytest.mark.slack, pytest.mark.slow]

SECRET = "seven thousand"  # noqa: S105  words of a document


def everything(workspace, *channels: str) -> str:
    """Return all that anybody can read in some channels, and all that was sent anywhere."""
    return " ".join(words_of(one) for channel in channels for one in workspace.messages(channel))


def test_a_restricted_document_answers_its_readers_in_private(workspace):
    assert SECRET in words_of(workspace.only_answer(workspace.direct(HR, BONUS)))


def test_it_is_not_there_for_others(workspace):
    answer = workspace.only_answer(workspace.direct(STAFF, BONUS))
    assert heading_of(answer) == "∅ No answer in the documents"
    assert SECRET not in str(workspace.calls())


def test_in_a_channel_the_thread_gets_what_is_for_all_and_the_asker_alone_the_rest(workspace):
    question = workspace.mention(HR, GENERAL, BONUS)
    answer = workspace.only_answer(question)
    assert heading_of(answer) == "∅ No answer in the documents"
    aside = workspace.ephemeral_for(HR)
    assert SECRET in words_of(aside)
    assert "Only you see this" in words_of(aside)
    assert aside["thread_ts"] == question.ts
    assert SECRET not in everything(workspace, GENERAL)


def test_who_cannot_be_whispered_to_gets_the_rest_as_a_direct_message(workspace):
    workspace.fail("chat.postEphemeral", error="user_not_in_channel")
    workspace.answer_in_thread(workspace.mention(HR, GENERAL, BONUS))
    workspace.wait_for(lambda: workspace.messages(HR), "the direct message")
    assert SECRET in everything(workspace, HR)
    assert SECRET not in everything(workspace, GENERAL)


def test_what_one_was_told_alone_does_not_get_into_the_thread(workspace):
    question = workspace.mention(HR, GENERAL, BONUS)
    workspace.ephemeral_for(HR)
    workspace.reply(STAFF, question, "and by when?")
    workspace.wait_for(lambda: len(workspace.answers(question)) == 2, "the follow-up")
    assert SECRET not in everything(workspace, GENERAL)
    assert "etention scheme" not in everything(workspace, GENERAL)


def test_a_private_reply_cannot_be_shared(workspace):
    workspace.command(HR, GENERAL, BONUS)
    assert SECRET in words_of(workspace.ephemeral_for(HR))
    shown = workspace.stored_ephemerals(GENERAL, HR)[0]
    assert "Share in the channel" not in labels_of(shown)


def test_a_forged_share_of_a_private_reply_shares_nothing(workspace):
    workspace.command(HR, GENERAL, BONUS)
    private = words_of(workspace.ephemeral_for(HR)).rpartition("Receipt ")[2]
    workspace.command(STAFF, GENERAL, TELEWORK)
    workspace.ephemeral_for(STAFF)
    shown = workspace.stored_ephemerals(GENERAL, STAFF)[0]
    for block in shown["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "share":
                element["value"] = private
    workspace.click(STAFF, shown, "share")
    workspace.wait_for(
        lambda: any("cannot be shared" in words_of(one) for one in workspace.ephemerals(STAFF)),
        "the refusal",
    )
    assert workspace.messages(GENERAL) == []


@pytest.mark.parametrize("person", [GUEST, STRANGER, LEFT, ELSEWHERE])
def test_guests_strangers_and_who_left_are_told_that_members_alone_are_answered(workspace, person):
    answer = workspace.only_answer(workspace.direct(person, TELEWORK))
    assert answer["text"].startswith("Charter answers members of this workspace.")
    assert "three days" not in str(workspace.calls())
    workspace.open_home(person)
    assert words_of(workspace.home_of(person)).startswith("Charter answers members")
    workspace.command(person, GENERAL, TELEWORK)
    assert "three days" not in words_of(workspace.ephemeral_for(person))


def test_a_guest_in_a_thread_gets_no_word_unless_they_mention_charter(workspace):
    question = workspace.mention(STAFF, GENERAL, TELEWORK)
    workspace.only_answer(question)
    workspace.reply(GUEST, question, "and how many in a month?")
    workspace.quiet()
    assert len(workspace.answers(question)) == 1
    assert workspace.ephemerals(GUEST) == []


def test_a_guest_who_mentions_it_is_told_so_alone(workspace):
    question = workspace.mention(GUEST, GENERAL, TELEWORK)
    assert "Guests are not answered" in words_of(workspace.ephemeral_for(GUEST))
    assert workspace.answers(question) == []


def test_in_a_channel_that_other_organisations_read_the_reply_is_for_the_asker_alone(workspace):
    question = workspace.mention(STAFF, SHARED, TELEWORK)
    aside = workspace.ephemeral_for(STAFF)
    assert "three days" in words_of(aside)
    assert "other organisations read this channel" in words_of(aside)
    workspace.quiet()
    assert workspace.answers(question) == []


@pytest.mark.parametrize(
    "fault", [{"error": "internal_error"}, {"status": 500}, {"status": 429, "retry_after": 30}]
)
@pytest.mark.parametrize("method", ["users.info", "usergroups.list"])
def test_a_look_up_that_fails_shows_what_is_for_all_and_no_more(workspace, method, fault):
    workspace.change_group(HR_GROUP)  # what was looked up before is forgotten
    workspace.quiet()
    workspace.fail(method, times=20, **fault)
    answer = workspace.only_answer(workspace.direct(HR, BONUS))
    assert heading_of(answer) == "∅ No answer in the documents"
    assert "three days" in words_of(workspace.only_answer(workspace.direct(HR, TELEWORK)))


def test_who_cannot_be_looked_up_among_other_organisations_is_not_answered(workspace):
    workspace.fail("users.info", error="internal_error")
    question = workspace.mention(STRANGER, SHARED, TELEWORK)
    assert "could not look up who you are" in words_of(workspace.ephemeral_for(STRANGER))
    assert workspace.answers(question) == []


def test_somebody_whom_slack_does_not_show_is_no_member(workspace):
    workspace.fail("users.info", error="user_not_visible")
    answer = workspace.only_answer(workspace.direct(STAFF, TELEWORK))
    assert "You belong to another" in answer["text"]


def test_who_leaves_a_group_reads_its_documents_no_longer(workspace):
    assert SECRET in words_of(workspace.only_answer(workspace.direct(HR, BONUS)))
    workspace.change_group(HR_GROUP, remove=HR)
    workspace.quiet()
    assert SECRET not in words_of(workspace.only_answer(workspace.direct(HR, BONUS)))
    workspace.change_group(HR_GROUP, add=HR)
    workspace.quiet()


def test_somebody_who_becomes_a_guest_is_not_answered_from_then_on(workspace):
    assert "three days" in words_of(workspace.only_answer(workspace.direct(STAFF, TELEWORK)))
    workspace.directory.people[STAFF].is_restricted = True
    try:
        assert "three days" not in words_of(
            workspace.only_answer(workspace.direct(STAFF, TELEWORK))
        )
    finally:
        workspace.directory.people[STAFF].is_restricted = False


def test_guests_and_other_workspaces_are_answered_for_all_where_a_setting_says_so(
    tmp_path, slack_settings
):
    allowed = slack_settings | {
        "CHARTER_SLACK_GUESTS": "true",
        "CHARTER_SLACK_WORKSPACES": f'["{OTHER_TEAM}"]',
        "CHARTER_SLACK_GROUPS": f'{{"{HR_GROUP}": ["hr"]}}',
    }
    with charter_in_slack(tmp_path, allowed) as (workspace, _):
        workspace.change_group(HR_GROUP, add=f"{GUEST} {ELSEWHERE}")
        workspace.quiet()
        for person in (GUEST, ELSEWHERE):
            assert "three days" in words_of(
                workspace.only_answer(workspace.direct(person, TELEWORK))
            )
            assert SECRET not in words_of(workspace.only_answer(workspace.direct(person, BONUS)))
        question = workspace.mention(ELSEWHERE, SHARED, TELEWORK)
        assert "three days" in words_of(workspace.only_answer(question))
        refused = workspace.only_answer(workspace.direct(LEFT, TELEWORK))
        assert "deactivated" in refused["text"]
