"""The file that a document was read from: to download, and its pages as pictures."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.library.pictures import picture_of
from bots.days import day_of
from bots.http.conditional import is_known
from corpus.errors import DocumentNotFound
from corpus.formats.kinds import FORMATS, Format
from indexing.index import Index

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES: dict[Format, str] = {
    "markdown": "text/markdown",
    "plain": "text/plain",
    "html": "text/html",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
    "odt": "application/vnd.oasis.opendocument.text",
    "eml": "message/rfc822",
    "zip": "application/zip",
}
_UNKNOWN = "application/octet-stream"


class PictureQuery(BaseModel):
    """What an address of a page as a picture may say after its question mark."""

    version: str | None = None
    as_of: str = ""
    start: int = 0
    end: int = 0
    width: int = 960


class OriginalFiles:
    """What a browser fetches of an original; it never shows one itself."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def router(self) -> APIRouter:
        """Return the routes of these files."""
        router = APIRouter(include_in_schema=False)
        at = "/documents/{document_id}"
        router.add_api_route(f"{at}/original", self.original, response_model=None)
        router.add_api_route(f"{at}/pages/{{page:int}}.png", self.page, response_model=None)
        return router

    def original(
        self,
        request: Request,
        document_id: str,
        version: Annotated[str | None, Query()] = None,
        as_of: Annotated[str, Query()] = "",
    ) -> Response:
        """Send the file that a version was read from, to be saved."""
        shelf = self._assistant.shelf()
        document = shelf.open(document_id, version, day_of(as_of)).document
        file = shelf.index.original(document.key)
        if file is None:
            raise DocumentNotFound(
                f"The original of “{document.metadata.title}” is not kept here: its file changed "
                "while it was read.",
                "The next index keeps it: run `charter index`.",
            )
        mark = f'"{document.sha256}"'
        if _has(request, mark):
            return _unchanged(mark)
        name = PurePosixPath(document.path).name
        kind = FORMATS.get(PurePosixPath(name).suffix.lower())
        return FileResponse(
            file,
            filename=name,
            headers={
                # not as a media type: the framework would claim that every text is UTF-8
                "content-type": _MEDIA_TYPES[kind] if kind else _UNKNOWN,
                "content-security-policy": "sandbox",
                "etag": mark,
            },
            background=BackgroundTask(_let_go, shelf.index),
        )

    def page(
        self, request: Request, document_id: str, page: int, query: Annotated[PictureQuery, Query()]
    ) -> Response:
        """Send a page as it was printed, with a quote marked on it."""
        shelf = self._assistant.shelf()
        document = shelf.open(document_id, query.version, day_of(query.as_of)).document
        quote = query.start, query.end
        picture = picture_of(shelf, document, page, width=query.width, quote=quote)
        mark = f'"{picture.name}"'
        if _has(request, mark):
            return _unchanged(mark)
        drawn = self._assistant.pictures.draw(picture)
        return Response(drawn, media_type="image/png", headers={"etag": mark})


def _has(request: Request, mark: str) -> bool:
    """Tell whether a browser has what goes by an ETag already."""
    return is_known(mark, ",".join(request.headers.getlist("if-none-match")))


def _unchanged(mark: str) -> Response:
    """Say that what a browser has is still right."""
    return Response(status_code=304, headers={"etag": mark})


def _let_go(_index: Index) -> None:
    """Hold an index until its file is sent: it removes its generation when nobody holds it."""
