"""What must be said of a document: one English sentence everywhere, and what it is made of."""

from __future__ import annotations

import json
import pickle
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from assistant.ask import Assistant
from assistant.library import marks
from assistant.library.catalogue import Catalogue
from assistant.library.marks import Mark
from corpus.model import Metadata, document_key

DAY = date(2026, 3, 1)
VERSION = Metadata(id="leave", title="Leave", version="1", effective_from=date(2020, 1, 1))

SAID = [
    (marks.sample(), "Sample policy"),
    (marks.superseded(), "Superseded"),
    (marks.superseded_by_version("2"), "Superseded by version 2"),
    (marks.superseded_by_document("Telework"), "Superseded by “Telework”"),
    (marks.expired(DAY), "Expired on 1 March 2026"),
    (marks.later(DAY), "Not yet in force: from 1 March 2026"),
    (marks.later(None), "Not yet in force: no date says from when"),
    (marks.period_ended(DAY), "Its period ended on 1 March 2026"),
    (
        marks.stale(DAY),
        "Stale: the file can no longer be read since 1 March 2026; this is the text read before",
    ),
    (marks.not_in_force_on(DAY), "Not in force on 1 March 2026"),
    (marks.from_scan(sure=True), "Read from a scan"),
    (marks.from_scan(sure=False), "Read from a scan, with little certainty"),
]


@pytest.mark.parametrize(("mark", "text"), SAID)
def test_a_mark_is_its_english_sentence_wherever_a_string_is_taken(mark: Mark, text: str) -> None:
    assert mark == text
    assert json.dumps(mark) == json.dumps(text)
    assert f"{mark}" == text
    assert {mark} == {text}


@pytest.mark.parametrize(("mark", "text"), SAID)
def test_a_copy_of_a_mark_knows_what_it_says(mark: Mark, text: str) -> None:
    for copy in (deepcopy(mark), pickle.loads(pickle.dumps(mark))):  # noqa: S301  our own bytes
        assert (copy, copy.kind, copy.name, copy.day) == (text, mark.kind, mark.name, mark.day)


def test_every_mark_of_a_document_knows_what_it_says() -> None:
    newer = replace(VERSION, version="2", effective_from=date(2024, 1, 1))
    later = replace(VERSION, id="later", effective_from=date(2030, 1, 1), sample=True)
    over = replace(
        VERSION,
        id="over",
        effective_to=date(2021, 1, 1),
        period_from=date(2020, 1, 1),
        period_to=date(2020, 12, 31),
    )
    catalogue = Catalogue([VERSION, newer, later, over], {document_key(over.id, over.version): DAY})
    found = [catalogue.entry(one, DAY).marks for one in (VERSION, later, over)]
    assert [[mark.kind for mark in one] for one in found] == [
        ["superseded by version"],
        ["sample", "later"],
        ["expired", "period", "stale"],
    ]
    assert found[0][0].name == "2"


def test_the_marks_of_a_citation_know_what_they_say(small_assistant: Assistant) -> None:
    reply = small_assistant.ask("How many days of annual leave may be carried over?")
    assert [mark.kind for one in reply.citations for mark in one.marks][:1] == ["sample"]
