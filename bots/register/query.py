"""What a list is asked for, as it is typed or stands in an address: one form for every door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self, get_args

from pydantic import BeforeValidator, Field

from assistant.ask import Assistant
from assistant.library.audience import EVERYBODY
from assistant.register.due import read_due
from assistant.register.model import Filters, Grouping, Listing, Sorting, Status, View
from assistant.register.named import named, names_any
from bots.api.schemas import Day
from bots.queries import LONGEST, MOST, ListedQuery, spaced
from corpus.errors import FilterUnreadable

PAGE = 100  # lines
LARGEST_PAGE = 1_000  # lines
STATUSES: tuple[Status, ...] = get_args(Status)

Text = Annotated[str, Field(max_length=LONGEST)]
Texts = Annotated[list[Text], Field(max_length=MOST)]
Statuses = Annotated[list[Status], BeforeValidator(spaced), Field(max_length=MOST)]


class ListQuery(ListedQuery):
    """Which commitments are wanted, and in which order; all filters must be met.

    Of several values of one field, any must be met. What is left out lets everything through.
    """

    lead: Texts = Field(
        [], description="A lead team, in any of its spellings.", examples=[["HR Operations"]]
    )
    due: Text = Field(
        "",
        description="When it falls due: `Q1 2024`, `by mid-2024`, `2024`, `before 2025-03-01`, "
        "`this quarter`, `ongoing`, `none`, `overdue`.",
        examples=["by mid-2024"],
    )
    theme: Texts = Field([], description="Words of a heading that it stands under.")
    document: Texts = Field([], description="A document’s id.")
    body: Texts = Field([], description="Whose it is: an organisation, or a body that it names.")
    status: Statuses = Field([], description="Of the follow-up.")
    search: Text = Field(
        "", description="Words that must all stand in it, its activities or its theme."
    )
    review: bool = Field(default=False, description="Only what a person should look at.")
    as_of: Day = Field(None, description="The day on which it is looked at; today when left out.")
    sort: Sorting = Field("document", description="What the lines are sorted by.")
    descending: bool = Field(default=False, description="Turn the order around.")

    @property
    def but_for_time(self) -> Filters:
        """Return the filters, without what must be read as a time first."""
        return Filters(
            leads=tuple(self.lead),
            themes=tuple(self.theme),
            documents=tuple(self.document),
            bodies=tuple(self.body),
            statuses=tuple(self.status),
            words=self.search,
            review=self.review,
        )


class CommitmentsQuery(ListQuery):
    """Which commitments are wanted, what is counted, and which page is shown."""

    group_by: Grouping | None = Field(None, description="What to count all that were found by.")
    limit: int = Field(PAGE, ge=1, le=LARGEST_PAGE, description="Lines of a page.")
    offset: int = Field(0, ge=0, le=10_000_000, description="Lines before the page.")

    @property
    def whole(self) -> ListQuery:
        """The same without a page."""
        return ListQuery.model_construct(**{name: getattr(self, name) for name in _OF_LIST})


_OF_LIST = tuple(ListQuery.model_fields)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the register takes it."""

    filters: Filters
    view: View
    as_of: date

    @classmethod
    def of(cls, query: ListQuery, today: date) -> Self:
        """Read a query.

        Raises:
            FilterUnreadable: a filter of it has no meaning.
        """
        due = read_due(query.due, today)
        if due.as_of and query.as_of and due.as_of != query.as_of:
            raise FilterUnreadable(
                f"Two days are asked for: {due.as_of} and {query.as_of}.", "Leave one out."
            )
        view = View(query.sort, query.descending)
        if isinstance(query, CommitmentsQuery):
            view = View(
                query.sort, query.descending, query.group_by, query.offset, limit=query.limit
            )
        return cls(due.applied(query.but_for_time), view, query.as_of or due.as_of or today)

    def listed(self, assistant: Assistant, groups: frozenset[str] = EVERYBODY) -> Listing:
        """Return the list that is asked for, for somebody in some groups.

        Raises:
            FilterUnreadable: a filter names what the register does not hold.
        """
        filters = self.filters
        if names_any(filters):
            filters = named(filters, assistant.register_values(as_of=self.as_of, groups=groups))
        return assistant.commitments(filters, view=self.view, as_of=self.as_of, groups=groups)
