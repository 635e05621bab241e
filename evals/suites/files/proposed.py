"""What an import would do, with places proposed for the cases that name none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evals.suites.authoring.proposal import Proposal, first_of
from evals.suites.files.checking import Library, hold
from evals.suites.files.preview import Changed, Preview, changes_between
from evals.suites.files.read import Problem
from evals.suites.files.table import cells_of
from evals.suites.model import Case, Evidence

Propose = Callable[[Case], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A case that names no place, with places that say what it must; none where none does."""

    row: int
    case: Case
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Proposing:
    """A preview with what was proposed; the preview has what was accepted of it."""

    preview: Preview
    proposed: tuple[Proposed, ...]


def with_proposals(
    preview: Preview, propose: Propose, library: Library, *, accept: bool = False
) -> Proposing:
    """Propose places for the cases of a preview that name none.

    Args:
        preview: of an import.
        propose: such as ``Proposer.of(assistant).propose``.
        library: the documents that they stand in; what is accepted remembers their versions.
        accept: take the first of each into its case.
    """
    proposed = tuple(
        Proposed(preview.rows[case.id], case, tuple(propose(case)))
        for case in preview.suite.cases
        if case.id in preview.rows and names_no_place(case)
    )
    if accept:
        preview = _accepted(preview, [one for one in proposed if one.proposals], library)
    return Proposing(preview, proposed)


def names_no_place(case: Case) -> bool:
    """Tell whether a case says what must be said, and not where it stands."""
    return case.expected == "answer" and bool(case.must_say) and not case.evidence


def _accepted(preview: Preview, proposed: Sequence[Proposed], library: Library) -> Preview:
    taken = {one.case.id: replace(one.case, evidence=_pinned(one, library)) for one in proposed}
    new = tuple((row, taken.get(case.id, case)) for row, case in preview.new)
    changed = {one.case.id: one for one in preview.changed}
    fresh = {case.id for _, case in new}
    for one in proposed:
        if one.case.id not in fresh:
            changed[one.case.id] = _changed(one, taken[one.case.id], changed.get(one.case.id))
    told = (Problem(one.row, one.case.id, _reason(one), _quotes(one)) for one in proposed)
    cases = tuple(taken.get(case.id, case) for case in preview.suite.cases)
    return replace(
        preview,
        suite=replace(preview.suite, cases=cases),
        new=new,
        changed=tuple(sorted(changed.values(), key=lambda one: one.row)),
        same=tuple(one for one in preview.same if one not in taken),
        accepted=(*preview.accepted, *told),
    )


def _changed(one: Proposed, case: Case, before: Changed | None) -> Changed:
    changes = changes_between(cells_of(one.case), cells_of(case))
    return Changed(case, one.row, (*(before.changes if before else ()), *changes))


def _pinned(one: Proposed, library: Library) -> tuple[Evidence, ...]:
    return tuple(hold(place, library, one.case.as_of).evidence for place in first_of(one.proposals))


def _reason(one: Proposed) -> str:
    return f"names no place. {one.proposals[0].why}"


def _quotes(one: Proposed) -> str:
    return " | ".join(place.quote for place in first_of(one.proposals))
