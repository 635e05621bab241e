"""One question becomes messages: for everybody who reads the channel, and for the asker alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from threading import Semaphore

from assistant.aloud import ask_aloud
from assistant.asked import AskedQuestion
from assistant.conversation.follow_ups import greets
from assistant.conversation.phrasing import AUX, WH
from assistant.library.reader import Reader
from assistant.reply import Reply
from assistant.writing.wire import outcome
from bots.slack import wording
from bots.slack.escape import says_something
from bots.slack.events import Heard
from bots.slack.limits import Message
from bots.slack.office import Office, now
from bots.slack.reply_shown import Offer, reply_messages

# Answering holds the interpreter: more threads at once would only let acknowledgements wait.
_AT_ONCE = 2
_ASKS = re.compile(
    rf"\?|^\W*(?:(?:and|but|or|so|also|ok|okay)\b\W*)?"
    rf"(?:(?:by|until|since|from|for|to|in|at|with)\s+)?(?:{WH}|{AUX})\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"^\W*(?:and|but|or|also)\s+(?:for|in|on|at|with|if|what)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be posted.

    Attributes:
        messages: where the question stands, for all who read there.
        aside: for the asker alone.
    """

    messages: tuple[Message, ...] = ()
    aside: tuple[Message, ...] = ()


class Answering:
    """Answers questions of a workspace."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._turns = Semaphore(_AT_ONCE)

    def answer(self, heard: Heard) -> Outgoing:
        """Return what is to be posted for a question; nothing for what nobody asked Charter.

        Raises:
            CharterError: why it cannot be answered.
        """
        reader = self._office.people.reader(heard.user, among_others=heard.shared)
        if not reader.admitted:
            refusal = (wording.said(reader.refusal),)
            return Outgoing() if heard.way == "thread" else Outgoing(aside=refusal)
        if not says_something(heard.text) or greets(heard.text):
            return self._help()
        if heard.thread:
            self._office.slack.say_working(heard.channel, heard.thread, wording.WORKING)
        with self._turns:
            return self._privately(heard, reader) if heard.private else self._aloud(heard, reader)

    def _help(self) -> Outgoing:
        message = wording.help_message(self._office.examples(), page=self._office.page)
        return Outgoing((message,))

    def _aloud(self, heard: Heard, reader: Reader) -> Outgoing:
        room = self._office.name("thread", heard.channel, heard.thread)
        spoken = ask_aloud(self._office.assistant, heard.text, reader, room=room)
        self._note(heard, reader, spoken.aside or spoken.aloud)
        if heard.shared and not self._office.people.admits_others:
            apart = replace(self._office.offer, fleeting=True, said_first=wording.SHARED)
            return Outgoing(aside=reply_messages(spoken.aside or spoken.aloud, apart))
        messages = reply_messages(spoken.aloud, self._office.offer)
        if spoken.aside is None:
            return Outgoing(messages)
        offer = replace(self._office.offer, fleeting=True, said_first=wording.ASIDE)
        return Outgoing(messages, reply_messages(spoken.aside, offer))

    def _privately(self, heard: Heard, reader: Reader) -> Outgoing:
        room = self._office.name("thread", heard.channel, heard.thread or heard.user)
        if heard.way == "command":
            spoken = ask_aloud(self._office.assistant, heard.text, reader, room=room)
            reply, shareable = spoken.aside or spoken.aloud, spoken.aside is None
        else:
            reply = self._office.assistant.ask(
                heard.text, conversation_id=room, groups=reader.groups, asker=reader.name
            )
            shareable = False
        self._note(heard, reader, reply)
        return Outgoing(reply_messages(reply, self._offer(heard, reply, shareable=shareable)))

    def _offer(self, heard: Heard, reply: Reply, *, shareable: bool) -> Offer:
        offer = self._office.offer
        if heard.way == "direct":
            return offer
        if heard.way == "shortcut":
            return replace(offer, asked=heard.text)
        first = "" if shareable else wording.ASIDE_HERE
        return replace(
            offer, fleeting=True, share=shareable, said_first=first, asked=reply.question.text
        )

    def _note(self, heard: Heard, reader: Reader, reply: Reply) -> None:
        asked = AskedQuestion(reader.name, heard.text, reply.id, outcome(reply), now())
        self._office.ledgers.asked.note(asked)


def asks(text: str) -> bool:
    """Tell whether a message in a thread asks something, so that Charter may speak up unasked."""
    if greets(text) or not says_something(text):
        return False
    return bool(_ASKS.search(text) or _LEANS.search(text))
