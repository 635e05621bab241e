"""What ``charter doctor`` says of the gate before a new index."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.doctor import Finding
from assistant.settings import Settings
from bots.gate import gate, held_back
from corpus.errors import CharterError


def examine_gate(settings: Settings) -> Iterator[Finding]:
    """Say which suites a new index has to pass, and whether one is held back."""
    subject = "gate before a new index"
    try:
        chosen, found = gate(settings), held_back(settings)
    except CharterError as error:
        yield Finding("error", subject, error.problem, error.remedy)
        return
    if found:
        day = found.at.partition("T")[0]
        yield Finding("warning", subject, f"{found.problem} (tried on {day})", found.remedy)
    elif chosen:
        names = ", ".join(settings.gate)
        yield Finding("ok", subject, f"These suites have to pass: {names}. No index is held back.")
