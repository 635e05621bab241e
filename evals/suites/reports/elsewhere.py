"""A run in the shapes that other evaluators read: ragas and deepeval.

Both are judged by a language model there. A right refusal scores badly by their defaults: leave
these rows out, or read ``expected`` beside them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from assistant.ask import Assistant
from evals.suites.asked import Asked, Said
from evals.suites.model import Case
from evals.suites.places import Place
from evals.suites.run import Run

Elsewhere = Literal["ragas", "deepeval"]


def written_for(run: Run, assistant: Assistant, whom: Elsewhere) -> str:
    """Return a run as another evaluator reads it; questions without a reply are left out.

    Args:
        run: what was asked.
        assistant: its index gives the text of what was found.
        whom: ragas reads JSON lines (``EvaluationDataset.from_jsonl``), deepeval a JSON array
            (``EvaluationDataset.add_test_cases_from_json_file``).
    """
    rows = list(_rows(run, assistant))
    if whom == "ragas":
        return "".join(f"{json.dumps(_for_ragas(row), ensure_ascii=False)}\n" for row in rows)
    return json.dumps([_for_deepeval(row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def _rows(run: Run, assistant: Assistant) -> Iterator[tuple[Case, Asked, Said, list[str]]]:
    cases = {case.id: case for case in run.suite.cases}
    for asked in run.asked:
        if isinstance(asked.came, Said):
            found = _texts(asked.came.hits, assistant)
            yield cases[asked.case], asked, asked.came, found


def _texts(places: Sequence[Place], assistant: Assistant) -> list[str]:
    index = assistant.shelf().index
    return [
        index.document(place.key).text[place.start : place.end]
        for place in places
        if index.holds(place.key)
    ]


def _for_ragas(row: tuple[Case, Asked, Said, list[str]]) -> dict[str, Any]:
    case, asked, said, found = row
    return {
        "user_input": asked.question,
        "response": _response(said),
        "retrieved_contexts": found,
        "reference": "; ".join(case.must_say),
        "reference_contexts": [one.quote for one in case.evidence if one.quote],
    }


def _for_deepeval(row: tuple[Case, Asked, Said, list[str]]) -> dict[str, Any]:
    case, asked, said, found = row
    return {
        "input": asked.question,
        "actual_output": _response(said),
        "expected_output": "; ".join(case.must_say),
        "context": [one.quote for one in case.evidence if one.quote],
        "retrieval_context": found,
        "name": case.id,
    }


def _response(said: Said) -> str:
    if said.outcome == "answer":
        return "\n".join(said.lines)
    return "The documents do not answer this."
