"""Every page for HR, behind one entry."""

from __future__ import annotations

from fastapi import Depends, FastAPI

from assistant.ask import Assistant
from assistant.wiring import with_folder
from bots import problems
from bots.hr.asking_pages import AskingPages
from bots.hr.case_pages import CasePages
from bots.hr.document_pages import DocumentPages
from bots.hr.entry_pages import EntryPages
from bots.hr.import_pages import ImportPages
from bots.hr.run_pages import RunPages
from bots.hr.suite_pages import SuitePages
from bots.web.show import Show
from evals.suites.checks import Checks
from evals.suites.folder import SuiteFolder
from evals.suites.running import Running
from indexing.proposals import Proposals


def add_to(app: FastAPI, assistant: Assistant, show: Show) -> None:
    """Add the pages; all but the one that takes the key are for HR alone."""
    folder = SuiteFolder(assistant.settings.suites_folder)
    running = Running(assistant, folder, _unexpected)
    entry = EntryPages(show)
    app.include_router(entry.router())
    entry.add_to(app)
    settings = assistant.settings
    proposals = Proposals(settings.home, with_folder(settings).corpus)
    checks = Checks(settings, proposals, _unexpected)
    cases = CasePages(assistant, folder, show)
    for pages in (
        SuitePages(assistant, folder, running, show),
        RunPages(assistant, folder, running, show),
        cases,
        AskingPages(assistant, folder, show, cases),
        ImportPages(assistant, folder, show),
        DocumentPages(settings, proposals, checks, show),
    ):
        app.include_router(pages.router(), dependencies=[Depends(show.entry.require)])


def _unexpected(error: Exception) -> str:
    problem = problems.unexpected(error)
    return f"Something went wrong in Charter (error {problem.id})."
