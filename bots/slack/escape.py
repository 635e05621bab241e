"""Texts on their way to Slack and back: nothing that a document or a person wrote is obeyed."""

from __future__ import annotations

import html
import re

_SPECIAL = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r":[a-z0-9_+'-]+(?:::skin-tone-\d)?:", re.IGNORECASE)
_BARE_EMOJI = re.compile(
    r"[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_QUOTED = re.compile(r"^\s*(?:&gt;|>)+ ?", re.MULTILINE)
_SPACES = re.compile(r"[^\S\n]+")


def escaped(text: str) -> str:
    """Write a text so that Slack's mark-up finds no mention, link or channel in it.

    The order matters: the sign of an escape is not escaped itself.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, bot: str, *, links: bool = False) -> str:
    """Read what a person wrote: mentions by their names, links by their labels, no mark-up.

    Lines that are quoted stay, without their signs: they are what is asked about.

    Args:
        text: as Slack sends it.
        bot: user id of Charter, whose own mention says nothing.
        links: their addresses stay beside the labels.
    """
    read = _SPECIAL.sub(lambda match: _special(match[1], bot, links=links), _QUOTED.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in html.unescape(read).splitlines())
    return "\n".join(line for line in lines if line).strip()


def says_something(text: str) -> bool:
    """Tell whether a text holds a word or a number: emojis and signs alone ask nothing."""
    bare = _BARE_EMOJI.sub("", _EMOJI.sub("", text))
    return any(letter.isalnum() for letter in bare)


def mentions_another(text: str, bot: str) -> bool:
    """Tell whether a text speaks to other people than Charter."""
    found = (match[1] for match in _SPECIAL.finditer(text))
    return any(one.startswith(("@", "!")) and not one.startswith(f"@{bot}") for one in found)


def mentions(text: str, bot: str) -> bool:
    """Tell whether a text speaks to Charter."""
    return re.search(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>", text) is not None


def _special(inside: str, bot: str, *, links: bool) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "" if target[1:] == bot else label or "a colleague"
    if target.startswith(("#", "!")):
        return label.lstrip("@") or target.lstrip("#!").partition("^")[0]
    address = target.removeprefix("mailto:")
    return f"{label} ({address})" if links and label not in {"", address} else label or address
