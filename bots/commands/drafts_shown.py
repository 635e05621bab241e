"""What was drafted, as words in the terminal and as JSON."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from bots.commands.terminal import hanging, written
from evals.suites.drafts import Drafted
from evals.suites.model import Case

MOST = 10  # drafts that are listed


def drafted_shown(drafted: Drafted, file: Path, *, written: bool) -> RenderableType:
    """Write some of the drafts, how many there are of each kind, and what was left out."""
    parts: list[RenderableType] = [_case_shown(case) for case in drafted.cases[:MOST]]
    if len(drafted.cases) > MOST:
        parts.append(Text(f"… and {len(drafted.cases) - MOST} more."))
    if parts:
        parts.append(Text())
    parts += _counts(drafted)
    parts.append(Text(_ended(drafted, file, done=written)))
    return Group(*parts)


def drafted_body(drafted: Drafted, *, written: bool) -> dict[str, object]:
    """Return the same for programs."""
    return {
        "written": written,
        "drafts": [
            {
                "id": case.id,
                "question": case.question,
                "must_say": list(case.must_say),
                "expected": case.expected,
                "tags": list(case.tags),
            }
            for case in drafted.cases
        ],
        "by_kind": dict(drafted.by_kind),
        "known": drafted.known,
        "left_out": dict(drafted.left_out),
    }


def _case_shown(case: Case) -> RenderableType:
    wanted = " | ".join(case.must_say) if case.expected == "answer" else f"({case.expected})"
    return hanging(written("•"), Text("\n").join([written(case.question), written(wanted, "dim")]))


def _counts(drafted: Drafted) -> list[RenderableType]:
    lines: list[RenderableType] = [
        written(f"{count:>5}  {name}") for name, count in drafted.by_kind.items()
    ]
    if drafted.known:
        lines.append(written(f"{drafted.known:>5}  in the suite already"))
    if drafted.left_out:
        lines.append(written("Left out:"))
        lines += [written(f"{count:>5}  {reason}") for reason, count in drafted.left_out.items()]
    return lines


def _ended(drafted: Drafted, file: Path, *, done: bool) -> str:
    count = len(drafted.cases)
    drafts = f"{count} draft{'' if count == 1 else 's'}"
    if done:
        return f"Added {drafts} to {file}. They decide nothing until a person reviews them."
    return f"{drafts}; nothing was written." if count else f"No new draft; {file} is as it was."
