"""From what somebody wrote to the cases of a suite: the same checks for YAML and for tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from evals.suites.files import names
from evals.suites.files.read import Entry, Problem, ReadSuite, Unit
from evals.suites.files.texts import (
    Day,
    ExpectedText,
    ImportanceText,
    Share,
    StateText,
    Text,
    Texts,
    WhyText,
    id_from,
    section_named,
    several,
    text_of,
)
from evals.suites.model import Case, Evidence, Expected, Suite

_OF_PLACES: Mapping[str, Sequence[str]] = {"evidence": names.PLACES, "without": names.SECTION}
_M = TypeVar("_M", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Place(_Strict):
    """One place of evidence."""

    document: Text = ""
    section: Text = ""
    quote: Text = ""
    version: Text = ""
    sha256: Text = ""

    @model_validator(mode="after")
    def _names_a_document(self) -> _Place:
        if not self.document and any(getattr(self, key) for key in names.PLACES):
            raise ValueError("names no document; say in which one it stands")
        return self


class _Section(_Strict):
    """A document or a section of it, also as one text."""

    document: Text = ""
    section: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        if isinstance(value, str):
            return dict(zip(names.SECTION, section_named(value), strict=True))
        return value

    @model_validator(mode="after")
    def _names_a_document(self) -> _Section:
        if not self.document:
            raise ValueError("names no document; write “document › section”")
        return self


class _Case(_Place):
    """One case, its evidence as a list or its one place flat."""

    id: Text = ""
    question: Text = ""
    other_wordings: Texts = ()
    expected: ExpectedText = None
    must_say: Texts = ()
    nice_to_say: Texts = ()
    must_not_say: Texts = ()
    evidence: tuple[_Place, ...] = ()
    why: WhyText = None
    importance: ImportanceText = "normal"
    state: StateText = "reviewed"
    tags: Texts = ()
    notes: Text = ""
    as_of: Day = None
    without: Annotated[tuple[_Section, ...], BeforeValidator(several)] = ()
    more: Mapping[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _can_be_judged(self) -> _Case:
        if not self.question:
            raise ValueError("has no question")
        if self.document and self.evidence:
            raise ValueError("names a document beside “evidence”; put it into the list")
        if self.decided() is None:
            raise ValueError("says neither what must be said nor why it is not to be answered")
        if self.why and self.decided() == "answer":
            raise ValueError("says why it is not to be answered, but expects an answer")
        for name in self.more:
            _check_own(name)
        return self

    def decided(self) -> Expected | None:
        """Return what is expected, where it is left open by what is filled in."""
        if self.expected:
            return self.expected
        return "answer" if self.must_say else "refuse" if self.why else None


class _About(_Strict):
    """What is said of the suite itself."""

    suite: Text = ""
    owner: Text = ""
    language: Text = "en"
    review_by: Day = None
    target: Share = 0.8


def suite_of(
    about: Entry, entries: Sequence[Entry], *, name: str, unit: Unit, faults: Sequence[Problem] = ()
) -> ReadSuite:
    """Check what was read, and make cases of what is right.

    Args:
        about: of the suite itself.
        entries: of its cases, in order.
        name: of the suite, where the file gives none.
        unit: what the rows of entries count.
        faults: of the file itself.
    """
    head, whole = _checked(about, _About, names.SUITE, "")
    whole = [*faults, *about.faults, *whole]
    head = head or _About()
    collected = _Cases()
    for entry in entries:
        collected.take(entry)
    suite = Suite(
        name=head.suite or name,
        cases=tuple(collected.named()),
        owner=head.owner,
        language=head.language or "en",
        review_by=head.review_by,
        target=head.target,
    )
    problems = sorted([*whole, *collected.problems], key=lambda one: one.row)
    told = frozenset(key for one in about.said if (key := names.key_of(one, names.ABOUT)))
    return ReadSuite(
        suite, unit, collected.rows, frozenset(collected.made), told, tuple(problems), bool(whole)
    )


class _Cases:
    """Collects cases; those without an id get theirs when all others have spoken."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.made: list[str] = []
        self.problems: list[Problem] = []
        self._cases: list[tuple[Case, int]] = []

    def take(self, entry: Entry) -> None:
        """Check one entry."""
        case_id = _id_in(entry)
        unreadable = entry.faults and not entry.said
        found, problems = (None, []) if unreadable else _checked(entry, _Case, names.CASE, case_id)
        problems = [*entry.faults, *problems]
        if found and found.id in self.rows:
            before = self.rows[found.id]
            reason = f"the id “{found.id}” is taken by the case at {before}"
            problems.append(Problem(entry.row, found.id, reason))
        self.problems += problems
        if found and not problems:
            self._cases.append((_case(found), entry.row))
            if found.id:
                self.rows[found.id] = entry.row

    def named(self) -> Iterator[Case]:
        """Give all cases in order, each with an id."""
        for case, row in self._cases:
            if case.id:
                yield case
                continue
            name = free_id(case.question, self.rows)
            self.rows[name] = row
            self.made.append(name)
            yield with_id(case, name)


