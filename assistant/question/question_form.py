"""The form of a question: what kind of thing it asks for."""

from __future__ import annotations

import re

from assistant.question.asking_words import ASKING_FORMS, AskingForms, Form

__all__ = ["Form", "forms_of", "is_negated"]

_LIST = re.compile(
    r"^\W*(?:please\s+)?(?:list|name|enumerate|give\s+(?:me\s+)?(?:all|the\s+list))\b"
    r"|\b(?:what|which)\s+(?:all\s+)?(?:are|were)\b"
    r"|\b(?:what|which)\s+(?:\w+\s+){0,3}?\w{2,}[^s\W]s\b"
    r"|\b(?:all|every|full\s+list|complete\s+list)\b"
    r"|\bwhat\s+(?:does|do|will|did|has|have)\b.*\b(?:do|doing|done|say|promise|plan|include|want|"
    r"commit|offer|cover|propose|intend|undertake|demand)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:who|whom|whose|which (?:team|unit|office|body|department|division))\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"\b(?:when|by when|how (?:long|soon|often|far ahead|early|late)|what date|deadline|until when|"
    r"which (?:year|quarter|month|date))\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|high|large)\b|\bwhat (?:percentage|share|amount)\b", re.IGNORECASE
)
_WHY = re.compile(r"\bwhy\b|\bwhat (?:is|was) the reason\b|\bfor what reason\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|nothing|cannot|without|except|excluded|ineligible|"
    r"inadmissible)\b|n[’']t\b",
    re.IGNORECASE,
)


_ENGLISH = AskingForms(_HOW_MANY, _WHEN, _WHO, _WHY, several=_LIST, negation=_NEGATION)


def forms_of(language: str) -> AskingForms:
    """Return what tells the forms of questions in a language, by its code."""
    return ASKING_FORMS.get(language, _ENGLISH)


def is_negated(text: str) -> bool:
    """Tell whether a text says that something is not so."""
    return bool(_NEGATION.search(text))
