"""What staff asked and said, in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from assistant.feedback import REASONS
from bots.commands.terminal import written
from evals.feedback.gap_rows import GapLine
from evals.feedback.gaps import GapReport
from evals.feedback.triage import Inbox, Item
from evals.feedback.wording import share_in_words
from evals.shares import Score

_CAME = {
    "passes": "passes since {since}",
    "fails": "does not pass yet",
    "not asked": "not asked yet as it is now",
    "gone": "is gone",
}


def gaps_shown(
    report: GapReport, lines: Sequence[GapLine], *, found: int, least: int = 1
) -> RenderableType:
    """Show a gap report; of what was asked so many times at least, ``found`` were found."""
    parts: list[RenderableType] = [
        written(f"The last {report.days} days, until {report.until:%Y-%m-%d}", "bold"),
        written(share_in_words(report)),
    ]
    if not found:
        return Group(*parts, Text(), written(_none_told(report, least)))
    parts += [Text(), written(f"{len(lines)} of {found} questions, the most asked first", "bold")]
    for line in lines:
        parts += [Text(), *_gap_shown(line)]
    return Group(*parts, Text(), written(_NAMES, "dim"))


_EXPECT = "Questions that got no answer are listed here once staff have asked some."
_NAMES = "Names were removed by their form; read the list before you pass it on."


def _none_told(report: GapReport, least: int) -> str:
    if report.gaps:
        return f"None of these was asked at least {least} times."
    return "Nothing that was asked went without an answer." if report.asked else _EXPECT


def _gap_shown(line: GapLine) -> Iterator[RenderableType]:
    gap, looked = line.gap, line.looked
    times = "once: the words of one person" if gap.once else f"{gap.times} times"
    yield written(gap.name, "bold")
    told = [f"asked {times}", f"{gap.first:%Y-%m-%d} to {gap.last:%Y-%m-%d}"]
    told += [
        f"{count} {what}"
        for count, what in (
            (gap.no_answer, "without an answer"),
            (gap.closest, "with the closest passages"),
            (gap.passed_on, "passed on to a person"),
            (gap.missing, "votes: something is missing"),
            (gap.wrongly, "votes: it should not have answered"),
        )
        if count
    ]
    yield _indented("; ".join(told))
    for wording in gap.wordings[1:]:
        yield _indented(f"also: {wording}")
    if looked and looked.outcome == "answer":
        yield _indented("Charter answers it by now.")
    if looked and looked.closest:
        yield _indented(f"closest: {' › '.join((looked.closest.title, *looked.closest.section))}")


def votes_shown(items: Sequence[Item], read: Inbox, *, days: int) -> RenderableType:
    """Show the inbox of votes."""
    found = read.items
    waiting = sum(one.waits for one in found)
    parts: list[RenderableType] = [
        written(f"The last {days} days: {waiting} of {len(found)} wait for a decision", "bold")
    ]
    if read.of_groups:
        parts.append(
            written(f"{read.of_groups} more, asked for a group, are counted and not shown.", "dim")
        )
    if not found and not read.of_groups:
        parts.append(written("Votes on replies are listed here once staff have cast some."))
    for item in items:
        parts += [Text(), *_item_shown(item)]
    return Group(*parts)


def _item_shown(item: Item) -> Iterator[RenderableType]:
    yield written(item.name, "bold")
    counted = [f"{item.unhelpful} did not help", f"{item.helpful} helped"]
    yield _indented(f"votes: {', '.join(counted)}; {item.first:%Y-%m-%d} to {item.last:%Y-%m-%d}")
    for reason, count in item.reasons.items():
        yield _indented(f"{REASONS[reason]}: {count}")
    for one in item.said:
        yield _indented(f"“{one.text}”")
    if item.open:
        yield _indented(f"receipt: {item.open}")
    if item.decided:
        yield _indented(_decided(item))


def _decided(item: Item) -> str:
    assert item.decided  # noqa: S101  asked before
    told = f"decided on {item.decided.decided_at:%Y-%m-%d}: {item.decided.choice}"
    if item.case:
        came = _CAME[item.case.came].format(since=item.case.since)
        told += f" {item.case.case} in {item.case.suite}, which {came}"
    elif item.decided.reason:
        told += f" ({item.decided.reason})"
    return f"{told}; voted on since" if item.reopened else told


def _indented(text: str) -> Padding:
    return Padding(written(text), (0, 0, 0, 2))


def gaps_to_dict(report: GapReport, lines: Sequence[GapLine]) -> dict[str, Any]:
    """Return a gap report as JSON."""
    share = report.share
    return {
        "days": report.days,
        "until": report.until.isoformat(),
        "asked": report.asked,
        "unanswered": report.unanswered,
        "nothing_found": report.none,
        "share": {"value": share.value, "low": share.low, "high": share.high}
        if isinstance(share, Score)
        else None,
        "all_compared": report.all_compared,
        "found": len(report.gaps),
        "of_groups": report.of_groups,
        "gaps": [_gap_to_dict(line) for line in lines],
    }


def _gap_to_dict(line: GapLine) -> dict[str, Any]:
    gap, looked = line.gap, line.looked
    closest = looked.closest if looked else None
    return {
        "question": gap.name,
        "also": list(gap.wordings[1:]),
        "times": gap.times,
        "once": gap.once,
        "receipts": list(gap.receipts),
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "no_answer": gap.no_answer,
        "closest_passages": gap.closest,
        "passed_on": gap.passed_on,
        "missing": gap.missing,
        "should_refuse": gap.wrongly,
        "now": looked.outcome if looked else None,
        "closest": {"title": closest.title, "section": list(closest.section), "url": closest.url}
        if closest
        else None,
    }


def votes_to_dict(items: Sequence[Item], read: Inbox) -> dict[str, Any]:
    """Return the inbox of votes as JSON."""
    return {
        "found": len(read.items),
        "waiting": sum(one.waits for one in read.items),
        "of_groups": read.of_groups,
        "items": [_item_to_dict(one) for one in items],
    }


def _item_to_dict(item: Item) -> dict[str, Any]:
    decided, case = item.decided, item.case
    return {
        "question": item.name,
        "also": list(item.wordings[1:]),
        "receipts": list(item.receipts),
        "outcome": item.outcome,
        "unhelpful": item.unhelpful,
        "helpful": item.helpful,
        "reasons": dict(item.reasons),
        "said": [{"text": one.text, "reason": one.reason} for one in item.said],
        "first": item.first.isoformat(),
        "last": item.last.isoformat(),
        "waits": item.waits,
        "decided": {
            "choice": decided.choice,
            "on": decided.decided_at.date().isoformat(),
            "reason": decided.reason,
        }
        if decided
        else None,
        "case": {
            "suite": case.suite,
            "id": case.case,
            "came": case.came,
            "since": case.since.isoformat() if case.since else None,
        }
        if case
        else None,
    }
