"""A delivery becomes messages in Slack, once: whatever happens, it ends in a message."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from assistant.deliveries import Delivery
from bots import problems
from bots.slack import wording
from bots.slack.errands import Errands
from bots.slack.events import Heard, Way, from_json
from bots.slack.limits import Message
from bots.slack.office import Office, now
from bots.slack.questions import Answering, Outgoing
from corpus.errors import CharterError, SlackError, SlackLater, SlackRefused, SlackUnsure

# Slack's words for a message that has too much in it, or that it cannot read
_TOO_MUCH = ("invalid_blocks", "msg_too_long", "msg_blocks_too_long", "invalid_blocks_format")

_log = logging.getLogger("charter")


class Desk:
    """Replies to what came in. Safe to use from several threads."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._answering = Answering(office)
        errands = Errands(office)
        self._errands: Mapping[Way, Callable[[Heard], Outgoing]] = {
            "share": errands.share,
            "pass_on": errands.pass_on,
            "staff": errands.relay,
        }

    def reply(self, delivery: Delivery) -> None:
        """Reply to one delivery; the outermost loop of a worker, so nothing escapes."""
        try:
            try:
                self._reply(delivery)
            except SlackLater:
                raise
            except CharterError as error:
                self._tell(delivery, wording.trouble(error, problems.told(error)))
        except SlackLater as error:
            self._owe(delivery, error)
        except Exception as error:  # noqa: BLE001  the worker's outermost loop: the asker gets an id
            self._tell(delivery, wording.failed(problems.unexpected(error)))

    def refuse(self, delivery: Delivery) -> None:
        """Say that there is more to do than can be done."""
        self._tell(delivery, wording.said(wording.BUSY))

    def tell(self, heard: Heard, message: Message) -> None:
        """Say something to whoever sent a message, where they can see it."""
        try:
            self._send(heard, Outgoing((message,)))
        except SlackError as error:
            _log.error("somebody was told nothing: %s", error)

    def _tell(self, delivery: Delivery, message: Message) -> None:
        """End a delivery with a message that is no reply."""
        try:
            self._send(from_json(delivery.work), Outgoing((message,)))
        except SlackLater as error:
            self._owe(delivery, error)
            return
        except SlackError as error:
            _log.error("somebody was told nothing: %s", error)
        try:
            self._office.ledgers.deliveries.done(delivery.key)
        except CharterError as error:
            _log.error("a delivery could not be ended: %s", error)

    def _owe(self, delivery: Delivery, error: CharterError) -> None:
        """Leave a delivery to be taken up again when Slack answers: nothing of it got there."""
        _log.warning("a reply waits for Slack: %s", error)
        try:
            self._office.ledgers.deliveries.give_back(delivery.key, now())
        except CharterError as unkept:
            _log.error("a delivery could not be given back: %s", unkept)

    def _reply(self, delivery: Delivery) -> None:
        heard, deliveries = from_json(delivery.work), self._office.ledgers.deliveries
        errand = self._errands.get(heard.way)
        if delivery.in_doubt:
            outgoing = Outgoing((wording.said(wording.INTERRUPTED),))
        elif errand is None:
            outgoing = self._answering.answer(heard)
        if not deliveries.begin(delivery.key):
            return  # another replies, or it was stopped
        if errand and not delivery.in_doubt:
            outgoing = errand(heard)
        self._send(heard, outgoing)
        deliveries.done(delivery.key)

    def _send(self, heard: Heard, outgoing: Outgoing) -> None:
        slack = self._office.slack
        if heard.way in {"command", "share"} and heard.response:
            for message in (*outgoing.messages, *outgoing.aside):
                self._respond(heard, message)
            return
        if heard.way in {"command", "share", "shortcut", "pass_on"}:
            self._directly(heard.user, (*outgoing.messages, *outgoing.aside))
            return
        self._post(heard, outgoing.messages)
        for message in outgoing.aside:
            if heard.way == "direct":
                slack.post(heard.channel, message, thread=heard.thread)
            else:
                self._whisper(heard, message)

    def _post(self, heard: Heard, messages: Sequence[Message]) -> None:
        """Post where the question stands; where Charter may not, to the asker."""
        for place, message in enumerate(messages):
            try:
                self._put(heard.channel, message, heard.thread)
            except SlackUnsure:
                doubt = wording.said(wording.UNSURE)
                self._office.slack.post(heard.channel, doubt, thread=heard.thread)
                return
            except SlackLater:
                if place == 0:
                    raise
                _log.error("the rest of a long reply was left out: Slack takes no more now")
                return
            except SlackRefused as error:
                if heard.way == "direct":
                    raise
                why = wording.said(wording.not_in_channel(error.code))
                self._directly(heard.user, (why, *messages[place:]))
                return

    def _put(self, channel: str, message: Message, thread: str) -> None:
        slack = self._office.slack
        try:
            slack.post(channel, message, thread=thread)
        except SlackRefused as error:
            if not error.code.startswith(_TOO_MUCH):
                raise
            _log.error("a message went as text alone: %s", error)
            slack.post(channel, Message(message.text), thread=thread)

    def _whisper(self, heard: Heard, message: Message) -> None:
        """Show a message to the asker alone; where that cannot be in the channel, directly."""
        try:
            self._office.slack.whisper(heard.channel, heard.user, message, thread=heard.thread)
        except SlackRefused:
            self._directly(heard.user, (message,))

    def _respond(self, heard: Heard, message: Message) -> None:
        """Answer a command; its address is good for half an hour and five messages."""
        try:
            self._office.slack.respond(heard.response, message)
        except SlackRefused:
            self._directly(heard.user, (message,))

    def _directly(self, user: str, messages: Sequence[Message]) -> None:
        for message in messages:
            self._put(user, message, "")
