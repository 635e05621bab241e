"""What every page keeps: WCAG 2.2 AA, keys alone, no scripts, small, still, from one host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from hr_pages import SMALL, TELEWORK, with_suites
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from assistant.ask import Assistant
from assistant.settings import load_settings
from bots.web.languages import LANGUAGES
from evals.suites.folder import SuiteFolder
from evals.suites.reports.told import told_of
from evals.suites.run import run_suite, score_run

ANSWERED = "How many days of annual leave may be carried over under a fixed-term appointment?"
REFUSED = "What is the boiling point of tungsten?"
# every page; of the plans those that the small corpus leaves empty
PATHS = (
    "/",
    f"/?q={ANSWERED}",
    f"/?q={REFUSED}",
    "/?q=+",
    "/documents",
    "/documents?status=superseded",
    "/search",
    "/search?q=annual+leave",
    "/documents/annual-leave",
    "/documents/annual-leave?find=leave",
    "/documents/annual-leave?beside=1",
    "/documents/telework?version=1",
    "/documents/telework/compare?from=1&to=2",
    "/documents/nothing",
    "/commitments",
    "/commitments?due=soon",
    "/problems",
    "/embed",
    f"/embed?q={ANSWERED}",
)
OF_PLANS = ("/commitments", "/commitments?sort=due&due=2024", "/commitments?lead=Finance")
_SMALL = "/hr/suites/small"
OF_HR = (
    "/hr/suites",
    _SMALL,
    f"{_SMALL}/cases/telework",
    f"{_SMALL}/new-case?question=What?",
    f"{_SMALL}/ask",
    f"{_SMALL}/ask?q={ANSWERED}&find=carried over",
    f"{_SMALL}/ask?q={REFUSED}",
    f"{_SMALL}/import",
    f"{_SMALL}/runs/20300102T000000Z",
    f"{_SMALL}/compare",
    "/hr/suites/nothing",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LARGEST = 100_000  # bytes of the first page with all that it loads
SHIFTED = """async () => {
  let sum = 0;
  const add = list => list.forEach(one => { sum += one.value; });
  new PerformanceObserver(list => add(list.getEntries()))
    .observe({ type: "layout-shift", buffered: true });
  const frame = () => new Promise(requestAnimationFrame);
  for (let count = 0; count < 5; count += 1) await frame();
  return sum;
}"""


@pytest.fixture(scope="module")
def branded_address(small_assistant: Assistant) -> Iterator[str]:
    """A server with a name and a colour that is hard to read, and a site that embeds it."""
    from conftest import served  # noqa: PLC0415  of the fixtures; a module fixture serves once

    kept = small_assistant.settings.model_dump(include={"home", "corpus"})
    settings = load_settings(
        **kept,
        organisation="Example organisation",
        accent="#ffd400",
        embed_origins=("https://intranet.example.org",),
    )
    with served(replace(small_assistant, settings=settings)) as url:
        yield url


@pytest.fixture(scope="module")
def hr_address(
    small_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server with a suite that ran twice, with a draft and a failure."""
    from conftest import served  # noqa: PLC0415  as above

    folder = tmp_path_factory.mktemp("suites")
    kept = SuiteFolder(folder)
    wrong = replace(TELEWORK, id="wrong", must_say=("two days",), importance="critical")
    suite = replace(SMALL, cases=(*SMALL.cases, wrong, replace(wrong, id="d", state="draft")))
    kept.write("small", suite, state="")
    scored = score_run(run_suite(suite, small_assistant), small_assistant)
    for moment in (datetime(2030, 1, 1), datetime(2030, 1, 2)):  # noqa: DTZ001  UTC, as runs have it
        ground = replace(scored.run.ground, asked_at=moment)
        kept.keep("small", replace(scored.run, ground=ground), told_of(scored))
    with served(with_suites(small_assistant, folder)) as url:
        yield url


