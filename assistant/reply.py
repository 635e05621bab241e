"""What Charter is asked and what it replies: three outcomes, three types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.register.asked import FromRegister
from assistant.register.model import Listing
from corpus.model import Status

LONGEST_QUESTION = 4000  # characters


@dataclass(frozen=True, slots=True)
class Carried:
    """What a follow-up takes from its conversation, enough to answer it again without that.

    Attributes:
        text: the question completed, in the words that are searched for.
        said: the same as it is shown, with what it is confined to.
        topic: what it is about, for the next question.
        only: ids of the documents that alone may answer; empty allows all.
        without: ids of documents that may not.
        preferred: ids of the documents that the conversation is about.
        item: words of a quote that the question names by its place ("the second one"); or empty.
        rests_on: keys of the documents whose words stand in the text.
    """

    text: str
    said: str
    topic: str
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    item: str = ""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was checked: 1 to 4,000 characters of text.

    Attributes:
        as_of: the day whose rules are asked for.
        today: the day on which it is asked; what a citation says of a version's force is said
            of this day.
        groups: whom it is asked for; documents for other groups do not exist for it.
        carried: what it takes from its conversation; None where it stands alone.
    """

    text: str
    as_of: date
    today: date
    conversation_id: str | None = None
    groups: frozenset[str] = frozenset()
    carried: Carried | None = None

    @property
    def complete(self) -> str:
        """The question in words that need no conversation."""
        return self.carried.text if self.carried else self.text

    @property
    def understood(self) -> str:
        """What a follow-up was understood as, for whoever asked; empty where it stands alone."""
        return self.carried.said if self.carried else ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands; ``quote`` equals the canonical text at ``[start, end)``.

    Attributes:
        number: as it appears in the text, from 1.
        section: headings from the outermost to the innermost.
        page: position from 1 of the page that the quote begins on; None where there are no pages.
        page_label: the number printed on that page where it is another; else empty.
        marks: what must be said beside it wherever it is shown ("Sample policy", "Superseded",
            "Read from a scan").
        url: of the document opened at the highlighted quote; relative to the server's root
            unless a public address is set.
    """

    number: int
    document: str
    title: str
    version: str
    status: Status
    section: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    url: str
    marks: tuple[str, ...] = ()
    page_label: str = ""


def page_in_words(page: int | None, label: str) -> str:
    """Say which page it is ("page 15, printed 14"); nothing where there are no pages."""
    if page is None:
        return ""
    return f"page {page}, printed {label}" if label else f"page {page}"


@dataclass(frozen=True, slots=True)
class Line:
    """One quoted sentence, list item or table row, as shown, with its citation's number.

    Attributes:
        cells: of a table row, (column header, text) in order; empty for the other kinds.
        item: it is an item of a list.
    """

    text: str
    citation: int
    cells: tuple[tuple[str, str], ...] = ()
    item: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines that stand together in one section, introduced by where they stand."""

    where: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The documents answer the question, in these words.

    Attributes:
        remark: what must be said before the excerpts, e.g. that the documents differ; or empty.
        register: where a list from the register answers; its lines are those of the excerpts and
            the citations, in their order.
    """

    id: str
    question: Question
    conversation_id: str
    text: str
    contact: str
    citations: tuple[Citation, ...]
    excerpts: tuple[Excerpt, ...]
    remark: str = ""
    register: FromRegister | None = None

    @property
    def listing(self) -> Listing | None:
        """The list from the register that answers, if one does."""
        return self.register.listing if self.register else None


@dataclass(frozen=True, slots=True)
class ClosestPassages:
    """The documents touch the subject and do not answer; these passages come closest.

    Attributes:
        remark: in what way they fall short.
        register: where a list was asked for and nothing is on it: that empty list.
    """

    id: str
    question: Question
    conversation_id: str
    text: str
    contact: str
    citations: tuple[Citation, ...]
    excerpts: tuple[Excerpt, ...]
    remark: str
    register: FromRegister | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing was found in the documents about the subject.

    Attributes:
        remark: the text without whom to ask.
        register: as in ``ClosestPassages``.
    """

    id: str
    question: Question
    conversation_id: str
    text: str
    contact: str
    remark: str = ""
    register: FromRegister | None = None


Reply = Answer | ClosestPassages | NoAnswer
