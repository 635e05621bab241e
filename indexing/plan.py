"""What a build has to do: a pure comparison of what was indexed with what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths relative to the corpus folder, each in exactly one list, each list sorted."""

    keep: tuple[str, ...]
    add: tuple[str, ...]
    replace: tuple[str, ...]
    remove: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every file is as it was."""
        return not (self.add or self.replace or self.remove)


def plan(previous: Mapping[str, str], present: Mapping[str, str]) -> Plan:
    """Compare two states of the corpus, each given as path → hash of content.

    A file is the same when its path and its hash are; a moved file is removed and added.
    """
    common = sorted(previous.keys() & present.keys())
    return Plan(
        keep=tuple(path for path in common if previous[path] == present[path]),
        add=tuple(sorted(present.keys() - previous.keys())),
        replace=tuple(path for path in common if previous[path] != present[path]),
        remove=tuple(sorted(previous.keys() - present.keys())),
    )