def case_entered(said: Mapping[str, object]) -> tuple[Case | None, tuple[Problem, ...]]:
    """Return the case that somebody entered, or all that is wrong with it.

    Args:
        said: text, list of texts or places, by the keys of YAML.
    """
    found, problems = _checked(Entry(0, said), _Case, names.CASE, "")
    return (_case(found) if found else None), tuple(problems)


def free_id(question: str, taken: Mapping[str, object]) -> str:
    """Return an id from a question's words that is not taken, with a number where it must."""
    plain = id_from(question)
    number, name = 1, plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name


def with_id(case: Case, name: str) -> Case:
    """Return a case under another id."""
    return replace(case, id=name)


def _case(found: _Case) -> Case:
    places = found.evidence
    if found.document:
        places = (_Place.model_validate({key: getattr(found, key) for key in names.PLACES}),)
    return Case(
        id=found.id,
        question=found.question,
        wordings=found.other_wordings,
        expected=found.decided() or "answer",
        must_say=found.must_say,
        nice_to_say=found.nice_to_say,
        must_not_say=found.must_not_say,
        evidence=tuple(Evidence(**one.model_dump()) for one in places if one.document),
        why=found.why,
        importance=found.importance,
        state=found.state,
        tags=found.tags,
        notes=found.notes,
        as_of=found.as_of,
        without=tuple(Evidence(one.document, one.section) for one in found.without),
        more=tuple((key, text) for key, text in found.more.items() if text),
    )


def _checked(
    entry: Entry, model: type[_M], known: Sequence[str], case_id: str
) -> tuple[_M | None, list[Problem]]:
    """Return what an entry says, or all that is wrong with it."""
    said: dict[str, object] = {}
    written: dict[str, str] = {}
    problems = []
    for name, value in entry.said.items():
        key = names.key_of(name, known)
        if key in said:
            reason = f"“{name}” says the same as “{written[key]}”; keep one of them"
            problems.append(Problem(entry.row_of(name), case_id, reason))
        said[key or name] = _keyed(value) if key in _OF_PLACES else value
        written[key or name] = name
    try:
        found = model.model_validate(said)
    except ValidationError as error:
        for one in error.errors():
            place = [str(part) for part in one["loc"]]
            row = entry.row_of(written.get(place[0], "")) if place else entry.row
            problems.append(Problem(row, case_id, _reason(one, place, known)))
        return None, problems
    return (None, problems) if problems else (found, [])


def _keyed(value: object) -> object:
    """Return places of evidence under their keys, one alone as a list."""
    places = [value] if isinstance(value, dict) else value
    if not isinstance(places, list):
        return places
    return [
        {names.key_of(str(name), names.PLACES) or str(name): text for name, text in one.items()}
        if isinstance(one, dict)
        else one
        for one in places
    ]


def _reason(error: Mapping[str, object], place: Sequence[str], known: Sequence[str]) -> str:
    """Say what is wrong in words for the one who wrote it."""
    name = place[-1] if place else ""
    if error["type"] == "extra_forbidden":
        among = _OF_PLACES.get(place[0], known)
        return f"“{name}” is no key{names.did_you_mean(name, among)}"
    if error["type"] == "value_error":
        context = error["ctx"]
        words = str(context["error"]) if isinstance(context, dict) else ""
        return f"“{_header(name)}” {words}" if name and not name.isdecimal() else words
    return f"“{_header(place[0])}” is not written as it should be" if place else "is no case"


def _header(name: str) -> str:
    return names.HEADERS.get(name, name.replace("_", " "))


def _id_in(entry: Entry) -> str:
    """Return an entry's id for the messages about it, whatever else is wrong with it."""
    for name, value in entry.said.items():
        if names.key_of(name, names.CASE) == "id":
            try:
                return text_of(value)
            except ValueError:
                return ""
    return ""


def _check_own(name: str) -> None:
    """Refuse a name of one's own that a table would take for another column."""
    if not name.strip() or name != " ".join(name.split()):
        raise ValueError(f"“more” has a name that no column can have: “{name}”")
    if names.key_of(name, names.HEADERS) or names.spelled(name) in names.RESULTS:
        raise ValueError(f"“more” has the name “{name}”, which is a column of every suite")
    near = names.mistyped(name)
    if near:
        raise ValueError(f"“more” has the name “{name}”; did you mean “{near}”?")
