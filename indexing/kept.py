"""What was made last, to be taken again: bounded, and safe to use from several threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Kept(Generic[Key, Made]):
    """Things by their keys; the one that was not asked for longest goes first.

    Beside ``functools.lru_cache`` it makes several in one step, and from what is no key.

    Args:
        most: how many are held.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Made] = OrderedDict()
        self._lock = Lock()

    def one(self, key: Key, make: Callable[[], Made]) -> Made:
        """Return what is held under a key, made first where nothing is."""
        return self.several([key], lambda _: {key: make()})[key]

    def several(
        self, keys: Iterable[Key], make: Callable[[Sequence[Key]], Mapping[Key, Made]]
    ) -> dict[Key, Made]:
        """Return what is held under some keys, in their order.

        ``make`` makes what is not, all in one step.
        """
        wanted = dict.fromkeys(keys)
        with self._lock:
            found = {key: self._held[key] for key in wanted if key in self._held}
            for key in found:
                self._held.move_to_end(key)
        missing = [key for key in wanted if key not in found]
        if missing:
            made = make(missing)  # without the lock: of two that make the same, both are right
            found.update(made)
            self._keep(made)
        return {key: found[key] for key in wanted}

    def _keep(self, made: Mapping[Key, Made]) -> None:
        with self._lock:
            self._held.update(made)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
