"""A list from the register, written for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.library.catalogue import in_words
from assistant.register.model import Group as Counted
from assistant.register.model import Grouping, Listed, Listing, Sorting
from bots.commands.terminal import hanging, written
from bots.register.rows import changes_of, title_of, when_written
from bots.register.understood import group_name, in_one_line

_COUNTED = {
    "lead": "Lead team",
    "theme": "Theme",
    "document": "Document",
    "status": "Status",
    "quarter": "Due in",
}
_NOTHING = {
    "lead": "nobody named",
    "theme": "no theme",
    "quarter": "no date",
}
_LONGEST_BAR = 20  # characters


def listing_shown(listing: Listing) -> RenderableType:
    """Write a list with what it lists, what was counted, and its lines."""
    parts: list[RenderableType] = [
        written(listing.denominator, "bold"),
        hanging(written("Understood as:", "dim"), written(in_one_line(listing.filters))),
        hanging(written("As of:", "dim"), written(in_words(listing.as_of))),
    ]
    if listing.grouping:
        parts += [Text(), _counts(listing)]
    headings = _HEADINGS.get(listing.sorting, _no_heading)
    for heading, lines in groupby(listing.lines, key=headings):
        parts += [Text(), *([written(heading, "bold cyan")] if heading else [])]
        parts.append(_lines(lines, by_document=listing.sorting == "document"))
    return Group(*parts, *_notes(listing))


def _counts(listing: Listing) -> Table:
    name = listing.grouping or "lead"
    most = max((group.count for group in listing.groups), default=1)
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    made.add_column(_COUNTED[name], overflow="fold", max_width=46)
    made.add_column("", justify="right")
    made.add_column("", no_wrap=True)
    for group in _in_order(listing):
        bar = "█" * max(1, round(_LONGEST_BAR * group.count / most))
        made.add_row(written(_name(group, name)), written(str(group.count)), written(bar, "cyan"))
    return made


def _in_order(listing: Listing) -> Sequence[Counted]:
    """Return what was counted; quarters in their own order, those without one last."""
    if listing.grouping != "quarter":
        return listing.groups
    return sorted(listing.groups, key=lambda group: (not group.name, group.name))


def _name(group: Counted, grouping: Grouping) -> str:
    return group_name(group.name, grouping) or _NOTHING.get(grouping, "none")


def _of_document(listed: Listed) -> str:
    known = listed.entry.metadata
    return "; ".join((f"{known.title} (version {known.version})", *listed.entry.marks))


def _no_heading(_: Listed) -> str:
    return ""


_HEADINGS: dict[Sorting, Callable[[Listed], str]] = {
    "document": _of_document,
    "theme": lambda listed: " › ".join(listed.commitment.theme) or _NOTHING["theme"],
    "status": lambda listed: listed.standing.status,
}


def _lines(lines: Iterable[Listed], *, by_document: bool) -> Table:
    made = Table(box=None, padding=(0, 2, 1, 0), show_header=False, pad_edge=False)
    made.add_column("Due", width=12, overflow="fold")
    made.add_column("Lead", width=20, overflow="fold")
    made.add_column("Commitment", overflow="fold", ratio=1)
    for listed in lines:
        id_, document = listed.commitment.id, listed.commitment.document
        name = id_ if by_document else f"{id_} · {document}"
        made.add_row(_due(listed), _leads(listed), _what(listed, name))
    return made


def _due(listed: Listed) -> Text:
    said = [written(when_written(listed) or "no date", "" if listed.commitment.times else "dim")]
    if listed.overdue:
        said.append(written("overdue", "bold red"))
    return Text("\n").join(said)


def _leads(listed: Listed) -> Text:
    return written("\n".join(listed.leads)) if listed.leads else written("–", "dim")


def _what(listed: Listed, name: str) -> Text:
    said = [written(title_of(listed))]
    standing = listed.standing
    if standing.status != "not started" or standing.by:
        note = f": {standing.note}" if standing.note else ""
        said.append(written(f"{standing.status}{note}", "green"))
    if standing.waits:
        said.append(written("changed since: the status waits to be confirmed", "yellow"))
    changed = changes_of(listed)
    if changed:
        said.append(written(f"{changed} since the version before", "yellow"))
    said += [written(f"! {doubt.words}", "yellow") for doubt in listed.commitment.doubts]
    said.append(written(name, "dim"))
    return Text("\n").join(said)


def _notes(listing: Listing) -> Iterator[RenderableType]:
    first, shown = listing.offset + 1, listing.offset + len(listing.lines)
    if shown - listing.offset < listing.found:
        yield written(f"Lines {first:,} to {shown:,} of {listing.found:,}.", "dim")
    if listing.sorting != "document":
        for said in dict.fromkeys(_of_document(line) for line in listing.lines if line.entry.marks):
            yield hanging(written("!", "yellow"), written(said))
