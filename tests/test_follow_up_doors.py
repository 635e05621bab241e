"""Following up commitments through the command line and the API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from conftest import served
from in_step import put
from people_plan import DAY, FIRST, SECOND, indexed, plan

from assistant.ask import Assistant
from assistant.register.statements import check_saying
from assistant.settings import load_settings
from assistant.wiring import index_corpus
from bots.api.schemas import ProblemBody
from bots.register.follow_bodies import ChangesBody, FollowedBody
from indexing.progress import SilentProgress

ROOT = Path(__file__).parent.parent
FAIR = "Hold a careers fair"
CANTEEN = "| Renew the canteen contract | Ask for offers | Welfare | Q2, 2025 |\n"
BEFORE = date(2025, 2, 1)
ROTATION = "Adopt rules on the rotation of staff"
TORN = "| | to all divisions and offices of the organisation. | | |\n"

Charter = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Both versions of the plan, the second in force; somebody spoke of the first."""
    with indexed(tmp_path_factory.mktemp("plan")) as make:
        changed = CANTEEN.replace("Q2", "Q3")
        assistant = make(
            plan=plan(FIRST + CANTEEN), later=plan(SECOND + changed, "2", "2025-05-01")
        )
        desk = assistant.desk(as_of=BEFORE)
        first = ids(assistant, BEFORE)
        for title in (FAIR, "Draft rules on rotation", "Renew the canteen contract"):
            desk.say(first[title], check_saying("in progress", by="Anna"))
        yield assistant


def ids(assistant: Assistant, day: date = DAY) -> dict[str, str]:
    found = assistant.commitments(as_of=day)
    return {line.commitment.title: line.commitment.id for line in found.lines}


def everybody(assistant: Assistant) -> Assistant:
    """Let everybody set statuses, on the day of the plan."""
    settings = assistant.settings.model_copy(update={"follow_up": "everybody"})
    return replace(assistant, settings=settings, today=lambda: DAY)


@pytest.fixture(scope="module")
def client(both: Assistant) -> Iterator[httpx.Client]:
    with served(everybody(both)) as url, httpx.Client(base_url=url) as made:
        yield made


def problem_in(response: httpx.Response) -> ProblemBody:
    assert response.headers["content-type"] == "application/problem+json"
    problem = ProblemBody.model_validate(response.json())
    assert problem.status == response.status_code
    return problem


def test_a_commitment_is_read_with_its_history_and_how_it_was_worded_before(
    client: httpx.Client, both: Assistant
) -> None:
    response = client.get(f"/v1/commitments/{ids(both)[FAIR][:7]}")
    assert response.status_code == 200
    body = FollowedBody.model_validate(response.json())
    assert body.commitment.id == ids(both)[FAIR]
    standing, difference = body.commitment.standing, body.commitment.difference
    assert (standing.status, standing.waits, standing.said_of) == ("in progress", True, "1")
    assert difference
    assert (difference.changes, difference.shift) == (["moved", "re-assigned"], "later")
    assert [one.field for one in body.rewordings] == ["leads", "times"]
    edits = [(edit.kind, edit.text) for edit in body.rewordings[1].items[0]]
    assert edits == [("removed", "Q1"), ("added", "Q4"), ("same", ", 2025")]
    assert [(one.by, one.version, one.same_words) for one in body.history] == [("Anna", "1", False)]
    assert response.json()["history"][0]["at"].endswith("Z")


def test_a_status_is_set_and_confirmed_only_by_who_saw_the_last(
    client: httpx.Client, both: Assistant
) -> None:
    place = f"/v1/commitments/{ids(both)['Renew the canteen contract']}"
    seen = client.get(place).json()["commitment"]["standing"]["seen"]
    confirmed = client.post(f"{place}/confirm", json={"by": "Berta", "if_seen": seen})
    standing = FollowedBody.model_validate(confirmed.json()).commitment.standing
    assert (standing.status, standing.by, standing.waits) == ("in progress", "Berta", False)
    said = {"status": "delivered", "by": "Carla", "note": "Full.", "link": "https://a.example/1"}
    late = client.post(f"{place}/status", json={**said, "if_seen": seen})
    assert late.status_code == 409
    assert "Berta said “in progress”" in problem_in(late).detail
    done = client.post(f"{place}/status", json={**said, "if_seen": standing.seen})
    history = FollowedBody.model_validate(done.json()).history
    assert [(one.by, one.status, one.confirms, one.note) for one in history] == [
        ("Anna", "in progress", False, ""),
        ("Berta", "in progress", True, ""),
        ("Carla", "delivered", False, "Full."),
    ]


