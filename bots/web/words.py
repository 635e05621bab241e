"""What pages say that a template cannot word alone: days, numbers, marks, times and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations
from markupsafe import Markup

from assistant.library.marks import Mark
from assistant.register.due import period_of
from assistant.register.model import Filters, Listing
from assistant.settings import Language
from bots.web.languages import catalogue_of
from bots.web.states import marks_in, sign_of, states_in

_DAYS = {"en": "d MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
_MONTHS = {"en": "MMMM y", "fr": "MMMM y", "es": "MMMM 'de' y"}


class Stretch(Protocol):
    """Some days, both ends included."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day."""


class Words:
    """The words of the interface in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.say: NullTranslations = catalogue_of(language)
        self._marks = marks_in(self.say)
        self._states = states_in(self.say)

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        """Return what templates put values into words with."""
        return {
            "day": self.day,
            "in_words": self.day,
            "number": self.number,
            "mark_text": self.mark,
            "mark_sign": sign_of,
            "period": self.period,
            "due": self.due,
            "band": self.band,
            "denominator": self.denominator,
            "state": self.state,
        }

    def day(self, day: date) -> str:
        """Write a day: 1 July 2027, 1er juillet 2027, 1 de julio de 2027."""
        written = format_date(day, _DAYS[self.language], locale=self.language)
        if self.language == "fr" and day.day == 1:
            return written.replace("1 ", "1er ", 1)
        return written

    def number(self, number: int) -> str:
        """Write a whole number with its separators."""
        return format_decimal(number, locale=self.language)

    def period(self, first: date, last: date) -> str:
        """Name the days between two: a year, a quarter or a month by its name, else both ends."""
        kind = period_of(first, last)
        if kind == "day":
            return self.day(first)
        if kind == "year":
            return str(first.year)
        if kind == "quarter":
            return self.quarter(first)
        if kind == "month":
            return format_date(first, _MONTHS[self.language], locale=self.language)
        return self.say.gettext("%(first)s to %(last)s") % {
            "first": self.day(first),
            "last": self.day(last),
        }

    def band(self, band: Stretch) -> str:
        """Name a quarter or a year of the time line."""
        return self.period(band.first, band.last)

    def quarter(self, day: date) -> str:
        """Name the quarter that a day is in: Q1 2024, T1 2024."""
        return format_date(day, "QQQ y", locale=self.language)

    def due(self, filters: Filters) -> str:
        """Say a time as it was understood; empty for any."""
        first, last, say = filters.due_from, filters.due_to, self.say
        timing = [self.state(one, "timing") for one in filters.timing]
        said = [say.gettext(" or ").join(timing)] if timing else []
        if first and last:
            said.append(self.period(first, last))
        elif last:
            said.append(say.gettext("by %(day)s") % {"day": self.day(last)})
        elif first:
            said.append(say.gettext("from %(day)s") % {"day": self.day(first)})
        return ", ".join(said)

    def state(self, word: str, of: str) -> str:
        """Say what something is: of a document its force, of a commitment its status, and so on.

        What is no such word comes back as it is.
        """
        return self._states.get((of, word), word)

    def mark(self, mark: str) -> str:
        """Say a mark; one that does not know what it says is shown in English."""
        if not isinstance(mark, Mark):
            return mark
        day = self.day(mark.day) if mark.day else ""
        return self._marks[mark.kind] % {"name": mark.name, "day": day}

    def denominator(self, listing: Listing) -> str:
        """Say what a list is a list of, as ``Listing.denominator`` does in English."""
        say, number = self.say, self.number
        said = say.ngettext(
            "%(found)s of %(held)s commitments, from %(read)s of %(documents)s document",
            "%(found)s of %(held)s commitments, from %(read)s of %(documents)s documents",
            listing.documents_held,
        ) % {
            "found": number(listing.found),
            "held": number(listing.held),
            "read": number(listing.documents_found),
            "documents": number(listing.documents_held),
        }
        if not listing.undated:
            return said
        undated = self._undated(listing)
        return say.gettext("%(list)s; %(undated)s") % {"list": said, "undated": undated}

    def _undated(self, listing: Listing) -> str:
        say, undated, ongoing = self.say, listing.undated, listing.ongoing
        told = say.ngettext("%(n)s carries no date", "%(n)s carry no date", undated) % {
            "n": self.number(undated)
        }
        if not ongoing:
            return told
        if ongoing == undated:
            every = say.gettext("(all ongoing)")
            return f"{told} {every}"
        some = say.ngettext("(%(n)s of them ongoing)", "(%(n)s of them ongoing)", ongoing)
        counted = some % {"n": self.number(ongoing)}
        return f"{told} {counted}"

    def page(self, page: int | None, label: str) -> str:
        """Say which page it is; nothing where there are no pages."""
        if page is None:
            return ""
        if label:
            return self.say.gettext("page %(n)s, printed %(label)s") % {"n": page, "label": label}
        return self.say.gettext("page %(n)s") % {"n": page}

    def lang(self, language: str) -> Markup:
        """Return the attribute that says that a text is in another language than its page."""
        if not language or language == self.language:
            return Markup("")
        return Markup(' lang="{}"').format(language)
