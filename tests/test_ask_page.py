"""The page to ask on: its conversation, cards, the document beside, votes, and what one takes."""

import json
import re
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.receipts import Receipt
from assistant.reply import Question
from bots.web.around import around
from bots.web.passed import Passed, passed_on
from bots.web.reading import Span

CARRIED = "How many days of annual leave may be carried over under a fixed-term appointment?"
TUNGSTEN = "What is the boiling point of tungsten?"


def answer(address: str, question: str = CARRIED, **more: str) -> str:
    return httpx.get(f"{address}/", params={"q": question, **more}).text


def receipt_in(html: str) -> str:
    return re.search(r"<code>(a-[0-9a-f]+)</code>", html)[1]


def conversation_in(html: str) -> str:
    return re.search(r'name="conversation" value="([^"]+)"', html)[1]


# conversations


def test_the_start_page_says_what_is_covered_and_how_fresh_it_is(address):
    html = " ".join(httpx.get(address).text.split())
    assert "documents in force answer" in html
    assert "samples, marked as such" in html
    assert re.search(r"Read on \d+ \w+ \d{4} at \d\d:\d\d UTC\.", html)


def test_a_follow_up_shows_what_was_asked_before_with_its_own_address(address):
    first = answer(address)
    html = answer(address, "and for short-term staff?", conversation=conversation_in(first))
    assert "Earlier in this conversation" in html
    assert CARRIED in html
    link = re.search(r'<a href="([^"]+)">Open this answer</a>', html)[1].replace("&amp;", "&")
    assert receipt_in(httpx.get(address + link).text) == receipt_in(first)


def test_the_address_of_a_follow_up_shows_the_same_conversation_again(address):
    given = conversation_in(answer(address))
    pages = [answer(address, "and for short-term staff?", conversation=given) for _ in range(2)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("conversation", ["c-nothing", "nonsense", "c-" + "0" * 20, "'><script>"])
def test_a_conversation_that_nobody_had_shows_none_before(address, conversation):
    html = answer(address, conversation=conversation)
    assert "Earlier in this conversation" not in html
    assert "<script>" not in html.replace('<script src="/static', "")


def test_an_earlier_refusal_is_shown_with_its_words(address):
    given = conversation_in(answer(address, TUNGSTEN))
    html = answer(address, "How many days may be teleworked?", conversation=given)
    assert "<p>Charter found nothing about this in the documents." in html


def test_the_start_page_lists_some_of_each_kind_and_leads_to_all(assistant, serve):
    html = httpx.get(serve(assistant)).text
    listed = html[html.index('id="documents"') :]
    held = len([one for one in assistant.shelf().entries() if one.metadata.kind == "policy"])
    assert listed.count("Sample policy") == 5
    assert f'<a href="/documents?kind=policy">All {held} of this kind</a>' in listed


# one answer


def test_an_answer_has_an_address_of_its_own(address):
    receipt = receipt_in(answer(address))
    again = httpx.get(f"{address}/answers/{receipt}")
    assert again.status_code == 200
    assert CARRIED in again.text
    assert "Today it is answered otherwise" not in again.text
    assert receipt_in(again.text) == receipt


@pytest.mark.parametrize("path", ["", ".txt", ".md"])
def test_an_answer_that_is_not_there_is_said_not_to_be(address, path):
    found = httpx.get(f"{address}/answers/a-00000000000000000000{path}")
    assert found.status_code == 404
    assert "There is no receipt" in found.text


@pytest.mark.parametrize("form", ["txt", "md"])
def test_an_answer_is_taken_along_with_every_citation(address, form):
    html = answer(address)
    said = httpx.get(f"{address}/answers/{receipt_in(html)}.{form}")
    assert said.headers["content-type"].startswith("text/")
    assert CARRIED in said.text
    assert "Policy on annual leave, version 2, 2. Entitlement, Sample policy" in said.text
    assert f"{address}/documents/annual-leave?version=2&start=" in said.text
    assert ("[1]" if form == "txt" else "1. [") in said.text


@pytest.mark.parametrize("form", ["txt", "md"])
def test_a_follow_up_is_taken_along_with_what_it_was_understood_as(address, form):
    given = conversation_in(answer(address))
    html = answer(address, "and for short-term staff?", conversation=given)
    said = httpx.get(f"{address}/answers/{receipt_in(html)}.{form}").text
    assert re.search(r"and for short-term staff\?(\*\*\n)?\n\(How many days", said)


def test_markup_in_a_quote_stays_text_in_markdown(address):
    html = answer(address, "What does a parking permit cost?")
    said = httpx.get(f"{address}/answers/{receipt_in(html)}.md").text
    assert r"\<img" in said
    assert not re.search(r"(?<!\\)<img", said)


# votes


def vote(address: str, receipt: str, **said: str) -> httpx.Response:
    return httpx.post(f"{address}/answers/{receipt}/vote", data=said)


def test_a_vote_is_kept_changed_and_shown_to_its_voter_alone(address):
    receipt = receipt_in(answer(address))
    with httpx.Client(base_url=address, follow_redirects=True) as voter:
        said = {"helpful": "no", "reason": "wrong", "words": "It is 60."}
        thanks = voter.post(f"/answers/{receipt}/vote", data=said)
        assert "Thank you. You said that this did not help." in thanks.text
        assert re.search(r'value="wrong" checked', thanks.text)
        changed = voter.post(f"/answers/{receipt}/vote", data={"helpful": "yes"})
        assert "this was helpful" in changed.text
        assert "It is 60." not in changed.text
    assert "Thank you" not in httpx.get(f"{address}/answers/{receipt}").text


def test_a_vote_leads_back_to_where_it_was_given_and_nowhere_else(address):
    receipt = receipt_in(answer(address))
    for back, where in (
        ("/?q=x&conversation=c-1", "/?q=x&conversation=c-1#vote"),
        ("//evil.example", f"/answers/{receipt}#vote"),
        ("https://evil.example", f"/answers/{receipt}#vote"),
        ("/\\evil.example", f"/answers/{receipt}#vote"),
        ("/\t/evil.example", f"/answers/{receipt}#vote"),
    ):
        assert vote(address, receipt, helpful="yes", back=back).headers["location"] == where


def test_the_cookie_of_a_voter_is_no_business_of_scripts_or_other_sites(address):
    assert "set-cookie" not in httpx.get(address).headers
    cookie = vote(address, receipt_in(answer(address)), helpful="yes").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_page_of_another_site_cannot_vote(address):
    refused = httpx.post(
        f"{address}/answers/{receipt_in(answer(address))}/vote",
        data={"helpful": "yes"},
        headers={"Origin": "https://evil.example"},
    )
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "said",
    [{}, {"helpful": "perhaps"}, {"helpful": "no", "reason": "boring"}, {"words": "x" * 4000}],
)
def test_a_vote_that_cannot_be_read_is_refused(address, said):
    assert vote(address, "a-1", **said).status_code == 422


