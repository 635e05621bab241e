"""What stands between this machine and good answers, each finding with what to do about it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.decision.calibration import Figure
from assistant.listening import listen
from assistant.receipts import Receipts
from assistant.settings import Settings, hide_password
from assistant.wiring import (
    CALIBRATION_FILE,
    RECORDS_FILE,
    build_embedder,
    build_reranker,
    calibration_of,
    pending_files,
    records_address,
    with_folder,
)
from corpus.errors import CharterError, PortInUse
from corpus.files.folder import list_files
from indexing.index import open_index

LITTLE_SPACE = 500 * 2**20  # bytes; a generation of the default corpus takes about 10 MB

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined; ``remedy`` is empty when nothing needs doing."""

    level: Level
    subject: str
    problem: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Examine model files, corpus, index, records, folders and port; nothing is kept of it.

    A database that is set but empty gets its table.
    """
    settings = with_folder(settings)
    return (
        *_model(settings),
        *_reranker(settings),
        _corpus(settings),
        _index(settings),
        *_decision(settings),
        _records(settings),
        _folder(settings.home),
        _space(settings.home),
        _port(settings),
        _slack(settings),
    )


def _model(settings: Settings) -> Iterator[Finding]:
    subject = f"embedding model {settings.model}"
    try:
        files = build_embedder(settings).verify()
    except CharterError as error:
        yield _error(subject, error)
        return
    for file in files:
        if file.actual == file.expected:
            yield Finding("ok", subject, f"{file.path.name} has the pinned SHA-256.")
        else:
            found = "is missing" if file.actual is None else f"has the SHA-256 {file.actual}"
            yield Finding(
                "error",
                subject,
                f"{file.path} {found}; {file.expected} is expected.",
                "Install it again: remove .venv and run `make setup`.",
            )


def _reranker(settings: Settings) -> Iterator[Finding]:
    reranker = build_reranker(settings)
    if reranker is None:
        return
    subject = f"cross-encoder {settings.reranker}"
    try:
        reranker.verify()
    except CharterError as error:
        yield _error(subject, error)
        return
    yield Finding("ok", subject, "The folder holds a model.")


def _corpus(settings: Settings) -> Finding:
    subject = f"documents in {settings.corpus}"
    try:
        files = list_files(settings.corpus, without=settings.home)
    except CharterError as error:
        return _error(subject, error)
    if not files:
        return Finding("error", subject, "The folder is empty.", "Put documents into it.")
    return Finding("ok", subject, f"{len(files)} files.")


def _index(settings: Settings) -> Finding:
    subject = f"index in {settings.home}"
    embedder = build_embedder(settings)
    try:
        index = open_index(settings.home, embedder_fingerprint=embedder.fingerprint)
        try:
            held = f"{len(index.catalogue)} documents, generation {index.manifest.generation}"
        finally:
            index.close()
        waiting = pending_files(settings)
    except CharterError as error:
        return _error(subject, error)
    if waiting:
        return Finding(
            "warning",
            subject,
            f"{held}; {_files(waiting)} from it.",
            "Run `charter index`.",
        )
    return Finding("ok", subject, f"{held}, in step with the folder.")


def _decision(settings: Settings) -> Iterator[Finding]:
    """Say from which confidence a question is answered, and what that gave where it was fitted."""
    subject = "decision to answer"
    try:
        fitted = calibration_of(settings)
    except CharterError as error:
        yield _error(subject, error)
        return
    own = settings.home / CALIBRATION_FILE
    source = f"fitted in {own}" if own.exists() else "as it comes with Charter"
    set_by_hand = settings.answer_threshold is not None
    yield Finding(
        "ok",
        subject,
        f"Questions are answered from a confidence of {fitted.answer_threshold:g}"
        f"{', as set' if set_by_hand else ''}, {source}; the closest passages are shown from "
        f"{fitted.closest_threshold:g}.",
    )
    shares: dict[str, list[Figure]] = {}
    for figure in fitted.figures:
        shares.setdefault(figure.kind, []).append(figure)
    if shares and not set_by_hand:
        told = "; ".join(f"{kind} {_answered(some)}" for kind, some in shares.items())
        yield Finding(
            "ok", subject, f"Answered of each kind of question where it was fitted: {told}."
        )


def _answered(figures: Sequence[Figure]) -> str:
    """Say which share was answered; each set of questions weighs the same."""
    return f"{sum(one.answered for one in figures) / len(figures):.0%}"


def _files(count: int) -> str:
    return "1 file of the folder differs" if count == 1 else f"{count} files of the folder differ"


def _records(settings: Settings) -> Finding:
    address = records_address(settings)
    subject = f"records in {hide_password(address)}"
    if not settings.database and not (settings.home / RECORDS_FILE).exists():
        return Finding("ok", subject, "None yet; the first question begins them.")
    receipts = Receipts(address)
    try:
        kept = receipts.examine()
    except CharterError as error:
        return _error(subject, error)
    finally:
        receipts.close()
    return Finding("ok", subject, f"They can be read and written; receipts kept: {kept}.")


def _folder(home: Path) -> Finding:
    subject = f"folder {home}"
    existing = _existing(home)
    try:
        with tempfile.TemporaryFile(dir=existing):
            return Finding("ok", subject, "It can be written.")
    except OSError as error:
        return Finding(
            "error",
            subject,
            f"It cannot be written: {error.strerror}.",
            "Give the user that runs Charter the right to write there, or set CHARTER_HOME.",
        )


def _space(home: Path) -> Finding:
    free = shutil.disk_usage(_existing(home)).free
    subject = "space on the disk"
    problem = f"{free / 2**30:.1f} GiB are free."
    if free < LITTLE_SPACE:
        return Finding("warning", subject, problem, "Free some space before the next index.")
    return Finding("ok", subject, problem)


def _port(settings: Settings) -> Finding:
    subject = f"port {settings.port} on {settings.host}"
    try:
        listen(settings.host, settings.port).close()
    except PortInUse as error:
        return Finding(
            "warning",
            subject,
            error.problem,
            "If that is not Charter itself, choose another with --port or CHARTER_PORT.",
        )
    except CharterError as error:
        return _error(subject, error)
    return Finding("ok", subject, "It is free.")


def _slack(settings: Settings) -> Finding:
    """Say whether Slack is set up; Slack itself is not asked, which is `charter slack check`'s."""
    subject = "Slack"
    if not settings.slack_bot_token.get_secret_value():
        return Finding("ok", subject, "It is not set up; docs/slack.md says how.")
    if settings.slack_mode == "socket":
        needed, name = settings.slack_app_token, "CHARTER_SLACK_APP_TOKEN"
    else:
        needed, name = settings.slack_signing_secret, "CHARTER_SLACK_SIGNING_SECRET"
    if not needed.get_secret_value():
        return Finding(
            "error",
            subject,
            f"{name} is not set, and the mode {settings.slack_mode} needs it.",
            "docs/slack.md says where it is found.",
        )
    return Finding(
        "ok", subject, f"It is set up, mode {settings.slack_mode}; try it: `charter slack check`."
    )


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    resolved = folder.resolve()
    return next(place for place in (resolved, *resolved.parents) if place.exists())


def _error(subject: str, error: CharterError) -> Finding:
    return Finding("error", subject, error.problem, error.remedy)
