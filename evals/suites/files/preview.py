"""What an import would do: new, changed, rejected; and the suite that would come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.normalise import normalise
from evals.suites.files import names
from evals.suites.files.checking import Finding, Held, Library, hold
from evals.suites.files.entered import free_id, with_id
from evals.suites.files.read import Problem, ReadSuite, Unit
from evals.suites.files.table import about_of, cells_of
from evals.suites.model import Case, Evidence, Suite

# what a row always says: of two fields, the one decides what the other may be
_SAID = frozenset(("id", "question", "expected", "must_say", "why"))
_FIELDS = {"other_wordings": "wordings"}
_OFFERS = 3  # that may follow from each other: the document, its section, its words


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changes; texts as a table shows them."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A case with what changes in it."""

    case: Case
    row: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    Attributes:
        suite: that would come of it: what is gone or rejected stays as it was.
        unit: what rows count.
        about: what changes of the suite itself.
        new: cases with their rows.
        same, gone: ids.
        rejected: what is not taken, and why.
        out_of_date: cases that are taken though a quote no longer stands in the document.
        remarks: what is worth a look, on cases that are taken.
        accepted: what was wrong until the nearest text was taken in its place.
        whole: the file itself has a problem, so that nothing of it is to be taken.
        rows: id of a case that is taken → where it stands in the file.
    """

    suite: Suite
    unit: Unit
    about: tuple[Change, ...] = ()
    new: tuple[tuple[int, Case], ...] = ()
    changed: tuple[Changed, ...] = ()
    same: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    rejected: tuple[Problem, ...] = ()
    out_of_date: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    accepted: tuple[Problem, ...] = ()
    whole: bool = False
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to write."""
        return bool(self.new or self.changed or self.about)

    @property
    def rejected_cases(self) -> int:
        """How many rows are not taken."""
        return len({one.row for one in self.rejected})


def compare(
    current: Suite | None,
    incoming: ReadSuite,
    library: Library | None = None,
    *,
    accept_offers: bool = False,
) -> Preview:
    """Say what an import would do.

    Args:
        current: the suite that is imported into; None if there is none yet.
        incoming: what was read.
        library: the documents to look for quotes in; without it none is looked for.
        accept_offers: take the nearest text where a quote is not found.
    """
    before = {case.id: case for case in current.cases} if current else {}
    taken = _Taken(library, accept_offers=accept_offers)
    for row, case in _with_ids(incoming, before):
        old = before.get(case.id)
        taken.take(row, _kept(case, old, incoming.columns), old)
    rejected = sorted((*incoming.problems, *taken.of("rejected")), key=lambda one: one.row)
    refused = {one.case for one in rejected}
    cases = {**before, **{case.id: case for _, case in taken.cases}}
    merged = _merged(current, incoming)
    return Preview(
        suite=replace(merged, cases=tuple(cases.values())),
        unit=incoming.unit,
        about=changes_between(dict(about_of(current)) if current else {}, dict(about_of(merged))),
        new=tuple((row, case) for row, case in taken.cases if case.id not in before),
        changed=tuple(taken.changed(before)),
        same=tuple(case.id for _, case in taken.cases if before.get(case.id) == case),
        gone=tuple(one for one in before if one not in {*taken.seen, *refused}),
        rejected=tuple(rejected),
        out_of_date=tuple(taken.of("out of date")),
        remarks=tuple(taken.of("remark")),
        accepted=tuple(taken.accepted),
        whole=incoming.whole,
        rows={case.id: row for row, case in taken.cases},
    )


def without_gone(preview: Preview) -> Suite:
    """Return the suite without the cases that the file no longer has."""
    kept = tuple(case for case in preview.suite.cases if case.id not in preview.gone)
    return replace(preview.suite, cases=kept)


