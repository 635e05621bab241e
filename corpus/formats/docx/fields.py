"""Fields of Word: their results are seen, their instructions are not."""

from __future__ import annotations

from dataclasses import dataclass, field

# what they print is made of the headings, words and sources of the document itself
_LISTS = frozenset(("TOC", "INDEX", "TOA"))
_SEQUENCE = "SEQ"
_PAIR = 2


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    in_result: bool = False
    lists: bool = False


@dataclass(slots=True)
class Fields:
    """Which fields are open where the reader stands.

    Attributes:
        lenient: the fields of this file do not end as they begin, so they hide nothing.
        muted: what comes now is not seen.
        sequence: what the field that showed its result last counts ("Table"); empty if nothing.
        saw_contents: a table of contents began or went on since this was last set to False.
    """

    lenient: bool = False
    muted: bool = False
    sequence: str = ""
    saw_contents: bool = False
    open: list[_Field] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Say whether a table of contents or an index is open."""
        return any(each.lists for each in self.open)

    def begin(self) -> None:
        """Enter a field."""
        self.open.append(_Field())
        self._settle()

    def instruct(self, text: str) -> None:
        """Take a part of the instruction of the innermost field."""
        if self.open and not self.open[-1].in_result:
            self.open[-1].instruction += text

    def separate(self) -> None:
        """Go on to the result of the innermost field."""
        if self.open:
            innermost = self.open[-1]
            innermost.in_result = True
            words = innermost.instruction.split()
            kind = words[0].upper() if words else ""
            innermost.lists = kind in _LISTS
            self.saw_contents = self.saw_contents or innermost.lists
            self.sequence = words[1] if kind == _SEQUENCE and len(words) >= _PAIR else ""
        self._settle()

    def end(self) -> None:
        """Leave the innermost field."""
        if self.open:
            self.open.pop()
        self._settle()

    def _settle(self) -> None:
        self.muted = any(each.lists for each in self.open) or (
            not self.lenient and any(not each.in_result for each in self.open)
        )
