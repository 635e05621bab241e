"""Does a unit hold the kind of thing that is asked for, and do two units contradict each other?"""

from __future__ import annotations

import re

from assistant.question.question_form import Form
from assistant.selection.quotable import Quotable
from corpus.figures import amounts, differ

SAME_MATTER = 0.5  # share of the shorter unit's stems that the other must have

# A body or a role is written in capitals inside a sentence: "the Director of Human Resources".
_BODY = re.compile(r"(?<=[a-z,;:] )(?:[A-Z][\w&-]+ ?(?:of |and |for |the |& )*)+")
_TIME = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|thirty|sixty)[\s-]"
    r"(?:\(\d+\) )?(?:(?:working|calendar|business|consecutive) )?"
    r"(?:minute|hour|day|week|month|quarter|year)s?\b"
    r"|\b(?:hour|day|week|month|year)s?\b[^.:]{0,40}: \d"
    r"|\bQ[1-4]\b|\b(?:19|20)\d\d\b|\bongoing\b|\b\d{1,2}(?::\d\d)? ?(?:am|pm)\b"
    r"|\b(?:daily|weekly|monthly|quarterly|annual(?:ly)?|yearly|bi-?annual(?:ly)?|immediately|"
    r"once|twice|every)\b"
    r"|\b(?-i:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|hundred|thousand|half|twice|once|no more than|full)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|in order to|so that|so as to|as a result|therefore|thus|"
    r"hence|reasons?|purpose|aims?|aimed|goal|for the sake|given that|on account of|to ensure|"
    r"to avoid|to allow|to enable|to prevent|to support)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*(?:\d+(?:\.\d+)*|\(?\w\))\s")


def has_form(words: str, form: Form) -> bool:
    """Tell whether a unit names a body, a time, a number or a reason; all have the open form."""
    said = _LABEL.sub("", words)
    if form == "who":
        return bool(_BODY.search(said))
    if form == "when":
        return bool(_TIME.search(said))
    if form == "why":
        return bool(_REASON.search(said))
    return form == "open" or bool(_NUMBER.search(said))


def in_conflict(one: Quotable, other: Quotable) -> bool:
    """Tell whether units of two documents give different amounts for one matter."""
    if one.key == other.key:
        return False
    alike = len(one.stems & other.stems) / max(1, min(len(one.stems), len(other.stems)))
    return alike >= SAME_MATTER and differ(amounts(one.text), amounts(other.text))
