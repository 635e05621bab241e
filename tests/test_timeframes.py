"""When a commitment is due, as it is written."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.figures.timeframes import TimeFrame, time_frame


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("Q1, 2024", "quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("Q2 & 3, 2024", "range", date(2024, 4, 1), date(2024, 9, 30)),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-2027", "range", date(2024, 1, 1), date(2027, 12, 31)),
        ("H1 2025", "half-year", date(2025, 1, 1), date(2025, 6, 30)),
        ("by February 2024", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("by 5 May 2024", "day", date(2024, 5, 5), date(2024, 5, 5)),
        ("by mid-2024", "range", date(2024, 5, 1), date(2024, 6, 30)),
        ("mid-2024", "range", date(2024, 5, 1), date(2024, 8, 31)),
        ("by the start of Q2 2024", "quarter", date(2024, 4, 1), date(2024, 4, 1)),
        ("by the end of Q2 2024", "quarter", date(2024, 4, 1), date(2024, 6, 30)),
        ("end of 2024", "range", date(2024, 9, 1), date(2024, 12, 31)),
        ("Q4 2024, then Q2 2025", "range", date(2024, 10, 1), date(2025, 6, 30)),
        ("2025 onwards", "ongoing", date(2025, 1, 1), None),
        ("from Q3 2025", "ongoing", date(2025, 7, 1), None),
        ("from 2024 to 2026", "range", date(2024, 1, 1), date(2026, 12, 31)),
        ("décembre 2025", "month", date(2025, 12, 1), date(2025, 12, 31)),
        ("enero de 2026", "month", date(2026, 1, 1), date(2026, 1, 31)),
        ("T2 2025", "quarter", date(2025, 4, 1), date(2025, 6, 30)),
        ("premier trimestre 2025", "quarter", date(2025, 1, 1), date(2025, 3, 31)),
        ("2. Quartal 2025", "quarter", date(2025, 4, 1), date(2025, 6, 30)),
        ("2024-25", "range", date(2024, 1, 1), date(2025, 12, 31)),
        ("2026-04", "month", date(2026, 4, 1), date(2026, 4, 30)),
        ("04/2026", "month", date(2026, 4, 1), date(2026, 4, 30)),
        ("2026-20", "year", date(2026, 1, 1), date(2026, 12, 31)),
        ("third-quarter 2026", "quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("1T 2026", "quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("primer semestre 2026", "half-year", date(2026, 1, 1), date(2026, 6, 30)),
        ("2e semestre 2026", "half-year", date(2026, 7, 1), date(2026, 12, 31)),
        ("1. Halbjahr 2026", "half-year", date(2026, 1, 1), date(2026, 6, 30)),
        ("troisième semestre 2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
        ("mi-2026", "range", date(2026, 5, 1), date(2026, 8, 31)),
        ("finales de 2026", "range", date(2026, 9, 1), date(2026, 12, 31)),
        ("October 2025 – ongoing", "ongoing", date(2025, 10, 1), None),
        ("Permanente", "ongoing", None, None),
        ("en continu", "ongoing", None, None),
        ("Quarterly", "ongoing", None, None),
        ("Ongoing", "ongoing", None, None),
        ("Continuous", "ongoing", None, None),
        ("as agreed", "none", None, None),
        ("", "none", None, None),
    ],
)
def test_a_time_frame_has_its_kind_and_its_days(written, kind, first, last):
    assert time_frame(written) == TimeFrame(kind, first, last)
