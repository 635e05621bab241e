"""A server with a folder of suites of its own, and what its pages for HR say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path

import httpx

from assistant.ask import Assistant
from assistant.settings import load_settings
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Evidence, Suite

TELEWORK = Case(
    "telework",
    "On how many days in each week may a staff member telework?",
    must_say=("three days",),
    evidence=(Evidence("Policy on telework", quote="up to three days in each week"),),
)
TUNGSTEN = Case(
    "tungsten", "What is the boiling point of tungsten?", expected="refuse", why="off topic"
)
SMALL = Suite("Small", (TELEWORK, TUNGSTEN), target=0.2)


def with_suites(assistant: Assistant, folder: Path, **settings: object) -> Assistant:
    """Return an assistant whose suites lie in a folder, with other settings beside."""
    kept = assistant.settings.model_dump(include={"home", "corpus"})
    return replace(assistant, settings=load_settings(**kept, suites=folder, **settings))


@contextmanager
def client_of(address: str) -> Iterator[httpx.Client]:
    """Give a client that follows where a form leads, as a browser does."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client:
        yield client


def state_of(folder: SuiteFolder, name: str) -> str:
    """Return the state of a suite, as a form has it in a hidden field."""
    return folder.open(name).state


def plain(html: str) -> str:
    """Return the words of the middle of a page, without marks."""
    middle = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", middle)).split())


def run_to_its_end(client: httpx.Client, name: str) -> httpx.Response:
    """Run a suite, and return its page once that is done."""
    client.post(f"/hr/suites/{name}/runs")
    while client.get("/hr/running").json()["state"] == "running":
        pass
    return client.get(f"/hr/suites/{name}")
