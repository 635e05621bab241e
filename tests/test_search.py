"""Searching for passages: what is ranked, counted and marked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.library.finding import DocumentFilters, Field, find_documents
from assistant.searching import MOST, Search, Searched
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from corpus.errors import FilterUnreadable, QuestionError
from indexing.progress import SilentProgress

WORDS = "How long may a bicycle stand in the shed?"

Look = Callable[..., Searched]


@pytest.fixture
def look(shelved: Assistant) -> Look:
    return lambda text=WORDS, groups=frozenset(), **more: shelved.find_passages(
        Search(text, **more), groups=groups
    )


def versions(searched: Searched) -> set[str]:
    return {one.entry.key for one in searched.passages}


def counts(searched: Searched, field: Field) -> dict[str, int]:
    facet = next(one for one in searched.facets if one.field == field)
    return {one.key: one.count for one in facet.values}


def test_a_search_gives_the_passages_in_force_with_their_place_and_their_words(
    look: Look, shelved: Assistant
) -> None:
    searched = look()
    best = searched.passages[0]
    document, _ = shelved.document("bicycles")
    assert best.entry.key == "bicycles@2"
    assert best.text.text == "A bicycle may stand in the shed for five days."
    assert best.section == ("Sheds",)
    assert searched.documents == 4
    assert searched.held == 4
    marked = [document.text[start:end] for start, end in best.lines[0].words]
    assert marked == ["bicycle", "stand", "shed"]
    for one in searched.passages:
        text = shelved.document(one.entry.metadata.id, one.entry.metadata.version)[0].text
        assert text[one.text.start : one.text.end] == one.text.text


def test_a_row_of_a_table_is_shown_by_its_cells(look: Look) -> None:
    rows = [one.lines[0] for one in look("places in the north bicycle shed").passages]
    cells = [[(header, cell.text) for header, cell in line.cells] for line in rows if line.cells]
    assert [("Shed", "North bicycle shed"), ("Places", "40")] in cells


def test_what_does_not_meet_the_filters_is_not_ranked(look: Look) -> None:
    searched = look(filters=DocumentFilters(organisation=("south office",)))
    assert versions(searched) <= {"canteen@1", "velo@1"}
    assert searched.found
    assert searched.documents == 2
    assert searched.search.filters.organisation == ("South Office",)
    both = look(filters=DocumentFilters(kind=("rules", "strategy"), language=("en",)))
    assert versions(both) == {"canteen@1", "mobility@1"}


def test_counts_are_of_the_passages_under_the_other_filters(look: Look) -> None:
    free = look(limit=MOST)
    assert sum(counts(free, "kind").values()) == free.found == len(free.passages)
    narrowed = look(filters=DocumentFilters(kind=("rules",)))
    assert counts(narrowed, "kind") == counts(free, "kind")
    assert set(counts(narrowed, "organisation")) == {"South Office"}
    assert sum(counts(narrowed, "document").values()) == narrowed.found


def test_other_versions_are_searched_only_when_they_are_asked_for(look: Look) -> None:
    assert versions(look()) & {"bicycles@1", "bicycles@3"} == set()
    every = look(every_version=True)
    assert {"bicycles@1", "bicycles@2", "bicycles@3"} <= versions(every)
    past = look(filters=DocumentFilters(status=("superseded",)))
    assert versions(past) == {"bicycles@1"}
    assert past.passages[0].marks == ("Superseded by version 2",)


def test_the_day_asked_about_chooses_the_version_and_is_said_of_the_other(look: Look) -> None:
    then = look(as_of=date(2023, 5, 1))
    assert "bicycles@1" in versions(then)
    assert "bicycles@2" not in versions(then)
    later = look(as_of=date(2028, 1, 1), filters=DocumentFilters(document=("bicycles",)))
    assert later.passages[0].marks == ("Not yet in force: from 1 January 2027",)
    every = look(as_of=date(2023, 5, 1), every_version=True)
    second = next(one for one in every.passages if one.entry.key == "bicycles@2")
    assert second.marks == ("Not in force on 1 May 2023",)


def test_documents_for_others_do_not_exist_in_hits_counts_or_refusals(look: Look) -> None:
    closed = look("secret saddle of a manager", limit=MOST)
    assert "managers@1" not in versions(closed)
    assert closed.held == 4
    assert "managers" not in counts(closed, "audience")
    with pytest.raises(FilterUnreadable) as hidden:
        look(filters=DocumentFilters(audience=("managers",)))
    with pytest.raises(FilterUnreadable) as unknown:
        look(filters=DocumentFilters(audience=("gardeners",)))
    assert str(hidden.value).replace("managers", "gardeners") == str(unknown.value)
    opened = look("secret saddle of a manager", groups=frozenset({"Managers"}))
    assert opened.passages[0].entry.key == "managers@1"
    assert opened.held == 5
    assert counts(opened, "audience")["managers"] >= 1


def test_versions_are_described_once_a_day_and_reader(shelved: Assistant) -> None:
    entries = shelved.shelf().entries()
    assert shelved.shelf().entries() is entries
    assert shelved.shelf().entries(date(2023, 5, 1)) != entries
    assert len(shelved.shelf(frozenset({"managers"})).entries()) == len(entries) + 1


def test_a_document_that_is_found_is_not_told_to_lack_a_date(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    for version, more in (("1", ""), ("2", "effective_from: 2024-01-01\n")):
        text = f"---\nid: pool\ntitle: Pool\nversion: '{version}'\n{more}---\n\n# Pool\n\nSwim.\n"
        (tmp_path / "documents" / f"pool-{version}.md").write_text(text, "utf-8")
    settings = load_settings(home=tmp_path / "home", corpus=tmp_path / "documents")
    index_corpus(settings, SilentProgress())
    with closing(build_assistant(settings)) as assistant:
        shelf = assistant.shelf()
        found = find_documents(shelf, DocumentFilters(effective_after=date(2024, 1, 1)))
        later = find_documents(shelf, DocumentFilters(effective_after=date(2025, 1, 1)))
    assert (len(found.documents), found.undated) == (1, 0)
    assert (len(later.documents), later.undated) == (0, 1)


def test_pages_follow_each_other_and_end(look: Look) -> None:
    whole = look(limit=MOST).passages
    paged = [one for offset in range(len(whole)) for one in look(offset=offset, limit=1).passages]
    assert tuple(paged) == whole
    beyond = look(offset=10_000)
    assert beyond.passages == ()
    assert beyond.found == len(whole)


def test_words_that_no_document_has_find_nothing(look: Look) -> None:
    searched = look("xqzzt blorp")
    assert searched.found == 0
    assert not searched.more
    assert all(not facet.values for facet in searched.facets)


def test_the_number_of_passages_that_are_weighed_is_bounded_and_said(
    small_assistant: Assistant, assistant: Assistant
) -> None:
    many = assistant.find_passages(Search("staff member leave policy", limit=MOST))
    assert many.found == len(many.passages) == MOST
    assert many.more
    few = small_assistant.find_passages(Search("telework"))
    assert not few.more


def test_the_same_search_gives_the_same_passages(look: Look) -> None:
    assert replace(look()) == look()


@pytest.mark.parametrize("text", ["", "  \n", "a" * 4001, "\0", "\ud800"])
def test_words_that_cannot_be_taken_are_refused(look: Look, text: str) -> None:
    with pytest.raises(QuestionError):
        look(text)


@pytest.mark.parametrize(
    ("field", "name", "said"),
    [
        ("kind", "rule", "No kind goes by “rule”. Did you mean “rules”?"),
        ("document", "bycicles", "No document goes by “bycicles”. Did you mean"),
        ("owner", "zzz", "No owner goes by “zzz”. The catalogue has"),
        ("language", "de", "No language goes by “de”."),
    ],
)
def test_a_name_that_no_document_has_is_said_with_what_there_is(
    look: Look, field: Field, name: str, said: str
) -> None:
    with pytest.raises(FilterUnreadable) as error:
        look(filters=DocumentFilters().having(field, (name,)))
    assert said in str(error.value)
