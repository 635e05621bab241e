"""What each response tells a browser that it may not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from assistant.ask import Assistant
from assistant.settings import load_settings
from bots.http.policies import SELF, Policies, Policy

PAGES = ("/", "/commitments", "/problems", "/nothing")
DATA = ("/v1/documents", "/v1/nothing", "/healthz", "/openapi.json")


@pytest.mark.parametrize("path", PAGES + DATA)
def test_nobody_may_show_it_in_a_frame_or_load_it_elsewhere(address: str, path: str) -> None:
    headers = httpx.get(address + path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_fetch_and_frame_what_this_server_has(address: str, path: str) -> None:
    policy = httpx.get(address + path).headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "frame-src 'self'" in policy
    assert "object-src 'none'" in policy


@pytest.mark.parametrize("path", DATA)
def test_data_may_load_nothing_at_all(address: str, path: str) -> None:
    assert SELF not in httpx.get(address + path).headers["content-security-policy"]


def test_a_document_may_be_shown_beside_an_answer_by_this_server_alone(address: str) -> None:
    headers = httpx.get(f"{address}/documents/annual-leave").headers
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_a_page_for_other_sites_names_them_and_leaves_out_the_header_that_cannot() -> None:
    sites = ("https://intranet.example.org", "https://news.example.org")
    policies = Policies([("/embed", Policy(framed_by=sites, shared=True))])
    said = policies.headers_for("/embed")
    assert said["content-security-policy"].endswith(f"frame-ancestors {' '.join(sites)}")
    assert said["cross-origin-resource-policy"] == "cross-origin"
    assert "x-frame-options" not in said
    assert policies.headers_for("/")["x-frame-options"] == "DENY"


def test_browsers_stay_on_https_where_people_come_by_it(
    small_assistant: Assistant, serve: Callable[[Assistant], str]
) -> None:
    for public, said in (("https://charter.example.org", True), ("http://charter.local", False)):
        settings = load_settings(public_url=public)
        headers = httpx.get(f"{serve(replace(small_assistant, settings=settings))}/healthz").headers
        assert ("strict-transport-security" in headers) is said
