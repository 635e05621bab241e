"""A PDF of hundreds of pages, to see how the page of a long document opens."""

from __future__ import annotations

from pdf_pages import bold, pdf, prose

_SENTENCES = (
    "The head of each office keeps a register of what was decided, by whom and on what grounds.",
    "A staff member who is concerned is heard before a decision and told of it in writing.",
    "Costs that arise from it are borne by the office, within the limits of its budget.",
    "Exceptions are granted by the Director alone and are reported at the end of each quarter.",
)
_LINES = 12


def long_pdf(pages: int = 500) -> bytes:
    """Return rules of that many pages, each a section of a dozen numbered clauses."""
    return pdf(*(_page(number) for number in range(1, pages + 1)))


def _page(number: int) -> str:
    clauses = [
        prose(60, 120 + line * 55, _clause(number, line + 1), pitch=12) for line in range(_LINES)
    ]
    return bold(60, 80, f"{number}. Matter number {number}", 16) + "".join(clauses)


def _clause(number: int, line: int) -> tuple[str, str]:
    first, second = (_SENTENCES[(number + line + more) % len(_SENTENCES)] for more in (0, 1))
    return f"{number}.{line} {first}", second
