"""Requests to Slack through its client, and the one place where messages leave.

A post is never sent again blindly, for Slack cannot tell that it has it already: what may have
arrived is `SlackUnsure`, and the caller decides.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from threading import Event
from typing import Any, TypeVar
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bots.slack import limits
from bots.slack.limits import Message, Surface, violations
from corpus.errors import SlackError, SlackLater, SlackRefused, SlackUnsure

TIMEOUT = 15  # seconds that a request may take
PATIENCE = 90.0  # seconds that a message waits in all while Slack says that it comes too soon
SHORT = 3.0  # the same for what somebody waits for meanwhile
AGAIN = 1.0  # seconds before a request that did not get there is sent again

Told = TypeVar("Told")

_log = logging.getLogger("charter")


@dataclass(frozen=True, slots=True)
class Me:
    """Charter as Slack knows it.

    Attributes:
        scopes: what the token may do; empty where Slack does not say.
    """

    team: str
    team_name: str
    user: str
    bot: str
    name: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """A user as Slack describes them.

    Attributes:
        team: the workspace that they belong to.
        teams: all that they belong to, in an organisation of several.
    """

    id: str
    team: str
    teams: frozenset[str]
    deleted: bool
    bot: bool
    guest: bool
    stranger: bool


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to start with."""

    title: str
    message: str