def test_what_became_of_the_commitments_of_a_document_is_told(client: httpx.Client) -> None:
    response = client.get("/v1/documents/plan/commitments/changes")
    body = ChangesBody.model_validate(response.json())
    assert (body.older.version, body.newer.version, body.unchanged) == ("1", "2", 0)
    told = [((one.newer or one.older).text, one.changes) for one in body.changes]  # type: ignore[union-attr]  # one is there
    assert told == [
        (FAIR, ["moved", "re-assigned"]),
        (ROTATION, ["changed"]),
        ("Open a nursery", ["dropped"]),
        ("Cut parking fees", ["new"]),
        ("Renew the canteen contract", ["moved"]),
    ]
    reworded = body.changes[1]
    assert (reworded.standing.status, reworded.standing.waits) == ("in progress", True)
    assert reworded.newer
    page = client.get(reworded.newer.url)
    assert page.status_code == 200
    assert "<mark" in page.text


@pytest.mark.parametrize(
    ("sent", "status", "slug"),
    [
        ({"status": "done", "by": "Anna"}, 422, "status"),
        ({"status": "delivered", "by": ""}, 422, "status"),
        ({"status": "delivered", "by": "Anna", "link": "javascript:alert(1)"}, 422, "status"),
        ({"status": "delivered", "by": "Anna", "note": "x" * 3000}, 422, "status"),
        ({"status": "delivered"}, 422, "invalid-request"),
        ({"status": "delivered", "by": "Anna", "who": "me"}, 422, "invalid-request"),
        ({"status": "delivered", "by": "Anna", "if_seen": "x"}, 422, "invalid-request"),
    ],
)
def test_what_cannot_be_taken_is_a_plain_problem_and_is_not_kept(
    client: httpx.Client, both: Assistant, sent: dict[str, object], status: int, slug: str
) -> None:
    place = f"/v1/commitments/{ids(both)['Cut parking fees']}"
    refused = client.post(f"{place}/status", json=sent)
    assert (refused.status_code, problem_in(refused).type) == (status, f"/problems#{slug}")
    assert client.get(place).json()["history"] == []


def test_a_form_of_another_site_cannot_set_a_status(client: httpx.Client, both: Assistant) -> None:
    place = f"/v1/commitments/{ids(both)['Cut parking fees']}"
    sent = '{"status": "dropped", "by": "Anna"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        refused = client.post(f"{place}/status", content=sent, headers={"content-type": kind})
        assert refused.status_code in (415, 422)
        problem_in(refused)
    assert client.get(place).json()["history"] == []


def test_what_is_sent_again_with_its_key_is_said_once(
    client: httpx.Client, both: Assistant
) -> None:
    place = f"/v1/commitments/{ids(both)['Cut parking fees']}"
    begun = len(client.get(place).json()["history"])
    for path, sent in (
        ("/status", {"status": "in progress", "by": "Anna"}),
        ("/confirm", {"by": "Anna"}),
    ):
        headers = {"idempotency-key": "5f6d"}  # a key counts for one address
        first, again = (client.post(f"{place}{path}", json=sent, headers=headers) for _ in range(2))
        assert (first.status_code, again.status_code) == (200, 200)
        assert first.content == again.content
        other = client.post(f"{place}{path}", json={**sent, "by": "Ben"}, headers=headers)
        assert problem_in(other).type == "/problems#idempotency-key-reused"
    history = client.get(place).json()["history"]
    assert [one["by"] for one in history[begun:]] == ["Anna", "Anna"]


@pytest.mark.parametrize("path", ["", "/status", "/confirm"])
def test_an_unknown_commitment_is_not_found(client: httpx.Client, path: str) -> None:
    if path:
        body = {"by": "Anna"} | ({"status": "dropped"} if path == "/status" else {})
        response = client.post(f"/v1/commitments/{'0' * 12}{path}", json=body)
    else:
        response = client.get(f"/v1/commitments/{'0' * 12}")
    assert problem_in(response).type == "/problems#commitment-not-found"
    assert response.status_code == 404


