"""Compose the reply that is a list from the register: every line quoted, cited and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.register.asked import FromRegister
from assistant.register.find import Found
from assistant.register.model import Listed, Listing
from assistant.register.said import group_in_words
from assistant.reply import Answer, Citation, ClosestPassages, Excerpt, Line, NoAnswer, Reply
from assistant.selection.quotable import Quotable
from assistant.writing.check import holds
from assistant.writing.compose import Composer
from assistant.writing.write import Quotation, plain_text, where
from corpus.errors import IndexDamaged
from corpus.units import Unit

_NAMES = {"lead": "lead team", "quarter": "quarter in which they fall due"}


def compose_list(composer: Composer, found: Found) -> Reply:
    """Compose a list; where nothing is on it, that is said, with what comes closest.

    Raises:
        IndexDamaged: a line of it does not stand in its document; a list without it would not be
            complete.
    """
    register, listing = found.register, found.register.listing
    composer = replace(composer, followed=register.followed)
    if not listing.found:
        return _nothing(composer, register, found.nearest)
    quotation = _quote(composer, listing)
    remark = " ".join(_remarks(composer, register))
    return Answer(
        composer.id,
        composer.question,
        composer.conversation_id,
        f"{remark}\n\n{plain_text(quotation.excerpts)}",
        _contact(composer, listing),
        quotation.citations,
        quotation.excerpts,
        remark,
        register,
    )


def _nothing(composer: Composer, register: FromRegister, nearest: Listing | None) -> Reply:
    said = ["No commitment in the register meets this.", *_remarks(composer, register)]
    contact = _contact(composer, nearest or register.listing)
    ask = composer.writer.phrases.ask.format(contact=contact)
    common = (composer.id, composer.question, composer.conversation_id)
    if nearest is None:
        remark = " ".join(said)
        return NoAnswer(*common, f"{remark} {ask}", contact, remark, register)
    rest = nearest.found - len(nearest.lines)
    more = f" ({rest} more are not shown)" if rest else ""
    remark = " ".join([*said, f"Without that time or status, these come closest{more}:"])
    quotation = _quote(composer, nearest)
    text = f"{remark}\n\n{plain_text(quotation.excerpts)}\n\n{ask}"
    return ClosestPassages(
        *common, text, contact, quotation.citations, quotation.excerpts, remark, register
    )


def _remarks(composer: Composer, register: FromRegister) -> Iterator[str]:
    """Say how the question was understood, of how many the list is, and what was counted."""
    listing = register.listing
    if composer.read_as:
        yield composer.read_as
    yield f"Understood as: {register.said}."
    if register.note:
        yield register.note
    yield f"{listing.denominator}."
    last = max((line.due for line in listing.lines if line.due), default=None)
    to = listing.filters.due_to
    if last and to and last.year < to.year:
        yield f"The last of them was due on {composer.writer.phrases.in_words(last)}."
    if register.sides:
        yield f"{_counted((name, side.found) for name, side in register.sides)}."
    if listing.groups and listing.grouping:
        groups = listing.groups
        if listing.grouping == "quarter":
            groups = tuple(sorted(groups, key=lambda group: (not group.name, group.name)))
        names = ((group_in_words(listing.grouping, one.name), one.count) for one in groups)
        by = _NAMES.get(listing.grouping, listing.grouping)
        several = " One with several teams counts for each." if listing.grouping == "lead" else ""
        yield f"By {by}: {_counted(names)}.{several}"
    if listing.found > len(listing.lines):
        yield f"The first {len(listing.lines)} are shown; the whole list: {register.url}"


def _counted(names: Iterator[tuple[str, int]]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in names)


def _contact(composer: Composer, listing: Listing) -> str:
    """Name whom to ask: about the one document, else in general, else about the first."""
    keys = {line.entry.key for line in listing.lines}
    general = composer.writer.general_contact
    if listing.lines and (len(keys) == 1 or not general):
        known = listing.lines[0].entry.metadata
        return known.contact or known.owner or composer.writer.contact(())
    return general or composer.writer.contact(())


def _quote(composer: Composer, listing: Listing) -> Quotation:
    cited = [
        (line, _cite(composer, line, number)) for number, line in enumerate(listing.lines, start=1)
    ]
    runs = groupby(cited, key=lambda pair: (pair[0].entry.key, pair[1].section, pair[1].marks))
    excerpts = tuple(_excerpt(list(run)) for _, run in runs)
    return Quotation(excerpts, tuple(citation for _, citation in cited))


def _cite(composer: Composer, line: Listed, number: int) -> Citation:
    found, writer = line.commitment, composer.writer
    document = writer.index.document(line.entry.key)
    unit = Unit(found.block, found.start, found.end)
    text = document.text[found.start : found.end]
    quotable = Quotable(document.key, unit, text, text, frozenset(), frozenset())
    citation = writer.cite(quotable, number, composer.question)
    if not holds(citation, document):
        raise IndexDamaged(
            "A commitment of the register does not stand in its document.",
            "Run `charter index` again.",
        )
    return citation


def _excerpt(cited: Sequence[tuple[Listed, Citation]]) -> Excerpt:
    lines = tuple(_line(line, citation.number) for line, citation in cited)
    return Excerpt(where(cited[0][1]), lines)


def _line(line: Listed, number: int) -> Line:
    """Return a commitment in the document's own words: what, who, when."""
    found = line.commitment
    more = [
        *(("Lead", lead.text) for lead in found.leads),
        *(("Time", time.written.text) for time in found.times),
    ]
    if not more:
        return Line(found.title, number, item=True)
    return Line(found.title, number, (("Commitment", found.title), *more))
