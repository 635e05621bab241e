"""The documents: a change is uploaded, seen before it is made, then put in place or let go."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.settings import Settings
from assistant.wiring import with_folder
from bots import problems
from bots.gate import held_back
from bots.web.show import Show
from corpus.errors import CharterError, CheckBusy, CorpusMissing, ProposalRefused
from corpus.formats.kinds import FORMATS
from evals.suites.change.checks import Checks
from indexing.proposals import LARGEST, Proposal, Proposals

DOCUMENTS = "/hr/documents"
CHANGES = f"{DOCUMENTS}/changes"
_CHANGE = f"{CHANGES}/{{change}}"
_MOST_SECTIONS = 60  # that are listed

How = Literal["new", "replace"]
Path = Annotated[str, Form(max_length=1000)]


class DocumentPages:
    """Changes of the folder of documents."""

    def __init__(
        self, settings: Settings, proposals: Proposals, checks: Checks, show: Show
    ) -> None:
        self._settings = settings
        self._proposals = proposals
        self._checks = checks
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for method, path, answer in (
            ("GET", DOCUMENTS, self.documents),
            ("GET", f"{DOCUMENTS}/checking", self.progress),
            ("POST", CHANGES, self.upload),
            ("POST", f"{DOCUMENTS}/removals", self.remove),
            ("GET", _CHANGE, self.change),
            ("POST", f"{_CHANGE}/check", self.check),
            ("POST", f"{_CHANGE}/make", self.make),
            ("POST", f"{_CHANGE}/let-go", self.let_go),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    def documents(
        self, request: Request, made: Annotated[str, Query(max_length=1000)] = ""
    ) -> HTMLResponse:
        """Show what waits, and the forms to propose a change with."""
        return self._listed(request, made=made)

    def upload(
        self,
        request: Request,
        file: Annotated[UploadFile, File()],
        how: Annotated[How, Form()] = "new",
        folder: Path = "",
        relative: Path = "",
    ) -> Response:
        """Take a file, and begin to look at what it would do."""
        try:
            self._refuse_unwritable()
            data, name = file.file.read(LARGEST + 1), file.filename or ""
            if how == "replace":
                proposal = self._proposals.replace(data, name, relative=relative)
            else:
                proposal = self._proposals.add(data, name, folder=folder)
        except CharterError as error:
            return self._listed(request, error=error)
        return self._begun(proposal)

    def remove(self, request: Request, relative: Path = "") -> Response:
        """Begin to look at what would be lost with a file."""
        try:
            self._refuse_unwritable()
            return self._begun(self._proposals.remove(relative))
        except CharterError as error:
            return self._listed(request, error=error)

    def progress(self) -> Response:
        """Say how far a check is, to a page that waits for it."""
        told = self._checks.progress
        if told is None:
            return JSONResponse({"state": "none"})
        return JSONResponse({"state": told.state, "done": told.done, "of": told.of})

    def change(self, request: Request, change: str) -> HTMLResponse:
        """Show a change: what Charter read, which cases it touches, what the gate says."""
        return self._seen(request, self._proposals.find(change))

    def check(self, request: Request, change: str) -> Response:
        """Look at a change, or look again."""
        proposal = self._proposals.find(change)
        try:
            self._checks.start(proposal)
        except CheckBusy as error:
            return self._seen(request, proposal, error)
        return RedirectResponse(change_address(proposal), HTTPStatus.SEE_OTHER)

    def make(self, request: Request, change: str) -> Response:
        """Put a change in place that somebody has seen."""
        proposal = self._proposals.find(change)
        if self._checks.found(proposal) is None:  # never looked at, or before something changed
            return RedirectResponse(change_address(proposal), HTTPStatus.SEE_OTHER)
        try:
            self._refuse_unwritable()
            self._proposals.make(proposal)
        except CharterError as error:
            return self._seen(request, proposal, error)
        return RedirectResponse(f"{DOCUMENTS}?made={proposal.kind}", HTTPStatus.SEE_OTHER)

    def let_go(self, change: str) -> Response:
        """Forget a change."""
        proposal = self._proposals.find(change)
        self._checks.stop(proposal)
        self._proposals.let_go(proposal)
        return RedirectResponse(DOCUMENTS, HTTPStatus.SEE_OTHER)

    def _begun(self, proposal: Proposal) -> Response:
        with suppress(CheckBusy):  # its page says so, and has a button
            self._checks.start(proposal)
        return RedirectResponse(change_address(proposal), HTTPStatus.SEE_OTHER)

    def _refuse_unwritable(self) -> None:
        if not self._proposals.is_writable:
            raise ProposalRefused(
                f"Charter may read the folder {with_folder(self._settings).corpus} and not write "
                "there.",
                "Whoever looks after that folder puts documents into it.",
            )

    def _listed(
        self, request: Request, *, made: str = "", error: CharterError | None = None
    ) -> HTMLResponse:
        problem = problems.told(error) if error else None
        try:
            files, folders = self._proposals.files(), self._proposals.folders()
            held = held_back(self._settings)
        except CorpusMissing as missing:
            files, folders, held = (), ("",), None
            problem = problem or problems.told(missing)
        return self._show.render(
            request,
            "hr_documents.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            folder=with_folder(self._settings).corpus,
            writable=self._proposals.is_writable,
            waiting=self._proposals.waiting(),
            change_address=change_address,
            files=files,
            folders=folders,
            endings=",".join(FORMATS),
            largest=LARGEST // 10**6,
            held=held,
            made=made,
            problem=problem,
        )

    def _seen(
        self, request: Request, proposal: Proposal, error: CharterError | None = None
    ) -> HTMLResponse:
        problem = problems.told(error) if error else None
        progress = self._checks.progress
        checked = self._checks.found(proposal)
        return self._show.render(
            request,
            "hr_change.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            proposal=proposal,
            address=change_address(proposal),
            progress=progress if progress and progress.proposal == proposal.id else None,
            busy=bool(progress and progress.state == "running"),
            found=checked.rehearsal if checked else None,
            most_sections=_MOST_SECTIONS,
            problem=problem,
        )


def change_address(proposal: Proposal) -> str:
    """Return where a proposed change stands."""
    return f"{CHANGES}/{proposal.id}"
