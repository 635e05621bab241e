"""The ``git`` command, run so that it asks nobody and runs nothing that a repository brings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from indexing.origins.settings import is_local, without_credentials

_SECONDS = 600  # for one command
_LARGEST_FILE = 4_000_000_000  # bytes of a file that git may write; a repository in one pack
_MOST_READ = 120_000_000  # bytes; a group of documents, or a list of some 800,000 files
_GROUP = 50_000_000  # bytes of documents that are read at once
_UNIT = 512  # bytes, in which a shell counts the largest file
_REMOTE = "charter"
_HEAD = "refs/charter/head"
_LINK = "120000"
_FILES = ("100644", "100755", _LINK)
_FEWEST_WORDS = 4  # of a line of git's list: mode, kind, id, size
_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.version=2",
)


class GitFailed(Exception):
    """Git could not do it; the words are for the administrator and hold no credentials."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: its path, the id of its content, its size in bytes."""

    path: str
    id: str
    size: int
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Git:
    """A bare repository that follows one branch of another."""

    folder: Path
    address: str

    @classmethod
    def at(cls, folder: Path, address: str) -> Git:
        """Open the store in a folder, made if it is not there; raises GitFailed."""
        if is_local(address):
            address = str(Path(address).expanduser().resolve())
            if not Path(address).is_dir():
                raise GitFailed(f"{address} does not exist.", "Check the path.")
        git = cls(folder, address)
        if not (folder / "HEAD").is_file():
            git.run("init", "--bare", "--quiet", "--template=", str(folder))
        return git

    def fetch(self, branch: str) -> str:
        """Bring the newest commit of a branch, empty for the default one; return its id."""
        wanted = f"refs/heads/{branch}" if branch else "HEAD"
        before = self._head()
        self.run(
            "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--force",
            "--no-auto-gc", "--no-write-fetch-head", _REMOTE, f"{wanted}:{_HEAD}",
        )  # fmt: skip
        commit = self._head()
        if before not in ("", commit):
            self.run("gc", "--quiet", "--prune=now")
        return commit

    def _head(self) -> str:
        listed = self.run("for-each-ref", "--format=%(objectname)", _HEAD)
        return listed.decode("ascii").strip()

    def list_blobs(self, commit: str, folder: str) -> Iterator[Blob]:
        """Give the files of a commit below a folder, links included, submodules left out."""
        where = ["--", folder + "/"] if folder else []
        listed = self.run("ls-tree", "-r", "-l", "-z", "--full-tree", commit, *where)
        for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
            facts, _, path = entry.partition("\t")
            words = facts.split()
            if len(words) == _FEWEST_WORDS and words[0] in _FILES:
                yield Blob(path, words[2], int(words[3]), is_link=words[0] == _LINK)

    def contents(self, blobs: Iterable[Blob]) -> Iterator[bytes]:
        """Give the content of each file in their order."""
        for group in _groups(blobs):
            names = "".join(f"{blob.id}\n" for blob in group).encode()
            answer, start = self.run("cat-file", "--batch", given=names), 0
            for blob in group:
                start = answer.index(b"\n", start) + 1  # after "<id> blob <size>"
                yield answer[start : start + blob.size]
                start += blob.size + 1

    def run(self, *words: str, given: bytes = b"") -> bytes:
        """Run a command on what it is given and return what it writes; raises GitFailed."""
        git, shell = shutil.which("git"), shutil.which("sh")
        if git is None or shell is None:
            raise GitFailed("the program git is not installed.", "Install git.")
        settings = [part for setting in _SAFE for part in ("-c", setting)]
        place = [f"--git-dir={self.folder}"] if words[0] != "init" else []
        limit = ["-c", 'ulimit -f "$0" && exec "$@"', str(_LARGEST_FILE // _UNIT)]
        with TemporaryFile() as fed, TemporaryFile() as out, TemporaryFile() as err:
            fed.write(given)
            fed.seek(0)
            process = subprocess.Popen(  # noqa: S603  no word of it is a shell's
                [shell, *limit, git, *settings, *place, *words],
                env=self._environment(),
                stdin=fed,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            try:
                code = process.wait(_SECONDS)
            except subprocess.TimeoutExpired as error:
                raise GitFailed(
                    "it took more than ten minutes.", "Name a smaller repository, or try again."
                ) from error
            finally:
                _end(process)
            if code:
                raise _failed(_read(err))
            return _read(out)

    def _environment(self) -> dict[str, str]:
        """Return the environment: the address in it, not on the command line that all can see."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name in ("GIT_SSL_CAINFO", "GIT_SSL_CAPATH")
        }
        protocols = "file" if is_local(self.address) else "https:http:ssh"
        return {
            **kept,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"remote.{_REMOTE}.url",
            "GIT_CONFIG_VALUE_0": self.address,
            "GIT_ALLOW_PROTOCOL": protocols,
            "GIT_ASKPASS": "true",
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=20",
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
            "SSH_ASKPASS": "true",
        }


def _groups(blobs: Iterable[Blob]) -> Iterator[list[Blob]]:
    group: list[Blob] = []
    size = 0
    for blob in blobs:
        if group and size + blob.size > _GROUP:
            yield group
            group, size = [], 0
        group.append(blob)
        size += blob.size
    if group:
        yield group


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(_MOST_READ)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed(said: bytes) -> GitFailed:
    """Return git's own words: the last that name an error, without credentials."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    named = [line for line in lines if line.startswith(("fatal:", "error:", "remote:"))]
    words = without_credentials((named or lines or ["it gave no reason"])[0])
    words = words.partition(": ")[2] if words.startswith(("fatal: ", "error: ")) else words
    return GitFailed(
        f"git could not read the repository: {words.rstrip('.')}.",
        "Check its address, the branch, the network and the rights of the account.",
    )
