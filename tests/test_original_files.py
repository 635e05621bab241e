"""Downloading an original, and its pages as pictures with the quote marked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import pytest
from conftest import served
from PIL import Image
from printed import FOR_FEW, HTML, QUOTE, build, vehicles

from assistant.ask import Assistant
from assistant.library.pictures import WIDTHS, Pictures, picture_of
from assistant.wiring import build_assistant
from corpus.errors import DamagedFile, DocumentNotFound

pytestmark = pytest.mark.slow  # reading and drawing start processes

ODD = (
    "..%2F..%2Fetc%2Fpasswd",
    "..%5C..%5Cwindows",
    "%2Fetc%2Fpasswd",
    "vehicles%00",
    "vehicles%2F..%2Fvisits",
    "%2E%2E",
    "v" * 5000,
    "vehicles@1",
    FOR_FEW,
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    assistant = build_assistant(build(tmp_path_factory.mktemp("printed")))
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def printed_address(printed: Assistant) -> Iterator[str]:
    with served(printed) as url:
        yield url


def image_of(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def is_coloured(png: bytes) -> bool:
    red, _, blue = np.moveaxis(np.asarray(image_of(png)).astype(int), 2, 0)
    return bool((red - blue > 60).any())


def place_of(assistant: Assistant, words: str) -> dict[str, int]:
    document, _ = assistant.document("vehicles")
    start = document.text.index(words)
    return {"start": start, "end": start + len(words)}


def test_the_file_that_was_read_is_sent_to_be_saved(printed_address: str) -> None:
    sent = httpx.get(f"{printed_address}/documents/vehicles/original?version=1")
    assert sent.content == vehicles()
    assert sent.headers["content-type"] == "application/pdf"
    assert sent.headers["content-disposition"] == (
        "attachment; filename*=utf-8''Fahrzeuge%20f%C3%BCr%20alle.pdf"
    )
    assert sent.headers["x-content-type-options"] == "nosniff"


def test_what_a_browser_has_is_not_sent_again(printed_address: str) -> None:
    for path in ("original", "pages/1.png"):
        url = f"{printed_address}/documents/vehicles/{path}"
        mark = httpx.get(url).headers["etag"]
        again = httpx.get(url, headers={"if-none-match": f'"other", W/{mark}'})
        assert (again.status_code, again.content) == (304, b"")


def test_a_part_of_a_file_can_be_fetched(printed_address: str) -> None:
    url = f"{printed_address}/documents/vehicles/original"
    sent = httpx.get(url, headers={"range": "bytes=0-7"})
    assert (sent.status_code, sent.content) == (206, vehicles()[:8])


def test_a_web_page_that_was_read_never_runs_here(printed_address: str) -> None:
    sent = httpx.get(f"{printed_address}/documents/visits/original")
    assert sent.text == HTML
    assert sent.headers["content-disposition"].startswith("attachment")
    assert sent.headers["content-security-policy"].endswith(", sandbox")
    assert "default-src 'none'" in sent.headers["content-security-policy"]


def test_a_page_is_drawn_with_the_quote_marked_and_only_where_it_stands(
    printed: Assistant, printed_address: str
) -> None:
    url = f"{printed_address}/documents/vehicles/pages"
    quote = place_of(printed, QUOTE)
    marked = httpx.get(f"{url}/2.png", params={**quote, "width": 720})
    assert marked.headers["content-type"] == "image/png"
    assert image_of(marked.content).width == 720
    assert is_coloured(marked.content)
    assert not is_coloured(httpx.get(f"{url}/2.png").content)
    assert not is_coloured(httpx.get(f"{url}/1.png", params=quote).content)


def test_a_width_is_one_of_few(printed_address: str) -> None:
    url = f"{printed_address}/documents/vehicles/pages/1.png"
    for asked, drawn in ((1, 480), (481, 720), (10**9, WIDTHS[-1]), (-7, 480)):
        png = httpx.get(url, params={"width": asked}).content
        assert image_of(png).width == drawn


@pytest.mark.parametrize("page", ["0", "4", "99999999999999999999", "-1", "x", "1.5", ""])
def test_a_page_that_is_not_there_is_not_found(printed_address: str, page: str) -> None:
    assert httpx.get(f"{printed_address}/documents/vehicles/pages/{page}.png").status_code == 404


def test_a_document_without_pages_has_no_picture(printed_address: str) -> None:
    assert httpx.get(f"{printed_address}/documents/visits/pages/1.png").status_code == 404


@pytest.mark.parametrize("document", ODD)
@pytest.mark.parametrize("path", ["", "/original", "/pages/1.png", "/compare"])
def test_a_name_that_is_none_or_for_others_opens_nothing(
    printed_address: str, document: str, path: str
) -> None:
    sent = httpx.get(f"{printed_address}/documents/{document}{path}")
    assert sent.status_code == 404
    assert "root:" not in sent.text
    assert "Pay is secret" not in sent.text
    assert "Salaries" not in sent.text


def test_an_original_that_was_not_kept_is_said_not_to_be(printed: Assistant) -> None:
    shelf = printed.shelf()
    document = shelf.open("vehicles").document
    file = shelf.index.original(document.key)
    assert file
    data = file.read_bytes()
    file.unlink()
    try:
        with served(printed) as url:
            sent = httpx.get(f"{url}/documents/vehicles/original")
        assert sent.status_code == 404
        assert "is not kept here" in sent.text
        with pytest.raises(DocumentNotFound, match="cannot be shown"):
            picture_of(shelf, document, 1, width=480)
    finally:
        file.write_bytes(data)


def test_a_file_that_cannot_be_drawn_costs_only_itself(printed: Assistant) -> None:
    shelf, pictures = printed.shelf(), Pictures()
    document = shelf.open("vehicles").document
    file = shelf.index.original(document.key)
    assert file
    data = file.read_bytes()
    picture = picture_of(shelf, document, 1, width=480)
    try:
        file.write_bytes(b"%PDF-1.7 cut off")
        with pytest.raises(DamagedFile):
            pictures.draw(picture)
    finally:
        file.write_bytes(data)
    assert image_of(pictures.draw(picture)).width == 480
    pictures.close()


def test_many_ask_for_pages_at_once_and_all_get_theirs(printed: Assistant) -> None:
    shelf = printed.shelf()
    document = shelf.open("vehicles").document
    asked = [picture_of(shelf, document, 1 + n % 3, width=480) for n in range(24)]
    with ThreadPoolExecutor(12) as pool:
        drawn = list(pool.map(printed.pictures.draw, asked))
    assert len(set(drawn)) == 3
    assert all(drawn[n] == drawn[n % 3] for n in range(24))
