"""What all pages share: the colour and the logo of the organisation, and the choice of language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bots.http.own_address import own_address
from bots.web.brand import LOGO, STYLES
from bots.web.languages import COOKIE, language_named
from bots.web.show import Show

_YEAR = 31_536_000  # seconds

Back = Annotated[str, Query(max_length=16_000)]


class LookPages:
    """The brand's files, and the links that choose a language."""

    def __init__(self, show: Show, *, by_https: bool) -> None:
        """Take what shows pages, and whether people come by HTTPS."""
        self._brand = show.brand
        self._by_https = by_https

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(STYLES, self.styles, response_model=None)
        router.add_api_route(LOGO, self.logo, response_model=None)
        router.add_api_route("/language/{code}", self.choose, response_model=None)
        return router

    def styles(self) -> Response:
        """Return the styles that set the accent."""
        return Response(self._brand.styles, media_type="text/css")

    def logo(self) -> Response:
        """Return the picture."""
        logo = self._brand.logo
        if logo is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(logo.data, media_type=logo.media_type)

    def choose(self, code: str, back: Back = "/") -> Response:
        """Remember a language and lead back to the page that it was chosen on."""
        language = language_named(code)
        if language is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        response = RedirectResponse(own_address(back), HTTPStatus.SEE_OTHER)
        response.set_cookie(
            COOKIE, language, max_age=_YEAR, httponly=True, samesite="lax", secure=self._by_https
        )
        return response
