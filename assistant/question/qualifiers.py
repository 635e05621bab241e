"""What a question limits itself to: a grade, a contract, a place, a time, a body, a group, a case.

An answer about full-time staff does not answer a question about part-time staff. What is quoted,
or the section that it stands in, must speak of what the question is limited to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.question.demands import demands, describing
from corpus.figures import Figure, figures_of, meets
from indexing.keywords import tokens

QualifierKind = Literal["grade", "contract", "place", "time", "body", "group", "case"]

_ENTERING = r"entry (?:into|on) (?:service|duty)|on (?:joining|appointment)|induction|onboarding"
# Classes of people at work in ordinary language, each with all the words that speak of it.
_CLASSES: tuple[tuple[QualifierKind, str], ...] = (
    ("contract", r"fixed[- ]?term"),
    ("contract", r"short[- ]?term|temporary|temps?|casual|seasonal"),
    ("contract", r"part[- ]?time(?:rs?)?|reduced hours"),
    ("contract", r"full[- ]?time(?:rs?)?"),
    # alone in a cell, its column says of what
    ("contract", r"permanent|continuing(?: appointments?|(?=\s*[\t\n;]))|indefinite|open[- ]ended"),
    ("contract", r"interns?|internships?|trainees?|traineeships?|apprentices?(?:hips?)?"),
    ("contract", r"consultants?|consultancy|contractors?|freelancers?|self[- ]employed"),
    ("contract", r"volunteers?|volunteering"),
    ("contract", r"second(?:ed|ments?|ees?)|on loan"),
    ("contract", r"probation(?:ary|ers?)?"),
    ("contract", r"zero[- ]hours?|agency workers?"),
    ("contract", r"retire(?:d|es?|ment)|pensioners?|former (?:staff|employees)"),
    ("group", r"fathers?|paternity|dads?"),
    ("group", r"mothers?|maternity|mums?|pregnan(?:t|cy)"),
    ("group", r"adopt(?:ion|ive|ing|ers?)?"),
    ("group", r"spouses?|husbands?|wife|wives|(?:domestic )?partners?"),
    ("group", r"child(?:ren)?|dependants?|dependents?|dependent"),
    (
        "group",
        r"managers?|supervisors?|line managers?|directors?|(?:supervise|manage)s? (?:others|staff)",
    ),
    ("group", rf"new(?:ly)? (?:staff|employees?|hires?|joiners?|recruit\w*|appointed)|{_ENTERING}"),
    ("group", r"disab(?:led|ilit(?:y|ies))"),
    ("place", r"abroad|overseas|foreign countr(?:y|ies)"),
    ("place", r"(?:from|at) home|home[- ]?working|telework\w*|remote(?:ly)?"),
    ("place", r"(?:in the|to the) field|field (?:offices?|staff|duty stations?)"),
    ("place", r"(?:at )?headquarters|\bHQ"),
)
_PATTERNS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _CLASSES
)
_NAME = r"(?-i:[A-Z])[\w&’'-]*(?:\s(?:(?:of|for|and)\s)?(?:the\s)?(?-i:[A-Z])[\w&’'-]*){0,4}"
_PLACE = re.compile(
    rf"\b(?:in|at|from|outside|within|near)\s(?:the\s)?(?P<what>{_NAME})", re.IGNORECASE
)
_BODY_WORD = re.compile(
    r"\b(?:office|council|union|department|division|committee|unit|board|agency|ministry|bank|"
    r"university|organi[sz]ation|team|group|secretariat|foundation|fund|institute)\b|\b(?-i:[A-Z]{2,})\b",
    re.IGNORECASE,
)
_AS_A = re.compile(
    r"(?<!such )(?<!well )\bas\s+an?\s+(?!(?:few|result|whole|matter|rule)\b)"
    r"(?P<what>(?:[\w-]+\s){0,2}?[\w-]+)"
    r"(?=[,.?!;]|\s(?:who|that|in|on|at|and|with|of|for|to|do|does|can|am|is|are|have|while|if|"
    r"when|during)\b|$)",
    re.IGNORECASE,
)
_KIND_OF_STAFF = re.compile(
    r"\b(?:for|by|of|among|to|do|does|can|are|may)\s(?P<what>(?:[\w-]+\s){1,3}"
    r"(?:staff|employees?|workers?|officials?|officers?|personnel|colleagues|appointees))\b",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:while|whilst|during|if|unless|without|despite|in case of|in the event of)\s"
    r"(?P<what>[^,.?!;:]{3,60})",
    re.IGNORECASE,
)
_FORMS: tuple[tuple[re.Pattern[str], QualifierKind], ...] = (
    (_AS_A, "group"),
    (_KIND_OF_STAFF, "group"),
    (_CASE, "case"),
)
_EVERYBODY = frozenset(
    tokens(
        "staff member members employee employees worker workers people person personnel colleague "
        "colleagues official officials officer officers all every each any other many most new "
        "happen get take need want go give make leave"
    )
)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One thing that a question limits itself to.

    Attributes:
        start, end: its place in the question.
        stems: what says it; of a class, what says it in the question's own word.
        words: pattern of all the words of a class; None where the stems say it.
        figure: the grade or time, where it is one.
        described: it stands where the asker tells of themselves, not in what they ask.
    """

    kind: QualifierKind
    text: str
    start: int
    end: int
    stems: frozenset[str]
    words: re.Pattern[str] | None = None
    figure: Figure | None = None
    described: bool = False

    def is_said(self, text: str) -> bool:
        """Tell whether a text speaks of it.

        A case is spoken of where half of its words are: nobody repeats a whole condition.
        """
        if self.figure is not None:
            return any(meets(self.figure, one) for one in figures_of(text))
        if self.words is not None:
            return bool(self.words.search(text))
        said = len(self.stems.intersection(tokens(text)))
        return 2 * said >= len(self.stems) if self.kind == "case" else said == len(self.stems)


