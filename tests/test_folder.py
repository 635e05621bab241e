"""Listing the files of a corpus folder."""

import os
from pathlib import Path

import pytest

from corpus.errors import CorpusMissing
from corpus.files.folder import list_files


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")


def listed(folder: Path) -> list[str]:
    return [source.relative for source in list_files(folder)]


def test_files_come_in_order_of_their_relative_path(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/z.md", "a/b/c.txt", "B.md")
    assert listed(tmp_path) == ["B.md", "a/b/c.txt", "a/z.md", "b.md"]


def test_hidden_files_sidecars_and_settings_are_no_documents(tmp_path: Path) -> None:
    put(tmp_path, ".a.md", ".git/b.md", "d.meta.yaml", "charter.toml", "d.md")
    assert listed(tmp_path) == ["d.md"]


def test_sidecar_is_found_beside_its_document(tmp_path: Path) -> None:
    put(tmp_path, "leave.md", "leave.meta.yaml", "travel.md")
    leave, travel = list_files(tmp_path)
    assert leave.sidecar == tmp_path / "leave.meta.yaml"
    assert travel.sidecar is None


def test_files_of_unknown_kinds_are_listed_so_that_their_owner_hears_of_them(
    tmp_path: Path,
) -> None:
    put(tmp_path, "scan.tiff", "policy.md")
    assert listed(tmp_path) == ["policy.md", "scan.tiff"]


def test_link_is_followed_inside_the_folder_only(tmp_path: Path) -> None:
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "elsewhere"
    put(corpus, "policy.md")
    put(elsewhere, "secret.md", "more/secret.md")
    (corpus / "alias.md").symlink_to(corpus / "policy.md")
    (corpus / "out.md").symlink_to(elsewhere / "secret.md")
    (corpus / "more").symlink_to(elsewhere / "more")
    assert listed(corpus) == ["alias.md", "policy.md"]


def test_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match=r"nowhere does not exist.*CHARTER_CORPUS"):
        list_files(tmp_path / "nowhere")


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "policy.md")
    with pytest.raises(CorpusMissing):
        list_files(tmp_path / "policy.md")


def test_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert list_files(tmp_path) == ()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    os.mkfifo(tmp_path / "b.md")
    assert listed(tmp_path) == ["a.md"]


def test_sidecar_without_its_document_is_listed_so_that_its_owner_hears_of_it(
    tmp_path: Path,
) -> None:
    put(tmp_path, "Parking.md", "parking.meta.yaml", "leave.md", "leave.meta.yaml")
    assert listed(tmp_path) == ["Parking.md", "leave.md", "parking.meta.yaml"]


def test_one_folder_can_be_left_out_however_it_is_written(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "home/b.md", "more/home/c.md")
    (tmp_path / "link").symlink_to(tmp_path / "home")
    for without in (tmp_path / "home", tmp_path / "more" / ".." / "home", tmp_path / "link"):
        found = [source.relative for source in list_files(tmp_path, without=without)]
        assert found == ["a.md", "more/home/c.md"]
