"""What a program has already, what it asks for in pages, and what it may ask by."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bots.api.schemas import ProblemBody

STABLE = (
    "/v1/documents",
    "/v1/documents/telework",
    "/v1/documents/telework?version=1",
    "/v1/documents/telework/compare",
    "/v1/search?q=annual+leave",
    "/v1/commitments",
    "/v1/commitments/values",
    "/v1/commitments.csv",
)


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as made:
        yield made


@pytest.mark.parametrize("path", STABLE)
def test_what_is_the_same_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    mark = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (mark, f"W/{mark.removeprefix('W/')}", f'"other", {mark}', "*"):
        again = client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == mark
        assert "content-type" not in again.headers
        assert again.headers["content-security-policy"]
    assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content


def test_another_version_has_another_mark(client: httpx.Client) -> None:
    one, two = (client.get(f"/v1/documents/telework?version={n}").headers["etag"] for n in (1, 2))
    assert one != two


def test_a_receipt_has_a_mark_too(client: httpx.Client) -> None:
    answer = client.post("/v1/ask", json={"question": "May I telework?"}).json()["id"]
    mark = client.get(f"/v1/answers/{answer}").headers["etag"]
    again = client.get(f"/v1/answers/{answer}", headers={"if-none-match": mark})
    assert again.status_code == 304


def test_head_says_what_get_would(client: httpx.Client) -> None:
    for path in STABLE:
        got, asked = client.get(path), client.head(path)
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked.headers["etag"] == got.headers["etag"]
        assert asked.headers["content-length"] == got.headers["content-length"]


def test_what_went_wrong_has_no_mark(client: httpx.Client) -> None:
    assert "etag" not in client.get("/v1/documents/nothing").headers
    assert "etag" not in client.post("/v1/ask", json={"question": "May I telework?"}).headers


def test_a_list_names_the_pages_beside_it(plans_address: str) -> None:
    with httpx.Client(base_url=plans_address) as client:
        first = client.get("/v1/commitments", params={"limit": 4})
        assert set(first.links) == {"next"}
        seen, response = [], first
        while True:
            seen += [one["id"] for one in response.json()["commitments"]]
            if "next" not in response.links:
                break
            response = client.get(response.links["next"]["url"])
            assert set(response.links) >= {"prev", "first"}
        assert len(seen) == len(set(seen)) == first.json()["denominator"]["found"] > 4
        back = client.get(response.links["prev"]["url"]).json()["commitments"]
        assert [one["id"] for one in back] == seen[4:8]
        home = client.get(response.links["first"]["url"])
        assert home.json()["commitments"] == first.json()["commitments"]


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/search?q=leave"])
def test_every_list_names_its_next_page_in_its_head_and_its_body(
    client: httpx.Client, path: str
) -> None:
    page = client.get(path, params={**dict(httpx.URL(path).params), "limit": 1})
    assert page.links["next"]["url"] == page.json()["next"]
    assert client.get(page.links["next"]["url"]).json() != page.json()
    assert "next" not in client.get("/v1/documents").links


@pytest.mark.parametrize(
    "path", ["/v1/documents", "/v1/documents/telework", "/v1/commitments", "/v1/commitments/values"]
)
def test_a_parameter_that_is_none_is_refused_by_its_name(client: httpx.Client, path: str) -> None:
    refused = client.get(path, params={"asof": "2026-01-31"})
    assert refused.status_code == 422
    assert "“asof”" in ProblemBody.model_validate(refused.json()).detail


def test_asking_takes_no_parameters_in_its_address(client: httpx.Client) -> None:
    refused = client.post("/v1/ask?as_of=2021-05-01", json={"question": "May I telework?"})
    assert refused.status_code == 422


def test_pages_and_probes_take_what_others_add_to_an_address(client: httpx.Client) -> None:
    assert client.get("/healthz?probe=1").status_code == 200
    assert client.get("/?utm_source=mail").status_code == 200
