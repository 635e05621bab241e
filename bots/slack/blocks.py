"""The few blocks that Charter is shown with.

What a document or a person wrote goes into rich text alone: there, text is text, and no sign in it
is read as a mention, a link or the end of a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bots.slack import limits
from bots.slack.limits import Block, cut

Element = dict[str, Any]


def text(words: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Return words as they are."""
    made: Element = {"type": "text", "text": words}
    style = {name: True for name, wanted in (("bold", bold), ("italic", italic)) if wanted}
    return {**made, "style": style} if style else made


def link(words: str, url: str, *, bold: bool = False) -> Element:
    """Return words that lead somewhere; the words alone where the address is not a whole one."""
    if not url.startswith(("https://", "http://", "mailto:")):
        return text(words, bold=bold)
    made: Element = {"type": "link", "text": words, "url": url}
    return {**made, "style": {"bold": True}} if bold else made


def user(person: str) -> Element:
    """Return a mention that Charter itself makes."""
    return {"type": "user", "user_id": person}


def channel(place: str) -> Element:
    """Return the name of a channel."""
    return {"type": "channel", "channel_id": place}


def contact(words: str) -> Element:
    """Return whom to ask; an address of e-mail opens a message."""
    is_address = "@" in words and " " not in words
    return link(words, f"mailto:{words}") if is_address else text(words)


def section(*elements: Element) -> Element:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": _said(elements)}


def quote(*elements: Element) -> Element:
    """Return a paragraph with a bar beside it."""
    return {"type": "rich_text_quote", "elements": _said(elements)}


def bullets(items: Iterable[Element]) -> Element:
    """Return paragraphs as the items of a list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items)}


def rich(*paragraphs: Element) -> Block:
    """Return a block of paragraphs."""
    return {"type": "rich_text", "elements": list(paragraphs)}


def words(said: str, *, bold: bool = False, italic: bool = False) -> Block:
    """Return a block of one paragraph."""
    return rich(section(text(cut(said, limits.RICH_TEXT), bold=bold, italic=italic)))


def header(said: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(cut(said, limits.HEADER))}


def note(said: str) -> Block:
    """Return small print."""
    return {"type": "context", "elements": [plain(cut(said, limits.SECTION))]}


def divider() -> Block:
    """Return a line."""
    return {"type": "divider"}


def plain(said: str) -> Element:
    """Return text without mark-up, for what takes no rich text."""
    return {"type": "plain_text", "text": said, "emoji": False}


def button(label: str, action: str, value: str, *, main: bool = False) -> Element:
    """Return a button."""
    made: Element = {
        "type": "button",
        "text": plain(cut(label, limits.BUTTON)),
        "action_id": action,
        "value": cut(value, limits.VALUE),
    }
    return {**made, "style": "primary"} if main else made


def actions(buttons: Sequence[Element]) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def feedback(action: str, value: str) -> Block:
    """Return the two buttons that Slack has for judging a reply."""
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": action,
                "positive_button": {
                    "text": plain("Helpful"),
                    "value": f"helpful {value}",
                    "accessibility_label": "This reply is helpful",
                },
                "negative_button": {
                    "text": plain("Not helpful"),
                    "value": f"unhelpful {value}",
                    "accessibility_label": "This reply is not helpful; says why in a form",
                },
            }
        ],
    }


def _said(elements: Iterable[Element]) -> list[Element]:
    return [one for one in elements if one.get("text") != ""]
