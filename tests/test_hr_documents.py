"""Documents changed on the page: seen before they are, with what they do to the suites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import FILLER, LEAVE, TELEWORK
from hr_pages import SMALL, client_of, plain
from in_step import put, rule
from playwright.sync_api import Browser, expect
from test_accessibility import RULES

from assistant.ask import Assistant
from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant, index_corpus
from bots.following import following
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Suite
from indexing.generations import build_lock
from indexing.progress import SilentProgress

pytestmark = pytest.mark.slow

Serve = Callable[[Assistant], str]
FOUR = TELEWORK.format(version=2, since="2024-09-01", days="four")
GYM = rule("Gym", "The gym is open.")
DOCUMENTS = {
    "leave.md": LEAVE + FILLER,
    "hr/telework.md": TELEWORK.format(version=2, since="2024-09-01", days="three"),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    put(tmp_path / "documents", DOCUMENTS)
    made = load_settings(
        corpus=tmp_path / "documents", home=tmp_path / "home", gate=("small",), hr_key=""
    )
    index_corpus(made, SilentProgress())
    SuiteFolder(made.suites_folder).write("small", SMALL, state="")
    return made


@pytest.fixture
def address(settings: Settings, serve: Serve) -> Iterator[str]:
    assistant = build_assistant(settings)
    yield serve(assistant)
    assistant.close()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with client_of(address) as client:
        yield client


def upload(client: httpx.Client, text: str, name: str, **more: str) -> httpx.Response:
    """Propose a file, and return its page once it was looked at."""
    files = {"file": (name, text.encode())}
    return looked_at(client, client.post("/hr/documents/changes", files=files, data=more))


def looked_at(client: httpx.Client, begun: httpx.Response) -> httpx.Response:
    while client.get("/hr/documents/checking").json()["state"] == "running":
        pass
    return client.get(begun.url.path)


def do(client: httpx.Client, seen: httpx.Response, what: str) -> httpx.Response:
    return client.post(f"{seen.url.path}/{what}")


def test_a_change_of_a_quoted_value_is_shown_and_would_be_held_back(
    client: httpx.Client, settings: Settings
) -> None:
    seen = upload(client, FOUR, "Telework.md", how="replace", relative="hr/telework.md")
    said = plain(seen.text)
    assert "Would be held back" in said
    assert "1 case quotes text that would change or vanish." in said
    assert "Policy on telework › 1. Days of telework" in said
    assert "four days in each week" in said
    assert "Case out of date" in said
    kept = settings.corpus / "hr" / "telework.md"
    assert kept.read_text() == DOCUMENTS["hr/telework.md"]
    do(client, seen, "let-go")
    assert kept.read_text() == DOCUMENTS["hr/telework.md"]
    assert client.get(seen.url.path).status_code == 404


def test_what_touches_no_case_is_put_in_place_and_answers(
    client: httpx.Client, settings: Settings
) -> None:
    seen = upload(client, GYM, "gym.md", how="new", folder="hr")
    said = plain(seen.text)
    assert "Touches no test question" in said
    assert "Gym" in said
    with following(settings):
        made = do(client, seen, "make")
        assert "The file is in the folder." in plain(made.text)
        assert (settings.corpus / "hr" / "gym.md").read_text() == GYM
        while client.get("/documents/gym").status_code != 200:
            pass


def test_a_file_that_is_the_same_changes_nothing_and_is_not_held_back(
    client: httpx.Client, settings: Settings
) -> None:
    folder = SuiteFolder(settings.suites_folder)
    wrong = Case("gone", "On how many days may one telework?", must_say=("nine days",))
    folder.write("small", Suite("Small", (wrong,)), state=folder.open("small").state)
    text = DOCUMENTS["leave.md"]
    said = plain(upload(client, text, "leave.md", how="replace", relative="leave.md").text)
    assert "Changes nothing What is served fails its suites already." in said
    assert "held back" not in said


def test_a_removal_says_what_would_be_lost(client: httpx.Client, settings: Settings) -> None:
    begun = client.post("/hr/documents/removals", data={"relative": "hr/telework.md"})
    seen = looked_at(client, begun)
    assert "The document would be gone." in plain(seen.text)
    assert "up to three days in each week" in seen.text
    assert "Document missing" in plain(seen.text)
    do(client, seen, "make")
    assert not (settings.corpus / "hr" / "telework.md").exists()


def test_a_file_that_cannot_be_read_says_so_before_it_is_there(client: httpx.Client) -> None:
    seen = upload(client, "PK\x03\x04", "bad.docx")
    said = plain(seen.text)
    assert "Charter cannot read it" in said
    assert "bad.docx is cut off or damaged" in said
    assert "Touches no test question" not in said
    assert 0 < said.find("Let it go") < said.find("Put it in place all the same")


@pytest.mark.parametrize("folder", ["", "hr"])
def test_a_copy_of_a_document_beside_it_names_the_file_that_it_copies(
    folder: str, client: httpx.Client
) -> None:
    text = DOCUMENTS["hr/telework.md"]  # the file nearer the top is read, so each once
    said = plain(upload(client, text, "x.md", how="new", folder=folder).text)
    assert "This document is there already" in said
    assert "the same document and version as hr/telework.md" in said
    assert "put it in the place of that file" in said
    assert "Touches no test question" not in said


def test_a_change_says_which_version_would_answer(client: httpx.Client, settings: Settings) -> None:
    older = TELEWORK.format(version=1, since="2020-09-01", days="two")
    put(settings.corpus, {"hr/telework 2020.md": older})
    index_corpus(settings, SilentProgress())
    begun = client.post("/hr/documents/removals", data={"relative": "hr/telework.md"})
    assert "Version 1 would answer again." in plain(looked_at(client, begun).text)
    newer = TELEWORK.format(version=3, since="2025-09-01", days="three")
    said = plain(upload(client, newer, "newer.md", how="new", folder="hr").text)
    assert "Version 3 would answer in the place of version 2." in said
    begun = client.post("/hr/documents/removals", data={"relative": "leave.md"})
    assert ": The document would be gone." in plain(looked_at(client, begun).text)


def test_what_has_changed_in_the_folder_already_is_not_told_as_of_this_change(
    client: httpx.Client, settings: Settings
) -> None:
    put(settings.corpus, {"hr/telework.md": FOUR})
    said = plain(upload(client, GYM, "gym.md", how="new", folder="hr").text)
    assert "quotes text that would change or vanish" not in said
    own, _, others = said.partition("Changed in the folder already, not by this")
    assert "1 file has changed in the folder already" in own
    assert "Case out of date changed in the folder already, not by this" in own
    assert "four days in each week" not in own.partition("What Charter read")[2]
    assert "four days in each week" in others
    said = plain(upload(client, FOUR, "t.md", how="replace", relative="hr/telework.md").text)
    assert "1 case quotes text that would change or vanish." in said
    assert "in the folder already" not in said


def test_a_change_that_is_let_go_is_looked_at_no_further(
    client: httpx.Client, settings: Settings
) -> None:
    with build_lock(settings.home):  # the look waits for it, so it cannot be done before
        begun = client.post("/hr/documents/changes", files={"file": ("gym.md", GYM.encode())})
        assert client.get("/hr/documents/checking").json()["state"] == "running"
        do(client, begun, "let-go")
        assert client.get("/hr/documents/checking").json()["state"] == "stopped"
    assert list((settings.home / "uploads").iterdir()) == []
    assert "What Charter read" in upload(client, GYM, "gym.md").text


def test_nothing_is_put_in_place_that_nobody_has_seen(
    client: httpx.Client, settings: Settings
) -> None:
    seen = upload(client, GYM, "gym.md")
    put(settings.corpus, {"pool.md": rule("Pool", "The pool is open.")})
    index_corpus(settings, SilentProgress())  # another index: it may do something else now
    do(client, seen, "make")
    assert not (settings.corpus / "gym.md").exists()
    assert "have changed since" in plain(client.get(seen.url.path).text)
    do(client, looked_at(client, do(client, seen, "check")), "make")
    assert (settings.corpus / "gym.md").exists()


def test_what_was_seen_before_another_change_was_made_is_looked_at_again(
    client: httpx.Client, settings: Settings
) -> None:
    """The server follows no folder here, so what is served stays as it is."""
    gym = upload(client, GYM, "gym.md")
    pool = upload(client, rule("Pool", "The pool is open."), "pool.md")
    do(client, gym, "make")
    do(client, pool, "make")
    assert (settings.corpus / "gym.md").exists()
    assert not (settings.corpus / "pool.md").exists()
    do(client, looked_at(client, do(client, pool, "check")), "make")
    assert (settings.corpus / "pool.md").exists()


@pytest.mark.parametrize("name", ["../charter.toml", "gym.exe", ".gym.md", "leave.md"])
def test_what_may_not_stand_in_the_folder_is_refused_on_the_page(
    name: str, client: httpx.Client, settings: Settings
) -> None:
    refused = client.post("/hr/documents/changes", files={"file": (name, GYM.encode())})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    names = {one.name for one in settings.corpus.rglob("*")}
    assert names == {"leave.md", "hr", "telework.md"}


def test_what_is_too_large_is_refused(client: httpx.Client) -> None:
    for size in (25_000_001, 27_000_000):
        refused = client.post("/hr/documents/changes", files={"file": ("a.md", b"a" * size)})
        assert refused.status_code in {413, 422}


def test_the_pages_open_to_hr_alone(settings: Settings, serve: Serve) -> None:
    assistant = build_assistant(load_settings(**_kept(settings), hr_key="a long enough key"))
    with client_of(serve(assistant)) as client:
        assert client.get("/hr/documents").url.path == "/hr/enter"
        files = {"file": ("gym.md", GYM.encode())}
        assert client.post("/hr/documents/changes", files=files).status_code == 403
        assert (
            client.post("/hr/documents/removals", data={"relative": "leave.md"}).status_code == 403
        )
    assistant.close()
    assert not (settings.home / "uploads").exists()


@pytest.mark.parametrize("path", ["/hr/documents/changes", "/hr/suites/small/import"])
def test_a_stranger_fills_no_disk(settings: Settings, serve: Serve, path: str) -> None:
    assistant = build_assistant(load_settings(**_kept(settings), hr_key="a long enough key"))
    server = httpx.URL(serve(assistant))
    with closing(HTTPConnection(server.host, server.port, timeout=20)) as connection:
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(64 * 1024 + 1))
        connection.endheaders()  # and nothing of the body: whoever waited for it would not answer
        assert connection.getresponse().status == 413
    assistant.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_accessible_and_fit_a_phone(
    browser: Browser, address: str, client: httpx.Client, width: int
) -> None:
    seen = upload(client, FOUR, "Telework.md", how="replace", relative="hr/telework.md")
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, locale="en-GB"
    )
    try:
        page = context.new_page()
        for path in ("/hr/documents", seen.url.path):
            page.goto(path)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()


@pytest.mark.browser
def test_a_browser_waits_for_the_check_and_shows_what_came_of_it(
    browser: Browser, address: str, tmp_path: Path, settings: Settings
) -> None:
    context = browser.new_context(base_url=address, locale="en-GB")
    try:
        page = context.new_page()
        page.goto("/hr/documents")
        page.get_by_label("The file").first.set_input_files(
            put(tmp_path, {"gym.md": GYM}) / "gym.md"
        )
        page.get_by_role("button", name="See what it would do").click()
        expect(page.get_by_role("heading", name="What Charter read")).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Put it in place").click()
        expect(page.get_by_text("The file is in the folder.")).to_be_visible()
    finally:
        context.close()
    assert (settings.corpus / "gym.md").read_text() == GYM


def _kept(settings: Settings) -> dict[str, object]:
    return settings.model_dump(include={"home", "corpus"})
