"""Where a case's answer may stand, for a case that names no place: found, and held to its facts.

The least that works is a question and what must be said. What Charter cites and finds for the
question is searched for sentences and rows that say it; a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.ask import Assistant
from assistant.reply import NoAnswer
from corpus.errors import QuestionError
from corpus.model import Document, document_key
from corpus.units import Unit, units_of, words_of
from evals.suites.judging.matching import Ruler
from evals.suites.model import Case, Evidence
from evals.suites.places import Place, Places, section_name
from evals.suites.run import ruler_of

MOST = 3
_FOUND = 10  # passages that are searched


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that may be a case's evidence.

    Attributes:
        evidence: document, section and exact text.
        title: of the document.
        says: which facts of the case stand in it.
        cited: Charter's own answer cites it.
        why: it is proposed, as a sentence.
    """

    evidence: Evidence
    title: str
    says: tuple[str, ...]
    cited: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, item or row. ``rank`` is that of its passage, from 1; 0 where it is cited."""

    document: Document
    unit: Unit
    rank: int


@dataclass(frozen=True)
class Proposer:
    """Proposes places for the cases of a suite; nothing of it is kept in the records."""

    assistant: Assistant
    ruler: Ruler
    places: Places

    @classmethod
    def of(cls, assistant: Assistant) -> Proposer:
        """Return one for the documents that are indexed now and that everybody may read."""
        shelf = assistant.shelf()
        return cls(assistant, ruler_of(shelf.index, assistant.embedder), Places(shelf))

    def propose(self, case: Case, most: int = MOST) -> tuple[Proposal, ...]:
        """Return places that say what the case must say, best first; none where none says it.

        What says more of its facts goes first, then what Charter cites, then what stands nearer
        to the question.

        Raises:
            StoredIndexError, ModelError: nothing can be asked.
        """
        if case.expected != "answer" or not case.must_say:
            return ()
        try:
            candidates = self._candidates(case)
        except QuestionError:  # the run will tell; there is nothing to propose
            return ()
        made = [self._proposal(case, one) for one in candidates]
        ranked = sorted(filter(None, made), key=lambda one: one[0])
        unique = {(one.evidence.document, one.evidence.quote): one for _, one in reversed(ranked)}
        return tuple(one for one in reversed(unique.values()))[:most]

    def _candidates(self, case: Case) -> list[_Candidate]:
        """Give what the reply cites, then what is found, each unit once."""
        cited = list(self._cited(case))
        held = {(one.document.key, one.unit.block) for one in cited}
        found = (one for one in self._found(case))
        return cited + [one for one in found if (one.document.key, one.unit.block) not in held]

    def _cited(self, case: Case) -> Iterator[_Candidate]:
        reply = self.assistant.trial(case.question, as_of=case.as_of)
        if isinstance(reply, NoAnswer):
            return
        for one in reply.citations:
            document = self.places.shelf.index.document(document_key(one.document, one.version))
            for position, block in enumerate(document.blocks):
                start, end = max(block.start, one.start), min(block.end, one.end)
                if start < end:
                    yield _Candidate(document, Unit(position, start, end), 0)

    def _found(self, case: Case) -> Iterator[_Candidate]:
        hits = self.assistant.search(case.question, as_of=case.as_of, limit=_FOUND)
        for rank, hit in enumerate(hits, start=1):
            key = document_key(hit.passage.document, hit.passage.version)
            document = self.places.shelf.index.document(key)
            for unit in units_of(document, hit.passage):
                yield _Candidate(document, unit, rank)

    def _proposal(self, case: Case, one: _Candidate) -> tuple[tuple[float, ...], Proposal] | None:
        """Return a candidate with its order, if it says a fact and is found again as evidence."""
        document, unit = one.document, one.unit
        words = words_of(document, unit)
        checked = [self.ruler.check(fact, (words,), case.question) for fact in case.must_say]
        says = tuple(fact.fact for fact in checked if fact.found == "said")
        section = document.sections[document.blocks[unit.block].section]
        quote = document.text[unit.start : unit.end].strip()
        evidence = Evidence(self._name(document), section_name(section), quote)
        if not says or not isinstance(self.places.find(evidence, case.as_of), Place):
            return None
        around = (words, *section.path, document.metadata.title)
        near = self.ruler.shared(case.question, around)
        order = (-len(says), one.rank > 0, -near, one.rank)
        why = _why(one, says, len(case.must_say))
        return order, Proposal(evidence, document.metadata.title, says, not one.rank, why)

    def _name(self, document: Document) -> str:
        """Return the title, as people read it; the id where another document has that title."""
        title = document.metadata.title
        same = self.places.document(title)
        return title if same and same.metadata.id == document.metadata.id else document.metadata.id


def propose(case: Case, assistant: Assistant, most: int = MOST) -> tuple[Proposal, ...]:
    """Return places that may be a case's evidence, best first, as ``Proposer`` does for many."""
    return Proposer.of(assistant).propose(case, most)


def first_of(proposals: Sequence[Proposal]) -> tuple[Evidence, ...]:
    """Return the best place, with those that say what it leaves out."""
    chosen: list[Evidence] = []
    said: set[str] = set()
    for one in proposals:
        if not set(one.says) <= said:
            chosen.append(one.evidence)
            said.update(one.says)
    return tuple(chosen)


def _why(one: _Candidate, says: Sequence[str], facts: int) -> str:
    told = "all that must be said" if len(says) == facts > 1 else "; ".join(says)
    how = f"Charter found it, passage {one.rank}" if one.rank else "Charter cites it"
    return f"{how}; it says: {told}."
