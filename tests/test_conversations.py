"""What conversations remember, for how long, for whom, and for how many at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import create_engine, text

from assistant.conversation.conversations import (
    Bounds,
    Conversations,
    Quoted,
    Turn,
    given_out,
    owned_by,
)
from corpus.errors import StorageError

NOON = datetime(2026, 11, 22, 12)  # noqa: DTZ001  moments are in UTC without saying so in each row
KEY = owned_by("talk", "", frozenset())
Open = Callable[..., Conversations]


def turn(number: int) -> Turn:
    return Turn(f"Question {number}?", "", None, "answer")


def texts(turns: tuple[Turn, ...]) -> list[str]:
    return [one.text for one in turns]


@pytest.fixture
def open_(records_address: str, request: pytest.FixtureRequest) -> Open:
    """Open the conversations of one database anew, as another process does."""

    def opened(bounds: Bounds | None = None) -> Conversations:
        made = Conversations(records_address, bounds)
        request.addfinalizer(made.close)
        return made

    return opened


def test_what_was_asked_survives_a_restart_whole(open_: Open) -> None:
    whole = Turn(
        "Who leads?", "the work", NOON.date(), "closest_passages",
        (Quoted(1, "plan@1", 5, 9, "0f", listed=True),),
        item="the work", only=("plan",), without=("other",), rests_on=("plan@1",),
    )  # fmt: skip
    open_().append(KEY, turn(1), NOON)
    open_().append(KEY, whole, NOON)
    assert open_().recall(KEY) == (turn(1), whole)


def test_nothing_is_remembered_of_a_conversation_that_never_was(open_: Open) -> None:
    assert open_().recall(KEY) == ()


def test_the_last_turns_are_kept_and_no_more(open_: Open) -> None:
    kept = open_(Bounds(turns=3))
    for number in range(5):
        kept.append(KEY, turn(number), NOON)
    assert texts(kept.recall(KEY)) == ["Question 2?", "Question 3?", "Question 4?"]
    kept.begin("other", tuple(map(turn, range(7))), NOON)
    assert texts(kept.recall("other")) == ["Question 4?", "Question 5?", "Question 6?"]


def test_what_was_begun_under_an_id_of_its_questions_never_changes(open_: Open) -> None:
    kept = open_()
    kept.begin(KEY, (turn(1),), NOON)
    kept.begin(KEY, (turn(1), turn(2)), NOON)
    assert kept.recall(KEY) == (turn(1),)


def test_a_conversation_that_is_not_used_for_long_is_forgotten(open_: Open) -> None:
    kept = open_(Bounds(unused=timedelta(days=90), tidy_every=1))
    kept.append("old", turn(1), NOON - timedelta(days=91))
    kept.append("used", turn(1), NOON - timedelta(days=91))
    kept.append("used", turn(2), NOON - timedelta(days=1))
    kept.append("begun", turn(1), NOON - timedelta(days=89))
    kept.append("new", turn(1), NOON)
    assert kept.recall("old") == ()
    assert len(kept.recall("used")) == 2
    assert kept.recall("begun")
    assert kept.recall("new")


def test_there_are_never_too_many_and_the_least_used_go_first(open_: Open) -> None:
    kept = open_(Bounds(conversations=3, tidy_every=1))
    for number in range(3):
        kept.append(f"talk {number}", turn(1), NOON + timedelta(minutes=number))
    kept.append("talk 0", turn(2), NOON + timedelta(minutes=3))
    kept.append("talk 3", turn(1), NOON + timedelta(minutes=4))
    assert [bool(kept.recall(f"talk {number}")) for number in range(4)] == [True, False, True, True]


def test_another_person_or_other_groups_have_another_conversation() -> None:
    keys = {
        owned_by("talk", "", frozenset()),
        owned_by("talk", "anna", frozenset()),
        owned_by("talk", "berta", frozenset()),
        owned_by("talk", "anna", frozenset(("hr",))),
        owned_by("talk", "anna", frozenset(("hr", "council"))),
        owned_by("talk 2", "anna", frozenset()),
    }
    assert len(keys) == 6
    assert owned_by("t", "a", frozenset(("HR ", "b"))) == owned_by("t", "a", frozenset(("b", "hr")))


def test_an_id_of_charter_is_told_from_a_name_that_a_door_gives() -> None:
    assert given_out("c-0b1f6c2a94d3e58f7a10")
    assert not any(map(given_out, ("c-1", "", "talk", "c-0b1f6c2a94d3e58f7a10x", "C-" + "0" * 20)))


def test_neither_ids_nor_names_of_people_stand_in_the_database(tmp_path: Path) -> None:
    kept = Conversations(f"sqlite:///{tmp_path / 'records.db'}")
    kept.append(owned_by("my-talk", "anna", frozenset(("council",))), turn(1), NOON)
    kept.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Question 1?" in held
    assert not any(word in held for word in (b"my-talk", b"anna", b"council"))


def test_what_another_version_of_charter_wrote_is_as_if_it_were_not_there(
    open_: Open, records_address: str
) -> None:
    kept = open_()
    kept.append(KEY, turn(1), NOON)
    other = create_engine(records_address)
    with other.begin() as connection:
        connection.execute(
            text("UPDATE conversations SET turns = :turns"), {"turns": '[{"of": 1}]'}
        )
    other.dispose()
    assert kept.recall(KEY) == ()
    kept.append(KEY, turn(2), NOON)
    assert kept.recall(KEY) == (turn(2),)


def test_a_folder_that_cannot_hold_conversations_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Conversations(f"sqlite:///{tmp_path / 'file' / 'records.db'}")
    with pytest.raises(StorageError, match="CHARTER_HOME"):
        kept.append(KEY, turn(1), NOON)
    kept.close()


def test_threads_that_ask_in_one_conversation_lose_no_turn(open_: Open) -> None:
    kept = open_()
    together = Barrier(8)

    def ask(number: int) -> None:
        together.wait()
        kept.append(KEY, turn(number), NOON)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(8)))
    assert sorted(texts(kept.recall(KEY))) == [f"Question {number}?" for number in range(8)]


@pytest.mark.slow
def test_processes_that_ask_in_one_conversation_lose_no_turn(
    open_: Open, records_address: str
) -> None:
    script = (
        "import sys\n"
        "from datetime import datetime\n"
        "from assistant.conversation.conversations import Bounds, Conversations, Turn\n"
        "kept = Conversations(sys.argv[1], Bounds(turns=100))\n"
        "for number in range(10):\n"
        "    turn = Turn(f'{sys.argv[2]} {number}', '', None, 'answer')\n"
        "    kept.append('talk', turn, datetime(2026, 11, 22))\n"
    )
    started = [
        subprocess.Popen(  # noqa: S603  the script stands above
            [sys.executable, "-c", script, records_address, name],
            cwd=Path(__file__).parent.parent,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "abc"
    ]
    assert [process.communicate(timeout=60)[1] for process in started] == [""] * 3
    told = {f"{name} {number}" for name in "abc" for number in range(10)}
    assert set(texts(open_(Bounds(turns=100)).recall("talk"))) == told
