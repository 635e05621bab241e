"""The pages for HR open to whoever has the key, or on the computer itself where none is set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute
from hr_pages import SMALL, client_of, with_suites
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_ledgers
from bots.app import create_app
from bots.hr.entry import COOKIE, KEPT, Entry
from corpus.errors import HrClosed
from evals.suites.folder import SuiteFolder

KEY = "a key for the tests"
Serve = Callable[[Assistant], str]


@pytest.fixture
def locked(small_assistant: Assistant, serve: Serve, tmp_path: Path) -> str:
    """Address of a server with a key."""
    SuiteFolder(tmp_path).write("small", SMALL, state="")
    return serve(with_suites(small_assistant, tmp_path, hr_key=KEY))


def request_with(cookie: str = "") -> Request:
    headers = [(b"cookie", f"{COOKIE}={cookie}".encode())] if cookie else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def cookie_of(entry: Entry) -> str:
    response = Response()
    entry.let_in(response, request_with())
    return response.headers["set-cookie"].split("=", 1)[1].split(";")[0]


def test_without_a_key_they_open_on_the_computer_itself(
    small_assistant: Assistant, serve: Serve, tmp_path: Path
) -> None:
    with client_of(serve(with_suites(small_assistant, tmp_path))) as client:
        assert 'href="/hr/suites"' in client.get("/").text
        assert client.get("/hr").url.path == "/hr/suites"


@pytest.mark.parametrize(
    "elsewhere",
    [{"host": "0.0.0.0"}, {"public_url": "https://charter.example.org"}],  # noqa: S104  not bound to
)
def test_without_a_key_they_are_closed_wherever_others_could_come(
    small_assistant: Assistant, serve: Serve, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    with client_of(serve(with_suites(small_assistant, tmp_path, **elsewhere))) as client:
        assert 'href="/hr/suites"' not in client.get("/").text
        for path in ("/hr/suites", "/hr/enter"):
            refused = client.get(path)
            assert refused.status_code == 403
            assert "CHARTER_HR_KEY" in refused.text


def test_the_key_leads_to_the_page_that_was_asked_for_until_one_leaves(locked: str) -> None:
    with client_of(locked) as client:
        asked = client.get("/hr/suites/small?state=draft")
        assert asked.url.path == "/hr/enter"
        assert 'href="/hr/suites"' not in client.get("/").text
        wrong = client.post("/hr/enter", data={"key": "a key of another", "back": "/hr/suites"})
        assert wrong.status_code == 403
        assert "This is not the key." in wrong.text
        entered = client.post("/hr/enter", data={"key": KEY, "back": asked.url.params["back"]})
        assert str(entered.url) == f"{locked}/hr/suites/small?state=draft"
        client.post("/hr/leave")
        assert client.get("/hr/suites").url.path == "/hr/enter"


def test_the_key_leads_to_no_other_site(locked: str) -> None:
    with client_of(locked) as client:
        entered = client.post("/hr/enter", data={"key": KEY, "back": "//example.org/"})
        assert str(entered.url) == f"{locked}/hr/suites"


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(locked: str) -> None:
    with httpx.Client(base_url=locked) as client:
        said = client.post("/hr/enter", data={"key": KEY}).headers["set-cookie"].lower()
        assert "httponly" in said
        assert "samesite=strict" in said


def test_no_address_for_hr_does_anything_without_the_key(
    small_assistant: Assistant, serve: Serve, tmp_path: Path
) -> None:
    folder = SuiteFolder(tmp_path)
    kept = folder.write("small", SMALL, state="")
    closed = with_suites(small_assistant, tmp_path, hr_key=KEY)
    ledgers = build_ledgers(closed.settings)
    app = create_app(closed, ledgers)
    routes = {
        (method, route.path)
        for route in _routes(app.routes)
        for method in route.methods
        if route.path.startswith("/hr") and route.path not in ("/hr", "/hr/enter", "/hr/leave")
    }
    assert len(routes) > 20
    with httpx.Client(base_url=serve(closed)) as client:
        for method, path in sorted(routes):
            filled = path.replace("{name}", "small").replace("{run}", "x")
            answered = client.request(method, filled.replace("{ending}", "csv"))
            assert answered.status_code in (303, 403), (method, path)
            if answered.status_code == 303:
                assert answered.headers["location"].startswith("/hr/enter")
    assert folder.open("small") == kept
    ledgers.close()


def _routes(some: list[object]) -> list[APIRoute]:
    found: list[APIRoute] = []
    for one in some:
        if isinstance(one, APIRoute):
            found.append(one)
        else:
            inner = getattr(one, "original_router", None)
            found += _routes(list(inner.routes)) if inner else []
    return found


def test_what_a_browser_keeps_holds_for_a_day_and_for_one_key() -> None:
    now = [1_000_000.0]
    entry = Entry(load_settings(hr_key=KEY), lambda: now[0])
    cookie = cookie_of(entry)
    assert entry.is_open(request_with(cookie))
    until, _, signature = cookie.partition(".")
    assert not entry.is_open(request_with(f"{int(until) + 1}.{signature}"))
    for forged in ("", "x", f"{until}.", f"{until}.{'0' * 64}", f"².{signature}", "."):
        assert not entry.is_open(request_with(forged))
    assert not Entry(load_settings(hr_key="another key of theirs")).is_open(request_with(cookie))
    now[0] += KEPT + 1
    assert not entry.is_open(request_with(cookie))


def test_keys_cannot_be_tried_one_after_the_other() -> None:
    now = [0.0]
    entry = Entry(load_settings(hr_key=KEY), lambda: now[0])
    assert not any(entry.takes(f"key number {number}") for number in range(10))
    with pytest.raises(HrClosed, match="wrong keys"):
        entry.takes(KEY)
    now[0] += 61
    assert entry.takes(KEY)


def test_whoever_tries_keys_keeps_nobody_else_out() -> None:
    entry = Entry(load_settings(hr_key=KEY), lambda: 0.0)
    assert not any(entry.takes(f"key number {number}", "192.0.2.1") for number in range(10))
    assert entry.takes(KEY, "192.0.2.2")


def test_what_a_proxy_passes_on_is_not_this_computer() -> None:
    entry = Entry(load_settings())
    passed = Request(
        {"type": "http", "method": "GET", "path": "/", "headers": [(b"x-forwarded-for", b"::1")]}
    )
    assert entry.is_open(request_with())
    assert not entry.is_open(passed)


def test_the_cookie_stays_on_https_where_people_come_by_it() -> None:
    response = Response()
    entry = Entry(load_settings(hr_key=KEY, public_url="https://charter.example.org"))
    entry.let_in(response, request_with())
    assert "Secure" in response.headers["set-cookie"]
