"""What the lists of votes and of unanswered questions are asked for, as it stands in addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar
from urllib.parse import parse_qsl, urlencode

from pydantic import Field
from starlette.requests import Request

from bots.queries import LONGEST, ListedQuery

PAGE = 20  # clusters on a page


class FeedbackQuery(ListedQuery):
    """The filters of both lists.

    Attributes:
        days: how far to look back.
        words: that the question holds.
        decided: what somebody decided on, too.
        page: from 1.
    """

    days: Literal["30", "90", "365"] = "90"
    words: str = Field(default="", max_length=LONGEST)
    decided: Literal["hide", "show"] = "hide"
    page: int = Field(default=1, ge=1, le=100_000)

    def holds(self, wordings: tuple[str, ...]) -> bool:
        """Tell whether a question has the words that are looked for."""
        said = " ".join(wordings).casefold()
        return all(word in said for word in self.words.casefold().split())


class VotesQuery(FeedbackQuery):
    """The filters of votes."""

    kind: Literal["unhelpful", "helpful"] = "unhelpful"
    reason: Literal["", "wrong", "out_of_date", "missing", "should_refuse", "not_my_case"] = ""


class UnansweredQuery(FeedbackQuery):
    """The filters of unanswered questions.

    Attributes:
        least: how often it was asked, at least.
        came: what came of it.
    """

    least: Literal["1", "2", "5"] = "1"
    came: Literal["", "none", "closest", "passed_on", "voted"] = ""


_Query = TypeVar("_Query", bound=FeedbackQuery)
_Shown = TypeVar("_Shown")
_TOLD = frozenset({"kept", "suite", "decided_now"})


@dataclass(frozen=True, slots=True)
class Paged:
    """Which page of a list is shown.

    Attributes:
        before, after: addresses of those beside it; empty where there is none.
    """

    found: int
    page: int
    pages: int
    before: str
    after: str


def read_query(request: Request, kind: type[_Query]) -> tuple[_Query, Mapping[str, str]]:
    """Return the filters of an address, and what it says of what was done just now.

    Raises:
        FilterUnreadable: a value has no meaning; the message names it.
    """
    given = request.query_params.multi_items()
    told = {name: value for name, value in given if name in _TOLD}
    rest = [(name, value) for name, value in given if name not in _TOLD]
    return kind.typed(kind.gathered(rest)), told


def without_told(address: str) -> str:
    """Return the address of a list that says nothing of what was done."""
    path, _, query = address.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in _TOLD]
    return f"{path}?{urlencode(kept)}" if kept else path


def page_of(
    found: Sequence[_Shown], query: FeedbackQuery, path: str
) -> tuple[Sequence[_Shown], Paged]:
    """Return what stands on the page that is asked for; the last one where there are fewer."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(query.page, pages)
    before = query.address(path, page=page - 1) if page > 1 else ""
    after = query.address(path, page=page + 1) if page < pages else ""
    shown = found[(page - 1) * PAGE : page * PAGE]
    return shown, Paged(len(found), page, pages, before, after)