def test_nobody_votes_on_what_was_never_answered(address):
    assert vote(address, "a-00000000000000000000", helpful="yes").status_code == 404


def test_a_refusal_is_not_blamed_for_answering(address):
    assert "It should not have answered" in answer(address)
    assert "It should not have answered" not in answer(address, TUNGSTEN)


# asking a person


def passed(contact: str, text: str = "Yes.", understood: str = "") -> Passed:
    reply = json.dumps({"contact": contact, "text": text, "understood": understood})
    day = datetime(2026, 1, 1, tzinfo=UTC)
    question = Question("And on separation?", day.date(), day.date())
    return passed_on(Receipt("a-1", day, question, "", "", reply), "https://x.example/answers/a-1")


@pytest.mark.parametrize(
    ("contact", "mail"),
    [
        ("hr@example.org", "hr@example.org"),
        ("HR Policy Desk <hr.desk@example.org>", "hr.desk@example.org"),
        ("HR Policy Desk (hr@staff.example.org), questions on leave", "hr@staff.example.org"),
        ("HR Policy Desk, 4th floor @ headquarters", ""),
        ("HR Policy Desk", ""),
        ("", ""),
    ],
)
def test_an_address_is_found_in_whatever_names_a_contact(contact, mail):
    assert passed(contact).mail.partition("?")[0] == (f"mailto:{mail}" if mail else "")


def test_a_person_is_told_what_a_follow_up_was_understood_as():
    told = passed("hr@example.org", understood="How many days are paid on separation?")
    assert "And on separation?\n\n(How many days are paid on separation?)" in told.text
    assert "subject=How%20many%20days" in told.mail


def test_a_long_answer_does_not_make_an_e_mail_that_programs_cut_off():
    told = passed("hr@example.org", text="All of these words. " * 500)
    assert len(told.mail) < 2_083
    assert told.text.endswith(" …\n\nhttps://x.example/answers/a-1")


def test_a_question_goes_to_a_person_by_the_readers_own_mail(address):
    receipt = receipt_in(answer(address))
    html = httpx.get(f"{address}/person", params={"receipt": receipt}).text
    mail = re.search(r'href="(mailto:leave@hr\.example\.org\?[^"]+)" ?', html)
    assert mail
    assert f"{address}/answers/{receipt}" in html
    assert CARRIED in html


# what stands around a quote


