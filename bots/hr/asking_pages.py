"""Ask a question, point at the right sentence, keep both as a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from assistant.ask import Assistant
from assistant.reply import LONGEST_QUESTION, NoAnswer, Reply
from assistant.searching import Search
from assistant.writing.wire import outcome
from bots import problems
from bots.hr.addresses import suite_address
from bots.hr.case_form import CaseForm
from bots.hr.case_pages import CasePages
from bots.web.show import Show
from corpus.errors import CharterError, QuestionError, SuiteOutdated, SuiteRefused
from evals.suites.authoring.editing import case_named, enter, put
from evals.suites.authoring.sentences import Group, Pointing, beside
from evals.suites.files.checking import OnShelf
from evals.suites.folder import SuiteFolder
from evals.suites.model import WHY, Case, Evidence

_ASK = "/hr/suites/{name}/ask"
_FOUND = 8  # passages of a search whose sentences are shown

Asked = Annotated[str, Query(max_length=LONGEST_QUESTION)]
Words = Annotated[str, Query(max_length=500)]


class Pointed(BaseModel):
    """What somebody pointed at.

    Attributes:
        case: id of the case that it is pointed out for; empty for a new one.
        pick: sentences, as ``Sentence.pick`` has them.
        fact: what must be said, chosen among the facts of the sentences.
        more: further facts, one on each line.
        do: keep it as a question to answer or to refuse, or edit it before.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite_state: str = Field(default="", max_length=64)
    case: str = Field(default="", max_length=500)
    question: str = Field(default="", max_length=LONGEST_QUESTION)
    pick: list[str] = Field(default_factory=list)
    fact: list[str] = Field(default_factory=list)
    more: str = Field(default="", max_length=10_000)
    why: str = Field(default="", max_length=100)
    do: str = Field(default="keep", max_length=20)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a page shows to point at.

    Attributes:
        reply: what Charter says now; None where nothing is asked.
        quoted: sentences around what it quotes.
        elsewhere: sentences of what somebody looks for or opens.
    """

    reply: Reply | None = None
    quoted: Sequence[Group] = ()
    elsewhere: Sequence[Group] = ()
    error: CharterError | None = None

    @property
    def chosen(self) -> int:
        """How many sentences Charter quoted."""
        return sum(one.chosen for group in self.quoted for one in group.sentences)


class AskingPages:
    """Cases from live answers."""

    def __init__(
        self, assistant: Assistant, folder: SuiteFolder, show: Show, cases: CasePages
    ) -> None:
        """Take what is asked, where cases are kept, and the pages that mend them."""
        self._assistant = assistant
        self._folder = folder
        self._show = show
        self._cases = cases

    def router(self) -> APIRouter:
        """Return the routes of these pages."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route(_ASK, self.ask, response_model=None)
        router.add_api_route(_ASK, self.keep, methods=["POST"], response_model=None)
        return router

    def ask(  # noqa: PLR0913  what an address can ask for
        self,
        request: Request,
        name: str,
        *,
        q: Asked = "",
        find: Words = "",
        document: Words = "",
        section: Annotated[int, Query(ge=-1)] = -1,
        case: Words = "",
        kept: Words = "",
    ) -> HTMLResponse:
        """Show the box, the live answer, and sentences to point at."""
        looked = self._look(q, find, document, section)
        asked: dict[str, Any] = {"q": q, "find": find, "document": document, "section": section}
        return self._shown(request, name, looked, **asked, case=case, kept=kept)

    def keep(self, request: Request, name: str, pointed: Annotated[Pointed, Form()]) -> Response:
        """Keep a question with what was pointed at; or show the form of the case before."""
        try:
            suite = self._folder.open(name).suite
            before = case_named(suite, pointed.case) if pointed.case else None
            form = self._form(pointed, before)
            entered = enter(form.said, OnShelf(self._assistant.shelf()), before)
            if pointed.do == "edit" or not (entered.case and entered.sound):
                return self._cases.filled(request, name, form, before)
            suite, case = put(suite, entered.case, was=pointed.case)
            self._folder.write(name, suite, state=pointed.suite_state)
        except (SuiteRefused, SuiteOutdated) as error:
            looked = self._look(pointed.question, "", "", -1, pointed.pick)
            asked = {"q": pointed.question, "case": pointed.case}
            return self._shown(request, name, looked, pointed, error=error, **asked)
        told = urlencode({"kept": case.id})
        return RedirectResponse(f"{suite_address(name, 'ask')}?{told}", HTTPStatus.SEE_OTHER)

    def _form(self, pointed: Pointed, before: Case | None) -> CaseForm:
        """Return the case that was pointed out, as its form has it.

        Of a case that is there its places are replaced, and what must be said is added to.
        """
        form = CaseForm.of(before, pointed.suite_state) if before else CaseForm()
        refused = pointed.do == "refuse"
        pointing = Pointing(self._assistant.shelf())
        places: list[Evidence] = []
        if not refused:
            places = [pointing.picked(pick)[0] for pick in dict.fromkeys(pointed.pick)]
            if pointed.do == "keep" and not (places or pointed.fact or pointed.more.strip()):
                raise SuiteRefused(
                    "Nothing says what a right answer is.",
                    "Point at the sentence that answers, or write what must be said.",
                )
        facts = dict.fromkeys((*form.must_say.splitlines(), *pointed.fact, pointed.more.strip()))
        return form.model_copy(
            update={
                "suite_state": pointed.suite_state,
                "question": form.question or pointed.question,
                "expected": "refuse" if refused else "answer",
                "why": pointed.why if refused else "",
                "must_say": "" if refused else "\n".join(filter(None, facts)),
                "document": [one.document for one in places],
                "section": [one.section for one in places],
                "quote": [one.quote for one in places],
            }
        )

    def _look(
        self, q: str, find: str, document: str, section: int, picks: Sequence[str] = ()
    ) -> Looked:
        """Answer a question anew, and gather what can be pointed at, or was."""
        if not q.strip():
            return Looked()
        pointing = Pointing(self._assistant.shelf())
        try:
            reply = self._assistant.trial(q.replace("\r\n", "\n"))
            cited = () if isinstance(reply, NoAnswer) else reply.citations
            elsewhere = self._elsewhere(pointing, find, document, section)
        except QuestionError as error:
            return Looked(error=error)
        quoted = pointing.around(cited)
        return Looked(reply, quoted, beside(quoted, (*pointing.again(picks), *elsewhere)))

    def _elsewhere(
        self, pointing: Pointing, find: str, document: str, section: int
    ) -> Sequence[Group]:
        """Return the sentences of passages with some words, or of a section that is opened."""
        if find.strip():
            search = Search(find, limit=_FOUND, facets=False)
            return pointing.at(
                (one.entry.key, one.text.start, one.text.end)
                for one in self._assistant.find_passages(search).passages
            )
        if document and section >= 0 and pointing.shelf.index.holds(document):
            return pointing.section(document, section)
        return ()

    def _shown(
        self,
        request: Request,
        name: str,
        looked: Looked,
        pointed: Pointed | None = None,
        *,
        error: CharterError | None = None,
        **asked: Any,
    ) -> HTMLResponse:
        stored, error = self._folder.open(name), error or looked.error
        problem = problems.told(error) if error else None
        shelf = self._assistant.shelf()
        blank = {"q": "", "find": "", "document": "", "section": -1, "case": "", "kept": ""}
        shown = {**blank, **asked}
        opened = str(shown["document"])
        return self._show.render(
            request,
            "hr_ask.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            stored=stored,
            looked=looked,
            pointed=pointed or Pointed(),
            # one sentence is likely the right one; of several somebody has to choose
            ticked=pointed is None and looked.chosen == 1,
            outcome=outcome(looked.reply) if looked.reply else "",
            problem=problem,
            why=WHY,
            entries=[one for one in shelf.entries() if one.force == "in force"],
            sections=shelf.index.document(opened).sections if shelf.index.holds(opened) else (),
            **shown,
        )
