"""The list of origins in charter.toml."""

from pathlib import Path

import pytest

from assistant.settings import describe, load_settings
from corpus.errors import SettingsError
from indexing.origins.settings import OriginSettings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_origins_are_listed_without_what_could_open_them():
    Path("charter.toml").write_text(
        '[[origins]]\nname = "handbook"\ngit = "https://me:hush@git.example.org/hr"\n'
        'branch = "main"\nfolder = "/policies/"\n\n'
        '[[origins]]\nname = "intranet"\nweb = "https://example.org/map.xml?page=2&token=hush"\n'
        'about = { owner = "HR", audience = ["staff"] }\n'
    )
    settings = load_settings()
    assert [one.name for one in settings.origins] == ["handbook", "intranet"]
    assert settings.origins[0].folder == "policies"
    assert settings.origins[1].about.audience == ("staff",)
    (line,) = [line for line in describe(settings) if line.name == "origins"]
    assert line.value == (
        "handbook: https://git.example.org/hr, intranet: https://example.org/map.xml?page=2&token=…"
    )
    assert line.source == "charter.toml"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('name = "Big Name"\nweb = "https://example.org"', "small letters"),
        ('name = "../up"\nweb = "https://example.org"', "small letters"),
        ('name = "x"', "one of git, web and path"),
        ('name = "x"\ngit = "/a"\nweb = "https://example.org"', "one of git, web and path"),
        ('name = "x"\ngit = "ext::sh -c id"', "no address of a repository"),
        ('name = "x"\ngit = "https://me:hush@/x"', "no address of a repository"),
        ('name = "x"\ngit = "-oProxyCommand=x"', "no address of a repository"),
        ('name = "x"\ngit = "me@-oProxyCommand=x:y"', "no address of a repository"),
        ('name = "x"\ngit = "/a"\nbranch = "--upload-pack=x"', "no name of a branch"),
        ('name = "x"\ngit = "/a"\nfolder = "a/../../b"', "inside the repository"),
        ('name = "x"\nweb = "file:///etc/passwd"', "no address of a page"),
        ('name = "x"\nweb = "https://example.org"\ndelay = -1', "greater than or equal"),
    ],
)
def test_what_cannot_be_an_origin_is_refused_in_words(lines, problem):
    Path("charter.toml").write_text(f"[[origins]]\n{lines}\n")
    with pytest.raises(SettingsError, match=problem) as refused:
        load_settings()
    assert "CHARTER_ORIGINS)" in str(refused.value)
    assert "hush" not in str(refused.value)


def test_two_origins_of_one_name_are_refused():
    one = '[[origins]]\nname = "x"\npath = "/a"\n'
    Path("charter.toml").write_text(one + one)
    with pytest.raises(SettingsError, match="two sources are named “x”"):
        load_settings()


def test_origins_may_stand_in_the_environment(monkeypatch):
    monkeypatch.setenv("CHARTER_ORIGINS", '[{"name": "x", "path": "/a"}]')
    assert load_settings().origins == (OriginSettings(name="x", path=Path("/a")),)
    monkeypatch.setenv("CHARTER_ORIGINS", "x: /a")
    with pytest.raises(SettingsError, match="CHARTER_ORIGINS is not written in JSON"):
        load_settings()


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example.org/hr",
        "ssh://git@git.example.org/hr",
        "git@git.example.org:hr/x",
        "/a",
        "./a",
    ],
)
def test_addresses_of_repositories(address):
    assert OriginSettings(name="x", git=address).git == address
