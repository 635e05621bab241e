"""Settings come from the command line, the environment and charter.toml, in that order."""

from pathlib import Path

import pytest

from assistant.settings import describe, load_settings
from assistant.wiring import settings_fingerprint
from corpus.errors import SettingsError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "CORPUS", "PORT", "CONTACT"):
        monkeypatch.delenv(f"CHARTER_{name}", raising=False)


def source_of(name: str, **overrides: object) -> str:
    lines = describe(load_settings(**overrides))
    return next(line.source for line in lines if line.name == name)


def test_the_command_line_beats_the_environment_beats_the_file(monkeypatch):
    Path("charter.toml").write_text('port = 1001\ncontact = "HR"\n')
    assert load_settings().port == 1001
    assert source_of("port") == "charter.toml"
    monkeypatch.setenv("CHARTER_PORT", "1002")
    assert load_settings().port == 1002
    assert source_of("port") == "environment"
    assert load_settings(port=1003).port == 1003
    assert source_of("port", port=1003) == "command line"
    assert load_settings().contact == "HR"


def test_an_override_of_none_counts_as_not_given():
    assert load_settings(port=None).port == 8765


def test_an_unknown_line_names_itself():
    Path("charter.toml").write_text("portt = 1\n")
    with pytest.raises(SettingsError, match="no setting “portt”"):
        load_settings()


def test_a_wrong_value_names_its_setting_and_variable(monkeypatch):
    monkeypatch.setenv("CHARTER_PORT", "many")
    with pytest.raises(SettingsError, match="port \\(CHARTER_PORT\\) cannot be used"):
        load_settings()


def test_a_broken_file_is_one_plain_sentence():
    Path("charter.toml").write_text("port = = 1\n")
    with pytest.raises(SettingsError, match=r"charter.toml cannot be read"):
        load_settings()


def test_every_setting_is_described_and_has_a_variable():
    lines = describe(load_settings())
    assert all(line.help and line.environment == f"CHARTER_{line.name.upper()}" for line in lines)


def test_only_settings_that_decide_answers_change_their_fingerprint():
    plain = settings_fingerprint(load_settings())
    assert settings_fingerprint(load_settings(port=1)) == plain
    assert settings_fingerprint(load_settings(answer_threshold=0.9)) != plain
