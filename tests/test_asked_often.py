"""What one question costs: little is read, embedded or looked up twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from in_step import assistant_of, build, put, rule
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from assistant.ask import Assistant
from assistant.writing.wire import reply_to_json
from indexing.embedding import HashEmbedder, Vectors
from indexing.kept import Kept

PERMIT = "What does a parking permit cost?"
WITH = {
    "parking.md": rule("Parking rules", "A parking permit costs twenty francs a month."),
    "canteen.md": rule("Canteen rules", "Lunch is served from noon to two o'clock."),
}
DEARER = {"parking.md": rule("Parking rules", "A parking permit costs fifty francs a month.")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "documents", WITH)


@pytest.fixture
def assistant(folder: Path, tmp_path: Path) -> Iterator[Assistant]:
    build(folder, tmp_path / "home")
    made = assistant_of(folder, tmp_path / "home")
    yield made
    made.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Hear every statement that is sent to a database of records."""
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_of_a_question_two_records_are_kept_by_one_statement_each(assistant: Assistant) -> None:
    assistant.ask("How much is a permit?")  # makes the tables
    with statements() as heard:
        assistant.ask(PERMIT)
    assert [one.split()[:3] for one in heard] == [
        ["INSERT", "INTO", "receipts"],
        ["INSERT", "INTO", "conversations"],
    ]


def test_records_are_kept_without_a_session(assistant: Assistant) -> None:
    flushed: list[object] = []

    def note(*_about: object) -> None:
        flushed.append(1)

    event.listen(Session, "after_begin", note)
    try:
        assistant.ask(PERMIT)
    finally:
        event.remove(Session, "after_begin", note)
    assert not flushed


def test_a_passage_its_words_and_its_vectors_are_read_once(assistant: Assistant) -> None:
    index = assistant.live.current()
    assert index.passages([0])[0] is index.passages([0])[0]
    assert index.stems(0) is index.stems(0)
    assert index.unit_vectors(0) is index.unit_vectors(0)


def test_what_questions_share_cannot_be_written_to(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="read-only"):
        assistant.live.current().unit_vectors(0)[0] = 1


def test_a_new_text_is_quoted_though_the_old_one_was_kept(
    assistant: Assistant, folder: Path, tmp_path: Path
) -> None:
    assert "twenty francs" in assistant.ask(PERMIT).text
    put(folder, DEARER)
    build(folder, tmp_path / "home")
    assert "fifty francs" in assistant.ask(PERMIT).text
    assert "twenty francs" not in assistant.ask(PERMIT).text


def test_a_question_asked_again_has_the_same_bytes(assistant: Assistant) -> None:
    first = reply_to_json(assistant.ask(PERMIT))
    assert reply_to_json(assistant.ask(PERMIT)) == first


class Counting(HashEmbedder):
    """The fake, remembering the questions that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_question(self, text: str) -> Vectors:
        self.asked.append(text)
        return super().embed_question(text)


def test_the_same_question_is_answered_once_and_has_its_record_each_time(
    assistant: Assistant,
) -> None:
    embedder = Counting()
    asking = replace(assistant, embedder=embedder)
    first = asking.ask(PERMIT)
    with statements() as heard:
        assert reply_to_json(asking.ask(PERMIT)) == reply_to_json(first)
    assert len(heard) == 2
    assert len(embedder.asked) == 1


def test_a_receipt_is_replayed_by_answering_anew(assistant: Assistant) -> None:
    embedder = Counting()
    asking = replace(assistant, embedder=embedder)
    assert asking.replay(asking.ask(PERMIT).id).same
    assert len(embedder.asked) == 2


def test_another_day_and_other_groups_are_other_questions(assistant: Assistant) -> None:
    embedder = Counting()
    asking = replace(assistant, embedder=embedder)
    asking.ask(PERMIT)
    asking.ask(PERMIT, as_of=date(2020, 1, 1))
    asking.ask(PERMIT, groups=frozenset({"hr"}))
    asking.ask(PERMIT, conversation_id="c-mine")
    assert len(embedder.asked) == 4


def test_a_deleted_document_is_out_of_a_reply_that_was_kept(
    assistant: Assistant, folder: Path
) -> None:
    assert "twenty francs" in assistant.ask(PERMIT).text
    (folder / "parking.md").unlink()
    assert "twenty francs" not in assistant.ask(PERMIT).text


def doubled(asked: list[int], keys: Sequence[int]) -> Mapping[int, int]:
    asked += keys
    return {key: 2 * key for key in keys}


def test_only_what_is_not_kept_is_made_and_all_of_it_in_one_step() -> None:
    kept, asked = Kept[int, int](10), list[int]()
    assert kept.several([1, 2], lambda keys: doubled(asked, keys)) == {1: 2, 2: 4}
    assert list(kept.several([3, 1, 4], lambda keys: doubled(asked, keys))) == [3, 1, 4]
    assert asked == [1, 2, 3, 4]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept, asked = Kept[int, int](2), list[int]()
    for key in (1, 2, 1, 3, 1, 2):
        kept.several([key], lambda keys: doubled(asked, keys))
    assert asked == [1, 2, 3, 2]


def test_one_thing_is_made_at_the_first_time_only() -> None:
    kept, made = Kept[str, object](2), object()
    assert kept.one("key", lambda: made) is made
    assert kept.one("key", object) is made
