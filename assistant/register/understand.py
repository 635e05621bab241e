"""Questions in plain words that ask the register for a list or a count, read against its values.

A question goes to the register only if it asks for several commitments by general words
("promised", "commitments", "due", "overdue", "leads") and all of it is understood: as a value that
the register holds, a time, a status, or words that the commitments must speak of. Everything else
is an ordinary question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.question.asking import without_padding
from assistant.register.asked import ListAsked, NotRead
from assistant.register.drafts import Draft
from assistant.register.due import Due, find_due
from assistant.register.foreign_words import in_english
from assistant.register.held import Held, Named, held_of
from assistant.register.list_words import DATED, FOR_THE_ASKER, RECIPIENTS, SAME, WHO_AND_WHEN
from assistant.register.model import Filters, Status, Values
from assistant.register.names_read import read_names, read_subjects, read_the_rest
from assistant.register.said import (
    filters_in_words,
    not_understood,
    taken_in_words,
    unknown_names,
)
from assistant.register.signs import (
    Signs,
    is_for_the_register,
    may_ask_for_a_list,
    names_commitments,
    read_signs,
    statuses_in,
)
from corpus.errors import FilterUnreadable

LONGEST = 300  # characters of a question for a list


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a question.

    Attributes:
        draft: the names and words in it, and what is left.
    """

    draft: Draft
    due: Due
    statuses: tuple[Status, ...]
    signs: Signs

    @property
    def is_for_the_register(self) -> bool:
        """Whether it is a question for the register, be all of it understood or not."""
        return is_for_the_register(self.draft, self.signs, self.due, self.statuses)

    @property
    def filters(self) -> Filters:
        """What the list is limited to."""
        draft = self.draft
        named = Filters(
            leads=tuple(one.value.key for one in draft.of("lead")),
            themes=tuple(draft.themes),
            documents=tuple(one.value.key for one in draft.of("document")),
            bodies=tuple(one.value.key for one in draft.of("body")),
            statuses=self.statuses,
            words=" ".join(draft.words),
            review=self.signs.review,
        )
        return self.due.applied(named)


def understand_list(text: str, values: Values, today: date) -> ListAsked | NotRead | None:
    """Return what a question asks the register for; None where it is no question for it.

    Args:
        text: the question, its slips repaired.
        values: what the register holds for whoever asks.
        today: the day that "this year" and "overdue" are counted from.
    """
    asked = plain(text)
    if len(text) > LONGEST or not values.documents or not may_ask_for_a_list(asked):
        return None
    held = held_of(values)
    try:
        found = read_all(asked, held, today)
    except FilterUnreadable as error:
        return NotRead(f"{error.problem} {error.remedy}") if names_commitments(asked) else None
    if not found.is_for_the_register:
        return None
    draft = found.draft
    if draft.unknown or draft.no_themes:
        return NotRead(unknown_names(draft, held))
    if draft.left:
        return NotRead(not_understood(draft.left))
    return _asked(found, held, found.due.as_of or today)


def read_all(asked: str, held: Held, today: date) -> Read:
    """Read a question as far as it goes, the surest first: what was read is not read again.

    Raises:
        FilterUnreadable: it gives a time that cannot be read.
    """
    draft = Draft(asked)
    draft.take(WHO_AND_WHEN)
    for whom in RECIPIENTS.finditer(draft.text):
        draft.blot(*whom.span("whom"))
    read_names(draft, held)
    found = find_due(draft.rest, today)
    for start, end in found.spans if found else ():
        draft.blot(start, end)
    due = found.due if found else Due()
    if draft.take(DATED) and not (due.first or due.last):
        due = replace(due, timing=(*due.timing, "dated"))
    read_subjects(draft, held)
    statuses = statuses_in(draft)
    signs = read_signs(draft)
    read_the_rest(draft, held, signs)
    if signs.compared and len(due.timing) > 1:
        draft.left.append(" and ".join(due.timing))  # of several, a list has what is any of them
    return Read(draft, due, statuses, signs)


def plain(text: str) -> str:
    """Return a question without padding, in the words by which lists are asked for."""
    asked = FOR_THE_ASKER.sub(" ", without_padding(in_english(text))).strip(" \n\t,;:.?!")
    for words, same in SAME:
        asked = words.sub(same, asked)
    return asked


def _asked(found: Read, held: Held, as_of: date) -> ListAsked:
    draft, filters = found.draft, found.filters
    compared = draft.of("body", "document") if found.signs.compared else ()
    sides = tuple((one.value.name, _side(filters, one)) for one in compared)
    return ListAsked(
        filters,
        filters_in_words(filters, held, as_of),
        found.signs.grouping,
        found.signs.sorting,
        as_of if "overdue" in filters.timing else None,
        sides if len(sides) > 1 else (),
        " ".join(taken_in_words(*one) for one in draft.taken_for),
    )


def _side(filters: Filters, one: Named) -> Filters:
    of_body = (one.value.key,) if one.field == "body" else ()
    of_document = (one.value.key,) if one.field == "document" else ()
    return replace(filters, bodies=of_body, documents=of_document)
