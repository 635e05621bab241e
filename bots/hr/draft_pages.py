"""Drafts of cases from the documents and from the cases of a suite, for a person to go through."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from assistant.ask import Assistant
from bots import problems
from bots.web.show import Show
from corpus.errors import DocumentNotFound, SuiteOutdated
from evals.suites.drafts import KINDS, USUAL, Drafted, Kind, draft_cases
from evals.suites.folder import Stored, SuiteFolder

_DRAFTS = "/hr/suites/{name}/drafts"
_USUAL_MOST = 20  # of each kind: what a person goes through at a time
_MOST = 1_000

Most = Annotated[int, Form(ge=1, le=_MOST)]


class DraftPages:
    """Drafts to ask for, and how many came of it."""

    def __init__(self, assistant: Assistant, folder: SuiteFolder, show: Show) -> None:
        self._assistant = assistant
        self._folder = folder
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route(_DRAFTS, self.asked, response_model=None)
        router.add_api_route(_DRAFTS, self.draft, methods=["POST"], response_model=None)
        return router

    def asked(self, request: Request, name: str) -> HTMLResponse:
        """Ask what drafts are to be made of."""
        return self._shown(request, self._folder.open(name))

    def draft(  # noqa: PLR0913  the fields of the form
        self,
        request: Request,
        name: str,
        *,
        kind: Annotated[list[Kind], Form(default_factory=list)],
        document: Annotated[str, Form(max_length=500)] = "",
        most: Most = _USUAL_MOST,
        state: Annotated[str, Form(max_length=64)] = "",
    ) -> HTMLResponse:
        """Add drafts to the suite; what is in it stays as it is."""
        stored = self._folder.open(name)
        try:
            drafted = draft_cases(
                stored.suite,
                self._assistant.shelf(),
                kind,
                documents=(document,) if document else (),
                most=most,
            )
            if drafted.cases:
                suite = drafted.added_to(stored.suite)
                stored = self._folder.write(name, suite, state=state)
        except (DocumentNotFound, SuiteOutdated) as error:
            return self._shown(request, stored, problem=problems.told(error))
        return self._shown(request, stored, drafted=drafted)

    def _shown(
        self,
        request: Request,
        stored: Stored,
        *,
        drafted: Drafted | None = None,
        problem: problems.Problem | None = None,
    ) -> HTMLResponse:
        entries = self._assistant.shelf().entries()
        return self._show.render(
            request,
            "hr_drafts.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            stored=stored,
            drafted=drafted,
            problem=problem,
            kinds=KINDS,
            usual=USUAL,
            most=_USUAL_MOST,
            entries=[one for one in entries if one.force == "in force"],
        )
