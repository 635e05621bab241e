"""Buttons and forms, read: what was clicked where, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bots.slack.bodies import BlockActions, Body, ViewSubmission, read


@dataclass(frozen=True, slots=True)
class Click:
    """A button that somebody clicked.

    Attributes:
        value: what the button says.
        thread: ``ts`` of the thread that the message stands in; empty where it stands in none.
        trigger: opens a form, for three seconds.
        response: address to answer at.
        fleeting: the message is shown to this person alone.
    """

    user: str
    channel: str
    value: str
    thread: str
    trigger: str
    response: str
    fleeting: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that somebody sent.

    Attributes:
        name: what tells it from every other, also when it is sent twice.
        about: what Charter had noted in it.
        typed: by the name of the field; empty fields are left out.
    """

    user: str
    name: str
    about: str
    typed: Mapping[str, str]


def click_in(body: Body) -> Click | None:
    """Read a click; None where it is none."""
    told = read(BlockActions, body)
    if told is None:
        return None
    thread = (told.message.thread_ts if told.message else None) or told.container.thread_ts
    return Click(
        user=told.user.id,
        channel=told.channel.id if told.channel else told.container.channel_id,
        value=told.actions[0].value or "",
        thread=thread or "",
        trigger=told.trigger_id,
        response=told.response_url,
        fleeting=told.container.is_ephemeral,
    )


def submission_in(body: Body) -> Submission | None:
    """Read what was typed into a form; None where it is none."""
    told = read(ViewSubmission, body)
    if told is None:
        return None
    typed = {}
    for fields in told.view.state.values.values():
        for name, held in fields.items():
            value = held.selected_option.value if held.selected_option else held.value
            if value:
                typed[name] = value
    return Submission(told.user.id, told.view.id, told.view.private_metadata, typed)
