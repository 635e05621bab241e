"""Three documents of the default corpus, read and checked against their originals by eye.

Run this file as a program to write what is read now; then look at the difference.
"""

from pathlib import Path

import pytest
from reading import outline, read_shipped

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = [
    "strategies/wto-people-strategy-2024-2027.md",
    "strategies/ilo-staff-union-programme-2023.md",
    "policies/annual-leave.md",
]


def golden_file(relative: str) -> Path:
    return GOLDEN / f"{Path(relative).stem}.outline.txt"


@pytest.mark.parametrize("relative", DOCUMENTS)
def test_document_is_read_as_it_was_checked_by_eye(relative: str) -> None:
    assert outline(read_shipped(relative)) == golden_file(relative).read_text(encoding="utf-8")


if __name__ == "__main__":
    for each in DOCUMENTS:
        golden_file(each).write_text(outline(read_shipped(each)), encoding="utf-8")
