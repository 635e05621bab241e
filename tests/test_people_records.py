"""Votes, questions passed on, questions asked lately, and the pseudonyms that they stand under."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from assistant.aloud import ask_aloud
from assistant.asked import KEPT, AskedQuestion, AskedQuestions
from assistant.escalations import KEPT as ESCALATIONS_KEPT
from assistant.escalations import Escalation, Escalations
from assistant.feedback import LONGEST_WORDS, REASONS, Vote, Votes
from assistant.ledgers import Ledgers
from assistant.library.reader import Reader
from assistant.pseudonyms import KEY_FILE, Pseudonyms, read_key
from assistant.settings import load_settings
from assistant.wiring import build_assistant, build_ledgers, index_corpus
from corpus.errors import RecordNotFound, StorageError
from indexing.progress import SilentProgress

NOW = datetime(2026, 11, 30, 12)  # noqa: DTZ001  the records keep UTC without a zone


@pytest.fixture
def ledgers(tmp_path) -> Ledgers:
    made = build_ledgers(load_settings(home=tmp_path))
    yield made
    made.close()


def vote(voter: str = "v", *, helpful: bool = True, after: int = 0, **more: object) -> Vote:
    return Vote("a-1", voter, helpful, NOW + timedelta(seconds=after), **more)


def test_the_last_vote_of_a_person_counts(ledgers):
    ledgers.votes.cast(vote())
    ledgers.votes.cast(vote("w"))
    ledgers.votes.cast(vote(helpful=False, after=1, reason="wrong", words="No."))
    assert [(one.voter, one.helpful, one.reason, one.words) for one in ledgers.votes.of("a-1")] == [
        ("w", True, None, ""),
        ("v", False, "wrong", "No."),
    ]
    tally = ledgers.votes.tally("a-1")
    assert (tally.helpful, tally.unhelpful, dict(tally.reasons)) == (1, 1, {"wrong": 1})


def test_votes_of_one_person_at_once_leave_one(tmp_path):
    address = f"sqlite:///{tmp_path}/records.db"
    boxes = [Votes(address), Votes(address)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: boxes[number % 2].cast(vote(after=number)), range(24)))
    assert len(boxes[0].of("a-1")) == 1
    for box in boxes:
        box.close()


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_kept(ledgers, reason):
    ledgers.votes.cast(vote(helpful=False, reason=reason, words="x" * (LONGEST_WORDS + 1)))
    (kept,) = ledgers.votes.of("a-1")
    assert (kept.reason, len(kept.words)) == (reason, LONGEST_WORDS)


ESCALATION = Escalation("e-1", "U1", "May I?", "a-1", NOW)


def test_a_question_is_passed_on_once_and_found_where_it_was_posted(ledgers):
    ledger: Escalations = ledgers.escalations
    assert ledger.begin(ESCALATION)
    assert not ledger.begin(ESCALATION)
    assert ledger.at("") is None
    placed = ledger.placed(ESCALATION, "slack C1 1.2")
    assert ledger.at("slack C1 1.2") == placed
    ledger.replied(placed)
    found = ledger.at("slack C1 1.2")
    assert found is not None
    assert found.replies == 1
    assert ledger.at("slack C1 9.9") is None


def test_one_that_could_not_be_posted_can_be_passed_on_again(ledgers):
    ledgers.escalations.begin(ESCALATION)
    ledgers.escalations.forget(ESCALATION)
    assert ledgers.escalations.begin(ESCALATION)


def test_old_escalations_go(ledgers):
    ledgers.escalations.begin(ESCALATION)
    ledgers.escalations.placed(ESCALATION, "slack C1 1.2")
    later = NOW + ESCALATIONS_KEPT + timedelta(days=1)
    ledgers.escalations.begin(Escalation("e-2", "U1", "May I?", "a-1", later))
    assert ledgers.escalations.at("slack C1 1.2") is None


def asked(number: int, asker: str = "v") -> AskedQuestion:
    moment = NOW + timedelta(minutes=number)
    return AskedQuestion(asker, f"Question {number}?", f"a-{number}", "answer", moment)


def test_a_person_finds_their_own_questions_newest_first(ledgers):
    for number in range(7):
        ledgers.asked.note(asked(number))
    ledgers.asked.note(asked(9, "w"))
    found = ledgers.asked.latest("v", 3)
    assert [one.question for one in found] == ["Question 6?", "Question 5?", "Question 4?"]


def test_a_question_asked_again_stands_once(ledgers):
    ledgers.asked.note(asked(1))
    ledgers.asked.note(asked(1))
    assert len(ledgers.asked.latest("v")) == 1


def test_old_questions_go(tmp_path):
    questions = AskedQuestions(f"sqlite:///{tmp_path}/records.db")
    questions.note(asked(1))
    for number in range(200):
        late = NOW + KEPT + timedelta(days=1, seconds=number)
        questions.note(AskedQuestion("w", "?", f"b-{number}", "answer", late))
    assert questions.latest("v") == ()
    questions.close()


def test_a_pseudonym_is_the_same_each_time_and_hangs_on_the_key():
    one, other = Pseudonyms(lambda: b"key"), Pseudonyms(lambda: b"another")
    assert one.of("slack", "U1") == one.of("slack", "U1")
    assert one.of("slack", "U1") != other.of("slack", "U1")
    assert one.of("a", "bc") != one.of("ab", "c")
    assert "key" not in repr(one)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_key(tmp_path / "home"), range(16)))
    assert len(keys) == 1
    file = tmp_path / "home" / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [KEY_FILE]


def test_a_key_that_is_set_needs_no_file(tmp_path):
    assert read_key(tmp_path, "hush") == b"hush"
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_written_is_told_plainly(tmp_path):
    (tmp_path / "home").write_text("no folder")
    with pytest.raises(StorageError, match="CHARTER_SECRET"):
        read_key(tmp_path / "home")


RESTRICTED = """\
---
id: bonus
title: Scheme of bonuses
version: "1"
audience: [hr]
---

