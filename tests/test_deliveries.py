"""A delivery is taken once, held on a lease, taken over when its holder ends, then forgotten."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from assistant.deliveries import KEPT, LEASE, Deliveries, Delivery

NOW = datetime(2026, 11, 30, 12)  # noqa: DTZ001  the records keep UTC without a zone
ONE = Delivery("key", "thread", "what was asked")
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path}/records.db"


@pytest.fixture
def bots(address):
    """Two processes, as far as the records are concerned."""
    made = Deliveries(address), Deliveries(address)
    yield made
    for one in made:
        one.close()


def test_it_is_taken_once(bots):
    one, other = bots
    assert one.take(ONE, NOW)
    assert not one.take(ONE, NOW)
    assert not other.take(ONE, LATER)


def test_of_many_at_once_one_takes_it(bots):
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda number: bots[number % 2].take(ONE, NOW), range(40)))
    assert taken.count(True) == 1


def test_its_holder_alone_begins_to_reply_and_once(bots):
    one, other = bots
    one.take(ONE, NOW)
    assert not other.begin("key")
    assert one.begin("key")
    assert not one.begin("key")


def test_what_is_held_is_not_taken_over(bots):
    one, other = bots
    one.take(ONE, NOW)
    assert other.take_over(NOW) == ()
    one.renew(LATER)
    assert other.take_over(LATER) == ()


def test_what_its_holder_left_is_taken_over_by_one(bots):
    one, other = bots
    one.take(ONE, NOW)
    assert other.take_over(LATER) == (ONE,)
    assert one.take_over(LATER) == ()
    assert not one.begin("key")
    assert other.begin("key")


def test_what_was_being_sent_is_taken_over_in_doubt(bots):
    one, other = bots
    one.take(ONE, NOW)
    one.begin("key")
    assert other.take_over(LATER) == (Delivery("key", "thread", "what was asked", in_doubt=True),)


def test_what_is_given_back_waits_for_whoever_looks_next_also_its_holder(bots):
    one, _ = bots
    one.take(ONE, NOW)
    one.begin("key")
    one.give_back("key", NOW)
    one.renew(NOW)
    assert one.take_over(NOW) == (ONE,)


def test_what_waits_is_released_at_the_end(bots):
    one, other = bots
    one.take(ONE, NOW)
    one.release(NOW)
    assert other.take_over(NOW) == (ONE,)


def test_what_is_done_is_not_taken_again_nor_remembered(bots, tmp_path):
    one, other = bots
    one.take(ONE, NOW)
    one.begin("key")
    one.done("key")
    assert other.take_over(LATER) == ()
    assert not other.take(ONE, LATER)
    with sqlite3.connect(tmp_path / "records.db") as database:
        assert database.execute("SELECT work FROM deliveries").fetchall() == [("",)]


def test_a_thread_is_known_once_something_was_replied_there(bots):
    one, other = bots
    one.take(ONE, NOW)
    assert not other.answered_in("thread")
    one.begin("key")
    one.done("key")
    assert other.answered_in("thread")
    assert not other.answered_in("another")


def test_what_is_stopped_is_not_replied_to(bots):
    one, _ = bots
    one.take(ONE, NOW)
    assert one.stop("thread") == 1
    assert not one.begin("key")
    assert one.waiting() == 0


def test_old_deliveries_go_and_threads_with_them(bots):
    one, _ = bots
    one.take(ONE, NOW)
    one.begin("key")
    one.done("key")
    for number in range(500):
        one.take(Delivery(str(number), "other", ""), NOW + KEPT + timedelta(days=1))
    assert not one.answered_in("thread")


def test_what_is_owed_is_counted(bots):
    one, _ = bots
    for key in "abc":
        one.take(Delivery(key, "thread", ""), NOW)
    one.begin("b")
    one.begin("c")
    one.done("c")
    assert one.waiting() == 2
