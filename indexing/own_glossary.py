"""The file ``glossary.csv`` as it stands in the folder of documents now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from indexing.glossary_file import GLOSSARY_FILE, Row, read_glossary_file
from indexing.report import DocumentNote


@dataclass(frozen=True, slots=True)
class OwnGlossary:
    """What its owners set.

    Attributes:
        digest: SHA-256 of the file; empty where there is none that can be opened.
        notes: what in it cannot be used.
    """

    digest: str = ""
    rows: tuple[Row, ...] = ()
    notes: tuple[DocumentNote, ...] = ()


def own_glossary(corpus: Path) -> OwnGlossary:
    """Read the glossary of a folder of documents."""
    try:
        data = (corpus / GLOSSARY_FILE).read_bytes()
    except FileNotFoundError:
        return OwnGlossary()
    except OSError as error:
        note = f"It cannot be opened ({error.strerror}); nothing of it is used."
        return OwnGlossary(notes=(DocumentNote(GLOSSARY_FILE, note),))
    read = read_glossary_file(data)
    notes = tuple(DocumentNote(GLOSSARY_FILE, problem) for problem in read.problems)
    return OwnGlossary(hashlib.sha256(data).hexdigest(), read.rows, notes)
