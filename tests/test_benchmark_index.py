"""A set is indexed as the product indexes a folder, and each passage knows its entry."""

import pytest
from made_set import ENTRIES, write_set
from pdf_pages import bold, pdf, prose

from corpus.errors import CorpusMissing
from evals.benchmark_index import indexed
from evals.benchmark_sets import read_set
from indexing.embedding import HashEmbedder

EMBEDDER = HashEmbedder()
PAGES = pdf(
    bold(72, 100, "Leave", 16) + prose(72, 140, ["Annual leave is taken in whole days."]),
    bold(72, 100, "Travel", 16) + prose(72, 140, ["Duty travel is by the cheapest flight."]),
)
PAGED = tuple(
    {"_id": f"Plan_Details.pdf#page={page}", "title": "Plan details", "text": "As extracted."}
    for page in (1, 2)
)


@pytest.fixture
def open_set(tmp_path):
    """Index a set whose folder was written, in one home."""

    def opened(folder, documents=None):
        return indexed(read_set(folder), tmp_path / "home", EMBEDDER, documents)

    return opened


def texts_by_entry(held):
    found = {}
    for ordinal, passage in held.index.passages(range(len(held.owners))).items():
        found.setdefault(held.entry_of(ordinal), []).append(passage.text)
    return found


def told(held):
    return {one.kind: (one.count, one.first) for one in held.problems}


def test_each_entry_is_a_document_with_its_title_as_the_heading(tmp_path, open_set):
    with open_set(write_set(tmp_path / "small")) as held:
        found = texts_by_entry(held)
        assert found["leave"] == ["Staff earn thirty days of annual leave."]
        assert found.keys() == {str(entry["_id"]) for entry in ENTRIES}
        (key,) = held.keys_of("leave")
        assert held.index.document(key).metadata.title == "Annual leave"
        assert held.keys_of("nowhere") == ()
        assert held.problems == ()


def test_ids_that_make_no_file_names_or_the_same_one_are_kept_apart(tmp_path, open_set):
    names = ("a/b", "a|b", "a-b", "A-B", "../up", ".hidden", "é", "x" * 300, " ")
    entries = [{"_id": name, "title": "", "text": f"Text {n}."} for n, name in enumerate(names)]
    with open_set(write_set(tmp_path / "small", entries=entries, qrels={})) as held:
        found = texts_by_entry(held)
        assert found == {name: [f"Text {n}."] for n, name in enumerate(names)}
        assert not (held.home / "up.md").exists()


def test_a_text_that_begins_like_front_matter_is_text(tmp_path, open_set):
    entry = {"_id": "odd", "title": "", "text": "---\naudience: [hr]\n---\nEverybody reads this."}
    with open_set(write_set(tmp_path / "small", entries=(*ENTRIES, entry))) as held:
        (key,) = held.keys_of("odd")
        assert held.index.document(key).metadata.audience == ()
        assert "Everybody reads this." in " ".join(texts_by_entry(held)["odd"])


def test_an_entry_whose_document_is_at_hand_is_that_document(tmp_path, open_set):
    entries = (*ENTRIES, {"_id": "gym.md", "title": "Gym", "text": "As extracted."})
    folder = write_set(tmp_path / "small", entries=entries)
    (folder / "documents").mkdir()
    (folder / "documents" / "gym.md").write_text("# Gym\n\nThe gym opens at seven.\n", "utf-8")
    (folder / "documents" / "all-in-one.md").write_text("# All\n\nThe gym opens.\n", "utf-8")
    with open_set(folder) as held:
        assert texts_by_entry(held)["gym.md"] == ["The gym opens at seven."]
        assert held.report.documents == len(entries)
        assert told(held) == {
            "document that is not there, its entries taken from the corpus": (
                4,
                ("leave", "travel", "pension", "parking/1"),
            ),
            "file that is no entry, left out": (1, ("all-in-one.md",)),
        }


@pytest.mark.parametrize("name", ["Plan_Details.pdf", "acme_Plan_Details.pdf"])
def test_a_passage_of_a_real_document_belongs_to_the_page_on_which_it_stands(
    tmp_path, open_set, name
):
    folder = write_set(tmp_path / "small", entries=PAGED, qrels={})
    documents = tmp_path / "real"
    documents.mkdir()
    (documents / name).write_bytes(PAGES)
    (documents / "of-another-set.md").write_text("# Other\n\nText.\n", "utf-8")
    with open_set(folder, documents) as held:
        found = texts_by_entry(held)
        assert found.keys() == {"Plan_Details.pdf#page=1", "Plan_Details.pdf#page=2"}
        assert found["Plan_Details.pdf#page=2"] == ["Duty travel is by the cheapest flight."]
        assert held.keys_of("Plan_Details.pdf#page=1") == held.keys_of("Plan_Details.pdf#page=2")
        assert held.report.documents == 1
        assert held.problems == ()


def test_a_name_that_two_documents_could_have_is_taken_for_neither(tmp_path, open_set):
    entries = (*PAGED, {"_id": "gym.md", "title": "", "text": "As extracted."})
    folder = write_set(tmp_path / "small", entries=entries, qrels={})
    documents = tmp_path / "real"
    documents.mkdir()
    for name in ("acme_Plan_Details.pdf", "other_Plan_Details.pdf"):
        (documents / name).write_bytes(PAGES)
    (documents / "gym.md").write_text("# Gym\n\nThe gym opens at seven.\n", "utf-8")
    with open_set(folder, documents) as held:
        assert texts_by_entry(held)["Plan_Details.pdf#page=1"] == ["As extracted."]
        kind = "document that is not there, its entries taken from the corpus"
        assert told(held) == {kind: (1, ("Plan_Details.pdf",))}


def test_an_entry_that_could_not_be_indexed_is_named(tmp_path, open_set):
    entries = (*ENTRIES, {"_id": "bare", "title": "", "text": " "})
    with open_set(write_set(tmp_path / "small", entries=entries)) as held:
        assert told(held) == {"entry that could not be indexed": (1, ("bare",))}


def test_only_what_changed_is_built_anew_in_a_home_that_was_kept(tmp_path, open_set):
    folder = write_set(tmp_path / "small")
    with open_set(folder) as held:
        assert held.report.changed
    with open_set(folder) as held:
        assert not held.report.changed
    write_set(folder, entries=ENTRIES[:3])
    with open_set(folder) as held:
        assert held.report.embedded == 0
        assert texts_by_entry(held).keys() == {"leave", "travel", "pension"}


def test_a_folder_of_documents_that_is_not_there_is_refused(tmp_path, open_set):
    folder = write_set(tmp_path / "small")
    with pytest.raises(CorpusMissing), open_set(folder, tmp_path / "nowhere"):
        pass
