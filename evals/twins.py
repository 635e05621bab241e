"""The kinds of question: as they are, and their twins that the documents do not answer.

A twin is the same question with what answers it hidden, or with a premise made false; nobody need
write one, and any corpus gives them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from assistant.library.hidden import NOTHING, Hidden
from corpus.model import document_key
from evals.asking import Outcome
from evals.benchmark_index import IndexedSet
from evals.benchmark_sets import Entry, Query
from evals.premises import Premises, premises_of

Kind = Literal[
    "answerable",
    "section removed",
    "document not there",
    "unanswerable",
    "off-topic",
    "false premise",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FALSE_KINDS = KINDS[1:]  # an answer to one of these is a false answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked.

    Attributes:
        query: id of the question that it is or was made of.
        source: name of the set that the question is from.
    """

    kind: Kind
    query: str
    source: str
    text: str
    hidden: Hidden = NOTHING


@dataclass(frozen=True)
class Twins:
    """Makes twins of the questions of one set.

    Attributes:
        name: of the set.
    """

    name: str
    entries: Sequence[Entry]
    indexed: IndexedSet

    def of(self, query: Query, outcome: Outcome, quoted: frozenset[str]) -> Iterator[Asked]:
        """Return the twins that a question has; not every one has every kind.

        Args:
            query: with gold.
            outcome: what came of it on the whole corpus.
            quoted: entries that were quoted, in order.
        """
        section = self._section(query, outcome, quoted)
        if section:
            yield self._hiding("section removed", query, section)
        document = self._ordinals(self._document(query))
        if document:
            yield self._hiding("document not there", query, document)
        other = self._premises.falsified(query.id, query.text, self._gold_text(query))
        if other:
            yield Asked("false premise", query.id, self.name, other)

    def _hiding(self, kind: Kind, query: Query, ordinals: Iterable[int]) -> Asked:
        return Asked(kind, query.id, self.name, query.text, self._hidden(frozenset(ordinals)))

    def _section(self, query: Query, outcome: Outcome, quoted: frozenset[str]) -> frozenset[int]:
        """Return the passages of the sections that answer, where more of their documents is left.

        They are the gold entries, or, where an entry is a whole document, the sections of it that
        are quoted; none where they would be the whole document.
        """
        document = self._document(query)
        ordinals = self._ordinals(document)
        if document > query.gold.keys():
            section = self._ordinals(query.gold)
        else:
            section = self._quoted_sections(outcome) & self._ordinals(quoted & query.gold.keys())
        return section if section < ordinals else frozenset()

    def _quoted_sections(self, outcome: Outcome) -> frozenset[int]:
        """Return all passages of the sections from which something is quoted."""
        index, found = self.indexed.index, set[int]()
        for key in dict.fromkeys(quote.key for quote in outcome.quotes):
            passages = index.passages(index.ordinals(key))
            sections = {
                one.section
                for one in passages.values()
                for quote in outcome.quotes
                if quote.key == key and one.start < quote.end and quote.start < one.end
            }
            found |= {place for place, one in passages.items() if one.section in sections}
        return frozenset(found)

    def _document(self, query: Query) -> frozenset[str]:
        """Return all entries of the documents that the gold stands in."""
        return frozenset().union(*(self._whole[self._part[entry]] for entry in query.gold))

    def _gold_text(self, query: Query) -> str:
        return "\n".join(f"{one.title}\n{one.text}" for one in self.entries if one.id in query.gold)

    def _ordinals(self, entries: Iterable[str]) -> frozenset[int]:
        held = self.indexed
        return frozenset(
            ordinal
            for entry in entries
            for key in held.keys_of(entry)
            for ordinal in held.index.ordinals(key)
            if held.entry_of(ordinal) == entry
        )

    def _hidden(self, ordinals: frozenset[int]) -> Hidden:
        """Hide a document as a whole where all its passages are to be hidden."""
        index = self.indexed.index
        met = {document_key(one.document, one.version) for one in index.passages(ordinals).values()}
        whole = {key for key in met if ordinals.issuperset(index.ordinals(key))}
        rest = ordinals.difference(*(index.ordinals(key) for key in whole))
        return Hidden(frozenset(whole), rest)

    @cached_property
    def _premises(self) -> Premises:
        return premises_of(f"{one.title}\n{one.text}" for one in self.entries)

    @cached_property
    def _part(self) -> dict[str, str]:
        """Name the document of each entry: as the set says, else by id or title, else its own."""
        titles = Counter(one.title for one in self.entries)
        return {one.id: _document_of(one, shared=titles[one.title] > 1) for one in self.entries}

    @cached_property
    def _whole(self) -> dict[str, frozenset[str]]:
        """List the entries of each document."""
        held: dict[str, set[str]] = defaultdict(set)
        for entry, document in self._part.items():
            held[document].add(entry)
        return {document: frozenset(entries) for document, entries in held.items()}


def _document_of(entry: Entry, *, shared: bool) -> str:
    file, _, place = entry.id.partition("#")
    if entry.metadata.doc:
        return f"document {entry.metadata.doc}"
    if place:
        return f"file {file}"
    return f"title {entry.title}" if entry.title and shared else f"entry {entry.id}"
