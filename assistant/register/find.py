"""From a question to a list: what it asks the register for is looked up, be it nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.library.catalogue import in_words
from assistant.question.repairs import repair
from assistant.register.asked import FromRegister, ListAsked, NotRead
from assistant.register.due import due_in_words
from assistant.register.listing import Lister
from assistant.register.model import Filters, Listing, Values, View
from assistant.register.refine import refined
from assistant.register.signs import may_ask_for_a_list
from assistant.register.understand import plain, understand_list
from assistant.reply import Question
from assistant.writing.addresses import list_address

MOST_SHOWN = 200  # lines in a reply; the page has them all
MOST_NEAR = 20  # lines shown where nothing is on the list that was asked for


@dataclass(frozen=True, slots=True)
class Found:
    """What the register has for a question.

    Attributes:
        register: the list; one on which nothing is, too.
        nearest: where nothing is on it, the list without its time or status; or None.
    """

    register: FromRegister
    nearest: Listing | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A question that the passages of the documents are asked.

    Attributes:
        remark: what of it the register did not understand or hold; empty where it is no question
            for the register.
    """

    remark: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFinder:
    """Looks up in the register what questions ask it for.

    Attributes:
        lister: of the day that a question asks about.
    """

    lister: Lister

    def find(self, question: Question) -> Found | Passed:
        """Return the list that a question asks for, else what an ordinary reply must say.

        Raises:
            StoredIndexError, StorageError: the register or the follow-up cannot be read.
        """
        if not may_ask_for_a_list(plain(question.complete)):
            return Passed()
        text, _ = repair(question.complete, self.lister.index)
        values = self.lister.values()
        asked = understand_list(text, values, question.as_of)
        if asked is None:
            return Passed()
        if isinstance(asked, NotRead):
            return Passed(asked.remark)
        found = self._found(_confined(asked, question, values))
        if found.register.listing.found or not asked.filters.words:
            return found
        return Passed(
            f"No commitment in the register meets this ({found.register.said}): "
            f"{found.register.listing.denominator}."
        )

    def refine(self, before: str, text: str) -> str:
        """Return what a follow-up to a question for a list asks for, as a question; or nothing."""
        if not may_ask_for_a_list(plain(before)):
            return ""
        return refined(before, text, self.lister.values(), self.lister.as_of)

    def _found(self, asked: ListAsked) -> Found:
        lister = self._on(asked.as_of) if asked.as_of else self.lister
        view = View(asked.sorting, grouping=asked.grouping, limit=MOST_SHOWN)
        listing = lister.list(asked.filters, view)
        register = FromRegister(
            asked.said,
            listing,
            lister.public_url + _address(listing, self.lister),
            " ".join(filter(None, (asked.note, self._range(asked.filters, listing)))),
            lister.followed.fingerprint,
            tuple((name, lister.list(filters, View(limit=1))) for name, filters in asked.sides),
        )
        return Found(register, None if listing.found else _nearest(asked.filters, lister))

    def _on(self, day: date) -> Lister:
        """Return the lister of another day."""
        return replace(self.lister, as_of=day, followed=replace(self.lister.followed, as_of=day))

    def _range(self, filters: Filters, listing: Listing) -> str:
        """Say between which days anything falls due, where nothing does in the time asked for."""
        values = self.lister.values()
        if listing.found or not (filters.due_from or filters.due_to):
            return ""
        if values.first is None or values.last is None:
            return "Nothing in the register has a date."
        days = f"from {in_words(values.first)} to {in_words(values.last)}"
        return f"What has a date in the register falls due {days}."


def _confined(asked: ListAsked, question: Question, values: Values) -> ListAsked:
    """Return what is asked for, of the documents that a conversation is confined to."""
    carried = question.carried
    if carried is None or not (carried.only or carried.without) or asked.filters.documents:
        return asked
    others = tuple(one.key for one in values.documents if one.key not in carried.without)
    return replace(asked, filters=replace(asked.filters, documents=carried.only or others))


def _nearest(filters: Filters, lister: Lister) -> Listing | None:
    """Return what is found without the time, else without the status too; None for all."""
    anytime = replace(filters, due_from=None, due_to=None, timing=())
    for wider in (anytime, replace(anytime, statuses=())):
        if wider not in {filters, Filters()}:
            listing = lister.list(wider, View(limit=MOST_NEAR))
            if listing.found:
                return listing
    return None


def _address(listing: Listing, today: Lister) -> str:
    filters = listing.filters
    timing = {"undated": "none"}
    due = due_in_words(replace(filters, timing=()))
    said = [
        *(("lead", one) for one in filters.leads),
        ("due", " ".join([*(timing.get(one, one) for one in filters.timing), due]).strip()),
        *(("theme", one) for one in filters.themes),
        *(("document", one) for one in filters.documents),
        *(("body", one) for one in filters.bodies),
        *(("status", one) for one in filters.statuses),
        ("search", filters.words),
        ("review", "true" if filters.review else ""),
        ("as_of", listing.as_of.isoformat() if listing.as_of != today.as_of else ""),
        ("sort", listing.sorting if listing.sorting != "document" else ""),
        ("group_by", listing.grouping or ""),
    ]
    return list_address(said)
