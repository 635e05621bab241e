"""What a document shows of itself: taken only where it is sure, and marked as found."""

from __future__ import annotations

from datetime import date

import pytest
from reading import read
from shared_documents import shared

from corpus.files.folder import list_files
from corpus.metadata.dates import date_at
from corpus.metadata.languages import language_of
from corpus.model import Metadata
from corpus.read import read_document

ENGLISH = "The staff of the organisation must follow the rules that are set out in this and the "
FRENCH = "Le personnel de la maison et les membres du comité suivent les règles qui sont dans la "
SPANISH = "El personal de la casa y los miembros del comité siguen las reglas que se dan en la "


def known(text: str, name: str = "policy.md", sidecar: str = "") -> Metadata:
    return read(text, name=name, sidecar=sidecar).metadata


def day_of(*lines: str) -> date | None:
    return known("# Rules\n\n" + "\n\n".join(lines)).effective_from


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("2024-01-02", "", date(2024, 1, 2)),
        ("2 January 2024", "", date(2024, 1, 2)),
        ("2nd of January 2024", "", date(2024, 1, 2)),
        ("January 2nd, 2024", "", date(2024, 1, 2)),
        ("Sept. 2, 2024", "", date(2024, 9, 2)),
        ("2-Jan-2024", "", date(2024, 1, 2)),
        ("1er février 2024", "", date(2024, 2, 1)),
        ("1 de enero de 2024", "", date(2024, 1, 1)),
        ("1º de marzo del 2024", "", date(2024, 3, 1)),
        ("1. März 2024", "", date(2024, 3, 1)),
        ("01.02.2024", "en", date(2024, 2, 1)),
        ("13/02/2024", "en", date(2024, 2, 13)),
        ("02/13/2024", "en", date(2024, 2, 13)),
        ("02/02/2024", "en", date(2024, 2, 2)),
        ("03/02/2024", "fr", date(2024, 2, 3)),
    ],
)
def test_a_date_is_read_in_every_usual_form(written: str, language: str, day: date) -> None:
    found = date_at(f"on {written}, that is", 3, language)
    assert found is not None
    assert (found.day, found.text) == (day, written)


@pytest.mark.parametrize("written", ["31 February 2024", "12 monkeys 2024", "45.13.2024", "2024"])
def test_what_is_no_day_is_no_date(written: str) -> None:
    assert date_at(written, 0) is None


def test_a_date_that_can_be_read_in_two_ways_is_not_taken_and_is_noted() -> None:
    document = read("# Rules\n\nEffective date: 02/03/2024\n\nText.")
    assert document.metadata.effective_from is None
    assert any("“02/03/2024”" in note for note in document.notes)


def test_the_head_of_a_document_gives_version_dates_owner_and_contact() -> None:
    metadata = known(
        "# Travel rules\n\nVersion 2.1 – effective 1 January 2024\n\n"
        f"Policy owner: Travel Unit\n\nContact: travel@example.org\n\n{ENGLISH * 2}"
    )
    assert (metadata.title, metadata.version) == ("Travel rules", "2.1")
    assert metadata.effective_from == date(2024, 1, 1)
    assert (metadata.owner, metadata.contact) == ("Travel Unit", "travel@example.org")
    assert metadata.language == "en"
    assert set(metadata.found) == {
        "title", "version", "effective_from", "owner", "contact", "language",
    }  # fmt: skip


def test_labels_on_one_line_are_told_apart() -> None:
    metadata = known(
        "# Rules\n\nVersion: 2.1 Effective date: January 1, 2024 Policy Owner: Human Resources "
        "Contact: Leave Desk"
    )
    assert (metadata.version, metadata.effective_from) == ("2.1", date(2024, 1, 1))
    assert (metadata.owner, metadata.contact) == ("Human Resources", "Leave Desk")


def test_a_table_of_document_control_is_read_wherever_it_stands() -> None:
    table = (
        "| Version | 3 |\n|---|---|\n| Effective date | 13/02/2024 |\n"
        "| Expiry date | 31.12.2026 |\n| Owner | Finance |\n| Review date | 1 May 2025 |\n"
    )
    metadata = known(f"# Rules\n\n{(ENGLISH + '.') * 60}\n\n{table}")
    assert (metadata.version, metadata.owner) == ("3", "Finance")
    assert (metadata.effective_from, metadata.effective_to) == (
        date(2024, 2, 13),
        date(2026, 12, 31),
    )


def test_a_table_of_versions_gives_the_highest() -> None:
    table = "| Version | Date | Author |\n|---|---|---|\n| 1.9 | 2020 | A |\n| 1.10 | 2021 | B |\n"
    assert known(f"# Rules\n\n{table}").version == "1.10"


