"""What a question asks for: its terms and their weight, its names and figures, its form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.asking_words import ASKING_FORMS, AskingForms, Form
from assistant.audience import EVERYBODY
from assistant.demands import demands
from assistant.naming import names_in, naming_of
from assistant.reply import LONGEST_QUESTION, Question
from assistant.wording import Wording, wording_of
from corpus.errors import QuestionError
from corpus.figures import Figure
from corpus.sentences import sentences
from indexing.embedding import Embedder, Vectors
from indexing.index import Index
from indexing.keywords import tokens

# Words that say how something is asked, not what about. Closed-class words are left out by the
# tokeniser; these are the verbs and nouns of asking.
_ASKING = frozenset(
    tokens(
        "tell explain describe list name give show find know say says said state mention please "
        "want need question answer information detail details document documents exactly kindly "
        "hello hi thanks thank wonder mean means according regarding concerning about does "
        "often long far ahead soon many much must may shall might able allowed"
    )
)
_LIST = re.compile(
    r"^\W*(?:please\s+)?(?:list|name|enumerate|give\s+(?:me\s+)?(?:all|the\s+list))\b"
    r"|\b(?:what|which)\s+(?:all\s+)?(?:are|were)\b"
    r"|\b(?:what|which)\s+(?:\w+\s+){0,3}?\w{2,}[^s\W]s\b"
    r"|\b(?:all|every|full\s+list|complete\s+list)\b"
    r"|\bwhat\s+(?:does|do|will|did|has|have)\b.*\b(?:do|doing|done|say|promise|plan|include|want|"
    r"commit|offer|cover|propose|intend|undertake|demand)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:who|whom|whose|which (?:team|unit|office|body|department|division))\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"\b(?:when|by when|how (?:long|soon|often|far ahead|early|late)|what date|deadline|until when|"
    r"which (?:year|quarter|month|date))\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|high|large)\b|\bwhat (?:percentage|share|amount)\b", re.IGNORECASE
)
_WHY = re.compile(r"\bwhy\b|\bwhat (?:is|was) the reason\b|\bfor what reason\b", re.IGNORECASE)
NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|nothing|cannot|without|except|excluded|ineligible|"
    r"inadmissible)\b|n[’']t\b",
    re.IGNORECASE,
)
_ENGLISH = AskingForms(_HOW_MANY, _WHEN, _WHO, _WHY, several=_LIST, negation=NEGATION)


@dataclass(frozen=True, slots=True)
class Term:
    """One stem of the question with its inverse document frequency.

    Attributes:
        known: the stem occurs in the documents.
    """

    stem: str
    weight: float
    known: bool


@dataclass(frozen=True)
class Inquiry:
    """A question understood.

    Attributes:
        terms: what it is about, without the words that only name a body or its document.
        names: stems that were written like names, or name a body whose documents are here.
        demands: years, quarters, clauses, grades, codes and versions that it asks about; a quote
            answers only if it stands where they do.
        form: what kind of thing it asks for.
        wording: its language, and the words to search with.
        preferred: keys of the documents that it names, by their body or their whole title.
        wants_list: the question asks for several things.
        negated: it asks for what is not so.
        vector: embedding of the question, of unit length.
        said: every stem of the question in its order, repeated ones too.
        asked: those of its sentences that ask; of a question without any, all.
    """

    question: Question
    vector: Vectors
    terms: tuple[Term, ...]
    names: frozenset[str]
    demands: tuple[Figure, ...]
    form: Form
    wants_list: bool
    negated: bool
    preferred: frozenset[str]
    said: tuple[str, ...]
    asked: tuple[str, ...]
    wording: Wording

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

    def share(self, stems: frozenset[str] | set[str]) -> float:
        """Tell which share of the question's weight ``stems`` cover, from 0 to 1."""
        found = sum(term.weight for term in self.terms if term.stem in stems)
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
        ModelError: the question cannot be embedded.
    """
    wording = wording_of(question.text, index, multilingual=embedder.multilingual)
    forms = ASKING_FORMS.get(wording.language, _ENGLISH)
    said = tokens(wording.searched)
    stems = dict.fromkeys(stem for stem in said if stem not in _ASKING)
    naming = index.once(naming_of)
    names = names_in(question.text) | (stems.keys() & naming.bodies)
    named = naming.named_in(stems.keys(), names)
    subject = [stem for stem in stems if stem not in named.naming] or list(stems)
    terms = tuple(Term(stem, index.idf(stem), known=index.knows(stem)) for stem in subject)
    return Inquiry(
        question,
        embedder.embed_question(wording.embedded),
        terms,
        frozenset(names & stems.keys()),
        demands(question.text),
        forms.form_of(question.text),
        wants_list=bool(forms.several.search(question.text)),
        negated=bool(forms.negation.search(question.text)),
        preferred=named.keys,
        said=said,
        asked=tokens(_asking_part(wording.searched)),
        wording=wording,
    )


def _asking_part(text: str) -> str:
    """Return the sentences that end with a question mark: the others tell a situation."""
    whole = [text[start:end] for start, end in sentences(text, 0, len(text))]
    return " ".join(one for one in whole if one.rstrip().endswith("?")) or text
