"""Changes of the folder of documents: what may stand there, and that it is whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from in_step import as_nobody, put

from corpus.errors import ProposalNotFound, ProposalOutdated, ProposalRefused, StorageError
from indexing.proposals import LARGEST, LONGEST_NAME, Proposal, Proposals, plain_name
from indexing.survey import Instead

OLD, NEW = b"# Leave\n\nTwo days.\n", b"# Leave\n\nThree days.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    files = {"leave.md": OLD, "hr/gym.md": "# Gym", "hr/gym.meta.yaml": "version: 2"}
    return put(tmp_path / "documents", files)


@pytest.fixture
def proposals(tmp_path: Path, corpus: Path) -> Proposals:
    return Proposals(tmp_path / "home", corpus)


def test_a_new_file_stands_in_the_folder_when_it_is_put_there_and_not_before(
    proposals: Proposals, corpus: Path
) -> None:
    proposal = proposals.add(NEW, "pool.md", folder="hr")
    assert (proposal.kind, proposal.relative, proposal.size) == ("new", "hr/pool.md", len(NEW))
    assert proposals.waiting() == (proposal,)
    tried = proposals.instead(proposal)
    assert tried.path
    assert (tried.relative, tried.path.read_bytes()) == ("hr/pool.md", NEW)
    assert not (corpus / "hr" / "pool.md").exists()
    proposals.make(proposal)
    assert (corpus / "hr" / "pool.md").read_bytes() == NEW
    assert proposals.waiting() == ()
    assert sorted(path.name for path in (corpus / "hr").iterdir()) == [
        "gym.md",
        "gym.meta.yaml",
        "pool.md",
    ]


def test_a_file_takes_the_place_of_another_and_keeps_its_name_and_rights(
    proposals: Proposals, corpus: Path
) -> None:
    (corpus / "leave.md").chmod(0o640)
    proposals.make(proposals.replace(NEW, "Leave 2027 final.md", relative="leave.md"))
    assert (corpus / "leave.md").read_bytes() == NEW
    assert (corpus / "leave.md").stat().st_mode & 0o777 == 0o640


def test_a_file_is_removed_with_the_sidecar_that_describes_it_alone(
    proposals: Proposals, corpus: Path
) -> None:
    proposal = proposals.remove("hr/gym.md")
    assert proposals.instead(proposal) == Instead("hr/gym.md")
    proposals.make(proposal)
    assert list((corpus / "hr").iterdir()) == []


def test_a_sidecar_that_describes_another_file_as_well_stays(
    proposals: Proposals, corpus: Path
) -> None:
    put(corpus, {"hr/gym.pdf": b"%PDF-1.4"})
    proposals.make(proposals.remove("hr/gym.md"))
    names = sorted(one.name for one in (corpus / "hr").iterdir())
    assert names == ["gym.meta.yaml", "gym.pdf"]


def test_what_changed_meanwhile_is_not_overwritten(proposals: Proposals, corpus: Path) -> None:
    replaced = proposals.replace(NEW, "a.md", relative="leave.md")
    removed = proposals.remove("leave.md")
    added = proposals.add(NEW, "pool.md")
    put(corpus, {"leave.md": "# Mine", "pool.md": "# Mine"})
    for proposal in (replaced, removed, added):
        with pytest.raises(ProposalOutdated):
            proposals.make(proposal)
    assert (corpus / "leave.md").read_text() == (corpus / "pool.md").read_text() == "# Mine"


@pytest.mark.parametrize(
    "name",
    [
        "charter.toml",
        "CHARTER.TOML",
        "glossary.csv",
        "leave.meta.yaml",
        ".hidden.md",
        "~$leave.docx",
        "leave.md.part",
        "#leave.md#",
        "",
        "..",
        "../..",
        "/",
        "leave",
        "leave.exe",
        "leave.md.exe",
        f"{'a' * LONGEST_NAME}.md",
        "\u202edm.evael\u202c",
    ],
)
def test_what_no_document_can_be_called_is_refused(
    name: str, proposals: Proposals, corpus: Path
) -> None:
    with pytest.raises(ProposalRefused):
        proposals.add(NEW, name)
    assert proposals.waiting() == ()
    assert sorted(path.name for path in corpus.iterdir()) == ["hr", "leave.md"]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/leave.md", "leave.md"),
        ("C:\\Users\\hr\\Congé annuel.docx", "Congé annuel.docx"),
        ("Conge\u0301.docx", "Congé.docx"),
        ("lea\x00ve\n.md", "leave.md"),
    ],
)
def test_of_a_path_the_name_alone_counts(sent: str, name: str) -> None:
    assert plain_name(sent) == name


@pytest.mark.parametrize("folder", ["..", "../other", "/etc", "hr/..", ".git", "nowhere"])
def test_a_folder_that_holds_no_documents_takes_none(folder: str, proposals: Proposals) -> None:
    with pytest.raises(ProposalRefused):
        proposals.add(NEW, "pool.md", folder=folder)


@pytest.mark.parametrize("relative", ["../leave.md", "/etc/passwd", "hr/gym.meta.yaml", "no.md"])
def test_what_is_no_document_of_the_folder_is_neither_replaced_nor_removed(
    relative: str, proposals: Proposals
) -> None:
    with pytest.raises(ProposalRefused):
        proposals.remove(relative)
    with pytest.raises(ProposalRefused):
        proposals.replace(NEW, "leave.md", relative=relative)


def test_a_link_is_not_replaced(proposals: Proposals, corpus: Path) -> None:
    (corpus / "link.md").symlink_to(corpus / "leave.md")
    with pytest.raises(ProposalRefused):
        proposals.replace(NEW, "link.md", relative="link.md")


def test_a_name_that_is_taken_is_refused_whatever_its_capitals(proposals: Proposals) -> None:
    with pytest.raises(ProposalRefused, match=r"leave\.md"):
        proposals.add(NEW, "LEAVE.md")


def test_another_kind_of_file_does_not_take_a_files_name(proposals: Proposals) -> None:
    with pytest.raises(ProposalRefused, match="another kind"):
        proposals.replace(b"%PDF-1.4", "leave.pdf", relative="leave.md")


@pytest.mark.parametrize("data", [b"", b" \n", b"a" * (LARGEST + 1)])
def test_an_empty_file_and_one_that_is_too_large_are_refused(
    data: bytes, proposals: Proposals
) -> None:
    with pytest.raises(ProposalRefused):
        proposals.add(data, "pool.md")


@pytest.mark.parametrize("name", ["../../x", "0" * 16, "", "current", "0123456789abcdeg"])
def test_no_proposal_is_found_outside_its_place(name: str, proposals: Proposals) -> None:
    with pytest.raises(ProposalNotFound):
        proposals.find(name)


def test_a_proposal_for_another_folder_is_not_offered(proposals: Proposals, tmp_path: Path) -> None:
    proposals.add(NEW, "pool.md")
    other = Proposals(tmp_path / "home", put(tmp_path / "other", {"a.md": "# A"}))
    assert other.waiting() == ()


def test_one_that_is_let_go_leaves_nothing(proposals: Proposals, tmp_path: Path) -> None:
    proposals.let_go(proposals.add(NEW, "pool.md"))
    assert list((tmp_path / "home" / "uploads").iterdir()) == []


def test_a_folder_that_may_not_be_written_is_named(proposals: Proposals, tmp_path: Path) -> None:
    proposal = proposals.add(NEW, "pool.md")
    for path in (tmp_path, *tmp_path.parents[:3]):  # another account goes through here
        path.chmod(0o755)
    home = tmp_path / "home"
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    assert as_nobody(_make_in_vain, tmp_path, proposal) == 0


def _make_in_vain(tmp_path: Path, proposal: Proposal) -> None:
    proposals = Proposals(tmp_path / "home", tmp_path / "documents")
    assert "leave.md" in proposals.files()
    assert not proposals.is_writable
    with pytest.raises(StorageError, match=r"documents cannot be changed: Permission denied\."):
        proposals.make(proposal)
    assert proposals.waiting() == (proposal,)
