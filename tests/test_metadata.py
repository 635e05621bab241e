"""What is known about a document, and where it is written."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from reading import read

from corpus.errors import UnreadableFile
from corpus.files.folder import list_files
from corpus.read import read_document
from indexing.isolation import Readers


def test_file_without_metadata_is_named_after_its_stem_and_titled_by_its_heading() -> None:
    metadata = read("# Leave for all\n\nText.", name="Annual leave (2).md").metadata
    assert (metadata.id, metadata.title, metadata.version) == (
        "Annual-leave-2",
        "Leave for all",
        "1",
    )


def test_file_without_metadata_and_heading_is_titled_by_its_stem() -> None:
    assert read("Text.", name="sick_leave-policy.md").metadata.title == "Sick leave policy"


@pytest.mark.parametrize(
    ("stem", "expected"),
    [("Congé annuel", "Conge-annuel"), ("a&b=c", "a-b-c"), ("v1.2_final~x", "v1.2_final~x")],
)
def test_id_is_safe_in_a_url(stem: str, expected: str) -> None:
    assert read("Text.", name=f"{stem}.md").metadata.id == expected


def test_name_with_no_safe_character_still_gets_an_id_of_its_own() -> None:
    first = read("Text.", name="休暇.md").metadata.id
    second = read("Text.", name="出張.md").metadata.id
    assert first.startswith("document-")
    assert first != second


def test_sidecar_is_read() -> None:
    metadata = read(
        "# Heading\n\nText.",
        sidecar="id: leave\ntitle: Leave\nversion: 2\neffective_from: 2024-01-01\n"
        "period_to: 2027-12-31\nstatus: sample\ncontact: The desk\n",
    ).metadata
    assert (metadata.id, metadata.title, metadata.version) == ("leave", "Leave", "2")
    assert metadata.effective_from == date(2024, 1, 1)
    assert metadata.period_to == date(2027, 12, 31)
    assert metadata.contact == "The desk"
    assert metadata.sample
    assert not metadata.withdrawn


@pytest.mark.parametrize("status", ["withdrawn", "superseded", "Superseded", "WITHDRAWN"])
def test_withdrawn_and_superseded_are_the_same_mark_in_any_case(status: str) -> None:
    assert read("Text.", sidecar=f"status: {status}").metadata.withdrawn
    assert read(f"---\nstatus: {status}\n---\nText.").metadata.withdrawn


def test_sidecar_goes_before_front_matter_key_by_key() -> None:
    metadata = read(
        "---\ntitle: Front\nowner: Front owner\n---\nText.", sidecar="title: Side"
    ).metadata
    assert (metadata.title, metadata.owner) == ("Side", "Front owner")


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        ("effective_form: 2024-01-01", "“effective_form”.*Did you mean “effective_from”"),
        ("colour: blue", "“colour”.*Known keys are id, title"),
        ("effective_from: soon", "“effective_from” .'soon'."),
        ("effective_from: 20240101", "“effective_from”.*is not a date"),
        ("effective_from: 0001-01-01", "“effective_from”.*before the year 1900"),
        ("period_to: '1899-12-31'", "“period_to”.*before the year 1900"),
        ("effective_to: 2024-13-45", "“effective_to” .'2024-13-45'."),
        ("status: draft", "“status” .'draft'."),
        ("effective_from: 2024-02-01\neffective_to: 2024-01-01", "2024-02-01 is after 2024-01-01"),
        ("id: a/b", "“id” .'a/b'."),
        ("title: [unclosed", "is not YAML"),
        ("- a list", "holds no keys"),
    ],
)
def test_mistake_in_a_sidecar_is_named(sidecar: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^policy\.meta\.yaml.*" + message):
        read("Text.", sidecar=sidecar)


def test_front_matter_of_another_program_is_no_obstacle() -> None:
    document = read(
        "---\ntitle: Leave\ntags: [a, b]\nstatus: draft\nversion: {a: 1}\n---\n\nText of it."
    )
    assert document.metadata.title == "Leave"
    assert document.text == "Text of it."
    assert document.notes == ("Left out of the front matter: status, version.",)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("version: 1\nstatus: obsolete", "“status” .'obsolete'."),
        ("id: leave\neffective_to: end of 2023", "“effective_to” .'end of 2023'."),
        ("id: leave\neffective_to: 2023-13-45", "“effective_to” .'2023-13-45'."),
        ("version: 1\neffective_from: 20240101", "“effective_from” .'20240101'."),
        ("version: 1\neffective_from: 0001-01-01", "“effective_from” .'0001-01-01'."),
        ("status: obsolete\neffective_to: 2023 or so", "“status” .'obsolete'."),
        ("effective_from: 2024-02-01\neffective_to: 2024-01-01", "“effective_to” .'2024-01-01'."),
    ],
)
def test_front_matter_that_leaves_open_whether_it_is_in_force_refuses_its_file(
    lines: str, message: str
) -> None:
    with pytest.raises(UnreadableFile, match=r"^policy\.md: .*" + message + ".*sidecar"):
        read(f"---\ntitle: Leave\n{lines}\n---\nText.")


@pytest.mark.parametrize("lines", ["status: draft", "id: a\nstatus: ' '"])
def test_front_matter_that_was_not_meant_for_charter_is_only_noted(lines: str) -> None:
    (note,) = read(f"---\ntitle: Leave\n{lines}\n---\nText.").notes
    assert note.startswith("Left out of the front matter: ")


def test_sidecar_settles_what_the_front_matter_leaves_open() -> None:
    front = "---\nid: leave\nstatus: obsolete\n---\nText."
    assert read(front, sidecar="status: withdrawn").metadata.withdrawn


def test_a_slip_in_a_key_of_the_front_matter_is_noted() -> None:
    document = read("---\ntitle: Leave\nefective_from: 2024-01-01\n---\n\nText of it.")
    assert document.notes == ("Left out of the front matter: efective_from.",)


def test_broken_front_matter_is_neither_metadata_nor_text() -> None:
    document = read("---\ntitle: [Leave\n---\nText.")
    assert document.text == "Text."
    assert document.notes == ("The front matter is not YAML and was left out.",)


def test_rule_at_the_top_is_not_taken_for_front_matter() -> None:
    assert read("---\n\nText between rules.\n\n---\n\nMore.").text.startswith("Text between rules.")


def test_a_date_of_force_that_cannot_be_read_never_puts_a_document_in_force() -> None:
    with pytest.raises(UnreadableFile, match=r"effective_from.*1 July 2027"):
        read("---\ntitle: Parking\neffective_from: 1 July 2027\n---\n\nText of it.")


@pytest.mark.parametrize("version", ["1.10", "010", "1_0", "1e3"])
def test_a_version_is_kept_as_it_is_written(version: str) -> None:
    assert read("Text.", sidecar=f"version: {version}").metadata.version == version
    assert read(f"---\nversion: {version}\n---\nText.").metadata.version == version


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("1 March 2025", "write it as 2025-03-01"),
        ("13/02/2025", "write it as 2025-02-13"),
        ("02/03/2025", "write it as year-month-day, such as 2025-03-01"),
        ("soon", "write it as year-month-day, such as 2025-03-01"),
        ("20240101", "write it as year-month-day, such as 2025-03-01"),
    ],
)
def test_a_date_in_a_sidecar_that_is_none_says_how_one_is_written(written: str, form: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read("Text.", sidecar=f"effective_from: {written}")
    assert str(raised.value) == (
        f"policy.meta.yaml: “effective_from” ('{written}') is not a date; {form}. "
        "Correct the file or remove it; until then policy.md is left out."
    )


def test_a_mistake_in_a_sidecar_gives_its_path_and_what_it_keeps_out(tmp_path: Path) -> None:
    folder = tmp_path / "hr" / "pay"
    folder.mkdir(parents=True)
    (folder / "scales.md").write_text("# Scales\n\nText.", "utf-8")
    for sidecar in ("effective_from: 1 March 2025", "- a list", "effective_form: 2024-01-01"):
        (folder / "scales.meta.yaml").write_text(sidecar, "utf-8")
        with pytest.raises(UnreadableFile, match=r"^hr/pay/scales.meta.yaml.* hr/pay/scales.md is"):
            read_document(list_files(tmp_path)[0])


def test_a_mistake_in_a_sidecar_in_an_archive_gives_its_path_there(tmp_path: Path) -> None:
    (tmp_path / "hr").mkdir()
    with ZipFile(tmp_path / "hr" / "pack.zip", "w") as pack:
        pack.writestr("pay/scales.md", "# Scales\n\nText.")
        pack.writestr("pay/scales.meta.yaml", "effective_from: 1 March 2025")
    with Readers() as readers:
        (source,) = readers.members(list_files(tmp_path)[0])
    with pytest.raises(UnreadableFile, match=r"^hr/pack.zip/pay/scales.meta.yaml: .*2025-03-01"):
        read_document(source)
