"""A question's words, read against the words of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.question.asked_language import Language, asked_language
from assistant.question.asking import without_padding
from assistant.question.expansions import Expansion, expand
from assistant.question.foreign import foreign
from assistant.question.repairs import Repair, repair
from indexing.index import Index
from indexing.keywords import tokens

# How much more BM25 counts a stem of the question than one that may stand for it. With equal
# weight the four stems of a long form took the place of what was asked. BM25 alone, recall@10 on
# regulation text: .569 without them, .513 at 1, .564 at 4, .568 at 8; recall@1 on rules of
# eligibility: .655, .644, .664, .660.
OWN = 8


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is read.

    Attributes:
        text: the question with its slips repaired.
        core: the same without what is only politeness, in words that the documents may have; it
            is what is searched for.
        embedded: what the model is given.
        language: that it is asked in.
        crosses: the model carries it over, from a language that no document is in: that the
            documents lack its words tells nothing.
        repaired: the words that were repaired, in order.
        expansions: what the documents may say in place of its words.
    """

    text: str
    core: str
    embedded: str
    language: Language = "en"
    crosses: bool = False
    repaired: tuple[Repair, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    @property
    def phrased(self) -> str:
        """The question as it is asked, to tell its form: a foreign one in its own language."""
        return self.core if self.language == "en" else self.text

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


def read_wording(text: str, index: Index, *, multilingual: bool = False) -> Wording:
    """Read a question's words, by what the asker may read of the documents.

    ``multilingual`` tells that the embedding model reads other languages than English.

    Raises:
        ModelFileMissing: the list of English words is not installed.
    """
    language = asked_language(text)
    if language != "en":
        carried = foreign(text, language, index, multilingual=multilingual)
        return Wording(
            text,
            carried.searched,
            carried.embedded,
            language,
            carried.crosses,
            expansions=expand(carried.searched, index),
        )
    repaired, repairs = repair(text, index)
    core = without_padding(repaired)
    return Wording(repaired, core, core, repaired=repairs, expansions=expand(core, index))


def read_as(wording: Wording) -> str:
    """Say how a question was read where it was repaired; empty where it was not."""
    return f"Read as: “{wording.text}”." if wording.repaired else ""
