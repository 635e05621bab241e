"""What a build has to do: a pure comparison of what was indexed with what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

UNREADABLE = "unreadable"  # begins the hash of what cannot be opened; it identifies nothing


@dataclass(frozen=True, slots=True)
class Move:
    """A file that stands under another path than before, with the same content."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths relative to the corpus folder, each in exactly one list, each list sorted.

    Attributes:
        moved: sorted by where they stand now.
    """

    keep: tuple[str, ...]
    add: tuple[str, ...]
    replace: tuple[str, ...]
    remove: tuple[str, ...]
    moved: tuple[Move, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether every file is as it was."""
        return not self.changes

    @property
    def changes(self) -> int:
        """How many files are to be added, replaced, removed or moved."""
        return sum(map(len, (self.add, self.replace, self.remove, self.moved)))


def plan(previous: Mapping[str, str], present: Mapping[str, str]) -> Plan:
    """Compare two states of the corpus, each given as path → hash of content.

    A file is the same when its path and its hash are. One that is gone while another came with
    the same hash was moved; where several could be meant, one with the same name is taken.
    """
    common = sorted(previous.keys() & present.keys())
    came = sorted(present.keys() - previous.keys())
    went = sorted(previous.keys() - present.keys())
    moved = _moves({path: previous[path] for path in went}, {path: present[path] for path in came})
    before, after = {move.before for move in moved}, {move.after for move in moved}
    return Plan(
        keep=tuple(path for path in common if previous[path] == present[path]),
        add=tuple(path for path in came if path not in after),
        replace=tuple(path for path in common if previous[path] != present[path]),
        remove=tuple(path for path in went if path not in before),
        moved=moved,
    )


def _moves(went: Mapping[str, str], came: Mapping[str, str]) -> tuple[Move, ...]:
    left = _by_hash(went)
    moves = []
    # those that kept their name choose first
    named = {(PurePosixPath(path).name, held) for path, held in went.items()}
    for path in sorted(came, key=lambda one: ((_name(one), came[one]) not in named, one)):
        candidates = left[came[path]]
        if candidates:
            before = next((one for one in candidates if _name(one) == _name(path)), candidates[0])
            candidates.remove(before)
            moves.append(Move(before, path))
    return tuple(sorted(moves, key=lambda move: move.after))


def _by_hash(states: Mapping[str, str]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in _identified(states):
        found[states[path]].append(path)
    return found


def _identified(states: Mapping[str, str]) -> Iterable[str]:
    return (path for path, held in states.items() if not held.startswith(UNREADABLE))


def _name(path: str) -> str:
    return PurePosixPath(path).name