# Scheme of bonuses

The bonus of a director is seven thousand francs.
"""
OPEN = """\
---
id: parking
title: Parking rules
version: "1"
---

# Parking rules

A parking permit costs twenty francs in each month.
"""
BONUS, PERMIT = "How large is the bonus of a director?", "What does a parking permit cost?"
HR_READER = Reader("somebody", frozenset({"hr"}))


@pytest.fixture
def assistant(tmp_path):
    corpus = tmp_path / "documents"
    corpus.mkdir()
    (corpus / "bonus.md").write_text(RESTRICTED)
    (corpus / "parking.md").write_text(OPEN)
    settings = load_settings(home=tmp_path / "home", corpus=corpus, follow=False)
    index_corpus(settings, SilentProgress())
    made = build_assistant(settings)
    yield made
    made.close()


def test_aloud_is_what_everybody_may_read_and_aside_what_the_asker_may(assistant):
    spoken = ask_aloud(assistant, BONUS, HR_READER, room="r")
    assert "seven thousand" not in spoken.aloud.text
    assert spoken.aside is not None
    assert "seven thousand" in spoken.aside.text


def test_nothing_is_said_aside_that_all_may_hear(assistant):
    spoken = ask_aloud(assistant, PERMIT, HR_READER, room="r")
    assert "twenty francs" in spoken.aloud.text
    assert spoken.aside is None


def test_somebody_in_no_group_is_told_nothing_aside(assistant):
    assert ask_aloud(assistant, BONUS, Reader("somebody"), room="r").aside is None


def test_a_reply_can_be_made_again_for_whoever_may_read_it(assistant):
    spoken = ask_aloud(assistant, BONUS, HR_READER, room="r")
    assert spoken.aside is not None
    assert assistant.again(spoken.aside.id, HR_READER.groups) == spoken.aside
    assert assistant.again(spoken.aloud.id) == spoken.aloud
    with pytest.raises(RecordNotFound):
        assistant.again(spoken.aside.id)


def test_a_receipt_gives_its_reply_in_words(assistant):
    reply = assistant.ask(PERMIT)
    kept = assistant.receipt(reply.id)
    assert kept.text == reply.text == json.loads(kept.reply)["text"]
