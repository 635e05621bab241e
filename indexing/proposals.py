"""Changes of the folder of documents that are proposed, looked at, and then made or let go.

    home/uploads/4f0c…/proposal.json     what is to be done
    home/uploads/4f0c…/file/leave.docx   the new file, under the name that it would have

Nothing stands in the folder before somebody has seen what it would do. A file is whole there or not
there.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from corpus.errors import ProposalNotFound, ProposalOutdated, ProposalRefused, StorageError
from corpus.files.folder import SETTINGS_FILE, SIDECAR_SUFFIX, is_passing, list_files
from corpus.formats.kinds import FORMATS, READABLE
from indexing.glossary_file import GLOSSARY_FILE
from indexing.storage import replace_file
from indexing.survey import Instead

LARGEST = 25_000_000  # bytes of a file
LONGEST_NAME = 150  # bytes of its name; disks take 255
_MOST = 50  # proposals that wait
_ID = re.compile(r"[0-9a-f]{16}")
_CONTROL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # some turn the direction of a name

Kind = Literal["new", "replace", "remove"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of one file of the folder.

    Attributes:
        relative: where it stands or would stand, below the folder, with forward slashes.
        name: that it was uploaded under; of one that is to be removed its own.
        at: moment of the proposal, ISO 8601, UTC.
        size: of the new file, in bytes; 0 of none.
        before: SHA-256 of the file whose place it takes, or that is to be removed.
        corpus: folder that it is meant for.
    """

    id: str
    kind: Kind
    relative: str
    name: str
    at: str
    size: int
    before: str
    corpus: str


