"""Templates become pages: in the reader's language, with every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from assistant.library.catalogue import in_words
from assistant.reply import LONGEST_QUESTION, page_in_words
from assistant.settings import Settings
from assistant.writing.addresses import comparison_address, document_address
from bots import problems
from bots.api.shapes import around_url, place_url
from bots.web.languages import Language, catalogue_of, language_of
from bots.web.reading import page_anchor

HERE = Path(__file__).parent


class Show:
    """Renders every page; what a template needs of no single request it has from here."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._environment = cache(self._environment_in)

    def render(
        self, request: Request, template: str, *, status: int = 200, **shown: object
    ) -> HTMLResponse:
        """Return a page made of a template and what it shows, in the language of a request."""
        language = language_of(request)
        page = self._environment(language).get_template(template).render(request=request, **shown)
        return HTMLResponse(
            page, status, {"content-language": language, "vary": "Accept-Language, Cookie"}
        )

    def problem(self, request: Request, problem: problems.Problem) -> HTMLResponse:
        """Show a problem to a reader."""
        return self.render(request, "problem.html", status=problem.kind.status, problem=problem)

    def _environment_in(self, language: Language) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        # newstyle: a placeholder in a translation is escaped like every other text
        environment.install_gettext_translations(catalogue_of(language), newstyle=True)  # type: ignore[attr-defined]  # of the extension
        environment.filters["in_words"] = in_words
        environment.globals.update(
            language=language,
            settings=self._settings,
            document_url=document_address,
            comparison_url=comparison_address,
            place_url=place_url,
            around_url=around_url,
            page_anchor=page_anchor,
            page_in_words=page_in_words,
            longest=LONGEST_QUESTION,
        )
        return environment
