"""What a question needs of the documents is looked up, not searched for one after another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.ask import Assistant
from assistant.library.catalogue import Catalogue
from corpus.model import Document, Metadata, Origin, Passage
from indexing.passage_store import PassageStore, PassageWriter


def test_every_passage_is_known_by_its_document(small_assistant: Assistant) -> None:
    index = small_assistant.live.current()
    places = {
        place: one.key for one in small_assistant.catalogue() for place in index.ordinals(one.key)
    }
    assert len(set(places.values())) > 1
    assert index.keys_of(list(places)) == list(places.values())
    assert index.keys_of([]) == []


def test_a_document_without_passages_takes_none_of_its_neighbours(tmp_path: Path) -> None:
    writer = PassageWriter(tmp_path)
    for name, count in (("none", 0), ("one", 2), ("nothing", 0), ("two", 1), ("last", 0)):
        document = Document(Metadata(name, name), name, "", "text", (), (), Origin((), (), ()))
        passages = [Passage(name, "1", place, 0, 0, 1, 0, 4, "text", "") for place in range(count)]
        writer.add(document, passages)
    writer.close()
    store = PassageStore(tmp_path)
    keys = store.keys_of([0, 1, 2])
    store.close()
    assert [key.partition("@")[0] for key in keys] == ["one", "one", "two"]


def test_ids_name_all_versions_of_their_documents_and_no_others() -> None:
    old, new = (
        Metadata("leave", "Leave", version=version, effective_from=date(year, 1, 1))
        for version, year in (("1", 2020), ("2", 2024))
    )
    catalogue = Catalogue([old, new, Metadata("travel", "Travel", version="1")])
    assert catalogue.keys_of(["leave", "not there"]) == {"leave@1", "leave@2"}
