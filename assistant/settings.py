"""Every setting: from the command line, the environment or charter.toml, in that order."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import (
    SettingsError as UnreadableVariable,
)

import corpus
from corpus.errors import SettingsError
from indexing.origins.settings import OriginSettings, check_names

SETTINGS_FILE = Path("charter.toml")
ENVIRONMENT_PREFIX = "CHARTER_"
DEFAULT_MODEL = "all-MiniLM-L6-v2"
# read by the tests, not by Charter: with CHARTER_REQUIRE_BROWSER a missing browser is a failure
_FOR_TESTS = f"{ENVIRONMENT_PREFIX}REQUIRE_"

Share = Annotated[float, Field(ge=0, le=1)]
SlackMode = Literal["socket", "http"]
Language = Literal["en", "fr", "es"]
_UNSET = SecretStr("")
_LEAST_KEY = 12  # characters of the key for HR
# one host by its name or address: no path, and nothing that could add to a header
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)


class Settings(BaseSettings):
    """What an administrator can set; the description of each stands with it."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_ignore_empty=True,  # an empty path would be the current folder
        toml_file=SETTINGS_FILE,
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(Path(".charter"), description="folder where the index and the records live")
    corpus: Path = Field(
        Path(corpus.__file__).parent / "documents", description="folder of documents to read"
    )
    follow: bool = Field(
        default=True,
        description="keep in step with the folder: index what changes, withhold what is gone",
    )
    poll: bool = Field(
        default=False,
        description="look at the folder again and again, where its disk tells of no changes",
    )
    origins: tuple[OriginSettings, ...] = Field(
        (), description="Git repositories, web pages and folders to bring documents from as well"
    )
    fetch_every: int = Field(
        60, ge=0, description="minutes between two fetches of the origins; 0 leaves it to `index`"
    )
    host: str = Field("127.0.0.1", description="address that the server listens on")
    port: int = Field(8765, ge=0, le=65535, description="port that the server listens on")
    public_url: str = Field(
        "", description="address under which people reach the page; empty gives relative links"
    )
    language: Language = Field(
        "en",
        description="language of the pages for whoever’s browser asks for none of en, fr and es",
    )
    organisation: str = Field(
        "", max_length=120, description="name of the organisation, shown on every page"
    )
    logo: Path | None = Field(
        None, description="SVG or PNG file of at most 64 KiB, shown on every page; unset is none"
    )
    accent: str = Field(
        "",
        description="colour of links and buttons, #rrggbb; shades of it are chosen where it could "
        "not be read; empty is Charter’s own",
    )
    embed_origins: tuple[str, ...] = Field(
        (),
        description="origins of the sites that may show the box to ask in on pages of theirs, "
        "such as https://intranet.example.org; empty is none",
    )
    contact: str = Field(
        "",
        description="whom to ask where no document answers; empty names the nearest one's contact",
    )
    model: str = Field(
        DEFAULT_MODEL,
        description="embedding model: the default, or the folder of a sentence-transformers model",
    )
    reranker: str = Field(
        "",
        description="folder of a cross-encoder that reads the best passages again; empty is none",
    )
    multilingual: bool = Field(
        default=False,
        description="the model reads other languages: questions in them are found by meaning",
    )
    database: str = Field(
        "", description="SQLAlchemy address for the records; empty is a SQLite file in home"
    )
    follow_up: Literal["off", "everybody"] = Field(
        "off",
        description="who may set the status of a commitment on the page and over the API, where "
        "nobody signs in; in the terminal whoever runs the command may",
    )
    dense_weight: Share = Field(
        0.4, description="share of the embedding in choosing what is ranked; BM25 has the rest"
    )
    answer_threshold: Share | None = Field(
        None,
        description="confidence from which a question is answered, higher is more cautious; "
        "unset takes the fitted one, which `charter doctor` shows",
    )
    closest_threshold: Share | None = Field(
        None, description="confidence from which the closest passages are shown; unset as above"
    )
    secret: SecretStr = Field(
        _UNSET,
        description="key of the pseudonyms that stand for people in the records; "
        "empty is a file in home, so replicas with homes of their own set the same one",
    )
    suites: Path | None = Field(
        None, description="folder of the suites that HR owns; unset is `suites` in home"
    )
    gate: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="suites that must pass before a new index is served, by name, divided by "
        "commas; empty serves every new index",
    )
    hr_key: SecretStr = Field(
        _UNSET,
        description="key that opens the pages for HR: suites, votes, what nobody answered, "
        "documents; without one they open on the computer that Charter runs on and nowhere else",
    )
    slack_bot_token: SecretStr = Field(
        _UNSET, description="Slack’s token of the bot, xoxb-…; empty is no Slack"
    )
    slack_app_token: SecretStr = Field(
        _UNSET, description="Slack’s app-level token for Socket Mode, xapp-…"
    )
    slack_signing_secret: SecretStr = Field(
        _UNSET, description="Slack’s signing secret, for the mode http"
    )
    slack_mode: SlackMode = Field(
        "socket",
        description="how Slack’s events come: over a connection that Charter opens (socket), or "
        "to /slack/events at the public address (http)",
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="address of Slack’s Web API; another one for trials"
    )
    slack_hr_channel: str = Field(
        "", description="id of the channel where people answer what is passed on; empty is none"
    )
    slack_groups: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="audiences that the members of a Slack user group belong to, by the id of "
        "the user group",
    )
    slack_guests: bool = Field(
        default=False, description="answer guests of the workspace, from what everybody may read"
    )
    slack_workspaces: tuple[str, ...] = Field(
        (),
        description="ids of other workspaces whose people are answered in shared channels, from "
        "what everybody may read",
    )
    slack_follow_threads: bool = Field(
        default=True,
        description="hear messages in threads where Charter has answered, without a mention; "
        "Slack ties these events to the scopes channels:history and groups:history",
    )

    @field_validator("origins")
    @classmethod
    def _told_apart(cls, origins: tuple[OriginSettings, ...]) -> tuple[OriginSettings, ...]:
        check_names(origins)
        return origins

    @field_validator("gate", mode="before")
    @classmethod
    def _by_commas(cls, names: object) -> object:
        if isinstance(names, str):
            return tuple(filter(None, map(str.strip, names.split(","))))
        return names

    @field_validator("hr_key")
    @classmethod
    def _hard_to_guess(cls, key: SecretStr) -> SecretStr:
        if 0 < len(key.get_secret_value()) < _LEAST_KEY:
            raise ValueError(f"It has at least {_LEAST_KEY} characters, so that nobody guesses it")
        return key

    @property
    def suites_folder(self) -> Path:
        """The folder of the suites."""
        return self.suites or self.home / "suites"

    @field_validator("public_url")
    @classmethod
    def _on_the_web(cls, address: str) -> str:
        if address and not address.startswith(("http://", "https://")):
            raise ValueError("It begins with http:// or https://.")
        return address.rstrip("/")

    @field_validator("accent")
    @classmethod
    def _of_six_digits(cls, colour: str) -> str:
        if colour and not re.fullmatch("#[0-9a-f]{6}", colour.lower(), re.ASCII):
            raise ValueError("It is written as #rrggbb, such as #0a5750")
        return colour.lower()

    @field_validator("embed_origins")
    @classmethod
    def _each_an_origin(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin.lower()):
                raise ValueError(
                    f"“{origin}” is no origin; it is written as https://intranet.example.org, "
                    "with a port where it has one and nothing after it"
                )
        return tuple(origin.lower() for origin in origins)

    @field_validator("slack_api_url")
    @classmethod
    def _with_slash(cls, address: str) -> str:
        return f"{address.rstrip('/')}/"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic-settings passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the command line first, then the environment, then charter.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as ``charter settings`` lists it."""

    name: str
    environment: str
    value: str
    source: str
    help: str


def load_settings(**overrides: object) -> Settings:
    """Read the settings; an override of None counts as not given.

    Raises:
        SettingsError: a value cannot be used, or charter.toml holds an unknown line, or the
            environment an unknown variable.
    """
    _refuse_unknown_variables()
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value
    except ValidationError as error:
        raise SettingsError(_problem(error), "Run `charter settings` for the list.") from error
    except UnreadableVariable as error:
        field = re.search(r'"(\w+)"', str(error))  # its message names the field
        name = field[1].upper() if field else "…"
        raise SettingsError(
            f"{ENVIRONMENT_PREFIX}{name} is not written in JSON.", f"Write it in {SETTINGS_FILE}."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(
            f"{SETTINGS_FILE} cannot be read: {error}.", "Mend the line."
        ) from error


def _refuse_unknown_variables() -> None:
    """Refuse what is written like a setting and is none: a slip would change nothing unseen."""
    known = [ENVIRONMENT_PREFIX + name.upper() for name in Settings.model_fields]
    for variable in sorted(os.environ):
        name = variable.upper()
        ours = name.startswith(ENVIRONMENT_PREFIX) and not name.startswith(_FOR_TESTS)
        if ours and name not in known:
            like = get_close_matches(name, known, 1)
            raise SettingsError(
                f"There is no setting for the variable {variable}.",
                (f"Did you mean {like[0]}? " if like else "")
                + "Run `charter settings` for the list once it is removed.",
            )


def _problem(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "a setting"
    if first["type"] == "extra_forbidden":
        return f"There is no setting “{name}”."
    variable = f"{ENVIRONMENT_PREFIX}{name.partition('.')[0].upper()}"
    problem = first["msg"].removeprefix("Value error, ")
    return f"The setting {name} ({variable}) cannot be used: {problem}."


def describe(settings: Settings) -> tuple[SettingLine, ...]:
    """List every setting with its value and where the value comes from."""
    in_file = tomllib.loads(SETTINGS_FILE.read_text("utf-8")) if SETTINGS_FILE.exists() else {}
    lines = []
    for name, field in Settings.model_fields.items():
        environment = ENVIRONMENT_PREFIX + name.upper()
        held = getattr(settings, name)
        value = "" if held is None or held in ({}, ()) else str(held)
        if name == "database" and value:
            value = hide_password(value)
        if name == "gate":
            value = ", ".join(settings.gate)
        if name == "origins":
            value = ", ".join(map(str, settings.origins))
        if isinstance(held, SecretStr) and value:
            value = "(set, not shown)"
        if any(one.upper() == environment and given for one, given in os.environ.items()):
            source = "environment"
        else:
            source = str(SETTINGS_FILE) if name in in_file else "default"
        lines.append(SettingLine(name, environment, value, source, field.description or ""))
    return tuple(lines)


def hide_password(address: str) -> str:
    """Return the address of a database as it may be shown."""
    from sqlalchemy import make_url  # noqa: PLC0415  takes 0.2 s, and most commands show no address
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415  the same

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        return "(no address of a database)"
    open_part = {name: value for name, value in url.query.items() if "pass" not in name.lower()}
    return url.set(query=open_part).render_as_string(hide_password=True)
