"""Promise 1: a quote is shown only when it stands at its place."""

from dataclasses import replace

import pytest
from rich.console import Group

from assistant.reply import Citation
from assistant.writing.check import holds
from bots.commands.terminal import sources_shown, write
from corpus.model import Document, Metadata, Origin

TEXT = "Leave is earned monthly.\n\nIt may be carried over."
DOCUMENT = Document(
    Metadata(id="leave", title="Leave", version="3"),
    "leave.md",
    "",
    TEXT,
    (),
    (),
    Origin((), (), ()),
)
CITATION = Citation(
    number=1,
    document="leave",
    title="Leave",
    version="3",
    status="in force",
    section=("Carry-over",),
    page=None,
    quote="It may be carried over.",
    start=26,
    end=49,
    url="/documents/leave",
)


def test_a_quote_holds_word_for_word_at_its_place():
    assert holds(CITATION, DOCUMENT)


def test_white_space_and_the_form_of_quotation_marks_do_not_matter():
    assert holds(replace(CITATION, quote="It may  be\ncarried over."), DOCUMENT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "It may not be carried over."},
        {"quote": "it may be carried over."},
        {"start": 25, "end": 40},
        {"start": 0, "end": 10_000},
        {"start": -3},
        {"start": 49},
        {"version": "2"},
        {"document": "telework"},
        {"quote": "", "start": 24, "end": 25},
    ],
)
def test_anything_else_does_not_hold(wrong):
    assert not holds(replace(CITATION, **wrong), DOCUMENT)


def test_quotes_that_share_an_entry_are_found_from_its_first_character_to_its_last(capsys):
    earlier = replace(CITATION, number=2, quote=TEXT[:24], start=0, end=24)
    write(Group(*sources_shown([CITATION, earlier])))
    assert "[1–2] Leave" in (said := capsys.readouterr().out)
    assert "characters 0–49 of leave" in said
