"""Every kind of page is there in every language, with filters, with results and without."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

from assistant.ask import Assistant

ANSWERED = "How many days may a staff member telework?"
LISTED = "What must Human Resources deliver by 2024, and who leads it?"
PAGES = (
    "/",
    f"/?q={ANSWERED}",
    f"/?q={ANSWERED}&as_of=2022-01-01",
    "/?q=What is the boiling point of tungsten?",
    "/?q=Who approves telework on the moon?",
    f"/?q={LISTED}",
    "/?q=",
    "/documents",
    "/documents?kind=policy",
    "/documents?kind=policy&status=superseded&effective_after=2020-01-01&sort=effective",
    "/documents?kind=nothing",
    "/documents?limit=2&offset=2",
    "/documents?words=nowhere",
    "/search",
    "/search?q=telework",
    "/search?q=telework&kind=policy&all_versions=true&as_of=2023-01-01",
    "/search?q=xqzzt",
    "/search?q=telework&limit=2&offset=2",
    "/documents/telework",
    "/documents/telework?version=1",
    "/documents/telework?version=9",
    "/documents/telework?find=week",
    "/documents/telework?find=nowhere",
    "/documents/telework?start=1&end=99999999",
    "/documents/telework/compare",
    "/documents/annual-leave",
    "/documents/nothing",
    "/commitments",
    "/commitments?due=2024",
    "/commitments?due=nonsense",
    "/commitments?lead=nobody",
    "/problems",
    "/nothing",
)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_page_is_there_in_every_language(
    assistant: Assistant, small_assistant: Assistant, serve: Callable[[Assistant], str], language
) -> None:
    for served in (assistant, small_assistant):
        url = serve(served)
        with httpx.Client(base_url=url, headers={"accept-language": language}) as client:
            for path in PAGES:
                page = client.get(path, follow_redirects=True)
                assert page.status_code < 500, path
                assert f'<html lang="{language}"' in page.text, path
                assert not re.search(r"%\(\w+\)s", page.text), path


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_what_leads_on_from_an_answer_is_there_in_every_language(address: str, language) -> None:
    with httpx.Client(base_url=address, headers={"accept-language": language}) as client:
        first = client.get("/", params={"q": ANSWERED}).text
        receipt = re.search(r"<code>(a-[0-9a-f]+)</code>", first)
        conversation = re.search(r'name="conversation" value="([^"]+)"', first)
        around = re.search(r'data-around="([^"]+)"', first)
        assert receipt
        assert conversation
        assert around
        for path in (
            f"/answers/{receipt[1]}",
            f"/person?receipt={receipt[1]}",
            f"/?q=and for interns?&conversation={conversation[1]}",
            around[1].replace("&amp;", "&"),
        ):
            assert client.get(path).status_code == 200, path
        vote = {"helpful": "no", "reason": "wrong"}
        said = client.post(f"/answers/{receipt[1]}/vote", data=vote, follow_redirects=True)
        assert said.status_code == 200
