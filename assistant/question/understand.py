"""What a question asks for: its terms and their weight, its names and figures, its form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from assistant.library.audience import EVERYBODY
from assistant.question.asking import ASKING
from assistant.question.demands import demands
from assistant.question.looked_into import looked_into
from assistant.question.naming import names_in, naming_of
from assistant.question.question_form import Form, forms_of
from assistant.question.terms import Term, abbreviations, terms_of
from assistant.question.wording import Wording, read_wording
from assistant.reply import LONGEST_QUESTION, Question
from corpus.errors import QuestionError
from corpus.figures import Figure
from corpus.sentences import sentences
from indexing.embedding import Embedder, Vectors
from indexing.index import Index
from indexing.keywords import tokens


@dataclass(frozen=True)
class Inquiry:
    """A question understood.

    Attributes:
        terms: what it is about, without the words that only name a body or its document.
        names: stems that were written like names, or name a body whose documents are here.
        demands: years, quarters, clauses, grades, codes and versions that it asks about; a quote
            answers only if it stands where they do.
        form: what kind of thing it asks for.
        preferred: keys of the documents that it names, by their body or their whole title.
        about: keys of the documents whose subject, as their title says it, it names.
        wants_list: the question asks for several things.
        negated: it asks for what is not so.
        vector: embedding of the question as it is read, of unit length.
        said: every stem of the question in its order, repeated ones too.
        asked: those of its sentences that ask; of a question without any, all.
        neighbours: what share of the question each two words of its subject make up that stand
            side by side in it, by how rare they are; nothing where it has but one.
        possible: about the highest BM25 score that a passage can have.
        wording: its language, and how its words are read.
    """

    question: Question
    wording: Wording
    vector: Vectors
    terms: tuple[Term, ...]
    names: frozenset[str]
    demands: tuple[Figure, ...]
    form: Form
    wants_list: bool
    negated: bool
    preferred: frozenset[str]
    about: frozenset[str]
    said: tuple[str, ...]
    asked: tuple[str, ...]
    neighbours: Mapping[tuple[str, str], float]
    possible: float

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every stem of the question once, those of its situation as well."""
        return tuple(dict.fromkeys(self.said))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all terms."""
        return frozenset(term.stem for term in self.terms)

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The keys of the clauses, annexes and steps that it asks about."""
        return tuple(one.key for one in self.demands if one.kind in {"clause", "part"})

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
        found = sum([term.weight for term in self.terms if term.is_in(stems)])
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
    wording = read_wording(question.text, index, multilingual=embedder.multilingual)
    forms = forms_of(wording.language)
    said = tokens(wording.core)
    stems = dict.fromkeys(stem for stem in said if stem not in ASKING)
    naming = index.once(naming_of)
    short = naming.bodies | abbreviations(wording.core, index)
    names = names_in(wording.phrased) | (stems.keys() & short)
    named = naming.named_in(stems.keys(), names)
    into = looked_into(wording.core, index)
    rest = set(tokens(into.rest)) - named.naming
    demanded = demands(question.text)
    rest -= {stem for stem in _dated(question.text, demanded) if not index.knows(stem)}
    subject = [stem for stem in stems if stem in rest] or list(stems)
    return Inquiry(
        question,
        wording,
        embedder.embed_question(wording.embedded),
        terms_of(subject, wording, index),
        frozenset(names & stems.keys()),
        demanded,
        forms.form_of(wording.phrased),
        wants_list=bool(forms.several.search(wording.phrased)),
        negated=bool(forms.negation.search(wording.phrased)),
        preferred=into.keys or named.keys,
        about=named.about,
        said=said,
        asked=tokens(_asking_part(wording.core)),
        neighbours=_neighbours([stem for stem in said if stem in subject], index),
        possible=sum(map(index.idf, said)),
    )


def _dated(text: str, demanded: Sequence[Figure]) -> set[str]:
    """Return the stems of the times that must be met; the decision looks at these by themselves."""
    times = [text[one.start : one.end] for one in demanded if one.period]
    return {stem for time in times for stem in tokens(time)}


def _neighbours(said: Sequence[str], index: Index) -> Mapping[tuple[str, str], float]:
    pairs = {pair: sum(map(index.idf, pair)) for pair in pairwise(said)}
    whole = sum(pairs.values()) or 1.0
    return {pair: weight / whole for pair, weight in pairs.items()}


def _asking_part(text: str) -> str:
    """Return the sentences that end with a question mark: the others tell a situation."""
    whole = [text[start:end] for start, end in sentences(text, 0, len(text))]
    return " ".join(one for one in whole if one.rstrip().endswith("?")) or text
