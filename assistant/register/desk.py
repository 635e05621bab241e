"""Where single commitments are opened, compared between versions, and spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from assistant.library.catalogue import CatalogueEntry, catalogue_of
from assistant.library.shelf import Shelf
from assistant.register.follow_up import outdated
from assistant.register.listing import Lister, metadata_by_key
from assistant.register.model import Listed, Standing
from assistant.register.statements import Saying, Statement, Subject, check_saying
from assistant.settings import Settings
from corpus.commitments.changes import Change, Pair, compare_commitments
from corpus.commitments.model import Commitment
from corpus.errors import CommitmentNotFound, StatusClosed, StatusRefused
from corpus.model import document_key
from indexing.index import Index

_ID = re.compile(r"[0-9a-f]{1,64}")
_MOST_NAMED = 5  # of those whose ids begin alike


@dataclass(frozen=True, slots=True)
class Followed:
    """One commitment, and all that was said of it.

    Attributes:
        history: in the order of saying, what was said of it in earlier versions included.
    """

    line: Listed
    history: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A commitment of two versions, with where it stands: in the older one if it was dropped."""

    pair: Pair
    standing: Standing


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the commitments of one version of a document in another.

    Attributes:
        lines: all that are not the same, in the newer version's reading order.
        unchanged: how many are the same.
    """

    older: CatalogueEntry
    newer: CatalogueEntry
    lines: tuple[Changed, ...]
    unchanged: int

    def count(self, change: Change) -> int:
        """Tell how many changed in one way; one that did in two counts for both."""
        return sum(change in line.pair.changes for line in self.lines)


def require_open(settings: Settings) -> None:
    """Let a door that knows nobody take a status only where the settings say so.

    Whoever can run a command on the machine can say where a commitment stands. Who reaches the
    server need not be one of those.

    Raises:
        StatusClosed: they do not.
    """
    if not is_open(settings):
        raise StatusClosed(
            "Statuses cannot be set here: nobody signs in, so nobody would be known to have set "
            "them.",
            "Use `charter commitments status`, or set CHARTER_FOLLOW_UP=everybody.",
        )


def is_open(settings: Settings) -> bool:
    """Tell whether a door that knows nobody takes statuses."""
    return settings.follow_up == "everybody"


@dataclass(frozen=True, slots=True)
class Desk:
    """Opens the commitments of one index, also when another is served meanwhile.

    Attributes:
        lister: of the day that is asked about.
        today: on which it is asked.

    Raises:
        SettingsError, StorageError: from every method, when what was said cannot be read.
        StoredIndexError: the same, when the index cannot.
    """

    lister: Lister
    today: date

    def open(self, name: str) -> Followed:
        """Return a commitment by its id or the beginning of it.

        It is the one in force on the day; where none is, that of the latest version that has it.

        Raises:
            CommitmentNotFound: there is none by that id, or several.
        """
        line = self.lister.line(*self._find(name))
        return Followed(line, self.lister.followed.history(line.commitment))

    def say(self, name: str, saying: Saying, *, if_seen: int | None = None) -> Followed:
        """Keep what somebody says of a commitment, and return it as it stands then.

        Args:
            name: as for ``open``.
            saying: as ``check_saying`` returned it.
            if_seen: ``Standing.seen`` of what they saw; None sets the status whatever it was.

        Raises:
            CommitmentNotFound: as for ``open``.
            StatusOutdated: somebody else spoke of it since then.
        """
        line, last = self._seen(name, if_seen)
        return self._keep(line, saying, last)

    def confirm(self, name: str, *, by: str, if_seen: int | None = None) -> Followed:
        """Keep that somebody says that a status holds as it is, for the words as they are now.

        Args, Raises: as for ``say``; StatusRefused where nobody has said anything yet.
        """
        line, last = self._seen(name, if_seen)
        standing = line.standing
        if not standing.seen:
            raise StatusRefused(
                f"Nobody has said where {line.commitment.id} stands.", "Set its status instead."
            )
        again = check_saying(standing.status, by=by, note=standing.note, link=standing.link)
        return self._keep(line, again, last, confirms=True)

    def changes(self, document: str, older: str | None = None, newer: str | None = None) -> Changes:
        """Return what became of the commitments of one version of a document in another.

        Args, Raises: as for ``Shelf.pair``.
        """
        first, last = Shelf(self._index, self.today).pair(document, older, newer)
        before, after = self._commitments(first.entry.key), self._commitments(last.entry.key)
        pairs = compare_commitments(before, after)
        standings = dict(self.lister.followed.standings(before))
        standings.update(self.lister.followed.standings(after))
        lines = [
            Changed(pair, standings.get(one.id, Standing()))
            for pair in pairs
            if pair.changes != ("same",) and (one := pair.newer or pair.older)
        ]
        return Changes(first.entry, last.entry, tuple(lines), len(pairs) - len(lines))

    def _seen(self, name: str, if_seen: int | None) -> tuple[Listed, int | None]:
        """Return a commitment, and the number of what must still be last said of it, if any."""
        key, commitment = self._find(name)
        # taken first: what is said between the two looks is found out here, or when it is written
        last = self.lister.followed.follow_up.last_of(commitment)
        line = self._lister_now().line(key, commitment)
        if if_seen is None:
            return line, None
        if line.standing.seen != if_seen:
            raise outdated(_said_meanwhile(line.standing))
        return line, last

    def _keep(
        self, line: Listed, saying: Saying, last: int | None, *, confirms: bool = False
    ) -> Followed:
        self.lister.followed.follow_up.say(
            Subject(line.commitment, line.entry.metadata.audience),
            saying,
            at=datetime.now(UTC),
            if_last=last,
            confirms=confirms,
        )
        return replace(self, lister=self._lister_now()).open(line.commitment.id)

    def _lister_now(self) -> Lister:
        """Return the lister with what was said until now."""
        return replace(self.lister, followed=self.lister.followed.anew())

    def _commitments(self, key: str) -> tuple[Commitment, ...]:
        return self._index.register().of_document(key)

    @property
    def _index(self) -> Index:
        return self.lister.index

    def _find(self, name: str) -> tuple[str, str]:
        """Return the key of a document and the id of its commitment."""
        found = self._index.register().named(name, 100) if _ID.fullmatch(name) else ()
        ids = list(dict.fromkeys(one for one, _ in found))
        if name in ids:
            ids = [name]
        if not ids:
            raise CommitmentNotFound(
                f"There is no commitment “{name}”.", "Run `charter commitments` for the list."
            )
        if len(ids) > 1:
            shown = ", ".join(ids[:_MOST_NAMED]) + (" …" if len(ids) > _MOST_NAMED else "")
            raise CommitmentNotFound(
                f"Several commitments have ids that begin with “{name}”: {shown}.",
                "Give more of the id.",
            )
        keys = [key for one, key in found if one == ids[0]]
        return self._version_of(keys), ids[0]

    def _version_of(self, keys: Sequence[str]) -> str:
        """Return the version that is in force among some of one document, else the latest."""
        catalogue = self._index.once(catalogue_of)
        in_force = catalogue.keys_in_force(self.lister.as_of)
        document = self._index.once(metadata_by_key)[keys[0]].id
        ages = [document_key(one.id, one.version) for one in catalogue.versions(document)]
        return max(keys, key=lambda key: (key in in_force, ages.index(key)))


def _said_meanwhile(standing: Standing) -> str:
    if standing.at is None:
        return "What was said of this commitment when you looked at it is not there any more."
    return (
        f"{standing.by} said “{standing.status}” of this commitment on "
        f"{standing.at:%Y-%m-%d at %H:%M} UTC, after you looked at it."
    )
