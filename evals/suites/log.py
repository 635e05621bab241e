"""A run as a file: every question with what came of it, to be scored again without asking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import SuiteUnusable
from evals.suites.asked import Asked
from evals.suites.model import Suite
from evals.suites.places import Lost, Place
from evals.suites.run import Ground, Run
from indexing.storage import replace_file

FORMAT: Literal[1] = 1


class _File(BaseModel):
    """The file's one shape; what is in it is checked, for files travel."""

    model_config = ConfigDict(extra="forbid")

    format: Literal[1]
    suite: Suite
    ground: Ground
    asked: tuple[Asked, ...]
    places: Mapping[str, tuple[Place | Lost, ...]]


_ADAPTER = TypeAdapter(_File)


def save_run(run: Run, file: Path) -> None:
    """Write a run; the file is whole or not there.

    Raises:
        SuiteUnusable: it cannot be written.
    """
    try:
        replace_file(file, run_text(run).encode())
    except OSError as error:
        raise SuiteUnusable(
            f"The run cannot be written to {file}: {error.strerror}.", "Name another file."
        ) from error


def run_text(run: Run) -> str:
    """Return a run as its file has it."""
    held = _File(
        format=FORMAT, suite=run.suite, ground=run.ground, asked=run.asked, places=run.places
    )
    return json.dumps(_ADAPTER.dump_python(held, mode="json"), ensure_ascii=False, indent=1)


def load_run(file: Path) -> Run:
    """Read a run.

    Raises:
        SuiteUnusable: there is none, or it is no run of this version of Charter.
    """
    try:
        held = _ADAPTER.validate_json(file.read_bytes())
    except OSError as error:
        raise SuiteUnusable(f"{file} cannot be read: {error.strerror}.", "Name a run.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SuiteUnusable(
            f"{file} is no run that this version of Charter reads ({where}: {first['msg']}).",
            "Run the suite again.",
        ) from error
    wordings = {case.id: len(case.questions) for case in held.suite.cases}
    if not all(0 <= one.wording < wordings.get(one.case, 0) for one in held.asked):
        raise SuiteUnusable(
            f"{file} holds replies to questions that its suite does not ask.", "Run it again."
        )
    return Run(held.suite, held.ground, held.asked, held.places)
