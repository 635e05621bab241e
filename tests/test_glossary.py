"""Abbreviations are found where documents explain them, and nothing is invented."""

from __future__ import annotations

import pytest
from reading import read

from corpus.acronyms import is_short_form
from corpus.glossary import find_definitions
from corpus.model import Document


def pairs(document: Document) -> list[tuple[str, str]]:
    return [(one.term, one.meaning) for one in find_definitions(document)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The Office of Internal Oversight (OIO) acts.", ("OIO", "Office of Internal Oversight")),
        ("OIO (Office of Internal Oversight) acts.", ("OIO", "Office of Internal Oversight")),
        (
            "Ask the Office of Internal Oversight, or OIO, at once.",
            ("OIO", "Office of Internal Oversight"),
        ),
        ("“DPO” means Data Protection Officer.", ("DPO", "Data Protection Officer")),
        ("The Head of Administration (“HoA”) decides.", ("HoA", "Head of Administration")),
        (
            "The Data Protection Officer (hereinafter the “DPO”) reports.",
            ("DPO", "Data Protection Officer"),
        ),
        ("All service level agreements (SLAs) are kept.", ("SLA", "service level agreements")),
        ("A Memorandum of Understanding (MoU) is signed.", ("MoU", "Memorandum of Understanding")),
        (
            "The Human Resources Management Divisions (HRMDs) meet.",
            ("HRMD", "Human Resources Management Divisions"),
        ),
        ("It is called pay for performance (P4P).", ("P4P", "pay for performance")),
        ("Research & Development (R&D) is funded.", ("R&D", "Research & Development")),
        ("Come to headquarters (HQ).", ("HQ", "headquarters")),
        ("The Energy Efficient Mortgage (EEM) helps.", ("EEM", "Energy Efficient Mortgage")),
        ("The Housing Agency's (HA) rules hold.", ("HA", "Housing Agency")),
        (
            "GDPR, the General Data Protection Regulation, holds.",
            ("GDPR", "General Data Protection Regulation"),
        ),
        ("They chair the Staff Union Committee (SUC).", ("SUC", "Staff Union Committee")),
    ],
)
def test_an_abbreviation_is_found_with_what_it_stands_for(text, pair):
    assert pairs(read(f"# Rules\n\n{text}\n")) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "He lives in London (UK).",
        "As set out (see Annex A).",
        "A fee of 500 euros (EUR) is due.",
        "Five hundred Swiss francs (CHF) are due.",
        "This is Part Two (II) of it.",
        "An office in Poland (PL) opens.",
        "The leave policy (AB; see 3.2) holds.",
        "The policy (PC) holds.",
        "It is due in April (Q2).",
        "The Union (which SAYS so) meets.",
    ],
)
def test_nothing_is_invented(text):
    assert pairs(read(f"# Rules\n\n{text}\n")) == []


def test_a_pair_is_shown_where_it_first_stands():
    document = read(
        "# Rules\n\nFirst.\n\nThe Staff Union Committee (SUC) meets. The SUC is here.\n"
    )
    (found,) = find_definitions(document)
    assert document.text[found.start : found.end] == "Staff Union Committee (SUC)"


def test_a_table_of_abbreviations_need_not_account_for_its_letters():
    table = (
        "# Rules\n\n| Abbreviation | Meaning |\n|---|---|\n| XO | Deputy head |\n| FY | Year |\n"
    )
    assert pairs(read(table)) == [("XO", "Deputy head"), ("FY", "Year")]


def test_any_other_table_must_account_for_them():
    rows = "| HR | Jane Doe |\n| IT | Information technology |\n"
    table = f"# Rules\n\n| Team | Head |\n|---|---|\n{rows}"
    assert pairs(read(table)) == [("IT", "Information technology")]


def test_a_list_under_a_heading_for_abbreviations_is_one():
    text = "# Rules\n\n## Abbreviations\n\n- FTE: person at full time\n- SC – Staff Council\n"
    assert pairs(read(text)) == [("FTE", "person at full time"), ("SC", "Staff Council")]


def test_two_meanings_of_one_abbreviation_are_kept_apart():
    text = "# Rules\n\nThe Internal Review Officer (IRO) and an independent review office (IRO).\n"
    assert [meaning for _, meaning in pairs(read(text))] == [
        "Internal Review Officer",
        "independent review office",
    ]


@pytest.mark.parametrize("word", ["OIO", "MoU", "SLAs", "P4P", "R&D", "HoA", "LGBTIQ+"])
def test_what_is_written_like_an_abbreviation_is_one(word):
    assert is_short_form(word)


@pytest.mark.parametrize("word", ["The", "Annex", "II", "XIV", "Union", "A", "McDonald"])
def test_what_is_written_like_a_word_or_a_number_is_none(word):
    assert not is_short_form(word)
