"""Settings come from the command line, the environment and charter.toml, in that order."""

from pathlib import Path

import pytest

from assistant.settings import Settings, describe, load_settings
from assistant.wiring import settings_fingerprint
from corpus.errors import SettingsError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "CORPUS", "PORT", "CONTACT"):
        monkeypatch.delenv(f"CHARTER_{name}", raising=False)


def source_of(name: str) -> str:
    lines = describe(load_settings())
    return next(line.source for line in lines if line.name == name)


def test_the_command_line_beats_the_environment_beats_the_file(monkeypatch):
    Path("charter.toml").write_text('port = 1001\ncontact = "HR"\n')
    assert load_settings().port == 1001
    assert source_of("port") == "charter.toml"
    monkeypatch.setenv("CHARTER_PORT", "1002")
    assert load_settings().port == 1002
    assert source_of("port") == "environment"
    assert load_settings(port=1003).port == 1003
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


def test_an_empty_variable_counts_as_not_given(monkeypatch):
    monkeypatch.setenv("CHARTER_CORPUS", "")
    assert load_settings().corpus == Settings.model_fields["corpus"].default
    assert source_of("corpus") == "default"


@pytest.mark.parametrize("name", ["CHARTER_CORPUSS", "charter_corpuss"])
def test_an_unknown_variable_is_refused_with_the_one_that_was_meant(monkeypatch, name):
    monkeypatch.setenv(name, "documents")
    with pytest.raises(SettingsError, match=f"{name}. Did you mean CHARTER_CORPUS\\?"):
        load_settings()


@pytest.mark.parametrize("program", ["BROWSER", "OFFICE", "POSTGRES", "SLACK"])
def test_the_variables_of_the_tests_are_no_slips(monkeypatch, program):
    monkeypatch.setenv(f"CHARTER_REQUIRE_{program}", "1")
    load_settings()


def test_a_variable_in_small_letters_is_named_as_the_source(monkeypatch):
    monkeypatch.setenv("charter_port", "1002")
    assert load_settings().port == 1002
    assert source_of("port") == "environment"


def test_a_public_address_ends_without_a_slash():
    assert load_settings(public_url="https://charter.example.org/").public_url == (
        "https://charter.example.org"
    )


@pytest.mark.parametrize(
    "database",
    [
        "postgresql+psycopg://me:hush@host/records",
        "postgresql://host/records?password=hush",
        "hush",
    ],
)
def test_no_password_is_listed(database):
    lines = {line.name: line.value for line in describe(load_settings(database=database))}
    assert lines["database"]
    assert "hush" not in lines["database"]


def test_a_public_address_must_be_one_of_the_web(monkeypatch):
    monkeypatch.setenv("CHARTER_PUBLIC_URL", "ftp://charter.example.org")
    with pytest.raises(SettingsError, match="http"):
        load_settings()


def test_suites_that_gate_are_divided_by_commas(monkeypatch):
    monkeypatch.setenv("CHARTER_GATE", "leave, travel,")
    assert load_settings().gate == ("leave", "travel")
    Path("charter.toml").write_text('gate = ["leave"]\n')
    monkeypatch.delenv("CHARTER_GATE")
    assert load_settings().gate == ("leave",)
    (line,) = (one for one in describe(load_settings()) if one.name == "gate")
    assert line.value == "leave"


def test_a_key_for_hr_that_is_soon_guessed_is_refused(monkeypatch):
    monkeypatch.setenv("CHARTER_HR_KEY", "hr")
    with pytest.raises(SettingsError, match="at least 12 characters"):
        load_settings()


def test_suites_live_in_home_unless_a_folder_is_set(tmp_path):
    assert load_settings(home=tmp_path).suites_folder == tmp_path / "suites"
    assert load_settings(suites=tmp_path / "ours").suites_folder == tmp_path / "ours"
