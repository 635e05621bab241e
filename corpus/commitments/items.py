"""Commitments in lists of a programme: items that begin with what will be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import groupby

from corpus.commitments.actions import begins_with_titled_action, who_is_to
from corpus.commitments.activities import cut_off
from corpus.commitments.drafts import Draft, plain_words
from corpus.commitments.leads import Names
from corpus.commitments.model import Doubt, Quote
from corpus.commitments.programmes import is_led_in, is_programme, promises
from corpus.commitments.times import deadline_of
from corpus.model import Document
from corpus.sentences import sentences

# "(Lead: HR Staffing)", "Responsible: Legal Office": said of an item in its own words
_LED_BY = re.compile(
    r"\b(?:lead(?: team| unit)?|led by|responsib(?:le|ility)(?: unit| party| officer)?|owner|"
    r"responsable|chef de file|verantwortlich|zuständig)\s*:\s*(?P<who>[^;()\[\].\n]{2,80})",
    re.IGNORECASE,
)
_WHO_AND_WHEN = re.compile(
    r"[(\[](?P<who>[A-Z][^()\[\],;:]{1,60})[,;]\s*(?P<when>[^()\[\]]{2,40})[)\]]\W*\Z"
)
# an item under another that is a field of it
_FIELD = re.compile(
    r"(?:lead(?: team| unit)?|led by|responsib(?:le|ility)(?: unit| party| officer)?|owner|"
    r"responsable|chef de file|verantwortlich|zuständig|deadline|due(?: date)?|time-? ?frame|"
    r"timeline|target date|date|échéance|délai|plazo|fecha límite|frist|status|budget|costs?|"
    r"indicators?|kpis?)\s*:",
    re.IGNORECASE,
)
# what ends an item because another follows: ";", ", and"
_LIST_END = re.compile(r"\s*[;,]\s*(?:and|or|et|ou|y|o|und|oder)?\Z", re.IGNORECASE)
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
    """Tell whether half of a list's outer items begin with what will be done.

    One is enough where the sentence before the list promises them.
    """
    outer = _outer(document, run)
    if is_led_in(document, run[0]):
        return any(map(is_action, outer))
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
    """Return an item with one more activity under it; a deadline of that is one of the item's.

    One that says nothing but who, when or how far is none: "Lead: HR".
    """
    times = (*held.times, *deadline_of(activity.text, activity.start))
    leads, doubts = _led_by(activity.text, activity.start)
    field = _FIELD.match(activity.text)
    return replace(
        held,
        activities=held.activities if field else (*held.activities, activity),
        leads=(*held.leads, *leads) if field else held.leads,
        times=times,
        doubts=(*held.doubts, *doubts) if field else held.doubts,
        end=end,
    )


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
    return begins_with_titled_action(_bare(document, at)[0], document.metadata.language)


def _draft(document: Document, at: int) -> Draft:
    text, start, end = _bare(document, at)
    block = document.blocks[at]
    doubt = cut_off(text)
    leads, unclear = _led_by(text, start)
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


def _led_by(text: str, start: int) -> tuple[tuple[Quote, ...], tuple[Doubt, ...]]:
    """Return who an item says leads it: "Lead: HR", "(HR, by March 2026)", "HR to publish"."""
    led = _LED_BY.search(text) if ":" in text else None
    bracketed = _WHO_AND_WHEN.search(text)
    if bracketed and not deadline_of(f"({bracketed['when']})", 0):
        bracketed = None
    said = led or bracketed
    place = said.span("who") if said else who_is_to(text)
    if place is None:
        return (), ()
    who = text[slice(*place)]
    return Names([who]).split(who, start + place[0])


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
