"""What is written for Slack: limits, mentions that stay words, long replies, tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_blocks import assert_valid_message
from slack_charter import links_of, words_of
from slack_limits import walk

from assistant.reply import Answer, Citation, ClosestPassages, Excerpt, Line, NoAnswer, Question
from bots.list_shown import Row
from bots.slack import limits
from bots.slack.blocks import divider, section, text
from bots.slack.commitments_shown import tables_of
from bots.slack.escape import escaped, mentions, mentions_another, plain, says_something
from bots.slack.limits import Message, violations
from bots.slack.packing import in_blocks, in_messages, split
from bots.slack.people import NO_GUESTS
from bots.slack.questions import asks
from bots.slack.reply_shown import Offer, notice, reply_messages
from bots.slack.wording import said

pytestmark = pytest.mark.slack  # the validators come from npm

DAY = date(2026, 11, 22)
BOT = "U0CHARTER"
DANGERS = ("<!channel>", "<!here>", "<!everyone>", "<@U01STAFF>", "<!subteam^S01HR>", "<#C01>")
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400)


def citation(number: int, **changed: object) -> Citation:
    made = Citation(
        number,
        "leave",
        "Policy on leave",
        "3",
        "in force",
        ("2. Entitlement",),
        None,
        "Thirty days.",
        0,
        12,
        f"https://charter.example.org/documents/leave?start={number}",
    )
    return replace(made, **changed)


def answer(*lines: Line, title: str = "Policy on leave", **changed: object) -> Answer:
    cited = tuple(citation(line.citation, title=title, **changed) for line in lines)
    question = Question("How many days?", DAY, DAY)
    excerpts = (Excerpt("where", lines),)
    return Answer(
        "a-1", question, "c-1", " ".join(x.text for x in lines), "hr@x.org", cited, excerpts
    )


def as_payload(message: Message) -> dict:
    return {"channel": "C1", "text": message.text, "blocks": [dict(one) for one in message.blocks]}


def strings(payload: object) -> list[str]:
    """Return every text of a payload with the kind of the object that holds it."""
    return [
        f"{part.get('type')}:{part['text']}"
        for _, part in walk(payload, "")
        if isinstance(part.get("text"), str)
    ]


@pytest.mark.slow
@settings(deadline=None)  # the first one makes the schema
@given(st.lists(words, min_size=1, max_size=8), words, words)
def test_whatever_a_document_says_slack_takes_it_and_obeys_nothing(texts, title, contact):
    danger = "".join(DANGERS)
    lines = [Line(f"{one}{danger}", number) for number, one in enumerate(texts, 1)]
    reply = replace(answer(*lines, title=title + danger), contact=contact + danger)
    for message in reply_messages(reply, Offer(ask_person=True)):
        payload = as_payload(message)
        assert_valid_message(payload)
        assert not any(one in message.text for one in DANGERS)
        # only kinds that Slack reads as they are may hold a document's words
        holding = {one.partition(":")[0] for one in strings(payload) if "<!" in one}
        assert holding <= {"text", "link", "plain_text"}
        assert not any(part.get("type") == "broadcast" for _, part in walk(payload, ""))


@given(st.text(max_size=200))
def test_nothing_escaped_is_markup(raw):
    assert "<" not in escaped(raw)
    assert ">" not in escaped(raw)


@given(st.text(st.characters(exclude_characters="<>&"), max_size=6000), st.integers(1, 3000))
def test_a_text_that_is_split_is_whole_together(raw, most):
    parts = split(raw, most)
    assert "".join(parts) == raw
    assert all(len(part) <= most for part in parts)


@given(st.lists(st.integers(1, 9000), max_size=12), st.integers(1, 12), st.integers(1, 4000))
def test_the_end_of_a_reply_is_whole_on_its_last_message(body, tails, length):
    blocks = in_blocks([section(text("b" * size)) for size in body])
    tail = in_blocks([section(text("t" * min(length, 900)))] * tails)
    parts = in_messages(blocks, tail)
    assert [block for part in parts for block in part] == [*blocks, *tail]
    assert all(violations(part, "message") == [] for part in parts)
    assert parts[-1][-len(tail) :] == tuple(tail)


def test_an_answer_names_document_section_version_page_and_marks():
    reply = answer(
        Line("Thirty days.", 1), page=15, page_label="14", marks=("Sample policy", "Superseded")
    )
    (message,) = reply_messages(reply, Offer())
    shown = words_of(as_payload(message))
    for part in ("Policy on leave › 2. Entitlement", "version 3", "page 15, printed 14"):
        assert part in shown
    assert shown.count("Sample policy") == shown.count("Superseded") == 2


def test_citations_without_a_public_address_are_no_links():
    reply = answer(Line("Thirty days.", 1), url="/documents/leave?start=1")
    (message,) = reply_messages(reply, Offer())
    assert links_of(as_payload(message)) == ["mailto:hr@x.org"]


def test_a_row_of_a_table_names_its_columns():
    cells = (("Appointment", "Fixed-term"), ("Days", "2.5"), ("", "loose"))
    (message,) = reply_messages(answer(Line("row", 1, cells)), Offer())
    assert "Appointment:  Fixed-term \n Days:  2.5 \n loose" in words_of(as_payload(message))


def test_the_text_of_a_notification_carries_the_answer_and_no_more_than_fits():
    assert notice(answer(Line("Thirty days.", 1))) == "Answer. Thirty days."
    assert len(notice(answer(Line("x" * 9000, 1)))) <= limits.NOTICE


def test_the_three_outcomes_begin_differently():
    question = Question("How many days?", DAY, DAY)
    near = ClosestPassages("a-2", question, "c", "Near.", "hr", (citation(1),), (), "Near.")
    none = NoAnswer("a-3", question, "c", "Nothing. Please ask hr.", "hr", "Nothing.")
    heads = {
        reply_messages(one, Offer())[0].blocks[0]["text"]["text"]
        for one in (answer(Line("Yes.", 1)), near, none)
    }
    assert heads == {"✓ Answer", "≈ No direct answer", "∅ No answer in the documents"}


def test_an_answer_as_of_another_day_says_so():
    reply = answer(Line("Thirty days.", 1))
    (message,) = reply_messages(
        replace(reply, question=replace(reply.question, as_of=date(2023, 6, 1))), Offer()
    )
    assert "With the rules in force on 1 June 2023" in words_of(as_payload(message))


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (f"<@{BOT}> How many?", "How many?"),
        (f"<@{BOT}|charter>", ""),
        ("<@U1|ann> and <@U2>", "ann and a colleague"),
        ("<#C1|general> <#C1>", "general C1"),
        ("<!subteam^S1|@hr> <!here> <!date^1^{date}|today>", "hr here today"),
        (
            "<https://x.org|the rules> <https://y.org> <mailto:a@x.org|a@x.org>",
            "the rules https://y.org a@x.org",
        ),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("&gt; said the robot\nIs that so?", "said the robot\nIs that so?"),
        ("  two\u00a0 words \n\n next ", "two words\nnext"),
    ],
)
def test_what_people_write_is_read_without_mark_up(sent, read):
    assert plain(sent, BOT) == read


def test_mentions_are_told_apart():
    assert mentions(f"hello <@{BOT}|charter>", BOT)
    assert not mentions(f"hello <@{BOT}2>", BOT)
    assert mentions_another(f"<@{BOT}> ask <@U01>", BOT)
    assert mentions_another("<!here> lunch", BOT)
    assert not mentions_another(f"<@{BOT}> hello <https://x.org>", BOT)


@pytest.mark.parametrize("sent", ["", " ", ":wave:", ":+1::skin-tone-2:", "🙂🇨🇭", "?!…", "•"])
def test_emojis_and_signs_say_nothing(sent):
    assert not says_something(sent)


@pytest.mark.parametrize("sent", ["leave", "30", "休暇", ":wave: hello", "é?"])
def test_words_and_numbers_say_something(sent):
    assert says_something(sent)


@pytest.mark.parametrize(
    "sent",
    ["and for short-term staff?", "By when", "what about consultants", "and in Geneva", "Is it so"],
)
def test_a_question_in_a_thread_is_told_by_its_form(sent):
    assert asks(sent)


@pytest.mark.parametrize("sent", ["thanks", "I think it is two days", "ok", "Lunch at noon", "👍"])
def test_a_remark_is_none(sent):
    assert not asks(sent)


def rows(count: int, length: int = 40) -> list[Row]:
    return [
        Row(
            citation(n),
            f"{n} {'promise ' * (length // 8)}<!channel>",
            ("HR",),
            (),
            overdue=False,
            status="not started",
        )
        for n in range(1, count + 1)
    ]


def test_a_line_of_a_list_says_who_and_when_and_leads_to_its_place():
    (table,) = tables_of([replace(rows(1)[0], when=("Q1, 2024",), overdue=True)])
    names = [cell["text"] for cell in table["rows"][0]]
    assert names == ["Commitment", "Lead", "When", "Status", "Source"]
    cells = table["rows"][1]
    assert [cell["text"] for cell in cells[1:4]] == ["HR", "Q1, 2024 · overdue", "not started"]
    assert links_of({"blocks": [table]}) == [citation(1).url]
    (undated,) = tables_of(rows(1))
    assert undated["rows"][1][2] == {"type": "raw_text", "text": "–"}


@pytest.mark.parametrize(("count", "length"), [(0, 40), (99, 8), (100, 8), (250, 40), (60, 2000)])
def test_long_lists_lose_no_row_and_fill_one_table_a_message(count, length):
    messages = in_messages([divider(), *tables_of(rows(count, length))], [divider()])
    shown = 0
    for blocks in messages:
        payload = as_payload(Message("list", blocks))
        assert_valid_message(payload)
        assert violations(blocks, "message") == []
        shown += sum(len(one["rows"]) - 1 for one in payload["blocks"] if one["type"] == "table")
    assert shown == count


@pytest.mark.parametrize(
    ("blocks", "surface", "problem"),
    [
        ([{"type": "divider"}] * 51, "message", "51 blocks"),
        ([{"type": "divider"}] * 101, "home", "101 blocks"),
        (
            [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
            "message",
            "header",
        ),
        (
            [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}],
            "message",
            "section",
        ),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": ""}}], "message", "section"),
        ([{"type": "context_actions", "elements": [{}]}], "modal", "not in a modal"),
        ([{"type": "actions", "elements": []}], "message", "actions"),
        ([{"type": "divider", "block_id": "a"}] * 2, "message", "one name"),
        ([{"type": "table", "rows": [[]]}] * 2, "message", "more than one table"),
        ([{"type": "table", "rows": [[]] * 101}], "message", "table"),
        ([{"type": "rich_text", "elements": [{"type": "text", "text": ""}]}], "message", "empty"),
        (
            [{"type": "rich_text", "elements": [{"type": "text", "text": "x" * 12000}]}],
            "message",
            "11500",
        ),
    ],
)
def test_what_slack_would_refuse_is_told_before_it_is_sent(blocks, surface, problem):
    assert any(problem in one for one in violations(blocks, surface))


def test_what_charter_itself_says_is_a_message():
    assert_valid_message(as_payload(said(NO_GUESTS)))
