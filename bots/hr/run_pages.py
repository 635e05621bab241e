"""Running a suite, what came of it, and two runs side by side."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from bots import problems
from bots.hr.addresses import suite_address
from bots.web.show import Show
from corpus.errors import SuiteBusy
from evals.suites.folder import SuiteFolder
from evals.suites.judging.comparison import compare
from evals.suites.judging.statistics import power_in_words
from evals.suites.reports.report import failures_of
from evals.suites.reports.report_file import report_bytes
from evals.suites.reports.told import told_of
from evals.suites.reports.wording import verdict_sentence
from evals.suites.run import ScoredRun, score_run
from evals.suites.running import Running

_SUITE = "/hr/suites/{name}"
_SCORED = 8  # runs whose verdicts are kept: of 150 cases each takes a second to judge
Ending = Literal["html", "xlsx", "csv", "xml", "json"]
_TYPES: dict[Ending, str] = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml",
    "json": "application/json",
}
RunId = Annotated[str, Query(max_length=40)]


class RunPages:
    """Runs: begin one, watch it, read it, compare two."""

    def __init__(
        self, assistant: Assistant, folder: SuiteFolder, running: Running, show: Show
    ) -> None:
        self._assistant = assistant
        self._folder = folder
        self._running = running
        self._show = show
        self._scored = lru_cache(_SCORED)(self._score)

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for method, path, answer in (
            ("GET", "/hr/running", self.progress),
            ("POST", "/hr/running/stop", self.stop),
            ("POST", f"{_SUITE}/runs", self.begin),
            ("GET", f"{_SUITE}/compare", self.compare),
            ("GET", "/hr/reports/{name}/{run}.{ending}", self.report),
            ("GET", f"{_SUITE}/runs/{{run}}", self.result),
            ("POST", f"{_SUITE}/runs/{{run}}/label", self.label),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    def begin(self, name: str) -> Response:
        """Run a suite."""
        try:
            self._running.start(name)
        except SuiteBusy:
            return RedirectResponse(f"{suite_address(name)}?busy=1#run", HTTPStatus.SEE_OTHER)
        return RedirectResponse(f"{suite_address(name)}#run", HTTPStatus.SEE_OTHER)

    def stop(self) -> Response:
        """Stop what runs."""
        self._running.stop()
        told = self._running.wait()
        where = suite_address(told.suite) if told else "/hr/suites"
        return RedirectResponse(f"{where}#run", HTTPStatus.SEE_OTHER)

    def progress(self) -> Response:
        """Say how far the run is that was begun last, to a page that waits for it."""
        told = self._running.progress
        if told is None:
            return JSONResponse({"state": "none"})
        return JSONResponse(
            {"state": told.state, "suite": told.suite, "done": told.done, "of": told.of}
        )

    def result(self, request: Request, name: str, run: str, kept: str = "") -> HTMLResponse:
        """Show what came of a run: verdict, numbers, gates, and what did not pass by cause."""
        scored = self._judged(name, run)
        stored = self._folder.open(name)
        return self._show.render(
            request,
            "hr_run.html",
            stored=stored,
            run=run,
            kept=kept,
            scored=scored,
            sentence=verdict_sentence(scored),
            failures=failures_of(scored, self._assistant),
            power=power_in_words(len(scored.counting)),
            passed=[one for one in scored.results if one.passed],
            now={case.id: case.fingerprint for case in stored.suite.cases},
            earlier=[one for one in self._folder.runs(name) if one.id < run],
        )

    def label(
        self,
        name: str,
        run: str,
        *,
        case: Annotated[str, Form(max_length=500)],
        wording: Annotated[int, Form(ge=0)] = 0,
        right: Annotated[bool, Form()],
    ) -> Response:
        """Remember whether a reply that nothing could judge is right; the run is judged by it."""
        asked, said = self._folder.run(name, run).reply(case, wording)
        labels = self._folder.labels(name)
        labels.add(asked, said, right=right, by="", day=self._assistant.today())
        self._folder.tell(name, run, told_of(self._judged(name, run)))
        where = suite_address(name, "runs", run)
        return RedirectResponse(f"{where}#failed-heading", HTTPStatus.SEE_OTHER)

    def report(self, name: str, run: str, ending: Ending) -> Response:
        """Give a run as a file: a page that needs nothing beside it, a spreadsheet, JUnit, JSON."""
        data = report_bytes(f"{run}.{ending}", self._judged(name, run), self._assistant)
        headers = {}
        if ending != "html":
            file = quote(f"{name} {run}.{ending}")
            headers["content-disposition"] = f"attachment; filename*=utf-8''{file}"
        return Response(data, media_type=_TYPES[ending], headers=headers)

    def compare(
        self, request: Request, name: str, before: RunId = "", after: RunId = ""
    ) -> HTMLResponse:
        """Show what changed between two runs, and nothing else; the last two if none is named."""
        runs = [one.id for one in self._folder.runs(name)]
        after = after or next(iter(runs), "")
        before = before or next((one for one in runs if one < after), "")
        if not (before and after) or before == after:
            return self._show.problem(
                request,
                problems.occurrence(
                    problems.INVALID, "Two runs are compared: choose two, or run the suite again."
                ),
            )
        old, new = (self._judged(name, one) for one in sorted((before, after)))
        return self._show.render(
            request,
            "hr_compare.html",
            stored=self._folder.open(name),
            before=old,
            after=new,
            ids=sorted((before, after)),
            found=compare(old.counting, new.counting),
        )

    def _judged(self, name: str, run: str) -> ScoredRun:
        """Judge a run as it was asked, and by what people said of its replies since."""
        return self._scored(name, run, self._folder.labels(name).state)

    def _score(self, name: str, run: str, labels: int) -> ScoredRun:
        del labels  # judged again where somebody spoke
        return score_run(self._folder.run(name, run), self._assistant, self._folder.labels(name))
