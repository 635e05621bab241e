"""Every page for HR, behind one entry."""

from __future__ import annotations

from fastapi import Depends, FastAPI

from assistant.ask import Assistant
from assistant.ledgers import Ledgers
from assistant.wiring import with_folder
from bots import problems
from bots.hr.asking_pages import AskingPages
from bots.hr.case_pages import CasePages
from bots.hr.document_pages import DocumentPages
from bots.hr.draft_pages import DraftPages
from bots.hr.entry_pages import EntryPages
from bots.hr.import_pages import ImportPages
from bots.hr.run_pages import RunPages
from bots.hr.suite_pages import SuitePages
from bots.hr.unanswered_pages import UnansweredPages
from bots.hr.votes_pages import VotesPages
from bots.web.show import Show
from evals.feedback.asked import Hearing
from evals.suites.change.checks import Checks
from evals.suites.folder import SuiteFolder
from evals.suites.running import Running
from indexing.proposals import Proposals

_MOST_NEW = 1_000  # questions that are compared anew while somebody waits for a page: 5 s


def add_to(app: FastAPI, assistant: Assistant, ledgers: Ledgers, show: Show) -> None:
    """Add the pages; all but the one that takes the key are for HR alone."""
    folder = SuiteFolder(assistant.settings.suites_folder)
    running = Running(assistant, folder, _unexpected)
    entry = EntryPages(show)
    app.include_router(entry.router())
    entry.add_to(app)
    settings = assistant.settings
    proposals = Proposals(settings.home, with_folder(settings).corpus)
    checks = Checks(settings, proposals, _unexpected)
    suites = SuitePages(assistant, folder, running, show)
    cases = CasePages(assistant, folder, show, suites)
    hearing = Hearing(assistant, ledgers, most_new=_MOST_NEW)
    for pages in (
        suites,
        RunPages(assistant, folder, running, show),
        cases,
        AskingPages(assistant, folder, show, cases),
        ImportPages(assistant, folder, show),
        DraftPages(assistant, folder, show),
        VotesPages(hearing, folder, show),
        UnansweredPages(hearing, folder, show),
        DocumentPages(settings, proposals, checks, show),
    ):
        app.include_router(pages.router(), dependencies=[Depends(show.entry.require)])


def _unexpected(error: Exception) -> str:
    problem = problems.unexpected(error)
    return f"Something went wrong in Charter (error {problem.id})."
