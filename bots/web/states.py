"""The fixed words of Charter's closed sets, in the language of a page: marks and states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from babel.support import NullTranslations

from assistant.library.marks import Mark, MarkKind

State = tuple[str, str]  # what it is said of, and the word that programs have for it

_SIGNS: Mapping[MarkKind, str] = MappingProxyType(
    {
        "sample": "sample",
        "superseded": "superseded",
        "superseded by version": "superseded",
        "superseded by document": "superseded",
        "expired": "superseded",
        "later": "later",
        "without date": "later",
        "scan": "scan",
        "unsure": "unsure",
    }
)


def sign_of(mark: str) -> str:
    """Name the sign of a mark, which is its icon and its colours."""
    return _SIGNS.get(mark.kind, "period") if isinstance(mark, Mark) else "period"


def marks_in(say: NullTranslations) -> Mapping[str, str]:
    """Return what each kind of mark says, with places for its name and its day."""
    return {
        "sample": say.gettext("Sample policy"),
        "superseded": say.gettext("Superseded"),
        "superseded by version": say.gettext("Superseded by version %(name)s"),
        "superseded by document": say.gettext("Superseded by “%(name)s”"),
        "expired": say.gettext("Expired on %(day)s"),
        "later": say.gettext("Not yet in force: from %(day)s"),
        "without date": say.gettext("Not yet in force: no date says from when"),
        "period": say.gettext("Its period ended on %(day)s"),
        "stale": say.gettext(
            "Stale: the file can no longer be read since %(day)s; this is the text read before"
        ),
        "not on day": say.gettext("Not in force on %(day)s"),
        "scan": say.gettext("Read from a scan"),
        "unsure": say.gettext("Read from a scan, with little certainty"),
    }


def states_in(say: NullTranslations) -> Mapping[State, str]:
    """Return the words of every state; what they are said of tells apart what English does not."""
    pgettext = cast("Callable[[str, str], str]", say.pgettext)  # Babel types it as any object
    return {
        ("document", "in force"): pgettext("document", "in force"),
        ("document", "superseded"): pgettext("document", "superseded"),
        ("document", "expired"): pgettext("document", "expired"),
        ("document", "not yet in force"): pgettext("document", "not yet in force"),
        ("document", "sample"): pgettext("document", "sample"),
        ("commitment", "not started"): pgettext("commitment", "not started"),
        ("commitment", "in progress"): pgettext("commitment", "in progress"),
        ("commitment", "delivered"): pgettext("commitment", "delivered"),
        ("commitment", "dropped"): pgettext("commitment", "dropped"),
        ("commitment", "superseded"): pgettext("commitment", "superseded"),
        ("commitment", "nothing said yet"): pgettext("commitment", "nothing said yet"),
        ("commitment", "overdue"): pgettext("commitment", "overdue"),
        ("timing", "overdue"): pgettext("timing", "overdue"),
        ("timing", "ongoing"): pgettext("timing", "ongoing"),
        ("timing", "undated"): pgettext("timing", "no date"),
        ("timing", "dated"): pgettext("timing", "with a date"),
        ("change", "new"): pgettext("change", "new"),
        ("change", "changed"): pgettext("change", "changed"),
        ("change", "moved"): pgettext("change", "moved"),
        ("change", "re-assigned"): pgettext("change", "re-assigned"),
        ("change", "dropped"): pgettext("change", "dropped"),
    }
