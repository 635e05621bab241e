"""The list of suites, and one suite with its cases and runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from bots import problems
from bots.days import day_of
from bots.hr.addresses import suite_address
from bots.hr.shown import Listed, case_rows
from bots.web.show import Show
from corpus.errors import QuestionError, SuiteOutdated, SuiteRefused, SuiteUnusable
from evals.suites.folder import LONGEST_NAME, SuiteFolder, check_name
from evals.suites.model import Suite
from evals.suites.running import Running

SUITES = "/hr/suites"
Text = Annotated[str, Form(max_length=500)]
_LEAST_TO_COMPARE = 2
_CASES = 100  # of a suite on a page


@dataclass(frozen=True, slots=True)
class View:
    """Which cases of a suite are listed; what is empty asks for all.

    Attributes:
        kept: id of the case that was kept just now.
        taken: how many cases were taken in from a file just now.
    """

    words: str = ""
    result: str = ""
    state: str = ""
    importance: str = ""
    page: int = 1
    kept: str = ""
    taken: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a suite itself, as its form has it."""

    title: str
    owner: str
    review_by: str
    target: str

    @classmethod
    def of(cls, suite: Suite) -> About:
        """Return what is said of a suite."""
        day = suite.review_by.isoformat() if suite.review_by else ""
        return cls(suite.name, suite.owner, day, f"{100 * suite.target:.0f}")


class SuitePages:
    """Suites to look at, begin, and describe."""

    def __init__(
        self, assistant: Assistant, folder: SuiteFolder, running: Running, show: Show
    ) -> None:
        self._assistant = assistant
        self._folder = folder
        self._running = running
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for method, path, answer in (
            ("GET", SUITES, self.suites),
            ("POST", SUITES, self.begin),
            ("GET", f"{SUITES}/{{name}}", self.suite),
            ("POST", f"{SUITES}/{{name}}/about", self.describe),
            ("POST", f"{SUITES}/{{name}}/remove", self.remove),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    def suites(self, request: Request, removed: str = "") -> HTMLResponse:
        """List all suites with what came of their last run."""
        return self._listed(request, removed=removed)

    def begin(self, request: Request, name: Annotated[str, Form(max_length=200)] = "") -> Response:
        """Begin a suite without a case."""
        try:
            name = check_name(name)
            self._folder.write(name, Suite(name, ()), state="")
        except (SuiteRefused, SuiteOutdated) as error:
            return self._listed(request, entered=name, error=error)
        return RedirectResponse(suite_address(name), HTTPStatus.SEE_OTHER)

    def _listed(
        self,
        request: Request,
        *,
        entered: str = "",
        removed: str = "",
        error: SuiteRefused | SuiteOutdated | None = None,
    ) -> HTMLResponse:
        problem = problems.told(error) if error else None
        return self._show.render(
            request,
            "hr_suites.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            suites=[self._row(name) for name in self._folder.names()],
            progress=self._running.progress,
            longest_name=LONGEST_NAME,
            entered=entered,
            removed=removed,
            gate=self._assistant.settings.gate,
            problem=problem,
        )

    def _row(self, name: str) -> Listed:
        """Return a suite as it is listed; one that cannot be read says why."""
        runs = self._folder.runs(name)
        last = runs[0] if runs else None
        try:
            return Listed(name, self._folder.open(name), last, "")
        except SuiteUnusable as error:
            return Listed(name, None, last, str(error))

    def suite(  # noqa: PLR0913  what an address can ask for
        self,
        request: Request,
        name: str,
        *,
        words: str = "",
        result: str = "",
        state: str = "",
        importance: str = "",
        page: int = 1,
        kept: str = "",
        taken: int = 0,
        busy: bool = False,
    ) -> HTMLResponse:
        """Show one suite: what it is, its cases with their last results, its runs."""
        del busy  # the page tells of the other run itself
        view = View(words, result, state, importance, page, kept, taken)
        return self._opened(request, name, view)

    def refused(self, request: Request, name: str, problem: problems.Problem) -> HTMLResponse:
        """Show a suite with why something was not done with its cases."""
        return self._opened(request, name, problem=problem)

    def _opened(
        self,
        request: Request,
        name: str,
        view: View = View(),
        *,
        problem: problems.Problem | None = None,
        about: About | None = None,
    ) -> HTMLResponse:
        stored, runs = self._folder.open(name), self._folder.runs(name)
        last = runs[0] if runs else None
        rows = case_rows(stored.suite, last)
        found = [row for row in rows if row.meets(view.words, view.result, view.state)]
        if view.importance:
            found = [row for row in found if row.case.importance == view.importance]
        pages = max(1, -(-len(found) // _CASES))
        page = min(max(view.page, 1), pages)
        return self._show.render(
            request,
            "hr_suite.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            stored=stored,
            runs=runs,
            comparable=len(runs) >= _LEAST_TO_COMPARE,
            rows=found[(page - 1) * _CASES : page * _CASES],
            found=len(found),
            held=len(rows),
            drafts=sum(row.case.state == "draft" for row in rows),
            filters=view,
            page=page,
            pages=pages,
            kept=view.kept,
            taken=view.taken,
            progress=self._running.progress,
            problem=problem,
            about=about or About.of(stored.suite),
            gate=self._assistant.settings.gate,
            today=self._assistant.today(),
        )

    def describe(  # noqa: PLR0913  the fields of the form
        self,
        request: Request,
        name: str,
        *,
        state: Text = "",
        title: Text = "",
        owner: Text = "",
        review_by: Text = "",
        target: Text = "",
    ) -> Response:
        """Change what is said of a suite itself."""
        stored = self._folder.open(name)
        try:
            suite = replace(
                stored.suite,
                name=title.strip() or name,
                owner=owner.strip(),
                review_by=_day(review_by),
                target=_share(target),
            )
            self._folder.write(name, suite, state=state)
        except (SuiteRefused, SuiteOutdated) as error:
            about = About(title, owner, review_by, target)
            return self._opened(request, name, problem=problems.told(error), about=about)
        return RedirectResponse(suite_address(name), HTTPStatus.SEE_OTHER)

    def remove(self, request: Request, name: str, state: Text = "") -> Response:
        """Take a suite away; not one that a new index has to pass, or no index would be built."""
        try:
            _refuse_of_gate(name, self._assistant.settings.gate)
            self._folder.remove(name, state=state)
        except (SuiteRefused, SuiteOutdated) as error:
            return self._opened(request, name, problem=problems.told(error))
        return RedirectResponse(f"{SUITES}?removed={quote(name)}", HTTPStatus.SEE_OTHER)


def _refuse_of_gate(name: str, gate: Sequence[str]) -> None:
    if name in gate:
        raise SuiteRefused(
            f"A new index has to pass the suite “{name}”.",
            "Whoever runs Charter takes it out of CHARTER_GATE first.",
        )


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except QuestionError as error:
        raise SuiteRefused(str(error), "Write a day as 2027-01-31.") from error


def _share(text: str) -> float:
    """Read per cent as a form sends them."""
    try:
        share = float(text.replace("%", "").replace(",", ".")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SuiteRefused(f"“{text}” is no share of cases.", "Give per cent, 0 to 100.")
    return share
