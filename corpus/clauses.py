"""The path of a block's clause, as a person would name it: "3.2.b" for item (b) of clause 3.2."""

from __future__ import annotations

import re
from itertools import accumulate

from corpus.figures import clause_path, figures_of
from corpus.model import Block, Document, Passage

_WHOLE = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?$")  # a label that names its chapter itself


def clause_of(document: Document, position: int) -> str:
    """Return the clause path of a block: "" where nothing that it stands in is numbered."""
    block = document.blocks[position]
    above = _outer(document, position)
    path = clause_path(block.label)
    if not path or _WHOLE.match(block.label):
        return path or above
    return f"{above}.{path}" if above else path


def clauses_of(document: Document, passage: Passage) -> frozenset[str]:
    """Return the keys of the clauses that a passage holds or lies in, as ``Figure.key`` has them.

    Of item (b) of clause 3.2 these are clause:3, clause:3.2 and clause:3.2.b. A heading that names
    its section itself ("Annex B", "Rule 105.2") has that name as well.
    """
    paths = {clause_of(document, place) for place in range(passage.first, passage.last + 1)}
    keys = {f"clause:{part}" for path in paths for part in above(path)}
    return frozenset(keys | _named(document, passage.section))


def above(path: str) -> tuple[str, ...]:
    """Return a clause with all that it lies in, the outermost first: "3", "3.2", "3.2.b"."""
    levels = path.split(".") if path else []
    return tuple(accumulate(levels, lambda outer, level: f"{outer}.{level}"))


def _outer(document: Document, position: int) -> str:
    """Return the path of what a block stands under: what leads it in, else its section."""
    block = document.blocks[position]
    if block.lead_in is not None and document.blocks[block.lead_in].label:
        return clause_of(document, block.lead_in)
    return _of_section(document, block)


def _of_section(document: Document, block: Block) -> str:
    place: int | None = block.section
    while place is not None:
        section = document.sections[place]
        if section.number:
            return clause_path(re.sub(r"^[^\W\d_]{2,}\s+", "", section.number))
        place = section.parent
    return ""


def _named(document: Document, section: int) -> set[str]:
    """Return what the headings above a passage name at their beginning, or behind a "§"."""
    headings = document.sections[section].path
    return {
        figure.key
        for heading in (document.metadata.title, *headings)
        for figure in figures_of(heading)
        if figure.kind in {"clause", "part"}
        if figure.start == 0 or heading[figure.start] == "§"
    }
