"""Promise 1: a quote that is not found at its place is not shown."""

from __future__ import annotations

from assistant.reply import Citation
from corpus.model import Document
from corpus.normalise import normalise


def holds(citation: Citation, document: Document) -> bool:
    """Tell whether a citation's quote stands, word for word, at its place of its version."""
    metadata = document.metadata
    if (citation.document, citation.version) != (metadata.id, metadata.version):
        return False
    if not 0 <= citation.start < citation.end <= len(document.text):
        return False
    there = normalise(document.text[citation.start : citation.end])
    return bool(there) and there == normalise(citation.quote)
