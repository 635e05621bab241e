"""What is wrong in the folder's own files, said at every build, whether they changed or not."""

from __future__ import annotations

from pathlib import Path

from corpus.metadata.folder_settings import unused_patterns
from indexing.own_glossary import own_glossary
from indexing.report import DocumentNote
from indexing.survey import Survey


def standing_notes(corpus: Path, survey: Survey) -> tuple[DocumentNote, ...]:
    """Note what is wrong in ``charter.toml`` files and in ``glossary.csv``."""
    return (*_idle_patterns(corpus, survey), *own_glossary(corpus).notes)


def _idle_patterns(corpus: Path, survey: Survey) -> tuple[DocumentNote, ...]:
    """Note each pattern of a ``charter.toml`` that no file fits: it may have been a restriction."""
    files = [one.file for one in survey.found]
    unused = unused_patterns(corpus, files, [file.relative for file in files])
    return tuple(
        DocumentNote(
            path.relative_to(corpus).as_posix(),
            f"The pattern “{pattern}” fits no file; what it says, such as an audience, holds for "
            "nothing.",
        )
        for path, pattern in unused
    )
