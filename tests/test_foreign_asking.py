"""Questions in French, Spanish and German to English documents, through the whole product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from conftest import TELEWORK
from in_step import assistant_of
from questions import DAY, quotes_of

from assistant.ask import Assistant
from assistant.conversation.conversations import Conversations
from assistant.library.catalogue import Catalogue
from assistant.live import LiveIndex
from assistant.question.understand import check_question, understand
from assistant.receipts import Receipts
from assistant.register.follow_up import FollowUp
from assistant.reply import Answer, ClosestPassages, NoAnswer
from assistant.retrieval.retrieve import Retriever
from assistant.selection.select import Selector
from assistant.settings import load_settings
from assistant.wiring import records_address
from assistant.writing.phrases import PHRASES
from indexing.build import build_index
from indexing.embedding import HashEmbedder
from indexing.progress import SilentProgress

MEANINGS = {
    word: meaning
    for meaning, words in {
        "telework": "telework télétravail",
        "week": "week semaine",
        "day": "days jours",
        "parking": "parking stationnement permit permis",
        "price": "costs prix francs",
        "dog": "dogs chiens",
    }.items()
    for word in words.split()
}
IN_FRENCH = "Les documents sont en anglais ; les passages sont cités tels quels."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "telework.md").write_text(
        TELEWORK.format(version=1, since="2021-01-01", days="three"), "utf-8"
    )
    (folder / "parking.md").write_text("# Parking\n\nA permit costs 40 francs a month.\n", "utf-8")
    (folder / "pets.md").write_text("# Pets\n\nDogs stay outside the building.\n", "utf-8")
    return folder


@pytest.fixture
def multilingual(corpus: Path, tmp_path: Path) -> Iterator[Assistant]:
    """An assistant whose model, a fake, reads some words of English and French."""
    settings = load_settings(corpus=corpus, home=tmp_path / "home", multilingual=True)
    embedder = HashEmbedder(dictionary=MEANINGS)
    build_index(corpus, settings.home, embedder, progress=SilentProgress())
    live = LiveIndex(settings.home, embedder.fingerprint)
    address = records_address(settings)
    kept = Receipts(address), Conversations(address), FollowUp(address)
    assistant = Assistant(settings, "settings", live, embedder, *kept, lambda: DAY)
    yield assistant
    assistant.close()


def test_a_french_question_is_answered_in_english_words_and_french_remarks(
    assistant: Assistant,
) -> None:
    reply = assistant.ask("Quelle est la politique de mobilité ?")
    assert "mobility and contract policy" in quotes_of(reply)
    assert isinstance(reply, Answer)
    assert reply.remark.startswith(IN_FRENCH)
    assert reply.text.startswith(IN_FRENCH)


def test_a_spanish_list_question_gets_the_whole_list(assistant: Assistant) -> None:
    reply = assistant.ask("¿Cuáles son las prioridades estratégicas del Staff Council?")
    assert isinstance(reply, Answer)
    assert len(reply.citations) >= 11
    assert reply.remark == "Los documentos están en inglés; los pasajes se citan tal cual."


def test_a_refusal_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    reply = assistant.ask("Wie hoch ist der Wasserstand im Rhein?")
    assert isinstance(reply, NoAnswer)
    assert reply.text.startswith(PHRASES["de"].nothing)
    assert PHRASES["de"].ask_in in reply.remark
    assert reply.text == f"{reply.remark} {PHRASES['de'].ask.format(contact=reply.contact)}"


def test_what_the_shared_words_do_not_carry_is_not_answered(assistant: Assistant) -> None:
    for asked in (
        "Combien coûte la cotisation annuelle du syndicat ?",
        "Quel est le barème des salaires pour le grade P-4 ?",
        "¿Cuántos días de licencia por paternidad tengo?",
        "Puis-je amener mon chien au bureau ?",
        "Quelle est la capitale de la France ?",
    ):
        reply = assistant.ask(asked)
        assert not isinstance(reply, Answer), reply.text


def test_a_document_in_the_language_of_the_question_needs_no_remark(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "conges.md").write_text(
        "---\ntitle: Politique des congés\nlanguage: fr\n---\n\n# Politique des congés\n\n"
        "Le personnel a droit à trente jours de congé annuel.\n",
        "utf-8",
    )
    build_index(folder, tmp_path / "home", HashEmbedder(), progress=SilentProgress())
    assistant = assistant_of(folder, tmp_path / "home")
    try:
        reply = assistant.ask("À combien de jours de congé annuel le personnel a-t-il droit ?")
    finally:
        assistant.close()
    assert isinstance(reply, Answer | ClosestPassages)
    assert "trente jours" in reply.text
    assert "anglais" not in reply.text


def test_the_day_asked_about_is_written_in_the_language_of_the_question(
    small_assistant: Assistant,
) -> None:
    asked = replace(small_assistant, today=lambda: DAY)
    reply = asked.ask("Quelle est la politique sur le telework ?", as_of=date(2020, 7, 1))
    assert isinstance(reply, ClosestPassages)
    assert "en vigueur à la date du 1er juillet 2020" in reply.remark


def test_every_language_says_everything_with_the_same_blanks() -> None:
    english = PHRASES["en"]
    for language, phrases in PHRASES.items():
        assert phrases.code == language
        assert len(phrases.months) == 12
        assert phrases.forces.keys() == english.forces.keys()
        for name in ("ask", "not_in_force", "also", "differ", "version", "from_day", "owner"):
            blanks = set(_blanks(getattr(phrases, name)))
            assert blanks == set(_blanks(getattr(english, name))), (language, name)


def _blanks(sentence: str) -> list[str]:
    return [part.split("}")[0] for part in sentence.split("{")[1:]]


def test_a_multilingual_model_finds_what_shares_no_word(multilingual: Assistant) -> None:
    hits = multilingual.search("Le télétravail dans une semaine : combien de jours ?")
    assert hits[0].passage.document == "telework"
    hits = multilingual.search("Quels sont les prix pour le stationnement ?")
    assert hits[0].passage.document == "parking"


def test_with_a_multilingual_model_the_whole_question_is_embedded(multilingual: Assistant) -> None:
    index = multilingual.live.current()
    asked = "Combien de jours de télétravail selon la policy ?"
    question = check_question(asked, as_of=DAY, today=DAY)
    inquiry = understand(question, index, multilingual.embedder)
    assert inquiry.wording.crosses
    assert inquiry.wording.embedded == asked
    assert inquiry.form == "how many"
    plain = understand(question, index, HashEmbedder())
    assert not plain.wording.crosses
    assert plain.wording.embedded == "policy"
    assert plain.stems == inquiry.stems == {"polici", "jour", "teletravail"}


def test_with_a_multilingual_model_the_cosine_decides(multilingual: Assistant) -> None:
    reply = multilingual.ask("Combien de jours de télétravail par semaine ?")
    assert isinstance(reply, Answer)
    assert "three days in each week" in quotes_of(reply)
    assert reply.remark == IN_FRENCH
    refused = multilingual.ask("Combien de chevaux par étage dit la policy ?")
    assert not isinstance(refused, Answer)
    assert PHRASES["fr"].ask_in not in refused.text


def test_with_a_multilingual_model_missing_words_say_nothing_against_a_passage(
    multilingual: Assistant,
) -> None:
    index = multilingual.live.current()
    question = check_question("Combien de jours de télétravail par semaine ?", as_of=DAY, today=DAY)
    found = []
    for embedder in (multilingual.embedder, HashEmbedder()):
        inquiry = understand(question, index, embedder)
        keys = Catalogue(index.catalogue).keys_in_force(DAY)
        hits = Retriever(index, dense_weight=0.3).retrieve(inquiry, keys)
        selection = Selector(index, multilingual.calibration).select(inquiry, hits)
        assert selection
        found.append(selection.signals.covered)
    assert found[0] > 0.9
    assert found[1] == 0


def test_a_page_shows_the_refusal_in_the_language_of_the_question(address: str) -> None:
    page = httpx.get(f"{address}/", params={"q": "Quel est le point de fusion du tungstène ?"})
    assert PHRASES["fr"].nothing in page.text
