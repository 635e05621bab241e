"""The register over HTTP: one shape, pages that hold every line once, plain problems, files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assistant.ask import Assistant
from bots.api.schemas import DocumentBody, ProblemBody
from bots.register.schemas import CommitmentsBody, ValuesBody

LIST = "/v1/commitments"


@pytest.fixture
def client(plans_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=plans_address) as client:
        yield client


def listed(client: httpx.Client, **query: object) -> CommitmentsBody:
    response = client.get(LIST, params=query)  # type: ignore[arg-type]  # httpx takes these
    assert response.status_code == 200, response.text
    return CommitmentsBody.model_validate(response.json())


def problem(client: httpx.Client, address: str) -> ProblemBody:
    response = client.get(address)
    assert response.headers["content-type"] == "application/problem+json"
    said = ProblemBody.model_validate(response.json())
    assert said.status == response.status_code
    return said


def test_a_list_has_its_denominator_and_each_line_its_words_at_their_place(
    client: httpx.Client,
) -> None:
    found = listed(client)
    assert found.denominator.text.startswith("9 of 9 commitments, from 2 of 2 documents")
    assert found.denominator.found == len(found.commitments) == 9
    assert found.next is None
    assert found.as_of.isoformat() == "2026-05-04"
    for one in found.commitments:
        text = DocumentBody.model_validate(client.get(f"/v1/documents/{one.document}").json()).text
        quotes = [*([one.text] if one.text else []), *one.activities, *one.leads_written]
        for quote in (*quotes, *(time.written for time in one.times)):
            assert text[quote.start : quote.end] == quote.text
        place = parse_qs(urlsplit(one.url).query)
        assert (int(place["start"][0]), int(place["end"][0])) == (one.start, one.end)


def test_a_line_says_when_it_was_due_as_written_and_as_read(client: httpx.Client) -> None:
    (one,) = listed(client, search="course").commitments
    assert (one.times[0].written.text, one.times[0].kind) == ("Q1 2026", "quarter")
    assert one.times[0].last == one.due
    assert (str(one.due), one.overdue, one.ongoing) == ("2026-03-31", True, False)
    assert one.leads == ["Staff Development & Learning"]
    assert (one.standing.status, one.standing.by) == ("not started", "")
    (programme, *_) = listed(client, document="south").commitments
    assert programme.marks == ["Its period ended on 31 December 2025"]
    assert programme.due is None


def test_pages_hold_every_line_once_and_the_last_names_no_next(client: httpx.Client) -> None:
    whole = [one.id for one in listed(client, sort="due").commitments]
    seen: list[str] = []
    address: str | None = f"{LIST}?sort=due&limit=4"
    sizes = []
    while address:
        page = CommitmentsBody.model_validate(client.get(address).json())
        assert page.denominator.found == 9
        sizes.append(len(page.commitments))
        seen += [one.id for one in page.commitments]
        address = page.next
    assert sizes == [4, 4, 1]
    assert seen == whole


def test_the_next_page_has_the_same_filters(client: httpx.Client) -> None:
    first = listed(client, lead=["Finance", "SDL"], due="2026", limit=1, sort="lead")
    assert first.next
    said = parse_qs(urlsplit(first.next).query)
    assert said == {
        "lead": ["Finance", "SDL"],
        "due": ["2026"],
        "limit": ["1"],
        "sort": ["lead"],
        "offset": ["1"],
    }


def test_filters_are_said_as_they_were_understood(client: httpx.Client) -> None:
    found = listed(client, lead="sdl", due="before Q4 2026")
    assert [(one.name, one.value) for one in found.understood] == [
        ("Lead", "Staff Development & Learning"),
        ("Due", "by 30 September 2026"),
    ]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("quarter", {"Q1 2026": 2, "Q3 2026": 1, "Q4 2026": 1, "Q1 2027": 1, "Q4 2027": 1, "": 3}),
        ("document", {"Action plan of the north": 6, "Staff Council Programme of the south": 3}),
        ("status", {"not started": 9}),
    ],
)
def test_counts_are_of_all_that_were_found(
    client: httpx.Client, by: str, expected: dict[str, int]
) -> None:
    found = listed(client, group_by=by, limit=1)
    assert {group.name: group.count for group in found.groups} == expected
    assert len(found.commitments) == 1


def test_a_day_in_the_past_has_the_documents_and_the_dates_of_that_day(
    client: httpx.Client,
) -> None:
    before = listed(client, as_of="2025-06-01")
    assert {one.document for one in before.commitments} == {"south"}
    early = listed(client, as_of="2026-01-15")
    assert not any(one.overdue for one in early.commitments)
    assert listed(client, due="overdue as of 2026-12-31").denominator.found == 3


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("due=soon", "filter", "“soon” cannot be read as a time."),
        ("lead=nobody", "filter", "No lead team goes by “nobody”."),
        ("body=nobody", "filter", "No body goes by “nobody”."),
        ("sort=size", "invalid-request", "“sort”"),
        ("status=lost", "invalid-request", "“status.0”"),
        ("limit=0", "invalid-request", "“limit”"),
        ("limit=1001", "invalid-request", "“limit”"),
        ("limit=ten", "invalid-request", "“limit” must be a whole number."),
        ("offset=-1", "invalid-request", "“offset”"),
        ("as_of=yesterday", "invalid-request", "“yesterday” is not a day"),
        ("led=finance", "invalid-request", "There is no key “led”."),
        ("search=" + "x" * 201, "invalid-request", "“search” is too long."),
    ],
)
@pytest.mark.parametrize("path", [LIST, f"{LIST}.csv"])
def test_what_cannot_be_asked_for_is_a_problem_that_says_what_can(
    client: httpx.Client, path: str, query: str, kind: str, said: str
) -> None:
    if path != LIST and query.startswith(("limit", "offset")):
        query, kind, said = "limit=5", "invalid-request", "There is no key “limit”."
    found = problem(client, f"{path}?{query}")
    assert found.status == 422
    assert found.type == f"/problems#{kind}"
    assert said in found.detail


def test_what_is_for_others_is_in_no_list_count_value_or_file(client: httpx.Client) -> None:
    for address in (LIST, f"{LIST}/values", *(f"{LIST}.{one}" for one in ("csv", "json", "ics"))):
        text = client.get(address, params={}).text
        assert "head office" not in text
        assert "Board" not in text
        assert "secret" not in text.lower()
    assert listed(client).denominator.held == 9


def test_values_are_what_the_register_really_holds(client: httpx.Client) -> None:
    values = ValuesBody.model_validate(client.get(f"{LIST}/values").json())
    assert {one.name: one.count for one in values.leads} == {
        "Finance": 3,
        "Staff Development & Learning": 2,
        "Policy and Social Security": 2,
    }
    policy = next(one for one in values.leads if one.name.startswith("Policy"))
    assert "Policy & Social Security" in policy.spellings
    assert {one.key for one in values.documents} == {"north", "south"}
    assert (str(values.first), str(values.last)) == ("2026-03-31", "2027-12-31")
    for one in values.documents:
        assert listed(client, document=one.key).denominator.found == one.count
    for one in values.leads:
        assert listed(client, lead=one.key).denominator.found == one.count
    for one in values.themes:
        assert listed(client, theme=one.key).denominator.found == one.count


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("ics", "text/calendar; charset=utf-8"),
    ],
)
def test_files_are_named_by_their_day_and_hold_all_that_was_found(
    client: httpx.Client, suffix: str, media_type: str
) -> None:
    response = client.get(f"{LIST}.{suffix}", params={"lead": "Finance"})
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    named = f'attachment; filename="commitments-2026-05-04.{suffix}"'
    assert response.headers["content-disposition"] == named


def test_links_in_files_lead_to_the_server_that_gave_them(
    client: httpx.Client, plans_address: str
) -> None:
    text = client.get(f"{LIST}.csv", params={"search": "course"}).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Place"].startswith(f"{plans_address}/documents/north?")
    opened = client.get(row["Place"])
    assert "Publish a course for managers</mark>" in opened.text


def test_the_file_of_json_is_the_list_of_the_api(client: httpx.Client) -> None:
    file = json.loads(client.get(f"{LIST}.json", params={"due": "2026"}).content)
    assert file == listed(client, due="2026").model_dump(mode="json")


def test_lists_and_their_files_are_described_with_examples(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {LIST, f"{LIST}/values", *(f"{LIST}.{one}" for one in "csv xlsx json ics".split())} <= (
        paths.keys()
    )
    described = paths[LIST]["get"]
    examples = described["responses"]["200"]["content"]["application/json"]["examples"]
    assert examples
    for example in examples.values():
        CommitmentsBody.model_validate(example["value"])
    assert {"422", "503"} <= described["responses"].keys()
    named = {one["name"] for one in described["parameters"]}
    assert {"lead", "due", "sort", "group_by", "limit", "offset", "as_of"} <= named
    assert all(one.get("description") for one in described["parameters"])


def test_a_server_without_an_index_says_so_instead_of_an_empty_list(
    serve, tmp_path, planned: Assistant
) -> None:
    from assistant.settings import load_settings  # noqa: PLC0415  of this test alone
    from assistant.wiring import build_assistant  # noqa: PLC0415  the same

    corpus = planned.settings.corpus
    url = serve(build_assistant(load_settings(home=tmp_path, corpus=corpus)))
    response = httpx.get(f"{url}{LIST}")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems#index-missing"
