"""The organisation's name, logo and colour on every page."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import get_args

import httpx
import pytest
from playwright.sync_api import Browser

from assistant.ask import Assistant
from assistant.settings import load_settings
from bots.server import serve_forever
from bots.web.colours import ENOUGH, SURFACES, Scheme, accent_in, contrast
from bots.web.logo import LARGEST, read_logo
from bots.web.show import HERE
from corpus.errors import SettingsError

STEPS = ("00", "33", "66", "99", "cc", "ff")
COLOURS = ["#" + "".join(parts) for parts in product(STEPS, repeat=3)]
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30z"/></svg>'
)
BILLION_LAUGHS = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
)


def picture(width: int, height: int) -> bytes:
    """Return a PNG of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    )


def branded(assistant: Assistant, **more: object) -> Assistant:
    return replace(assistant, settings=load_settings(**more))


# the colour


@pytest.mark.parametrize("scheme", get_args(Scheme))
def test_any_accent_can_be_read_as_text_and_written_on_as_an_area(scheme: Scheme) -> None:
    for colour in COLOURS:
        accent = accent_in(scheme, colour)
        assert accent.area == colour
        assert contrast(accent.ink, accent.area) >= ENOUGH, colour
        for surface in SURFACES[scheme]:
            assert contrast(accent.text, surface) >= ENOUGH, (colour, surface)


def test_a_colour_that_can_be_read_is_used_as_it_was_given() -> None:
    assert accent_in("light", "#0a5750").text == "#0a5750"
    assert accent_in("dark", "#79d3c4").text == "#79d3c4"
    assert accent_in("light", "#ffd400").text != "#ffd400"


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#ff0000") == 1


def test_colours_are_weighed_against_the_surfaces_that_the_styles_have() -> None:
    css = (HERE / "static" / "charter.css").read_text("utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    names = ("paper", "sheet", "caution-sheet", "stop-sheet")
    for scheme, text in (("light", light), ("dark", dark)):
        found = [re.search(rf"--{name}: (#\w+);", text) for name in names]
        assert tuple(one[1] for one in found if one) == SURFACES[scheme]


def test_styles_of_the_accent_are_linked_only_where_one_is_set(
    small_assistant: Assistant, serve: Callable[[Assistant], str], address: str
) -> None:
    assert "brand.css" not in httpx.get(f"{address}/problems").text
    url = serve(branded(small_assistant, accent="#C8102E"))
    assert 'href="/brand.css?c8102e"' in httpx.get(f"{url}/problems").text
    styles = httpx.get(f"{url}/brand.css")
    assert styles.headers["content-type"].startswith("text/css")
    assert "--action: #c8102e" in styles.text


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#123456;}body{"])
def test_an_accent_that_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(SettingsError, match=r"accent.*#rrggbb"):
        load_settings(accent=colour)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", get_args(Scheme))
def test_links_and_buttons_have_the_accent(
    browser: Browser,
    small_assistant: Assistant,
    serve: Callable[[Assistant], str],
    scheme: Scheme,
) -> None:
    url = serve(branded(small_assistant, accent="#ffd400", home=small_assistant.settings.home))
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{url}/commitments")
    button = page.get_by_role("button", name="Show")
    assert button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 212, 0)"
    text = page.locator(".bottom a").first.evaluate("one => getComputedStyle(one).color")
    wanted = accent_in(scheme, "#ffd400").text
    assert text == f"rgb({', '.join(str(int(wanted[at : at + 2], 16)) for at in (1, 3, 5))})"
    page.close()


# name and logo


def test_the_name_of_the_organisation_stands_on_the_page_and_in_its_title(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    html = httpx.get(f"{serve(branded(small_assistant, organisation='A <b> C'))}/problems").text
    assert "<title>Problems – Charter · A &lt;b&gt; C</title>" in html
    assert '<span class="organisation">A &lt;b&gt; C</span>' in html


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (DRAWING.encode(), ("image/svg+xml", 96)),
        (
            DRAWING.replace('viewBox="0 0 90 30"', 'width="60px" height="60"').encode(),
            ("image/svg+xml", 32),
        ),
        (picture(64, 32), ("image/png", 64)),
    ],
    ids=["drawing by its box", "drawing by its size", "picture"],
)
def test_a_logo_is_shown_at_a_size_that_is_known_before_it_comes(
    small_assistant: Assistant,
    serve: Callable[[Assistant], str],
    tmp_path: Path,
    data: bytes,
    shown: tuple[str, int],
) -> None:
    kind, width = shown
    file = tmp_path / "logo"
    file.write_bytes(data)
    url = serve(branded(small_assistant, organisation="Example", logo=file))
    html = httpx.get(f"{url}/problems").text
    assert f'<img src="/brand/logo" width="{width}" height="32" alt="Example">' in html
    logo = httpx.get(f"{url}/brand/logo")
    assert logo.content == data
    assert logo.headers["content-type"] == kind
    # opened by itself it is a document of this server: nothing in it runs
    assert "default-src 'none'" in logo.headers["content-security-policy"]
    assert "sandbox" in logo.headers["content-security-policy"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 wide high'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='1.2.3' height='1'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 10'/>",
        picture(1, 1)[:20],
        BILLION_LAUGHS.encode(),
        b" " * (LARGEST + 1),
    ],
    ids=lambda data: data[:12],
)
def test_a_logo_that_cannot_be_shown_is_named_when_the_server_starts(
    tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "logo.svg"
    file.write_bytes(data)
    with pytest.raises(SettingsError, match=re.escape(str(file))):
        serve_forever(load_settings(home=tmp_path / "home", logo=file))
    assert not (tmp_path / "home").exists()


def test_a_logo_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        read_logo(tmp_path / "none.svg")


def test_where_no_logo_is_set_there_is_none(address: str) -> None:
    assert httpx.get(f"{address}/brand/logo").status_code == 404
    assert "<img" not in httpx.get(f"{address}/problems").text


@pytest.mark.browser
def test_a_script_in_a_logo_does_nothing_on_a_page_or_alone(
    browser: Browser, small_assistant: Assistant, serve: Callable[[Assistant], str], tmp_path: Path
) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(DRAWING.replace("<path", "<script>alert(1)</script><path"), "utf-8")
    url = serve(branded(small_assistant, logo=file))
    page = browser.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto(f"{url}/problems")
    assert page.locator(".whose img").evaluate("one => one.complete && one.naturalWidth > 0")
    page.goto(f"{url}/brand/logo")
    assert ran == []
    page.close()
