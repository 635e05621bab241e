"""Documents inside other files: in ZIP archives, attached to e-mail, in archives within these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpus.errors import DamagedFile, EmptyFile, FileTooLarge, MetadataUnusable, UnreadableFile
from corpus.files import bytes_of
from corpus.files.archive import Entry, entries_of
from corpus.files.folder import SETTINGS_FILE, SIDECAR_SUFFIX, SourceFile
from corpus.formats.kinds import format_of

_DEEPEST = 3  # names on the way to a document: "a.zip/b.zip/c.docx" has two
_MOST_MEMBERS = 10_000  # of one file, all levels together
_MOST_UNPACKED = 500_000_000  # bytes of all levels together, as declared
_CONTAINERS = (".zip", ".eml")
_NO_TEXT = frozenset(
    ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .svg .ico .heic .emf .wmf .mp3 .wav .m4a .ogg .mp4"
    " .mov .avi .mkv .webm .ttf .otf .woff .woff2 .ics .vcf .asc .sig .p7s".split()
)
_UNPACK = "Unpack it into the folder."


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another.

    Attributes:
        path: its name in each container on the way to it, the outermost first.
        size: in bytes, unpacked, as the container declares it.
        sidecar: path of the file beside it that describes it; empty if there is none.
        around: paths of the sidecars of the containers on the way to it, the outermost first.
    """

    path: tuple[str, ...]
    size: int
    sidecar: tuple[str, ...] = ()
    around: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        """Its path in one line, with forward slashes."""
        return "/".join(self.path)


def expand(source: SourceFile) -> tuple[SourceFile, ...]:
    """Return the documents that a file stands for: itself, its members, or both for e-mail.

    It opens the file, which anyone may have made: to be called where a document is read.

    Raises:
        EmptyFile: an archive without a document.
        UnreadableFile: it cannot be opened, or holds too much.
    """
    if not is_container(source.relative):
        return (source,)
    data = bytes_of(source.path, source.relative)
    found = members(data, source.relative)
    inside = tuple(
        replace(
            source,
            relative=f"{source.relative}/{member.name}",
            member=member.path,
            member_sidecar=member.sidecar,
            around=member.around,
        )
        for member in found
    )
    if format_of(data, source.relative) != "zip":
        return (source, *inside)
    if not inside:
        raise EmptyFile(f"{source.relative} holds no document.", "Remove it or fill it.")
    return inside


def is_container(name: str) -> bool:
    """Tell by its name whether a file may have documents inside."""
    return name.lower().endswith(_CONTAINERS)


def members(data: bytes, name: str) -> tuple[Member, ...]:
    """Return the documents inside a file, those inside its archives and e-mails too.

    Left out are hidden files, folders, pictures, sound, film and signatures. What cannot be
    opened is in as it is: reading it tells why. None for a file that is no container.

    Args:
        data: the bytes of the file.
        name: of the file, for messages and by its ending.

    Raises:
        UnreadableFile: it cannot be opened, or holds too much.
    """
    return tuple(_members(_entries(data, name), name, Member((), len(data)), _Budget()))


def extract(data: bytes, name: str, path: Sequence[str]) -> bytes:
    """Return the content of a member.

    Args:
        data: the bytes of the outermost file.
        name: of that file, for messages.
        path: of the member, as ``members`` gives it.

    Raises:
        UnreadableFile: it or a container around it cannot be opened.
        MetadataUnusable: a ``charter.toml`` in a container governs it.
    """
    for step in path:
        entries = _entries(data, name)
        found = next((entry for entry in entries if entry.name == step), None)
        name = f"{name}/{step}"
        if _is_governed(entries, step):
            raise MetadataUnusable(
                f"{name} is governed by a {SETTINGS_FILE} that is packed with it, which may say "
                "who reads it, and which Charter does not read there.",
                "Unpack all of it into the folder.",
            )
        if found is None:
            raise DamagedFile(f"{name} is no longer there.", "Index the folder again.")
        data = found.read()
    if not data.strip():
        raise EmptyFile(f"{name} is empty.", "Remove it or give it some text.")
    return data


def _is_governed(entries: Sequence[Entry], name: str) -> bool:
    """Say whether a container has a ``charter.toml`` in a folder around one of its files."""
    folders = [str(folder / SETTINGS_FILE) for folder in PurePosixPath(name).parents]
    return any(entry.name in folders for entry in entries)


def refuse(data: bytes, name: str) -> UnreadableFile:
    """Return why an archive inside another was not looked into."""
    try:
        inside = members(data, name)
    except UnreadableFile as error:
        return error
    if not inside:
        return EmptyFile(f"{name} holds no document.", "Remove it or fill it.")
    return FileTooLarge(f"{name} lies too deep, or in too large an archive.", _UNPACK)


@dataclass(slots=True)
class _Budget:
    """What one file may hold, all levels together."""

    members: int = _MOST_MEMBERS
    unpacked: int = _MOST_UNPACKED

    def allows(self, entries: Sequence[Entry]) -> bool:
        """Take entries off, and say whether there was enough for them."""
        self.members -= len(entries)
        self.unpacked -= sum(entry.size for entry in entries)
        return min(self.members, self.unpacked) >= 0


def _entries(data: bytes, name: str) -> tuple[Entry, ...]:
    """Return what a container holds; nothing for another file, whatever it is called."""
    if not is_container(name):
        return ()
    match format_of(data, name):
        case "zip":
            return entries_of(data, name)
        case "eml":
            from corpus.formats.mail.parts import attachments_of  # noqa: PLC0415  as read.py does

            return attachments_of(data, name)
    return ()


def _members(
    entries: Sequence[Entry], name: str, outer: Member, budget: _Budget
) -> Iterator[Member]:
    if not budget.allows(entries):
        raise FileTooLarge(f"{name} holds more than Charter looks through.", _UNPACK)
    sidecars = _sidecars(entries)
    described = set(sidecars.values())
    around = (*outer.around, outer.sidecar) if outer.sidecar else outer.around
    for entry in entries:
        if entry.name in described or not _may_be_read(entry.name):
            continue
        beside = sidecars.get(entry.name)
        sidecar = (*outer.path, beside) if beside else ()
        member = Member((*outer.path, entry.name), entry.size, sidecar, around)
        inner = _inside(entry, f"{name}/{entry.name}", member, budget)
        if not inner or entry.name.lower().endswith(".eml"):
            yield member
        yield from inner


def _inside(entry: Entry, name: str, member: Member, budget: _Budget) -> list[Member]:
    """Return the members of a container inside a container; none if it cannot be opened."""
    if not is_container(name) or len(member.path) >= _DEEPEST or budget.members < 0:
        return []
    try:
        return list(_members(_entries(entry.read(), name), name, member, budget))
    except UnreadableFile:
        return []  # reading it will say why


def _sidecars(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the sidecars by the names of their documents."""
    names = {entry.name for entry in entries}
    found = {}
    for name in names:
        path = PurePosixPath(name)
        sidecar = str(path.with_name(path.stem + SIDECAR_SUFFIX))
        if sidecar in names and sidecar != name:
            found[name] = sidecar
    return found


def _may_be_read(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() not in _NO_TEXT and path.name != SETTINGS_FILE
