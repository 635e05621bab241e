"""No fault in a file makes reading hang, or end in anything but a document or a named error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from good_files import MAKERS
from mutations import mutated

from corpus.errors import UnreadableFile
from corpus.files.folder import SourceFile
from indexing.isolation import Limits, Outcome, Readers

OWN = Path(__file__).parents[1] / "evals" / "reading_gold"
REAL = Path(__file__).parents[2] / "shared" / "documents"
LIMITS = Limits(memory=1 << 30, seconds_for_page=20, seconds=40)
EACH = 16  # mutations of each file made here
EACH_REAL = 4
LARGEST = 150_000  # bytes of a real file; larger ones take longer and hold nothing else
READ = (".docx", ".eml", ".html", ".md", ".odt", ".pdf", ".pptx", ".txt", ".xlsx", ".zip")

pytestmark = pytest.mark.slow


def own_files() -> list[tuple[str, bytes]]:
    made = [(f"made.{ending}", make()) for ending, make in MAKERS.items()]
    return made + files_in(OWN)


def files_in(folder: Path) -> list[tuple[str, bytes]]:
    return [
        (path.name, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix in READ and path.stat().st_size <= LARGEST and "pages" not in path.parts
    ]


def write(folder: Path, files: list[tuple[str, bytes]], each: int) -> Iterator[SourceFile]:
    """Write each file so many times with other faults; pieces are taken from its neighbour."""
    for place, (name, data) in enumerate(files):
        other = files[place - 1][1]
        for number in range(each):
            path = folder / f"{place}-{number}-{name}"
            path.write_bytes(mutated(data, f"{name} {number}", other))
            yield SourceFile(path, path.name)


def read(readers: Readers, sources: Iterator[SourceFile]) -> Iterator[Outcome]:
    """Read all files, and what is in them where they are archives."""

    def members() -> Iterator[SourceFile]:
        for source in sources:
            if source.path.suffix in (".zip", ".eml"):
                try:
                    yield from readers.members(source)
                except UnreadableFile as error:
                    refused.append(Outcome(source, error=error))
            else:
                yield source

    refused: list[Outcome] = []
    yield from readers.read_all(members())
    yield from refused


def check(outcomes: Iterator[Outcome]) -> int:
    """Return how many files were read or refused; what escaped from a reader fails."""
    ends = Counter[str]()
    escaped = []
    for outcome in outcomes:
        ends[type(outcome.error or outcome.document).__name__] += 1
        if outcome.error and (outcome.error.__cause__ or "was given up" in outcome.error.problem):
            trace = str(outcome.error.__cause__ or outcome.error).strip().splitlines()
            escaped.append(f"{outcome.source.relative}: {' / '.join(trace[-3:])}")
    assert not escaped, f"{len(escaped)} of {ends.total()}:\n" + "\n".join(escaped)
    assert ends["Document"] > ends.total() // 10  # the faults leave some files readable
    return ends.total()


def test_300_files_with_faults_end_in_documents_or_named_errors(tmp_path: Path) -> None:
    with Readers(limits=LIMITS) as readers:
        assert check(read(readers, write(tmp_path, own_files(), EACH))) >= 300


def test_real_files_with_faults_end_in_documents_or_named_errors(tmp_path: Path) -> None:
    files = files_in(REAL)
    if not files:
        pytest.skip("the real documents are not here")
    with Readers(limits=LIMITS) as readers:
        check(read(readers, write(tmp_path, files, EACH_REAL)))
