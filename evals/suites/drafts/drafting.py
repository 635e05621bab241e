"""Drafts of cases from the documents in force and from the cases of a suite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import get_args

from assistant.library.catalogue import catalogue_of
from assistant.library.shelf import Shelf
from corpus.model import Document, document_key
from corpus.normalise import normalise
from evals.suites.drafts.figures import drafts_of_figures
from evals.suites.drafts.found import Found, Kind, Made
from evals.suites.drafts.rows import drafts_of_rows
from evals.suites.drafts.twins import Twins
from evals.suites.drafts.variants import variants_of
from evals.suites.files.checking import OnShelf, hold
from evals.suites.model import Case, Suite
from evals.suites.places import Places

KINDS: tuple[Kind, ...] = get_args(Kind)
USUAL: tuple[Kind, ...] = ("rows", "figures")
_READERS = {"rows": drafts_of_rows, "figures": drafts_of_figures}

NO_QUESTION = "no question could be formed well"
ASKED = "the suite asks it already"
QUOTED = "a case of the suite quotes it already"
AMBIGUOUS = "one question would have several answers"
NOT_FOUND = "the words are not found again in the document"
LANGUAGE = "the document is not in English"
TOO_MANY = "more than were wanted"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What could be drafted.

    Attributes:
        cases: drafts that the suite has not yet, in the order of kinds and documents.
        left_out: reason → how many; of those kinds that were asked for.
        known: how many drafts are in the suite by their ids, whatever was made of them since.
    """

    cases: tuple[Case, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    known: int = 0

    @property
    def by_kind(self) -> Mapping[str, int]:
        """What the drafts were made of, in the words of their tags → how many."""
        return Counter(case.tags[1] for case in self.cases)

    def added_to(self, suite: Suite) -> Suite:
        """Return the suite with the drafts at its end; what is there stays as it is."""
        return replace(suite, cases=(*suite.cases, *self.cases))


def draft_cases(
    suite: Suite,
    shelf: Shelf,
    kinds: Iterable[Kind] = USUAL,
    *,
    documents: Sequence[str] = (),
    most: int | None = None,
) -> Drafted:
    """Draft cases that a person can keep, mend or throw away with one click.

    Every draft has state "draft", so that it decides nothing, a tag that says what it was made of,
    an id that stays the same as long as the words that it was made of, and its evidence with the
    version and text that it was written against. Nothing is asked and nothing is written.

    Args:
        suite: what is in it is not drafted again; twins and variants are made of its reviewed
            cases.
        shelf: the documents; those in force today are read. For a suite it is everybody's.
        kinds: "rows" gives one draft for each row of a table, "figures" one for each sentence with
            a number, an amount or a date, "twins" the answered questions without the section that
            answers them, "variants" the questions with slips, as keywords and in other words.
        documents: ids or titles to confine it to; all if none is named.
        most: drafts of each kind, taken from all documents in turn; None is all.

    Raises:
        DocumentNotFound: no document in force has such an id or title.
        StoredIndexError: the documents cannot be read.
    """
    wanted = set(kinds)
    opened = list(_documents(shelf, documents))
    kept = _Kept(suite, shelf)
    for kind in KINDS:
        if kind in wanted and kind in _READERS:
            kept.take_found(
                [one for read in kept.readable(opened) for one in _READERS[kind](read)], most
            )
        elif kind in wanted:
            kept.take_made(_made(suite, shelf, kind, opened if documents else ()), most)
    left_out = {reason: count for reason, count in kept.left_out.items() if count}
    return Drafted(tuple(kept.cases.values()), left_out, kept.known)


def _documents(shelf: Shelf, names: Sequence[str]) -> Iterator[Document]:
    """Open the documents in force, or those among them that are named."""
    in_force = shelf.index.once(catalogue_of).keys_in_force(shelf.today)
    if names:
        keys = dict.fromkeys(_opened(shelf, name).key for name in names)
    else:
        known = (document_key(one.id, one.version) for one in shelf.index.catalogue)
        keys = dict.fromkeys(key for key in known if key in in_force)
    yield from map(shelf.index.document, keys)


def _opened(shelf: Shelf, name: str) -> Document:
    return Places(shelf).document(name) or shelf.open(name).document


def _made(suite: Suite, shelf: Shelf, kind: Kind, documents: Sequence[Document]) -> Iterator[Made]:
    """Make twins or variants of the reviewed cases; if documents are named, of those in them."""
    keys = {document.key for document in documents}
    twins = Twins(shelf)
    for case in suite.cases:
        if case.state != "reviewed" or case.without or not twins.is_of(case, keys):
            continue
        yield from twins.of(case) if kind == "twins" else variants_of(case, shelf.index)


class _Kept:
    """Collects drafts: each question and each place once, and none that the suite has."""

    def __init__(self, suite: Suite, shelf: Shelf) -> None:
        self.cases: dict[str, Case] = {}
        self.left_out = Counter[str]()
        self.known = 0
        self._library = OnShelf(shelf)
        self._ids = {case.id for case in suite.cases}
        self._asked = {_plain(one) for case in suite.cases for one in case.questions}
        self._quoted = {
            normalise(one.quote) for case in suite.cases for one in case.evidence if one.quote
        }

    def readable(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents that questions can be formed from."""
        read = [one for one in documents if one.metadata.language.casefold().startswith("en")]
        self.left_out[LANGUAGE] = len(documents) - len(read)
        return read

    def take_found(self, found: Sequence[Found], most: int | None) -> None:
        """Take what documents offer."""
        offered = [one for one in found if one.question]
        self.left_out[NO_QUESTION] += len(found) - len(offered)
        asked = _told_apart(offered)
        self.left_out[AMBIGUOUS] += len(offered) - len(asked)
        new = [(one, case) for one, case in asked if self._is_new(one, case)]
        chosen = _in_turn(new, most)
        self.left_out[TOO_MANY] += len(new) - len(chosen)
        for _, case in chosen:
            self._hold(case)

    def take_made(self, made: Iterable[Made], most: int | None) -> None:
        """Take what was made of cases."""
        cases = []
        for one in made:
            if one.case is None:
                self.left_out[one.reason] += 1
            elif one.case.id in self._ids:
                self.known += 1
            else:
                cases.append(one.case)
        self.left_out[TOO_MANY] += len(cases) - len(cases[:most])
        self.cases |= {case.id: case for case in cases[:most]}

    def _is_new(self, found: Found, case: Case) -> bool:
        if case.id in self._ids:
            self.known += 1
        elif normalise(found.quote) in self._quoted:
            self.left_out[QUOTED] += 1
        elif _plain(case.question) in self._asked:
            self.left_out[ASKED] += 1
        else:
            return True
        return False

    def _hold(self, case: Case) -> None:
        """Keep a draft with its place pinned, if its words are found there again."""
        held = hold(case.evidence[0], self._library)
        if held.finding and held.finding.kind != "remark":
            self.left_out[NOT_FOUND] += 1
        elif case.id in self.cases:  # the same words stand twice
            self.left_out[AMBIGUOUS] += 1
        else:
            self.cases[case.id] = replace(case, evidence=(held.evidence,))


def _told_apart(found: Sequence[Found]) -> list[tuple[Found, Case]]:
    """Make cases, of each question one.

    What several documents answer names its document; what still has several answers is no case.
    """
    alone = Counter(_plain(one.question) for one in found)
    asked = [
        (one, one.question if alone[_plain(one.question)] == 1 else one.question_of_document)
        for one in found
    ]
    facts: dict[str, set[str]] = {}
    for one, question in asked:
        facts.setdefault(_plain(question), set()).add(normalise(one.fact))
    kept = {_plain(question): (one, question) for one, question in reversed(asked)}
    unique = [(one, question) for plain, (one, question) in kept.items() if len(facts[plain]) == 1]
    return [(one, one.case(question)) for one, question in reversed(unique)]


def _in_turn(new: Sequence[tuple[Found, Case]], most: int | None) -> list[tuple[Found, Case]]:
    """Take so many from the documents in turn, spread over each; all if no number is given."""
    if most is None or len(new) <= most:
        return list(new)
    by_document: dict[str, list[tuple[Found, Case]]] = {}
    for one in new:
        by_document.setdefault(one[0].document.key, []).append(one)
    share = -(-most // len(by_document))
    spread = [_spread(some, share) for some in by_document.values()]
    turns = (one for one in chain.from_iterable(zip_longest(*spread)) if one)
    chosen = {one[1].id for one, _ in zip(turns, range(most), strict=False)}
    return [one for one in new if one[1].id in chosen]


def _spread(some: list[tuple[Found, Case]], share: int) -> list[tuple[Found, Case]]:
    """Order what one document offers so that its beginning comes from all of it."""
    step = max(1, len(some) // share)
    first = some[::step]
    return [*first, *(one for place, one in enumerate(some) if place % step)]


def _plain(question: str) -> str:
    return normalise(question).casefold().rstrip("?. ")
