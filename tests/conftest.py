"""What several test files share: a small corpus, its index, a server and a browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import plans
import pytest
import shelves
import uvicorn
from databases import postgresql, postgresql_programs, schema_address
from fastapi import FastAPI
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright
from questions import DAY
from slack_charter import assert_sound, charter_in_slack, index, settings_of, write_documents
from slack_emulator import what_is_missing
from slack_process import Bot
from slack_workspace import Workspace

from assistant.ask import Assistant
from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant, build_ledgers, index_corpus
from bots.app import create_app
from bots.server import listen
from indexing.progress import SilentProgress

CHROMIUM = shutil.which("chromium")
POSTGRESQL = postgresql_programs()
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LEAVE = """\
---
id: annual-leave
title: Policy on annual leave
version: "2"
organisation: Example organisation
kind: policy
status: sample
effective_from: 2024-01-01
owner: Human Resources
contact: leave@hr.example.org
---

# Policy on annual leave

## 1. Purpose

1.1 This policy sets out how staff members earn and use annual leave.

## 2. Entitlement

2.1 Staff members earn annual leave for each month of service as set out in Table 1.

| Type of appointment | Earned per month | Most carried over | In advance | Paid on separation |
|---|---|---|---|---|
| Continuing | 2.5 | 60 | 15 | 60 |
| Fixed-term | 2.5 | 45 | 10 | 60 |
| Short-term | 1.5 | 18 | 3 | None |

## 3. Carrying leave over

3.1 Unused annual leave may be carried over to the next calendar year. Days above the maximum are
forfeited on 31 December.

3.2 A request to carry leave over states:

(a) the number of days;

(b) why they could not be taken;

(c) the dates on which they will be taken.

"""
FILLER = "\n".join(
    f"## {number}. Particular case {number}\n\n{number}.1 "
    + "The supervisor keeps a record. " * 8
    + "\n"
    for number in range(4, 24)
)
TELEWORK = """\
---
id: telework
title: Policy on telework
version: "{version}"
kind: policy
status: sample
effective_from: {since}
contact: hr@example.org
---

# Policy on telework

## 1. Days of telework

1.1 A staff member may telework on up to {days} days in each week.
"""
STRATEGY = """\
---
id: people-strategy
title: People strategy
version: "2025"
organisation: Example organisation
kind: strategy
effective_from: 2025-01-01
contact: strategy@example.org
---

# People strategy

## Recruitment of staff

The Secretariat will fill every vacancy within 120 days of its announcement.
"""
HOSTILE = """\
---
id: hostile
title: 'Parking <img src=x onerror=alert(1)>'
version: '1"><script>alert(2)</script>'
kind: policy
contact: '<b>nobody</b>'
---

# Parking rules

## Parking permits `<script>alert(3)</script>`

A parking permit costs `<img src=x onerror="alert(4)">` twenty francs in each month.

| Permit `<svg onload=alert(5)>` | Price |
|---|---|
| Underground garage `</td><script>alert(6)</script>` | forty francs |
"""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs a program that is not here, unless it is required."""
    if item.get_closest_marker("browser") and not CHROMIUM:
        leave_out("browser", "no Chromium here: `apt-get install chromium`, or one on the PATH")
    if item.get_closest_marker("postgres") and not POSTGRESQL:
        leave_out("postgres", "no PostgreSQL here: `apt-get install postgresql`")
    if item.get_closest_marker("slack") and (missing := what_is_missing()):
        leave_out("slack", missing)


