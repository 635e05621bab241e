"""A Git repository as a source: its newest state, read from Git's own store.

Nothing is checked out, so no hook, filter, link or submodule of the repository comes to life.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from corpus.files.folder import SETTINGS_FILE, SIDECAR_SUFFIX
from corpus.formats.kinds import FORMATS
from indexing.origins.git_command import Blob, Git, GitFailed
from indexing.origins.mirror import Held, Mirror, is_safe, open_mirror, today
from indexing.origins.port import Failure, Fetched, Say
from indexing.origins.settings import OriginSettings, is_local, without_credentials

_LARGEST = 50_000_000  # bytes of one document
_MOST = 2_000_000_000  # bytes of all
_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_REMEDY = "Put the document itself into the repository, under a plain name."
_SHORT = 12  # digits of a commit that are shown
_KEEP = "What was fetched before goes on answering. "


@dataclass(frozen=True, slots=True)
class GitSource:
    """The documents in a folder of a branch of a repository."""

    settings: OriginSettings

    @property
    def name(self) -> str:
        """What the administrator calls it."""
        return self.settings.name

    def fetch(self, home: Path, say: Say) -> Fetched:
        """Bring the newest state of the branch; if that fails, all stays as it was."""
        say(f"{self.name}: {without_credentials(self.settings.git)}")
        with open_mirror(home, self.name) as mirror:
            try:
                git = Git.at(mirror.folder / ".git", self.settings.git)
                commit = git.fetch(self.settings.branch)
                blobs = git.list_blobs(commit, self.settings.folder)
                update = _Update(self.settings, commit, mirror)
                update.take(git, blobs)
            except GitFailed as error:
                failure = Failure("", f"{self.name}: {error.problem}", _KEEP + error.remedy)
                return Fetched(self.name, mirror.folder, failures=(failure,), reached=False)
            removed = mirror.finish()
        return Fetched(
            self.name,
            mirror.folder,
            changed=tuple(sorted(mirror.changed)),
            removed=removed,
            unchanged=len(mirror.files) - len(mirror.changed),
            failures=tuple(update.failures),
        )


@dataclass(slots=True)
class _Update:
    """One commit, being copied."""

    settings: OriginSettings
    commit: str
    mirror: Mirror
    failures: list[Failure] = field(default_factory=list)

    def take(self, git: Git, blobs: Iterable[Blob]) -> None:
        wanted = {self._below(blob.path): blob for blob in blobs if _is_wanted(blob.path)}
        if not wanted:
            raise GitFailed(
                f"the repository has no documents in {self.settings.folder or 'any folder'}.",
                "Check the branch and the folder.",
            )
        if sum(blob.size for blob in wanted.values()) > _MOST:
            raise GitFailed("its documents take more than 2 GB.", "Name a folder of it.")
        new = {}
        for relative, blob in sorted(wanted.items()):
            held = self.mirror.before.get(relative)
            if held is not None and held.mark == blob.id and self.mirror.has(relative):
                self.mirror.keep(relative)
            elif self._can_be_taken(relative, blob):
                new[relative] = blob
        for relative, data in zip(new, git.contents(new.values()), strict=True):
            self._put(relative, new[relative], data)

    def _below(self, path: str) -> str:
        folder = self.settings.folder
        return path.removeprefix(f"{folder}/") if folder else path

    def _can_be_taken(self, relative: str, blob: Blob) -> bool:
        if blob.is_link:
            problem = "is a link; links are not followed"
        elif not is_safe(relative):
            problem = "has a name that cannot be used here"
        elif blob.size > _LARGEST:
            problem = "is larger than 50 MB"
        else:
            return True
        self._fail(relative, problem)
        return False

    def _put(self, relative: str, blob: Blob, data: bytes) -> None:
        if data.startswith(_POINTER):
            self._fail(relative, "is kept in Git LFS, which Charter does not fetch")
            return
        source = _address_of(self.settings.git, self.commit, blob.path)
        self.mirror.put(relative, data, Held(source=source, retrieved=today(), mark=blob.id))

    def _fail(self, relative: str, problem: str) -> None:
        shown = (
            relative.encode("unicode_escape").decode() if not relative.isprintable() else relative
        )
        kept = self.mirror.has(relative)
        if kept:
            self.mirror.keep(relative)
        problem = f"{self.settings.name}: {shown} {problem}."
        self.failures.append(Failure(shown, problem, _REMEDY, kept=kept))


def _is_wanted(path: str) -> bool:
    name = PurePosixPath(path).name
    known = PurePosixPath(name).suffix.lower() in FORMATS
    return known or name.endswith(SIDECAR_SUFFIX) or name == SETTINGS_FILE


def _address_of(repository: str, commit: str, path: str) -> str:
    """Return where a reader finds a file: an address if the host is known, else in words."""
    if is_local(repository):
        name = PurePosixPath(repository.rstrip("/")).name.removesuffix(".git")
        return f"{name}, {path} at {commit[:_SHORT]}"
    parts = urlsplit(repository if "://" in repository else _as_url(repository))
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port and parts.scheme != "ssh" else ""
    base = f"https://{host}{port}{parts.path.removesuffix('/').removesuffix('.git')}"
    where = quote(path)
    if "github" in host:
        return f"{base}/blob/{commit}/{where}"
    if "gitlab" in host:
        return f"{base}/-/blob/{commit}/{where}"
    return f"{base} ({path} at {commit[:_SHORT]})"


def _as_url(address: str) -> str:
    """Return ``me@host:path`` as an address."""
    user_and_host, _, path = address.partition(":")
    return f"ssh://{user_and_host}/{path.lstrip('/')}"
