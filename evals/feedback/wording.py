"""What feedback comes to, in plain sentences."""

from __future__ import annotations

from evals.feedback.gaps import GapReport
from evals.shares import Score


def share_in_words(report: GapReport) -> str:
    """Say how much of what was asked was not answered."""
    if not isinstance(report.share, Score):
        return "Nothing was asked."
    low, high = 100 * report.share.low, 100 * report.share.high
    times = "time" if report.asked == 1 else "times"
    of_groups = report.of_groups
    told = (
        f"Asked {report.asked} {times}, and {report.unanswered} of them got no answer "
        f"(probably between {low:.0f} and {high:.0f} %); {report.none} found nothing at all."
    )
    if not of_groups:
        return told
    asked = "1 question was" if of_groups == 1 else f"{of_groups} questions were"
    return f"{told} {asked} asked for a group: counted, and not shown."
