"""Commitments in lists of a programme: items that begin with what will be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import groupby

from corpus.commitments.actions import begins_with_action
from corpus.commitments.activities import cut_off
from corpus.commitments.drafts import Draft, plain_words
from corpus.commitments.leads import Names
from corpus.commitments.model import Doubt, Quote
from corpus.commitments.programmes import is_programme, promises
from corpus.commitments.times import deadline_of
from corpus.model import Document
from corpus.sentences import sentences

# "(Lead: HR Staffing)", "Responsible: Legal Office": said of an item in its own words
_LED_BY = re.compile(
    r"\b(?:lead(?: team| unit)?|led by|responsib(?:le|ility)(?: unit| party| officer)?|owner|"
    r"responsable|chef de file|verantwortlich|zuständig)\s*:\s*(?P<who>[^;()\[\].\n]{2,80})",
    re.IGNORECASE,
)
# what ends an item because another follows: ";", ", and"
_LIST_END = re.compile(r"[;,]\s*(?:and|or|et|ou|y|o|und|oder)?\Z", re.IGNORECASE)
Test = Callable[[int], bool]  # of the position of a block

_SLACK = 20  # characters of punctuation that a heading's words may have lost
_FEWEST = 3  # items elsewhere that show that paragraphs are items which lost their bullets


def commitments_in_lists(document: Document) -> Iterator[Draft]:
    """Yield what the lists of a programme, or under words of promise, commit to."""
    whole = is_programme(document)
    headings = {plain_words(section.heading) for section in document.sections}
    lists = [run for run in _lists(document) if promises(document, run[0], programme=whole)]
    is_action = cache(partial(_is_action, document))
    found = [
        draft
        for run in lists
        if _is_of_actions(document, run, is_action) and not _names_sections(document, run, headings)
        for draft in _drafts(document, run, is_action)
    ]
    yield from found
    if whole and len(found) >= _FEWEST:
        yield from (_draft(document, at) for at in _paragraphs_for_items(document, is_action))


def _lists(document: Document) -> Iterator[list[int]]:
    """Yield the positions of each list's items."""
    blocks = enumerate(document.blocks)
    items = ((at, block) for at, block in blocks if block.kind == "list_item")
    for _, run in groupby(items, key=lambda pair: (pair[1].group, pair[1].section)):
        yield [at for at, _ in run]


def _is_of_actions(document: Document, run: Sequence[int], is_action: Test) -> bool:
    """Tell whether half of a list's outer items begin with what will be done."""
    outer = _outer(document, run)
    return 2 * sum(map(is_action, outer)) >= len(outer)


def _names_sections(document: Document, run: Sequence[int], headings: set[str]) -> bool:
    """Tell whether half of a list's items are headings of the document."""
    longest = max(map(len, headings), default=0) + _SLACK
    texts = [_bare(document, at)[0] for at in run]
    named = sum(len(text) <= longest and plain_words(text) in headings for text in texts)
    return 2 * named >= len(run)


def _outer(document: Document, run: Sequence[int]) -> list[int]:
    depth = min(document.blocks[at].depth for at in run)
    return [at for at in run if document.blocks[at].depth == depth]


def _drafts(document: Document, run: Sequence[int], is_action: Test) -> Iterator[Draft]:
    """Yield the outer items that are actions, each with the items under it as its activities."""
    outer = set(_outer(document, run))
    held: Draft | None = None
    for at in run:
        if at in outer:
            if held:
                yield held
            held = _draft(document, at) if is_action(at) else None
        elif held:
            held = _with_activity(held, Quote(*_bare(document, at)), document.blocks[at].end)
        elif is_action(at):
            yield _draft(document, at)
    if held:
        yield held


def _with_activity(held: Draft, activity: Quote, end: int) -> Draft:
    """Return an item with one more activity under it; a deadline of that is one of the item's."""
    times = (*held.times, *deadline_of(activity.text, activity.start))
    return replace(held, activities=(*held.activities, activity), times=times, end=end)


def _paragraphs_for_items(document: Document, is_action: Test) -> Iterator[int]:
    """Yield paragraphs that are items which lost their bullets.

    Each is one sentence that begins with what will be done, and so is all else in its section.
    """
    blocks = enumerate(document.blocks)
    for _, run in groupby(blocks, key=lambda pair: pair[1].section):
        said = [(at, block) for at, block in run if block.kind != "heading"]
        paragraphs = [at for at, block in said if block.kind == "paragraph"]
        if paragraphs and all(_may_be_item(document, at, is_action) for at, _ in said):
            yield from paragraphs


def _may_be_item(document: Document, at: int, is_action: Test) -> bool:
    block = document.blocks[at]
    if block.kind not in {"paragraph", "list_item"} or not is_action(at):
        return False
    return len(sentences(document.text, block.start, block.end)) == 1


def _is_action(document: Document, at: int) -> bool:
    return begins_with_action(_bare(document, at)[0], document.metadata.language)


def _draft(document: Document, at: int) -> Draft:
    text, start, end = _bare(document, at)
    block = document.blocks[at]
    doubt = cut_off(text)
    led = _LED_BY.search(text) if ":" in text else None
    leads: tuple[Quote, ...] = ()
    unclear: tuple[Doubt, ...] = ()
    if led:
        leads, unclear = Names([led["who"]]).split(led["who"], start + led.start("who"))
    return Draft(
        "item",
        at,
        block.start,
        block.end,
        Quote(text, start, end),
        leads=leads,
        times=deadline_of(text, start),
        doubts=((doubt,) if doubt else ()) + unclear,
    )


def _bare(document: Document, at: int) -> tuple[str, int, int]:
    """Return a block's text without its label and the semicolon that ends it, and its place."""
    block = document.blocks[at]
    start, end = block.start, block.end
    if block.label and document.text.startswith(block.label, start):
        start += len(block.label)
    text = document.text[start:end]
    start += len(text) - len(text.lstrip())
    text = _LIST_END.sub("", text.strip())
    return text, start, start + len(text)
