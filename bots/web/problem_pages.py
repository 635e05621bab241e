"""The page that explains what can go wrong."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from bots import problems
from bots.web.show import Show


class ProblemPages:
    """Every kind of problem that the API can report."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def router(self) -> APIRouter:
        """Return the route of this page."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route(problems.PAGE, self.explain, response_model=None)
        return router

    def explain(self, request: Request) -> HTMLResponse:
        """Explain every kind of problem."""
        return self._show.render(request, "problems.html", kinds=problems.KINDS)
