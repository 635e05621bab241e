"""A question's words, read against the words of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asking import without_padding
from assistant.expansions import Expansion, expand
from assistant.repairs import Repair, repair
from indexing.index import Index
from indexing.keywords import tokens


# What BM25 counts a stem of the question for one that may stand for it. Measured on two public sets,
# alternatives that counted as much took the place of what was asked: recall@10 .569 -> .513.
OWN = 4


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
        """The stems to search for: its own ``repeated`` times, what may stand for them once.

        What stands for words that the documents do not have counts as its own.
        """
        instead = (stem for one in self.expansions if one.instead for stem in one.alternative)
        own = tokens(self.core)
        own += tuple(dict.fromkeys(stem for stem in instead if stem not in own))
        added = (stem for one in self.expansions for stem in one.alternative)
        return own * self.repeated + tuple(dict.fromkeys(stem for stem in added if stem not in own))

    @property
    def repeated(self) -> int:
        """How often each stem of its own is searched for; scores are as many times as high."""
        return OWN if self.expansions else 1

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
