"""One draft for each sentence with a figure: the question that the sentence answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Block, Document
from corpus.sentences import sentences
from evals.suites.drafts.clauses import clause_of, plain_statement
from evals.suites.drafts.composing import Turned
from evals.suites.drafts.found import Found, heading_of
from evals.suites.drafts.phrases import phrases_of
from evals.suites.drafts.turning import turn
from evals.suites.drafts.wording import in_context

_KINDS = frozenset(("paragraph", "list_item"))
_SUBJECT = 8  # words of what "it" may stand for
_NO_IT = re.compile(
    r"\b(?:you|we|they|i|he|she|who|staff|members?|officers?|supervisors?|employees?|candidates?|"
    r"persons?|people|parents?|directors?|managers?|\w*person|heads?|chiefs?|travellers?|child(?:ren)?|"
    r"spouses?|workers?|applicants?)\b",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 4, 60  # words of a sentence


def drafts_of_figures(document: Document) -> Iterator[Found]:
    """Give what each sentence with a figure offers, in reading order."""
    for block in document.blocks:
        if block.kind in _KINDS:
            yield from _of_block(document, block)


def _of_block(document: Document, block: Block) -> Iterator[Found]:
    about = ""
    for start, end in sentences(document.text, _after_label(document, block), block.end):
        quote = document.text[start:end]
        statement = plain_statement(quote)
        if phrases_of(statement):
            yield _found(document, block, quote, _turned(statement, about))
        about = _subject_of(statement) or about


def _turned(statement: str, about: str) -> Turned | None:
    fits = _SHORTEST <= len(statement.split()) <= _LONGEST
    whole = statement[0].isupper() or statement[0] in "\"“‘'«0123456789"
    return turn(statement, about) if fits and whole else None


def _found(document: Document, block: Block, quote: str, turned: Turned | None) -> Found:
    heading = heading_of(document, block)
    if turned is None:
        return Found("figures", document, block.section, quote)
    question = in_context(turned.question, document.metadata.title, heading)
    return Found("figures", document, block.section, quote, question, turned.fact)


def _after_label(document: Document, block: Block) -> int:
    own = document.text[block.start : block.end].removeprefix(block.label)
    return block.end - len(own.lstrip())


def _subject_of(statement: str) -> str:
    """Return what a following "it" stands for: a thing in the singular, named in few words."""
    clause = clause_of(statement)
    if clause is None or len(clause.subject.split()) > _SUBJECT:
        return ""
    return "" if _NO_IT.search(clause.subject) else clause.subject
