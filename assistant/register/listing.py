"""A list from the register: filters by name become conditions, rows get what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.library.catalogue import Catalogue, CatalogueEntry, catalogue_of
from assistant.register.model import (
    Difference,
    Filters,
    Group,
    Listed,
    Listing,
    Standing,
    Status,
    Value,
    Values,
    View,
)
from assistant.register.overdue import DONE, is_overdue
from assistant.register.standings import Standings
from assistant.register.statements import STATUSES
from assistant.writing.addresses import place_address
from corpus.commitments import fold
from corpus.model import Metadata, document_key
from indexing.index import Index
from indexing.register.reader import Kept, Register
from indexing.register.wanted import Wanted

__all__ = ["DONE", "STATUSES", "Lister", "body_values", "metadata_by_key"]


@dataclass(frozen=True, slots=True)
class Lister:
    """Lists the commitments of an index that are in force on a day.

    Attributes:
        index: as far as the asker may read it.
        public_url: put before the address of each; or empty.
        followed: what was said of them.
    """

    index: Index
    as_of: date
    public_url: str
    followed: Standings

    def list(self, filters: Filters, view: View) -> Listing:
        """Return the page that a view asks for of what meets the filters, with its denominator."""
        register = self._register(filters)
        wanted = self._wanted(register, filters)
        found, held = register.count(wanted), self._register(Filters()).held
        dateless = replace(wanted, due=None, timing=(), dateless=True)
        undated = register.count(dateless)
        ongoing = register.count(replace(dateless, timing=("ongoing",)))
        return Listing(
            filters,
            self.as_of,
            self._lines(register, wanted, view),
            found.commitments,
            held.commitments,
            found.documents,
            held.documents,
            undated.commitments,
            ongoing.commitments,
            view.sorting,
            view.grouping,
            tuple(self._groups(register, wanted, view)),
            view.offset,
        )

    def line(self, key: str, commitment: str) -> Listed:
        """Return the line of one commitment that a document holds, be it in force or not."""
        (kept,) = self.index.register(frozenset((key,))).find(Wanted(ids=frozenset((commitment,))))
        (line,) = self._listed_all((kept,))
        return line

    def values(self) -> Values:
        """Return the values of each field, of commitments in force."""
        register = self._register(Filters())
        spelled = {team.name: team.spellings for team in register.teams}
        leads = register.group(Wanted(), "lead")
        documents = register.group(Wanted(), "document")
        first, last = register.days()
        return Values(
            tuple(Value(name, name, spelled[name], count) for name, count in leads if name),
            tuple(
                Value(name, name, (name,), count)
                for name, count in register.group(Wanted(), "theme")
                if name
            ),
            tuple(self._document_value(key, count) for key, count in documents),
            body_values(register),
            first,
            last,
        )

    def _register(self, filters: Filters) -> Register:
        keys = self._catalogue.keys_in_force(self.as_of)
        if filters.documents:
            keys &= self._catalogue.keys_of(filters.documents)
        return self.index.register(keys)

    @property
    def _catalogue(self) -> Catalogue:
        return self.index.once(catalogue_of)

    def _wanted(self, register: Register, filters: Filters) -> Wanted:
        leads = [register.teams_named(name) for name in filters.leads]
        bodies = [register.bodies_named(name) for name in filters.bodies]
        days = (filters.due_from, filters.due_to)
        ids, without = self._by_status(filters.statuses)
        return Wanted(
            leads=frozenset[str]().union(*leads) if leads else None,
            bodies=frozenset[int]().union(*bodies) if bodies else None,
            themes=filters.themes,
            words=filters.words,
            due=days if any(days) else None,
            timing=filters.timing,
            overdue=self.as_of,
            done=self.followed.ids_with(DONE) if "overdue" in filters.timing else frozenset(),
            ids=ids,
            without=without,
            doubted=filters.review,
        )

    def _by_status(
        self, statuses: tuple[Status, ...]
    ) -> tuple[frozenset[str] | None, frozenset[str]]:
        """Return the ids that alone have some statuses, and those that have none of them.

        Nobody has to say that something was not started, so that is everything else.
        """
        if not statuses:
            return None, frozenset()
        if "not started" not in statuses:
            return self.followed.ids_with(statuses), frozenset()
        others = [status for status in STATUSES if status not in statuses]
        return None, self.followed.ids_with(others) if others else frozenset()

    def _lines(self, register: Register, wanted: Wanted, view: View) -> tuple[Listed, ...]:
        ranks: dict[str, int] = {}
        if view.sorting == "status":
            for rank, status in enumerate(STATUSES[1:], start=1):
                ranks |= dict.fromkeys(self.followed.ids_with((status,)), rank)
        kept = register.find(
            wanted,
            order=view.sorting,
            descending=view.descending,
            page=(view.offset, view.limit),
            ranks=ranks,
        )
        return self._listed_all(kept)

    def _listed_all(self, kept: Sequence[Kept]) -> tuple[Listed, ...]:
        commitments = [one.commitment for one in kept]
        standings = self.followed.standings(commitments)
        differences = self.followed.differences(commitments)
        return tuple(
            self._listed(
                one,
                standings.get(one.commitment.id, Standing()),
                differences.get(one.commitment.id),
            )
            for one in kept
        )

    def _listed(self, kept: Kept, standing: Standing, difference: Difference | None) -> Listed:
        said = kept.commitment
        place = place_address(said.document, said.version, start=said.start, end=said.end)
        return Listed(
            said,
            self._entry(kept.key),
            kept.leads,
            kept.due,
            kept.ongoing,
            is_overdue(said.times, self.as_of, standing.status),
            standing,
            self.public_url + place,
            difference,
        )

    def _groups(self, register: Register, wanted: Wanted, view: View) -> Iterator[Group]:
        if view.grouping is None:
            return
        if view.grouping == "status":
            yield from self._by_standing(register, wanted)
            return
        for name, count in register.group(wanted, view.grouping):
            shown = self._entry(name).metadata.title if view.grouping == "document" else name
            yield Group(shown, count)

    def _by_standing(self, register: Register, wanted: Wanted) -> Iterator[Group]:
        counted = {
            status: register.count(
                replace(wanted, ids=self._among(wanted, self.followed.ids_with((status,))))
            ).commitments
            for status in STATUSES[1:]
        }
        rest = register.count(wanted).commitments - sum(counted.values())
        named = {"not started": rest, **counted}
        yield from (Group(status, count) for status, count in named.items() if count)

    @staticmethod
    def _among(wanted: Wanted, ids: frozenset[str]) -> frozenset[str]:
        return ids if wanted.ids is None else ids & wanted.ids

    def _entry(self, key: str) -> CatalogueEntry:
        return self._catalogue.entry(self.index.once(metadata_by_key)[key], self.as_of)

    def _document_value(self, key: str, count: int) -> Value:
        metadata = self._entry(key).metadata
        spellings = (metadata.title, metadata.id, metadata.organisation)
        return Value(metadata.id, metadata.title, tuple(filter(None, spellings)), count)


def body_values(register: Register) -> tuple[Value, ...]:
    """Return the bodies, each once however many documents speak for it, the largest first."""
    counted: dict[str, Value] = {}
    for body, count in register.bodies_counted():
        if not body.name:
            continue
        one = counted.setdefault(fold(body.name), Value(body.name, body.name, (body.name,), 0))
        said = (*one.spellings, body.name, body.said)
        counted[fold(body.name)] = replace(
            one, spellings=tuple(dict.fromkeys(said)), count=one.count + count
        )
    return tuple(sorted(counted.values(), key=lambda one: (-one.count, one.name)))


def metadata_by_key(index: Index) -> Mapping[str, Metadata]:
    """Return the metadata of each document; to be made once, by ``Index.once``."""
    return {document_key(one.id, one.version): one for one in index.catalogue}
