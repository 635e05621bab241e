"""Changing a suite case by case: what somebody entered, checked, in its place among the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.errors import SuiteNotFound, SuiteRefused
from evals.suites.files.checking import Held, Library, hold
from evals.suites.files.entered import case_entered, free_id, with_id
from evals.suites.model import Case, Suite


@dataclass(frozen=True, slots=True)
class Entered:
    """A case as it was entered.

    Attributes:
        case: None where it cannot be one; its places are pinned to the version they stand in.
        reasons: what is wrong with it, in sentences.
        places: of its evidence, in order, each with what was found about it.
    """

    case: Case | None
    reasons: tuple[str, ...] = ()
    places: tuple[Held, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it can be kept: a place that is not there is no evidence."""
        return not (self.case is None or self.reasons) and not any(
            one.finding and one.finding.kind == "rejected" for one in self.places
        )


def enter(said: Mapping[str, object], library: Library, before: Case | None = None) -> Entered:
    """Check a case that somebody entered, and look for its places in the documents.

    Args:
        said: text, list of texts or places, by the keys of YAML.
        library: the documents.
        before: the case that it takes the place of: what it remembers of places that stayed the
            same is kept, and so are columns of the owner's own.
    """
    case, problems = case_entered(said)
    if case is None:
        return Entered(None, tuple(one.reason for one in problems))
    remembered = before.evidence if before else ()
    known = {(one.document, one.section, one.quote): one for one in remembered}
    asked = [known.get((one.document, one.section, one.quote), one) for one in case.evidence]
    held = tuple(hold(one, library, case.as_of) for one in asked)
    more = before.more if before else case.more
    kept = replace(case, evidence=tuple(one.evidence for one in held), more=more)
    return Entered(kept, tuple(_not_hidden(case, library, before)), held)


def _not_hidden(case: Case, library: Library, before: Case | None) -> Iterator[str]:
    """Say what a case is to be asked without and is not there, unless that was so before."""
    for one in case.without:
        finding = hold(one, library, case.as_of).finding
        if finding and not (before and one in before.without):
            yield finding.reason


def case_named(suite: Suite, name: str) -> Case:
    """Return a case by its id.

    Raises:
        SuiteNotFound: the suite has none.
    """
    found = next((case for case in suite.cases if case.id == name), None)
    if found is None:
        raise SuiteNotFound(
            f"The suite “{suite.name}” has no case “{name}”.", "Choose one from its page."
        )
    return found


def put(suite: Suite, case: Case, *, was: str = "") -> tuple[Suite, Case]:
    """Return a suite with a case in it, and the case with its id.

    Args:
        suite: to put it into.
        case: gets an id from its question where it has none.
        was: id of the case whose place it takes; empty adds it at the end.

    Raises:
        SuiteRefused: another case has its id.
        SuiteNotFound: the one whose place it takes is gone.
    """
    taken = {one.id for one in suite.cases} - {was}
    if not case.id:
        case = with_id(case, was or free_id(case.question, dict.fromkeys(taken)))
    if case.id in taken:
        raise SuiteRefused(f"Another case has the id “{case.id}”.", "Give it another one.")
    if not was:
        return replace(suite, cases=(*suite.cases, case)), case
    case_named(suite, was)
    cases = tuple(case if one.id == was else one for one in suite.cases)
    return replace(suite, cases=cases), case


def without(suite: Suite, names: Iterable[str]) -> Suite:
    """Return a suite without some cases."""
    gone = frozenset(names)
    return replace(suite, cases=tuple(case for case in suite.cases if case.id not in gone))


def reviewed(suite: Suite, names: Iterable[str]) -> Suite:
    """Return a suite in which some drafts decide from now on.

    Raises:
        SuiteRefused: one of them holds an answer to nothing, so that any would pass.
    """
    chosen = frozenset(names)
    empty = [case.id for case in suite.cases if case.id in chosen and case.asks_for_nothing]
    if empty:
        raise SuiteRefused(
            f"These say neither what must be said nor where it stands: {', '.join(empty)}.",
            "Open each, and say what a right answer holds.",
        )
    return replace(
        suite,
        cases=tuple(
            replace(case, state="reviewed") if case.id in chosen else case for case in suite.cases
        ),
    )
