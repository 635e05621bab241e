"""A spreadsheet taken in on the page: seen before anything is kept, as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hr_pages import SMALL, client_of, plain, with_suites

from assistant.ask import Assistant
from evals.suites.files.suite_file import parse_bytes, suite_bytes
from evals.suites.files.table import RowResult
from evals.suites.folder import SuiteFolder

Serve = Callable[[Assistant], str]
NEW = b"question,must say\nHow often may I telework?,three days\n"
NEAR = (
    b"id,question,must say,document,exact quote\n"
    b"near,How often?,three days,Policy on telework,may telework on up to three dayz in each weak\n"
    b"none,How many?,,,\n"
    b"right,When?,three days,,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> SuiteFolder:
    folder = SuiteFolder(tmp_path)
    folder.write("small", SMALL, state="")
    return folder


@pytest.fixture
def client(
    small_assistant: Assistant, serve: Serve, tmp_path: Path, folder: SuiteFolder
) -> Iterator[httpx.Client]:
    del folder  # begun before anybody looks
    with client_of(serve(with_suites(small_assistant, tmp_path))) as client:
        yield client


def upload(client: httpx.Client, data: bytes, name: str = "cases.csv", suite: str = "small"):
    return client.post(f"/hr/suites/{suite}/import", files={"file": (name, data)})


def take(client: httpx.Client, seen: httpx.Response, folder: SuiteFolder, **more: str):
    data = {"token": seen.url.params["token"], "state": folder.open("small").state, **more}
    return client.post("/hr/suites/small/take", data=data)


def test_an_upload_shows_what_it_would_do_and_keeps_nothing_before(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    seen = upload(client, NEW)
    said = plain(seen.text)
    assert "Nothing is kept yet. 1 new case, 0 changed, 0 the same, 2 no longer in the file" in said
    assert folder.open("small").suite == SMALL
    taken = take(client, seen, folder)
    assert "1 case was taken in." in plain(taken.text)
    assert [one.id for one in folder.open("small").suite.cases] == [
        "telework",
        "tungsten",
        "how-often-may-i-telework",
    ]
    again = take(client, seen, folder)
    assert again.status_code == 404  # taken once


def test_what_is_gone_is_taken_out_only_where_somebody_says_so(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    take(client, upload(client, NEW), folder, remove_gone="true")
    assert [one.id for one in folder.open("small").suite.cases] == ["how-often-may-i-telework"]


def test_rejected_rows_are_named_with_their_reason_and_hold_all_back(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    seen = upload(client, NEAR)
    said = plain(seen.text)
    assert "2 rejected" in said
    assert "row 2 · near the quote is not found in “Policy on telework”, version 2" in said
    assert "Nearest: “" in said
    assert "row 3 · none says neither what must be said nor why" in said
    refused = take(client, seen, folder)
    assert "Rejected: 2. Nothing was kept." in plain(refused.text)
    assert folder.open("small").suite == SMALL
    take(client, seen, folder, leave_out_rejected="true")
    assert [one.id for one in folder.open("small").suite.cases] == ["telework", "tungsten", "right"]


def test_the_nearest_text_is_taken_where_somebody_says_so(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    seen = upload(client, NEAR)
    offered = client.get(f"{seen.url}&accept_offers=true")
    assert "Taken from the documents (1)" in plain(offered.text)
    more = {"accept_offers": "true", "leave_out_rejected": "true"}
    take(client, seen, folder, **more)
    near = next(one for one in folder.open("small").suite.cases if one.id == "near")
    assert "up to three days in each week" in near.evidence[0].quote


def test_places_are_proposed_for_cases_that_name_none(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    seen = upload(client, NEW)
    assert "1 case does not say where its answer stands." in plain(seen.text)
    proposed = client.get(f"{seen.url}&propose=true")
    assert "up to three days in each week" in plain(proposed.text)
    take(client, seen, folder, propose="true")
    (place,) = folder.open("small").suite.cases[-1].evidence
    assert (place.document, place.version) == ("Policy on telework", "2")


def test_a_suite_that_changed_meanwhile_is_not_overwritten(
    client: httpx.Client, folder: SuiteFolder
) -> None:
    seen = upload(client, NEW)
    stored = folder.open("small")
    folder.write("small", replace(SMALL, owner="They"), state=stored.state)
    data = {"token": seen.url.params["token"], "state": stored.state}
    assert client.post("/hr/suites/small/take", data=data).status_code == 409
    assert folder.open("small").suite.owner == "They"


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("cases.xls", b"x", 422, "Save it as .xlsx or .csv."),
        ("cases.pdf", b"x", 422, "is no suite by its name"),
        ("cases.xlsx", b"not a workbook", 422, "cases.xlsx"),
        ("cases.yaml", b"cases: [", 422, "YAML"),
        ("cases.csv", b"a,b\n1,2\n", 422, "no row of headers"),
        ("cases.csv", b"x" * 22_000_000, 413, "too large"),
    ],
)
def test_what_is_no_suite_is_said_so(  # noqa: PLR0913, PLR0917  a row of the table above
    client: httpx.Client, folder: SuiteFolder, name: str, data: bytes, status: int, said: str
) -> None:
    refused = upload(client, data, name)
    assert refused.status_code == status
    assert said in plain(refused.text)
    assert folder.open("small").suite == SMALL


@pytest.mark.parametrize("token", ["../small.yaml", "x", "0" * 24 + "-../small.yaml", "0" * 24])
def test_no_token_leads_out_of_the_folder(client: httpx.Client, token: str) -> None:
    asked = client.get("/hr/suites/small/import", params={"token": token})
    assert asked.status_code == 404


def test_an_import_can_begin_a_suite(client: httpx.Client, folder: SuiteFolder) -> None:
    seen = upload(client, NEW, suite="fresh")
    client.post("/hr/suites/fresh/take", data={"token": seen.url.params["token"], "state": ""})
    assert len(folder.open("fresh").suite.cases) == 1


@pytest.mark.parametrize("ending", ["xlsx", "csv", "yaml"])
def test_a_suite_goes_out_and_comes_back_the_same(client: httpx.Client, ending: str) -> None:
    file = client.get(f"/hr/suites/small/export.{ending}")
    assert f"small.{ending}" in file.headers["content-disposition"]
    assert parse_bytes(file.content, f"small.{ending}").suite == SMALL


def test_a_file_with_results_comes_back_without_them(client: httpx.Client) -> None:
    results = {"telework": RowResult("passed"), "tungsten": RowResult("failed")}
    seen = upload(client, suite_bytes(SMALL, "small.xlsx", results), "small.xlsx")
    # the case with a place is pinned to the version that it stands in; no result is taken in
    assert "0 new cases, 1 changed, 1 the same, 0 rejected" in plain(seen.text)


def test_an_empty_table_to_start_from_is_at_hand(client: httpx.Client) -> None:
    file = client.get("/hr/template.xlsx")
    assert parse_bytes(file.content, "suite.xlsx").suite.cases == ()
