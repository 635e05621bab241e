"""The pages of suites: listed, begun, described, run, read and compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import httpx
import pytest
from hr_pages import SMALL, TELEWORK, client_of, plain, run_to_its_end, state_of, with_suites

from assistant.ask import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Suite
from indexing.progress import SilentProgress

Serve = Callable[[Assistant], str]


@pytest.fixture
def folder(tmp_path: Path) -> SuiteFolder:
    return SuiteFolder(tmp_path)


@pytest.fixture
def client(small_assistant: Assistant, serve: Serve, tmp_path: Path) -> Iterator[httpx.Client]:
    with client_of(serve(with_suites(small_assistant, tmp_path))) as client:
        yield client


def test_suites_are_listed_with_those_that_come_with_charter(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    folder.write("small", SMALL, state="")
    said = plain(client.get("/hr/suites").text)
    assert "Small 2 never run" in said
    assert "comes with Charter" in said


def test_a_suite_that_cannot_be_read_says_why_and_hides_no_other(
    client: httpx.Client, folder: SuiteFolder, tmp_path: Path
) -> None:
    folder.write("small", SMALL, state="")
    (tmp_path / "broken.yaml").write_text("cases:\n  - questoin: What?\n    must_say: x\n")
    said = plain(client.get("/hr/suites").text)
    assert "did you mean “question”" in said
    assert "Small" in said
    refused = client.get("/hr/suites/broken")
    assert refused.status_code == 422
    assert "did you mean “question”" in refused.text


def test_a_suite_is_begun_once_by_a_name_that_can_be_one(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    begun = client.post("/hr/suites", data={"name": " Annual leave "})
    assert begun.url.path == "/hr/suites/Annual%20leave" or begun.url.path.endswith("Annual leave")
    assert folder.open("Annual leave").suite == Suite("Annual leave", ())
    again = client.post("/hr/suites", data={"name": "Annual leave"})
    assert again.status_code == 409
    wrong = client.post("/hr/suites", data={"name": "../leave"})
    assert wrong.status_code == 422
    assert 'value="../leave"' in wrong.text


def test_what_is_said_of_a_suite_is_changed_unless_somebody_else_was_faster(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    first = folder.write("small", SMALL, state="")
    about = {"title": "Smaller", "owner": "HR", "review_by": "2027-01-31", "target": "85"}
    client.post("/hr/suites/small/about", data={**about, "state": first.state})
    changed = folder.open("small").suite
    assert (changed.name, changed.owner, changed.target) == ("Smaller", "HR", 0.85)
    late = client.post("/hr/suites/small/about", data={**about, "state": first.state})
    assert late.status_code == 409
    wrong = client.post("/hr/suites/small/about", data={**about, "target": "850"})
    assert wrong.status_code == 422
    assert 'value="850"' in wrong.text  # what was typed stays
    assert folder.open("small").suite == changed


def test_a_suite_is_taken_away(client: httpx.Client, folder: SuiteFolder) -> None:
    stored = folder.write("small", SMALL, state="")
    gone = client.post("/hr/suites/small/remove", data={"state": stored.state})
    assert "Taken away: small" in plain(gone.text)
    assert "small" not in folder.names()


def test_a_suite_that_a_new_index_has_to_pass_is_not_taken_away(
    small_assistant: Assistant, serve: Serve, tmp_path: Path
) -> None:
    folder = SuiteFolder(tmp_path)
    stored = folder.write("small", SMALL, state="")
    gated = with_suites(small_assistant, tmp_path, gate=("small",))
    with client_of(serve(gated)) as client:
        refused = client.post("/hr/suites/small/remove", data={"state": stored.state})
        assert refused.status_code == 422
        assert "CHARTER_GATE" in refused.text
        assert "has to pass before a new index is served" in plain(client.get("/hr/suites").text)
    assert "small" in folder.names()


def test_changing_a_suite_that_comes_with_charter_makes_an_own_copy(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    about = {"title": "Ours", "owner": "HR", "review_by": "", "target": "80", "state": ""}
    client.post("/hr/suites/strategies/about", data=about)
    assert folder.open("strategies").suite.name == "Ours"
    assert not folder.open("strategies").shipped


def test_a_run_tells_how_far_it_is_and_what_came_of_it(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    wrong = replace(TELEWORK, id="wrong", must_say=("two days",), evidence=())
    folder.write("small", replace(SMALL, cases=(*SMALL.cases, wrong)), state="")
    page = run_to_its_end(client, "small")
    (run,) = folder.runs("small")
    assert run.told.outcome == "FAIL"
    assert "Not ready." in plain(page.text)
    result = plain(client.get(f"/hr/suites/small/runs/{run.id}").text)
    assert "Wrong value (1)" in result
    assert "two days – wrong value" in result
    assert "up to three days in each week" in result
    assert "Another value was quoted than the case expects" in result


def test_what_is_to_confirm_is_settled_by_a_click_and_remembered(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    case = replace(TELEWORK, must_say=("telework is allowed weekly",), evidence=())
    folder.write("small", Suite("Small", (case,)), state="")
    run_to_its_end(client, "small")
    (run,) = folder.runs("small")
    assert run.told.cases["telework"].verdict == "to confirm"
    address = f"/hr/suites/small/runs/{run.id}"
    assert "Is this reply right?" in plain(client.get(address).text)
    client.post(f"{address}/label", data={"case": "telework", "wording": "0", "right": "true"})
    assert "Every case passed." in plain(client.get(address).text)
    assert folder.runs("small")[0].told.cases["telework"].verdict == "passed"
    run_to_its_end(client, "small")
    assert folder.runs("small")[0].told.cases["telework"].verdict == "passed"
    unknown = client.post(f"{address}/label", data={"case": "none", "right": "true"})
    assert unknown.status_code == 404


def test_cases_are_filtered_by_what_came_of_them(client: httpx.Client, folder: SuiteFolder) -> None:
    wrong = replace(TELEWORK, id="wrong", must_say=("two days",), evidence=())
    folder.write("small", replace(SMALL, cases=(*SMALL.cases, wrong)), state="")
    run_to_its_end(client, "small")
    assert "1 of 3 cases" in plain(client.get("/hr/suites/small?result=failed").text)
    assert "2 of 3 cases" in plain(client.get("/hr/suites/small?result=passed").text)
    assert "1 of 3 cases" in plain(client.get("/hr/suites/small?words=tungsten").text)
    stored = folder.open("small")
    edited = tuple(replace(one, must_say=("3 days",)) for one in stored.suite.cases[-1:])
    folder.write("small", replace(SMALL, cases=(*SMALL.cases, *edited)), state=stored.state)
    assert "1 of 3 cases" in plain(client.get("/hr/suites/small?result=new").text)
    assert "edited since" in plain(client.get("/hr/suites/small").text)


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("html", b"<!doctype html>"),
        ("xlsx", b"PK"),
        ("csv", b'"# suite"'),
        ("xml", b"<?xml"),
        ("json", b"{"),
    ],
)
def test_a_run_is_taken_along_as_a_file(
    client: httpx.Client, folder: SuiteFolder, ending: str, begins: bytes
) -> None:
    folder.write("small", SMALL, state="")
    run_to_its_end(client, "small")
    (run,) = folder.runs("small")
    file = client.get(f"/hr/reports/small/{run.id}.{ending}")
    assert file.content.lstrip(b"\xef\xbb\xbf").startswith(begins)
    assert ("sandbox" in file.headers["content-security-policy"]) is True


def test_a_comparison_shows_what_changed_and_nothing_else(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    stored = folder.write("small", SMALL, state="")
    run_to_its_end(client, "small")
    missing = client.get("/hr/suites/small/compare")
    assert missing.status_code == 422
    added = Case("blue", "What colour is the shed?", expected="refuse", why="not in documents")
    folder.write("small", replace(SMALL, cases=(*SMALL.cases, added)), state=stored.state)
    run_to_its_end(client, "small")
    said = plain(client.get("/hr/suites/small/compare").text)
    assert "No case came out otherwise." in said
    assert "blue" in said
    assert "2 cases" in said


def test_a_run_keeps_its_verdict_and_a_comparison_shows_what_a_document_broke(
    small_corpus: Path, serve: Serve, tmp_path: Path
) -> None:
    corpus, home = tmp_path / "corpus", tmp_path / "home"
    shutil.copytree(small_corpus, corpus)
    settings = load_settings(home=home, corpus=corpus, suites=tmp_path / "suites")
    folder = SuiteFolder(settings.suites_folder)
    folder.write("small", SMALL, state="")
    index_corpus(settings, SilentProgress())
    with closing(build_assistant(settings)) as assistant, client_of(serve(assistant)) as client:
        run_to_its_end(client, "small")
        file = corpus / "telework-2.md"
        file.write_text(file.read_text().replace("three days", "four days"))
        index_corpus(settings, SilentProgress())
        run_to_its_end(client, "small")
        later, earlier = folder.runs("small")
        assert (earlier.told.right.part, later.told.right.part) == (1, 0)
        compared = plain(client.get("/hr/suites/small/compare").text)
        assert "Broken (1)" in compared
        assert "The documents or how they are read changed between the two." in compared
        page = plain(client.get(f"/hr/suites/small/runs/{earlier.id}").text)
        assert "Every case passed." in page


@pytest.mark.parametrize(
    "path",
    [
        "/hr/suites/nothing",
        "/hr/suites/small/runs/20990101T000000Z",
        "/hr/suites/small/runs/..%2F..%2Fsmall",
        "/hr/suites/small/cases/nothing",
        "/hr/suites/..%2Fsmall",
        f"/hr/suites/{'x' * 300}",
    ],
)
def test_what_is_not_there_is_said_so(client: httpx.Client, folder: SuiteFolder, path: str) -> None:
    folder.write("small", SMALL, state="")
    assert client.get(path).status_code == 404


def test_a_run_can_be_stopped_and_leaves_nothing(client: httpx.Client, folder: SuiteFolder) -> None:
    many = tuple(replace(TELEWORK, id=f"case-{number}") for number in range(2_000))
    folder.write("long", replace(SMALL, cases=many), state="")
    client.post("/hr/suites/long/runs")
    busy = client.post("/hr/suites/long/runs")
    assert "The suite is being run." in plain(busy.text)
    stopped = client.post("/hr/running/stop")
    assert "The last run was stopped; nothing of it was kept." in plain(stopped.text)
    assert folder.runs("long") == ()


def test_drafts_decide_once_somebody_read_them(client: httpx.Client, folder: SuiteFolder) -> None:
    drafts = tuple(replace(TELEWORK, id=name, state="draft") for name in ("a", "b", "c"))
    folder.write("small", replace(SMALL, cases=drafts), state="")
    chosen = {"case": ["a"], "do": "review", "state": state_of(folder, "small")}
    client.post("/hr/suites/small/review", data=chosen)
    assert [one.state for one in folder.open("small").suite.cases] == [
        "reviewed",
        "draft",
        "draft",
    ]
    chosen = {"case": ["b", "c"], "do": "remove", "state": state_of(folder, "small")}
    client.post("/hr/suites/small/review", data=chosen)
    assert [one.id for one in folder.open("small").suite.cases] == ["a"]


def test_a_run_knows_what_somebody_said_of_a_reply_since_it_was_read(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    unsure = replace(TELEWORK, must_say=("telework is allowed weekly",))
    folder.write("small", replace(SMALL, cases=(unsure,)), state="")
    run_to_its_end(client, "small")
    (kept,) = folder.runs("small")
    page = f"/hr/suites/small/runs/{kept.id}"
    assert "To confirm (1)" in plain(client.get(page).text)
    case, said = folder.run("small", kept.id).reply("telework")
    labels = folder.labels("small")
    labels.add(case, said, right=False, by="HR", day=kept.told.asked_at.date())
    now = plain(client.get(page).text)
    assert "Not right (1) Somebody looked at this reply and says that it is not right" in now
    labels.add(case, said, right=True, by="HR", day=kept.told.asked_at.date())
    assert "Every case passed." in plain(client.get(page).text)


SAID = {
    "fr": (
        "1 sur 1 (21–100\u00a0%)",
        "«\u00a0up to three days in each week\u00a0»",
        "Séries de questions",
    ),
    "es": ("1 de 1 (21–100\u00a0%)", "«up to three days in each week»", "Conjuntos de preguntas"),
}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_what_came_of_a_run_is_said_in_the_language_that_the_browser_asks_for(
    client: httpx.Client, folder: SuiteFolder, language: str
) -> None:
    wrong = replace(TELEWORK, must_say=("two days",))
    folder.write("small", replace(SMALL, cases=(wrong, *SMALL.cases[1:])), state="")
    run_to_its_end(client, "small")
    run = folder.runs("small")[0]
    page = client.get(f"/hr/suites/small/runs/{run.id}", headers={"accept-language": language})
    assert f'<html lang="{language}">' in page.text
    for said in SAID[language]:
        assert said in unescape(page.text)
    # the sentence of the verdict comes from evals, which speak English
    assert f'<span lang="en">{escape(run.told.sentence, quote=False)}</span>' in page.text