FRENCH_RULES = (
    "# Règles de voyage\n\nVersion : 3\n\nEntrée en vigueur : 1er mars 2024\n\n"
    f"Service responsable : Direction des voyages\n\n{FRENCH * 2}"
)
SPANISH_RULES = (
    f"# Reglas de viaje\n\nVersión 3\n\nUnidad responsable: Viajes\n\n{SPANISH * 2}\n\n"
    "El presente reglamento entrará en vigor el 1 de marzo de 2024."
)
GERMAN_RULES = (
    "# Reiseordnung\n\nFassung 3\n\nZuständige Stelle: Reisestelle\n\n"
    "Diese Reiseordnung tritt am 1. März 2024 in Kraft. Der und die und das ist von dem nicht auf "
    "den mit ein des für im zu."
)


@pytest.mark.parametrize(
    ("text", "language", "version", "owner"),
    [
        (FRENCH_RULES, "fr", "3", "Direction des voyages"),
        (SPANISH_RULES, "es", "3", "Viajes"),
        (GERMAN_RULES, "de", "3", "Reisestelle"),
    ],
)
def test_french_spanish_and_german_documents_are_understood(
    text: str, language: str, version: str, owner: str
) -> None:
    metadata = known(text)
    assert metadata.effective_from == date(2024, 3, 1)
    assert (metadata.language, metadata.version, metadata.owner) == (language, version, owner)


@pytest.mark.parametrize(
    "line",
    [
        "This administrative instruction shall enter into force on 1 March 2024.",
        "This policy is effective from 1 March 2024 and replaces that of 2 May 2019.",
        "These rules take effect as of March 1, 2024.",
        "La présente directive entre en vigueur le 1er mars 2024.",
        "Cette politique prend effet à compter du 1er mars 2024.",
        "Esta política es aplicable a partir del 1 de marzo de 2024.",
        "Diese Richtlinie gilt ab dem 1. März 2024.",
        "This policy applies from 1 March 2024 to all staff.",
        "| Version | Effective date |\n|---|---|\n| 3 | 1 March 2024 |",
    ],
)
def test_a_sentence_about_the_document_itself_gives_its_first_day(line: str) -> None:
    assert day_of((ENGLISH + ".") * 60, line) == date(2024, 3, 1)


@pytest.mark.parametrize(
    "line",
    [
        "Effective 1 January 2024, the limit increases to 60 days.",
        "This policy replaces the policy in force from 1 January 2020.",
        "This policy applies to staff appointed on or after 1 January 2019.",
        "Promotion effective date: 1 July 2024",
        "Issued: 3 March 2023",
        "Approved on 3 March 2023",
        "Last updated: 2023-03-05",
        "Next review: 1 May 2027",
        "Diese Richtlinie tritt am 1. Februar 2024 außer Kraft.",
        "The amendment is effective from 1 January 2024.",
        "Effective date: DD/MM/YYYY",
        "These rules apply from 1 January 2020 to 31 December 2020 to absences in the pandemic.",
        "This rule applies from 1 March 2031.",
        "It once read: this policy takes effect on 1 March 2031.",
        "“This policy takes effect on 1 March 2031” is what a template says.",
        "- Medical plan\n  - Effective date: 1 January 2030",
        "| Policy | Effective date |\n|---|---|\n| Travel | 2030-01-01 |",
    ],
)
def test_a_date_of_something_else_is_not_the_first_day(line: str) -> None:
    assert day_of(line) is None


def test_two_different_first_days_count_for_nothing_and_are_noted() -> None:
    document = read(
        "# Rules\n\nEffective date: 1 January 2024\n\nThis policy takes effect on 1 May 2024."
    )
    assert document.metadata.effective_from is None
    assert any("2024-01-01 and 2024-05-01" in note for note in document.notes)


def test_a_day_of_issue_is_noted_as_just_that() -> None:
    (note,) = read("# Rules\n\nIssued: 3 March 2023\n\nText.").notes
    assert "day of issue or revision (3 March 2023)" in note


def test_what_the_owner_set_is_not_sought_in_the_text() -> None:
    text = "# Rules\n\nVersion 7\n\nEffective date: 02/03/2024\n\nOwner: Nobody"
    document = read(text, sidecar="version: 8\neffective_from: 2020-01-01\nowner: HR\ntitle: T")
    metadata = document.metadata
    assert (metadata.version, metadata.owner) == ("8", "HR")
    assert metadata.found == ()
    assert document.notes == ()


def test_a_found_end_before_a_set_beginning_is_dropped() -> None:
    metadata = known("# Rules\n\nExpiry date: 1 May 2020", sidecar="effective_from: 2024-01-01")
    assert metadata.effective_to is None
    assert "effective_to" not in metadata.found


@pytest.mark.parametrize(
    "line", ["Owner: [name of the owner]", "Owner: TBD", "Owner: ______", "Owner: 3 May 2024",
             "Owner: see section 4"],
)  # fmt: skip
def test_a_blank_to_fill_in_is_no_owner(line: str) -> None:
    assert known(f"# Rules\n\n{line}\n\nText.").owner == ""


@pytest.mark.parametrize("line", ["Questions: Do you like it?", "Questions: see section 4"])
def test_a_question_or_a_reference_is_no_contact(line: str) -> None:
    assert known(f"# Rules\n\n{line}\n\nText.").contact == ""