def qualifiers(question: str) -> tuple[Qualifier, ...]:
    """Return what a question limits itself to, in order; none lies in another."""
    asides = describing(question)
    kept: list[Qualifier] = []
    for one in sorted(_all(question), key=_by_certainty):
        if any(one.start < other.end and other.start < one.end for other in kept):
            continue
        described = any(start <= one.start < end for start, end in asides)
        kept.append(replace(one, described=described))
    return tuple(sorted(kept, key=lambda one: one.start))


def _by_certainty(one: Qualifier) -> tuple[bool, int, int]:
    """Put figures and classes first, which are sure, then the longer before the shorter."""
    return one.figure is None and one.words is None, one.start - one.end, one.start


def missing_qualifiers(
    found: Iterable[Qualifier], said: Iterable[str], *, knows: Callable[[str], bool]
) -> tuple[Qualifier, ...]:
    """Return the qualifiers that the documents know and the texts do not speak of.

    Args:
        found: of the question.
        said: what is quoted, the text of its whole section, headings, title.
        knows: tells whether any document holds a stem; ``Index.knows``.
    """
    text = "\n".join(dict.fromkeys(said))  # of quotes in one section, its text is one
    return tuple(
        one
        for one in found
        if (one.figure is not None or (one.stems and all(map(knows, one.stems))))
        and not one.is_said(text)
    )


def _all(question: str) -> Iterator[Qualifier]:
    for figure in demands(question):
        if figure.kind in {"grade", "time"}:
            kind: QualifierKind = "grade" if figure.kind == "grade" else "time"
            text = question[figure.start : figure.end]
            yield Qualifier(kind, text, figure.start, figure.end, frozenset(), figure=figure)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(question):
            yield _qualifier(kind, found, pattern)
    # in capitals every word is written like a name
    for found in () if question.isupper() else _PLACE.finditer(question):
        if not figures_of(found["what"]):
            yield _qualifier("body" if _BODY_WORD.search(found["what"]) else "place", found)
    for pattern, kind in _FORMS:
        for found in pattern.finditer(question):
            yield from _with_words(_qualifier(kind, found))


def _with_words(one: Qualifier) -> Iterator[Qualifier]:
    """Yield a qualifier unless it says no more than "staff"."""
    if one.stems:
        yield one


def _qualifier(
    kind: QualifierKind, found: re.Match[str], words: re.Pattern[str] | None = None
) -> Qualifier:
    name = "what" if "what" in found.re.groupindex else 0
    text = found[name]
    said = frozenset(tokens(text))
    stems = said if words is not None else said - _EVERYBODY
    return Qualifier(kind, text, found.start(name), found.end(name), stems, words=words)
