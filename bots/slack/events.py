"""What comes in, read: which events are questions, and which are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from bots.slack.bodies import Body, ChangedEvent, MessageEvent, Written, read
from bots.slack.escape import mentions, mentions_another, plain

Way = Literal["mention", "direct", "thread", "command", "shortcut", "share", "pass_on", "staff"]

_SYSTEM = frozenset({"USLACK", "USLACKBOT"})
_PLAIN = frozenset({"", "file_share", "thread_broadcast"})  # subtypes of what people write
_WITHOUT_WORDS = ("message_deleted", "message_replied")  # they have another shape


@dataclass(frozen=True, slots=True)
class Heard:
    """A message to Charter.

    Attributes:
        way: how it came: a mention in a channel, a direct message, a message in a thread where
            Charter has answered, a command, the shortcut of a message, a reply to be shared, a
            question to be passed on to people, or what those people reply.
        ts: of the message; else what stands for it, the same however often it comes.
        thread: ``ts`` of the thread that the reply belongs in; empty where there is none.
        text: in words, without mark-up.
        raw: the same as it was sent.
        response: address to answer a command or a button at; empty for messages.
        about: id of the reply of Charter's that it is about; or empty.
        aside: it also speaks to somebody else.
        shared: people of other organisations read the channel as well.
    """

    way: Way
    team: str
    channel: str
    user: str
    ts: str
    thread: str
    text: str
    raw: str = ""
    response: str = ""
    about: str = ""
    aside: bool = False
    shared: bool = False

    @property
    def private(self) -> bool:
        """Whether nobody but the asker reads the reply."""
        return self.way in {"direct", "command", "shortcut"}


_HEARD = TypeAdapter(Heard)


def to_json(heard: Heard) -> str:
    """Write down what is needed to reply."""
    return _HEARD.dump_json(heard).decode()


def from_json(text: str) -> Heard:
    """Read it again."""
    return _HEARD.validate_json(text)


def question_in(body: Body, bot: str) -> Heard | None:
    """Return the message of an event that may be a question; None where it is none.

    Args:
        body: of an event ``app_mention`` or ``message``.
        bot: user id of Charter.
    """
    event = body["event"]
    if event.get("subtype") == "message_changed":
        changed = read(ChangedEvent, event)
        return _edited(body, changed, bot) if changed else None
    if event.get("subtype") in _WITHOUT_WORDS:
        return None
    said = read(MessageEvent, event)
    if said is None or not _by_a_person(said, bot) or (said.subtype or "") not in _PLAIN:
        return None
    way = _way(said, bot)
    return _heard(body, said, channel=said.channel, way=way, bot=bot) if way else None


def _way(said: MessageEvent, bot: str) -> Way | None:
    if said.type == "app_mention":
        return "mention"
    if said.channel_type == "im":
        return "direct"
    if mentions(said.words, bot):
        return "mention"  # the same message comes as app_mention as well; one of them is taken
    answers = said.thread_ts and said.thread_ts != said.ts
    return "thread" if answers else None


def _edited(body: Body, changed: ChangedEvent, bot: str) -> Heard | None:
    """Return a message that an edit turned into a question: only if that added the mention.

    Previews, replies in its thread and much else change a message as well.
    """
    after, before = changed.message, changed.previous_message
    adds = mentions(after.words, bot) and not mentions(before.words, bot)
    editor = after.edited.user if after.edited else after.user
    if not adds or not _by_a_person(after, bot) or editor != after.user:
        return None
    if changed.channel_type == "im" or (after.subtype or "") not in _PLAIN:
        return None
    return _heard(body, after, channel=changed.channel, way="mention", bot=bot)


def _by_a_person(said: Written, bot: str) -> bool:
    other = said.bot_id or said.bot_profile or said.app_id
    return bool(said.user) and said.user not in {bot, *_SYSTEM} and not other


def _heard(body: Body, said: Written, *, channel: str, way: Way, bot: str) -> Heard:
    return Heard(
        way=way,
        team=str(body.get("team_id") or ""),
        channel=channel,
        user=said.user,
        ts=said.ts,
        thread=said.thread_ts or said.ts,
        text=plain(said.words, bot),
        raw=said.words,
        shared=bool(body.get("is_ext_shared_channel")),
        aside=mentions_another(said.words, bot),
    )
