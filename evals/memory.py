"""The most memory that this process has held."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_HIGH_WATER = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_mib() -> float:
    """Return the most MiB that this process held since it began, mapped files among them.

    On Linux from the system's own account of this program: what ``getrusage`` tells there begins
    with what the process held that started this one.
    """
    if _STATUS.is_file() and (found := _HIGH_WATER.search(_STATUS.read_text("utf-8"))):
        return int(found[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)  # bytes there, KiB elsewhere
