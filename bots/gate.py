"""The gate before a new index is served, as the settings ask for it."""

from __future__ import annotations

from assistant.held_back import HeldBack, read_held_back
from assistant.settings import Settings
from assistant.wiring import pending_files
from indexing.approval import Approve


def gate(settings: Settings, *, serve_anyway: bool = False) -> Approve | None:
    """Return what decides whether a new index is served; None where the settings name no suite.

    Args:
        settings: name the suites.
        serve_anyway: only say what the suites say.

    Raises:
        SettingsError: they name a suite that is not there.
        SuiteUnusable: one cannot be read.
    """
    if not settings.gate:
        return None
    from evals.suites.change.holding import gate_of  # noqa: PLC0415  0.4 s that most builds do not need

    return gate_of(settings, serve_anyway=serve_anyway)


def held_back(settings: Settings) -> HeldBack | None:
    """Return the index that is held back now; None where none is.

    Raises:
        CorpusMissing: the folder of documents is gone.
    """
    found = read_held_back(settings.home)
    return found if found and pending_files(settings) else None
