"""charter.toml of a documents folder: defaults, patterns, and what a mistake costs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from in_step import build

from corpus.errors import MetadataUnusable
from corpus.files.folder import SourceFile, list_files
from corpus.metadata.folder_settings import fits, unused_patterns
from corpus.model import Metadata
from corpus.read import read_document
from indexing.digests import Digests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "a.md", "# A\n\nText.")
    write(tmp_path / "pay" / "scales.md", "# Scales\n\nText.")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def source(folder: Path, relative: str) -> SourceFile:
    return next(one for one in list_files(folder) if one.relative == relative)


def metadata(folder: Path, relative: str) -> Metadata:
    return read_document(source(folder, relative)).metadata


def test_defaults_hold_for_all_documents_of_the_folder_and_below(folder: Path) -> None:
    write(folder / "charter.toml", '[documents]\nowner = "HR"\naudience = ["staff"]\n')
    for relative in ("a.md", "pay/scales.md"):
        assert metadata(folder, relative).owner == "HR"
        assert metadata(folder, relative).audience == ("staff",)
        assert metadata(folder, relative).found == ("title",)


def test_a_deeper_folder_goes_before_an_outer_one_key_by_key(folder: Path) -> None:
    write(
        folder / "charter.toml",
        '[documents]\nowner = "HR"\nkind = "policy"\n[documents."pay/*"]\ncontact = "out@b.org"\n',
    )
    write(folder / "pay" / "charter.toml", '[documents]\nowner = "Payroll"\ncontact = "in@b.org"\n')
    known = metadata(folder, "pay/scales.md")
    assert (known.owner, known.kind, known.contact) == ("Payroll", "policy", "in@b.org")


def test_a_pattern_goes_before_the_defaults_and_a_later_one_before_an_earlier(
    folder: Path,
) -> None:
    write(
        folder / "charter.toml",
        '[documents]\nowner = "All"\nkind = "all"\nlanguage = "fr"\n'
        '[documents."*.md"]\nowner = "Markdown"\nkind = "markdown"\n'
        '[documents."scales*"]\nowner = "Scales"\neffective_from = 2024-01-01\n',
    )
    known = metadata(folder, "pay/scales.md")
    assert (known.owner, known.kind, known.language) == ("Scales", "markdown", "fr")
    assert known.effective_from == date(2024, 1, 1)
    assert metadata(folder, "a.md").effective_from is None


def test_sidecar_and_front_matter_go_before_the_folder(folder: Path) -> None:
    write(folder / "charter.toml", '[documents]\nowner = "Folder"\nkind = "k"\nlanguage = "fr"\n')
    write(folder / "a.md", "---\nowner: Front\nkind: front\n---\n# A\n\nText.")
    write(folder / "a.meta.yaml", "owner: Side")
    known = metadata(folder, "a.md")
    assert (known.owner, known.kind, known.language) == ("Side", "front", "fr")


def test_only_a_sidecar_or_a_deeper_folder_opens_what_a_folder_restricts(folder: Path) -> None:
    write(folder / "charter.toml", '[documents]\naudience = ["hr"]\n')
    write(folder / "a.md", "---\naudience: []\n---\n# A\n\nText.")
    assert metadata(folder, "a.md").audience == ("hr",)
    write(folder / "pay" / "charter.toml", "[documents]\naudience = []\n")
    assert metadata(folder, "pay/scales.md").audience == ()
    write(folder / "a.meta.yaml", "audience: []")
    assert metadata(folder, "a.md").audience == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[documents]\nowner = "HR"\naudiance = ["hr"]\n', "line 3.*“audiance”.*“audience”"),
        ('[documents."*.md"]\n\neffective_from = "soon"\n', "line 3.*“effective_from” .'soon'."),
        ("[documents]\nowner = \n", "is not TOML.*line 2"),
        ('audience = ["hr"]\n', "line 1.*“audience” stands outside a table"),
        ('[document]\naudience = ["hr"]\n', r"line 1.*no table “document”; write \[documents\]"),
        ('[documents]\nid = "same"\n', "line 2.*“id” cannot be the same for all"),
        ('documents = "all"\n', "line 1.*is no table"),
    ],
)
def test_a_mistake_names_its_line_and_leaves_out_what_it_governs(
    folder: Path, text: str, message: str
) -> None:
    write(folder / "pay" / "charter.toml", text)
    with pytest.raises(MetadataUnusable, match=f"^charter.toml in the folder “pay”.*{message}"):
        read_document(source(folder, "pay/scales.md"))
    assert metadata(folder, "a.md").title == "A"


def test_settings_of_the_program_in_the_same_file_are_no_obstacle(folder: Path) -> None:
    write(folder / "charter.toml", 'port = 8000\ncontact = "hr@b.org"\n[documents]\nowner = "HR"\n')
    assert metadata(folder, "a.md").owner == "HR"


def test_a_settings_file_that_cannot_be_read_restricts_too(folder: Path) -> None:
    (folder / "charter.toml").symlink_to(folder / "gone.toml")
    with pytest.raises(MetadataUnusable, match="cannot be read"):
        read_document(source(folder, "a.md"))


def test_dates_of_different_places_that_contradict_each_other_are_a_mistake(folder: Path) -> None:
    write(folder / "charter.toml", "[documents]\neffective_to = 2020-12-31\n")
    write(folder / "a.meta.yaml", "effective_from: 2024-01-01")
    with pytest.raises(MetadataUnusable, match=r"2024-01-01.*after.*2020-12-31"):
        read_document(source(folder, "a.md"))


def test_the_files_that_govern_a_document_count_in_its_digest(folder: Path) -> None:
    before = {one.relative: Digests().state(one).digest for one in list_files(folder)}
    write(folder / "pay" / "charter.toml", '[documents]\nowner = "HR"\n')
    after = {one.relative: Digests().state(one).digest for one in list_files(folder)}
    assert source(folder, "pay/scales.md").settings == (folder / "pay" / "charter.toml",)
    assert before["a.md"] == after["a.md"]
    assert before["pay/scales.md"] != after["pay/scales.md"]


@pytest.mark.parametrize(
    ("pattern", "name", "fit"),
    [
        ("leave*.pdf", "leave-2024.pdf", True),
        ("leave*.pdf", "hr/Leave-2024.PDF", True),
        ("leave*.pdf", "sick-leave.pdf", False),
        ("hr/*", "hr/deep/leave.pdf", True),
        ("hr/*", "other/hr/leave.pdf", False),
        ("hr", "hr/leave.pdf", True),
        ("pack.zip", "pack.zip/leave.pdf", True),
        ("leave.pdf", "pack.zip/leave.pdf", True),
        ("./hr/", "hr/leave.pdf", True),
        ("congé*", "conge\u0301.pdf", True),
        ("[ab].md", "b.md", True),
    ],
)
def test_a_pattern_fits_names_paths_folders_and_members_of_archives(
    pattern: str, name: str, *, fit: bool
) -> None:
    assert fits(pattern, name) == fit


def test_a_pattern_that_fits_nothing_is_named(folder: Path) -> None:
    write(
        folder / "pay" / "charter.toml",
        '[documents."scales*"]\nowner = "a"\n[documents."salarys*"]\naudience = ["hr"]\n',
    )
    files = list_files(folder)
    unused = unused_patterns(folder, files, [one.relative for one in files])
    assert list(unused) == [(folder / "pay" / "charter.toml", "salarys*")]


def test_a_version_is_kept_as_it_is_written(folder: Path) -> None:
    write(folder / "charter.toml", "[documents]\nversion = 1.10\n")
    assert metadata(folder, "a.md").version == "1.10"


def test_a_date_in_other_words_names_key_line_form_and_what_it_keeps_out(folder: Path) -> None:
    write(folder / "hr" / "pay" / "new.md", "# New\n\nText.")
    write(
        folder / "hr" / "pay" / "charter.toml",
        '[documents]\nowner = "HR"\neffective_from = "1 March 2025"\n',
    )
    with pytest.raises(MetadataUnusable) as raised:
        metadata(folder, "hr/pay/new.md")
    assert str(raised.value) == (
        "charter.toml in the folder “hr/pay”, line 3: “effective_from” ('1 March 2025') is not a "
        "date; write it as 2025-03-01. Correct it; until then hr/pay/new.md and all else that it "
        "governs are left out."
    )


def test_the_report_of_a_build_names_a_pattern_that_fits_no_file(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(
        folder / "pay" / "charter.toml",
        '[documents."scales*"]\nowner = "a"\n[documents."bonus*.pdf"]\naudience = ["hr"]\n',
    )
    home = tmp_path_factory.mktemp("home")
    for changed in (True, False):  # also where nothing was built: the slip is still there
        report = build(folder, home)
        assert report.changed == changed
        (note,) = report.notes
        assert note.relative == "pay/charter.toml"
        assert "“bonus*.pdf” fits no file" in note.note
    write(folder / "pay" / "bonus-2025.pdf", "no pdf")
    assert build(folder, home).notes == ()


def test_settings_of_a_folder_elsewhere_are_not_looked_at_for_patterns(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    write(other / "charter.toml", '[documents."gone*"]\nowner = "a"\n')
    write(other / "b.md", "# B\n\nText.")
    files = list_files(other)
    assert list(unused_patterns(folder, files, ["b.md"])) == []
