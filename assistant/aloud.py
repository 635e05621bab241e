"""A question asked where others listen: what everybody may hear, and what only the asker may."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ask import Assistant
from assistant.library.reader import Reader
from assistant.reply import Reply


@dataclass(frozen=True, slots=True)
class Spoken:
    """The replies to a question that was asked aloud.

    Attributes:
        aloud: rests on what everybody may read, whoever asks.
        aside: rests on further documents that the asker may read; None where there are none.
    """

    aloud: Reply
    aside: Reply | None = None


def ask_aloud(assistant: Assistant, text: str, reader: Reader, *, room: str) -> Spoken:
    """Answer a question for a room, and for the asker alone where they may read more.

    The room has one conversation, of what was said aloud; what the asker alone was told goes on in
    one that is theirs, so neither gets into the other.

    Args:
        assistant: answers.
        text: the question.
        reader: who asks.
        room: a name of the conversation that all who listen share.

    Raises:
        QuestionError, StoredIndexError, ModelError, StorageError: as for ``Assistant.ask``.
    """
    aloud = assistant.ask(text, conversation_id=room, asker=room)
    if not reader.groups:
        return Spoken(aloud)
    own = assistant.ask(text, conversation_id=room, groups=reader.groups, asker=reader.name)
    return Spoken(aloud, None if assistant.is_open(own) else own)
