"""Cases in the browser: mended, tried, and kept from a live answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx
import pytest
from hr_pages import SMALL, client_of, plain, state_of, with_suites

from assistant.ask import Assistant
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Evidence
from evals.suites.run import run_suite, score_run

Serve = Callable[[Assistant], str]
CASE = "/hr/suites/small/cases/telework"
QUESTION = "On how many days in each week may a staff member telework?"


@pytest.fixture
def folder(tmp_path: Path) -> SuiteFolder:
    folder = SuiteFolder(tmp_path)
    folder.write("small", SMALL, state="")
    return folder


@pytest.fixture
def client(
    small_assistant: Assistant, serve: Serve, tmp_path: Path, folder: SuiteFolder
) -> Iterator[httpx.Client]:
    del folder  # begun before anybody looks
    with client_of(serve(with_suites(small_assistant, tmp_path))) as client:
        yield client


def form_in(html: str) -> dict[str, str | list[str]]:
    """Return the fields of a case's form as a browser would send them."""
    form = html[html.index("case-form") :]
    form = form[: form.index("</form>")]
    fields: dict[str, str | list[str]] = {"document": [], "section": [], "quote": []}
    for name, value in re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form):
        _add(fields, name, unescape(value))
    for name, value in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
    ):
        _add(fields, name, unescape(value))
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        _add(fields, name, chosen[1] if chosen else "")
    return fields


def _add(fields: dict[str, str | list[str]], name: str, value: str) -> None:
    held = fields.get(name)
    if isinstance(held, list):
        held.append(value)
    else:
        fields[name] = value


def case_of(folder: SuiteFolder, name: str = "telework"):
    return next(one for one in folder.open("small").suite.cases if one.id == name)


