"""Receipts are listed and counted: how often something was asked, and what came of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from assistant.escalations import Escalation, Escalations
from assistant.feedback import Vote, Votes
from assistant.receipts import ONE_ASKING, Receipt, Receipts
from assistant.reply import Carried, Question

NOON = datetime(2026, 11, 22, 12)  # noqa: DTZ001  receipts are in UTC without saying so in each row
DAY = date(2026, 11, 22)


def receipt(name: str, outcome: str = "answer", at: datetime = NOON) -> Receipt:
    question = Question(f"What of {name}?", DAY, DAY, "c-1", frozenset({"managers"}))
    said = (
        f'{{\n  "id": "{name}",\n  "outcome": "{outcome}",\n  "text": "\\"outcome\\": \\"x\\""\n}}'
    )
    return Receipt(name, at, question, "index", "settings", said)


@pytest.fixture
def receipts(records_address):
    made = Receipts(records_address)
    yield made
    made.close()


def test_a_question_asked_again_later_is_counted_and_its_receipt_stays(receipts):
    receipts.keep(receipt("a-1"))
    for count in (1, 2):
        receipts.keep(receipt("a-1", at=NOON + count * ONE_ASKING))
    (one,) = receipts.listed(NOON)
    assert (one.times, one.asked_at) == (3, NOON)
    assert receipts.find("a-1").asked_at == NOON


def test_a_page_that_is_opened_again_at_once_asks_once(receipts):
    for seconds in (0, 60, 119, 200, 300):
        receipts.keep(receipt("a-1", at=NOON + timedelta(seconds=seconds)))
    assert receipts.listed(NOON)[0].times == 1


def test_receipts_are_listed_by_outcome_newest_first_with_their_questions(receipts):
    carried = Carried("What of it for others?", "said", "topic", rests_on=("leave",))
    later = receipt("a-2", "no_answer", NOON + timedelta(hours=1))
    receipts.keep(replace(later, question=replace(later.question, carried=carried)))
    receipts.keep(receipt("a-1", "no_answer"))
    receipts.keep(receipt("a-3", "answer"))
    receipts.keep(receipt("a-0", "no_answer", NOON - timedelta(seconds=1)))
    found = receipts.listed(NOON, outcomes=("no_answer", "closest_passages"))
    assert [one.id for one in found] == ["a-2", "a-1"]
    assert found[0].question == replace(later.question, carried=carried)
    assert {one.outcome for one in found} == {"no_answer"}


def test_pages_of_the_list_hold_every_receipt_once(receipts):
    for number in range(5):
        receipts.keep(receipt(f"a-{number}"))  # all at one moment
    seen, last = [], None
    while page := receipts.listed(NOON, before=last, most=2):
        seen += [one.id for one in page]
        last = page[-1]
    assert seen == ["a-4", "a-3", "a-2", "a-1", "a-0"]


def test_counts_are_of_every_time_something_was_asked(receipts):
    for hour in range(3):
        receipts.keep(receipt("a-1", "no_answer", NOON + timedelta(hours=hour)))
    receipts.keep(receipt("a-2", "answer"))
    receipts.keep(receipt("a-3", "answer", NOON - timedelta(days=1)))
    assert receipts.counts(NOON) == {"answer": 1, "closest_passages": 0, "no_answer": 3}


def test_those_with_some_ids_are_found_and_the_others_left_out(receipts):
    receipts.keep(receipt("a-1"))
    receipts.keep(receipt("a-2", at=NOON + timedelta(hours=1)))
    assert [one.id for one in receipts.those(["a-1", "a-2", "a-9"])] == ["a-2", "a-1"]


def test_receipts_of_an_earlier_version_are_listed_by_what_their_replies_say(records_address):
    """The table as it was before anything of this was kept."""
    engine = create_engine(records_address)
    old = receipt("a-1", "closest_passages")
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE receipts (id VARCHAR(40) PRIMARY KEY, asked_at TIMESTAMP NOT NULL, "
                "question TEXT NOT NULL, as_of DATE NOT NULL, today DATE NOT NULL, "
                "conversation_id TEXT, index_fingerprint VARCHAR(64) NOT NULL, "
                "settings_fingerprint VARCHAR(64) NOT NULL, reply TEXT NOT NULL)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO receipts VALUES ('a-1', '2026-11-22 12:00:00.000000', 'What of a-1?', "
                "'2026-11-22', '2026-11-22', NULL, 'index', 'settings', :reply)"
            ),
            {"reply": old.reply},
        )
    engine.dispose()
    receipts = Receipts(records_address)
    (one,) = receipts.listed(NOON)
    assert (one.outcome, one.times) == ("closest_passages", 1)
    receipts.keep(receipt("a-1", "closest_passages", NOON + timedelta(hours=1)))
    assert receipts.counts(NOON)["closest_passages"] == 2
    receipts.close()


def test_a_replay_and_a_trial_count_as_nothing(small_assistant):
    before = sum(small_assistant.receipts.counts(datetime.min).values())  # noqa: DTZ901  since ever
    reply = small_assistant.ask("How many days of telework are there in each week?")
    small_assistant.replay(reply.id)
    small_assistant.again(reply.id)
    small_assistant.trial("How many days of telework are there in each week?")
    after = sum(small_assistant.receipts.counts(datetime.min).values())  # noqa: DTZ901  the same
    assert after == before + 1


def test_votes_and_what_was_passed_on_are_listed_since_a_moment(records_address):
    votes, escalations = Votes(records_address), Escalations(records_address)
    for hour in (-1, 0, 1):
        at = NOON + timedelta(hours=hour)
        votes.cast(Vote("a-1", f"voter {hour}", helpful=False, cast_at=at, reason="wrong"))
        escalations.begin(Escalation(f"e{hour}", "U1", "Who helps?", "a-1", at))
    assert [one.voter for one in votes.since(NOON)] == ["voter 1", "voter 0"]
    assert [one.id for one in escalations.since(NOON)] == ["e1", "e0"]
    votes.close()
    escalations.close()
