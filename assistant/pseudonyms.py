"""Names that stand for people and places in the records: the same each time, and not readable."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from corpus.errors import StorageError

KEY_FILE = "pseudonyms.key"


class Pseudonyms:
    """Makes a name of what a door knows somebody by; who lacks the key cannot tell whose it is.

    A hash without a key would not do: the members of a workspace are few enough to try them all.

    Args:
        read: gives the key; it is called when the first name is made.
    """

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._key = cache(read)

    def of(self, *parts: str) -> str:
        """Return the name of a person or place, 40 hexadecimal digits.

        Raises:
            StorageError: the key cannot be read or kept.
        """
        said = json.dumps(parts).encode()
        return hmac.new(self._key(), said, hashlib.sha256).hexdigest()[:40]


def read_key(home: Path, secret: str = "") -> bytes:
    """Return the key: the secret that is set, else the one in a file of home, made when missing.

    Raises:
        StorageError: the file can be neither read nor written.
    """
    if secret:
        return secret.encode()
    file = home / KEY_FILE
    try:
        if not file.exists():
            _begin(file)
        return file.read_bytes()
    except OSError as error:
        raise StorageError(
            f"The key {file} cannot be kept: {error.strerror}.",
            "Check that CHARTER_HOME can be written, or set CHARTER_SECRET.",
        ) from error


def _begin(file: Path) -> None:
    """Write a new key that is whole when it appears; of two processes the first one's stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    trial = file.with_name(f"{file.name}.{secrets.token_hex(6)}")
    try:
        descriptor = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secrets.token_hex(32).encode())
        with suppress(FileExistsError):
            os.link(trial, file)
    finally:
        trial.unlink(missing_ok=True)