@dataclass  # not frozen: Playwright notes on an object which of its methods it calls
class Loaded:
    """Everything that a page loads, and how large it is."""

    bodies: dict[str, int] = field(default_factory=dict)

    def note(self, response: Response) -> None:
        self.bodies[response.url] = len(response.body())


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_breaks_a_rule_of_accessibility_or_scrolls_sideways(
    browser: Browser, branded_address: str, scheme: str, width: int, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
        locale=language,
    )
    page = context.new_page()
    for path in PATHS:
        page.goto(branded_address + path)
        assert page.locator("html").get_attribute("lang") == language
        assert_sound(page, path)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_list_breaks_a_rule_of_accessibility_or_scrolls_sideways(
    browser: Browser, plans_address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
        locale="fr",
    )
    page = context.new_page()
    for path in OF_PLANS:
        page.goto(plans_address + path)
        assert_sound(page, path)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "width", "language"),
    [("light", 360, "en"), ("dark", 1280, "en"), ("light", 1280, "fr"), ("dark", 360, "es")],
)
def test_no_page_for_hr_breaks_a_rule_of_accessibility_or_scrolls_sideways(
    browser: Browser, hr_address: str, scheme: str, width: int, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]  # a parameter of the test
        locale=language,
    )
    page = context.new_page()
    for path in OF_HR:
        page.goto(hr_address + path)
        assert_sound(page, path)
    context.close()


def assert_sound(page: Page, path: str) -> None:
    excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(excess) <= 0, path
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.browser
@pytest.mark.parametrize("path", PATHS)
def test_a_page_loads_nothing_from_elsewhere_and_stays_small_and_still(
    browser: Browser, branded_address: str, path: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    loaded = Loaded()
    page.on("response", loaded.note)
    page.goto(branded_address + path, wait_until="networkidle")
    own = urlsplit(branded_address).netloc
    assert {urlsplit(url).netloc for url in loaded.bodies} == {own}
    assert sum(loaded.bodies.values()) < LARGEST
    assert page.evaluate(SHIFTED) == 0
    page.close()


@pytest.mark.browser
def test_the_pages_are_reached_and_a_language_is_chosen_by_the_keyboard_alone(
    browser: Browser, branded_address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 740})
    page.goto(branded_address)
    press_until(page, "Commitments")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Commitments")
    current = page.locator(".top nav [aria-current=page]")
    expect(current).to_have_text("Commitments")
    press_until(page, "Français")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Engagements")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Aller au contenu")).to_be_focused()
    expect(page.get_by_text("Aller au contenu")).to_be_in_viewport()
    page.close()


def press_until(page: Page, text: str) -> None:
    """Press the key for the next field until one with a text has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    pytest.fail(f"“{text}” is not reached by the keyboard")


@pytest.mark.browser
def test_pages_languages_and_comparisons_work_without_javascript(
    browser: Browser, branded_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, f"{branded_address}/documents/telework/compare")
    expect(page.locator("del").first).to_be_visible()
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_text("Qué cambió").first).to_be_visible()
    page.get_by_role("link", name="Compromisos").click()
    page.get_by_label("Palabras").fill("vacancy")
    page.get_by_role("button", name="Mostrar").click()
    expect(page.get_by_text("Palabras: vacancy", exact=True)).to_be_visible()
    context.close()


@pytest.mark.browser
def test_beside_another_page_a_page_comes_without_what_stands_around_it(
    browser: Browser, branded_address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{branded_address}/documents/annual-leave?beside=1")
    assert page.locator("header.top, footer").count() == 0
    expect(page.get_by_role("main")).to_be_visible()
    page.goto(f"{branded_address}/documents/annual-leave")
    assert page.locator("header.top, footer").count() == 2
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("media", ["forced-colors", "print"])
def test_pages_hold_where_colours_are_forced_and_on_paper(
    browser: Browser, plans_address: str, media: str
) -> None:
    page = browser.new_page(forced_colors="active" if media == "forced-colors" else "none")
    page.emulate_media(media="print" if media == "print" else "screen")
    page.goto(f"{plans_address}/commitments")
    expect(page.locator(".register")).to_be_visible()
    expect(page.locator(".top nav")).to_be_visible(visible=media != "print")
    expect(page.locator(".languages")).to_be_visible(visible=media != "print")
    page.close()


@pytest.mark.browser
def test_nothing_moves_for_whoever_asked_for_no_motion(
    browser: Browser, branded_address: str
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(branded_address)
    moving = """[...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one);
        return style.transitionDuration !== "0s" || style.animationName !== "none";
    }).length"""
    assert page.evaluate(moving) == 0
    page.close()
