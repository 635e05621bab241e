"""The document beside an answer, cards of citations, and what is said when the server is away."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

CARRIED = "How many days of annual leave may be carried over under a fixed-term appointment?"
LISTED = "What does a request to carry leave over state?"
TELEWORK = "On how many days may a staff member telework?"

pytestmark = pytest.mark.browser


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(browser: Browser, request):
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def wide(browser: Browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def ask(page: Page, address: str, question: str = CARRIED) -> None:
    page.goto(f"{address}/?q={question}")


def document(page: Page):
    return page.frame_locator(".beside iframe")


def sheet(page: Page):
    return page.locator(".beside")


def test_the_address_says_which_citation_is_open_and_opens_it_again(page, address):
    ask(page, address, LISTED)
    before = page.url
    page.locator(".cite").nth(1).click()
    expect(document(page).locator("#cited")).to_be_in_viewport()
    assert page.url == f"{before}#source-2"
    quote = document(page).locator("#cited").text_content()
    page.reload()
    expect(document(page).locator("#cited")).to_have_text(quote)
    page.get_by_role("button", name="Close").click()
    expect(sheet(page)).to_be_hidden()
    assert page.url == before


def test_a_second_citation_takes_the_place_of_the_first_and_one_step_closes_both(wide, address):
    ask(wide, address, LISTED)
    before = wide.url
    wide.locator(".cite").nth(0).click()
    expect(document(wide).locator("#cited")).to_be_visible()
    wide.locator(".cite").nth(1).click()
    assert wide.locator(".cite[aria-current]").get_attribute("data-source") == "2"
    expect(document(wide).locator("#cited")).to_be_visible()
    wide.get_by_role("button", name="Close").click()
    expect(sheet(wide)).to_be_hidden()
    wide.wait_for_url(before)
    assert wide.locator("[aria-current='true']").count() == 0


def test_escape_within_the_document_closes_it_and_leads_back_to_the_citation(page, address):
    ask(page, address)
    mark = page.locator(".cite").first
    mark.focus()
    page.keyboard.press("Enter")
    document(page).locator("#cited").click()
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()
    expect(mark).to_be_focused()
    expect(page.locator("#card")).to_be_hidden()


def test_moving_about_in_the_document_does_not_keep_it_from_closing(wide, address):
    ask(wide, address)
    wide.locator(".cite").first.click()
    document(wide).get_by_label("Find in this document").fill("Particular case 20")
    document(wide).get_by_label("Find in this document").press("Enter")
    expect(document(wide).get_by_role("heading", name="Particular case 20")).to_be_in_viewport()
    wide.get_by_role("button", name="Close").click()
    expect(sheet(wide)).to_be_hidden()
    expect(wide.locator("#headline")).to_be_visible()


def test_what_leads_out_of_the_document_leads_out_of_its_frame(wide, address):
    wide.goto(f"{address}/?q={TELEWORK}&as_of=2022-01-01")
    wide.locator(".cite").first.click()
    expect(document(wide).locator("#cited")).to_be_visible()
    document(wide).locator(".banner a[href*='version=2']").first.click()
    wide.wait_for_url("**/documents/telework?version=2*")
    expect(wide.locator(".top")).to_be_visible()


def test_a_sheet_covers_the_answer_and_a_tap_beside_it_closes_it(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    ask(page, address)
    page.locator(".cite").first.tap()
    expect(document(page).locator("#cited")).to_be_in_viewport()
    assert page.locator(".result").evaluate("one => one.inert")
    page.touchscreen.tap(180, 60)
    expect(sheet(page)).to_be_hidden()
    assert not page.locator(".result").evaluate("one => one.inert")
    context.close()


def test_what_the_server_does_not_answer_is_said_in_words(wide, address):
    ask(wide, address)
    wide.context.set_offline(True)
    wide.locator(".cite").first.hover()
    expect(wide.locator("#card")).to_contain_text("The server did not answer.")
    wide.get_by_role("button", name="Yes").click()
    expect(wide.locator("#told")).to_have_text("The server did not answer. Try again.")
    wide.locator(".cite").first.click()
    expect(wide.get_by_role("alert")).to_contain_text("The document could not be loaded")
    wide.context.set_offline(False)
    wide.keyboard.press("Escape")
    wide.get_by_role("button", name="Yes").click()
    expect(wide.locator(".thanks")).to_contain_text("You said that this was helpful.")
    expect(wide.locator(".thanks")).to_be_focused()


def test_a_row_is_shown_with_its_neighbours_under_the_names_of_its_columns(wide, address):
    ask(wide, address)
    wide.locator(".cite").first.hover()
    table = wide.locator("#card table")
    expect(table.locator("th")).to_contain_text(["Type of appointment", "Earned per month"])
    assert table.locator("mark").all_text_contents() == ["Fixed-term", "2.5", "45", "10", "60"]
    rows = [row.split("\t")[0].strip() for row in table.locator("tbody tr").all_inner_texts()]
    assert rows == ["Continuing", "Fixed-term", "Short-term"]


def test_a_row_that_has_no_room_for_its_columns_names_each_before_its_cell(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    ask(page, address)
    page.locator(".cite").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    row = page.locator("#card tr", has_text="Fixed-term")
    expect(row).to_be_visible()
    expect(page.locator("#card tr", has_text="Continuing")).to_be_hidden()
    names = row.locator("td").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    assert names[:2] == ['"Type of appointment"', '"Earned per month"']
    context.close()


def test_the_first_key_in_the_field_asks_the_next_question(wide, address):
    ask(wide, address)
    wide.get_by_label("Your question").focus()
    wide.keyboard.type("and for short-term staff?")
    wide.keyboard.press("Enter")
    expect(wide.locator(".asked-now")).to_have_text("and for short-term staff?")
    expect(wide.locator(".earlier .asked")).to_have_text(CARRIED)


def test_a_printed_answer_says_where_it_stands_and_leaves_the_tools_out(wide, address):
    ask(wide, address)
    receipt = wide.locator(".receipt code").text_content()
    where = wide.get_by_text(f"{address}/answers/{receipt}", exact=True)
    expect(where).to_be_hidden()
    wide.emulate_media(media="print")
    expect(where).to_be_visible()
    expect(wide.locator(".sources q").first).to_be_visible()
    for tool in (".ask", ".vote", ".take", ".top nav"):
        expect(wide.locator(tool).first).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_what_opens_breaks_no_rule_of_accessibility(browser, address, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    ask(page, address)
    page.get_by_label("Your question").fill("and for short-term staff?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".earlier summary").click()
    page.locator(".vote summary").click()
    page.keyboard.press("Shift+Tab")
    page.locator(".cite").first.hover()
    expect(page.locator("#card")).to_be_visible()
    assert_sound(page)
    page.locator(".cite").first.click()
    expect(document(page).locator("#cited")).to_be_visible()
    assert_sound(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Ask a person").click()
    expect(page.get_by_role("heading", name="Ask a person")).to_be_visible()
    assert_sound(page)
    context.close()


def assert_sound(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
