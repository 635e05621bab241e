"""The files of a set of questions, as an organisation would keep them in a folder."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.files.folder import SIDECAR_SUFFIX, SourceFile, list_files
from evals.benchmark_problems import Problem, Problems
from evals.benchmark_sets import BenchmarkSet, Entry
from indexing.storage import writing_to

PAGE = "#page="  # between the name of a file and the number of a page, in the id of an entry

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a set.

    Attributes:
        whole: path below the folder → the entry that is this document.
        paged: path below the folder → the name before ``#page=`` of the entries that are its pages.
    """

    whole: Mapping[str, str]
    paged: Mapping[str, str]
    problems: tuple[Problem, ...]


def write_files(some_set: BenchmarkSet, folder: Path, documents: Path | None) -> Written:
    """Bring a folder in step with a set; files that are as they should be are left alone.

    An entry whose document is at hand is that document, or that page of it; any other is written
    as Markdown with its title as the heading.

    Args:
        some_set: whose entries to write.
        folder: holds nothing else afterwards.
        documents: real documents beside those in the set's own folder ``documents``, under the
            names that the ids have; ``other_Name.pdf`` serves for ``Name.pdf`` where it is the only
            one.

    Raises:
        CorpusMissing: the folder of the documents is not there.
    """
    beside = some_set.folder / "documents"
    own = list_files(beside) if beside.is_dir() else ()
    shelf = _Shelf((*own, *(list_files(documents) if documents else ())))
    alike = _alike(entry.id.partition(PAGE)[0] for entry in some_set.entries)
    contents: dict[str, bytes | Path] = {}
    whole: dict[str, str] = {}
    paged: dict[str, str] = {}
    for entry in some_set.entries:
        name, _, page = entry.id.partition(PAGE)
        source = shelf.find(name)
        if source is None:
            path = f"entries/{_file_name(entry.id, alike)}.md"
            contents[path] = _as_markdown(entry)
            whole[path] = entry.id
            continue
        path = f"documents/{_folder_name(name, alike)}{source.path.name}"
        (paged if page else whole)[path] = name
        contents[path] = source.path
        if source.sidecar:
            contents[str(PurePosixPath(path).with_suffix(SIDECAR_SUFFIX))] = source.sidecar
    _bring_in_step(folder, contents)
    problems = Problems()
    problems.note_all("document that is not there, its entries taken from the corpus", shelf.missed)
    unused = [file.relative for file in own if not shelf.uses(file)]
    problems.note_all("file that is no entry, left out", unused)
    return Written(whole, paged, problems.told())


class _Shelf:
    """The real documents, found by the names that entries give them."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self._files: dict[str, SourceFile] = {}
        for file in files:
            self._files.setdefault(file.relative, file)
        self._found: dict[str, SourceFile | None] = {}

    def find(self, name: str) -> SourceFile | None:
        """Return the document of a name, None if it is not there."""
        if name not in self._found and self._files:
            self._found[name] = self._search(name)
        return self._found.get(name)

    @property
    def missed(self) -> list[str]:
        """Names that were not found; none where nothing was, for the files are of another set."""
        missed = [name for name, file in self._found.items() if file is None]
        return missed if len(missed) < len(self._found) else []

    def uses(self, file: SourceFile) -> bool:
        """Tell whether an entry is this document."""
        return file in self._found.values()

    def _search(self, name: str) -> SourceFile | None:
        if name in self._files:
            return self._files[name]
        ending = re.compile(rf"(?:.*[^A-Za-z0-9])?{re.escape(name)}", re.DOTALL)
        like = [file for relative, file in self._files.items() if ending.fullmatch(relative)]
        return like[0] if len(like) == 1 else None


def _alike(identifiers: Iterable[str]) -> frozenset[str]:
    """Return the ids that others share but for their case: some disks take them for the same."""
    by_fold: dict[str, set[str]] = defaultdict(set)
    for identifier in identifiers:
        by_fold[identifier.casefold()].add(identifier)
    return frozenset(one for same in by_fold.values() if len(same) > 1 for one in same)


def _file_name(identifier: str, alike: frozenset[str]) -> str:
    """Return a name for a file: no two ids give the same one."""
    safe = _UNSAFE.sub("-", identifier)[:_LONGEST].strip(".-")
    if safe == identifier and identifier not in alike:
        return safe
    return f"{safe}-{_digest(identifier)}"


def _folder_name(identifier: str, alike: frozenset[str]) -> str:
    """Return a folder for a document that keeps its own name; empty where it needs none."""
    plain = _file_name(identifier, alike) == identifier
    return "" if plain else f"{_digest(identifier)}/"


def _digest(identifier: str) -> str:
    return hashlib.sha256(identifier.encode()).hexdigest()[:8]


def _as_markdown(entry: Entry) -> bytes:
    # without a title the text must not stand first: a line of hyphens would begin front matter
    heading = f"# {' '.join(entry.title.split())}\n" if entry.title.strip() else ""
    return f"{heading}\n{entry.text}\n".encode()


def _bring_in_step(folder: Path, contents: Mapping[str, bytes | Path]) -> None:
    with writing_to(folder):
        for old in [path for path in folder.rglob("*") if path.is_file()]:
            if old.relative_to(folder).as_posix() not in contents:
                old.unlink()
        for parent in {(folder / path).parent for path in contents}:
            parent.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            wanted = content if isinstance(content, bytes) else content.read_bytes()
            target = folder / path
            if not target.is_file() or target.read_bytes() != wanted:
                target.write_bytes(wanted)
