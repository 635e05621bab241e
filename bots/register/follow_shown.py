"""What people said of commitments, and what became of these, written for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.library.catalogue import in_words
from assistant.register.desk import Changed, Changes, Followed
from assistant.register.model import Difference, Listed, Listing
from assistant.register.rewording import reworded
from assistant.register.statements import Statement
from bots.commands.comparison_shown import marked
from bots.commands.terminal import hanging, written
from corpus.commitments.changes import Change, Shift
from corpus.commitments.model import Commitment

SIGNS: dict[Change, tuple[str, str]] = {
    "new": ("+", "green"),
    "dropped": ("−", "red"),  # noqa: RUF001  the sign for minus, as wide as the plus
    "changed": ("~", "yellow"),
    "moved": ("~", "yellow"),
    "re-assigned": ("~", "yellow"),
}
_SHIFTS: dict[Shift, str] = {
    "later": "moved to a later date",
    "earlier": "moved to an earlier date",
    "dated": "given a date",
    "undated": "left without a date",
}
_FIELDS = {"text": "Words", "activities": "Activities", "leads": "Lead", "times": "Time"}


def followed_shown(followed: Followed) -> RenderableType:
    """Write one commitment with where it stands and all that was said of it."""
    line = followed.line
    parts = [*_head(line), Text(), _status(line)]
    if line.standing.waits:
        waiting = (
            f"It was said of version {line.standing.said_of}; the commitment reads otherwise now. "
            f"Confirm it (`charter commitments confirm {line.commitment.id}`) or say another."
        )
        parts.append(written(waiting, "yellow"))
    if line.difference and line.difference.before:
        parts += [Text(), written(f"What changed: {changes_in_words(line.difference)}", "bold")]
        parts += _rewordings(line.difference.before, line.commitment)
    if followed.history:
        parts += [Text(), written("What was said", "bold")]
        parts += [_said(one) for one in reversed(followed.history)]
    return Group(*parts)


def changes_shown(found: Changes) -> RenderableType:
    """Write what became of the commitments of one version in another."""
    first, last = found.older.metadata, found.newer.metadata
    parts: list[RenderableType] = [
        written(last.title, "bold"),
        written(
            f"version {first.version} ({found.older.force}) → "
            f"version {last.version} ({found.newer.force})"
        ),
        *(written(f"! {mark}", "bold yellow") for mark in found.newer.marks),
        written(counts_in_words(found), "dim"),
    ]
    for theme, run in groupby(found.lines, key=_theme):
        parts += [Text(), written(theme or last.title, "bold cyan")]
        parts += [Padding(_changed(line), (0, 0, 0, 2)) for line in run]
    return Group(*parts)


def review_shown(listing: Listing) -> RenderableType:
    """Write what could not be read with certainty, why, and where it stands."""
    parts: list[RenderableType] = [written(listing.denominator, "bold")]
    if not listing.lines:
        parts.append(written("Nothing was marked for review."))
    for line in listing.lines:
        doubts = (written(f"! {doubt.words}", "yellow") for doubt in line.commitment.doubts)
        parts += [Text(), *_head(line), *doubts]
    return Group(*parts)


def changes_in_words(difference: Difference) -> str:
    """Say what changed in a commitment: "other words, moved to a later date"."""
    said = {"changed": "other words", "moved": _SHIFTS.get(difference.shift or "later", "moved")}
    return ", ".join(said.get(change, change) for change in difference.changes)


def counts_in_words(found: Changes) -> str:
    """Say how many commitments changed in which way."""
    if not found.lines:
        return f"Nothing changed in {found.unchanged} commitments."
    kinds: tuple[Change, ...] = ("new", "changed", "moved", "re-assigned", "dropped")
    said = ", ".join(f"{found.count(kind)} {kind}" for kind in kinds if found.count(kind))
    return f"{said}; {found.unchanged} unchanged"


def _head(line: Listed) -> Iterator[RenderableType]:
    """Write what a commitment is, whose, by when, and where it stands."""
    one, known = line.commitment, line.entry.metadata
    yield written(_title(one), "bold")
    for activity in one.activities if one.text else ():
        yield hanging(written("•"), written(_in_one_line(activity.text)))
    yield _field("Lead", "; ".join(line.leads) or "nobody named")
    when = "; ".join(_in_one_line(time.written.text) for time in one.times) or "no date"
    late = ""
    if line.overdue and line.due:
        late = f" (overdue since {in_words(line.due + timedelta(days=1))})"
    yield _field("Time", when + late)
    place = " › ".join((known.title, *one.theme))
    yield _field("Place", "; ".join((place, f"version {known.version}", *line.entry.marks)))
    yield _field("Id", one.id)


def _status(line: Listed) -> RenderableType:
    style = "bold yellow" if line.standing.waits else "bold"
    said = (
        f"{line.standing.words} (to be confirmed)" if line.standing.waits else line.standing.words
    )
    return hanging(written("Status:", "dim"), written(said, style))


def _said(statement: Statement) -> RenderableType:
    saying = statement.saying
    when = f"{statement.at:%Y-%m-%d %H:%M} UTC"
    status = f"confirmed: {saying.status}" if statement.confirms else saying.status
    parts: list[RenderableType] = [
        written(f"{when} · {status} · {saying.by} · of version {statement.version}")
    ]
    parts += [
        Padding(written(text, style), (0, 0, 0, 2))
        for text, style in ((saying.note, ""), (saying.link, "dim"))
        if text and not statement.confirms
    ]
    return Group(*parts)


def _changed(line: Changed) -> RenderableType:
    pair = line.pair
    one = pair.newer or pair.older
    if one is None:  # pragma: no cover  a pair has one of the two
        return Text()
    kind = pair.changes[0]
    difference = Difference(pair.changes, pair.older, pair.shift)
    parts: list[RenderableType] = [
        written(_title(one), SIGNS[kind][1] if kind in ("new", "dropped") else ""),
        written(changes_in_words(difference), "dim"),
    ]
    if pair.older and pair.newer:
        parts += _rewordings(pair.older, pair.newer)
    if line.standing.seen:
        waits = ", to be confirmed" if line.standing.waits else ""
        parts.append(_field("Status", f"{line.standing.words}{waits}"))
    parts.append(written(one.id, "dim"))
    return hanging(written(*SIGNS[kind]), Group(*parts))


def _rewordings(older: Commitment, newer: Commitment) -> Iterator[RenderableType]:
    for field in reworded(older, newer):
        yield written(f"{_FIELDS[field.field]}:", "dim")
        for edits in field.items:
            yield Padding(Text.assemble(*marked(edits), overflow="fold"), (0, 0, 0, 2))


def _theme(line: Changed) -> str:
    one = line.pair.newer or line.pair.older
    return " › ".join(one.theme) if one else ""


def _field(name: str, value: str) -> RenderableType:
    return hanging(written(f"{name}:", "dim"), written(value))


def _title(commitment: Commitment) -> str:
    return _in_one_line(commitment.title) or "(no words)"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
