"""How a command ends when it cannot do its work: one plain sentence, an exit code, no traceback."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import typer

from bots import problems
from bots.commands.exits import Exit, exit_of
from corpus.errors import CharterError, SettingsError

LOG_FILE = "charter.log"


@contextmanager
def told_plainly(*, as_json: bool = False) -> Iterator[None]:
    """Turn what goes wrong inside into words on stderr and an exit code.

    With ``as_json`` the words are one JSON object, problem details as the API gives them.
    """
    try:
        yield
    except CharterError as error:
        problem = _noted(error)
        _tell(problem, as_json=as_json, with_id=True)
        raise typer.Exit(exit_of(error)) from error
    except (typer.Exit, typer.Abort, typer.TyperException, BrokenPipeError):
        raise  # how a command ends on purpose, and a reader that went away
    except Exception as error:
        # the command line's outermost loop: the reader gets an id, the log the traceback
        log_file = log_to_home(_home())
        problem = problems.unexpected(error)
        where = f"The cause stands in {log_file}." if log_file else "No log could be written."
        detail = f"Something went wrong in Charter (error {problem.id}). {where}"
        _tell(problems.Problem(problem.kind, detail, problem.id), as_json=as_json)
        raise typer.Exit(Exit.UNEXPECTED) from error


def _noted(error: CharterError) -> problems.Problem:
    """Describe an error; the log of a home that exists holds it, unless the asker is at fault."""
    log = logging.getLogger("charter")
    if problems.kind_of(error).status >= HTTPStatus.INTERNAL_SERVER_ERROR and not log.handlers:
        home = _home()
        if home is None or not home.is_dir() or log_to_home(home) is None:
            log.addHandler(logging.NullHandler())  # else Python writes the line to stderr
    return problems.told(error)


def log_to_home(home: Path | None) -> Path | None:
    """Send Charter's log to a file in home, else among temporary files; None where neither goes."""
    for folder in (home, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(folder / LOG_FILE, encoding="utf-8")
        except OSError:
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log = logging.getLogger("charter")
        log.addHandler(handler)
        log.propagate = False
        return folder / LOG_FILE
    return None


def _home() -> Path | None:
    from assistant.settings import load_settings  # noqa: PLC0415  pydantic takes 0.2 s to import

    try:
        return load_settings().home
    except SettingsError:
        return None


def _tell(problem: problems.Problem, *, as_json: bool, with_id: bool = False) -> None:
    if as_json:
        sys.stderr.write(json.dumps(problem.to_dict(), ensure_ascii=False) + "\n")
    else:
        told = f" (error {problem.id})" if with_id else ""
        sys.stderr.write(f"charter: {problem.detail}{told}\n")
