"""Pages in English, French and Spanish: which one, and every text of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import httpx
import pytest
from catalogues import catalogue, forms, key, placeholders, texts

from assistant.ask import Assistant
from assistant.library import marks
from assistant.library.marks import Mark
from assistant.register.due import due_in_words, period_in_words
from assistant.register.model import Filters, Listing
from assistant.settings import Language, load_settings
from bots.web.languages import COOKIE, LANGUAGES
from bots.web.words import Words

TRANSLATED = [language for language in LANGUAGES if language != "en"]
FIRST = date(2027, 7, 1)
SECOND = date(2027, 7, 2)


def language_of(page: httpx.Response) -> str:
    found = re.search(r'<html lang="(\w+)">', page.text)
    assert found
    assert page.headers["content-language"] == found[1]
    return found[1]


# which language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr", "fr"),
        ("fr-CH,en;q=0.5", "fr"),
        ("en;q=0.3, es-AR;q=0.9, de", "es"),
        ("de-CH, de", "en"),
        ("es;q=0, en", "en"),
        ("*", "en"),
        ("fr;q=x", "en"),
        ("", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_prefers(
    address: str, header: str, language: str
) -> None:
    page = httpx.get(f"{address}/problems", headers={"accept-language": header})
    assert language_of(page) == language
    assert page.headers["vary"] == "Accept-Language, Cookie"


def test_a_setting_says_which_language_is_usual(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    settings = small_assistant.settings.model_copy(update={"language": "fr"})
    url = f"{serve(replace(small_assistant, settings=settings))}/problems"
    assert language_of(httpx.get(url, headers={"accept-language": "de"})) == "fr"
    assert language_of(httpx.get(url, headers={"accept-language": "en"})) == "en"


def test_a_link_chooses_a_language_and_leads_back_to_the_same_page(address: str) -> None:
    with httpx.Client(base_url=address, headers={"accept-language": "es"}) as client:
        page = client.get("/commitments?sort=due")
        links = re.findall(r'href="(/language/\w+\?[^"]+)" lang="(\w+)"', page.text)
        assert [language for _, language in links] == ["en", "fr"]
        assert '<span lang="es">Español</span>' in page.text
        chosen = client.get(next(link for link, one in links if one == "fr"))
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/commitments?sort=due")
        assert language_of(client.get("/problems")) == "fr"
        said = chosen.headers["set-cookie"].lower()
        assert {"httponly", "samesite=lax", "max-age=31536000"} <= set(said.split("; "))
        assert "secure" not in said


def test_the_choice_travels_by_https_alone_where_people_come_by_it(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    settings = load_settings(public_url="https://charter.example.org")
    url = serve(replace(small_assistant, settings=settings))
    assert "secure" in httpx.get(f"{url}/language/fr").headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example.org/",
        "//elsewhere.example.org/",
        "/\\elsewhere.example.org/",
        "\\\\elsewhere.example.org",
        "/\t/elsewhere.example.org/",
        "/\n/elsewhere.example.org/",
        "javascript:alert(1)",
        "elsewhere",
        "",
    ],
)
def test_nothing_but_a_page_of_this_server_is_led_back_to(address: str, back: str) -> None:
    answer = httpx.get(f"{address}/language/fr", params={"back": back})
    assert answer.headers["location"] == "/"


def test_a_language_that_there_is_not_is_not_found(address: str) -> None:
    answer = httpx.get(f"{address}/language/de")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_cookie_with_no_language_counts_as_none(address: str) -> None:
    page = httpx.get(f"{address}/problems", headers={"cookie": f"{COOKIE}=../../etc"})
    assert language_of(page) == "en"


# every text


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_interface_is_translated_and_keeps_its_placeholders(
    language: Language,
) -> None:
    translated = {key(message): message for message in catalogue(language) if message.id}
    missing = texts() - translated.keys()
    assert not missing, f"run `make words`, then translate: {sorted(missing)}"
    for message in translated.values():
        assert not message.fuzzy, message.id
        for text in forms(message.string):
            assert text.strip(), message.id
            assert placeholders(text) == placeholders(forms(message.id)[-1]), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_translated_that_stands_nowhere(language: Language) -> None:
    assert {key(message) for message in catalogue(language) if message.id} <= texts()


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("path", ["/commitments", "/problems", "/nothing", "/commitments?due=x"])
def test_a_page_shows_its_translations(address: str, language: Language, path: str) -> None:
    page = httpx.get(address + path, headers={"accept-language": language})
    assert language_of(page) == language
    title = {"fr": "Engagements", "es": "Compromisos"}[language]
    assert f">{title}</a>" in page.text
    assert ">Commitments<" not in page.text


def test_what_is_said_in_english_on_a_french_page_says_so(address: str) -> None:
    french = httpx.get(f"{address}/nothing", headers={"accept-language": "fr"}).text
    assert '<p class="plain" lang="en">Nothing stands at /nothing.</p>' in french
    assert 'lang="en">Nothing' not in httpx.get(f"{address}/nothing").text


# days, numbers, marks, times and counts


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "1 July 2027", "2 July 2027"),
        ("fr", "1er juillet 2027", "2 juillet 2027"),
        ("es", "1 de julio de 2027", "2 de julio de 2027"),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    language: Language, first: str, second: str
) -> None:
    words = Words(language)
    assert (words.day(FIRST), words.day(SECOND)) == (first, second)


@pytest.mark.parametrize(
    ("language", "number"), [("en", "12,345"), ("fr", "12\u202f345"), ("es", "12.345")]
)
def test_numbers_have_the_separators_of_the_language(language: Language, number: str) -> None:
    assert Words(language).number(12345) == number


MARKS = [
    marks.sample(),
    marks.superseded(),
    marks.superseded_by_version("2"),
    marks.superseded_by_document("100% <telework>"),
    marks.expired(FIRST),
    marks.later(FIRST),
    marks.later(None),
    marks.period_ended(FIRST),
    marks.stale(FIRST),
    marks.not_in_force_on(FIRST),
    marks.from_scan(sure=True),
    marks.from_scan(sure=False),
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_says_the_same_in_english_and_something_else_in_others(mark: Mark) -> None:
    assert Words("en").mark(mark) == mark
    for language in TRANSLATED:
        said = Words(language).mark(mark)
        assert said != mark
        assert mark.name in said
        assert not mark.day or Words(language).day(mark.day) in said


def test_a_mark_that_does_not_know_what_it_says_is_shown_as_it_is() -> None:
    assert Words("fr").mark("Sample policy") == "Sample policy"


PERIODS = [
    (date(2024, 1, 1), date(2024, 3, 31)),
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2024, 3, 1), date(2024, 3, 31)),
    (FIRST, FIRST),
    (FIRST, SECOND),
    (None, FIRST),
    (FIRST, None),
]


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_a_time_is_said_in_english_as_at_every_other_door(
    first: date | None, last: date | None
) -> None:
    filters = Filters(due_from=first, due_to=last, timing=("undated", "overdue"))
    assert Words("en").due(filters) == due_in_words(filters)
    if first and last:
        assert Words("en").period(first, last) == period_in_words(first, last)


def test_quarters_and_ends_of_a_time_are_said_in_each_language() -> None:
    quarter = Filters(due_from=PERIODS[0][0], due_to=PERIODS[0][1])
    until = Filters(due_to=FIRST)
    assert Words("fr").due(quarter) == "T1 2024"
    assert Words("fr").due(until) == "d’ici au 1er juillet 2027"
    assert Words("es").due(until) == "a más tardar el 1 de julio de 2027"


@pytest.mark.parametrize(
    "counts",
    [(7, 40, 2, 2, 0, 0), (1, 1, 1, 1, 1, 0), (1200, 3400, 3, 3, 5, 2), (2, 9, 1, 4, 3, 3)],
)
def test_a_list_says_what_it_is_a_list_of_in_english_as_at_every_other_door(
    counts: tuple[int, ...],
) -> None:
    found, held, read, documents, undated, ongoing = counts
    listing = Listing(Filters(), FIRST, (), found, held, read, documents, undated, ongoing)
    assert Words("en").denominator(listing) == listing.denominator
    french = Words("fr").denominator(listing)
    assert Words("fr").number(found) in french
    assert ("sans date" in french) == bool(undated)
