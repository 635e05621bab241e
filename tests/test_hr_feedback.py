"""The pages of votes and of unanswered questions: listed, decided on, taken along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import openpyxl
import pytest
from hr_pages import client_of, plain
from playwright.sync_api import Browser, expect
from staff_asked import ALSO_DOGS, DOGS, GYM, TELEWORK, Staff, staff
from test_accessibility import assert_sound

from assistant.ask import Assistant
from assistant.wiring import records_address as address_of
from bots.web.languages import LANGUAGES
from evals.feedback.decisions import Decision, Decisions
from evals.suites.folder import SuiteFolder

Serve = Callable[[Assistant], str]
VOTES, UNANSWERED = "/hr/votes", "/hr/unanswered"


@pytest.fixture
def people(small_home: Path, small_corpus: Path, tmp_path: Path) -> Iterator[Staff]:
    with staff(small_home, small_corpus, tmp_path) as people:
        yield people


@pytest.fixture
def folder(people: Staff) -> SuiteFolder:
    return SuiteFolder(people.assistant.settings.suites_folder)


@pytest.fixture
def client(people: Staff, serve: Serve) -> Iterator[httpx.Client]:
    with client_of(serve(people.assistant)) as client:
        yield client


def decided_form(html: str, do: str) -> dict[str, str]:
    """Return what the first form of a list sends when one of its buttons is pressed."""
    form = html[html.index('class="deciding"') :]
    form = form[: form.index("</form>")]
    inputs = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)
    assert f'value="{do}"' in form
    return {"why": "not in documents", **{n: unescape(v) for n, v in inputs}, "do": do}


def test_empty_lists_say_what_to_expect(client: httpx.Client) -> None:
    assert "becomes a case of a suite with one click" in plain(client.get(VOTES).text)
    assert "that it stays so" in plain(client.get(f"{VOTES}?kind=helpful").text)
    assert "that is what policies lack" in plain(client.get(UNANSWERED).text)


def test_votes_stand_by_question_with_reasons_and_without_names(
    people: Staff, client: httpx.Client
) -> None:
    people.vote(people.ask(DOGS), "one", reason="missing", words="Ask Ludwig van Beethoven")
    people.vote(people.ask(ALSO_DOGS), "two", reason="missing")
    people.vote(people.ask(GYM), "three")
    html = client.get(VOTES).text
    said = plain(html)
    assert "2 questions" in said
    assert "did not help 2 people" in said
    assert "Something is missing (2)" in said
    assert "Ask [name]" in said
    assert "Bonaparte" not in html
    assert "1 other wording" in said


def test_questions_of_groups_are_counted_and_neither_shown_nor_decided_on(
    people: Staff, client: httpx.Client, folder: SuiteFolder
) -> None:
    board = people.ask(DOGS, groups=frozenset({"board"}))
    people.vote(board, "one", reason="missing", words="As they decided")
    for path in (VOTES, UNANSWERED):
        html = client.get(path).text
        assert "1 question of a group is counted and not shown." in plain(html)
        assert not re.search(r"\bdog|decided</p>|becomes a case|policies lack", html)
        made = client.post(path, data={"receipt": board, "do": "refuse"})
        assert made.status_code == 404
    assert "dog" not in client.get(f"{UNANSWERED}.csv").text
    assert "Feedback" not in folder.names()


def test_the_answer_is_opened_where_its_page_shows_no_name(
    people: Staff, client: httpx.Client
) -> None:
    dogs, gym = people.ask(DOGS), people.ask(GYM)
    people.vote(dogs)
    people.vote(gym)
    html = client.get(VOTES).text
    assert f'href="/answers/{dogs}"' in html
    assert f'href="/answers/{gym}"' not in html


def test_a_wrong_answer_becomes_a_draft_and_its_sentence_is_pointed_at(
    people: Staff, client: httpx.Client, folder: SuiteFolder
) -> None:
    reply = people.ask(TELEWORK)
    people.vote(reply, reason="wrong")
    done = client.post(VOTES, data=decided_form(client.get(VOTES).text, "answer"))
    assert done.url.path == "/hr/suites/Feedback/ask"
    assert "What you point at takes the place" in plain(done.text)
    (case,) = folder.open("Feedback").suite.cases
    assert (case.question, case.state, case.expected) == (TELEWORK, "draft", "answer")
    assert reply in case.notes
    assert "Nothing here waits for you" in plain(client.get(VOTES).text)
    shown = client.get(f"{VOTES}?decided=show").text
    assert "Not asked yet Draft Case" in plain(shown)
    assert "/hr/suites/Feedback/cases/" in shown


def test_a_question_that_the_documents_do_not_answer_becomes_a_refusal(
    people: Staff, client: httpx.Client, folder: SuiteFolder
) -> None:
    people.ask(DOGS, times=2)
    form = decided_form(client.get(UNANSWERED).text, "refuse")
    done = client.post(UNANSWERED, data={**form, "suite": "Gaps", "why": "off topic"})
    assert "A draft was made" in plain(done.text)
    (case,) = folder.open("Gaps").suite.cases
    assert (case.expected, case.why, case.state) == ("refuse", "off topic", "draft")
    assert case.tags == ("from questions",)
    assert "No question meets all filters" in plain(done.text)


def test_what_is_no_problem_is_kept_with_its_reason_and_comes_back_with_a_new_vote(
    people: Staff, client: httpx.Client
) -> None:
    reply = people.ask(DOGS)
    people.vote(reply, "one")
    form = decided_form(client.get(VOTES).text, "no problem")
    client.post(VOTES, data={**form, "reason": "The house rules say it."})
    assert "Nothing here waits" in plain(client.get(VOTES).text)
    assert ": The house rules say it." in plain(client.get(f"{VOTES}?decided=show").text)
    people.vote(reply, "two")
    assert "voted on since" in plain(client.get(VOTES).text)


def test_a_question_that_is_asked_again_on_a_later_day_comes_back(
    people: Staff, client: httpx.Client
) -> None:
    asked = people.ask(DOGS)
    with closing(Decisions(address_of(people.assistant.settings))) as decisions:
        for days, listed in ((0, False), (3, True)):
            day = people.now() - timedelta(days=days)
            decisions.add(Decision("unanswered", "no problem", (asked,), DOGS, day))
            said = plain(client.get(UNANSWERED).text)
            assert (DOGS in said, "asked again since" in said) == (listed, listed)


def test_a_helpful_answer_is_watched(
    people: Staff, client: httpx.Client, folder: SuiteFolder
) -> None:
    people.vote(people.ask(TELEWORK), helpful=True)
    form = decided_form(client.get(f"{VOTES}?kind=helpful").text, "watch")
    client.post(VOTES, data=form)
    (case,) = folder.open("Feedback").suite.cases
    assert (case.importance, bool(case.evidence)) == ("watch", True)


@pytest.mark.parametrize("path", [VOTES, UNANSWERED])
def test_a_suite_that_cannot_be_named_so_is_refused_on_the_page_and_nothing_is_decided(
    path: str, people: Staff, client: httpx.Client
) -> None:
    people.vote(people.ask(DOGS))
    form = decided_form(client.get(path).text, "refuse")
    refused = client.post(path, data={**form, "suite": "../suites"})
    assert refused.status_code == 422
    assert "cannot be the name of a suite" in plain(refused.text)
    wrong = client.post(path, data={**form, "why": "because"})
    assert wrong.status_code == 422
    assert "1 question" in plain(client.get(path).text)


@pytest.mark.parametrize("path", [VOTES, UNANSWERED])
def test_what_is_not_listed_cannot_be_decided_on_and_no_form_leads_elsewhere(
    path: str, people: Staff, client: httpx.Client
) -> None:
    gone = client.post(path, data={"receipt": "a-nothing", "do": "done"})
    assert gone.status_code == 404
    people.vote(people.ask(DOGS))
    form = decided_form(client.get(path).text, "done")
    led = client.post(
        path, data={**form, "back": "https://elsewhere.example/"}, follow_redirects=False
    )
    assert led.headers["location"].startswith(path)


def test_filters_stand_in_the_address(people: Staff, client: httpx.Client) -> None:
    people.vote(people.ask(DOGS), reason="missing")
    people.ask(GYM)
    assert "1 question " in plain(client.get(f"{VOTES}?reason=missing&days=30").text)
    assert "0 questions" in plain(client.get(f"{VOTES}?reason=wrong").text)
    assert "2 questions" in plain(client.get(UNANSWERED).text)
    assert "1 question " in plain(client.get(f"{UNANSWERED}?came=voted").text)
    assert "1 question " in plain(client.get(f"{UNANSWERED}?words=DOG+office").text)
    assert "0 questions" in plain(client.get(f"{UNANSWERED}?least=5").text)
    bare = client.get(f"{UNANSWERED}?words=&days=30", follow_redirects=False)
    assert bare.headers["location"] == f"{UNANSWERED}?days=30"
    assert client.get(f"{UNANSWERED}?days=7").status_code == 422


def test_the_list_is_taken_along_as_it_is_filtered(people: Staff, client: httpx.Client) -> None:
    people.ask(DOGS, times=3)
    people.ask(GYM)
    text = client.get(f"{UNANSWERED}.csv?least=2").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Question"], row["Asked"]) == (DOGS, "3")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{UNANSWERED}.xlsx").content))
    assert [cell.value for cell in book["Unanswered"]["B"]] == ["Asked", 3, 1]


def test_both_lists_need_the_key_as_all_pages_for_hr_do(
    small_home: Path, small_corpus: Path, tmp_path: Path, serve: Serve
) -> None:
    settings = {"hr_key": "a key that nobody guesses"}
    with (
        staff(small_home, small_corpus, tmp_path, **settings) as people,
        client_of(serve(people.assistant)) as client,
    ):
        for path in (VOTES, UNANSWERED, f"{UNANSWERED}.csv", f"{UNANSWERED}.xlsx"):
            assert client.get(path, follow_redirects=False).status_code == 303
        assert client.post(VOTES, data={"receipt": "a", "do": "done"}).status_code == 403


def test_a_long_list_has_pages(people: Staff, client: httpx.Client) -> None:
    for number in range(21):
        people.pass_on(f"{number} horses and carriages?")
    first = client.get(UNANSWERED).text
    assert first.count('class="heard"') == 20
    assert f'href="{UNANSWERED}?page=2"' in first
    assert client.get(f"{UNANSWERED}?page=2").text.count('class="heard"') == 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_breaks_a_rule_of_accessibility_or_scrolls_sideways(
    browser: Browser, people: Staff, serve: Serve, width: int, language: str
) -> None:
    dogs = people.ask(DOGS, times=2)
    people.vote(dogs, "one", reason="missing", words="W" * 300)
    people.vote(people.ask(ALSO_DOGS), "two")
    people.ask("x" * 400)
    people.vote(people.ask(TELEWORK), helpful=True)
    address = serve(people.assistant)
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme="dark" if width == 360 else "light",
        locale=language,
        java_script_enabled=True,
    )
    page = context.new_page()
    for path in (VOTES, f"{VOTES}?kind=helpful", UNANSWERED, f"{UNANSWERED}?words=nothing"):
        page.goto(address + path)
        for summary in page.locator("details > summary").all():
            summary.click()
        assert_sound(page, path)
    context.close()


@pytest.mark.browser
def test_a_case_is_made_without_javascript(
    browser: Browser, people: Staff, serve: Serve, folder: SuiteFolder
) -> None:
    people.ask(DOGS)
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{serve(people.assistant)}{UNANSWERED}")
    page.get_by_role("button", name="Make a case of it").click()
    expect(page.get_by_role("status")).to_contain_text("A draft was made")
    assert [case.question for case in folder.open("Feedback").suite.cases] == [DOGS]
    context.close()
