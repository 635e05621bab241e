"""What an import would do, as words in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bots.commands.terminal import written
from evals.suites.authoring.proposal import Proposal
from evals.suites.files.preview import Change, Preview
from evals.suites.files.proposed import Proposed, Proposing
from evals.suites.files.read import Problem

_LONGEST = 200  # characters of a text that changes
_PINS = ("version", "text hash")  # that Charter fills in by itself


def preview_shown(
    proposing: Proposing, into: Path, *, written: bool, removed: bool
) -> RenderableType:
    """Write what is new, what changes and what is wrong, then what was done."""
    preview = proposing.preview
    rows = list(_rows(preview))
    parts: list[RenderableType] = [_table(preview, rows)] if rows else []
    open_ones = [one for one in proposing.proposed if not _is_accepted(one, preview)]
    if open_ones:
        parts += _proposals_shown(open_ones, preview)
    parts += [Text(line) for line in _ended(preview, into, done=written, removed=removed)]
    if any(one.proposals for one in open_ones):
        parts.append(Text("--accept-proposals takes the first place proposed for each."))
    return Group(*parts)


def preview_body(proposing: Proposing, *, written: bool) -> dict[str, object]:
    """Return the same for programs."""
    preview = proposing.preview
    return {
        "written": written,
        "unit": preview.unit,
        "about": [_change_body(one) for one in preview.about],
        "new": [{"row": row, "id": case.id} for row, case in preview.new],
        "changed": [
            {
                "row": one.row,
                "id": one.case.id,
                "changes": [_change_body(change) for change in one.changes],
            }
            for one in preview.changed
        ],
        "same": list(preview.same),
        "gone": list(preview.gone),
        "rejected": [_problem_body(one) for one in preview.rejected],
        "out_of_date": [_problem_body(one) for one in preview.out_of_date],
        "remarks": [_problem_body(one) for one in preview.remarks],
        "accepted": [_problem_body(one) for one in preview.accepted],
        "proposed": [
            {
                "row": one.row,
                "id": one.case.id,
                "accepted": _is_accepted(one, preview),
                "proposals": [_proposal_body(proposal) for proposal in one.proposals],
            }
            for one in proposing.proposed
        ],
    }


def _proposal_body(one: Proposal) -> dict[str, object]:
    place = one.evidence
    return {
        "document": place.document,
        "section": place.section,
        "quote": place.quote,
        "says": list(one.says),
        "cited": one.cited,
        "why": one.why,
    }


def _is_accepted(one: Proposed, preview: Preview) -> bool:
    return any(case.evidence for case in preview.suite.cases if case.id == one.case.id)


def _proposals_shown(proposed: Sequence[Proposed], preview: Preview) -> list[RenderableType]:
    """Write the places that are proposed, under the row of their case."""
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    made.add_column(preview.unit.capitalize(), justify="right", no_wrap=True)
    made.add_column("Case", overflow="fold", max_width=26)
    made.add_column("", overflow="fold", ratio=1)
    for one in proposed:
        places = [_proposal_shown(proposal) for proposal in one.proposals]
        nothing = written("no place is found that says it", "yellow")
        made.add_row(str(one.row), written(one.case.id), Text("\n").join(places or [nothing]))
    count = len(proposed)
    said = f"{count} case{'' if count == 1 else 's'} name{'s' if count == 1 else ''} no place"
    return [Text(), written(f"{said}; proposals:"), made, Text()]


def _proposal_shown(one: Proposal) -> Text:
    where = " › ".join(filter(None, (one.title, one.evidence.section)))
    return written(f"“{_short(one.evidence.quote)}”\n  {where}. {one.why}")


def _change_body(one: Change) -> dict[str, object]:
    return {"field": one.field, "old": one.old, "new": one.new}


def _problem_body(one: Problem) -> dict[str, object]:
    return {"row": one.row, "id": one.case, "reason": one.reason, "offer": one.offer}


def _table(preview: Preview, rows: list[tuple[int, str, str, Text]]) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    made.add_column(preview.unit.capitalize(), justify="right", no_wrap=True)
    made.add_column("", no_wrap=True)
    made.add_column("Case", overflow="fold", max_width=26)
    made.add_column("", overflow="fold", ratio=1)
    for row, kind, case, said in rows:
        made.add_row(str(row or ""), written(kind, _STYLES.get(kind, "")), written(case), said)
    return made


_STYLES = {
    "accepted": "yellow",
    "rejected": "bold red",
    "out of date": "yellow",
    "remark": "yellow",
    "new": "green",
}


def _rows(preview: Preview) -> Iterator[tuple[int, str, str, Text]]:
    """Give a row for each thing to know, by their rows in the file."""
    found = [(row, "new", case.id, written(case.question)) for row, case in preview.new]
    found += [
        (one.row, "changed", one.case.id, Text("\n").join(map(_change_shown, changes)))
        for one in preview.changed
        if (changes := [change for change in one.changes if change.field not in _PINS])
        or (changes := list(one.changes))
    ]
    for kind, problems in (
        ("rejected", preview.rejected),
        ("out of date", preview.out_of_date),
        ("remark", preview.remarks),
        ("accepted", preview.accepted),
    ):
        found += [(one.row, kind, one.case, _problem_shown(one, kind)) for one in problems]
    yield from sorted(found, key=lambda one: one[0])
    yield from ((0, "gone", case, Text("no longer in the file")) for case in preview.gone)


def _change_shown(one: Change) -> Text:
    old, new = (_short(text) or "nothing" for text in (one.old, one.new))
    return written(f"{one.field}: {old} → {new}")


def _problem_shown(one: Problem, kind: str) -> Text:
    word = "Taken" if kind == "accepted" else "Nearest"
    offer = f"\n{word}: “{_short(one.offer)}”" if one.offer else ""
    return written(f"{one.reason}{offer}")


def _short(text: str) -> str:
    plain = " | ".join(text.split("\n"))
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _ended(preview: Preview, into: Path, *, done: bool, removed: bool) -> Iterator[str]:
    """Say how many there are of each kind, and what was written."""
    gone = f"{len(preview.gone)} gone ({'removed' if removed and done else 'kept'})"
    counts = [
        f"{len(preview.new)} new",
        f"{len(preview.changed)} changed",
        f"{len(preview.same)} the same",
        *([gone] if preview.gone else []),
        f"{preview.rejected_cases} rejected",
    ]
    yield ", ".join(counts) + "."
    if done:
        count = len(preview.suite.cases) - (len(preview.gone) if removed else 0)
        yield f"Wrote {into}: {count} case{'' if count == 1 else 's'}."
        return
    if not (preview.changes_anything or preview.rejected):
        yield f"{into} is as it was."
        return
    yield "Nothing was written."
    offers = any(one.offer for one in (*preview.rejected, *preview.out_of_date))
    if preview.whole:
        yield "Mend what concerns the whole file, then import it again."
    elif preview.rejected:
        yield "Mend what is rejected, or import the others with --leave-out-rejected."
    if offers and not preview.whole:
        yield "--accept-offers takes the nearest text in place of a quote that is not found."
