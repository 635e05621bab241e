"""A Git repository as a source of documents: a real one, also one that means harm."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.files.folder import list_files
from corpus.read import read_document
from indexing.origins.fetch import fetch_all
from indexing.origins.mirror import open_mirror
from indexing.origins.port import Fetched
from indexing.origins.settings import OriginSettings

GIT = shutil.which("git") or "git"
ACCOUNT = {
    "GIT_AUTHOR_NAME": "HR",
    "GIT_AUTHOR_EMAIL": "hr@example.org",
    "GIT_COMMITTER_NAME": "HR",
    "GIT_COMMITTER_EMAIL": "hr@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    done = subprocess.run(  # noqa: S603  the words are this file's own
        [GIT, "-C", str(folder), *words],
        env={**os.environ, **ACCOUNT},
        input=given,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=change")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path) -> Path:
    folder = tmp_path / "handbook"
    (folder / "policies").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "policies" / "leave.md").write_text("# Leave\n\nTen days a year.\n")
    (folder / "policies" / "travel.md").write_text("# Travel\n\nBook early.\n")
    (folder / "README.md").write_text("# Handbook\n\nRead it.\n")
    (folder / "build.py").write_text("raise SystemExit\n")
    commit(folder)
    return folder


def fetch(home: Path, repository: Path | str, **settings: object) -> Fetched:
    one = OriginSettings(name="handbook", git=str(repository), **settings)
    (fetched,) = fetch_all([one], home, lambda _: None)
    return fetched


def documents(fetched: Fetched) -> dict[str, str]:
    files = list_files(fetched.folder)
    return {file.relative: file.path.read_text("utf-8") for file in files}


def test_the_documents_of_a_folder_are_brought_and_nothing_else(tmp_path, repository):
    fetched = fetch(tmp_path / "home", repository, folder="policies")
    assert fetched.reached
    assert fetched.failures == ()
    assert fetched.changed == ("leave.md", "travel.md")
    assert documents(fetched) == {
        "leave.md": "# Leave\n\nTen days a year.\n",
        "travel.md": "# Travel\n\nBook early.\n",
    }


def test_a_document_knows_the_commit_that_it_came_with(tmp_path, repository):
    first = git(repository, "rev-parse", "HEAD")
    (repository / "README.md").write_text("# Handbook\n\nRead all of it.\n")
    second = commit(repository)
    home = tmp_path / "home"
    fetched = fetch(home, repository)
    sources = {
        file.relative: read_document(file).metadata.source for file in list_files(fetched.folder)
    }
    assert sources["policies/leave.md"] == f"handbook, policies/leave.md at {second[:12]}"
    assert first != second
    (repository / "README.md").write_text("# Handbook\n\nRead everything.\n")
    third = commit(repository)
    fetched = fetch(home, repository)
    sources = {
        file.relative: read_document(file).metadata.source for file in list_files(fetched.folder)
    }
    assert sources["README.md"].endswith(third[:12])
    assert sources["policies/leave.md"].endswith(second[:12])  # it did not change


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path, repository):
    home = tmp_path / "home"
    before = fetch(home, repository)
    kept = (before.folder / "policies" / "travel.md").stat().st_mtime_ns
    (repository / "policies" / "leave.md").write_text("# Leave\n\nTwelve days a year.\n")
    (repository / "README.md").unlink()
    commit(repository)
    fetched = fetch(home, repository)
    assert fetched.changed == ("policies/leave.md",)
    assert fetched.removed == ("README.md",)
    assert fetched.unchanged == 1
    assert "Twelve" in documents(fetched)["policies/leave.md"]
    assert (fetched.folder / "policies" / "travel.md").stat().st_mtime_ns == kept
    assert fetch(home, repository).changed == ()


def test_the_branch_that_is_named_is_followed(tmp_path, repository):
    git(repository, "switch", "--quiet", "--create", "draft")
    (repository / "policies" / "leave.md").write_text("# Leave\n\nDraft.\n")
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    home = tmp_path / "home"
    assert "Draft" in documents(fetch(home, repository, branch="draft"))["policies/leave.md"]
    assert "Draft" not in documents(fetch(home, repository))["policies/leave.md"]


@pytest.mark.parametrize("loss", ["repository", "branch", "folder", "documents"])
def test_a_repository_that_cannot_be_read_leaves_the_copy_as_it_was(tmp_path, repository, loss):
    home = tmp_path / "home"
    before = documents(fetch(home, repository))
    settings: dict[str, str] = {}
    if loss == "repository":
        repository.rename(tmp_path / "elsewhere")
    elif loss == "branch":
        settings = {"branch": "gone"}
    elif loss == "folder":
        settings = {"folder": "gone"}
    else:
        git(repository, "rm", "-r", "--quiet", "policies", "README.md")
        commit(repository)
    fetched = fetch(home, repository, **settings)
    assert not fetched.reached
    assert documents(fetched) == before
    (failure,) = fetched.failures
    assert failure.problem.startswith("handbook: ")
    assert "goes on answering" in failure.remedy


def test_a_file_of_the_copy_that_was_damaged_is_mended(tmp_path, repository):
    home = tmp_path / "home"
    fetched = fetch(home, repository)
    (fetched.folder / "README.md").write_text("tampered")
    (fetched.folder / "planted.md").write_text("planted")
    fetched = fetch(home, repository)
    assert documents(fetched)["README.md"] == "# Handbook\n\nRead it.\n"
    assert "planted.md" not in documents(fetched)


def test_links_are_not_followed(tmp_path, repository):
    secret = tmp_path / "secret.md"
    secret.write_text("SECRET")
    (repository / "link.md").symlink_to(secret)
    (repository / "up.md").symlink_to("../secret.md")
    (repository / "all").symlink_to("/etc")
    commit(repository)
    fetched = fetch(tmp_path / "home", repository)
    assert sorted(failure.about for failure in fetched.failures) == ["link.md", "up.md"]
    assert not any(path.is_symlink() for path in fetched.folder.rglob("*"))
    assert not any("SECRET" in text for text in documents(fetched).values())


def test_no_hook_filter_or_submodule_of_a_repository_comes_to_life(tmp_path, repository):
    witness = tmp_path / "witness"
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet")
    (inner / "secret.md").write_text("SECRET")
    commit(inner)
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(inner))
    (repository / ".gitattributes").write_text("*.md filter=evil\n")
    (repository / ".lfsconfig").write_text("[lfs]\nurl = https://example.org\n")
    commit(repository)
    for name in ("post-checkout", "post-merge", "pre-receive", "reference-transaction"):
        for hooks in (repository / ".git" / "hooks", tmp_path / "home/origins/handbook/.git/hooks"):
            hooks.mkdir(parents=True, exist_ok=True)
            (hooks / name).write_text(f"#!/bin/sh\ntouch {witness}\n")
            (hooks / name).chmod(0o755)
    fetched = fetch(tmp_path / "home", repository)
    assert fetched.reached
    assert not witness.exists()
    assert not any("SECRET" in text for text in documents(fetched).values())
    assert not (fetched.folder / "inner").exists()


def tree_of(repository: Path, *entries: tuple[str, str]) -> None:
    """Commit a tree that git itself would refuse to make."""
    blob = git(repository, "hash-object", "-w", "--stdin", given=b"EVIL")
    raw = b"".join(
        f"{mode} {name}\0".encode() + bytes.fromhex(blob) for mode, name in sorted(entries)
    )
    tree = git(repository, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)
    made = git(repository, "commit-tree", tree, "-m", "evil")
    git(repository, "update-ref", "refs/heads/main", made)


def test_names_that_lead_out_or_hide_are_never_written(tmp_path, repository):
    tree_of(
        repository,
        ("100644", "../out.md"),
        ("100644", "..\\out.md"),
        ("100644", "/etc/out.md"),
        ("100644", ".git/config.md"),
        ("100644", ".GIT/hooks.md"),
        ("100644", "a\nb.md"),
        ("100644", "ok.md"),
    )
    home = tmp_path / "home"
    fetched = fetch(home, repository)
    assert documents(fetched) == {"ok.md": "EVIL"}
    assert len(fetched.failures) == 6
    assert all(failure.about.isprintable() for failure in fetched.failures)
    written = {path.name for path in tmp_path.rglob("*.md") if "EVIL" in path.read_text()}
    assert written == {"ok.md"}


def test_a_document_that_stands_elsewhere_is_named(tmp_path, repository):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n"
    (repository / "big.pdf").write_text(pointer)
    commit(repository)
    (failure,) = fetch(tmp_path / "home", repository).failures
    assert "Git LFS" in failure.problem


def test_a_document_that_grew_too_large_keeps_its_old_text(tmp_path, repository):
    home = tmp_path / "home"
    fetch(home, repository)
    (repository / "README.md").write_bytes(b"x" * 50_000_001)
    commit(repository)
    fetched = fetch(home, repository)
    (failure,) = fetched.failures
    assert failure.kept
    assert documents(fetched)["README.md"] == "# Handbook\n\nRead it.\n"


def test_what_its_owner_says_of_a_document_goes_before_what_the_source_says(tmp_path, repository):
    (repository / "policies" / "leave.meta.yaml").write_text("source: the blue folder\n")
    commit(repository)
    fetched = fetch(tmp_path / "home", repository, folder="policies")
    sources = {
        file.relative: read_document(file).metadata.source for file in list_files(fetched.folder)
    }
    assert sources["leave.md"] == "the blue folder"
    assert sources["travel.md"].startswith("handbook, policies/travel.md at ")


def test_no_password_is_in_a_message_or_in_the_store(tmp_path):
    one = OriginSettings(name="handbook", git="https://me:hush@localhost:1/hr/handbook.git")
    said: list[str] = []
    (fetched,) = fetch_all([one], tmp_path / "home", said.append)
    assert not fetched.reached
    assert "hush" not in f"{said} {fetched} {one}"
    stored = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not any(b"hush" in path.read_bytes() for path in stored)


def test_a_path_is_no_protocol(tmp_path, repository):
    for address in (f"file://{repository}", f"ext::sh -c touch% {tmp_path}/x", "--upload-pack=x"):
        with pytest.raises(ValueError, match="is no address of a repository"):
            OriginSettings(name="x", git=address)


def test_a_source_that_is_being_fetched_is_left_to_who_fetches_it(tmp_path, repository):
    home = tmp_path / "home"
    fetch(home, repository)
    with open_mirror(home, "handbook"):
        fetched = fetch(home, repository)
    assert not fetched.reached
    assert "another process" in fetched.failures[0].problem


def test_the_copy_of_a_source_that_is_no_longer_listed_is_removed(tmp_path, repository):
    home = tmp_path / "home"
    folder = fetch(home, repository).folder
    assert fetch_all([], home, lambda _: None) == ()
    assert not folder.exists()


def test_what_the_settings_say_holds_for_documents_that_say_nothing(tmp_path, repository):
    home = tmp_path / "home"
    fetch(home, repository, about={"owner": "HR", "audience": ["staff"]})
    files = {file.relative: file for file in list_files(home / "origins")}
    metadata = read_document(files["handbook/policies/leave.md"]).metadata
    assert metadata.owner == "HR"
    assert metadata.audience == ("staff",)


def test_a_folder_is_read_where_it_is(tmp_path):
    one = OriginSettings(name="scans", path=tmp_path)
    (fetched,) = fetch_all([one], tmp_path / "home", lambda _: None)
    assert fetched.folder == tmp_path
    gone = OriginSettings(name="scans", path=tmp_path / "gone")
    (fetched,) = fetch_all([gone], tmp_path / "home", lambda _: None)
    assert not fetched.reached
