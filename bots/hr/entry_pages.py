"""The page that takes the key, and what whoever has none is shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from bots import problems
from bots.http.own_address import own_address
from bots.http.request_ids import id_of
from bots.web.show import Show
from corpus.errors import HrClosed

START = "/hr/suites"
ENTER = "/hr/enter"
_LONGEST = 10_000  # characters of an address to come back to

Back = Annotated[str, Query(max_length=_LONGEST)]


class EntryPages:
    """The way in and out."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/hr", self.start, response_model=None)
        router.add_api_route(ENTER, self.asked, response_model=None)
        router.add_api_route(ENTER, self.enter, methods=["POST"], response_model=None)
        router.add_api_route("/hr/leave", self.leave, methods=["POST"], response_model=None)
        return router

    def add_to(self, app: FastAPI) -> None:
        """Let the application show the way in to whoever is not in yet."""
        app.exception_handler(HrClosed)(self.turned_away)

    def turned_away(self, request: Request, error: HrClosed) -> Response:
        """Lead to the page that takes the key; say what to do where there is none."""
        if self._show.entry.takes_a_key and request.method == "GET":
            back = f"{request.url.path}?{request.url.query}".rstrip("?")
            return RedirectResponse(f"{ENTER}?{urlencode({'back': back})}", HTTPStatus.SEE_OTHER)
        return self._show.problem(request, problems.told(error, id_of(request)))

    def start(self) -> Response:
        """Lead to the first of the pages."""
        return RedirectResponse(START, HTTPStatus.SEE_OTHER)

    def asked(self, request: Request, back: Back = START) -> Response:
        """Ask for the key."""
        if self._show.entry.is_open(request):
            return RedirectResponse(own_address(back, START), HTTPStatus.SEE_OTHER)
        if not self._show.entry.takes_a_key:
            self._show.entry.require(request)
        return self._show.render(request, "hr_enter.html", back=back, wrong="")

    def enter(
        self,
        request: Request,
        key: Annotated[str, Form(max_length=500)] = "",
        back: Annotated[str, Form(max_length=_LONGEST)] = START,
    ) -> Response:
        """Let in whoever has the key."""
        wrong = "key"
        try:
            if self._show.entry.takes(key, request.client.host if request.client else ""):
                response = RedirectResponse(own_address(back, START), HTTPStatus.SEE_OTHER)
                self._show.entry.let_in(response, request)
                return response
        except HrClosed:
            wrong = "often"
        return self._show.render(
            request, "hr_enter.html", status=HTTPStatus.FORBIDDEN, back=back, wrong=wrong
        )

    def leave(self) -> Response:
        """Let a browser forget the key."""
        response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        self._show.entry.let_out(response)
        return response
