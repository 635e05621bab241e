"""The sections of a document by the names that people and programs give them."""

from __future__ import annotations

import difflib

from corpus.errors import DocumentNotFound
from corpus.model import Document, Section
from corpus.normalise import normalise


def find_section(document: Document, name: str) -> Section:
    """Return the section that goes by an anchor, a number or a heading.

    Raises:
        DocumentNotFound: none does; the message names those that come near.
    """
    wanted = normalise(name).casefold()
    for names in (_anchor, _number, _heading):
        for section in document.sections:
            if names(section) == wanted:
                return section
    anchors = [section.anchor for section in document.sections]
    near = difflib.get_close_matches(wanted, anchors, 3, 0.3) or anchors[:3]
    known = ", ".join(f"#{anchor}" for anchor in near) or "none"
    raise DocumentNotFound(
        f"“{document.metadata.title}” has no section “{name}”.", f"It has, for example: {known}."
    )


def _anchor(section: Section) -> str:
    return section.anchor.casefold()


def _number(section: Section) -> str:
    return section.number.casefold().rstrip(".")


def _heading(section: Section) -> str:
    return normalise(section.heading).casefold()
