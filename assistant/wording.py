"""A question's words, read against the words of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asking import without_padding
from assistant.expansions import Expansion, expand
from assistant.repairs import Repair, repair
from indexing.index import Index
from indexing.keywords import tokens


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is read.

    Attributes:
        text: the question with its slips repaired.
        core: the same without what is only politeness; it is what is searched for.
        repaired: the words that were repaired, in order.
        expansions: what the documents may say in place of its words.
    """

    text: str
    core: str
    repaired: tuple[Repair, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    @property
    def search_tokens(self) -> tuple[str, ...]:
        """The stems to search for: its own, then those that may stand for them, each once."""
        own = tokens(self.core)
        added = (stem for one in self.expansions for stem in one.alternative)
        return (*own, *dict.fromkeys(stem for stem in added if stem not in own))

    def alternatives(self, stem: str) -> tuple[frozenset[str], ...]:
        """Return the groups of stems that stand for one of the question's."""
        found = (frozenset(one.alternative) for one in self.expansions if stem in one.stems)
        return tuple(dict.fromkeys(found))


def read_wording(text: str, index: Index) -> Wording:
    """Read a question's words, by what the asker may read of the documents.

    Raises:
        ModelFileMissing: the list of English words is not installed.
    """
    repaired, repairs = repair(text, index)
    core = without_padding(repaired)
    return Wording(repaired, core, repairs, expand(core, index))


def read_as(wording: Wording) -> str:
    """Say how a question was read where it was repaired; empty where it was not."""
    return f"Read as: “{wording.text}”." if wording.repaired else ""
