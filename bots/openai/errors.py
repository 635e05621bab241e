"""Problems as programs of OpenAI's protocol read them."""

from __future__ import annotations

from http import HTTPStatus

from fastapi.responses import JSONResponse

from bots import problems
from bots.openai.schemas import ErrorBody, ErrorDetailsBody
from corpus.errors import ChatModelNotFound, QuestionError

PATHS = ("/v1/chat/", "/v1/models")

_PARAMS = {
    problems.kind_of(QuestionError("", "")): "messages",
    problems.kind_of(ChatModelNotFound("", "")): "model",
}


def error_response(problem: problems.Problem) -> JSONResponse:
    """Write a problem in OpenAI's form."""
    return JSONResponse(_body(problem).model_dump(), _status_of(problem.kind))


def _status_of(kind: problems.Kind) -> int:
    """Return the status: OpenAI says 400 of what cannot be taken, where Charter says 422."""
    refused = kind.status == HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.BAD_REQUEST.value if refused else kind.status


def _body(problem: problems.Problem) -> ErrorBody:
    kind = problem.kind
    at_fault = kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return ErrorBody(
        error=ErrorDetailsBody(
            # front ends show the message alone, so the id that the log knows stands in it too
            message=f"{problem.detail} (error {problem.id})" if at_fault else problem.detail,
            type="server_error" if at_fault else "invalid_request_error",
            param=problem.field or _PARAMS.get(kind),
            code=kind.slug.replace("-", "_"),
            id=problem.id,
        )
    )
