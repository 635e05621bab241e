"""A suite as tests of pytest: ``pytest --charter-suite FILE``, one test for each case.

The assistant is that of the settings, as everywhere. What it takes is imported when a suite is
named, so that other test runs do not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evals.suites.judging.scores import CaseResult
    from evals.suites.model import Case

_OPTION = "--charter-suite"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take suites to run as tests."""
    group = parser.getgroup("charter", "suites of Charter")
    group.addoption(
        _OPTION, action="append", default=[], metavar="FILE", help="run a suite, a test a case"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect the suites beside what else is to be collected."""
    config.args += [one for one in config.getoption(_OPTION) if one not in config.args]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SuiteFile | None:
    """Collect a suite that was named."""
    named = {Path(one).resolve() for one in parent.config.getoption(_OPTION)}
    return SuiteFile.from_parent(parent, path=file_path) if file_path.resolve() in named else None


class CaseFailed(Exception):
    """A case did not pass; it has the words for whoever reads the report."""


class SuiteFile(pytest.File):
    """A suite."""

    def collect(self) -> Iterator[SuiteItem]:
        """Give a test for each case."""
        from evals.suites.files import read_suite  # noqa: PLC0415  other test runs must not wait

        for case in read_suite(self.path).cases:
            yield SuiteItem.from_parent(self, name=case.id, case=case)


class SuiteItem(pytest.Item):
    """A case: it passes if every wording of it does."""

    def __init__(self, *, case: Case, **more: Any) -> None:
        super().__init__(**more)
        self._case = case

    def runtest(self) -> None:
        """Ask and judge; a case that decides nothing is skipped where it does not pass."""
        result = _asked(self.session, self._case, self.path)
        if result.passed:
            return
        if not self._case.counts:
            pytest.skip("It decides nothing: a draft, or only watched.")
        raise CaseFailed(_words(result))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *more: Any) -> Any:
        """Say why a case failed, without the way through the program."""
        if isinstance(excinfo.value, CaseFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *more)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the case by its question."""
        return self.path, None, f"{self._case.id}: {self._case.question}"


def _asked(session: pytest.Session, case: Case, file: Path) -> CaseResult:
    from evals.suites.judging.labels import labels_beside  # noqa: PLC0415  other test runs must not wait
    from evals.suites.model import Suite  # noqa: PLC0415  other test runs must not wait
    from evals.suites.run import run_suite, score_run  # noqa: PLC0415  the same

    assistant = _assistant()
    session.config.add_cleanup(_close)
    run = run_suite(Suite("pytest", (case,)), assistant)
    return score_run(run, assistant, labels_beside(file)).results[0]


@cache
def _assistant() -> Any:
    from assistant.settings import load_settings  # noqa: PLC0415  other test runs must not wait
    from assistant.wiring import build_assistant  # noqa: PLC0415  the same

    return build_assistant(load_settings())


def _close() -> None:
    if _assistant.cache_info().currsize:
        _assistant().close()
        _assistant.cache_clear()


def _words(result: CaseResult) -> str:
    lines = []
    for one in result.wordings:
        if one.verdict != "passed":
            lines += [one.asked.question, f"  {one.cause}. {one.action}"]
            lines += [
                f"  “{fact.fact}” {fact.found}" + (f": “{fact.words}”" if fact.words else "")
                for fact in one.must
                if fact.found != "said"
            ]
    return "\n".join(lines)
