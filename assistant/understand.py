"""What a question asks for: its terms and their weight, its names and figures, its form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.asking import ASKING
from assistant.audience import EVERYBODY
from assistant.question_form import Form, form_of, is_negated, wants_list
from assistant.reply import LONGEST_QUESTION, Question
from assistant.terms import Term, abbreviations, terms_of
from assistant.wording import Wording, read_wording
from corpus.errors import QuestionError
from corpus.model import Metadata, document_key
from indexing.embedding import Embedder, Vectors
from indexing.index import Index
from indexing.keywords import tokens

_YEAR = re.compile(r"(?<![\w.])(?:19|20)\d\d(?![\w.]*\d)")
_QUARTER = re.compile(r"\bQ\s?([1-4])\b", re.IGNORECASE)
_CODE = re.compile(r"\b[A-Z]{1,3}-?\d{1,2}\b|\b\d{1,2}(?:\.\d{1,2})+\b|\b\d+(?:\.\d+)?\s?%")
_VERSION = re.compile(r"\bversion (\d[\w.–-]*)", re.IGNORECASE)
_RANGE = re.compile(r"\b([A-Z])-?(\d)\s?(?:to|–|-)\s?([A-Z])-?(\d)\b")
_LAST_OF_SERIES = 9  # grades and classes are counted with one digit
_NAME = re.compile(r"\b(?:[A-Z]{2,}[a-z]{0,2}|[A-Z][a-z]+[A-Z]\w*)\b")


@dataclass(frozen=True)
class Inquiry:
    """A question understood.

    Attributes:
        terms: what it is about, without the words that only name a body or its document.
        names: stems that were written like names, or name a body whose documents are here.
        figures: years, quarters, codes and percentages, in lower case without spaces; a quote
            answers only if it stands where they do.
        form: what kind of thing it asks for.
        preferred: keys of the documents that it names, by their body or their whole title.
        wants_list: the question asks for several things.
        negated: it asks for what is not so.
        vector: embedding of the question as it is read, of unit length.
        wording: how its words are read.
    """

    question: Question
    wording: Wording
    vector: Vectors
    terms: tuple[Term, ...]
    names: frozenset[str]
    figures: frozenset[str]
    form: Form
    wants_list: bool
    negated: bool
    preferred: frozenset[str]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all terms."""
        return frozenset(term.stem for term in self.terms)

    @cached_property
    def weight(self) -> float:
        """Sum of the weights of all terms."""
        return sum(term.weight for term in self.terms)

    @property
    def search_tokens(self) -> tuple[str, ...]:
        """What BM25 searches for: the question's stems, then those that may stand for them."""
        return self.wording.search_tokens

    def readings(self, stem: str) -> tuple[frozenset[str], ...]:
        """Return the groups of stems each of which says what a stem of the question says."""
        return (frozenset({stem}), *self.wording.alternatives(stem))

    def share(self, stems: frozenset[str] | set[str]) -> float:
        """Tell which share of the question's weight ``stems`` cover, from 0 to 1.

        A term is covered by its stem, or by all stems of what may stand for it.
        """
        found = sum(term.weight for term in self.terms if term.is_in(stems))
        return found / self.weight if self.weight else 0.0


def check_question(
    text: str,
    *,
    as_of: date,
    today: date,
    conversation_id: str | None = None,
    groups: frozenset[str] = EVERYBODY,
) -> Question:
    """Return a question that can be taken.

    Raises:
        QuestionError: it is empty, longer than 4,000 characters, or holds what is not text.
    """
    if any(unicodedata.category(letter) == "Cs" or letter == "\0" for letter in text):
        raise QuestionError("The question is not valid text.", "Send it as UTF-8.")
    clean = unicodedata.normalize("NFC", text).strip()
    if not clean:
        raise QuestionError("The question is empty.", "Write what you would like to know.")
    if len(clean) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(clean):,} characters; {LONGEST_QUESTION:,} is the most.",
            "Ask it in fewer words.",
        )
    return Question(clean, as_of, today, conversation_id, groups)


def understand(question: Question, index: Index, embedder: Embedder) -> Inquiry:
    """Read what a question asks for, with term weights from the index's own documents.

    Raises:
        ModelError: the question cannot be embedded, or its words not be read.
    """
    wording = read_wording(question.text, index)
    core = wording.core
    stems = dict.fromkeys(stem for stem in tokens(core) if stem not in ASKING)
    named = _names(core) | (stems.keys() & (_bodies(index.catalogue) | abbreviations(core, index)))
    preferred, naming = _named_documents(index.catalogue, stems.keys(), named)
    subject = [stem for stem in stems if stem not in naming] or list(stems)
    return Inquiry(
        question,
        wording,
        embedder.embed([core])[0],
        terms_of(subject, wording, index),
        frozenset(named & stems.keys()),
        figures(question.text),
        form_of(core),
        wants_list=wants_list(core),
        negated=is_negated(core),
        preferred=preferred,
    )


def _names(text: str) -> set[str]:
    """Return the stems of words that are written like names, unless all are."""
    return set() if text.isupper() else {s for word in _NAME.findall(text) for s in tokens(word)}


def _bodies(catalogue: Iterable[Metadata]) -> set[str]:
    """Return the short names of the bodies whose documents these are, whatever their case."""
    heads = " ".join(f"{one.organisation} {one.title}" for one in catalogue)
    return _names(heads)


def _named_documents(
    catalogue: Iterable[Metadata], stems: AbstractSet[str], named: AbstractSet[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the documents that a question names, and the stems that name them only."""
    keys: set[str] = set()
    naming: set[str] = set()
    for one in catalogue:
        title = set(tokens(one.title))
        by_body = named & set(tokens(one.organisation))
        by_title = title if title <= stems else set()
        if by_body or by_title:
            keys.add(document_key(one.id, one.version))
        if by_body:  # a title alone names the subject as well: "Policy on telework"
            naming |= by_body | title
    return frozenset(keys), frozenset(naming)


def figures(text: str) -> frozenset[str]:
    """Return the years, quarters, codes, percentages and versions of a text in one spelling.

    A range holds what lies in it: "G-6 to P-2" gives g6, g7, g8, g9, p1 and p2.
    """
    quarters = {f"q{digit}" for digit in _QUARTER.findall(text)}
    codes = {re.sub(r"[\s-]", "", code).lower() for code in _CODE.findall(text)}
    versions = {f"version {number.lower()}" for number in _VERSION.findall(text)}
    between = {code for ends in _RANGE.findall(text) for code in _codes_between(*ends)}
    return frozenset(set(_YEAR.findall(text)) | quarters | codes | versions | between)


def _codes_between(series: str, first: str, other: str, last: str) -> set[str]:
    """Return the codes of a range; one that runs over two series takes in the end of the first."""
    stop = int(last) if series == other else _LAST_OF_SERIES
    codes = {f"{series.lower()}{number}" for number in range(int(first), stop + 1)}
    begin = int(first) if series == other else 1
    return codes | {f"{other.lower()}{number}" for number in range(begin, int(last) + 1)}
