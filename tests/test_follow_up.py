"""What people say of commitments: kept whole, the last one counts, nobody overwrites unseen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier

import pytest
from made_commitments import made

from assistant.register.follow_up import FollowUp
from assistant.register.model import Status
from assistant.register.overdue import due_of, is_overdue
from assistant.register.statements import (
    LONGEST_NOTE,
    STATUSES,
    Saying,
    Statement,
    Subject,
    check_saying,
)
from corpus.errors import StatusOutdated, StatusRefused, StorageError

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAIR = Subject(made("Hold a fair", leads=("Staffing",), times=("Q1, 2024",)))
Open = Callable[[], FollowUp]


@pytest.fixture
def open_(records_address: str, request: pytest.FixtureRequest) -> Open:
    """Open the statements of one database anew, as another process does."""

    def opened() -> FollowUp:
        made_up = FollowUp(records_address)
        request.addfinalizer(made_up.close)
        return made_up

    return opened


def of_fair(kept: FollowUp) -> tuple[Statement, ...]:
    return kept.statements().get("plan", {}).get(FAIR.commitment.id, ())


def test_all_that_was_said_is_found_by_another_process_in_its_order(open_: Open) -> None:
    saying = Saying("in progress", "Anna", "Halls are booked\nfor May.", "https://example.org/a")
    first = open_().say(Subject(FAIR.commitment, ("hr", "council")), saying, at=NOON)
    second = open_().say(FAIR, Saying("delivered", "Berta"), at=NOON + timedelta(days=1))
    assert of_fair(open_()) == (first, second)
    assert first.saying == saying
    assert first.at == NOON
    assert (first.document, first.version, first.audience) == ("plan", "1", ("council", "hr"))
    assert first.number < second.number


def test_a_moment_elsewhere_is_kept_in_utc(open_: Open) -> None:
    kept = open_()
    there = NOON.astimezone(timezone(timedelta(hours=-5)))
    assert kept.say(FAIR, Saying("delivered", "Anna"), at=there).at == NOON
    assert of_fair(kept)[0].at.utcoffset() == timedelta()


def test_the_commitment_is_kept_as_it_stood_when_somebody_spoke_of_it(open_: Open) -> None:
    kept = open_()
    said = kept.say(FAIR, Saying("delivered", "Anna"), at=NOON)
    assert kept.said_of([said.number]) == {said.number: FAIR.commitment}


def test_what_was_said_unseen_is_not_overwritten(open_: Open) -> None:
    kept = open_()
    first = kept.say(FAIR, Saying("in progress", "Anna"), at=NOON, if_last=0)
    for seen in (0, first.number + 1):
        with pytest.raises(StatusOutdated):
            kept.say(FAIR, Saying("dropped", "Berta"), at=NOON, if_last=seen)
    assert len(of_fair(kept)) == 1
    kept.say(FAIR, Saying("dropped", "Berta"), at=NOON, if_last=first.number)
    assert [one.saying.status for one in of_fair(kept)] == ["in progress", "dropped"]


def test_what_others_say_is_seen_without_opening_anew(open_: Open) -> None:
    mine, theirs = open_(), open_()
    assert of_fair(mine) == ()
    theirs.say(FAIR, Saying("delivered", "Anna"), at=NOON)
    assert len(of_fair(mine)) == 1


def test_the_fingerprint_changes_with_all_that_is_said_and_with_nothing_else(open_: Open) -> None:
    kept = open_()
    seen = [kept.fingerprint()]
    for status in STATUSES:
        kept.say(FAIR, Saying(status, "Anna"), at=NOON)
        seen.append(kept.fingerprint())
    assert len(set(seen)) == len(seen)
    assert open_().fingerprint() == seen[-1]


def test_another_past_has_another_fingerprint(fresh_address: Callable[[], str]) -> None:
    seen = set()
    for status in ("delivered", "dropped"):
        kept = FollowUp(fresh_address())
        kept.say(FAIR, check_saying(status, by="Anna"), at=NOON)
        seen.add(kept.fingerprint())
        kept.close()
    assert len(seen) == 2


def test_of_eight_who_speak_at_once_each_is_heard(open_: Open) -> None:
    kept = open_()
    together = Barrier(8)

    def say(number: int) -> None:
        together.wait()
        kept.say(FAIR, Saying("in progress", f"Person {number}"), at=NOON)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(say, range(8)))
    said = of_fair(kept)
    assert sorted(one.saying.by for one in said) == [f"Person {number}" for number in range(8)]


def test_of_eight_who_answer_the_same_state_at_once_one_is_kept(open_: Open) -> None:
    kept = open_()
    first = kept.say(FAIR, Saying("in progress", "Anna"), at=NOON)
    together = Barrier(8)

    def say(number: int) -> bool:
        together.wait()
        try:
            kept.say(FAIR, Saying("dropped", f"{number}"), at=NOON, if_last=first.number)
        except StatusOutdated:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        kept_ones = sum(threads.map(say, range(8)))
    assert kept_ones == 1
    assert len(of_fair(kept)) == 2


@pytest.mark.slow
def test_processes_that_speak_of_one_commitment_lose_nothing(
    open_: Open, records_address: str
) -> None:
    script = (
        "import sys\n"
        "sys.path.insert(0, 'tests')\n"
        "from test_follow_up import FAIR, NOON\n"
        "from assistant.register.follow_up import FollowUp\n"
        "from assistant.register.statements import Saying\n"
        "kept = FollowUp(sys.argv[1])\n"
        "for number in range(10):\n"
        "    kept.say(FAIR, Saying('in progress', f'{sys.argv[2]} {number}'), at=NOON)\n"
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
    said = {one.saying.by for one in of_fair(open_())}
    assert said == {f"{name} {number}" for name in "abc" for number in range(10)}


def test_a_folder_that_cannot_hold_statements_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = FollowUp(f"sqlite:///{tmp_path / 'file' / 'records.db'}")
    with pytest.raises(StorageError, match="CHARTER_HOME"):
        kept.statements()
    kept.close()


@pytest.mark.parametrize(
    ("written", "read"),
    [("In Progress", "in progress"), ("not-started", "not started"), (" delivered ", "delivered")],
)
def test_a_status_is_read_as_people_write_it(written: str, read: str) -> None:
    assert check_saying(written, by="Anna").status == read


def test_blanks_around_what_is_said_are_left_out_and_lines_of_a_note_stay() -> None:
    said = check_saying("dropped", by=" Anna ", note="\r\none\r\ntwo ", link=" http://a.example/ ")
    assert (said.by, said.note, said.link) == ("Anna", "one\ntwo", "http://a.example/")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "done"},
        {"status": ""},
        {"by": " "},
        {"by": "x" * 201},
        {"by": "Anna\nBerta"},
        {"note": "x" * (LONGEST_NOTE + 1)},
        {"note": "bell \x07"},
        {"note": "nothing \x00"},
        {"note": "half a sign \ud800"},
        {"note": "evil \u202etxt.exe"},
        {"link": "ftp://example.org/a"},
        {"link": "javascript:alert(1)"},
        {"link": "//example.org/a"},
        {"link": "https:///a"},
        {"link": "https://good.example@bad.example/"},
        {"link": "https://example.org/a b"},
        {"link": 'https://example.org/"onclick="x'},
        {"link": "https://example.org:99999/"},
        {"link": "https://[::1/"},
        {"link": "https://example.org/" + "x" * 2_000},
        {"link": "https://example.org/\x7f"},
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(fields: dict[str, str]) -> None:
    given = {"status": "delivered", "by": "Anna"} | fields
    with pytest.raises(StatusRefused) as refused:
        check_saying(given.pop("status"), **given)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org:8080/a/b.pdf?x=1&y=2#p3",
        "https://[::1]/a",
        "https://intranet/équipe",
    ],
)
def test_an_address_of_a_page_is_taken_as_it_is(link: str) -> None:
    assert check_saying("delivered", by="Anna", link=link).link == link


@pytest.mark.parametrize(
    ("times", "late_from"),
    [
        (("Q1, 2024",), "2024-04-01"),
        (("Q1, 2024", "Q3, 2024"), "2024-10-01"),
        (("Ongoing", "Q4, 2024"), "2025-01-01"),
        (("2024",), "2025-01-01"),
        (("Ongoing",), None),
        (("2024 onwards",), None),
        (("to be confirmed",), None),
        ((), None),
    ],
)
def test_a_commitment_is_late_from_the_day_after_its_last(
    times: tuple[str, ...], late_from: str | None
) -> None:
    asked = made("Hold a fair", times=times).times
    if late_from is None:
        assert due_of(asked) is None
        assert not is_overdue(asked, datetime(2100, 1, 1, tzinfo=UTC).date(), "not started")
        return
    first = datetime.fromisoformat(late_from).date()
    assert is_overdue(asked, first, "in progress")
    assert not is_overdue(asked, first - timedelta(days=1), "in progress")


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_done_dropped_or_superseded_is_never_late(status: Status) -> None:
    times = made("Hold a fair", times=("2020",)).times
    assert is_overdue(times, NOON.date(), status) == (status in {"not started", "in progress"})
