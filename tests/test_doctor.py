"""The doctor names what stands in the way of good answers, and what to do about each."""

from __future__ import annotations

import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.decision.calibration import Figure, read_calibration, write_calibration
from assistant.doctor import Finding, examine
from assistant.listening import listen
from assistant.receipts import Receipts
from assistant.settings import Settings, load_settings
from assistant.wiring import CALIBRATION_FILE, index_corpus, records_address
from corpus.errors import SettingsError
from indexing.progress import SilentProgress


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents and its index, of which each test has a copy."""
    place = tmp_path_factory.mktemp("installed")
    corpus = place / "documents"
    corpus.mkdir()
    (corpus / "parking.md").write_text("# Parking\n\nA permit costs 40 francs a month.\n")
    index_corpus(load_settings(home=place / "home", corpus=corpus), SilentProgress())
    return place


@pytest.fixture
def settings(installed: Path, tmp_path: Path) -> Settings:
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    return load_settings(home=tmp_path / "home", corpus=tmp_path / "documents", port=0)


def finding(settings: Settings, subject: str) -> Finding:
    return next(found for found in examine(settings) if found.subject.startswith(subject))


def test_a_sound_installation_has_nothing_to_mend(settings):
    assert {found.level for found in examine(settings)} == {"ok"}


def test_every_file_of_the_model_is_held_to_its_hash(settings):
    files = [
        found.problem for found in examine(settings) if found.subject.startswith("embedding model")
    ]
    assert [problem.split()[0] for problem in files] == [
        "model.onnx",
        "tokenizer.json",
        "model.safetensors",
    ]


def test_a_changed_folder_is_told_with_how_many_files_differ(settings):
    (settings.corpus / "pets.md").write_text("# Pets\n\nNo pets.\n")
    found = finding(settings, "index")
    assert (found.level, found.remedy) == ("warning", "Run `charter index`.")
    assert "1 file of the folder differs" in found.problem


def test_a_missing_index_is_an_error(settings, tmp_path):
    found = finding(settings.model_copy(update={"home": tmp_path / "new"}), "index")
    assert found.level == "error"
    assert "charter index" in found.remedy


def test_a_missing_or_empty_corpus_is_an_error(settings, tmp_path):
    missing = finding(settings.model_copy(update={"corpus": tmp_path / "none"}), "documents in")
    (tmp_path / "empty").mkdir()
    empty = finding(settings.model_copy(update={"corpus": tmp_path / "empty"}), "documents in")
    assert (missing.level, empty.level) == ("error", "error")
    assert "CHARTER_CORPUS" in missing.remedy


def test_a_port_in_use_is_told_with_how_to_choose_another(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = finding(settings.model_copy(update={"port": port}), "port")
    assert found.level == "warning"
    assert "--port" in found.remedy


def test_a_home_that_is_a_file_cannot_be_written(settings, tmp_path):
    (tmp_path / "file").write_text("")
    found = finding(settings.model_copy(update={"home": tmp_path / "file" / "home"}), "folder")
    assert found.level == "error"
    assert "CHARTER_HOME" in found.remedy


def test_an_unknown_model_is_an_error_that_says_so(settings):
    found = finding(settings.model_copy(update={"model": "no/such/model"}), "embedding model")
    assert found.level == "error"


def test_records_that_cannot_be_opened_are_an_error(settings):
    (settings.home / "records.db").write_text("this is no database, only a text of some length")
    found = finding(settings, "records")
    assert found.level == "error"
    assert "CHARTER_DATABASE" in found.remedy


def test_records_in_another_database_are_examined_and_its_password_is_not_shown(settings):
    elsewhere = settings.model_copy(update={"database": "nosuch://me:hush@host/records"})
    found = finding(elsewhere, "records")
    assert found.level == "error"
    assert "hush" not in repr(found)


def test_records_that_are_there_are_counted(settings):
    assert "None yet" in finding(settings, "records").problem
    receipts = Receipts(records_address(settings))
    receipts.examine()
    receipts.close()
    found = finding(settings, "records")
    assert (found.level, found.problem) == (
        "ok",
        "They can be read and written; receipts kept: 0.",
    )


def test_an_address_of_the_newer_protocol_is_examined_as_the_server_takes_it(settings):
    try:
        listen("::1", 0).close()
    except SettingsError:
        pytest.skip("this machine has no IPv6")
    assert finding(settings.model_copy(update={"host": "::1"}), "port").level == "ok"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a..b"])
def test_an_address_that_is_none_is_an_error(settings, host):
    found = finding(settings.model_copy(update={"host": host}), "port")
    assert found.level == "error"
    assert host in found.problem


def test_the_decision_is_told_with_what_it_gave_where_it_was_fitted(settings: Settings) -> None:
    told = [one.problem for one in examine(settings) if one.subject == "decision to answer"]
    shipped = read_calibration()
    assert f"from a confidence of {shipped.answer_threshold:g}, as it comes" in told[0]
    fitted = replace(shipped, answer_threshold=0.61, figures=(Figure("s", "off-topic", 9, 0.04),))
    write_calibration(fitted, settings.home / CALIBRATION_FILE)
    told = [one.problem for one in examine(settings) if one.subject == "decision to answer"]
    assert "0.61" in told[0]
    assert str(settings.home / CALIBRATION_FILE) in told[0]
    assert told[1].endswith("off-topic 4%.")


def test_a_decision_file_that_cannot_be_used_is_an_error(settings: Settings) -> None:
    (settings.home / CALIBRATION_FILE).write_text("{}", "utf-8")
    (finding,) = [one for one in examine(settings) if one.subject == "decision to answer"]
    assert finding.level == "error"
    assert finding.remedy
