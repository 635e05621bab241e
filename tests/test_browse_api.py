"""Documents and passages as programs browse them: filters, pages, counts and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
import shelves
from conftest import served

from assistant.ask import Assistant
from bots.api.library_schemas import DocumentsBody, FacetBody, SearchBody

DOCUMENTS = "/v1/documents"
SEARCH = "/v1/search"
WORDS = "How long may a bicycle stand in the shed?"
ALL = {"bicycles@1", "bicycles@2", "bicycles@3", "canteen@1", "mobility@1", "velo@1"}


@pytest.fixture
def client(shelves_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shelves_address) as client:
        yield client


def listed(client: httpx.Client, **query: object) -> DocumentsBody:
    return DocumentsBody.model_validate(client.get(DOCUMENTS, params=query).json())  # type: ignore[arg-type]  # httpx wants closed types


def found(client: httpx.Client, q: str = WORDS, **query: object) -> SearchBody:
    return SearchBody.model_validate(client.get(SEARCH, params={"q": q, **query}).json())  # type: ignore[dict-item]  # the same


def keys(body: DocumentsBody) -> list[str]:
    return [f"{one.id}@{one.version}" for one in body.documents]


def counts(facets: list[FacetBody] | None, field: str) -> dict[str, int]:
    assert facets is not None
    return {
        value.key: value.count for facet in facets if facet.field == field for value in facet.values
    }


# documents


def test_without_parameters_every_version_is_listed_in_the_order_of_the_index(
    client: httpx.Client, shelved: Assistant
) -> None:
    body = listed(client)
    assert keys(body) == [entry.key for entry in shelved.catalogue()]
    assert set(keys(body)) == ALL
    assert (body.total, body.total_documents, body.held_documents) == (6, 4, 4)
    assert body.next is None
    assert body.facets is None


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"kind": "POLICY"}, ALL - {"canteen@1", "mobility@1"}),
        ({"kind": ["rules", "strategy"]}, {"canteen@1", "mobility@1"}),
        ({"organisation": "south office"}, {"canteen@1", "velo@1"}),
        ({"status": "in force"}, {"bicycles@2", "canteen@1", "mobility@1"}),
        ({"status": "not-yet-in-force"}, {"bicycles@3"}),
        ({"status": "sample"}, {"velo@1"}),
        ({"status": "expired"}, set()),
        ({"audience": "everybody"}, ALL),
        ({"owner": "Catering"}, {"canteen@1"}),
        ({"owner": "none"}, {"mobility@1", "velo@1"}),
        ({"language": "fr"}, {"velo@1"}),
        ({"document": "bicycles", "status": "superseded"}, {"bicycles@1"}),
        ({"title": "CYCLE policy"}, {"bicycles@1", "bicycles@2", "bicycles@3"}),
        ({"title": "reglement"}, {"velo@1"}),
        ({"effective_on": "2023-05-01"}, {"bicycles@1", "mobility@1", "velo@1"}),
        ({"effective_after": "2024-06-01"}, {"bicycles@2", "bicycles@3", "canteen@1"}),
        ({"effective_before": "2022-01-01"}, {"bicycles@1"}),
        ({"as_of": "2023-05-01", "status": "in force"}, {"bicycles@1", "mobility@1"}),
    ],
)
def test_each_filter_lets_through_what_meets_it(
    client: httpx.Client, query: dict[str, object], wanted: set[str]
) -> None:
    body = listed(client, **query)
    assert set(keys(body)) == wanted
    assert body.total == len(wanted)


def test_documents_are_sorted_and_what_has_no_date_comes_last(client: httpx.Client) -> None:
    ids = [one.id for one in listed(client, sort="title").documents]
    assert ids == ["mobility", "bicycles", "bicycles", "bicycles", "velo", "canteen"]
    newest = keys(listed(client, sort="effective", descending="true"))
    assert newest == ["bicycles@3", "bicycles@2", "canteen@1", "velo@1", "bicycles@1", "mobility@1"]
    oldest = keys(listed(client, sort="effective"))
    assert (oldest[0], oldest[-1]) == ("bicycles@1", "mobility@1")
    bodies = [one.organisation for one in listed(client, sort="organisation").documents]
    assert bodies == sorted(bodies)


def test_pages_lead_from_one_to_the_next_and_keep_the_filters(client: httpx.Client) -> None:
    following: str | None = f"{DOCUMENTS}?kind=policy&sort=title&limit=3"
    seen: list[str] = []
    while following:
        body = DocumentsBody.model_validate(client.get(following).json())
        assert body.total == 4
        assert body.offset == len(seen)
        seen += keys(body)
        following = body.next
    assert seen == keys(listed(client, kind="policy", sort="title"))
    beyond = listed(client, limit=3, offset=999_999)
    assert (beyond.documents, beyond.total, beyond.next) == ([], 6, None)


def test_counts_are_of_documents_under_the_other_filters(client: httpx.Client) -> None:
    facets = listed(client, kind="policy", facets="true").facets
    assert counts(facets, "kind") == {"policy": 2, "rules": 1, "strategy": 1}
    assert counts(facets, "organisation") == {"North Office": 1, "South Office": 1}
    assert counts(facets, "status") == {
        "in force": 1,
        "superseded": 1,
        "not yet in force": 1,
        "sample": 1,
    }
    assert counts(facets, "document") == {"bicycles": 1, "velo": 1}


# passages


def test_passages_stand_in_the_documents_word_for_word(client: httpx.Client) -> None:
    body = found(client)
    assert body.passages
    for one in body.passages:
        query = {"version": one.version}
        text = client.get(f"{DOCUMENTS}/{one.document}", params=query).json()["text"]
        assert text[one.start : one.end] == one.text
        for line in one.lines:
            assert text[line.start : line.end] == line.text
            for cell in line.cells:
                assert text[cell.start : cell.end] == cell.text
        assert "The quote is not here" not in client.get(one.url).text
    first = body.passages[0]
    words = [first.text[w.start - first.start : w.end - first.start] for w in first.lines[0].words]
    assert words == ["bicycle", "stand", "shed"]


def test_passages_come_in_pages_with_counts_only_where_asked_for(client: httpx.Client) -> None:
    whole = found(client, limit=200)
    assert whole.facets is None
    assert sum(counts(found(client, facets="true").facets, "document").values()) == whole.found
    following: str | None = f"{SEARCH}?q={WORDS}&limit=2"
    seen: list[tuple[str, int]] = []
    while following:
        body = SearchBody.model_validate(client.get(following).json())
        seen += [(one.document, one.start) for one in body.passages]
        following = body.next
    assert seen == [(one.document, one.start) for one in whole.passages]


def test_filters_the_day_and_other_versions_choose_what_is_searched(client: httpx.Client) -> None:
    assert {one.document for one in found(client, organisation="South Office").passages} <= {
        "canteen",
        "velo",
    }
    then = found(client, as_of="2023-05-01", document="bicycles")
    assert {one.version for one in then.passages} == {"1"}
    assert then.as_of.isoformat() == "2023-05-01"
    every = found(client, all_versions="true", document="bicycles")
    assert {one.version for one in every.passages} == {"1", "2", "3"}
    assert every.documents == 1


# what cannot be read


@pytest.mark.parametrize("path", [DOCUMENTS, f"{SEARCH}?q=bicycle"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=red", "colour"),
        ("kind=rule", "No kind goes by “rule”. Did you mean “rules”?"),
        ("audience=managers", "No audience goes by “managers”. The catalogue has “everybody”."),
        ("status=lost", "status"),
        ("as_of=yesterday", "“yesterday” is not a day"),
        ("effective_on=2026-02-30", "“2026-02-30” is not a day"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("title=" + "a" * 4001, "title"),
        ("facets=perhaps", "facets"),
        ("kind=" + "&kind=".join("abc" for _ in range(60)), "kind"),
    ],
)
def test_what_cannot_be_read_is_named(
    client: httpx.Client, path: str, query: str, said: str
) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("q", ["", "  ", "a" * 4001])
def test_words_that_cannot_be_taken_are_refused(client: httpx.Client, q: str) -> None:
    answer = client.get(SEARCH, params={"q": q})
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#question")
    assert client.get(SEARCH).status_code == 422


# tags


@pytest.mark.parametrize("path", [DOCUMENTS, f"{SEARCH}?q=bicycle"])
def test_what_a_client_has_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": held})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "private, no-cache"
    other = client.get(path, headers={"if-none-match": '"other"'})
    assert other.status_code == 200
    assert other.content == first.content


def test_a_tag_is_of_the_address_the_day_and_the_documents(
    shelves_address: str, shelved: Assistant, small_assistant: Assistant
) -> None:
    def tag(address: str, query: str = "") -> str:
        return str(httpx.get(f"{address}{DOCUMENTS}{query}").headers["etag"])

    tomorrow = replace(shelved, today=lambda: shelves.DAY + timedelta(days=1))
    others = replace(small_assistant, today=lambda: shelves.DAY)
    with served(tomorrow) as next_day, served(others) as elsewhere:
        tags = {
            tag(shelves_address),
            tag(shelves_address, "?kind=policy"),
            tag(next_day),
            tag(elsewhere),
        }
    assert len(tags) == 4
    assert tag(shelves_address) in tags


def test_openapi_describes_both_with_examples_and_problems(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, model in ((DOCUMENTS, DocumentsBody), (SEARCH, SearchBody)):
        responses = paths[path]["get"]["responses"]
        examples = responses["200"]["content"]["application/json"]["examples"]
        for example in examples.values():
            model.model_validate(example["value"])
        assert {"200", "304", "422", "503"} <= set(responses)
        assert "filter" in responses["422"]["content"]["application/problem+json"]["examples"]
        names = {one["name"] for one in paths[path]["get"]["parameters"]}
        assert {"kind", "organisation", "status", "audience", "owner", "limit", "offset"} <= names
