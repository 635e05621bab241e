"""A suite as it was read: what can be used, and every problem with its place and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import SuiteUnusable
from evals.suites.model import Suite

Unit = Literal["row", "line"]
_SHOWN = 20  # problems in a message


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be used.

    Attributes:
        row: of the table, or line of the YAML file, from 1; 0 for the file as a whole.
        case: its id, where it has one.
        reason: a sentence.
        offer: what may be meant instead, in the words of a document; empty if nothing is near.
    """

    row: int
    case: str
    reason: str
    offer: str = ""


@dataclass(frozen=True, slots=True)
class ReadSuite:
    """A suite with what stood in its file.

    Attributes:
        suite: the cases that can be used.
        unit: what the numbers of problems and rows count.
        rows: id of a case → where it stands.
        made: ids that no file gave, made from the question's words.
        told: fields of the suite itself that the file gives.
        problems: all of them, by row; a case with one is not among the suite's.
        whole: there is a problem of the file itself, so that no case can be trusted.
        columns: keys that a table has a column for; None of a file that leaves out what is usual.
    """

    suite: Suite
    unit: Unit
    rows: Mapping[str, int]
    made: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    whole: bool = False
    columns: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody wrote under some names, still to be checked.

    Attributes:
        row: where it begins.
        said: name → text, list of texts, or what should not be there.
        rows: name → where it stands, if that is known more closely.
        faults: what the file's form already says is wrong with it.
    """

    row: int
    said: Mapping[str, object]
    rows: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Problem, ...] = ()

    def row_of(self, name: str) -> int:
        """Return where a field stands."""
        return self.rows.get(name, self.row)


def sound(read: ReadSuite, name: str) -> Suite:
    """Return the suite if nothing is wrong with it.

    Raises:
        SuiteUnusable: with every problem.
    """
    if not read.problems:
        return read.suite
    lines = [in_words(one, read.unit) for one in read.problems[:_SHOWN]]
    left = len(read.problems) - len(lines)
    more = [f"and {left} more"] if left else []
    listed = "\n".join(f"  {line}" for line in (*lines, *more))
    raise SuiteUnusable(f"{name} has problems:\n{listed}\n", "Mend them, then try again.")


def in_words(problem: Problem, unit: Unit) -> str:
    """Return a problem with its place."""
    place = f"{unit} {problem.row}" if problem.row else ""
    case = f"case “{problem.case}”" if problem.case else ""
    where = ", ".join(filter(None, (place, case)))
    offer = f" Nearest text: “{problem.offer}”" if problem.offer else ""
    return f"{where}: {problem.reason}{offer}" if where else f"{problem.reason}{offer}"
