"""The folder as it is against what is served, without reading a document."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from corpus.errors import CorpusMissing, UnreadableFile
from corpus.files.containers import is_container
from corpus.files.folder import SourceFile, described_at, list_files
from corpus.formats.kinds import FORMATS
from indexing.approval import Approve
from indexing.digests import Digests, State
from indexing.glossary_file import GLOSSARY_FILE
from indexing.manifest import FileRecord, Manifest, Root, is_current
from indexing.plan import Plan, plan

# where an author may write for programs who reads a text; the rest of it is for people
_FRONTED = frozenset(("markdown", "plain"))
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT = 200_000  # characters


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is to go about it.

    Attributes:
        mirrors: folders that are read as folders of the corpus.
        unsettled: files that are still being written; they stay as they are served, if at all.
        again: read every file again, also those that have not changed.
        approve: looks at the new generation before it is served, and may hold it back.
        instead: files that are read as if they stood in the folder, or as if they did not.
    """

    mirrors: tuple[Root, ...] = ()
    unsettled: frozenset[str] = frozenset()
    again: bool = False
    approve: Approve | None = None
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class Instead:
    """What the folder would hold at a path, to try out a change without making it.

    Attributes:
        relative: path below the corpus folder, with forward slashes.
        path: the file to read in its place, of the same name; None is that there is no such file.
    """

    relative: str
    path: Path | None = None


class Expander(Protocol):
    """Lists what is in an archive."""

    def members(self, source: SourceFile) -> tuple[SourceFile, ...]:
        """Return the files in an archive; raises UnreadableFile."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file that is there, or that stands in an archive that is.

    Attributes:
        archive: path of that archive, relative to the corpus folder; empty for a file of its own.
        error: why the archive cannot be opened.
    """

    file: SourceFile
    state: State
    archive: str = ""
    error: UnreadableFile | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What is there, what is served, and what has to be done about it.

    Attributes:
        found: by relative path.
        served: None when there is no index that can be used.
        plan: also for ``glossary.csv``, which is no document.
        glossary: SHA-256 of ``glossary.csv``; empty without one.
    """

    found: tuple[Found, ...]
    served: Manifest | None
    plan: Plan
    glossary: str = ""

    @property
    def present(self) -> Mapping[str, str]:
        """Path of each file → its digest."""
        return _with_glossary(
            {one.file.relative: one.state.digest for one in self.found}, self.glossary
        )


def take_survey(
    files: Sequence[SourceFile],
    served: Manifest | None,
    *,
    digests: Digests,
    expander: Expander,
    options: Options,
) -> Survey:
    """Compare files with what is served; archives that changed are looked into.

    Args:
        files: as ``list_roots`` gives them.
        served: what is served now.
        digests: hash the files.
        expander: looks into archives.
        options: of the build that is to follow.
    """
    known = _by_file(served.files if served else ())
    found: list[Found] = []
    glossary = ""
    for file in files:
        before = known[file.relative]
        if file.relative == GLOSSARY_FILE:
            glossary = digests.of(file.path)
        elif file.relative in options.unsettled:
            found += _as_served(file, before)
        elif is_container(file.relative):
            trusted = before if is_current(served) and not options.again else ()
            found += _members(file, digests.state(file), trusted, expander)
        else:
            found.append(Found(file, digests.state(file)))
    found.sort(key=lambda one: one.file.relative)
    present = {one.file.relative: one.state.digest for one in found}
    indexed = {record.relative: record.digest for record in served.files} if served else {}
    todo = plan(
        _with_glossary(indexed, served.glossary if served else ""),
        _with_glossary(present, glossary),
    )
    return Survey(tuple(found), served, todo, glossary)


def list_roots(
    corpus: Path, mirrors: Sequence[Root] = (), *, without: Path
) -> tuple[SourceFile, ...]:
    """Return the files of the corpus and of the folders that are read as folders of it.

    Raises:
        CorpusMissing: the corpus folder cannot be listed; a mirror that cannot is passed over.
    """
    files = list(list_files(corpus, without=without))
    for mirror in mirrors:
        with suppress(CorpusMissing):
            files += [
                replace(file, relative=f"{mirror.name}/{file.relative}")
                for file in list_files(Path(mirror.folder))
            ]
    return tuple(files)


def put_instead(
    files: Sequence[SourceFile], corpus: Path, instead: Sequence[Instead]
) -> tuple[SourceFile, ...]:
    """Return the files as they would be after some changes; sidecars and settings hold as before.

    Args:
        files: as ``list_roots`` gives them.
        corpus: the folder that they stand in.
        instead: what to change of them.
    """
    there = {file.relative: file for file in files}
    for one in instead:
        known = there.pop(one.relative, None)
        if one.path is not None:
            known = known or described_at(corpus, one.relative)
            there[one.relative] = replace(known, path=one.path)
    return tuple(there.values())


def front_of(data: bytes) -> str:
    """Return the SHA-256 of a text's front matter; empty where it has none, or is no text."""
    # as its reader decodes it: editors save UTF-16 as well
    from corpus.formats.decode import decode  # noqa: PLC0415  few files need it, and no question waits

    try:
        text, _ = decode(data, "")
    except UnreadableFile:
        return ""
    matter = _FRONT.match(text, 0, _LONGEST_FRONT)
    return hashlib.sha256(matter[1].encode()).hexdigest() if matter else ""


def is_fronted(path: Path) -> bool:
    """Tell by its name whether a file may have front matter."""
    return FORMATS.get(path.suffix.lower()) in _FRONTED


def member_content(archive: str, relative: str, content: str) -> str:
    """Return what stands for the bytes of a member: its place in an archive of these bytes."""
    inner = relative.removeprefix(f"{archive}/")
    return hashlib.sha256(f"{content} {inner}".encode("utf-8", "surrogateescape")).hexdigest()


def _with_glossary(states: Mapping[str, str], glossary: str) -> Mapping[str, str]:
    return {**states, GLOSSARY_FILE: glossary} if glossary else states


def _by_file(records: Iterable[FileRecord]) -> defaultdict[str, list[FileRecord]]:
    """Sort what was recorded by the file of the folder that it came from."""
    found: defaultdict[str, list[FileRecord]] = defaultdict(list)
    for record in records:
        found[record.archive or record.relative].append(record)
    return found


def _as_served(file: SourceFile, records: Sequence[FileRecord]) -> Iterator[Found]:
    for record in records:
        member = replace(file, relative=record.relative)
        yield Found(member, State(record.content, record.description), record.archive)


def _members(
    file: SourceFile, whole: State, before: Sequence[FileRecord], expander: Expander
) -> Iterator[Found]:
    """Give what a container stands for: what it did before while it has not changed."""

    def found(member: SourceFile, error: UnreadableFile | None = None) -> Found:
        if member.relative == file.relative:
            return Found(member, whole, error=error)
        content = member_content(file.relative, member.relative, whole.content)
        return Found(member, State(content, whole.description), file.relative, error)

    known = [found(replace(file, relative=record.relative)) for record in before]
    same = [one.state.content for one in known] == [record.content for record in before]
    if before and same and all(record.lasts for record in before):
        yield from known
        return
    try:
        members = expander.members(file)
    except UnreadableFile as error:
        yield from [replace(one, error=error) for one in known] or [found(file, error)]
    else:
        yield from map(found, members)
