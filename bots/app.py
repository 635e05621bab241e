"""The server's one application: the API, the pages, and how both say what went wrong."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from assistant.ask import Assistant
from assistant.ledgers import Ledgers
from bots.api import documents, search
from bots.api.answers import AnswerRoutes
from bots.api.description import described
from bots.api.once import Once
from bots.api.parameters import refuse_unknown_parameters
from bots.api.routes import Routes
from bots.hr import door as hr
from bots.http.conditional import Conditional
from bots.http.gate import Gate, rules_for
from bots.http.speaker import Speaker
from bots.http.threads import few_threads
from bots.mcp.http import ADDRESS as MCP_ADDRESS
from bots.mcp.http import McpDoor
from bots.openai.routes import ChatRoutes
from bots.register import api as register_api
from bots.register import follow_api
from bots.register import pages as register_pages
from bots.web.answer_pages import AnswerPages
from bots.web.ask_pages import AskPages
from bots.web.browse_pages import BrowsePages
from bots.web.embed_pages import EmbedPages
from bots.web.look_pages import LookPages
from bots.web.original_files import OriginalFiles
from bots.web.problem_pages import ProblemPages
from bots.web.read_pages import ReadPages
from bots.web.show import HERE, Show


def create_app(assistant: Assistant, ledgers: Ledgers, *doors: APIRouter) -> FastAPI:
    """Return the application that serves one assistant; it starts nothing and reads nothing.

    Args:
        assistant: answers.
        ledgers: keep what people say of answers.
        doors: further routes, for other than the pages and the API.
    """
    app = FastAPI(
        **described(),
        lifespan=few_threads,
        dependencies=[Depends(refuse_unknown_parameters)],
        # the documentation pages load scripts from another host; openapi.json has it all
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    show = Show(assistant.settings)
    _add_api(app, assistant, ledgers)
    _add_pages(app, assistant, ledgers, show)
    for door in doors:
        app.include_router(door)
    speaker = Speaker(show)
    speaker.add_to(app)
    app.add_middleware(Conditional)
    app.add_middleware(Gate, show=speaker.show, rules=rules_for(assistant.settings))
    return app


def _add_api(app: FastAPI, assistant: Assistant, ledgers: Ledgers) -> None:
    Routes(assistant).add_to(app)
    AnswerRoutes(assistant, ledgers).add_to(app)
    documents.add_to(app, assistant)
    search.add_to(app, assistant)
    ChatRoutes(assistant).add_to(app)
    # POST alone: no stream is kept open that nothing would ever be said on
    app.router.routes.append(Route(MCP_ADDRESS, McpDoor(assistant), methods=["POST"]))
    register_api.add_to(app, assistant)
    # after it: an id would match its addresses too
    follow_api.add_to(app, assistant, Once(ledgers.keys))


def _add_pages(app: FastAPI, assistant: Assistant, ledgers: Ledgers, show: Show) -> None:
    for pages in (
        AskPages(assistant, ledgers, show),
        AnswerPages(assistant, ledgers, show),
        BrowsePages(assistant, show),
        ReadPages(assistant, show),
        OriginalFiles(assistant),
        ProblemPages(show),
        EmbedPages(assistant, show),
        LookPages(show, by_https=assistant.settings.public_url.startswith("https://")),
    ):
        app.include_router(pages.router())
    register_pages.add_to(app, assistant, show)
    hr.add_to(app, assistant, ledgers, show)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
