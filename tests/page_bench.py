"""Measures how soon pages are there in a browser, on a loopback address: part of ``make bench``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from long_document import long_pdf
from playwright.sync_api import Browser, sync_playwright

from evals.machine import Figure, figure
from evals.speed import running_server

RUNS = 9
CHROMIUM = shutil.which("chromium")
_TIMES = """() => {
    const page = performance.getEntriesByType('navigation')[0];
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return [page.domInteractive, page.domContentLoadedEventEnd, paint ? paint.startTime : 0];
}"""


def page_figures() -> tuple[Figure, ...]:
    """Open the first page, and a document of 500 pages, each in browsers that know nothing yet.

    None where there is no Chromium.
    """
    if CHROMIUM is None:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        (documents / "long.pdf").write_bytes(long_pdf())
        environment = {
            **os.environ,
            "CHARTER_HOME": str(Path(folder) / "home"),
            "CHARTER_CORPUS": str(documents),
        }
        index = [sys.executable, "-m", "bots.cli", "index"]
        subprocess.run(index, env=environment, check=True, capture_output=True)  # noqa: S603  our own
        with running_server(environment) as (_, address), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            found = tuple(_figures(browser, address))
            browser.close()
    return found


def _figures(browser: Browser, address: str) -> Iterator[Figure]:
    for name, path in (("first page", "/"), ("document of 500 pages", "/documents/long")):
        opened = [opened_page(browser, f"{address}{path}") for _ in range(RUNS + 1)][
            1:
        ]  # the first warms
        interactive, loaded, painted = zip(*opened, strict=True)
        yield figure(f"{name}, interactive", "ms", interactive)
        yield figure(f"{name}, its scripts run", "ms", loaded)
        yield figure(f"{name}, first words painted", "ms", painted)


def opened_page(browser: Browser, address: str) -> tuple[float, float, float]:
    """Open a page; return when it was interactive, had run its scripts, showed its first words.

    In milliseconds from the click.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    interactive, loaded, painted = page.evaluate(_TIMES)
    while not painted:  # Playwright's own waiting needs `unsafe-eval`, which no page allows
        page.wait_for_timeout(10)
        interactive, loaded, painted = page.evaluate(_TIMES)
    context.close()
    return interactive, loaded, painted
