"""A finding of an examination, written for the terminal."""

from __future__ import annotations

from assistant.doctor import Finding
from bots.commands.terminal import hanging, write, written

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def write_finding(finding: Finding) -> None:
    """Write a finding, and what to do about it."""
    sign, style = _SIGNS[finding.level]
    text = f"{finding.subject}: {finding.problem}"
    if finding.remedy:
        text += f"\n→ {finding.remedy}"
    write(hanging(written(sign, style), written(text)))