def test_a_case_that_is_kept_as_it_is_stays_as_it_is(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    before = case_of(folder)
    client.post(CASE, data={**form_in(client.get(CASE).text), "do": "keep"})
    after = case_of(folder)
    assert after.fingerprint == before.fingerprint
    assert (before.evidence[0].version, after.evidence[0].version) == ("", "2")  # pinned now
    client.post(CASE, data={**form_in(client.get(CASE).text), "do": "keep"})
    assert case_of(folder) == after


def test_a_section_that_is_not_there_cannot_be_hidden_unless_it_went_since(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    stored = folder.open("small")
    gone = (Evidence("telework", "8. Days of rest"),)
    twin = Case("twin", QUESTION, expected="refuse", why="near miss", without=gone)
    folder.write("small", replace(stored.suite, cases=(twin,)), state=stored.state)
    page = CASE.replace("/telework", "/twin")
    client.post(page, data={**form_in(client.get(page).text), "do": "keep", "notes": "Read."})
    assert case_of(folder, "twin") == replace(twin, notes="Read.")
    wrong = {**form_in(client.get(page).text), "without": "telework › 9. Nights of telework"}
    refused = client.post(page, data={**wrong, "do": "keep"})
    assert refused.status_code == 422
    assert "has no section “9. Nights of telework”" in plain(refused.text)
    assert case_of(folder, "twin").without == gone


def test_a_quote_that_is_not_there_is_not_kept_and_the_nearest_is_taken_by_a_click(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    fields = form_in(client.get(CASE).text)
    fields["quote"] = ["A staff member may telework on up to three dayz in each week."]
    fields["document"] = ["Policy on telework"]
    fields["section"] = [""]
    refused = client.post(CASE, data={**fields, "do": "keep"})
    assert refused.status_code == 422
    assert "the quote is not found in “Policy on telework”, version 2" in plain(refused.text)
    assert case_of(folder) == SMALL.cases[0]
    taken = client.post(CASE, data={**fields, "do": "take:0"})
    assert "up to three days in each week" in form_in(taken.text)["quote"][0]
    client.post(CASE, data={**form_in(taken.text), "do": "keep"})
    assert "up to three days in each week" in case_of(folder).evidence[0].quote


def test_a_case_that_names_no_place_is_offered_some(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    stored = folder.open("small")
    bare = tuple(replace(one, evidence=()) for one in SMALL.cases)
    folder.write("small", replace(SMALL, cases=bare), state=stored.state)
    page = client.get(CASE).text
    assert "up to three days in each week" in plain(page)
    chosen = client.post(CASE, data={**form_in(page), "do": "place:0"})
    client.post(CASE, data={**form_in(chosen.text), "do": "keep"})
    assert "up to three days" in case_of(folder).evidence[0].quote
    for odd in ("place:9", "place:-1", "place:x", "take:0"):
        assert client.post(CASE, data={**form_in(page), "do": odd}).status_code == 200


def test_what_nobody_could_judge_is_not_kept(client: httpx.Client, folder: SuiteFolder) -> None:
    empty = {"question": "What?", "do": "keep", "suite_state": state_of(folder, "small")}
    refused = client.post("/hr/suites/small/new-case", data=empty)
    assert refused.status_code == 422
    assert "says neither what must be said nor why" in refused.text
    assert len(folder.open("small").suite.cases) == 2


def test_two_people_do_not_undo_each_other(client: httpx.Client, folder: SuiteFolder) -> None:
    fields = form_in(client.get(CASE).text)
    client.post(CASE, data={**fields, "notes": "mine", "do": "keep"})
    late = client.post(CASE, data={**fields, "notes": "theirs", "do": "keep"})
    assert late.status_code == 409
    assert "theirs" in late.text  # what was written is not lost
    assert case_of(folder).notes == "mine"


def test_after_a_conflict_what_was_typed_is_kept_by_keeping_it_again(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    fields = form_in(client.get(CASE).text)
    stored = folder.open("small")
    theirs = replace(stored.suite, owner="They")
    folder.write("small", theirs, state=stored.state)
    late = client.post(CASE, data={**fields, "notes": "mine", "do": "keep"})
    assert late.status_code == 409
    client.post(CASE, data={**form_in(late.text), "do": "keep"})
    assert case_of(folder).notes == "mine"
    assert folder.open("small").suite.owner == "They"  # nothing of theirs is lost


def test_a_case_about_another_day_is_held_against_the_version_of_that_day(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    fields = form_in(client.get(CASE).text)
    then = {"quote": ["up to two days in each week"], "must_say": "two days"}
    assert client.post(CASE, data={**fields, **then, "do": "keep"}).status_code == 422
    client.post(CASE, data={**fields, **then, "as_of": "2023-06-01", "do": "keep"})
    assert case_of(folder).evidence[0].version == "1"


def test_a_draft_that_any_answer_would_pass_is_not_let_decide(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    empty = replace(SMALL.cases[0], id="empty", must_say=(), evidence=(), state="draft")
    stored = folder.open("small")
    folder.write("small", replace(SMALL, cases=(*SMALL.cases, empty)), state=stored.state)
    chosen = {"case": ["empty"], "do": "review", "state": state_of(folder, "small")}
    refused = client.post("/hr/suites/small/review", data=chosen)
    assert refused.status_code == 422
    assert "neither what must be said nor where it stands: empty" in plain(refused.text)
    assert case_of(folder, "empty").state == "draft"
    none = client.post("/hr/suites/small/review", data={**chosen, "case": []})
    assert "No draft is chosen." in plain(none.text)
    assert client.post("/hr/suites/small/review", data={**chosen, "do": "x"}).status_code == 422


def test_an_id_is_given_once(client: httpx.Client) -> None:
    fields = form_in(client.get(CASE).text)
    refused = client.post(CASE, data={**fields, "id": "tungsten", "do": "keep"})
    assert refused.status_code == 422
    assert "Another case has the id “tungsten”." in plain(refused.text)


def test_a_case_is_asked_without_being_kept(client: httpx.Client, folder: SuiteFolder) -> None:
    fields = {**form_in(client.get(CASE).text), "must_say": "four days", "do": "try"}
    tried = plain(client.post(CASE, data=fields).text)
    assert "Wrong value" in tried
    assert "up to three days in each week" in tried
    assert case_of(folder).must_say == ("three days",)


def test_columns_of_ones_own_outlive_a_change(client: httpx.Client, folder: SuiteFolder) -> None:
    stored = folder.open("small")
    cases = (replace(SMALL.cases[0], more=(("asked by", "council"),)), SMALL.cases[1])
    folder.write("small", replace(stored.suite, cases=cases), state=stored.state)
    client.post(CASE, data={**form_in(client.get(CASE).text), "notes": "new", "do": "keep"})
    assert case_of(folder).more == (("asked by", "council"),)


def test_what_a_case_is_asked_without_outlives_a_change(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    stored = folder.open("small")
    hidden = (Evidence("Policy on telework", "1. Days of telework"), Evidence("people-strategy"))
    twin = replace(
        SMALL.cases[0], expected="refuse", why="near miss", must_say=(), evidence=(), without=hidden
    )
    folder.write("small", replace(SMALL, cases=(twin, SMALL.cases[1])), state=stored.state)
    client.post(CASE, data={**form_in(client.get(CASE).text), "do": "keep"})
    assert case_of(folder) == twin


def test_drafts_are_added_from_the_documents_and_wait_for_a_person(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    page = client.get("/hr/suites/small/drafts").text
    assert 'value="rows" checked' in page
    data = {"kind": ["rows", "twins"], "most": "3", "state": state_of(folder, "small")}
    made = client.post("/hr/suites/small/drafts", data=data)
    drafts = [one for one in folder.open("small").suite.cases if one.state == "draft"]
    assert f"{len(drafts)} drafts were added." in plain(made.text)
    assert {one.expected for one in drafts} == {"answer", "refuse"}
    again = client.post("/hr/suites/small/drafts", data=data)
    assert again.status_code == 409 or "0 drafts were added" in plain(again.text)
    none = {**data, "document": "nothing", "state": state_of(folder, "small")}
    assert client.post("/hr/suites/small/drafts", data=none).status_code == 404


def test_a_case_is_taken_out(client: httpx.Client, folder: SuiteFolder) -> None:
    gone = {"case": "telework", "state": state_of(folder, "small")}
    client.post("/hr/suites/small/remove-case", data=gone)
    assert [one.id for one in folder.open("small").suite.cases] == ["tungsten"]


def test_an_id_with_a_slash_has_a_page(client: httpx.Client) -> None:
    fields = form_in(client.get(CASE).text)
    client.post(CASE, data={**fields, "id": "leave/1", "do": "keep"})
    assert client.get("/hr/suites/small/cases/leave%2F1").status_code == 200


def picks_in(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'name="pick" value="([^"]*)"[^>]*><span[^>]*>(.*?)</span>', html, re.DOTALL)
    return [(unescape(pick), unescape(text)) for pick, text in found]


def test_a_question_with_the_sentence_that_somebody_points_at_becomes_a_case_that_passes(
    client: httpx.Client, folder: SuiteFolder, small_assistant: Assistant
) -> None:
    page = client.get("/hr/suites/small/ask", params={"q": "How often may I telework?"}).text
    pick = next(pick for pick, text in picks_in(page) if "three days" in text)
    assert 'name="fact" value="three days"' in page
    kept = client.post(
        "/hr/suites/small/ask",
        data={
            "suite_state": state_of(folder, "small"),
            "question": "How often may I telework?",
            "pick": [pick],
            "fact": ["three days"],
            "do": "keep",
        },
    )
    assert "Kept: how-often-may-i-telework" in plain(kept.text)
    case = case_of(folder, "how-often-may-i-telework")
    assert case.must_say == ("three days",)
    (place,) = case.evidence
    assert (place.document, place.section) == ("Policy on telework", "1. Days of telework")
    assert (place.version, bool(place.sha256)) == ("2", True)
    scored = score_run(run_suite(folder.open("small").suite, small_assistant), small_assistant)
    assert next(one for one in scored.results if one.case.id == case.id).passed


def test_the_sentence_is_pointed_at_elsewhere_too(client: httpx.Client) -> None:
    asked = {"q": "How often may I telework?", "find": "leave carried over next calendar year"}
    assert any(
        "may be carried over to the next calendar year" in text
        for _, text in picks_in(client.get("/hr/suites/small/ask", params=asked).text)
    )
    page = client.get("/hr/suites/small/ask", params={"q": "x y z?"}).text
    key = re.search(r'<option value="([^"]*)"[^>]*>Policy on annual leave<', page)
    assert key
    asked = {"q": "x y z?", "document": unescape(key[1]), "section": "1"}
    assert picks_in(client.get("/hr/suites/small/ask", params=asked).text)


def test_a_question_that_is_not_to_be_answered_is_kept_as_such(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    client.post(
        "/hr/suites/small/ask",
        data={
            "suite_state": state_of(folder, "small"),
            "question": "What colour is the shed?",
            "why": "not in documents",
            "do": "refuse",
        },
    )
    case = case_of(folder, "what-colour-is-the-shed")
    assert (case.expected, case.why, case.evidence) == ("refuse", "not in documents", ())


def test_what_was_pointed_at_and_typed_outlives_a_conflict(client: httpx.Client) -> None:
    asked = {"q": QUESTION, "find": "leave carried over next calendar year"}
    page = client.get("/hr/suites/small/ask", params=asked).text
    pick = next(pick for pick, text in picks_in(page) if "next calendar year" in text)
    data = {
        "suite_state": "old",
        "question": QUESTION,
        "pick": [pick],
        "fact": ["three days"],
        "more": "my own fact",
        "do": "keep",
    }
    late = client.post("/hr/suites/small/ask", data=data)
    assert late.status_code == 409
    assert f'value="{pick}" checked' in late.text
    assert 'value="three days" checked' in late.text
    assert "my own fact" in late.text


def test_one_sentence_is_ticked_and_of_several_none(client: httpx.Client) -> None:
    one = client.get("/hr/suites/small/ask", params={"q": QUESTION}).text
    assert len(re.findall(r'name="pick"[^>]*checked', one)) == 1
    leave = "What does a request to carry leave over state?"
    several = client.get("/hr/suites/small/ask", params={"q": leave}).text
    assert len(re.findall('class="was-quoted"', several)) > 1
    assert not re.findall(r'name="pick"[^>]*checked', several)


def test_a_fact_of_a_table_is_named_by_its_column(client: httpx.Client) -> None:
    asked = {"q": "How many days are earned per month under a short-term appointment?"}
    page = client.get("/hr/suites/small/ask", params=asked).text
    assert "Earned per month: 1.5" in plain(page)


def test_asking_in_other_words_stays_with_its_case(client: httpx.Client) -> None:
    page = client.get("/hr/suites/small/ask", params={"q": "x y?", "case": "telework"}).text
    box = page[page.index('class="ask"') :]
    assert 'name="case" value="telework"' in box[: box.index("</form>")]


def test_pointing_again_replaces_where_a_case_stood(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    page = client.get("/hr/suites/small/ask", params={"q": QUESTION, "case": "telework"}).text
    pick = next(pick for pick, text in picks_in(page) if "three days" in text)
    data = {
        "suite_state": state_of(folder, "small"),
        "case": "telework",
        "question": QUESTION,
        "pick": [pick],
        "do": "keep",
    }
    client.post("/hr/suites/small/ask", data=data)
    assert case_of(folder).evidence[0].quote.endswith("up to three days in each week.")
    assert case_of(folder).must_say == ("three days",)
    assert len(folder.open("small").suite.cases) == 2


def test_nothing_pointed_at_is_said_so_and_no_invented_place_is_taken(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    data = {"suite_state": state_of(folder, "small"), "question": QUESTION, "do": "keep"}
    assert client.post("/hr/suites/small/ask", data=data).status_code == 422
    for pick in ("0-5@telework/2", "x", "0-999999@nothing", "-1-5@telework"):
        refused = client.post("/hr/suites/small/ask", data={**data, "pick": [pick]})
        assert refused.status_code == 422, pick
    assert len(folder.open("small").suite.cases) == 2