def test_a_run_of_letters_without_end_is_searched_for_addresses_in_one_go() -> None:
    assert (
        known("# Rules\n\n" + "a." * 200_000, name="rules.txt").contact == ""
    )  # tried from each letter: minutes


def test_the_one_address_for_questions_is_the_contact_and_an_example_is_not() -> None:
    assert known("# A\n\nFor questions write to help@example.org.").contact == "help@example.org"
    assert known("# A\n\nNames look like jane@example.org.").contact == ""
    two = "# A\n\nFor questions write to a@example.org or, for information, to b@example.org."
    assert known(two).contact == ""


@pytest.mark.parametrize(
    "line", ["It needs version 16 of Office.", "Version 2 of the form is used. It is blue."]
)
def test_the_version_of_something_else_is_not_the_document_s(line: str) -> None:
    metadata = known(f"# Rules\n\n{line}")
    assert metadata.version == "1"
    assert "version" in metadata.assumed


def test_what_nobody_said_is_marked_as_assumed() -> None:
    metadata = known("Text.", name="plain.txt")
    assert metadata.assumed == ("title", "version", "language")
    assert metadata.found == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 2, "en"),
        (FRENCH * 2, "fr"),
        (SPANISH * 2, "es"),
        ("Правила для персонала и о том, что и как это из от за при до его на не " * 3, "ru"),  # noqa: RUF001  Cyrillic
        ("本政策适用于本组织的所有工作人员", "zh"),
        ("この方針はすべての職員に適用される", "ja"),
        ("تسري هذه السياسة على جميع الموظفين", "ar"),
        ("Lorem ipsum dolor", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_by_its_smallest_words_or_its_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_real_documents_get_no_dates_that_they_do_not_state() -> None:
    manual = shared("real/opengov_hr_manual/markdown")
    pages = shared("real/18f")
    documents = [read_document(one) for folder in (manual, pages) for one in list_files(folder)
                 if one.relative.endswith(".md")]  # fmt: skip
    assert len(documents) > 50
    for document in documents:
        metadata = document.metadata
        assert (metadata.effective_from, metadata.effective_to) == (None, None), document.path
        assert "version" in metadata.assumed, document.path
        assert metadata.language == "en"


LINE = "Version 2. Effective from 1 March 2025. Owner: HR Division."


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        "Version 2; effective from 1 March 2025; owner: HR Division",
        "Version 2 | Effective from 1 March 2025 | Owner: HR Division.",
        "Version 2\nEffective from 1 March 2025\nOwner: HR Division",
        "Owner: HR Division, version 2, effective 1 March 2025. Issued by the Director.",
        "Version 2 (effective March 1, 2025). Owned by HR Division. Next review: May 2027.",
        "Version 2, gültig ab 1. März 2025. Verantwortlich: HR Division.",
        "Version 2. En vigueur depuis le 1er mars 2025. Propriétaire : HR Division.",
        "Versión 2. Vigente desde el 1 de marzo de 2025. Unidad responsable: HR Division.",
        "Version 2 of 3 January 2025. In force from 1 March 2025. Owner: HR Division.",
        "Version 2, in force 1 March 2025. Owner: HR Division. Replaces version 1. Contact a@b.ch",
    ],
)
def test_a_line_of_short_statements_under_the_title_is_read(line: str) -> None:
    metadata = known(f"# Rules\n\n{line}\n\n{ENGLISH}.")
    assert metadata.version == "2"
    assert metadata.effective_from == date(2025, 3, 1)
    assert metadata.owner == "HR Division"


def test_a_version_and_its_first_day_in_one_sentence_are_read() -> None:
    metadata = known("# Rules\n\nHuman Resources\n\nVersion 1.0, effective 1 January 2026.")
    assert (metadata.version, metadata.effective_from) == ("1.0", date(2026, 1, 1))


@pytest.mark.parametrize(
    "line",
    [
        "Version 2. Effective from 1 March 2025, unless the Board decides otherwise.",
        "Version 2. Effective from 1 March 2025 for drivers.",
        "Version 2. Effective from 1 March 2025. Forms of the last year may be used up.",
        "For example: version 2. Effective from 1 March 2025.",
        "“Version 2. Effective from 1 March 2025.” is what a template says.",
        f"{ENGLISH}.\n\n{LINE}",
        f"## Register\n\nText.\n\n## Travel\n\n{LINE}",
        f"Travel Unit\n\n## Travel\n\n{LINE}",
        f"- {LINE}",
        "Version 2. Effective from 1 March 2025. " + "Approved by the Board of the house. " * 6,
    ],
)
def test_a_line_that_says_anything_else_or_stands_elsewhere_is_not_read(line: str) -> None:
    metadata = known(f"# Rules\n\n{line}\n\n{ENGLISH}.")
    assert metadata.effective_from is None
    assert "version" in metadata.assumed