@dataclass
class _Taken:
    """Cases as they are taken, with what was found about their evidence."""

    library: Library | None
    accept_offers: bool = False
    cases: list[tuple[int, Case]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    found: list[tuple[Finding, Problem]] = field(default_factory=list)
    accepted: list[Problem] = field(default_factory=list)

    def take(self, row: int, case: Case, before: Case | None) -> None:
        """Hold a case's evidence against the documents, and take the case if it stands."""
        self.seen.add(case.id)
        held = [self.held(row, case, one) for one in _carried(case, before)]
        hidden = [self.held(row, case, one) for one in case.without]
        findings = [one.finding for one in held if one.finding]
        findings += _once_right(hidden, before.without if before else ())
        self.found += [(one, _problem(row, case.id, one)) for one in findings]
        if not any(one.kind == "rejected" for one in findings):
            evidence = tuple(one.evidence for one in held)
            without = tuple(_section_of(one.evidence) for one in hidden)
            self.cases.append((row, replace(case, evidence=evidence, without=without)))

    def held(self, row: int, case: Case, evidence: Evidence) -> Held:
        """Look for a place, and for the one offered in its stead where offers are taken."""
        if self.library is None:
            return Held(evidence)
        found = hold(evidence, self.library, case.as_of)
        for _ in range(_OFFERS):
            if not (self.accept_offers and found.finding and found.finding.offer):
                break
            self.accepted.append(_problem(row, case.id, found.finding))
            found = hold(found.finding.offer, self.library, case.as_of)
        return found

    def of(self, kind: str) -> Iterator[Problem]:
        """Give what was found of one kind."""
        return (problem for finding, problem in self.found if finding.kind == kind)

    def changed(self, before: dict[str, Case]) -> Iterator[Changed]:
        """Give the cases that are not as they were."""
        for row, case in self.cases:
            old = before.get(case.id)
            if old is not None and old != case:
                yield Changed(case, row, changes_between(cells_of(old), cells_of(case)))


def _once_right(hidden: Sequence[Held], before: Sequence[Evidence]) -> Iterator[Finding]:
    """Give what is wrong with what a case is asked without: out of date if it was in the suite."""
    for one in hidden:
        if one.finding:
            known = _section_of(one.evidence) in before
            yield replace(one.finding, kind="out of date") if known else one.finding


def _section_of(evidence: Evidence) -> Evidence:
    return Evidence(evidence.document, evidence.section)


def _problem(row: int, case: str, finding: Finding) -> Problem:
    return Problem(row, case, finding.reason, finding.nearest)


def _with_ids(incoming: ReadSuite, before: dict[str, Case]) -> Iterator[tuple[int, Case]]:
    """Give each case with its row; one without an id is the case with the same question."""
    by_question = {_plain(case.question): case.id for case in before.values()}
    given = {one.id for one in incoming.suite.cases if one.id not in incoming.made}
    taken: dict[str, object] = dict.fromkeys((*before, *given))
    for case in incoming.suite.cases:
        row = incoming.rows[case.id]
        if case.id not in incoming.made:
            yield row, case
            continue
        known = by_question.pop(_plain(case.question), None)
        name = known if known and known not in given else free_id(case.question, taken)
        taken[name] = None
        yield row, with_id(case, name)


def _kept(case: Case, before: Case | None, columns: frozenset[str] | None) -> Case:
    """Keep what a table has no column for: a question and “must say” alone say no more."""
    if before is None or columns is None:
        return case
    silent = set(names.HEADERS) - _SAID - set(names.PLACES) - columns
    kept = {_FIELDS.get(key, key): getattr(before, _FIELDS.get(key, key)) for key in silent}
    if not columns & set(names.PLACES):
        kept["evidence"] = before.evidence
    if "expected" not in columns and "answer" not in {case.expected, before.expected}:
        kept["expected"] = before.expected
    return replace(case, **kept)


def _carried(case: Case, before: Case | None) -> tuple[Evidence, ...]:
    """Keep the version that a quote was written against, where the file leaves it out."""
    known = {(one.document, one.quote): one for one in (before.evidence if before else ())}
    return tuple(
        replace(one, version=old.version, sha256=old.sha256)
        if (old := known.get((one.document, one.quote))) and not (one.version or one.sha256)
        else one
        for one in case.evidence
    )


def _merged(current: Suite | None, incoming: ReadSuite) -> Suite:
    if current is None:
        return incoming.suite
    fields = {"suite": "name", **{key: key for key in ("owner", "language", "review_by", "target")}}
    told: dict[str, Any] = {
        fields[key]: getattr(incoming.suite, fields[key]) for key in incoming.told
    }
    return replace(current, **told)


def changes_between(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    """Return the fields that differ between two sets of cells."""
    names = dict.fromkeys((*old, *new))
    return tuple(
        Change(name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def _plain(question: str) -> str:
    return normalise(question).casefold().rstrip("?. ")