class Slack:
    """A workspace, through the Web API. Safe to use from several threads.

    Every method raises SlackRefused, SlackLater or SlackUnsure.
    """

    def __init__(self, token: str, api_url: str, *, stopped: Event | None = None) -> None:
        """Take a token; ``stopped`` ends every wait."""
        self._api_url = api_url
        self._stopped = stopped or Event()
        # those that change nothing are sent again once when the connection broke; posts are not
        self._reads = self._client(token, [ConnectionErrorRetryHandler(max_retry_count=1)])
        self._writes = self._client(token, [])

    def bare_client(self) -> WebClient:
        """Return a client of the vendor's without a token, for its own parts."""
        return self._client("", [])

    def _client(self, token: str, retries: list[Any]) -> WebClient:
        return WebClient(
            token or None,
            base_url=self._api_url,
            timeout=TIMEOUT,
            retry_handlers=retries,
            logger=quiet_logger(),
        )

    def me(self) -> Me:
        """Say who Charter is."""
        told = self._call(self._reads.auth_test, SHORT)
        scopes = str(told.headers.get("x-oauth-scopes", ""))
        return Me(
            team=str(told["team_id"]),
            team_name=str(told.get("team", "")),
            user=str(told["user_id"]),
            bot=str(told.get("bot_id") or ""),
            name=str(told.get("user", "")),
            scopes=frozenset(one.strip() for one in scopes.split(",") if one.strip()),
        )

    def post(self, channel: str, message: Message, *, thread: str = "") -> str:
        """Post a message, and return its ``ts``. A user's id posts to their direct messages."""
        fit = _fit(message)
        told = self._call(
            lambda: self._writes.chat_postMessage(
                channel=channel,
                text=fit.text,
                blocks=_as_json(fit.blocks),
                thread_ts=thread or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return str(told["ts"])

    def whisper(self, channel: str, user: str, message: Message, *, thread: str = "") -> None:
        """Show a message to one person in a channel; it is gone when they reload."""
        fit = _fit(message)
        self._call(
            lambda: self._writes.chat_postEphemeral(
                channel=channel,
                user=user,
                text=fit.text,
                blocks=_as_json(fit.blocks),
                thread_ts=thread or None,
            )
        )

    def respond(self, address: str, message: Message, *, aloud: bool = False) -> None:
        """Answer a command or a button at the address that came with it."""
        fit = _fit(message)
        hook = WebhookClient(address, timeout=TIMEOUT, retry_handlers=[], logger=quiet_logger())
        told = _reached(
            lambda: hook.send(
                text=fit.text,
                blocks=[dict(block) for block in fit.blocks] or None,
                response_type="in_channel" if aloud else "ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        if told.status_code != HTTPStatus.OK:
            raise _refused("the response address", str(told.body)[:80] or str(told.status_code))

    def remove(self, channel: str, ts: str) -> None:
        """Delete a message of Charter's."""
        self._call(lambda: self._writes.chat_delete(channel=channel, ts=ts), SHORT)

    def open_form(self, trigger: str, form: Mapping[str, Any]) -> str:
        """Open a form, and return its id; a trigger is good for three seconds."""
        _fit_view(form, "modal")
        told = self._call(lambda: self._writes.views_open(trigger_id=trigger, view=dict(form)), 0.0)
        return str(told["view"]["id"])

    def update_form(self, name: str, form: Mapping[str, Any]) -> None:
        """Put another form in the place of one that is open."""
        _fit_view(form, "modal")
        self._call(lambda: self._writes.views_update(view_id=name, view=dict(form)), SHORT)

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Show somebody their page of Charter's."""
        _fit_view(view, "home")
        self._call(lambda: self._writes.views_publish(user_id=user, view=dict(view)), SHORT)

    def person(self, user: str) -> Person:
        """Describe a user."""
        told = self._call(lambda: self._reads.users_info(user=user), SHORT)["user"]
        enterprise = told.get("enterprise_user") or {}
        team = str(told.get("team_id") or "")
        return Person(
            id=str(told["id"]),
            team=team,
            teams=frozenset([team, *map(str, enterprise.get("teams", ()))]),
            deleted=bool(told.get("deleted")),
            bot=bool(told.get("is_bot")) or bool(told.get("is_workflow_bot")),
            guest=bool(told.get("is_restricted")) or bool(told.get("is_ultra_restricted")),
            stranger=bool(told.get("is_stranger")),
        )

    def user_groups(self) -> Mapping[str, frozenset[str]]:
        """Return the members of each user group, by its id; disabled groups have none."""
        told = self._call(lambda: self._reads.usergroups_list(include_users=True), SHORT)
        return {
            str(one["id"]): frozenset(map(str, one.get("users") or ()))
            for one in told["usergroups"]
            if not one.get("date_delete")
        }

    def say_working(self, channel: str, thread: str, status: str) -> None:
        """Show that Charter is at work; a message of Charter's takes it away, or an empty status.

        It is decoration: where it fails, nothing is said.
        """
        try:
            self._call(
                lambda: self._reads.assistant_threads_setStatus(
                    channel_id=channel, thread_ts=thread, status=limits.cut(status, limits.STATUS)
                ),
                0.0,
            )
        except SlackError as error:
            _log.debug("no status: %s", error)

    def suggest(self, channel: str, prompts: Sequence[Prompt], title: str) -> None:
        """Offer questions to start with, where somebody opens Charter's messages."""
        offered = [
            {"title": limits.cut(one.title, limits.PROMPT_TITLE), "message": one.message}
            for one in prompts[: limits.PROMPTS]
        ]
        # named by hand, for the vendor's method demands a thread that new apps do not have
        body = {"channel_id": channel, "title": title, "prompts": offered}
        self._call(
            lambda: self._reads.api_call("assistant.threads.setSuggestedPrompts", json=body), SHORT
        )

    def unfurl(self, place: Mapping[str, str], cards: Mapping[str, Mapping[str, Any]]) -> None:
        """Put cards under links of a message.

        Args:
            place: ``channel`` and ``ts``, or ``unfurl_id`` and ``source``.
            cards: by the link.
        """
        body = {**place, "unfurls": dict(cards)}
        self._call(lambda: self._reads.api_call("chat.unfurl", json=body), SHORT)

    def _call(self, send: Callable[[], SlackResponse], patience: float = PATIENCE) -> SlackResponse:
        """Send a request; wait where Slack says so, as long as the patience lasts."""
        began = time.monotonic()
        while True:
            wait = AGAIN
            try:
                return _reached(send)
            except SlackApiError as error:
                wait = _asked_to_wait(error)
                trouble = _trouble(error)
            except SlackLater as error:
                trouble = error
            if wait < 0 or time.monotonic() - began + wait > patience:
                raise trouble
            if self._stopped.wait(wait):
                raise trouble


def quiet_logger() -> logging.Logger:
    """Return the logger of the vendor's parts: in Charter's log, and without what people write."""
    logger = logging.getLogger("charter.slack")
    logger.setLevel(logging.WARNING)
    if not logger.hasHandlers():  # a command says itself what went wrong
        logger.addHandler(logging.NullHandler())
    return logger


def _reached(send: Callable[[], Told]) -> Told:
    try:
        return send()
    except URLError as error:
        # urllib wraps what goes wrong until the request is sent, and nothing after that
        raise SlackLater(
            f"Slack cannot be reached: {error.reason}.", "Check the network, then try again."
        ) from error
    except (OSError, HTTPException) as error:  # TimeoutError is one
        raise _unsure(type(error).__name__) from error
    except SlackApiError:
        raise
    except SlackClientError as error:
        raise _refused("the request", str(error)) from error


def _asked_to_wait(error: SlackApiError) -> float:
    """Return the seconds that Slack wants to be left in peace; negative where it says nothing."""
    if error.response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        return -1.0
    said = str(error.response.headers.get("Retry-After", "1"))
    return float(said) if said.isdigit() else 1.0


def _trouble(error: SlackApiError) -> SlackError:
    response = error.response
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unsure(f"status {response.status_code}")
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return SlackLater("Slack takes no more of these requests now.", "Try again in a minute.")
    told = response.data if isinstance(response.data, dict) else {}
    lacking = f"{told['needed']} is needed" if told.get("needed") else ""
    return _refused(str(response.api_url), str(told.get("error", response.status_code)), lacking)


def _refused(what: str, code: str, more: str = "") -> SlackRefused:
    method = what.rstrip("/").rpartition("/")[2]
    said = f"{code} ({more})" if more else code
    error = SlackRefused(
        f"Slack refuses {method}: {said}.", "Run `charter slack check` to learn what is missing."
    )
    error.code = code
    return error


def _unsure(reason: str) -> SlackUnsure:
    return SlackUnsure(
        f"Slack did not say whether it did what was asked: {reason}.", "Look whether it was done."
    )


def _fit(message: Message) -> Message:
    """Return a message that Slack takes: where its blocks are too much, its text alone."""
    found = violations(message.blocks, "message")
    if found:
        _log.error("a message was too much for Slack, and went as text: %s", "; ".join(found))
    text = limits.cut(message.text, limits.NOTICE)
    return Message(text, () if found else message.blocks)


def _fit_view(view: Mapping[str, Any], surface: Surface) -> None:
    found = violations(view["blocks"], surface)
    if found:
        raise _refused("a view", "; ".join(found))


def _as_json(blocks: Sequence[Mapping[str, Any]]) -> str | None:
    return json.dumps(list(blocks)) if blocks else None
