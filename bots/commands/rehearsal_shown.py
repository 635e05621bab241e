"""What would come of indexing now, in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bots.commands.build_report import changes_in_words, count, plan_to_dict
from bots.commands.terminal import hanging, written
from evals.suites.change.affected import Affected, Fate
from evals.suites.change.holding import SuiteVerdict
from evals.suites.change.in_force import OtherVersion
from evals.suites.change.rehearsal import ReadFile, Rehearsal

_LONGEST = 300  # characters of a quote
_MOST_CASES = 20  # that do not pass, of one suite
FATES: dict[Fate, str] = {  # as the page for HR says them, which a test holds to it
    "document gone": "The document would be gone.",
    "section gone": "The section would be gone.",
    "text gone": "The words would be gone, and nothing like them stands there.",
    "text changed": "The words would change.",
    "text moved": "The words would stand under another heading.",
}
_STYLES = {"PASS": "bold green", "FAIL": "bold red", "NOT ENOUGH EVIDENCE": "bold yellow"}


def rehearsal_shown(found: Rehearsal) -> RenderableType:
    """Write which files change, which cases that touches, and what the gate says."""
    told = changes_in_words(found.plan)
    parts: list[RenderableType] = [
        written(f"Files: {told}." if told else "No file would change.", "bold"),
        *map(_file_shown, found.read),
        *(hanging(written("-"), written(path)) for path in found.plan.remove),
        *(
            hanging(written("→"), written(f"{one.before} is now {one.after}"))
            for one in found.plan.moved
        ),
        *(hanging(written("→"), written(in_force_in_words(one))) for one in found.in_force),
        Text(),
        written(affected_in_words(found), "bold"),
        *_affected_shown(found),
        *(hanging(written("!", "yellow"), written(one)) for one in found.unreadable),
        Text(),
        *_gate_shown(found),
    ]
    return Group(*parts, written("Nothing that is served was changed by this look.", "dim"))


def rehearsal_to_dict(found: Rehearsal) -> dict[str, Any]:
    """Return the same as programs read it."""
    return {
        **plan_to_dict(found.plan),
        "read": [
            {
                "path": one.relative,
                "document": one.document,
                "title": one.title,
                "version": one.version,
                "passages": one.passages,
                "force": one.force,
                "problem": one.problem,
                "remedy": one.remedy,
                "notes": list(one.notes),
            }
            for one in found.read
        ],
        "in_force": [
            {"document": one.document, "title": one.title, "before": one.before, "after": one.after}
            for one in found.in_force
        ],
        "cases_affected": found.cases,
        "affected": [_affected_to_dict(one) for one in found.affected],
        "unreadable_suites": list(found.unreadable),
        "held_back": found.held_back,
        "served_fails": found.served_fails,
        "gate": [_verdict_to_dict(one) for one in found.verdicts],
    }


def affected_in_words(found: Rehearsal) -> str:
    """Say how many cases quote text that would change or vanish."""
    if found.first:
        return "Nothing is served now, so no case quotes text that would change."
    if not found.cases:
        return "No case quotes text that would change or vanish."
    verb = "quotes" if found.cases == 1 else "quote"
    return f"{count(found.cases, 'case')} {verb} text that would change or vanish:"


def in_force_in_words(one: OtherVersion) -> str:
    """Say which version of a document would be in force today."""
    if one.gone:
        then = "The document would be gone."
    elif not one.after:
        then = "No version of it would be in force."
    elif one.again:
        then = f"Version {one.after} would answer again."
    elif one.before:
        then = f"Version {one.after} would answer in the place of version {one.before}."
    else:
        then = f"Version {one.after} would answer."
    return f"{one.title}: {then}"


def _file_shown(one: ReadFile) -> RenderableType:
    if one.problem:
        stale = "" if one.twin or not one.title else " What was read before would go on answering."
        return hanging(
            written("!", "yellow"), written(f"{one.relative}: {one.problem} {one.remedy}{stale}")
        )
    said = f"{one.relative}: {one.title}, version {one.version}, {one.force}"
    return hanging(written("~"), written(f"{said}, {count(one.passages, 'passage')}."))


def _affected_shown(found: Rehearsal) -> Iterator[RenderableType]:
    for suite, some in groupby(found.affected, key=lambda one: one.suite):
        yield written(f"Suite {suite}", "bold cyan")
        for one in some:
            draft = " (draft)" if one.case.state == "draft" else ""
            head = written(f"{one.case.id}{draft}: {one.case.question}")
            yield hanging(written("•"), Group(head, *_words_shown(one)))


def _words_shown(one: Affected) -> Iterator[RenderableType]:
    yield written(f"{FATES[one.fate]} {one.title}{f', {one.section}' if one.section else ''}")
    if one.before:
        yield Padding(hanging(written("now:"), written(_short(one.before))), (0, 0, 0, 2))
    if one.fate == "text moved":
        under = one.section_after or "no heading"
        yield Padding(hanging(written("then:"), written(f"under {under}")), (0, 0, 0, 2))
    elif one.after:
        yield Padding(hanging(written("nearest:"), written(_short(one.after))), (0, 0, 0, 2))


def _gate_shown(found: Rehearsal) -> Iterator[RenderableType]:
    if not found.verdicts:
        yield written("No suite has to pass before an index is served: CHARTER_GATE is empty.")
        return
    if found.held_back:
        yield written("The new index would be held back.", "bold red")
    elif found.served_fails:
        yield written("What is served fails its suites; there is no new index.", "bold red")
    elif found.in_step:
        yield written("What is served does not fail its suites; there is no new index.", "bold")
    elif found.fails:
        yield written("It fails its suites and would be served: nothing is served now.", "bold red")
    else:
        yield written("The new index would be served.", "bold green")
    for one in found.verdicts:
        yield from _verdict_shown(one)


def _verdict_shown(one: SuiteVerdict) -> Iterator[RenderableType]:
    before = f" (what is served: {one.served})" if one.served else ""
    yield written(f"Suite {one.name}: {one.outcome}{before}", _STYLES[one.outcome])
    for gate in one.gates:
        if gate.outcome != "PASS":
            yield hanging(written(gate.outcome), written(f"{gate.name}: {gate.reason}"))
    if one.outcome != "FAIL":
        return
    for case in one.failed[:_MOST_CASES]:
        now = " (passes now)" if case.passed_before else ""
        yield hanging(
            written("•"),
            written(f"{case.id}{now}: {case.question}\n{case.cause}. {case.action}"),
        )
    if len(one.failed) > _MOST_CASES:
        yield written(f"… and {len(one.failed) - _MOST_CASES} more.")


def _affected_to_dict(one: Affected) -> dict[str, Any]:
    return {
        "suite": one.suite,
        "case": one.case.id,
        "question": one.case.question,
        "document": one.title,
        "section": one.section,
        "fate": one.fate,
        "before": one.before,
        "after": one.after,
        "section_after": one.section_after,
    }


def _verdict_to_dict(one: SuiteVerdict) -> dict[str, Any]:
    return {
        "suite": one.name,
        "outcome": one.outcome,
        "served": one.served,
        "gates": [
            {"name": gate.name, "outcome": gate.outcome, "reason": gate.reason}
            for gate in one.gates
        ],
        "failed": [
            {
                "id": case.id,
                "question": case.question,
                "cause": case.cause,
                "action": case.action,
                "passed_before": case.passed_before,
            }
            for case in one.failed
        ],
    }


def _short(text: str) -> str:
    flat = text.replace("\t", " | ")
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
