"""A spreadsheet taken into a suite, seen before it is done; and a suite given out as a file."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from bots import problems
from bots.hr.addresses import suite_address
from bots.hr.staged import StagedFiles
from bots.web.show import Show
from corpus.errors import CharterError, SuiteNotFound, SuiteOutdated, SuiteRefused, SuiteUnusable
from evals.suites.authoring.proposal import Proposer
from evals.suites.files.checking import OnShelf
from evals.suites.files.preview import Preview, compare, without_gone
from evals.suites.files.proposed import Proposing, names_no_place, with_proposals
from evals.suites.files.suite_file import check_format, parse_bytes, suite_bytes
from evals.suites.folder import Stored, SuiteFolder, check_name
from evals.suites.model import Suite

_SUITE = "/hr/suites/{name}"
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
Ending = Literal["xlsx", "csv", "yaml"]
Token = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file is to be taken in, and how.

    Attributes:
        accept_offers: take the nearest text where a quote is not found.
        propose: take the first place proposed where a case names none.
    """

    token: str
    accept_offers: bool = False
    propose: bool = False


NOTHING = Asked("")


class ImportPages:
    """The way of a suite in and out."""

    def __init__(self, assistant: Assistant, folder: SuiteFolder, show: Show) -> None:
        self._assistant = assistant
        self._folder = folder
        self._show = show
        self._staged = StagedFiles(assistant.settings.suites_folder / ".staged")

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for method, path, answer in (
            ("GET", "/hr/template.xlsx", self.template),
            ("GET", f"{_SUITE}/export.{{ending}}", self.export),
            ("GET", f"{_SUITE}/import", self.seen),
            ("POST", f"{_SUITE}/import", self.upload),
            ("POST", f"{_SUITE}/take", self.take),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    def template(self) -> Response:
        """Give an empty table with drop-downs and instructions."""
        return _file(suite_bytes(Suite("", ()), "suite.xlsx"), "suite.xlsx", "xlsx")

    def export(self, name: str, ending: Ending) -> Response:
        """Give a suite as a file."""
        suite = self._folder.open(name).suite
        return _file(suite_bytes(suite, f"suite.{ending}"), f"{name}.{ending}", ending)

    def upload(self, request: Request, name: str, file: Annotated[UploadFile, File()]) -> Response:
        """Take a file, and lead to what it would do."""
        try:
            check_name(name)
            check_format(file.filename or "")
            token = self._staged.keep(file.file.read(), file.filename or "")
        except CharterError as error:
            return self._shown(request, name, error=error)
        where = f"{suite_address(name, 'import')}?{urlencode({'token': token})}"
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)

    def seen(
        self,
        request: Request,
        name: str,
        *,
        token: Token = "",
        accept_offers: bool = False,
        propose: bool = False,
    ) -> HTMLResponse:
        """Ask for a file; or show what one would do: new, changed, rejected, out of date."""
        asked = Asked(token, accept_offers, propose)
        try:
            return self._shown(request, name, self._preview(name, asked) if token else None, asked)
        except (SuiteUnusable, SuiteNotFound) as error:
            return self._shown(request, name, error=error)

    def take(  # noqa: PLR0913  the fields of the form
        self,
        request: Request,
        name: str,
        *,
        token: Annotated[str, Form(max_length=200)],
        state: Annotated[str, Form(max_length=64)] = "",
        accept_offers: Annotated[bool, Form()] = False,
        leave_out_rejected: Annotated[bool, Form()] = False,
        remove_gone: Annotated[bool, Form()] = False,
        propose: Annotated[bool, Form()] = False,
    ) -> Response:
        """Replace the suite by what the file makes of it, as a whole."""
        asked = Asked(token, accept_offers, propose)
        try:
            proposing = self._preview(name, asked)
            preview = proposing.preview
            refused = preview.whole or (
                preview.rejected and (remove_gone or not leave_out_rejected)
            )
            if refused:
                error = SuiteRefused(
                    f"Rejected: {preview.rejected_cases}. Nothing was kept.",
                    "Leave them out with the tick below, or mend the file and choose it again.",
                )
                return self._shown(request, name, proposing, asked, error=error)
            suite = without_gone(preview) if remove_gone else preview.suite
            self._folder.write(check_name(name), suite, state=state)
        except (SuiteUnusable, SuiteNotFound, SuiteOutdated) as error:
            return self._shown(request, name, error=error)
        self._staged.forget(token)
        taken = len(preview.new) + len(preview.changed)
        where = f"{suite_address(name)}?taken={taken}#cases-heading"
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)

    def _preview(self, name: str, asked: Asked) -> Proposing:
        """Return what a file would do; with places for cases that name none, where asked to."""
        stored, library = self._stored(name), OnShelf(self._assistant.shelf())
        incoming = parse_bytes(
            self._staged.path(asked.token).read_bytes(), self._staged.name(asked.token)
        )
        current = stored.suite if stored else None
        preview = compare(current, incoming, library, accept_offers=asked.accept_offers)
        if not asked.propose:
            return Proposing(preview, ())
        return with_proposals(preview, Proposer.of(self._assistant).propose, library, accept=True)

    def _stored(self, name: str) -> Stored | None:
        return self._folder.open(name) if name in self._folder.names() else None

    def _shown(
        self,
        request: Request,
        name: str,
        proposing: Proposing | None = None,
        asked: Asked = NOTHING,
        *,
        error: CharterError | None = None,
    ) -> HTMLResponse:
        problem = problems.told(error) if error else None
        stored = self._stored(name) if problem is None or proposing else None
        status = problem.kind.status if problem else HTTPStatus.OK
        return self._show.render(
            request,
            "hr_import.html",
            status=status,
            name=name,
            state=stored.state if stored else "",
            preview=proposing.preview if proposing else None,
            bare=_bare(proposing.preview) if proposing else 0,
            unplaced=[one for one in proposing.proposed if not one.proposals] if proposing else [],
            problem=problem,
            asked=asked,
        )


def _bare(preview: Preview) -> int:
    """Count the cases of a file that do not say where their answer stands."""
    return sum(case.id in preview.rows and names_no_place(case) for case in preview.suite.cases)


def _file(data: bytes, name: str, ending: Ending) -> Response:
    said = {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    return Response(data, media_type=_TYPES[ending], headers=said)
