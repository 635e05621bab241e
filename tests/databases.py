"""Real databases for the records: a SQLite file, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # where Debian puts them
_ACCOUNT = "nobody"  # PostgreSQL does not run as root
_SCHEMAS = count(1)


def postgresql_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None where it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return _PROGRAMS[-1] if _PROGRAMS else None


@contextmanager
def postgresql(programs: Path) -> Iterator[Path]:
    """Run a server that is reached through its folder alone; it is gone with it."""
    # not pytest's own folder: its path is too long for a socket, and the account may not enter it
    with tempfile.TemporaryDirectory(prefix="charter-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT)
        data, log = folder / "data", folder / "log"
        made = ("-A", "trust", "-U", "charter", "-E", "UTF8", "--no-sync")
        _run(programs / "initdb", "-D", data, *made)
        # what a crash of the machine would lose does not matter here
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        _run(programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        try:
            yield folder
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def schema_address(folder: Path) -> str:
    """Return the address of a schema that nobody has used yet."""
    schema = f"test_{next(_SCHEMAS)}"
    with psycopg.connect(host=str(folder), user="charter", dbname="postgres") as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"postgresql+psycopg://charter@/postgres?host={folder}&options=-csearch_path%3D{schema}"


def _run(*command: str | Path) -> None:
    account = pwd.getpwnam(_ACCOUNT) if os.geteuid() == 0 else None
    done = subprocess.run(  # noqa: S603  PostgreSQL's own programs
        command,
        cwd="/",  # the account may not enter the folder that the tests run in
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=() if account else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stderr}", pytrace=False)