class Proposals:
    """Proposals for one folder, in ``home``.

    Args:
        home: keeps them until they are made or let go.
        corpus: the folder of documents.
    """

    def __init__(self, home: Path, corpus: Path) -> None:
        self._home = home
        self._folder = home / "uploads"
        self._corpus = corpus

    def waiting(self) -> tuple[Proposal, ...]:
        """Return those that wait, newest first; what cannot be read is left out."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        read = []
        for folder in found:
            with suppress(ProposalNotFound):
                read.append(self.find(folder.name))
        return tuple(sorted(read, key=lambda one: (one.at, one.id), reverse=True))

    def find(self, proposal_id: str) -> Proposal:
        """Return a proposal.

        Raises:
            ProposalNotFound: there is none by that id, or it is for another folder.
        """
        try:
            if _ID.fullmatch(proposal_id):
                data = (self.place(proposal_id) / "proposal.json").read_bytes()
                proposal = _adapter().validate_json(data)
                if proposal.corpus == str(self._corpus.resolve()):
                    return proposal
        except (OSError, ValidationError):
            pass
        raise ProposalNotFound(
            "This change is not waiting any more.", "It was made or let go: see the list."
        )

    def place(self, proposal_id: str) -> Path:
        """Return the folder of what is kept of a proposal."""
        return self._folder / proposal_id

    def add(self, data: bytes, name: str, *, folder: str = "") -> Proposal:
        """Propose a new file beside those that are there.

        Args:
            data: what it holds.
            name: that it has with whoever sends it.
            folder: where it would stand, below the folder of documents; empty is that one.

        Raises:
            ProposalRefused: no such file may stand there.
            StorageError: it cannot be kept.
        """
        name = plain_name(name)
        if folder not in self.folders():
            raise ProposalRefused(f"There is no folder “{folder}”.", "Choose one from the list.")
        relative = f"{folder}/{name}" if folder else name
        self._refuse_if_taken(relative)
        return self._kept("new", relative, name, data)

    def replace(self, data: bytes, name: str, *, relative: str) -> Proposal:
        """Propose a file in the place of one that is there; that one's name stays.

        Raises:
            ProposalRefused: there is no such file, or it is of another kind.
            StorageError: it cannot be kept.
        """
        name = plain_name(name)
        path = self._there(relative)
        kinds = [FORMATS.get(PurePosixPath(one).suffix.lower()) for one in (name, relative)]
        if kinds[0] != kinds[1]:
            raise ProposalRefused(
                f"“{name}” cannot stand under the name {path.name}: it is of another kind.",
                "Add it beside, then remove the other.",
            )
        return self._kept("replace", relative, name, data)

    def remove(self, relative: str) -> Proposal:
        """Propose to remove a file.

        Raises:
            ProposalRefused: there is no such file.
            StorageError: the proposal cannot be kept.
        """
        return self._kept("remove", relative, self._there(relative).name, None)

    def instead(self, proposal: Proposal) -> Instead:
        """Return what the folder would hold, to try it out."""
        if proposal.kind == "remove":
            return Instead(proposal.relative)
        return Instead(proposal.relative, self._file(proposal))

    def make(self, proposal: Proposal) -> None:
        """Change the folder; a file is whole or not there, whatever happens.

        Raises:
            ProposalOutdated: the folder is not as it was when this was proposed.
            StorageError: the folder cannot be written.
        """
        path = self._corpus / proposal.relative
        if proposal.before != _digest(path):
            raise ProposalOutdated(
                f"{proposal.relative} has changed since this was proposed.",
                "Let it go and propose it again, to see what it would do now.",
            )
        with _changing(self._corpus):
            if proposal.kind == "remove":
                self._remove(path)
            else:
                replace_file(path, self._file(proposal).read_bytes())
        self.let_go(proposal)

    def let_go(self, proposal: Proposal) -> None:
        """Forget a proposal and its file."""
        shutil.rmtree(self.place(proposal.id), ignore_errors=True)

    def files(self) -> tuple[str, ...]:
        """Return the files that can be replaced or removed; links are none of them.

        Raises:
            CorpusMissing: the folder is gone.
        """
        listed = list_files(self._corpus, without=self._home)
        return tuple(
            one.relative
            for one in listed
            if one.path.suffix.lower() in FORMATS
            and one.path.is_file()
            and not one.path.is_symlink()
        )

    def folders(self) -> tuple[str, ...]:
        """Return the folders that hold documents, by their path; the first is the whole, empty."""
        above = {
            str(folder)
            for one in self.files()
            for folder in PurePosixPath(one).parents
            if str(folder) != "."
        }
        return ("", *sorted(above))

    @property
    def is_writable(self) -> bool:
        """Whether files can be put into the folder and taken out of it."""
        return os.access(self._corpus, os.W_OK | os.X_OK)

    def _there(self, relative: str) -> Path:
        if relative not in self.files():
            raise ProposalRefused(
                f"There is no file “{relative}” that could be changed.", "Choose one from the list."
            )
        return self._corpus / relative

    def _refuse_if_taken(self, relative: str) -> None:
        path = self._corpus / relative
        beside = path.parent.iterdir() if path.parent.is_dir() else ()
        # on some disks capital letters make no difference
        taken = next((one.name for one in beside if _same(one.name, path.name)), None)
        if taken:
            raise ProposalRefused(
                f"There is a file “{taken}” already.",
                "Give the new one another name, or put it in the place of that one.",
            )

    def _kept(self, kind: Kind, relative: str, name: str, data: bytes | None) -> Proposal:
        if data is not None and not data.strip():
            raise ProposalRefused(f"“{name}” is empty.", "Choose a file with something in it.")
        if data is not None and len(data) > LARGEST:
            raise ProposalRefused(
                f"“{name}” has more than {LARGEST // 10**6} MB.", "Divide it, or make it smaller."
            )
        if len(self.waiting()) >= _MOST:
            raise ProposalRefused(
                f"{_MOST} changes are waiting.", "Put some in place, or let them go."
            )
        proposal = Proposal(
            secrets.token_hex(8),
            kind,
            relative,
            name,
            datetime.now(UTC).isoformat(timespec="seconds"),
            len(data or b""),
            _digest(self._corpus / relative),
            str(self._corpus.resolve()),
        )
        with _changing(self._folder):
            place = self.place(proposal.id)
            (place / "file").mkdir(parents=True)
            if data is not None:
                self._file(proposal).write_bytes(data)
            (place / "proposal.json").write_bytes(_adapter().dump_json(proposal, indent=1))
        return proposal

    def _file(self, proposal: Proposal) -> Path:
        return self.place(proposal.id) / "file" / PurePosixPath(proposal.relative).name

    def _remove(self, path: Path) -> None:
        """Remove a file, and its sidecar where that describes no other."""
        beside = path.with_name(path.stem + SIDECAR_SUFFIX)
        path.unlink()
        others = [one for one in path.parent.iterdir() if one.stem == path.stem]
        if beside.is_file() and not others:
            beside.unlink()


def plain_name(name: str) -> str:
    """Return the name under which an uploaded file may stand in the folder.

    Raises:
        ProposalRefused: it may not, or Charter reads no such files.
    """
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).strip()
    plain = "".join(one for one in last if unicodedata.category(one) not in _CONTROL)
    shown = plain or "(no name)"
    if plain.casefold() in {SETTINGS_FILE, GLOSSARY_FILE} or plain.endswith(SIDECAR_SUFFIX):
        raise ProposalRefused(
            f"“{shown}” says how documents are read; it is no document.",
            "Whoever runs Charter changes it in the folder.",
        )
    if not plain.strip(".") or is_passing(plain) or len(plain.encode()) > LONGEST_NAME:
        raise ProposalRefused(f"No document can be called “{shown}”.", "Give it a plain name.")
    if PurePosixPath(plain).suffix.lower() not in FORMATS:
        raise ProposalRefused(
            f"“{shown}” is of a kind that Charter cannot read.", f"Save it as {READABLE}."
        )
    return plain


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == other.casefold()


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be changed: {error.strerror}.",
            "Let the account that runs Charter write there; until then put documents into the "
            "folder yourself.",
        ) from error


@cache
def _adapter() -> TypeAdapter[Proposal]:
    return TypeAdapter(Proposal)
