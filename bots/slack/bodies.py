"""What Slack sends, checked as it enters: only what is read of it, and nothing on trust."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Body = Mapping[str, Any]  # as Slack sends it
Read = TypeVar("Read", bound=BaseModel)

_log = logging.getLogger("charter")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Edited(_Part):
    """Who changed a message."""

    user: str = ""


class Written(_Part):
    """A message, in its event or inside another."""

    user: str = ""
    ts: str
    text: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    bot_profile: Any = None
    app_id: str | None = None
    edited: Edited | None = None

    @property
    def words(self) -> str:
        """What it says; empty for files alone."""
        return self.text or ""


class MessageEvent(Written):
    """An event ``message`` or ``app_mention`` of what somebody wrote."""

    type: str
    channel: str
    channel_type: str = ""


class ChangedEvent(_Part):
    """An event ``message`` of one that changed."""

    channel: str
    channel_type: str = ""
    message: Written
    previous_message: Written


class HomeOpened(_Part):
    """Somebody opened Charter's page or messages."""

    user: str
    channel: str
    tab: str = ""


class Link(_Part):
    """A link in a message."""

    url: str


class LinkShared(_Part):
    """Somebody posted links of Charter's, or is about to."""

    channel: str
    message_ts: str
    links: tuple[Link, ...] = ()
    unfurl_id: str = ""
    source: str = ""


class SessionStopped(_Part):
    """Somebody pressed stop."""

    channel: str
    thread_ts: str


class Command(_Part):
    """A slash command."""

    channel_id: str
    user_id: str
    trigger_id: str
    response_url: str
    text: str = ""


class Named(_Part):
    """A person, channel or view by its id."""

    id: str


class Container(_Part):
    """Where a button stands."""

    channel_id: str = ""
    thread_ts: str | None = None
    is_ephemeral: bool = False


class Clicked(_Part):
    """A button that was clicked."""

    value: str | None = None


class BlockActions(_Part):
    """A click."""

    user: Named
    actions: tuple[Clicked, ...] = Field(min_length=1)
    trigger_id: str
    response_url: str = ""
    channel: Named | None = None
    container: Container = Container()
    message: Written | None = None


class Option(_Part):
    """What was chosen."""

    value: str


class Typed(_Part):
    """What a field of a form holds."""

    value: str | None = None
    selected_option: Option | None = None


class State(_Part):
    """What a form holds."""

    values: dict[str, dict[str, Typed]] = {}


class View(_Part):
    """A form that was sent."""

    id: str
    private_metadata: str = ""
    state: State = State()


class ViewSubmission(_Part):
    """Somebody sent a form."""

    user: Named
    view: View


class MessageAction(_Part):
    """Somebody used the shortcut of a message."""

    trigger_id: str
    response_url: str = ""
    message: Written | None = None


def read(model: type[Read], body: object) -> Read | None:
    """Read a body, or a part of one; None where it has another shape, which the log then says."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        _log.warning("Slack sent no %s: %s %s", model.__name__, place, first["msg"])
        return None