def test_nothing_is_taken_over_http_unless_it_is_allowed(both: Assistant) -> None:
    place = f"/v1/commitments/{ids(both)[FAIR]}"
    with (
        served(replace(both, today=lambda: DAY)) as url,
        httpx.Client(base_url=url) as closed,
    ):
        for path, body in (
            ("status", {"status": "dropped", "by": "Anna"}),
            ("confirm", {"by": "A"}),
        ):
            refused = closed.post(f"{place}/{path}", json=body)
            assert refused.status_code == 403
            assert "CHARTER_FOLLOW_UP" in problem_in(refused).detail
        assert len(closed.get(place).json()["history"]) == 1


@pytest.fixture(scope="module")
def charter(tmp_path_factory: pytest.TempPathFactory) -> Charter:
    """Run the command in a process of its own, over the plan in two versions."""
    place = tmp_path_factory.mktemp("plan")
    folder = put(
        place / "documents",
        {
            "1.md": plan(FIRST),
            "2.md": plan(SECOND.replace("landlord", "landlord.") + TORN, "2", "2025-05-01"),
        },
    )
    index_corpus(load_settings(home=place / "home", corpus=folder), SilentProgress())

    def run(*arguments: str) -> tuple[int, str, str]:
        kept = {name: value for name, value in os.environ.items() if "CHARTER" not in name}
        own = {"CHARTER_HOME": str(place / "home"), "CHARTER_CORPUS": str(folder)}
        done = subprocess.run(  # noqa: S603  the arguments are the test's own
            [sys.executable, "-m", "bots.cli", "commitments", *arguments],
            capture_output=True,
            cwd=place,
            env={**kept, **own, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "LOGNAME": "login-name"},
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


@pytest.mark.slow
def test_the_terminal_sets_a_status_under_the_login_name_and_shows_its_history(
    charter: Charter,
) -> None:
    listed = json.loads(charter("--json")[1])["commitments"]
    fair = next(one["id"] for one in listed if one["text"]["text"] == FAIR)
    code, shown, _ = charter("status", fair[:8], "in-progress", "--note", "Halls are booked.")
    assert code == 0
    assert "Status: in progress" in shown
    assert "in progress · login-name · of version 2" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
    code, shown, _ = charter("status", fair, "delivered", "--by", "Berta", "--json")
    seen = json.loads(shown)["commitment"]["standing"]["seen"]
    code, shown, _ = charter("confirm", fair, "--by", "Carla", "--if-seen", str(seen))
    assert code == 0
    assert "confirmed: delivered · Carla" in shown
    body = FollowedBody.model_validate_json(charter("history", fair, "--json")[1])
    assert [one.by for one in body.history] == ["login-name", "Berta", "Carla"]


@pytest.mark.slow
def test_the_terminal_shows_what_a_new_version_changed(charter: Charter) -> None:
    code, shown, _ = charter("changes", "plan")
    assert code == 0
    plain = " ".join(shown.split())
    assert "version 1 (superseded) → version 2 (in force)" in plain
    assert "~ Hold a careers fair moved to a later date, re-assigned" in plain
    assert "[-HR Staffing-]{+Outreach+}" in plain
    assert "− Open a nursery dropped" in plain  # noqa: RUF001  the sign that is shown
    assert "+ Cut parking fees new" in plain
    assert all(len(line) <= 80 for line in shown.splitlines())
    body = ChangesBody.model_validate_json(charter("changes", "plan", "2", "1", "--json")[1])
    assert body.older.version == "2"
    assert charter("changes", "plan", "1", "9")[0] == 5


@pytest.mark.slow
def test_the_terminal_lists_what_could_not_be_read_with_certainty_and_why(
    charter: Charter,
) -> None:
    code, shown, _ = charter("review")
    assert code == 0
    assert shown.startswith("1 of 4 commitments")
    assert "to all divisions and offices" in shown
    assert "begins in mid-sentence" in " ".join(shown.split())
    assert json.loads(charter("review", "--json")[1])["denominator"]["found"] == 1


@pytest.mark.slow
def test_the_terminal_refuses_in_words(charter: Charter) -> None:
    code, _, told = charter("history", "zzz")
    assert (code, told.count("\n")) == (5, 1)
    assert "no commitment “zzz”" in told
    code, _, told = charter("status", "zzz", "finished")
    assert (code, told.count("\n")) == (2, 1)
    assert "in progress, delivered" in told
