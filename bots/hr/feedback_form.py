"""What somebody decides of votes or of an unanswered question, as a form sends it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal
from urllib.parse import urlencode

from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from bots.hr.addresses import suite_address
from bots.hr.feedback_query import without_told
from bots.http.own_address import own_address
from corpus.errors import SuiteRefused
from evals.feedback.deciding import Deciding, Make, Subject
from evals.feedback.decisions import Decisions
from evals.suites.folder import SuiteFolder
from evals.suites.model import WHY, Case

USUAL_SUITE = "Feedback"
_MAKES: tuple[Make, ...] = ("answer", "refuse", "watch")


class DecidedForm(BaseModel):
    """The fields.

    Attributes:
        receipt: one of the receipts that are decided on; the others of its cluster go with it.
        do: the button: what draft is made, or that none is.
        suite: that the draft goes into.
        why: of a question to refuse.
        reason: of what is no problem, in words of whoever decides.
        back: the list that was looked at.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    receipt: str = Field(max_length=100)
    do: Literal["answer", "refuse", "watch", "no problem", "done"]
    suite: str = Field(default="", max_length=200)
    why: str = Field(default="not in documents", max_length=100)
    reason: str = Field(default="", max_length=500)
    back: str = Field(default="", max_length=2_000)


def decide(form: DecidedForm, subject: Subject, deciding: Deciding, usual: str) -> Response:
    """Do what somebody decided, and lead on: to where the answer is pointed at, or back.

    Args:
        form: what was sent.
        subject: what it is about.
        deciding: keeps it.
        usual: address of the list.

    Raises:
        SuiteRefused, SuiteUnusable, StorageError: the draft cannot be kept; nothing is decided.
    """
    back = without_told(own_address(form.back, usual))
    make = next((one for one in _MAKES if one == form.do), None)
    if make is None:
        deciding.decide(subject, "no problem" if form.do == "no problem" else "done", form.reason)
        return _led(back, {"decided_now": "1"})
    why = next((one for one in WHY if one == form.why), None)
    if why is None:
        raise SuiteRefused(f"“{form.why}” is no reason.", f"Choose one of {', '.join(WHY)}.")
    case = deciding.draft(form.suite or USUAL_SUITE, subject, make=make, why=why)
    suite = (form.suite or USUAL_SUITE).strip()
    if make == "answer":
        return _led(suite_address(suite, "ask"), {"q": case.question, "case": case.id})
    return _led(back, {"kept": case.id, "suite": suite})


def last_suite(decisions: Decisions) -> str:
    """Return the suite that a draft was put into last."""
    return next((one.suite for one in reversed(decisions.all()) if one.suite), USUAL_SUITE)


def kept_case(folder: SuiteFolder, suite: str, name: str) -> Case | None:
    """Return the case that was kept just now, if the address tells the truth."""
    if not (suite and name and suite in folder.names()):
        return None
    return next((one for one in folder.open(suite).suite.cases if one.id == name), None)


def _led(address: str, told: dict[str, str]) -> Response:
    divider = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{divider}{urlencode(told)}", HTTPStatus.SEE_OTHER)
