"""What `charter documents` says is missing."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.library.gaps import find_gaps
from corpus.model import Metadata

DAY = date(2026, 11, 22)
WHOLE = {
    "title": "Leave",
    "owner": "HR",
    "contact": "HR Desk, hr@example.org",
    "effective_from": date(2020, 1, 1),
}


def leave(**known: object) -> Metadata:
    return Metadata(**{"id": "leave", **WHOLE, **known})  # type: ignore[arg-type]  # shorthand of the tests


def problems(*versions: Metadata) -> list[str]:
    return [f"{gap.level}: {gap.problem}" for gap in find_gaps(versions, DAY)]


def test_a_document_of_which_all_is_known_has_no_gap() -> None:
    assert problems(leave()) == []


@pytest.mark.parametrize(
    ("known", "problem"),
    [
        ({"contact": "", "owner": ""}, "error: has no contact and no owner"),
        ({"contact": ""}, "warning: has no contact"),
        ({"owner": ""}, "warning: has no owner"),
        ({"effective_from": None}, "warning: has no effective date"),
        ({"assumed": ("version",)}, "warning: has no version; it is called 1"),
        ({"assumed": ("title",)}, "warning: has no title"),
        ({"contact": "hr@example"}, "error: has a contact that is no address: “hr@example”"),
        ({"contact": "https://"}, "error: has a contact that is no address"),
        ({"found": ("effective_from",)}, "warning: has its effective date, 1 January 2020, only"),
        ({"found": ("version",), "version": "3"}, "warning: has its version, 3, only from its"),
        ({"supersedes": ("other",)}, "error: supersedes “other”, which is not here"),
        ({"supersedes": ("leave",)}, "error: supersedes itself"),
    ],
)
def test_what_is_missing_is_named(known: dict[str, object], problem: str) -> None:
    (said,) = problems(leave(**known))
    assert said.startswith(problem)


@pytest.mark.parametrize(
    "contact", ["HR Desk", "hr@example.org", "Desk <hr@example.org>", "https://hr.example.org/ask"]
)
def test_a_contact_is_a_name_or_an_address(contact: str) -> None:
    assert problems(leave(contact=contact)) == []


def test_nothing_is_asked_of_a_version_that_is_no_longer_in_force() -> None:
    old = leave(version="1", contact="", owner="", effective_to=date(2020, 12, 31))
    assert problems(old) == []


def test_versions_that_overlap_leave_a_gap_or_begin_together_are_named() -> None:
    overlapping = leave(version="1", effective_to=date(2022, 6, 30))
    later = leave(version="2", effective_from=date(2022, 1, 1))
    assert problems(overlapping, later) == [
        "warning: ends on 30 June 2022, when version 2 is in force already"
    ]
    gapped = leave(version="1", effective_to=date(2021, 6, 30))
    assert problems(gapped, later) == [
        "error: leaves no version in force from 1 July 2021 to 31 December 2021"
    ]
    assert problems(leave(version="1"), leave(version="2")) == [
        "error: begins on the same day as version 2"
    ]


def test_a_version_without_a_date_beside_one_that_has_one_is_named() -> None:
    assert problems(leave(), leave(version="2", effective_from=None)) == [
        "error: has no effective date, and other versions have one"
    ]


def test_documents_that_supersede_each_other_are_named() -> None:
    one = leave(supersedes=("sick",))
    other = leave(id="sick", title="Sick", supersedes=("leave",))
    assert problems(one, other) == [
        "error: and “sick” supersede each other; neither does",
        "error: and “leave” supersede each other; neither does",
    ]


def test_two_documents_of_one_title_are_named() -> None:
    said = problems(leave(), leave(id="leave-2024", title="LEAVE"))
    assert len(said) == 2
    assert "has the same title as “leave-2024”; if they are versions" in said[0]


def test_a_restricted_version_after_an_open_one_is_named() -> None:
    closed = leave(version="2", effective_from=date(2024, 1, 1), audience=("hr",))
    (said,) = problems(leave(), closed)
    assert "is read by everybody, its next version by hr" in said
