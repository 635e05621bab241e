"""A request with a key is done once, whatever is sent again and by how many at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from assistant.idempotency import ABANDONED, KEPT, Call, Done, IdempotencyKeys
from corpus.errors import IdempotencyKeyBusy, IdempotencyKeyReused

NOW = datetime(2026, 11, 30, 12)  # noqa: DTZ001  the records keep UTC without a zone
SECOND = timedelta(seconds=1)
CALL = Call("key", "/v1/feedback", '{"helpful": true}')
DONE = Done(201, '{"answer": "a-1"}')


@pytest.fixture
def keys(records_address: str) -> Iterator[IdempotencyKeys]:
    made = IdempotencyKeys(records_address)
    yield made
    made.close()


def test_what_was_done_is_returned_to_whoever_sends_it_again(keys, records_address):
    assert keys.begin(CALL, NOW) is None
    keys.finish(CALL, DONE)
    assert keys.begin(CALL, NOW + SECOND) == DONE
    other = IdempotencyKeys(records_address)
    assert other.begin(CALL, NOW + SECOND) == DONE
    other.close()


def test_a_key_names_one_request_at_one_address(keys):
    keys.begin(CALL, NOW)
    keys.finish(CALL, DONE)
    with pytest.raises(IdempotencyKeyReused, match="“key”"):
        keys.begin(Call("key", "/v1/feedback", '{"helpful": false}'), NOW)
    assert keys.begin(Call("key", "/v1/elsewhere", '{"helpful": false}'), NOW) is None
    assert keys.begin(Call("k" * 255, "/v1/feedback", "{}"), NOW) is None


def test_what_is_being_done_is_said_to_be(keys):
    keys.begin(CALL, NOW)
    with pytest.raises(IdempotencyKeyBusy):
        keys.begin(CALL, NOW + SECOND)


def test_what_came_to_nothing_can_be_tried_again(keys):
    keys.begin(CALL, NOW)
    keys.release(CALL)
    assert keys.begin(CALL, NOW) is None


def test_what_was_begun_by_a_server_that_was_killed_can_be_tried_after_a_minute(keys):
    keys.begin(CALL, NOW)
    assert keys.begin(CALL, NOW + ABANDONED + SECOND) is None


def test_a_key_is_forgotten_after_a_day(keys):
    keys.begin(CALL, NOW)
    keys.finish(CALL, DONE)
    assert keys.begin(CALL, NOW + KEPT - SECOND) == DONE
    assert keys.begin(CALL, NOW + KEPT + SECOND) is None


def test_of_eight_at_once_one_does_it(keys):
    together = Barrier(8)

    def begin(_thread: int) -> str:
        together.wait()
        try:
            return "mine" if keys.begin(CALL, NOW) is None else "done"
        except IdempotencyKeyBusy:
            return "busy"

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(begin, range(8))) == ["busy"] * 7 + ["mine"]
