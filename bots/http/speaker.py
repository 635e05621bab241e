"""How the server says what went wrong: a page to a reader, problem details to a program."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bots import problems
from bots.http import refusals
from bots.http.request_ids import id_of
from bots.openai import errors as openai_errors
from bots.web.show import Show
from corpus.errors import CharterError

_MACHINE_PATHS = ("/v1/", "/mcp", "/slack/", "/healthz", "/readyz", "/openapi.json")


class Speaker:
    """Turns every error into a response; the address decides who is spoken to."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def add_to(self, app: FastAPI) -> None:
        """Let the application report its errors here."""
        app.exception_handler(CharterError)(self._charter_error)
        app.exception_handler(RequestValidationError)(self._invalid)
        app.exception_handler(HTTPException)(self._refused)

    def show(self, request: Request, problem: problems.Problem) -> Response:
        """Write a problem for whoever asked."""
        if request.scope["path"].startswith(openai_errors.PATHS):
            return openai_errors.error_response(problem)
        if request.scope["path"].startswith(_MACHINE_PATHS):
            return JSONResponse(
                problem.to_dict(id_of(request)),
                problem.kind.status,
                media_type=problems.MEDIA_TYPE,
            )
        return self._show.problem(request, problem)

    def _charter_error(self, request: Request, error: CharterError) -> Response:
        return self.show(request, problems.told(error, id_of(request)))

    def _invalid(self, request: Request, error: RequestValidationError) -> Response:
        return self.show(request, refusals.of_validation(request, error))

    def _refused(self, request: Request, error: HTTPException) -> Response:
        response = self.show(request, refusals.of_http(request, error))
        response.headers.update(error.headers or {})  # a refused method names those allowed
        return response
