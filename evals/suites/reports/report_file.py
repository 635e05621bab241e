"""A run as a file of any kind: a page, a spreadsheet, JUnit XML, or what other programs read."""

from __future__ import annotations

from assistant.ask import Assistant
from corpus.errors import SuiteUnusable
from evals.suites.files.suite_file import suite_bytes
from evals.suites.judging.comparison import Comparison
from evals.suites.log import run_text
from evals.suites.reports.elsewhere import written_for
from evals.suites.reports.report import html_report, junit_report
from evals.suites.reports.wording import row_results
from evals.suites.run import ScoredRun


def report_bytes(
    name: str, scored: ScoredRun, assistant: Assistant, compared: Comparison | None = None
) -> bytes:
    """Return a run as a file of some name has it.

    Args:
        name: ends in .html, .xlsx, .csv, .xml (JUnit), .ragas.jsonl, .deepeval.json, or .json
            for the run itself.
        scored: the run.
        assistant: knows the documents.
        compared: to an earlier run, for a page.

    Raises:
        SuiteUnusable: no report is called so.
    """
    if name.endswith((".xlsx", ".csv")):
        return suite_bytes(scored.run.suite, name, row_results(scored))
    return _text(name, scored, assistant, compared).encode()


def _text(name: str, scored: ScoredRun, assistant: Assistant, compared: Comparison | None) -> str:
    if name.endswith(".html"):
        return html_report(scored, assistant, compared)
    if name.endswith(".xml"):
        return junit_report(scored)
    if name.endswith(".ragas.jsonl"):
        return written_for(scored.run, assistant, "ragas")
    if name.endswith(".deepeval.json"):
        return written_for(scored.run, assistant, "deepeval")
    if name.endswith(".json"):
        return run_text(scored.run)
    raise SuiteUnusable(
        f"No report is called {name}.",
        "End its name in .html, .xlsx, .csv, .xml, .json, .ragas.jsonl or .deepeval.json.",
    )
