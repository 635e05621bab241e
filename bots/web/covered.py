"""What is covered and how fresh it is, for whoever is about to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.ask import Assistant
from assistant.library.catalogue import CatalogueEntry
from indexing.generations import is_building


@dataclass(frozen=True, slots=True)
class Covered:
    """What a question is answered from.

    Attributes:
        in_force: documents whose rules hold today, samples left out.
        samples: documents in force that are no rule of any organisation.
        others: versions that are superseded, expired or not yet in force.
        indexed_at: when the index that answers was built, in UTC.
        building: whether the next one is being built.
        followed: whether the folder is kept in step with.
    """

    in_force: int
    samples: int
    others: int
    indexed_at: datetime
    building: bool
    followed: bool


def covered(assistant: Assistant, entries: Sequence[CatalogueEntry]) -> Covered:
    """Return what is covered.

    Raises:
        StoredIndexError: there is no index.
    """
    held = [one for one in entries if one.force == "in force"]
    samples = sum(one.metadata.sample for one in held)
    return Covered(
        len(held) - samples,
        samples,
        len(entries) - len(held),
        datetime.fromisoformat(assistant.live.current().manifest.built_at),
        is_building(assistant.settings.home),
        assistant.settings.follow,
    )