def leave_out(kind: str, missing: str) -> None:
    """Skip a test for what is missing; fail it where that must not be."""
    required = f"CHARTER_REQUIRE_{kind.upper()}"
    if os.environ.get(required) == "1":
        pytest.fail(f"{required}=1, but {missing}", pytrace=False)
    pytest.skip(f"{kind} tests left out, {missing}")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Settings:
    """Settings of an index of the shipped documents; one process builds it for all."""
    home = tmp_path_factory.mktemp("shipped") / "home"
    if worker_id == "master":
        index_corpus(load_settings(home=home), SilentProgress())
        return load_settings(home=home)
    built = tmp_path_factory.getbasetemp().parent / "shipped-for-all"
    with FileLock(built.with_suffix(".lock")):
        if not built.exists():
            index_corpus(load_settings(home=home), SilentProgress())
            shutil.copytree(home, built)
            return load_settings(home=home)
    shutil.copytree(built, home)
    return load_settings(home=home)


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Iterator[Assistant]:
    """Answers from the shipped documents, on one fixed day."""
    built = replace(build_assistant(settings), today=lambda: DAY)
    yield built
    built.close()


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    files = {
        "leave.md": LEAVE + FILLER,
        "telework-1.md": TELEWORK.format(version=1, since="2021-01-01", days="two"),
        "telework-2.md": TELEWORK.format(version=2, since="2024-09-01", days="three"),
        "strategy.md": STRATEGY,
        "hostile.md": HOSTILE,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def small_home(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    index_corpus(load_settings(home=home, corpus=small_corpus), SilentProgress())
    return home


@pytest.fixture(scope="session")
def small_assistant(small_corpus: Path, small_home: Path) -> Iterator[Assistant]:
    assistant = build_assistant(load_settings(home=small_home, corpus=small_corpus))
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def address(small_assistant: Assistant) -> Iterator[str]:
    """Address of a server on a loopback port that serves the small corpus."""
    with served(small_assistant) as url:
        yield url


@pytest.fixture(scope="session")
def plans_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Home and folder of an index of plans, for the register."""
    return plans.build(tmp_path_factory.mktemp("plans"))


@pytest.fixture(scope="session")
def planned(plans_built: tuple[Path, Path]) -> Iterator[Assistant]:
    """Lists the commitments of the plans, on one fixed day."""
    home, corpus = plans_built
    built = build_assistant(load_settings(home=home, corpus=corpus))
    yield replace(built, today=lambda: plans.DAY)
    built.close()


@pytest.fixture(scope="session")
def plans_address(planned: Assistant) -> Iterator[str]:
    """Address of a server that serves the plans."""
    with served(planned) as url:
        yield url


@pytest.fixture(scope="session")
def shelves_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Home and folder of an index of documents of several kinds, to browse."""
    return shelves.build(tmp_path_factory.mktemp("shelves"))


@pytest.fixture(scope="session")
def shelved(shelves_built: tuple[Path, Path]) -> Iterator[Assistant]:
    """Finds these documents and their passages, on one fixed day."""
    home, corpus = shelves_built
    built = build_assistant(load_settings(home=home, corpus=corpus))
    yield replace(built, today=lambda: shelves.DAY)
    built.close()


@pytest.fixture(scope="session")
def shelves_address(shelved: Assistant) -> Iterator[str]:
    """Address of a server that serves them."""
    with served(shelved) as url:
        yield url


@pytest.fixture
def serve() -> Iterator[Callable[[Assistant], str]]:
    """Serve an assistant for one test; call it with the assistant to get the address."""
    with ExitStack() as stack:
        yield lambda assistant: stack.enter_context(served(assistant))


@pytest.fixture(scope="session")
def postgresql_folder() -> Iterator[Path]:
    """A PostgreSQL server of the tests' own."""
    assert POSTGRESQL
    with postgresql(POSTGRESQL) as folder:
        yield folder


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.slow])]
)
def fresh_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Call it for the address of a database that holds nothing yet.

    A test runs once with each kind of database.
    """
    if request.param == "sqlite":
        numbers = count(1)
        return lambda: f"sqlite:///{tmp_path / f'records-{next(numbers)}.db'}"
    folder: Path = request.getfixturevalue("postgresql_folder")
    return lambda: schema_address(folder)


@pytest.fixture
def records_address(fresh_address: Callable[[], str]) -> str:
    return fresh_address()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def slack_corpus(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_documents(tmp_path_factory.mktemp("slack-documents"), small_corpus)


@pytest.fixture(scope="session")
def slack_index(slack_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index and no records; tests copy it."""
    home = tmp_path_factory.mktemp("slack-home")
    index(slack_corpus, home)
    return home


@pytest.fixture
def slack_settings(slack_corpus: Path, slack_index: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a bot with records of its own."""
    home = tmp_path / "slack-home"
    shutil.copytree(slack_index, home)
    return settings_of(slack_corpus, home)


@pytest.fixture(scope="module")
def charter_slack(
    slack_corpus: Path, slack_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Bot]]:
    """A workspace with Charter in it, by Socket Mode, for all tests of a file."""
    folder = tmp_path_factory.mktemp("slack")
    home = folder / "home"
    shutil.copytree(slack_index, home)
    with charter_in_slack(folder, settings_of(slack_corpus, home)) as (running, bot):
        yield running, bot
        assert_sound(running, bot, home)


@pytest.fixture
def workspace(charter_slack: tuple[Workspace, Bot]) -> Iterator[Workspace]:
    """The same, as it was before anybody said anything; what was called is held to be sound."""
    running, bot = charter_slack
    running.forget()
    yield running
    running.quiet()
    assert_sound(running, bot, "")


@contextmanager
def served(assistant: Assistant) -> Iterator[str]:
    """Run a real server on a free loopback port, in a thread of this process."""
    ledgers = build_ledgers(assistant.settings)
    with closing(ledgers), running(create_app(assistant, ledgers)) as address:
        yield address


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Run an application on a free loopback port, in a thread of this process."""
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
