"""What the workbook says about itself: how to write a case, with two examples."""

from __future__ import annotations

from typing import Final

from evals.suites.model import EXPECTED, IMPORTANCE, STATES, WHY

INSTRUCTIONS: Final[tuple[tuple[str, str, str], ...]] = (
    ("How to write a case", "One row of the sheet “Cases” for each question.", ""),
    ("", "The least that works is a question and what must be said. All else may stay empty.", ""),
    ("", "Several texts in one cell: a line for each (Alt+Enter), or “|” between them.", ""),
    ("", "Write plain words. There are no patterns and no codes.", ""),
    ("", "Write texts, not formulas, and do not merge cells: such rows are not taken.", ""),
    ("", "Columns of your own are welcome; they are kept as they are.", ""),
    ("", "", ""),
    ("Column", "What to write", "Example 1: a question with an answer"),
    ("id", "A short name that stays. Left empty, one is made from the question.", "leave-carried"),
    ("question", "As staff would ask it.", "How many days of leave can I carry over?"),
    ("other wordings", "The same question in other words.", "carry over leave max days"),
    ("expected", ", ".join(EXPECTED) + ". Redirect: somebody else is to be asked.", "answer"),
    (
        "must say",
        "What the answer has to say. Two ways to say one thing: “60 days / sixty days”.",
        "60 days",
    ),
    ("nice to say", "What it had better say; it decides nothing.", "by 31 December"),
    ("must not say", "What would be wrong, such as a value that no longer holds.", "45 days"),
    ("document", "Title of the document, or its id.", "Policy on annual leave"),
    ("section", "Its heading, or its number.", "3. Carrying leave over"),
    (
        "exact quote",
        "Words of the document, copied. Several places: a line for each; “–” where one has none.",
        "Unused annual leave may be carried over",
    ),
    ("why not answerable", "Only where no answer is expected: " + ", ".join(WHY) + ".", ""),
    (
        "importance",
        ", ".join(IMPORTANCE) + ". Critical: it may never fail. Watch: it decides nothing.",
        "critical",
    ),
    ("tags", "Words to sort by.", "leave"),
    ("notes", "For yourself and who comes after you.", ""),
    ("version, text hash", "Charter fills them in: what the case was written against.", ""),
    ("state", ", ".join(STATES) + ". A draft decides nothing.", "reviewed"),
    ("as of", "A day such as 2026-01-31, if the question is about that day.", ""),
    (
        "asked without",
        "A section that is hidden while the question is asked: “document › section”.",
        "",
    ),
    ("", "", ""),
    ("Example 2", "A question that the documents do not answer:", ""),
    ("question", "What will the weather be tomorrow?", ""),
    ("expected", "refuse", ""),
    ("why not answerable", "off topic", ""),
)
