"""The gap report as a page, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.wiring import records_address
from bots import problems
from bots.hr.feedback_form import DecidedForm, decide, kept_case, last_suite
from bots.hr.feedback_query import UnansweredQuery, page_of, read_query
from bots.queries import without_empty
from bots.web.show import Show
from bots.web.voters import here
from corpus.errors import RecordNotFound, SuiteOutdated, SuiteRefused
from evals.feedback.asked import Hearing
from evals.feedback.deciding import Deciding, Subject
from evals.feedback.decisions import Decision, Decisions, LastDecided
from evals.feedback.gap_rows import GapLine, csv_of, xlsx_of
from evals.feedback.gaps import PERIODS, Gap, GapReport, Gaps, Looked
from evals.feedback.passing import CaseNow, CasesNow
from evals.suites.folder import SuiteFolder
from evals.suites.model import WHY

UNANSWERED = "/hr/unanswered"
_LOOKED_AT = 100  # gaps of a file whose nearest place is looked for; each takes 30 ms
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap as the page shows it.

    Attributes:
        looked: what its question gets now.
        decided: what a person decided last; ``again`` that it was asked since.
        case: what became of the case that was made.
    """

    gap: Gap
    looked: Looked
    decided: Decision | None
    again: bool
    case: CaseNow | None


class UnansweredPages:
    """What staff asked that the documents do not answer."""

    def __init__(self, hearing: Hearing, folder: SuiteFolder, show: Show) -> None:
        self._hearing = hearing
        self._gaps = Gaps(hearing)
        self._folder = folder
        self._show = show

    def router(self) -> APIRouter:
        """Return the routes of this page."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for method, path, answer in (
            ("GET", UNANSWERED, self.unanswered),
            ("POST", UNANSWERED, self.decide),
            ("GET", f"{UNANSWERED}.csv", self.as_csv),
            ("GET", f"{UNANSWERED}.xlsx", self.as_xlsx),
        ):
            router.add_api_route(path, answer, methods=[method], response_model=None)
        return router

    def unanswered(self, request: Request) -> Response:
        """List what was not answered, the most asked first."""
        bare = without_empty(UNANSWERED, request.query_params.multi_items())
        if bare is not None:
            return RedirectResponse(bare, HTTPStatus.SEE_OTHER)
        query, told = read_query(request, UnansweredQuery)
        return self._listed(request, query, kept=(told.get("suite", ""), told.get("kept", "")))

    def decide(self, request: Request, form: Annotated[DecidedForm, Form()]) -> Response:
        """Make a draft case, or note that it is no gap."""
        gap = self._gap(form.receipt)
        subject = Subject("unanswered", gap.wordings, gap.receipts)
        with self._decisions() as decisions:
            deciding = Deciding(self._hearing.assistant, decisions, self._folder)
            try:
                return decide(form, subject, deciding, UNANSWERED)
            except (SuiteRefused, SuiteOutdated) as error:
                return self._listed(request, UnansweredQuery(), error=error)

    def as_csv(self, request: Request) -> Response:
        """Give what is listed as CSV."""
        _, lines = self._lines(request)
        return _file(csv_of(lines), "text/csv; charset=utf-8", "unanswered.csv")

    def as_xlsx(self, request: Request) -> Response:
        """Give what is listed as an Excel workbook."""
        report, lines = self._lines(request)
        return _file(xlsx_of(report, lines), _XLSX, "unanswered.xlsx")

    def _lines(self, request: Request) -> tuple[GapReport, Sequence[GapLine]]:
        query, _ = read_query(request, UnansweredQuery)
        report = self._gaps.report(int(query.days))
        with self._decisions() as decisions:
            found = _found(report, query, LastDecided(decisions.all(), "unanswered"))
        return report, [
            GapLine(gap, self._gaps.look(gap.name) if place < _LOOKED_AT else None)
            for place, gap in enumerate(found)
        ]

    def _gap(self, receipt: str) -> Gap:
        for days in reversed(PERIODS):
            for gap in self._gaps.report(days).gaps:
                if receipt in gap.receipts:
                    return gap
        raise RecordNotFound(
            "This question is not listed any more.", "Open the list again: it may have changed."
        )

    def _listed(
        self,
        request: Request,
        query: UnansweredQuery,
        *,
        kept: tuple[str, str] = ("", ""),
        error: SuiteRefused | SuiteOutdated | None = None,
    ) -> HTMLResponse:
        report = self._gaps.report(int(query.days))
        with self._decisions() as made:
            decided, usual = LastDecided(made.all(), "unanswered"), last_suite(made)
        cases = CasesNow(self._folder)
        problem = problems.told(error) if error else None
        shown, paged = page_of(_found(report, query, decided), query, UNANSWERED)
        return self._show.render(
            request,
            "hr_unanswered.html",
            status=problem.kind.status if problem else HTTPStatus.OK,
            query=query,
            report=report,
            rows=[self._row(gap, decided.on(gap.receipts), cases) for gap in shown],
            paged=paged,
            kept=kept_case(self._folder, *kept),
            kept_suite=kept[0],
            files={kind: query.address(f"{UNANSWERED}.{kind}", page=1) for kind in ("csv", "xlsx")},
            problem=problem,
            suites=self._folder.names(),
            usual_suite=usual,
            why=WHY,
            back=here(request) if request.method == "GET" else UNANSWERED,
        )

    def _row(self, gap: Gap, decided: Decision | None, cases: CasesNow) -> GapRow:
        return GapRow(
            gap,
            self._gaps.look(gap.name),
            decided,
            bool(decided and _again(gap, decided)),
            cases.of(decided) if decided else None,
        )

    def _decisions(self) -> closing[Decisions]:
        return closing(Decisions(records_address(self._hearing.assistant.settings)))


def _found(report: GapReport, query: UnansweredQuery, decided: LastDecided) -> Sequence[Gap]:
    """Return the gaps that are asked for."""
    return [
        gap
        for gap in report.gaps
        if gap.times >= int(query.least)
        and query.holds(gap.wordings)
        and _came(gap, query.came)
        and (query.decided == "show" or _waits(gap, decided.on(gap.receipts)))
    ]


def _came(gap: Gap, came: str) -> bool:
    counted = {
        "none": gap.no_answer,
        "closest": gap.closest,
        "passed_on": gap.passed_on,
        "voted": gap.missing + gap.wrongly,
    }
    return not came or bool(counted[came])


def _waits(gap: Gap, decided: Decision | None) -> bool:
    return decided is None or _again(gap, decided)


def _again(gap: Gap, decided: Decision) -> bool:
    """Tell whether it was asked on a later day than it was decided on."""
    return gap.last > decided.decided_at.date()


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(
        data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )
