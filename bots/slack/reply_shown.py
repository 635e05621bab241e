"""A reply as Slack shows it: what kind it is, the quotes, their sources, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.library.catalogue import in_words
from assistant.reply import Answer, Citation, Excerpt, Line, NoAnswer, Reply, page_in_words
from assistant.writing.wire import outcome
from bots.list_shown import rows_of
from bots.rows import by_column
from bots.slack import limits
from bots.slack.blocks import (
    Element,
    actions,
    bullets,
    button,
    contact,
    divider,
    feedback,
    header,
    link,
    note,
    quote,
    section,
    text,
    words,
)
from bots.slack.commitments_shown import tables_of
from bots.slack.escape import escaped
from bots.slack.limits import Block, Message, cut
from bots.slack.packing import in_blocks, in_messages

# the same signs and words as in the terminal and on the page
HEADLINES = {
    "answer": "✓ Answer",
    "closest_passages": "≈ No direct answer",
    "no_answer": "∅ No answer in the documents",
}
VOTE = "vote"
HELPFUL = "vote_helpful"
UNHELPFUL = "vote_unhelpful"
ASK_PERSON = "ask_person"
SHARE = "share"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reader can do with a reply.

    Attributes:
        ask_person: a person can be asked.
        share: it may be shown to the channel.
        fleeting: it is shown to one person only until they reload; Slack has no buttons for
            judging in such messages, so they get plain ones.
        said_first: what must be said before it; or empty.
        asked: the question, where it does not stand above the reply already.
    """

    ask_person: bool = False
    share: bool = False
    fleeting: bool = False
    said_first: str = ""
    asked: str = ""


def reply_messages(reply: Reply, offer: Offer) -> tuple[Message, ...]:
    """Write a reply as the messages that it takes; sources and buttons are in the last one."""
    body = [*_beginning(reply, offer), *_excerpts(reply)]
    sources = in_blocks(_sources(reply))
    tail = [*([divider(), *sources] if sources else []), *_end(reply, offer)]
    parts = in_messages(body, tail)
    said = notice(reply)
    return tuple(
        Message(said if place == 0 else f"({place + 1} of {len(parts)}) {said}"[: limits.NOTICE], b)
        for place, b in enumerate(parts)
    )


def notice(reply: Reply) -> str:
    """Say a reply in one text, for notifications and screen readers."""
    kind = outcome(reply)
    said = "" if isinstance(reply, NoAnswer) or kind == "closest_passages" else "Answer. "
    understood = reply.question.understood
    read = f"Understood as: {understood}. " if understood else ""
    return cut(escaped(f"{read}{said}{reply.text}"), limits.NOTICE)


def _beginning(reply: Reply, offer: Offer) -> Iterator[Block]:
    if offer.said_first:
        yield note(offer.said_first)
    if offer.asked:
        yield words(f"You asked: {cut(offer.asked, 500)}", italic=True)
    yield header(HEADLINES[outcome(reply)])
    question = reply.question
    if question.understood:
        yield words(f"Understood as: {question.understood}", italic=True)
    if question.as_of != question.today:
        yield note(f"With the rules in force on {in_words(question.as_of)}")
    if reply.remark:
        yield words(reply.remark)


def _excerpts(reply: Reply) -> Iterator[Block]:
    if isinstance(reply, NoAnswer):
        return
    if isinstance(reply, Answer) and reply.register:
        yield from tables_of(rows_of(reply.register, reply.citations))
        return
    by_number = {citation.number: citation for citation in reply.citations}
    near = outcome(reply) == "closest_passages"
    for excerpt in reply.excerpts:
        if excerpt.lines:
            place = section(*_place(by_number[excerpt.lines[0].citation]))
            yield from in_blocks([place, *_lines(excerpt, by_number, near=near)])


def _place(citation: Citation) -> Iterator[Element]:
    yield text(" › ".join((citation.title, *citation.section)), bold=True)
    for mark in citation.marks:
        yield text(f"  ({mark})", bold=True, italic=True)


def _lines(excerpt: Excerpt, known: dict[int, Citation], *, near: bool) -> Iterator[Element]:
    """Write lines as prose and lists; passages that only come near have a bar beside them."""
    for listed, run in groupby(excerpt.lines, key=lambda line: line.item or bool(line.cells)):
        written = [[*_line(line), *_number(known[line.citation])] for line in run]
        if near:
            yield from (quote(*elements) for elements in written)
        elif listed:
            yield bullets(section(*elements) for elements in written)
        else:
            yield from (section(*elements) for elements in written)


def _line(line: Line) -> Iterator[Element]:
    if not line.cells:
        yield text(line.text)
        return
    columns = by_column((name, cell) for name, cell in line.cells if cell)
    for place, ((name, _), texts) in enumerate(columns.items()):
        if place:
            yield text("\n")
        if name:
            yield text(f"{name}: ", bold=True)
        yield text(" ".join(texts))


def _number(citation: Citation) -> tuple[Element, Element]:
    return text(" "), link(f"[{citation.number}]", citation.url)


def _sources(reply: Reply) -> Iterator[Element]:
    if isinstance(reply, NoAnswer):
        return
    yield section(text("Sources", bold=True))
    for _, run in groupby(reply.citations, key=_where):
        yield section(*_source(list(run)))


def _where(citation: Citation) -> tuple[object, ...]:
    one = citation
    return one.document, one.version, one.section, one.page, one.marks


def _source(together: Sequence[Citation]) -> Iterator[Element]:
    first, last = together[0], together[-1]
    numbers = str(first.number) if first is last else f"{first.number}–{last.number}"
    yield text(f"[{numbers}] ", bold=True)
    yield link(first.title, first.url)
    page = page_in_words(first.page, first.page_label)
    yield text("".join(f" · {one}" for one in (f"version {first.version}", page) if one))
    for mark in first.marks:
        yield text(f" · {mark}", bold=True)
    if first.section:
        yield text("\n" + " › ".join(first.section))


def _end(reply: Reply, offer: Offer) -> Iterator[Block]:
    answered = outcome(reply) == "answer"
    lead = "Not what you meant? Ask " if answered else "Whom to ask: "
    asks = section(text(lead, bold=not answered), contact(reply.contact))
    yield from in_blocks([asks])
    if offer.fleeting:
        buttons = [
            button("Helpful", HELPFUL, f"helpful {reply.id}"),
            button("Not helpful", UNHELPFUL, f"unhelpful {reply.id}"),
        ]
    else:
        yield feedback(VOTE, reply.id)
        buttons = []
    if offer.ask_person:
        buttons.append(button("Ask a person", ASK_PERSON, reply.id, main=not answered))
    if offer.share:
        buttons.append(button("Share in the channel", SHARE, reply.id))
    if buttons:
        yield actions(buttons)
    yield note(f"Receipt {reply.id}")
