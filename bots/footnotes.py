"""Where a quote stands, in one line under an answer that is read as text."""

from __future__ import annotations

from assistant.reply import Citation, page_in_words


def place_in_words(citation: Citation) -> str:
    """Say title, version, section and page, and what must be said beside the quote."""
    said = (
        citation.title,
        f"version {citation.version}",
        " › ".join(citation.section),
        page_in_words(citation.page, citation.page_label),
    )
    marks = f" ({'; '.join(citation.marks)})" if citation.marks else ""
    return ", ".join(filter(None, said)) + marks
