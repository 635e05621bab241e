"""Promise 6: what a person may not read does not exist for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from questions import DAY

from assistant.ask import Assistant
from assistant.library.audience import holds_all, may_read
from assistant.reply import Answer, NoAnswer, Reply
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from assistant.writing.wire import reply_to_dict
from corpus.errors import DocumentNotFound, RecordNotFound
from corpus.model import Metadata
from indexing.progress import SilentProgress

HR = frozenset(("hr",))
OPEN = {
    "leave.md": "---\nid: leave\ncontact: leave@example.org\n---\n# Annual leave\n\n"
    "## Days\n\nStaff members earn thirty days of annual leave in each year of service.\n",
    "travel.md": "---\nid: travel\ncontact: travel@example.org\n---\n# Duty travel\n\n"
    "## Class\n\nStaff members travel in economy class unless the journey exceeds nine hours.\n",
}
CLOSED = {
    "bonus.md": "---\nid: bonus\naudience: [HR]\ncontact: bonus@example.org\n"
    "organisation: ZEBRA\n---\n# Retention bonus\n\n## Amount\n\n"
    "The retention bonus amounts to nine thousand francs in each year of service.\n",
    "leave-2.md": "---\nid: leave\nversion: 2\naudience: hr\neffective_from: 2020-01-01\n"
    "---\n# Annual leave\n\n## Days\n\n"
    "Staff members earn forty days of annual leave in each year of service.\n",
}
QUESTIONS = (
    "How many days of annual leave do staff members earn?",
    "What is the amount of the retention bonus?",
    "In which class do staff members travel?",
    "What does ZEBRA say about duty travel?",
    "Who was the first person on the moon?",
)


def built(folder: Path, files: dict[str, str]) -> Assistant:
    corpus = folder / "documents"
    corpus.mkdir(parents=True)
    for name, text in files.items():
        (corpus / name).write_text(text, "utf-8")
    settings = load_settings(home=folder / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    return replace(build_assistant(settings), today=lambda: DAY)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    assistant = built(tmp_path_factory.mktemp("mixed"), OPEN | CLOSED)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    assistant = built(tmp_path_factory.mktemp("plain"), OPEN)
    yield assistant
    assistant.close()


def said(reply: Reply) -> dict[str, object]:
    """Return a reply without the names that are hashes of the index."""
    return reply_to_dict(reply) | {"id": "", "conversation_id": ""}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_reply_is_the_same_as_when_the_restricted_documents_do_not_exist(
    mixed: Assistant, plain: Assistant, question: str
) -> None:
    assert said(mixed.ask(question)) == said(plain.ask(question))
    assert said(mixed.ask(question, groups=frozenset(("staff",)))) == said(plain.ask(question))


def test_who_is_in_the_group_gets_the_answer(mixed: Assistant) -> None:
    reply = mixed.ask("What is the amount of the retention bonus?", groups=HR)
    assert isinstance(reply, Answer)
    assert "nine thousand francs" in reply.text
    assert reply.contact == "bonus@example.org"


def test_the_passages_found_and_their_order_tell_nothing_of_what_is_restricted(
    mixed: Assistant, plain: Assistant
) -> None:
    for question in QUESTIONS:
        found = [hit.passage.text for hit in mixed.search(question)]
        assert found == [hit.passage.text for hit in plain.search(question)]
    best = mixed.search("retention bonus", groups=HR)[0].passage
    assert best.document == "bonus"


def test_a_restricted_version_does_not_exist_beside_the_one_that_all_may_read(
    mixed: Assistant, plain: Assistant
) -> None:
    assert mixed.catalogue() == plain.catalogue()
    opened = mixed.shelf().open("leave")
    assert opened.versions == plain.shelf().open("leave").versions
    assert opened.entry.force == "in force"
    assert {entry.key for entry in mixed.catalogue(groups=HR)} == {
        "bonus@1", "leave@1", "leave@2", "travel@1",
    }  # fmt: skip
    assert mixed.document("leave", groups=HR)[1].metadata.version == "2"


@pytest.mark.parametrize(("name", "version"), [("bonus", None), ("leave", "2")])
def test_opening_what_is_restricted_fails_like_opening_what_is_not_there(
    mixed: Assistant, plain: Assistant, name: str, version: str | None
) -> None:
    messages = set()
    for assistant in (mixed, plain):
        with pytest.raises(DocumentNotFound) as error:
            assistant.document(name, version)
        messages.add(str(error.value))
    assert len(messages) == 1
    with pytest.raises(DocumentNotFound):
        mixed.shelf().pair("leave")


def test_nobody_at_the_web_page_or_the_api_is_in_a_group(mixed: Assistant, serve) -> None:
    url = serve(mixed)
    listed = httpx.get(f"{url}/v1/documents").json()["documents"]
    assert {one["id"] for one in listed} == {"leave", "travel"}
    hidden, unknown = (httpx.get(f"{url}/v1/documents/{name}") for name in ("bonus", "other"))
    assert hidden.status_code == unknown.status_code == 404
    own = {"id": "", "instance": "", "request": ""}
    same = hidden.json() | own
    assert same == {
        key: str(value).replace("other", "bonus") if isinstance(value, str) else value
        for key, value in (unknown.json() | own).items()
    }
    for path in ("/", "/documents/bonus", "/documents/leave?version=2", "/?q=retention+bonus"):
        page = httpx.get(url + path).text
        assert "francs" not in page
        assert "Retention" not in page
    assert httpx.get(f"{url}/v1/documents/leave/compare").status_code == 404


def test_a_receipt_is_shown_only_to_who_could_have_asked(mixed: Assistant) -> None:
    reply = mixed.ask("What is the amount of the retention bonus?", groups=HR)
    with pytest.raises(RecordNotFound) as hidden:
        mixed.receipt(reply.id)
    with pytest.raises(RecordNotFound) as unknown:
        mixed.receipt("a-unknown")
    assert str(hidden.value).replace(reply.id, "a-unknown") == str(unknown.value)
    with pytest.raises(RecordNotFound):
        mixed.replay(reply.id)
    assert mixed.receipt(reply.id, HR).question.groups == HR
    assert mixed.replay(reply.id, frozenset(("HR", "staff"))).same


def test_a_receipt_that_quotes_what_is_restricted_now_is_hidden(tmp_path: Path) -> None:
    assistant = built(tmp_path, OPEN)
    reply = assistant.ask(QUESTIONS[0])
    assert assistant.receipt(reply.id).id == reply.id
    (tmp_path / "documents" / "leave.meta.yaml").write_text("audience: hr", "utf-8")
    index_corpus(assistant.settings, SilentProgress())
    with pytest.raises(RecordNotFound):
        assistant.receipt(reply.id)
    assert assistant.receipt(reply.id, HR).id == reply.id
    assistant.close()


def test_the_same_question_of_another_group_has_another_receipt(mixed: Assistant) -> None:
    ids = {mixed.ask(QUESTIONS[4], groups=groups).id for groups in (frozenset(), HR)}
    assert len(ids) == 2
    assert isinstance(mixed.ask(QUESTIONS[4], groups=HR), NoAnswer)


@pytest.mark.parametrize(
    ("audience", "groups", "allowed"),
    [
        ((), (), True),
        ((), ("hr",), True),
        (("hr",), (), False),
        (("hr", "managers"), ("managers",), True),
        (("HR  Team",), ("hr team",), True),
        (("hr",), ("hr2",), False),
    ],
)
def test_one_group_of_the_audience_is_enough(
    audience: tuple[str, ...], groups: tuple[str, ...], *, allowed: bool
) -> None:
    assert may_read(Metadata("a", "A", audience=audience), frozenset(groups)) == allowed


def test_a_receipt_needs_every_group_that_it_was_asked_with() -> None:
    assert holds_all(frozenset(("HR", "x")), frozenset(("hr",)))
    assert not holds_all(frozenset(("hr",)), frozenset(("hr", "x")))
