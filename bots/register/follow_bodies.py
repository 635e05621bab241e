"""What people say of commitments, and what became of these, as programs send and read it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from assistant.register.desk import Changed, Changes, Followed
from assistant.register.model import Change, Shift, Status
from assistant.register.rewording import FieldName, reworded
from assistant.register.statements import (
    LONGEST_LINK,
    LONGEST_NAME,
    LONGEST_NOTE,
    STATUSES,
    Statement,
)
from assistant.writing.addresses import place_address
from bots.api.schemas import Body, EditBody, SentBody, VersionBody
from bots.api.shapes import edit_body, version_body
from bots.register.bodies import before_body, commitment_body, standing_body
from bots.register.schemas import BeforeBody, CommitmentBody, StandingBody
from corpus.commitments.model import Commitment
from corpus.commitments.wording import wording_of

# nothing, or an address without a name or password in it
_WEB = r"^$|^https?://[A-Za-z0-9.-]*[A-Za-z0-9](:[1-9][0-9]{0,3})?(/[A-Za-z0-9/._~%?=&#-]*)?$"


class ConfirmBody(SentBody):
    """Who confirms a status."""

    # how long a text may be the assistant checks, so that every door refuses with the same words
    by: str = Field(
        description="Who says it.",
        examples=["Anna Roth"],
        json_schema_extra={"minLength": 1, "maxLength": LONGEST_NAME, "pattern": r"\S"},
    )
    if_seen: int | None = Field(
        None,
        description="`standing.seen` of what was looked at: refused if somebody spoke since. Left "
        "out, it is kept whatever was said.",
    )


class StatusBody(ConfirmBody):
    """What somebody says of a commitment."""

    status: str = Field(
        description="“not started”, “in progress”, “delivered”, “dropped” or “superseded”.",
        examples=["in progress"],
        json_schema_extra={"enum": list(STATUSES)},
    )
    note: str = Field("", json_schema_extra={"maxLength": LONGEST_NOTE})
    link: str = Field(
        "",
        description="Evidence: an http or https address.",
        examples=["https://intranet.example.org/minutes/12"],
        json_schema_extra={"maxLength": LONGEST_LINK, "pattern": _WEB},
    )


class StatementBody(Body):
    """What somebody said of a commitment once."""

    number: int
    status: Status
    note: str
    link: str
    by: str
    at: datetime
    version: str = Field(description="Of the document, that it was said of.")
    confirms: bool = Field(description="It only says that the status before holds.")
    same_words: bool = Field(description="The commitment read then as it reads now.")


class RewordedBody(Body):
    """A field of a commitment whose words changed."""

    field: FieldName
    items: list[list[EditBody]] = Field(
        description="Each of its texts as runs of words that stayed, went and came."
    )


class FollowedBody(Body):
    """One commitment, how it was worded before, and all that was said of it."""

    commitment: CommitmentBody
    rewordings: list[RewordedBody]
    history: list[StatementBody] = Field(
        description="In the order of saying; of what it was in earlier versions, too."
    )


class SaidBody(BeforeBody):
    """A commitment of one of two versions."""

    id: str
    theme: list[str]
    start: int
    end: int
    url: str


class ChangedBody(Body):
    """A commitment that is not the same in both versions."""

    changes: list[Change]
    shift: Shift | None = Field(description="Where the date of a “moved” one went.")
    older: SaidBody | None
    newer: SaidBody | None
    rewordings: list[RewordedBody]
    standing: StandingBody = Field(description="In the older version where it was dropped.")


class ChangesBody(Body):
    """What became of the commitments of one version in another, in the newer reading order."""

    id: str
    title: str
    older: VersionBody
    newer: VersionBody
    unchanged: int = Field(description="How many commitments are the same in both.")
    changes: list[ChangedBody]


def followed_body(followed: Followed) -> FollowedBody:
    """Describe a commitment and all that was said of it."""
    line = followed.line
    before = line.difference.before if line.difference else None
    digest = wording_of(line.commitment).digest
    return FollowedBody(
        commitment=commitment_body(line),
        rewordings=_rewordings(before, line.commitment),
        history=[_statement(one, digest) for one in followed.history],
    )


def changes_body(found: Changes) -> ChangesBody:
    """Describe what became of the commitments of one version in another."""
    return ChangesBody(
        id=found.newer.metadata.id,
        title=found.newer.metadata.title,
        older=version_body(found.older),
        newer=version_body(found.newer),
        unchanged=found.unchanged,
        changes=[_changed(line) for line in found.lines],
    )


def _changed(line: Changed) -> ChangedBody:
    pair = line.pair
    return ChangedBody(
        changes=list(pair.changes),
        shift=pair.shift,
        older=_said(pair.older),
        newer=_said(pair.newer),
        rewordings=_rewordings(pair.older, pair.newer),
        standing=standing_body(line.standing),
    )


def _said(one: Commitment | None) -> SaidBody | None:
    if one is None:
        return None
    return SaidBody(
        **before_body(one).model_dump(),
        id=one.id,
        theme=list(one.theme),
        start=one.start,
        end=one.end,
        url=place_address(one.document, one.version, start=one.start, end=one.end),
    )


def _rewordings(older: Commitment | None, newer: Commitment | None) -> list[RewordedBody]:
    if older is None or newer is None:
        return []
    return [
        RewordedBody(
            field=one.field, items=[[edit_body(edit) for edit in item] for item in one.items]
        )
        for one in reworded(older, newer)
    ]


def _statement(one: Statement, digest: str) -> StatementBody:
    return StatementBody(
        number=one.number,
        status=one.saying.status,
        note=one.saying.note,
        link=one.saying.link,
        by=one.saying.by,
        at=one.at,
        version=one.version,
        confirms=one.confirms,
        same_words=one.digest == digest,
    )
