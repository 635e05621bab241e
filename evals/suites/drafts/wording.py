"""Small changes of words that a question needs: capitals, articles, what it is about."""

from __future__ import annotations

import re

from indexing.english import is_english
from indexing.keywords import tokens

_DETERMINERS = frozenset("a an the each every any all no this that these those such".split())
_KIND = (
    r"(?:(?:staff|human resources|hr|employee|administrative|general|operating)\s)?"
    r"(?:polic(?:y|ies)|rules?|regulations?|guidelines?|guidance|procedures?|directive|instruction|"
    r"handbook|manual|guide|code|plan|strategy|programme|program|charter|agreement)"
)
_OF_A_KIND = re.compile(rf"(?:the\s)?{_KIND}\s(?:on|for|of|about|governing)\s", re.IGNORECASE)
_ENDS_IN_KIND = re.compile(rf"\b{_KIND}(?:\s\(?(?:19|20)\d\d(?:\W\d{{2,4}})?\)?)?$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[\dIVXLC]+(?:\.\d+)*[.)]?|[A-Z][.)]|§+\s*\d+\S*)\s+(?=\S)")
_GENERAL = re.compile(
    r"(?:purpose|scope|introduction|overview|general|background|definitions?|details?|summary|"
    r"notes?|other|policy|procedure|about|description|contents?|faqs?|eligibility|purpose and "
    r"scope|general provisions?|who|what|when|how|why|steps?|responsibilities|process|context|"
    r"annex|appendix)\b.{0,12}",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:who|what|when|where|why|how|which|can|do|does|is|are|should)\b|.*\?$", re.IGNORECASE
)
_LETTERS = 4  # that a heading has at least
_LONGEST = 9  # words of a name that a question can carry


def lower_first(text: str) -> str:
    """Begin with a small letter, unless a name or an abbreviation begins there."""
    words = text.split(maxsplit=2)
    if not words:
        return text
    first = words[0]
    named = len(words) > 1 and words[1][0].isupper() and first.casefold() not in _DETERMINERS
    parts = first.casefold().rstrip(",.:;").removesuffix("’s").split("-")
    plain = first[1:] == first[1:].lower() and all(map(is_english, filter(None, parts)))
    return text if named or not plain or first == "I" else text[0].lower() + text[1:]


def upper_first(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def unnumbered(heading: str) -> str:
    """Return a heading without its number and full stop."""
    bare = _NUMBER.sub("", heading.strip(), count=1).strip(" .:#*")
    last = bare.rsplit(": ", maxsplit=1)[-1]
    return last.capitalize() if last.isupper() and " " in last else last


def in_context(question: str, title: str, heading: str) -> str:
    """Return a question that can stand alone: it says what it is about, unless it does already.

    A document whose title says its theme is named, else the section.
    """
    theme = title_as_theme(title)
    name = unnumbered(heading)
    if theme and not _says(question, _theme_alone(title)):
        return f"Under {theme}, {lower_first(question)}"
    if theme:
        return question
    about = name if _says_something(name) else unnumbered(title)
    if _says(question, about) or len(about.split()) > _LONGEST:
        return question
    return f"{upper_first(about.rstrip('?!.: '))}: {lower_first(question)}"


def title_as_theme(title: str) -> str:
    """Return a title as a question names it: "the policy on annual leave"; empty if it cannot."""
    if len(title.split()) > _LONGEST:
        return ""
    if _OF_A_KIND.match(title):
        return f"the {title[0].lower()}{title[1:]}".replace("the the ", "the ")
    if _ENDS_IN_KIND.search(title) and len(title.split()) > 1:
        sentence = not any(word[0].isupper() for word in title.split()[1:])
        return f"the {lower_first(title) if sentence else title}".replace("the The ", "the ")
    return ""


def _says_something(heading: str) -> bool:
    """Tell whether a heading names a theme: not "Overview", not "What is it?", not "2"."""
    letters = sum(map(str.isalpha, heading))
    return letters >= _LETTERS and not _GENERAL.fullmatch(heading) and not _ASKS.match(heading)


def _theme_alone(title: str) -> str:
    return _ENDS_IN_KIND.sub("", _OF_A_KIND.sub("", title)) or title


def _says(question: str, about: str) -> bool:
    """Tell whether a question has all telling words of what it is about."""
    return set(tokens(about)) <= set(tokens(question))
