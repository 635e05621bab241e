"""The conversation of a chat that comes whole with every request: found by what was asked."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from assistant.ask import Assistant
from assistant.reply import Reply
from bots.openai.bodies import Message
from corpus.errors import QuestionError

REPLAYED = 6  # questions before the last one that are asked again where nothing is known of them
KNOWN = 10_000  # chats that are found again without that; those not used for longest go first


@dataclass(frozen=True, slots=True)
class Talk:
    """What a chat asks: the last question, and those before it, oldest first."""

    question: str
    earlier: tuple[str, ...]


def talk_of(messages: Sequence[Message]) -> Talk:
    """Read a chat.

    Raises:
        QuestionError: nobody asks in it, or not in words.
    """
    asked = [message for message in messages if message.role == "user"]
    if not asked:
        raise QuestionError(
            "No message is of the role “user”, so nothing is asked.", "Send one with the question."
        )
    others = sorted(asked[-1].kinds - {"text"})
    if others:
        raise QuestionError(
            f"Charter reads text alone, and the question holds a part “{others[0]}”.",
            "Ask in words.",
        )
    # in what was asked before, pictures are passed over: front ends send a refused message again
    earlier = [message.text.strip() for message in asked[:-1]]
    return Talk(asked[-1].text, tuple(filter(None, earlier)))


class Talks:
    """Asks the last question of a chat, with those before it in mind.

    A chat goes on from the reply to its question before. Which that was is remembered by what was
    asked until then; where it is not known, as after a restart, it is asked again. People who asked
    the same find the same: everybody's questions are answered from what everybody may read.
    """

    def __init__(self, assistant: Assistant, *, known: int = KNOWN) -> None:
        self._assistant = assistant
        self._most = known
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def ask(self, talk: Talk) -> Reply:
        """Answer.

        Raises:
            QuestionError, StoredIndexError, ModelError, StorageError: as ``Assistant.ask``.
        """
        return self._go_on(talk.earlier, talk.question, self._before(talk.earlier))

    def _before(self, earlier: tuple[str, ...]) -> str | None:
        """Return the conversation that some questions have led to; None where there are none."""
        first = max(0, len(earlier) - REPLAYED)
        for asked in range(len(earlier), first, -1):
            conversation = self._find(earlier[:asked])
            if conversation:
                first = asked
                break
        else:
            conversation = None
        for place in range(first, len(earlier)):
            with suppress(QuestionError):  # it was refused then as well
                reply = self._go_on(earlier[:place], earlier[place], conversation)
                conversation = reply.conversation_id
        return conversation

    def _go_on(self, earlier: tuple[str, ...], question: str, conversation: str | None) -> Reply:
        reply = self._assistant.ask(question, conversation_id=conversation)
        name = _name_of((*earlier, question.strip()))
        with self._lock:
            self._known[name] = reply.conversation_id
            self._known.move_to_end(name)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return reply

    def _find(self, asked: tuple[str, ...]) -> str | None:
        name = _name_of(asked)
        with self._lock:
            if name in self._known:
                self._known.move_to_end(name)
            return self._known.get(name)


def _name_of(asked: tuple[str, ...]) -> str:
    return sha256(json.dumps(asked).encode()).hexdigest()
