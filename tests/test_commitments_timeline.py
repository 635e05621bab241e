"""The days on which commitments fall due, laid out on an axis."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from assistant.ask import Assistant
from assistant.register.model import Listed, Standing
from bots.register.timeline import PITCH, Quarter, Timeline, drawn, quarter_of, quarters_of

TODAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def line(planned: Assistant) -> Listed:
    return planned.commitments().lines[0]


def due(line: Listed, *days: str) -> tuple[Listed, ...]:
    """Return lines that are due on some days; what is past is overdue."""
    dates = [date.fromisoformat(day) for day in days]
    return tuple(replace(line, due=day, overdue=day < TODAY) for day in dates)


def timeline(lines: tuple[Listed, ...], as_of: date = TODAY) -> Timeline:
    made = drawn(quarters_of(lines), lines, as_of)
    assert made is not None
    return made


def test_lines_are_counted_by_quarter_in_order_of_time(line: Listed) -> None:
    lines = due(line, "2026-12-31", "2026-01-15", "2026-03-31", "2026-05-20")
    assert [(one.name, one.count, one.overdue) for one in quarters_of(lines)] == [
        ("Q1 2026", 2, 2),
        ("Q2 2026", 1, 0),
        ("Q4 2026", 1, 0),
    ]
    assert quarters_of([replace(line, due=None)]) == ()


def test_nothing_is_drawn_where_nothing_has_a_date() -> None:
    assert drawn((), (), TODAY) is None


def test_the_axis_has_every_quarter_from_the_first_to_the_last_and_todays(line: Listed) -> None:
    names = [band.name for band in timeline(due(line, "2025-10-01", "2026-01-31")).bands]
    assert names == ["Q4 2025", "Q1 2026", "Q2 2026"]
    names = [band.name for band in timeline(due(line, "2026-12-31")).bands]
    assert names == ["Q2 2026", "Q3 2026", "Q4 2026"]


def test_where_quarters_would_be_too_many_the_axis_has_years(line: Listed) -> None:
    made = timeline(due(line, "2020-03-31", "2026-12-31"))
    assert [band.name for band in made.bands] == [str(year) for year in range(2020, 2027)]
    assert [band.count for band in made.bands] == [1, 0, 0, 0, 0, 0, 1]


def test_a_day_far_from_all_dates_is_off_the_axis(line: Listed) -> None:
    made = timeline(due(line, "2010-03-31", "2010-12-31"))
    assert [band.name for band in made.bands] == ["Q1 2010", "Q2 2010", "Q3 2010", "Q4 2010"]
    assert made.today is None


def test_today_stands_in_its_quarter_as_far_as_it_has_gone(line: Listed) -> None:
    lines = due(line, "2026-03-31", "2026-12-31")
    for day, expected in (("2026-04-01", 0.0), ("2026-05-16", 0.5), ("2026-06-30", 1.0)):
        made = timeline(lines, date.fromisoformat(day))
        band = next(one for one in made.bands if one.name == "Q2 2026")
        assert made.today is not None
        assert (made.today - band.x) / band.width == pytest.approx(expected, abs=0.03)


def test_every_commitment_has_a_mark_of_its_own_within_its_quarter(line: Listed) -> None:
    days = ["2026-03-31"] * 30 + ["2026-06-30"] * 2 + ["2026-05-05"]
    made = timeline(due(line, *days))
    assert len(made.marks) == 33
    places = {(mark.x, mark.y) for mark in made.marks}
    assert len(places) == 33
    for mark in made.marks:
        band = next(
            one for one in made.bands if one.first <= (mark.listed.due or TODAY) <= one.last
        )
        assert band.x + PITCH // 2 <= mark.x <= band.x + band.width - PITCH // 2
        assert 0 < mark.y < made.axis
    for x, y in places:
        assert not any(
            abs(x - a) + abs(y - b) > 0 and max(abs(x - a), abs(y - b)) < 24 for a, b in places
        )


def test_bands_lie_side_by_side_and_fill_the_drawing(line: Listed) -> None:
    made = timeline(due(line, *["2026-03-31"] * 20, "2026-12-31"))
    for one, following in zip(made.bands, made.bands[1:], strict=False):
        assert one.x + one.width == following.x
    assert made.bands[-1].x + made.bands[-1].width == made.width


@pytest.mark.parametrize(
    ("status", "day", "kind"),
    [
        ("not started", "2026-03-31", "overdue"),
        ("in progress", "2026-12-31", "open"),
        ("delivered", "2026-03-31", "delivered"),
        ("dropped", "2026-03-31", "closed"),
        ("superseded", "2026-12-31", "closed"),
    ],
)
def test_the_sign_of_a_mark_says_what_became_of_it(
    line: Listed, status: str, day: str, kind: str
) -> None:
    (one,) = due(line, day)
    done = status in {"delivered", "dropped", "superseded"}
    said = Standing(status)  # type: ignore[arg-type]  # a parameter of the test
    lines = (replace(one, standing=said, overdue=one.overdue and not done),)
    (mark,) = timeline(lines).marks
    assert mark.kind == kind
    assert mark.state == ("overdue" if kind == "overdue" else status)


def test_many_commitments_are_bars_as_high_as_they_are_many() -> None:
    quarters = [
        Quarter(*quarter_of(date(2026, 3, 1)), 400, 100),
        Quarter(*quarter_of(date(2026, 6, 1)), 100, 0),
        Quarter(*quarter_of(date(2026, 12, 1)), 1, 1),
    ]
    made = drawn(quarters, (), TODAY)
    assert made is not None
    assert made.marks == ()
    heights = {band.name: (band.bar, band.late) for band in made.bands}
    assert heights["Q1 2026"][0] == 4 * heights["Q2 2026"][0] == 4 * heights["Q1 2026"][1]
    assert heights["Q3 2026"] == (0, 0)
    assert heights["Q4 2026"][0] > 0  # one of four hundred is still to be seen
    assert Counter(band.count for band in made.bands) == {400: 1, 100: 1, 0: 1, 1: 1}
