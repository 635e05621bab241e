"""A list said as a question, in words that are understood as the same list again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.library.catalogue import in_words
from assistant.register.asked import ListAsked
from assistant.register.due import due_in_words
from assistant.register.held import Field, Held
from assistant.register.model import Filters, Grouping, Sorting

_COUNTED: dict[Grouping, str] = {
    "lead": "per team",
    "theme": "per theme",
    "document": "per document",
    "status": "per status",
    "quarter": "per quarter",
}


_SORTED: dict[Sorting, str] = {
    "lead": "sorted by team",
    "theme": "sorted by theme",
    "status": "sorted by status",
    "due": "sorted by date",
}


def question_for(asked: ListAsked, held: Held) -> str:
    """Return a question for a list: "Which commitments led by OIO are due by 30 June 2024?".

    What conversations carry is text, so that whoever asks sees and can correct it.
    """
    filters = asked.filters
    parts = ["How many commitments" if asked.grouping else "Which commitments"]
    parts += _named("led by ", filters.leads, "lead", held)
    parts += _named("of the ", filters.bodies, "body", held)
    parts += _named("in ", filters.documents, "document", held)
    parts += [f"under the theme “{one}”" for one in filters.themes]
    parts += [f"about “{filters.words}”"] if filters.words else []
    parts += [f"with status {' or '.join(filters.statuses)}"] if filters.statuses else []
    parts += ["to be reviewed"] if filters.review else []
    parts += ["side by side"] if asked.sides else []
    parts.append(f"are {' and '.join(_when(asked, filters)) or 'there'}")
    parts += [_COUNTED[asked.grouping]] if asked.grouping else []
    parts += [_SORTED[asked.sorting]] if asked.sorting in _SORTED else []
    return f"{' '.join(parts)}?"


def _named(lead: str, keys: Iterable[str], field: Field, held: Held) -> list[str]:
    names = {value.key: value.name for value in held.by_field[field]}
    said = " or ".join(names.get(key, key) for key in keys)
    return [f"{lead}{said}"] if said else []


def _when(asked: ListAsked, filters: Filters) -> list[str]:
    due = due_in_words(replace(filters, timing=()))
    said = [f"due {due}"] if due else []
    if filters.timing:
        timing = due_in_words(Filters(timing=filters.timing)).replace("no date", "without a date")
        said.append(f"{timing} as of {in_words(asked.as_of)}" if asked.as_of else timing)
    return said
