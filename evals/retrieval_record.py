"""Runs of retrieval as JSON: ids and numbers, none of the sets' own words."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.settings import Settings
from corpus.errors import BenchmarkUnusable
from evals.ranking import NAMES, as_numbers
from evals.retrieval import Run, Scored
from evals.uncertainty import Difference, difference

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """One set in this run and an earlier one: each measure over the queries that both have."""

    name: str
    split: str
    measures: Mapping[str, Difference]


class EarlierQuery(BaseModel):
    """One query of an earlier run; the set's name and split go with its id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    set: str
    split: str
    id: str
    measures: dict[str, Annotated[float, Field(allow_inf_nan=False)]]


class Earlier(BaseModel):
    """An earlier run, as far as it is compared with."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    queries: tuple[EarlierQuery, ...]


def to_record(
    runs: Sequence[Run], settings: Settings, compared: Sequence[Comparison] = ()
) -> dict[str, Any]:
    """Return runs as JSON takes them.

    All but ``measured`` depends on the sets, the settings and Charter alone.
    """
    return {
        "charter": version("charter"),
        "settings": {"model": Path(settings.model).name, "dense_weight": settings.dense_weight},
        "measured": {
            "day": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "costs": {run.name: _rounded(asdict(run.cost)) for run in runs},
        },
        "sets": [_summary(run) for run in runs],
        "against": [_change(one) for one in compared],
        "queries": [
            {
                "set": run.name,
                "split": run.split,
                "id": one.query,
                "ranked": list(one.ranked),
                "measures": _rounded(as_numbers(one.measures)),
            }
            for run in runs
            for one in run.outcomes
            if isinstance(one, Scored)
        ],
    }


def write_record(record: Mapping[str, Any], path: Path) -> None:
    """Write a record; each query has a line of its own, so that a change can be seen."""
    parts = []
    for key, value in record.items():
        if key == "queries":
            lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in value)
            parts.append(f'"queries": [\n{lines}\n]')
        else:
            parts.append(f'"{key}": {json.dumps(value, ensure_ascii=False, indent=1)}')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


def read_earlier(path: Path) -> Earlier:
    """Read the record of an earlier run.

    Raises:
        BenchmarkUnusable: it cannot be opened, or is no such record.
    """
    remedy = "Name a retrieval.json that --save wrote."
    try:
        return Earlier.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BenchmarkUnusable(f"{path} cannot be opened: {error.strerror}.", remedy) from error
    except ValidationError as error:
        raise BenchmarkUnusable(f"{path} is no record of retrieval.", remedy) from error


def compare(runs: Sequence[Run], earlier: Earlier) -> tuple[Comparison, ...]:
    """Compare each set that both have, over the queries that both scored."""
    compared = []
    for run in runs:
        before = [one for one in earlier.queries if (one.set, one.split) == (run.name, run.split)]
        measures = {}
        for name in NAMES.values():
            old = {one.id: one.measures[name] for one in before if name in one.measures}
            # rounded as the record is, so that the same run is the same
            new = {query: round(value, _DECIMALS) for query, value in run.values(name).items()}
            changed = difference(new, old)
            if changed:
                measures[name] = changed
        if measures:
            compared.append(Comparison(run.name, run.split, measures))
    return tuple(compared)


def machine() -> str:
    """Name this machine as far as it decides how long something takes."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _change(one: Comparison) -> dict[str, Any]:
    return {
        "name": one.name,
        "split": one.split,
        "measures": {
            name: {
                "before": round(found.before, _DECIMALS),
                "after": round(found.after, _DECIMALS),
                "change": _rounded(asdict(found.change)),
                "verdict": found.verdict,
            }
            for name, found in one.measures.items()
        },
    }


def _summary(run: Run) -> dict[str, Any]:
    return {
        "name": run.name,
        "split": run.split,
        "index": run.index,
        "entries": run.entries,
        "documents": run.documents,
        "passages": run.passages,
        "scored": len(run.scored),
        "unscored": dict(run.unscored),
        "problems": [asdict(problem) for problem in run.problems],
        "means": {
            name: None if mean is None else _rounded(asdict(mean))
            for name, mean in run.means().items()
        },
    }


def _rounded(numbers: Mapping[str, float | None]) -> dict[str, float | None]:
    return {
        name: round(value, _DECIMALS) if isinstance(value, float) else value
        for name, value in numbers.items()
    }
