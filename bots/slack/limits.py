"""What Slack takes and no more, in one place.

Figures are those of Slack's documentation; where a smaller one was reported in practice, that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]
Block = Mapping[str, Any]  # as it goes into JSON

MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MESSAGE_CHARACTERS = 11_500  # in all blocks; from 12,000 on messages were refused
RICH_TEXT = 2_800  # characters of one block, as of a section; Slack names no limit for rich text
NOTICE = 3_000  # characters of `text`; from 4,000 on messages were refused
SECTION = 3_000
HEADER = 150
BUTTON = 75
VALUE = 2_000
IDENTIFIER = 255
LABEL = 75  # of an option; of a label of an input 2,000
TITLE = 24  # of a modal, and its buttons
INITIAL = 3_000  # characters that a field may begin with
PROMPTS = 4
PROMPT_TITLE = 60  # longer ones are cut by the client
STATUS = 50
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000
CONTEXT_ELEMENTS = 10
ACTIONS = 25
CONTEXT_ACTIONS = 5
METADATA = 3_000  # characters of private_metadata

_ONLY_IN_MESSAGES = frozenset({"context_actions", "markdown", "plan", "task_card", "table"})


@dataclass(frozen=True, slots=True)
class Message:
    """A message to post.

    Attributes:
        text: what notifications show and screen readers say; it carries what the blocks say.
    """

    text: str
    blocks: tuple[Block, ...] = ()


def cut(text: str, most: int) -> str:
    """Return a text that is short enough, with a sign where something is left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def size(block: Block) -> int:
    """Count the characters of a block that a reader sees, and its addresses."""
    return sum(map(len, _strings(block)))


def violations(blocks: Sequence[Block], surface: Surface) -> list[str]:
    """Say in which ways Slack would refuse some blocks; nothing where it would take them."""
    found = []
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(f"{len(blocks)} blocks, {MOST_BLOCKS[surface]} are the most")
    if surface == "message" and sum(map(size, blocks)) > MESSAGE_CHARACTERS:
        found.append(f"more than {MESSAGE_CHARACTERS} characters")
    if sum(block["type"] == "table" for block in blocks) > 1:
        found.append("more than one table")
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(names) > len(set(names)):
        found.append("two blocks of one name")
    for block in blocks:
        found += [f"{block['type']}: {problem}" for problem in _of_block(block, surface)]
    return found


def _of_block(block: Block, surface: Surface) -> Iterator[str]:
    kind = block["type"]
    if surface != "message" and kind in _ONLY_IN_MESSAGES:
        yield f"not in a {surface}"
    if kind == "section" and not 0 < len(block["text"]["text"]) <= SECTION:
        yield "text"
    if kind == "header" and not 0 < len(block["text"]["text"]) <= HEADER:
        yield "text"
    if kind == "table":
        yield from _of_table(block)
    most = {"actions": ACTIONS, "context": CONTEXT_ELEMENTS, "context_actions": CONTEXT_ACTIONS}
    if kind in most and not 0 < len(block["elements"]) <= most[kind]:
        yield "elements"
    if kind == "rich_text" and any(part.get("text") == "" for part in _parts(block)):
        yield "an empty text"
    for part in _parts(block):
        if len(part.get("action_id", "")) > IDENTIFIER or len(part.get("value", "")) > VALUE:
            yield "an identifier or a value"
        if part.get("type") == "button" and len(part["text"]["text"]) > BUTTON:
            yield "a button"


def _of_table(block: Block) -> Iterator[str]:
    rows = block["rows"]
    if not 0 < len(rows) <= TABLE_ROWS or any(len(row) > TABLE_COLUMNS for row in rows):
        yield "rows or columns"
    if size(block) > TABLE_CHARACTERS:
        yield "characters"


def _parts(value: object) -> Iterator[Mapping[str, Any]]:
    """Go through all objects inside a block."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)


def _strings(value: object) -> Iterator[str]:
    for part in _parts(value):
        for name, held in part.items():
            if isinstance(held, str) and name in {"text", "url", "alt_text", "value", "title"}:
                yield held
