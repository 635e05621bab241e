"""The inbox of votes: what did not help, by question, until a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.wiring import records_address
from bots import problems
from bots.hr.feedback_form import DecidedForm, decide, kept_case, last_suite
from bots.hr.feedback_query import VotesQuery, page_of, read_query
from bots.queries import without_empty
from bots.web.show import Show
from bots.web.voters import here
from corpus.errors import RecordNotFound, SuiteOutdated, SuiteRefused
from evals.feedback.asked import Hearing
from evals.feedback.deciding import Deciding, Subject
from evals.feedback.decisions import Decisions
from evals.feedback.triage import Item, Triage
from evals.suites.folder import SuiteFolder
from evals.suites.model import WHY

VOTES = "/hr/votes"
_LONGEST = 365  # days: what any list may have shown


class VotesPages:
    """Votes by question."""

    def __init__(self, hearing: Hearing, folder: SuiteFolder, show: Show) -> None:
        self._hearing = hearing
        self._folder = folder
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of this page."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route(VOTES, self.votes, response_model=None)
        router.add_api_route(VOTES, self.decide, methods=["POST"], response_model=None)
        return router

    def votes(self, request: Request) -> Response:
        """List what waits for somebody to decide."""
        bare = without_empty(VOTES, request.query_params.multi_items())
        if bare is not None:
            return RedirectResponse(bare, HTTPStatus.SEE_OTHER)
        return self._listed(request, *read_query(request, VotesQuery))

    def decide(self, request: Request, form: Annotated[DecidedForm, Form()]) -> Response:
        """Make a draft case, or note that nothing is to be done."""
        with self._decisions() as decisions:
            item = self._item(form.receipt, decisions)
            deciding = Deciding(self._hearing.assistant, decisions, self._folder)
            try:
                return decide(form, Subject("votes", item.wordings, item.receipts), deciding, VOTES)
            except (SuiteRefused, SuiteOutdated) as error:
                return self._listed(request, VotesQuery(), {}, error=error)

    def _item(self, receipt: str, decisions: Decisions) -> Item:
        item = Triage(self._hearing, decisions, self._folder).item(receipt, _LONGEST)
        if item is None:
            raise RecordNotFound(
                "There is no vote on this answer.", "Open the list again: it may have changed."
            )
        return item

    def _listed(
        self,
        request: Request,
        query: VotesQuery,
        told: Mapping[str, str],
        *,
        error: SuiteRefused | SuiteOutdated | None = None,
    ) -> HTMLResponse:
        with self._decisions() as decisions:
            triage = Triage(self._hearing, decisions, self._folder)
            inbox = triage.read(int(query.days), query.kind)
            usual = last_suite(decisions)
        problem = problems.told(error) if error else None
        found = [one for one in inbox.items if _meets(one, query)]
        shown, paged = page_of(found, query, VOTES)
        kept = kept_case(self._folder, told.get("suite", ""), told.get("kept", ""))
        return self._show.render(
            request,
            "hr_votes.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            query=query,
            items=shown,
            paged=paged,
            held=len(inbox.items),
            of_groups=inbox.of_groups,
            waiting=sum(one.waits for one in inbox.items),
            kept=kept,
            kept_suite=told.get("suite", ""),
            problem=problem,
            suites=self._folder.names(),
            usual_suite=usual,
            why=WHY,
            back=here(request) if request.method == "GET" else VOTES,
        )

    def _decisions(self) -> closing[Decisions]:
        return closing(Decisions(records_address(self._hearing.assistant.settings)))


def _meets(item: Item, query: VotesQuery) -> bool:
    """Tell whether a cluster is asked for."""
    if query.reason and query.reason not in item.reasons:
        return False
    return query.holds(item.wordings) and (item.waits or query.decided == "show")
