"""What a run comes to, in plain sentences."""

from __future__ import annotations

from evals.shares import Score
from evals.suites.asked import Said
from evals.suites.files.table import RowResult
from evals.suites.judging.judge import Judged
from evals.suites.judging.labels import Label
from evals.suites.judging.scores import Counted
from evals.suites.run import ScoredRun

_REFUSED = {"closest_passages": "(the closest passages)", "no_answer": "(no answer)"}


def verdict_sentence(scored: ScoredRun) -> str:
    """Say in one or two sentences whether the suite is passed, and what stands against it."""
    six = scored.scores.six
    begin = {
        "PASS": "Ready.",
        "FAIL": "Not ready.",
        "NOT ENOUGH EVIDENCE": "There are too few cases to say.",
    }[scored.outcome]
    said = [begin]
    if six.right.whole:
        said.append(
            f"{six.right.part} of {_cases(six.right.whole, 'that should be answered')} "
            f"{_was(six.right.part, six.right.whole)} answered rightly{_range(six.right)}."
        )
    if six.stops.whole:
        wrong = six.stops.whole - six.stops.part
        said.append(
            f"{wrong} of {_cases(six.stops.whole, 'that the documents do not answer')} "
            f"{_was(wrong, six.stops.whole)} answered all the same{_upper(six.stops)}."
        )
    if scored.scores.errors:
        said.append(f"{scored.scores.errors} got no reply, for Charter failed.")
    return " ".join(said)


def row_results(scored: ScoredRun) -> dict[str, RowResult]:
    """Return what came of each case, as a row of a spreadsheet says it."""
    day = f"{scored.run.ground.asked_at:%Y-%m-%d}"
    return {
        one.case.id: RowResult(
            "passed" if one.passed else one.worst.verdict,
            f"{one.worst.cause}. {one.worst.action}" if one.worst.cause else "",
            _answer(one.worst),
            day,
        )
        for one in scored.results
    }


def _answer(judged: Judged) -> str:
    came = judged.asked.came
    if not isinstance(came, Said):
        return came.error
    return "\n".join(came.lines) if came.outcome == "answer" else _REFUSED[came.outcome]


def counted_in_words(counted: Counted) -> str:
    """Write a share as "88 of 96 (84–96%)"; a dash of nothing."""
    if not isinstance(counted.score, Score):
        return "–"
    score = counted.score
    return f"{counted.part} of {counted.whole} ({100 * score.low:.0f}–{100 * score.high:.0f}%)"


def label_in_words(label: Label) -> str:
    """Say what a person said of a reply."""
    who = label.by or "Somebody"
    return f"{who} said on {label.day} that this reply is {'' if label.right else 'not '}right."


def _was(part: int, whole: int) -> str:
    """Return the verb of "0 of 1 question" or "2 of 3 questions"."""
    return "was" if 1 in (part, whole) else "were"


def _cases(count: int, which: str) -> str:
    return f"{count} question {which}" if count == 1 else f"{count} questions {which}"


def _range(counted: Counted) -> str:
    if not isinstance(counted.score, Score):
        return ""
    low, high = counted.score.low, counted.score.high
    return f" (probably between {100 * low:.0f} and {100 * high:.0f}%)"


def _upper(refused: Counted) -> str:
    if not isinstance(refused.score, Score):
        return ""
    return f" (it could be as many as {100 * (1 - refused.score.low):.0f}%)"
