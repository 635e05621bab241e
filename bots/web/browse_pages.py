"""The pages to find documents and passages on."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.ask import Assistant
from bots.web.show import Show


class BrowsePages:
    """What there is to read."""

    def __init__(self, assistant: Assistant, show: Show) -> None:
        self._assistant = assistant
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/documents", self.documents, response_model=None)
        return router

    def documents(self) -> RedirectResponse:
        """Take a reader who shortened an address to the list of documents."""
        return RedirectResponse("/#documents")
