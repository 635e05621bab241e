"""How a question to the register was understood, and what of it was not, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.library.catalogue import in_words
from assistant.register.drafts import Draft
from assistant.register.due import due_in_words
from assistant.register.held import Field, Held
from assistant.register.model import Filters, Grouping, Value

_MOST_NAMED = 8  # of the values that there are instead


def filters_in_words(filters: Filters, held: Held, as_of: date) -> str:
    """Say what a list was limited to: "Lead: HR Staffing; due: Q1 2024"; "all commitments"."""
    names = {value.key: value.name for same in held.by_field.values() for value in same}
    fields = (
        ("theme", filters.themes),
        ("document", filters.documents),
        ("body", filters.bodies),
    )
    parts = (
        [f"lead: {_either(names.get(one, one) for one in filters.leads)}"] if filters.leads else []
    )
    parts += _time_in_words(filters, as_of)
    parts += [
        f"{name}: {_either(names.get(key, key) for key in keys)}" for name, keys in fields if keys
    ]
    if filters.statuses:
        parts.append(f"status: {_either(filters.statuses)}")
    if filters.words:
        parts.append(f"words: {filters.words}")
    if filters.review:
        parts.append("only what a person should look at")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] if said else "All commitments"


def group_in_words(grouping: Grouping, name: str) -> str:
    """Name a group: "Q1 2024"; what has none of its kind has a name as well."""
    nothing = {"lead": "nobody named", "quarter": "no date", "theme": "no theme"}
    if grouping == "quarter" and name:
        year, _, quarter = name.partition("-")
        return f"Q{quarter} {year}"
    if grouping == "theme":
        name = name.rsplit(" › ", maxsplit=1)[-1]
    return name or nothing.get(grouping, "none")


def taken_in_words(words: str, values: Sequence[Value]) -> str:
    """Say what words were taken for that are no value's own name, or fit several."""
    names = _listed([one.name for one in values])
    return f"“{words}” was taken for {names}{', all that it fits' if len(values) > 1 else ''}."


def unknown_names(draft: Draft, held: Held) -> str:
    """Say which names the register does not hold, and which it does."""
    said = [_unknown(one, held, ("lead", "body", "document")) for one in draft.unknown]
    if draft.unknown:
        said += _there_are("lead teams", held.by_field["lead"])
        said += _there_are("bodies", held.by_field["body"])
    said += [_unknown(one, held, ("theme",)) for one in draft.no_themes]
    if draft.no_themes:
        said += _there_are("themes", held.by_field["theme"])
    return " ".join(["No list from the register is shown:", *said])


def not_understood(left: Sequence[str]) -> str:
    """Say which words were understood neither as a condition nor as words to look for."""
    what = ", ".join(f"“{one}”" for one in left)
    return (
        f"No list from the register is shown: {what} was not understood as a lead team, theme, "
        "document, body, date or status. To ask for commitments that speak of something, write "
        "“about …”."
    )


def _unknown(words: str, held: Held, fields: Sequence[Field]) -> str:
    near = held.nearest(words, fields)
    said = f"no commitment names “{words}”."
    return f"{said} Nearest to it: {_listed(near)}." if near else said


def _there_are(what: str, values: Sequence[Value]) -> list[str]:
    names = [one.name for one in values]
    more = " …" if len(names) > _MOST_NAMED else ""
    return [f"The {what} there are: {'; '.join(names[:_MOST_NAMED])}{more}."] if names else []


def _time_in_words(filters: Filters, as_of: date) -> list[str]:
    said = []
    bounds = due_in_words(replace(filters, timing=()))
    if bounds:
        said.append(f"due: {bounds}")
    if filters.timing:
        timing = due_in_words(Filters(timing=filters.timing))
        said.append(f"{timing} on {in_words(as_of)}" if "overdue" in filters.timing else timing)
    return said


def _either(names: Iterable[str]) -> str:
    return " or ".join(names)


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{one}”" for one in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
