"""Which documents or passages are wanted, as it stands in an address or was typed."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field

from assistant.library.finding import DocumentFilters, Sorting
from assistant.searching import MOST as MOST_FOUND
from assistant.searching import PAGE, Search
from bots.api.schemas import Day
from bots.queries import LONGEST, MOST, ListedQuery, spaced
from corpus.model import Status

LARGEST_PAGE = 1_000  # documents
LARGEST_OFFSET = 10_000_000

Text = Annotated[str, Field(max_length=LONGEST)]
Texts = Annotated[list[Text], Field(max_length=MOST)]
Statuses = Annotated[list[Status], BeforeValidator(spaced), Field(max_length=MOST)]


class LibraryQuery(ListedQuery):
    """Filters on documents; all must be met, and of several values of one field any."""

    kind: Texts = Field([], description="Such as `policy` or `strategy`.", examples=[["policy"]])
    organisation: Texts = Field([], description="Whose document it is; `none` where it names none.")
    status: Statuses = Field(
        [], description="On the day asked about: whether its rules hold, or that it is a sample."
    )
    audience: Texts = Field(
        [], description="A group that may read it; `everybody` is what is for no group."
    )
    owner: Texts = Field([], description="Who keeps it; `none` where it names nobody.")
    language: Texts = Field([], description="Its code, such as `en`.")
    document: Texts = Field([], description="A document’s id.")
    title: Text = Field("", description="Words that must all stand in the title.")
    effective_on: Day = Field(None, description="A day on which its rules hold.")
    effective_after: Day = Field(None, description="Effective from this day or a later one.")
    effective_before: Day = Field(None, description="Effective from this day or an earlier one.")
    as_of: Day = Field(None, description="The day on which it is looked at; today when left out.")

    @property
    def filters(self) -> DocumentFilters:
        """Return the filters as the library takes them."""
        return DocumentFilters(
            document=tuple(self.document),
            kind=tuple(self.kind),
            organisation=tuple(self.organisation),
            status=tuple(self.status),
            audience=tuple(self.audience),
            owner=tuple(self.owner),
            language=tuple(self.language),
            title=self.title,
            effective_on=self.effective_on,
            effective_after=self.effective_after,
            effective_before=self.effective_before,
        )


_FILTERS = tuple(name for name in LibraryQuery.model_fields if name != "as_of")


class DocumentsQuery(LibraryQuery):
    """Which documents are wanted, in which order, and which page of them."""

    sort: Sorting = Field("index", description="What they are sorted by; `index` is as read.")
    descending: bool = Field(default=False, description="Turn the order around.")
    limit: int | None = Field(
        None, ge=1, le=LARGEST_PAGE, description="How many at most; all when left out."
    )
    offset: int = Field(0, ge=0, le=LARGEST_OFFSET, description="How many before the page.")


class SearchQuery(LibraryQuery):
    """Which passages are wanted, and which page of them."""

    q: str = Field("", description="A question or some words: 1 to 4,000 characters of text.")
    all_versions: bool = Field(
        default=False, description="Also versions that are not in force on the day."
    )
    limit: int = Field(PAGE, ge=1, le=MOST_FOUND, description="Passages of a page.")
    offset: int = Field(0, ge=0, le=LARGEST_OFFSET, description="Passages before the page.")

    @property
    def free(self) -> Self:
        """The same words on the same day, without filters."""
        usual = {name: self.usual(name) for name in _FILTERS}
        return self.model_copy(update={**usual, "offset": 0})

    @property
    def search(self) -> Search:
        """Return it as the assistant takes it."""
        return Search(
            self.q.replace("\r\n", "\n"),  # how a form sends a line break
            self.filters,
            self.as_of,
            every_version=self.all_versions,
            offset=self.offset,
            limit=self.limit,
        )
