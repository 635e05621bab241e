"""Uploaded files that wait until somebody has seen what they would do."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from corpus.errors import StorageError, SuiteNotFound

_TOKEN = re.compile(r"[0-9a-f]{24}-[\w .()+-]{1,100}")
_KEPT = 24 * 3600  # seconds
_LONGEST = 100  # bytes of a file's name; disks take 255 with the token before it


class StagedFiles:
    """Files of a folder by a token; what nobody took within a day goes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes, name: str) -> str:
        """Keep a file; return its token.

        Raises:
            StorageError: the folder cannot be written.
        """
        token = f"{secrets.token_hex(12)}-{_plain(name) or 'file'}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            (self._folder / token).write_bytes(data)
        except OSError as error:
            raise StorageError(
                f"The file cannot be kept in {self._folder}: {error.strerror}.",
                "Check that the folder can be written.",
            ) from error
        return token

    def path(self, token: str) -> Path:
        """Return where a file lies.

        Raises:
            SuiteNotFound: it was taken, or a day is over.
        """
        file = self._folder / token
        if not _TOKEN.fullmatch(token) or not file.is_file():
            raise SuiteNotFound("The uploaded file is no longer here.", "Choose it again.")
        return file

    def name(self, token: str) -> str:
        """Return what a file was called."""
        return self.path(token).name.partition("-")[2]

    def forget(self, token: str) -> None:
        """Let a file go."""
        self.path(token).unlink(missing_ok=True)

    def _tidy(self) -> None:
        for file in self._folder.iterdir():
            if time.time() - file.stat().st_mtime > _KEPT:
                file.unlink(missing_ok=True)


def _plain(name: str) -> str:
    """Return the end of a name, with its ending, as far as a token has room for it."""
    plain = re.sub(r"[^\w .()+-]", "_", Path(name.replace("\\", "/")).name).lstrip(".")
    return plain.encode()[-_LONGEST:].decode(errors="ignore")
