"""Candidates: every unit of the first hits, scored for one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.question.question_form import is_negated
from assistant.question.understand import Inquiry
from assistant.retrieval.retrieve import Hit
from assistant.selection.bounds import amounts_given, holds_amount
from assistant.selection.forms import has_form
from assistant.selection.quotable import Quotable, introduces, quotables_of
from corpus.clauses import above, clause_of
from corpus.model import Document, document_key
from indexing.index import Index
from indexing.kept import Kept
from indexing.keywords import tokens

READ_HITS = 8  # passages whose units are compared
AROUND = 0.7  # what a question's term counts that stands only in the heading, title or lead-in
FORM = 0.15  # for a unit that holds the kind of thing that is asked for: a body, a time, a list
NAMED = 0.25  # for a unit whose section or clause the question names
POLARITY = 0.15  # for a unit that says what is not, where the question asks for that
ABOUT = 0.15  # for a unit of a document whose subject the question names
PREFERRED = 0.2  # for a unit of a document that the question names
OF_UNIT = 0.75  # share of the unit's own embedding in its cosine; its passage's has the rest
BOUNDED = 0.25  # for a row or item whose bounds hold an amount of the question; against the others
RETRIEVED = 0.35  # weight of the passage's own rank in a unit's score
PASSAGES_KEPT = 1_024  # whose units are not read again for the next question; some 10 MB
SAME = 0.75  # share of words in common from which two passages say the same

_LABEL = re.compile(
    r"^(?:(?:annex|appendix|chapter|part|section|schedule|title)\s+\w{1,5}\b|\d+(?:\.\d+)*)[.:)]?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit scored for one question.

    Attributes:
        score: coverage, cosine and the passage's rank, added.
        cosine: of the question and the unit, with its passage and headings.
        named: the question names the section or the clause that it stands in.
        leads_in: it introduces a list, and says nothing without it.
        group: of its block.
    """

    quotable: Quotable
    score: float
    cosine: float
    named: bool
    leads_in: bool
    group: int | None


def rank(index: Index, inquiry: Inquiry, hits: Sequence[Hit]) -> list[Candidate]:
    """Score every unit of the first hits, best first; equal scores stand in hit order.

    Hits that say the same must have been folded (``distinct``).
    """
    candidates: list[Candidate] = []
    kept = index.whole.once(_quotables_kept)
    for hit in hits[:READ_HITS]:
        document = index.document(document_key(hit.passage.document, hit.passage.version))
        near = index.unit_vectors(hit.ordinal) @ inquiry.vector
        cosines = OF_UNIT * near + (1 - OF_UNIT) * hit.cosine
        read = kept.one(hit.ordinal, partial(quotables_of, document, hit.passage))
        candidates += [
            _score(inquiry, hit, document, one, float(cosine))
            for one, cosine in zip(read, cosines, strict=True)
            if not _is_caption(document, one)
        ]
    return sorted(_by_bounds(inquiry, candidates), key=lambda candidate: -candidate.score)


def _quotables_kept(_: Index) -> Kept[int, tuple[Quotable, ...]]:
    """Return what keeps the units of the passages that questions met last."""
    return Kept(PASSAGES_KEPT)


def distinct(index: Index, hits: Sequence[Hit]) -> list[Hit]:
    """Leave out each hit that says in nearly the same words what a better one says.

    Rows of one table and rules of two handbooks may differ by their numbers alone: these stay.
    """
    kept: list[tuple[Hit, frozenset[str]]] = []
    for hit in hits:
        words = index.stems(hit.ordinal)
        if not any(_say_the_same(words, other) for _, other in kept):
            kept.append((hit, words))
    return [hit for hit, _ in kept]


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer, more = len(one), len(other)
    if fewer > more:  # a question compares hundreds of pairs: sorting them takes longer than this
        fewer, more = more, fewer
    if fewer <= SAME * more:  # so many they cannot have in common
        return False
    shared = len(one & other)
    if shared <= SAME * (fewer + more - shared):
        return False
    return not any(stem.isdecimal() for stem in one ^ other)


def _score(
    inquiry: Inquiry, hit: Hit, document: Document, one: Quotable, cosine: float
) -> Candidate:
    block = document.blocks[one.unit.block]
    named = _names_section(inquiry, document.sections[block.section].heading)
    named = named or (bool(inquiry.clauses) and _names_clause(inquiry, document, one))
    leads_in = one.unit.end == block.end and introduces(document, one.unit.block)
    fits = inquiry.form != "open" and has_form(one.words, inquiry.form)
    coverage = inquiry.share(one.stems) + AROUND * inquiry.share(one.around - one.stems)
    score = coverage + cosine + RETRIEVED * hit.score
    score += FORM * (fits or (leads_in and inquiry.wants_list)) + NAMED * named
    score += POLARITY * (inquiry.negated and is_negated(one.text))
    score += PREFERRED * (one.key in inquiry.preferred) + ABOUT * (one.key in inquiry.about)
    return Candidate(one, score, cosine, named, leads_in, block.group)


def _by_bounds(inquiry: Inquiry, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Prefer, in a list or table, what holds an amount of the question to what excludes it."""
    given = amounts_given(inquiry.question.text)
    if not given:
        return list(candidates)
    held = [
        None if one.group is None else holds_amount(one.quotable.words, given) for one in candidates
    ]
    lists = {
        (one.quotable.key, one.group) for one, holds in zip(candidates, held, strict=True) if holds
    }
    return [
        replace(one, score=one.score + (BOUNDED if holds else -BOUNDED))
        if holds is not None and (one.quotable.key, one.group) in lists
        else one
        for one, holds in zip(candidates, held, strict=True)
    ]


def _names_section(inquiry: Inquiry, heading: str) -> bool:
    """Tell whether the question uses every word of a heading of two words or more."""
    stems = set(tokens(_LABEL.sub("", heading)))
    return len(stems) > 1 and stems <= inquiry.stems


def _names_clause(inquiry: Inquiry, document: Document, one: Quotable) -> bool:
    """Tell whether the question names the clause that a unit is, or lies in, by its number.

    A clause of the document that it names, where it names one.
    """
    if inquiry.preferred and one.key not in inquiry.preferred:
        return False
    held = above(clause_of(document, one.unit.block))
    return any(key.removeprefix("clause:") in held for key in inquiry.clauses)


def _is_caption(document: Document, one: Quotable) -> bool:
    """Tell whether a unit is the title of the table that follows it."""
    following = document.blocks[one.unit.block + 1 : one.unit.block + 2]
    return (
        document.blocks[one.unit.block].kind in {"paragraph", "caption"}
        and bool(following)
        and following[0].kind == "table_row"
    )
