"""Uploaded files that wait: under any name, for a day, and by no token that leads elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bots.hr.staged import StagedFiles
from corpus.errors import SuiteNotFound


@pytest.fixture
def staged(tmp_path: Path) -> StagedFiles:
    return StagedFiles(tmp_path / "staged")


@pytest.mark.parametrize("name", [f"{'漢' * 80}.csv", f"{'a' * 300}.csv", "C:\\suites\\é.csv"])
def test_a_file_of_any_name_waits_and_keeps_its_ending(staged: StagedFiles, name: str) -> None:
    token = staged.keep(b"id", name)
    assert staged.path(token).read_bytes() == b"id"
    assert staged.name(token).endswith(name[-5:])


def test_a_name_without_a_sign_is_called_file(staged: StagedFiles) -> None:
    assert staged.name(staged.keep(b"id", "...")) == "file"


@pytest.mark.parametrize("token", ["../secret.csv", "secret.csv", "{absolute}", ""])
def test_a_token_that_leads_elsewhere_is_none(
    staged: StagedFiles, tmp_path: Path, token: str
) -> None:
    staged.keep(b"id", "a.csv")
    for folder in (tmp_path, tmp_path / "staged"):
        (folder / "secret.csv").write_bytes(b"secret")
    with pytest.raises(SuiteNotFound):
        staged.path(token.format(absolute=tmp_path / "secret.csv"))
    assert (tmp_path / "secret.csv").exists()


def test_what_nobody_took_within_a_day_goes(staged: StagedFiles) -> None:
    old, young = staged.keep(b"old", "a.csv"), staged.keep(b"young", "a.csv")
    os.utime(staged.path(old), (0, 0))
    staged.keep(b"new", "a.csv")
    assert staged.path(young).read_bytes() == b"young"
    with pytest.raises(SuiteNotFound):
        staged.path(old)
