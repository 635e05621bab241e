"""What is missing between Charter and Slack, in plain words."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from hashlib import sha256
from hmac import new as hmac_of
from threading import Event

import httpx
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from assistant.doctor import Finding
from assistant.settings import Settings
from bots.slack.bodies import Body
from bots.slack.calls import Me, Slack, quiet_logger
from bots.slack.http import PATH
from bots.slack.joining import check_set
from bots.slack.manifest import scopes_of
from bots.slack.socket import connected
from bots.slack.wording import said
from corpus.errors import SettingsError, SlackError, SlackRefused

HEARD_WITHIN = 10.0  # seconds
AGAIN = "Print the manifest again with `charter slack manifest`, save it there, and reinstall."
TRIAL = "Charter tries its connection; this message goes away."


def check(settings: Settings, channel: str = "") -> Iterator[Finding]:
    """Try tokens, scopes, events and the round trip.

    Args:
        settings: those to try.
        channel: id of a channel to post to for a moment; the one where people answer if empty.
    """
    try:
        check_set(settings)
    except SettingsError as error:
        yield Finding("error", "settings", error.problem, error.remedy)
        return
    slack = Slack(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        me = slack.me()
    except SlackError as error:
        yield Finding("error", "bot token", error.problem, _remedy_of_token(error))
        return
    yield Finding("ok", "bot token", f"Charter is {me.name} in {me.team_name}.")
    yield from _scopes(settings, me)
    yield from _groups(settings, slack)
    yield _page(settings)
    place = channel or settings.slack_hr_channel
    if settings.slack_mode == "socket":
        yield from _over_socket(settings, slack, place)
    else:
        yield _over_http(settings)
        yield from _posting(slack, place)


def _scopes(settings: Settings, me: Me) -> Iterator[Finding]:
    if not me.scopes:
        yield Finding("warning", "scopes", "Slack does not say which the token has.", "")
        return
    lacking = {one: why for one, why in scopes_of(settings).items() if one not in me.scopes}
    for scope, why in lacking.items():
        yield Finding("error", f"scope {scope}", f"It is missing: with it, Charter {why}.", AGAIN)
    if not lacking:
        yield Finding("ok", "scopes", "All that the settings need are there.")


def _groups(settings: Settings, slack: Slack) -> Iterator[Finding]:
    if not settings.slack_groups:
        return
    try:
        known = slack.user_groups()
    except SlackError as error:
        yield Finding("error", "user groups", error.problem, error.remedy)
        return
    for group in settings.slack_groups:
        if group in known:
            count = len(known[group])
            yield Finding("ok", f"user group {group}", f"It has {count} members.")
        else:
            yield Finding(
                "error",
                f"user group {group}",
                "Slack knows none by this id.",
                "Take the id, S…, from the group’s address in Slack; a handle can be renamed.",
            )


def _page(settings: Settings) -> Finding:
    if settings.public_url:
        return Finding("ok", "links", f"Citations lead to {settings.public_url}.")
    return Finding(
        "warning",
        "links",
        "Citations have no links, for the address of the page is not set.",
        "Set CHARTER_PUBLIC_URL to where people reach `charter serve`.",
    )


def _over_socket(settings: Settings, slack: Slack, place: str) -> Iterator[Finding]:
    heard = _Heard()
    app = App(
        client=slack.bare_client(),
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None),
        signing_secret="none",  # noqa: S106  this mode takes no signed requests
        ignoring_self_events_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        logger=quiet_logger(),
    )
    app.event("message")(heard.hear)
    try:
        with connected(app, settings.slack_app_token.get_secret_value()):
            yield Finding("ok", "Socket Mode", "The connection opens.")
            yield from _posting(slack, place, heard if settings.slack_follow_threads else None)
    except SlackError as error:
        yield Finding("error", "Socket Mode", error.problem, error.remedy)


class _Heard:
    """Waits for the event of one message."""

    def __init__(self) -> None:
        self._texts: set[str] = set()
        self._came = Event()
        self.wanted = ""

    def hear(self, body: Body) -> None:
        """Take an event."""
        self._texts.add(str(body["event"].get("text") or ""))
        if any(self.wanted in text for text in self._texts if self.wanted):
            self._came.set()

    def waited(self) -> bool:
        """Tell whether it came in time."""
        return self._came.wait(HEARD_WITHIN)


def _posting(slack: Slack, place: str, heard: _Heard | None = None) -> Iterator[Finding]:
    """Post a message that goes away again, and wait for its event where there is to be one."""
    if not place:
        yield Finding(
            "warning",
            "round trip",
            "It was not tried, for no channel is named.",
            "Name one where Charter is a member: `charter slack check --channel C…`.",
        )
        return
    mark = secrets.token_hex(4)
    if heard:
        heard.wanted = mark
    try:
        ts = slack.post(place, said(f"{TRIAL} ({mark})"))
    except SlackError as error:
        yield Finding("error", f"channel {place}", error.problem, _remedy_of_place(error))
        return
    came = heard.waited() if heard else None
    try:
        slack.remove(place, ts)
    except SlackError as error:
        yield Finding("warning", f"channel {place}", error.problem, "Delete the trial message.")
    yield _of_round_trip(came)


def _of_round_trip(came: bool | None) -> Finding:  # noqa: FBT001  it says what became of it
    if came is None:
        return Finding(
            "ok", "round trip", "Charter can post. Mention it in a channel to try its events."
        )
    if came:
        return Finding("ok", "round trip", "A message was posted, and its event came back.")
    return Finding(
        "error",
        "round trip",
        f"A message was posted, and within {HEARD_WITHIN:g} s no event of it came.",
        "Another Charter may be running, which got it. Else: " + AGAIN,
    )


def _over_http(settings: Settings) -> Finding:
    """Send to the public address what Slack sends when it verifies it, signed as Slack would."""
    address, challenge = settings.public_url + PATH, secrets.token_hex(8)
    subject = f"events at {address}"
    body = json.dumps({"type": "url_verification", "challenge": challenge}).encode()
    moment = str(int(time.time()))
    secret = settings.slack_signing_secret.get_secret_value().encode()
    signature = hmac_of(secret, b"v0:" + moment.encode() + b":" + body, sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": moment,
        "x-slack-signature": f"v0={signature}",
    }
    try:
        told = httpx.post(address, content=body, headers=headers, timeout=HEARD_WITHIN)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Finding(
            "error",
            subject,
            f"It cannot be reached from here: {error or type(error).__name__}.",
            "Start `charter serve`, and let CHARTER_PUBLIC_URL lead to it from outside, by https.",
        )
    if challenge in told.text and told.is_success:
        return Finding("ok", subject, "A request signed as Slack signs is answered.")
    return Finding(
        "error",
        subject,
        f"A request signed as Slack signs is answered with {told.status_code}.",
        "Does the server there run with the same CHARTER_SLACK_SIGNING_SECRET?",
    )


def _remedy_of_token(error: SlackError) -> str:
    if isinstance(error, SlackRefused):
        return "Copy the Bot User OAuth Token, xoxb-…, from “Install App”."
    return error.remedy


def _remedy_of_place(error: SlackError) -> str:
    if isinstance(error, SlackRefused) and error.code in {"not_in_channel", "channel_not_found"}:
        return "Take the channel’s id, and invite Charter there: /invite @Charter."
    return error.remedy
