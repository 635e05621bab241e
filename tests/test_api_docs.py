"""The page for programs: its Python runs as it stands, and its tables are those of the API."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import httpx
import pytest

from assistant.feedback import REASONS
from bots import problems
from bots.api.events import EventName

PAGE = (Path(__file__).parent.parent / "docs/api.md").read_text("utf-8")
HERE = "http://localhost:8765"
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_a_program_of_the_page_runs_as_it_stands(plans_address: str, number: int) -> None:
    program = PROGRAMS[number].replace(HERE, plans_address)
    assert program != PROGRAMS[number]
    done = subprocess.run(  # noqa: S603  the page's own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_operation_stands_on_the_page(address: str) -> None:
    for path in httpx.get(f"{address}/openapi.json").json()["paths"]:
        last = re.sub(r"\{\w+\}", "{id}", path).removeprefix("/v1").removeprefix("/commitments")
        end = last.rsplit("/", 1)[-1]
        assert end in PAGE, path


def test_the_events_reasons_and_problems_of_the_page_are_those_there_are() -> None:
    named = re.findall(
        r"^\| `(\w+)` \|", PAGE.partition("| event |")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert named == list(get_args(EventName))
    assert all(f"`{reason}`" in PAGE for reason in REASONS)
    slugs = {kind.slug for kind in problems.KINDS}
    assert set(re.findall(r"#([a-z-]+)[`\"]", PAGE)) <= slugs
