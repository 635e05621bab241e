"""From a list of the register to the bodies that programs read."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.register.model import Difference, Listed, Listing, Standing, Value, Values
from bots.register.schemas import (
    BeforeBody,
    CommitmentBody,
    CommitmentsBody,
    DenominatorBody,
    DifferenceBody,
    DoubtBody,
    FilterBody,
    GroupBody,
    QuoteBody,
    StandingBody,
    TimeBody,
    ValueBody,
    ValuesBody,
)
from bots.register.understood import group_name, understood
from corpus.commitments.model import Commitment, Quote


def listing_body(listing: Listing, following: str | None = None) -> CommitmentsBody:
    """Describe a list; ``following`` is the address of its next page."""
    return CommitmentsBody(
        understood=[FilterBody(name=n, value=v) for n, v in understood(listing.filters)],
        as_of=listing.as_of,
        denominator=DenominatorBody(
            text=listing.denominator,
            found=listing.found,
            held=listing.held,
            documents_found=listing.documents_found,
            documents_held=listing.documents_held,
            undated=listing.undated,
            ongoing=listing.ongoing,
        ),
        sort=listing.sorting,
        group_by=listing.grouping,
        groups=[
            GroupBody(name=group_name(group.name, listing.grouping), count=group.count)
            for group in listing.groups
        ],
        offset=listing.offset,
        next=following,
        commitments=[commitment_body(listed) for listed in listing.lines],
    )


def commitment_body(listed: Listed) -> CommitmentBody:
    """Describe one line of a list."""
    one, known = listed.commitment, listed.entry.metadata
    return CommitmentBody(
        id=one.id,
        document=known.id,
        title=known.title,
        version=known.version,
        document_status=listed.entry.status,
        marks=list(listed.entry.marks),
        theme=list(one.theme),
        form=one.form,
        text=_quote(one.text) if one.text else None,
        activities=_quotes(one.activities),
        leads=list(listed.leads),
        leads_written=_quotes(one.leads),
        times=[
            TimeBody(
                written=_quote(time.written),
                kind=time.frame.kind,
                first=time.frame.first,
                last=time.frame.last,
            )
            for time in one.times
        ],
        due=listed.due,
        ongoing=listed.ongoing,
        overdue=listed.overdue,
        standing=standing_body(listed.standing),
        difference=difference_body(listed.difference) if listed.difference else None,
        doubts=[DoubtBody(kind=doubt.kind, words=doubt.words) for doubt in one.doubts],
        start=one.start,
        end=one.end,
        url=listed.url,
    )


def standing_body(standing: Standing) -> StandingBody:
    """Describe where a commitment stands."""
    return StandingBody(
        status=standing.status,
        note=standing.note,
        link=standing.link,
        by=standing.by,
        at=standing.at,
        waits=standing.waits,
        said_of=standing.said_of,
        seen=standing.seen,
    )


def values_body(values: Values) -> ValuesBody:
    """Describe what the register can be filtered by."""
    return ValuesBody(
        leads=_values(values.leads),
        themes=_values(values.themes),
        documents=_values(values.documents),
        bodies=_values(values.bodies),
        first=values.first,
        last=values.last,
    )


def difference_body(difference: Difference) -> DifferenceBody:
    """Describe how a commitment differs from what it was."""
    before = difference.before
    return DifferenceBody(
        changes=list(difference.changes),
        shift=difference.shift,
        before=before_body(before) if before else None,
    )


def before_body(before: Commitment) -> BeforeBody:
    """Describe what a commitment said in a version that it is compared with."""
    return BeforeBody(
        version=before.version,
        text=before.text.text if before.text else "",
        activities=[activity.text for activity in before.activities],
        leads=[lead.text for lead in before.leads],
        times=[time.written.text for time in before.times],
    )


def _quotes(quotes: Iterable[Quote]) -> list[QuoteBody]:
    return [_quote(quote) for quote in quotes]


def _quote(quote: Quote) -> QuoteBody:
    return QuoteBody(text=quote.text, start=quote.start, end=quote.end)


def _values(values: Iterable[Value]) -> list[ValueBody]:
    return [
        ValueBody(key=one.key, name=one.name, spellings=list(one.spellings), count=one.count)
        for one in values
    ]
