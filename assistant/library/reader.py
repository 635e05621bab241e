"""Who reads: what a door found out about a person, as far as it decides what they may read."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.library.audience import EVERYBODY


@dataclass(frozen=True, slots=True)
class Reader:
    """A person as a door resolved them, for one request.

    Attributes:
        name: a pseudonym of theirs in that door.
        groups: those that they belong to; none where that could not be told, so that a failed
            look-up never shows more.
        refusal: why they are not answered, in a sentence for them; empty where they are.
    """

    name: str
    groups: frozenset[str] = EVERYBODY
    refusal: str = ""

    @property
    def admitted(self) -> bool:
        """Whether they are answered."""
        return not self.refusal
