"""The API is what its OpenAPI description says: schemathesis holds each against the other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import plans
import pytest
from conftest import served

from assistant.ask import Assistant
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from bots import problems
from bots.api.schemas import ProblemBody
from indexing.progress import SilentProgress

ROUND = (
    20  # tries of each operation with made-up values; single values are tried one by one besides
)
# what fits the description is taken, but for three things that JSON Schema cannot say:
EXEMPTED = """\
# which teams, themes and documents there are to filter by, the documents say
[[operations]]
include-path-regex = '^/v1/(documents|search|commitments(\\.\\w+)?)$'
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "404", "422"]

# a key that came with something else before
[[operations]]
include-path = '/v1/feedback'
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "422"]

# what of Unicode is text, and that there is a status to confirm
[[operations]]
include-path-regex = '^/v1/commitments/.+/(status|confirm)$'
[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "422"]
"""


@pytest.fixture(scope="module")
def everything(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Documents, versions and commitments, with all that can be written allowed."""
    folder = tmp_path_factory.mktemp("everything")
    home, corpus = plans.build(folder)
    for file in small_corpus.iterdir():
        (corpus / file.name).write_bytes(file.read_bytes())
    settings = load_settings(home=home, corpus=corpus, follow_up="everybody")
    index_corpus(settings, SilentProgress())
    built = build_assistant(settings)
    yield replace(built, today=lambda: plans.DAY)
    built.close()


def mostly(known: dict[str, str]) -> str:
    """Have parameters name what is there in two of three tries."""
    bound = [
        f'"{place}" = {{ dictionary = "d{number}", probability = 0.67 }}'
        for number, place in enumerate(known)
    ]
    there = [
        f'[dictionaries.d{number}]\nvalues = ["{value}"]'
        for number, value in enumerate(known.values())
    ]
    return "\n".join(["[parameters]", *bound, *there])


@pytest.mark.slow
def test_nothing_that_fits_the_description_or_does_not_meets_anything_else(
    everything: Assistant, tmp_path: Path
) -> None:
    with served(everything) as address:
        reply = httpx.post(f"{address}/v1/ask", json={"question": "May I telework?"}).json()
        listed = httpx.get(f"{address}/v1/commitments").json()["commitments"]
        known = {
            "path.document_id": "telework",
            "path.commitment_id": listed[0]["id"],
            "path.answer_id": reply["id"],
            "body.answer": reply["id"],
            "query.due": "2026",
        }
        told = f"{EXEMPTED}\n{mostly(known)}"
        (tmp_path / "schemathesis.toml").write_text(told, "utf-8")
        done = subprocess.run(  # noqa: S603  the tests' own tool
            [
                Path(sys.executable).with_name("schemathesis"),
                "run",
                f"{address}/openapi.json",
                "--phases=examples,coverage,fuzzing,stateful",
                f"--max-examples={ROUND}",
                "--generation-deterministic",
                "--continue-on-failure",
                "--no-color",
            ],
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-60_000:] + done.stderr


def test_each_operation_has_a_name_that_reads_well_a_place_and_words(address: str) -> None:
    description = httpx.get(f"{address}/openapi.json").json()
    tags = {one["name"] for one in description["tags"]}
    operations = [
        (method, operation)
        for path in description["paths"].values()
        for method, operation in path.items()
    ]
    names = [one["operationId"] for _, one in operations]
    assert len(names) == len(set(names))
    assert {"ask", "give_feedback", "get_answer", "list_commitments"} <= set(names)
    for method, one in operations:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one["operationId"])
        assert set(one["tags"]) <= tags
        assert one["tags"]
        assert one["summary"]
        assert one["description"]
        # what does not change is not sent again
        assert ("304" in one["responses"]) is (method == "get" and one["tags"] != ["Server"])
        for parameter in one.get("parameters", ()):
            assert parameter["description"], (one["operationId"], parameter["name"])


def test_each_refusal_is_a_problem_with_an_example_of_each_kind(address: str) -> None:
    description = httpx.get(f"{address}/openapi.json").json()
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                if status.startswith(("2", "3")):
                    continue
                content = response["content"]
                assert set(content) == {problems.MEDIA_TYPE}, (method, path, status)
                examples = content[problems.MEDIA_TYPE]["examples"].values()
                assert examples
                for example in examples:
                    assert ProblemBody.model_validate(example["value"]).status == int(status)
