"""Where commitments stand: what was last said of each, and whether it still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from assistant.library.audience import is_among
from assistant.library.catalogue import catalogue_of
from assistant.register.follow_up import FollowUp, Statements
from assistant.register.lineage import ancestors, became
from assistant.register.model import Difference, Standing, Status
from assistant.register.statements import Statement
from corpus.commitments.changes import pair_of
from corpus.commitments.likeness import pair_alike
from corpus.commitments.model import Commitment
from corpus.commitments.wording import wording_of
from corpus.model import document_key
from indexing.index import Index

_MOST_KEPT = 4_096  # versions of documents


@dataclass(slots=True)
class _Kept:
    """What was found already; made once for each index, and filled as versions are asked."""

    standings: dict[tuple[object, ...], Mapping[str, Standing]] = field(default_factory=dict)


@dataclass(frozen=True)  # no slots: what is read once is kept beside the fields
class Standings:
    """Where the commitments of an index stand, as far as somebody may see what was said of them.

    What was said is read once: ``anew`` looks again.

    Attributes:
        index: as far as they may read it.
        groups: theirs.
        as_of: the day on which the commitments are in force.
        follow_up: what was said.
    """

    index: Index
    groups: frozenset[str]
    as_of: date
    follow_up: FollowUp

    def anew(self) -> Standings:
        """Return where they stand now."""
        return replace(self)

    @cached_property
    def _statements(self) -> Mapping[str, Statements]:
        return self.follow_up.statements()

    @cached_property
    def fingerprint(self) -> str:
        """Of all that was said, as far as they may see it; for what is made of it to be named by.

        What was said of documents for others makes no difference.
        """
        seen = hashlib.sha256()
        for document in sorted(self._statements):
            for told in self._said(document).values():
                for one in told:
                    seen.update(repr((one.number, one.at, one.saying)).encode())
        return seen.hexdigest()[:16]

    def standings(self, commitments: Sequence[Commitment]) -> Mapping[str, Standing]:
        """Return where some commitments stand, by id; those of which nobody spoke are left out."""
        found: dict[str, Standing] = {}
        for document, version in dict.fromkeys((one.document, one.version) for one in commitments):
            found.update(self._of_version(document, version))
        wanted = {one.id for one in commitments}
        return {name: standing for name, standing in found.items() if name in wanted}

    def ids_with(self, statuses: Collection[Status]) -> frozenset[str]:
        """Return the ids of the commitments in force that were last said to have some status."""
        catalogue = self.index.once(catalogue_of)
        keys = catalogue.keys_in_force(self.as_of)
        return frozenset(
            name
            for document in self._statements
            for one in catalogue.versions(document)
            if document_key(one.id, one.version) in keys
            for name, standing in self._of_version(one.id, one.version).items()
            if standing.status in statuses
        )

    def history(self, commitment: Commitment) -> tuple[Statement, ...]:
        """Return all that was said of a commitment and of what it was before, in that order."""
        said = self._said(commitment.document)
        names = {commitment.id, *ancestors(self.index, commitment)}
        last = self.standings([commitment]).get(commitment.id)
        if last:  # of a version that is not there any more
            names.update(n for n, told in said.items() if told[-1].number == last.seen)
        found = (one for name in names for one in said.get(name, ()))
        return tuple(sorted(found, key=lambda one: one.number))

    def differences(self, commitments: Sequence[Commitment]) -> Mapping[str, Difference]:
        """Return how some commitments differ from what they were, by id.

        Those that did not change, and of which nothing was before, are left out.
        """
        found = ((one.id, self.difference(one)) for one in commitments)
        return {
            name: difference
            for name, difference in found
            if difference and difference.changes != ("same",)
        }

    def difference(self, commitment: Commitment) -> Difference | None:
        """Tell how a commitment differs from what it was; None where nothing is known of that.

        That is the one in the version before; where there is none any more, as it stood when its
        status was set.
        """
        found = became(self.index, commitment.document, commitment.version)
        if found is not None:
            pair = found.by_newer.get(commitment.id)
            return Difference(pair.changes, pair.older, pair.shift) if pair else None
        standing = self.standings([commitment]).get(commitment.id)
        if standing is None or not standing.waits:
            return None
        before = self.follow_up.said_of([standing.seen])[standing.seen]
        pair = pair_of(before, commitment)
        return Difference(pair.changes, before, pair.shift)

    def _of_version(self, document: str, version: str) -> Mapping[str, Standing]:
        """Return where the commitments of one version stand, those of which somebody spoke."""
        told = self._statements.get(document, {})
        if not told:
            return {}
        last = max((said[-1] for said in told.values()), key=lambda one: one.number)
        key = (document_key(document, version), self.groups, last)
        kept = self.index.once(_kept).standings
        if key not in kept:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[key] = dict(self._found(document, version))
        return kept[key]

    def _found(self, document: str, version: str) -> Iterator[tuple[str, Standing]]:
        said = self._said(document)
        commitments = self.index.register().of_document(document_key(document, version))
        yield from ((one.id, own) for one in commitments if (own := self._own(one, said)))
        if said.keys() <= {one.id for one in commitments}:
            return  # nothing was said of what is not in this version, as with most
        silent = []
        for one in commitments:
            inherited = None if one.id in said else self._inherited(one, said)
            if inherited:
                yield one.id, inherited
            elif one.id not in said:
                silent.append(one)
        yield from self._of_what_is_gone(silent, commitments, said)

    def _own(self, commitment: Commitment, said: Statements) -> Standing | None:
        told = said.get(commitment.id)
        if not told:
            return None
        digest = wording_of(commitment).digest
        # who spoke of just these words of just this version need not say so again because somebody
        # spoke of another version since
        meant = {(one.version, one.digest) for one in told}
        holds = told[-1].digest == digest or (commitment.version, digest) in meant
        return _standing(told[-1], waits=not holds)

    def _inherited(self, commitment: Commitment, said: Statements) -> Standing | None:
        told = (said[name] for name in ancestors(self.index, commitment) if name in said)
        last = next(told, None)
        return _standing(last[-1], waits=True) if last else None

    def _of_what_is_gone(
        self, silent: Sequence[Commitment], every: Sequence[Commitment], said: Statements
    ) -> Iterator[tuple[str, Standing]]:
        """Find what was said of commitments in versions that the index does not hold any more.

        Owners may write a new version over the old file: then nothing but the record of what
        somebody spoke of tells what the commitment was.
        """
        document = every[0].document if every else ""
        held = self._held(document)
        gone = {name: told[-1] for name, told in said.items() if name not in held}
        if not gone or not silent:
            return
        records = self.follow_up.said_of([one.number for one in gone.values()])
        older = [(records[one.number], one) for one in gone.values()]
        among = ([record for record, _ in older], every)
        for a, b in pair_alike(among[0], silent, among=among):
            yield silent[b].id, _standing(older[a][1], waits=True)

    def _held(self, document: str) -> frozenset[str]:
        """Return the ids of a document's commitments in all versions that may be read."""
        versions = self.index.once(catalogue_of).versions(document)
        keys = (document_key(one.id, one.version) for one in versions)
        register = self.index.register()
        return frozenset(one.id for key in keys for one in register.of_document(key))

    def _said(self, document: str) -> Statements:
        """Return what was said of a document, as far as it may be seen."""
        told = self._statements.get(document, {})
        seen = {name: tuple(filter(self._may_see, some)) for name, some in told.items()}
        return {name: some for name, some in seen.items() if some}

    def _may_see(self, statement: Statement) -> bool:
        """Tell whether the version that something was said of may be read."""
        key = document_key(statement.document, statement.version)
        if self.index.holds(key):
            return True
        if self.index.whole.holds(key):
            return False
        return is_among(statement.audience, self.groups)


def _standing(statement: Statement, *, waits: bool) -> Standing:
    said = statement.saying
    return Standing(
        said.status,
        said.note,
        said.link,
        said.by,
        statement.at,
        waits,
        statement.version,
        statement.number,
    )


def _kept(_: Index) -> _Kept:
    return _Kept()
