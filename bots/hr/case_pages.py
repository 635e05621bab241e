"""One case to write, mend, try and keep."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from bots import problems
from bots.hr.addresses import suite_address
from bots.hr.case_form import CaseForm
from bots.hr.suite_pages import SuitePages
from bots.http.own_address import own_address
from bots.web.show import Show
from corpus.errors import CharterError, SuiteOutdated, SuiteRefused
from evals.suites.authoring.editing import Entered, case_named, enter, put, reviewed, without
from evals.suites.authoring.proposal import Proposal, propose
from evals.suites.files.checking import OnShelf
from evals.suites.files.proposed import names_no_place
from evals.suites.folder import Stored, SuiteFolder
from evals.suites.judging.scores import CaseResult
from evals.suites.model import EXPECTED, IMPORTANCE, STATES, WHY, Case
from evals.suites.run import try_case

_SUITE = "/hr/suites/{name}"
Asked = Annotated[str, Query(max_length=4_000)]
Short = Annotated[str, Query(max_length=200)]


class CasePages:
    """Cases of a suite, one at a time; and drafts, several at once."""

    def __init__(
        self, assistant: Assistant, folder: SuiteFolder, show: Show, suites: SuitePages
    ) -> None:
        """Take what is asked, where cases are kept, and the pages that list them."""
        self._assistant = assistant
        self._folder = folder
        self._show = show
        self._suites = suites

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for method, path, answer in (
            ("GET", f"{_SUITE}/new-case", self.blank),
            ("POST", f"{_SUITE}/new-case", self.add),
            ("POST", f"{_SUITE}/review", self.review),
            ("POST", f"{_SUITE}/remove-case", self.remove),
            # an id may hold a slash: what follows it would be taken for a part of it
            ("GET", f"{_SUITE}/cases/{{case:path}}", self.case),
            ("POST", f"{_SUITE}/cases/{{case:path}}", self.change),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    def blank(  # noqa: PLR0913  what an address can fill in
        self,
        request: Request,
        name: str,
        *,
        question: Asked = "",
        expected: Short = "",
        why: Short = "",
        notes: Asked = "",
        tags: Short = "",
        state: Short = "reviewed",
        back: Asked = "",
    ) -> HTMLResponse:
        """Show the form of a new case, filled in as far as the address does it."""
        stored = self._folder.open(name)
        form = CaseForm(
            suite_state=stored.state,
            question=question,
            expected=expected,
            why=why,
            notes=notes,
            tags=tags,
            state=state,
            back=back,
        )
        return self._shown(request, stored, form)

    def filled(
        self, request: Request, name: str, form: CaseForm, before: Case | None
    ) -> HTMLResponse:
        """Show the form of a case as another page filled it in, checked already."""
        entered = enter(form.said, OnShelf(self._assistant.shelf()), before)
        return self._shown(request, self._folder.open(name), form, before, entered=entered)

    def add(self, request: Request, name: str, form: Annotated[CaseForm, Form()]) -> Response:
        """Keep a new case, or try it."""
        return self._take(request, self._folder.open(name), form, None)

    def case(self, request: Request, name: str, case: str, back: Asked = "") -> HTMLResponse:
        """Show a case to mend."""
        stored = self._folder.open(name)
        held = case_named(stored.suite, case)
        return self._shown(request, stored, CaseForm.of(held, stored.state, back), held)

    def change(
        self, request: Request, name: str, case: str, form: Annotated[CaseForm, Form()]
    ) -> Response:
        """Keep a case as it was mended, or try it."""
        stored = self._folder.open(name)
        return self._take(request, stored, form, case_named(stored.suite, case))

    def review(
        self,
        request: Request,
        name: str,
        *,
        do: Annotated[Literal["review", "remove"], Form()],
        case: Annotated[list[str], Form(default_factory=list)],
        state: Annotated[str, Form()] = "",
    ) -> Response:
        """Let drafts decide from now on, or throw them away."""
        suite = self._folder.open(name).suite
        try:
            _require(case)
            suite = without(suite, case) if do == "remove" else reviewed(suite, case)
            self._folder.write(name, suite, state=state)
        except (SuiteRefused, SuiteOutdated) as error:
            return self._suites.refused(request, name, problems.told(error))
        return RedirectResponse(f"{suite_address(name)}#cases-heading", HTTPStatus.SEE_OTHER)

    def remove(
        self, name: str, case: Annotated[str, Form()], state: Annotated[str, Form()] = ""
    ) -> Response:
        """Take a case out of its suite."""
        suite = self._folder.open(name).suite
        case_named(suite, case)
        self._folder.write(name, without(suite, [case]), state=state)
        return RedirectResponse(f"{suite_address(name)}#cases-heading", HTTPStatus.SEE_OTHER)

    def _take(
        self, request: Request, stored: Stored, form: CaseForm, before: Case | None
    ) -> Response:
        entered = enter(form.said, OnShelf(self._assistant.shelf()), before)
        if form.do.startswith(("take:", "place:")):
            form = _with_offer(form, entered, self._proposals(form, entered.case))
            entered = enter(form.said, OnShelf(self._assistant.shelf()), before)
        elif form.do == "try" and entered.case:
            result = try_case(entered.case, self._assistant)
            return self._shown(request, stored, form, before, entered=entered, result=result)
        elif form.do == "keep" and entered.sound and entered.case:
            try:
                return self._kept(stored.name, form, entered.case, before)
            except (SuiteRefused, SuiteOutdated) as error:
                # kept again, it takes the place of this one case alone
                form = form.model_copy(update={"suite_state": stored.state})
                return self._shown(request, stored, form, before, entered=entered, error=error)
        return self._shown(request, stored, form, before, entered=entered)

    def _kept(self, name: str, form: CaseForm, case: Case, before: Case | None) -> Response:
        suite, case = put(self._folder.open(name).suite, case, was=before.id if before else "")
        self._folder.write(name, suite, state=form.suite_state)
        where = own_address(form.back, suite_address(name)) if form.back else suite_address(name)
        divider = "&" if "?" in where else "?"
        told = urlencode({"kept": case.id})
        return RedirectResponse(f"{where}{divider}{told}", HTTPStatus.SEE_OTHER)

    def _shown(  # noqa: PLR0913  what a page can show of a case
        self,
        request: Request,
        stored: Stored,
        form: CaseForm,
        before: Case | None = None,
        *,
        entered: Entered | None = None,
        result: CaseResult | None = None,
        error: CharterError | None = None,
    ) -> HTMLResponse:
        problem = problems.told(error) if error else None
        wrong = bool(entered and not entered.sound)
        status = problem.kind.status if problem else HTTPStatus.OK
        if wrong and form.do == "keep":
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        return self._show.render(
            request,
            "hr_case.html",
            status=status,
            stored=stored,
            form=form,
            before=before,
            entered=entered,
            result=result,
            problem=problem,
            titles=OnShelf(self._assistant.shelf()).titles(),
            proposals=self._proposals(form, entered.case if entered else before),
            choices={"expected": EXPECTED, "why": WHY, "importance": IMPORTANCE, "state": STATES},
        )

    def _proposals(self, form: CaseForm, case: Case | None) -> Sequence[Proposal]:
        """Return where the answer of a case may stand that does not say it."""
        if form.places or case is None or not names_no_place(case):
            return ()
        return propose(case, self._assistant)


def _require(chosen: Sequence[str]) -> None:
    if not chosen:
        raise SuiteRefused("No draft is chosen.", "Tick those that you mean.")


def _with_offer(form: CaseForm, entered: Entered, proposals: Sequence[Proposal]) -> CaseForm:
    """Return the form with what is nearest to a place, or with a place that was proposed."""
    kind, _, number = form.do.partition(":")
    place = int(number) if number.isascii() and number.isdigit() else -1
    if kind == "place":
        chosen = proposals[place : place + 1] if place >= 0 else ()
        return form.with_place(len(form.places), chosen[0].evidence) if chosen else form
    if not 0 <= place < len(entered.places):
        return form
    finding = entered.places[place].finding
    return form.with_place(place, finding.offer) if finding and finding.offer else form
