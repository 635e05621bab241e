"""Templates become pages: in the reader's language, with every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from assistant.reply import LONGEST_QUESTION
from assistant.settings import Language, Settings
from assistant.writing.addresses import comparison_address, document_address
from bots import problems
from bots.api.shapes import around_url, place_url
from bots.hr.addresses import suite_address
from bots.hr.entry import Entry
from bots.web.brand import Brand
from bots.web.languages import LANGUAGES, NAMES, language_of
from bots.web.reading import page_anchor
from bots.web.words import Words

HERE = Path(__file__).parent


class Show:
    """Renders every page; what a template needs of no single request it has from here.

    Attributes:
        entry: tells who may open the pages for HR, and is shown a link to them.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._brand = Brand(settings)
        self.entry = Entry(settings)
        self._environment = cache(self._environment_in)

    @property
    def brand(self) -> Brand:
        """What pages show of the organisation."""
        return self._brand

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        language: Language | None = None,
        **shown: object,
    ) -> HTMLResponse:
        """Return a page made of a template and what it shows, in a language.

        That is the language of the request where none is named.
        """
        language = language or language_of(request, self._settings.language)
        page = (
            self._environment(language)
            .get_template(template)
            .render(request=request, hr_open=self.entry.is_open(request), **shown)
        )
        return HTMLResponse(
            page, status, {"content-language": language, "vary": "Accept-Language, Cookie"}
        )

    def problem(self, request: Request, problem: problems.Problem) -> HTMLResponse:
        """Show a problem to a reader."""
        return self.render(request, "problem.html", status=problem.kind.status, problem=problem)

    def _environment_in(self, language: Language) -> Environment:
        words = Words(language)
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        # newstyle: a placeholder in a translation is escaped like every other text
        environment.install_gettext_translations(words.say, newstyle=True)  # type: ignore[attr-defined]  # of the extension
        environment.filters.update(words.filters)
        environment.globals.update(
            language=language,
            languages=[(code, NAMES[code]) for code in LANGUAGES],
            lang=words.lang,
            settings=self._settings,
            brand=self._brand,
            document_url=document_address,
            comparison_url=comparison_address,
            place_url=place_url,
            around_url=around_url,
            page_anchor=page_anchor,
            page_in_words=words.page,
            suite_url=suite_address,
            longest=LONGEST_QUESTION,
        )
        return environment
