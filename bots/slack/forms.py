"""The forms that Charter opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.feedback import LONGEST_WORDS, REASONS
from assistant.reply import LONGEST_QUESTION
from bots.slack import limits
from bots.slack.blocks import channel, plain, quote, rich, section, text, words
from bots.slack.limits import Block, cut
from bots.slack.packing import in_blocks

View = dict[str, Any]

WHY = "why_form"
PERSON = "person_form"
ASK = "ask_form"
REASON = "reason"
WORDS = "words"
QUESTION = "question"


def why_form(reply: str) -> View:
    """Ask why a reply did not help."""
    options = [{"text": plain(said), "value": reason} for reason, said in REASONS.items()]
    reason = {"type": "radio_buttons", "action_id": REASON, "options": options}
    own = {
        "type": "plain_text_input",
        "action_id": WORDS,
        "multiline": True,
        "max_length": LONGEST_WORDS,
    }
    note = "Your vote is noted already. It is counted without your name."
    return _form(
        (WHY, "Not helpful", "Send"),
        reply,
        [
            words(note),
            _field("What was wrong?", reason),
            _field("In your own words", own, optional=True),
        ],
    )


def person_form(question: str, reply: str, *, to: str, replied: str) -> View:
    """Ask a person: the question to edit, and exactly what is sent to whom.

    Args:
        question: to begin with.
        reply: id of Charter's reply.
        to: id of the channel that it is sent to.
        replied: what of Charter's reply is sent along; empty where nothing is.
    """
    along = "and Charter’s reply, as it stands below" if replied else "and nothing else"
    sent = section(
        text("If you send this, "),
        channel(to),
        text(f" gets your name, the question above, {along}. "),
        text("Charter passes on to you what they reply, as a direct message."),
    )
    more = in_blocks([quote(text(replied))]) if replied else []
    return _form((PERSON, "Ask a person", "Send"), reply, [_question(question), rich(sent), *more])


def ask_form(about: str) -> View:
    """Ask the policies about a message: its text is the question to begin with."""
    lead = words("The reply comes to you alone, as a direct message from Charter.")
    return _form((ASK, "Ask the policies", "Ask"), "", [_question(about), lead])


def waiting_form(title: str) -> View:
    """Hold the place of a form that is not ready."""
    return _told(title, "One moment…")


def told_form(title: str, sentence: str) -> View:
    """Say how a form ended."""
    return _told(title, sentence)


def _told(title: str, sentence: str) -> View:
    return {
        "type": "modal",
        "title": plain(cut(title, limits.TITLE)),
        "close": plain("Close"),
        "blocks": [words(sentence)],
    }


def _form(names: tuple[str, str, str], noted: str, blocks: Sequence[Block]) -> View:
    callback, title, submit = names
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": noted,
        "title": plain(cut(title, limits.TITLE)),
        "submit": plain(cut(submit, limits.TITLE)),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


def _question(begun: str) -> Block:
    most = min(limits.INITIAL, LONGEST_QUESTION)
    field = {
        "type": "plain_text_input",
        "action_id": QUESTION,
        "multiline": True,
        "max_length": most,
    }
    if begun:
        field["initial_value"] = cut(begun, most)
    return _field("Question", field, name=QUESTION)


def _field(label: str, element: dict[str, Any], *, optional: bool = False, name: str = "") -> Block:
    made: dict[str, Any] = {
        "type": "input",
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
    return {**made, "block_id": name} if name else made