def test_a_quote_is_shown_with_its_neighbours_and_without_its_heading(small_assistant):
    opened = small_assistant.shelf().open("annual-leave")
    text = opened.document.text
    start = text.index("Days above the maximum")
    found = around(opened, Span(start, start + 22))
    assert found.quote == "Days above the maximum"
    assert found.before.endswith("calendar year. ")
    assert "3. Carrying" not in found.before
    assert "A request to carry leave over states" in found.after
    assert found.section == ("3. Carrying leave over",)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10**9), (10**9, 10**9 + 1)])
def test_a_place_that_is_not_there_has_no_surroundings(address, small_assistant, start, end):
    assert around(small_assistant.shelf().open("annual-leave"), Span(start, end)) is None
    found = httpx.get(
        f"{address}/documents/annual-leave/around",
        params={"version": "2", "start": start, "end": end},
    )
    assert found.status_code == 404


# in a browser


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(browser: Browser, request):
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    made = context.new_page()
    made.wrong = []
    made.on("pageerror", lambda error: made.wrong.append(str(error)))
    made.on("console", lambda said: made.wrong.append(said.text) if said.type == "error" else None)
    yield made
    assert made.wrong == []
    context.close()


def ask(page: Page, address: str, question: str = CARRIED) -> None:
    page.goto(address)
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/?*")  # loaded with its scripts: before, a citation is a plain link


@pytest.mark.browser
def test_a_card_shows_the_quote_in_place_and_goes_with_escape(page, address):
    ask(page, address)
    mark = page.locator(".cite").first
    for _ in range(30):
        page.keyboard.press("Tab")
        if mark.evaluate("one => one === document.activeElement"):
            break
    card = page.locator("#card")
    expect(card).to_be_visible()
    assert card.locator("mark").all_text_contents()[:3] == ["Fixed-term", "2.5", "45"]
    assert mark.get_attribute("aria-describedby") == "card"
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(mark).to_be_focused()


@pytest.mark.browser
def test_a_citation_opens_its_document_beside_and_back_closes_it(page, address):
    ask(page, address)
    quote = page.locator(".sources q").first.text_content() or ""
    page.locator(".cite").first.click()
    frame = page.frame_locator(".beside iframe")
    expect(frame.locator("#cited")).to_be_in_viewport()
    marked = "".join(frame.locator("mark").all_text_contents())
    assert "".join(marked.split()) == "".join(quote.split())
    expect(frame.locator(".top")).to_have_count(0)
    if page.viewport_size["width"] > 1000:
        expect(page.locator("#headline")).to_be_in_viewport()
        answer_box = page.locator(".reply").bounding_box()
        beside = page.locator(".beside").bounding_box()
        assert answer_box["x"] + answer_box["width"] <= beside["x"]
    page.go_back()
    expect(page.locator(".beside")).to_be_hidden()
    expect(page.locator("#headline")).to_be_visible()
    page.go_forward()
    expect(frame.locator("#cited")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".beside")).to_be_hidden()


@pytest.mark.browser
def test_a_vote_is_given_without_leaving_the_answer(page, address):
    ask(page, address)
    where = page.url
    page.locator(".vote summary").click()
    page.get_by_label("It is out of date").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You said that this did not help.")).to_be_visible()
    assert page.url == where
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("You said that this was helpful.")).to_be_visible()


@pytest.mark.browser
def test_an_answer_is_copied_with_its_citations(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    ask(page, address)
    page.get_by_role("link", name="Copy as text").click()
    expect(page.locator("#told")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert CARRIED in copied
    assert "[1] Policy on annual leave" in copied
    context.close()


@pytest.mark.browser
def test_an_answer_is_voted_on_and_followed_up_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    ask(page, address)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("You said that this was helpful.")).to_be_visible()
    page.get_by_label("Your question").fill("and for short-term staff?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".earlier summary").click()
    expect(page.get_by_role("link", name="Open this answer")).to_be_visible()
    context.close()


@pytest.mark.browser
def test_nothing_moves_while_cards_and_documents_load(browser, address):
    page = browser.new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "one => { if (!one.hadRecentInput) window.moved += one.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    ask(page, address)
    page.locator(".cite").first.hover()
    expect(page.locator("#card")).to_be_visible()
    page.locator(".cite").first.click()
    expect(page.frame_locator(".beside iframe").locator("#cited")).to_be_visible()
    assert page.evaluate("window.moved") < 0.1
    page.close()


@pytest.mark.browser
def test_the_first_page_is_light_and_asks_no_other_host(browser, address):
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda one: sizes.update({one.url: len(one.body())}))
    page.goto(address, wait_until="networkidle")
    assert all(url.startswith(address) for url in sizes)
    assert sum(sizes.values()) < 100_000, json.dumps(sizes)
    page.close()
