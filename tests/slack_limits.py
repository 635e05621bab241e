"""Slack's documented limits on blocks, messages and views, as its servers hold them.

Sources: the Block Kit reference (limits of each block and element), `chat.update` for the length of
`text`; where the reference is silent, the reports gathered for this project. A schema says which
keys and types there may be; this file counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from slack_directory import Payload

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
EVERYWHERE = {"section", "divider", "image", "actions", "context", "header", "input"}
SURFACES: dict[Surface, set[str]] = {
    "message": EVERYWHERE
    | {"rich_text", "video", "file", "markdown", "table", "context_actions", "plan", "task_card"}
    | {"card", "carousel", "container", "data_table"},
    "modal": EVERYWHERE | {"rich_text", "video", "alert"},
    "home": EVERYWHERE | {"rich_text", "video"},
}
MARKDOWN = 12_000  # characters in all markdown blocks of one payload
TABLE_ROWS, TABLE_COLUMNS, TABLE_CHARACTERS = 100, 20, 10_000
UPDATE_TEXT = 4_000  # chat.update refuses more with msg_too_long
POST_TEXT = 40_000  # chat.postMessage cuts here
VIEW_BYTES = 250_000
TASK_STATUSES = {"pending", "in_progress", "complete", "error"}

# (type of block or element, path to a text) → most characters
LENGTHS = {
    ("section", "text.text"): 3000,
    ("header", "text.text"): 150,
    ("image", "alt_text"): 2000,
    ("image", "image_url"): 3000,
    ("image", "title.text"): 2000,
    ("input", "label.text"): 2000,
    ("input", "hint.text"): 2000,
    ("button", "text.text"): 75,
    ("button", "value"): 2000,
    ("button", "url"): 3000,
    ("button", "accessibility_label"): 75,
    ("feedback_buttons", "positive_button.text.text"): 75,
    ("feedback_buttons", "positive_button.value"): 2000,
    ("feedback_buttons", "positive_button.accessibility_label"): 75,
    ("feedback_buttons", "negative_button.text.text"): 75,
    ("feedback_buttons", "negative_button.value"): 2000,
    ("feedback_buttons", "negative_button.accessibility_label"): 75,
    ("icon_button", "text.text"): 75,
    ("icon_button", "value"): 2000,
    ("plain_text_input", "placeholder.text"): 150,
    ("plain_text_input", "initial_value"): 3000,
    ("static_select", "placeholder.text"): 150,
    ("mrkdwn", "text"): 3000,
    ("plain_text", "text"): 3000,
}
# (type, key) → fewest and most items
COUNTS = {
    ("actions", "elements"): (1, 25),
    ("context", "elements"): (1, 10),
    ("context_actions", "elements"): (1, 5),
    ("section", "fields"): (1, 10),
    ("static_select", "options"): (1, 100),
    ("multi_static_select", "options"): (1, 100),
    ("overflow", "options"): (1, 5),
    ("radio_buttons", "options"): (1, 10),
    ("checkboxes", "options"): (1, 10),
    ("table", "rows"): (1, TABLE_ROWS),
}
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


@dataclass(frozen=True, slots=True)
class Problem:
    """What Slack would refuse: a JSON pointer into the blocks, and why."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def problems_of_blocks(blocks: object, surface: Surface) -> list[Problem]:
    """Return everything about the blocks that Slack would refuse on this surface."""
    if not isinstance(blocks, list) or not all(isinstance(one, dict) for one in blocks):
        return [Problem("/blocks", "must be an array of blocks")]
    found = []
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(Problem("/blocks", f"no more than {MOST_BLOCKS[surface]} items allowed"))
    for place, block in enumerate(blocks):
        pointer = f"/blocks/{place}"
        if block.get("type") not in SURFACES[surface]:
            found.append(Problem(f"{pointer}/type", f"unsupported type: {block.get('type')}"))
        found += problems_of_block(block, pointer)
    return found + list(_over_all(blocks))


def _over_all(blocks: list[Payload]) -> Iterator[Problem]:
    """Yield what is wrong with the blocks taken together."""
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    for one in (one for one, times in ids.items() if times > 1):
        yield Problem("/blocks", f"block_id {one!r} is not unique")
    if sum(len(str(one.get("text", ""))) for one in _of(blocks, "markdown")) > MARKDOWN:
        yield Problem("/blocks", f"markdown blocks hold more than {MARKDOWN} characters")
    if len(_of(blocks, "table")) > 1:
        yield Problem("/blocks", "only one table is allowed")


def _of(blocks: list[Payload], kind: str) -> list[Payload]:
    return [block for block in blocks if block.get("type") == kind]


def problems_of_block(block: Payload, pointer: str) -> list[Problem]:
    """Return what is wrong with one block and everything in it."""
    found = list(_rules(block, pointer))
    actions = Counter(
        element["action_id"] for _, element in walk(block, pointer) if "action_id" in element
    )
    found += [
        Problem(pointer, f"action_id {one!r} is not unique")
        for one, times in actions.items()
        if times > 1
    ]
    for where, element in walk(block, pointer):
        found += list(problems_of_element(element, where))
    return found


def walk(found: object, pointer: str) -> Iterator[tuple[str, Payload]]:
    """Yield each object in a payload with its JSON pointer, itself first."""
    if isinstance(found, dict):
        yield pointer, found
        for key, value in found.items():
            yield from walk(value, f"{pointer}/{key}")
    elif isinstance(found, list):
        for place, value in enumerate(found):
            yield from walk(value, f"{pointer}/{place}")


def problems_of_element(element: Payload, pointer: str) -> Iterator[Problem]:
    """Yield what is too long, too many or empty in one object."""
    kind = element.get("type")
    for (owner, path), most in LENGTHS.items():
        text = _at(element, path) if owner == kind else None
        if isinstance(text, str) and len(text) > most:
            where = f"{pointer}/{path.replace('.', '/')}"
            yield Problem(where, f"must be less than {most + 1} characters")
    for (owner, key), (fewest, most) in COUNTS.items():
        items = element.get(key) if owner == kind else None
        if isinstance(items, list) and not fewest <= len(items) <= most:
            yield Problem(f"{pointer}/{key}", f"must have {fewest} to {most} items")
    if kind in {"mrkdwn", "plain_text"} and not element.get("text"):
        yield Problem(f"{pointer}/text", "must be more than 0 characters")
    for key in ("block_id", "action_id"):
        if len(str(element.get(key, ""))) > 255:
            yield Problem(f"{pointer}/{key}", "must be less than 256 characters")
    yield from _option(element, pointer)
    yield from _confirm(element, pointer)


def _at(element: Payload, path: str) -> object:
    found: object = element
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _option(element: Payload, pointer: str) -> Iterator[Problem]:
    for place, option in enumerate(element.get("options", [])):
        if isinstance(option, dict):
            if len(str(_at(option, "text.text"))) > 75:
                yield Problem(f"{pointer}/options/{place}", "text must be less than 76 characters")
            if len(str(option.get("value", ""))) > 150:
                yield Problem(f"{pointer}/options/{place}", "value over 150 characters")


def _confirm(element: Payload, pointer: str) -> Iterator[Problem]:
    confirm = element.get("confirm")
    if isinstance(confirm, dict) and "type" not in confirm:
        for key, most in CONFIRM.items():
            if len(str(_at(confirm, f"{key}.text") or "")) > most:
                yield Problem(
                    f"{pointer}/confirm/{key}", f"must be less than {most + 1} characters"
                )


def _rules(block: Payload, pointer: str) -> Iterator[Problem]:
    """Yield what a block of this type needs beyond lengths and counts."""
    match block.get("type"):
        case "section":
            if not block.get("text") and not block.get("fields"):
                yield Problem(pointer, "a section needs text or fields")
            for place, one in enumerate(block.get("fields", [])):
                if len(str(_at(one, "text"))) > 2000:
                    yield Problem(f"{pointer}/fields/{place}", "must be less than 2001 characters")
        case "markdown" if not block.get("text"):
            yield Problem(f"{pointer}/text", "must be more than 0 characters")
        case "table":
            yield from _table(block.get("rows", []), f"{pointer}/rows")
        case "task_card" | "plan":
            yield from _tasks(block, pointer)


def _table(rows: list[list[Payload]], pointer: str) -> Iterator[Problem]:
    if any(len(row) > TABLE_COLUMNS for row in rows):
        yield Problem(pointer, f"no more than {TABLE_COLUMNS} columns allowed")
    if len({len(row) for row in rows}) > 1:
        yield Problem(pointer, "every row needs the same number of cells")
    if sum(len(text) for _, cell in walk(rows, pointer) if (text := _cell_text(cell))) > (
        TABLE_CHARACTERS
    ):
        yield Problem(pointer, f"no more than {TABLE_CHARACTERS} characters allowed")


def _cell_text(cell: Payload) -> str:
    text = cell.get("text")
    return text if isinstance(text, str) else ""


def _tasks(block: Payload, pointer: str) -> Iterator[Problem]:
    tasks = [block] if block.get("type") == "task_card" else block.get("tasks", [])
    for task in tasks:
        status = task.get("status", "pending")
        if status not in TASK_STATUSES:
            yield Problem(f"{pointer}/status", f"unknown status of a task: {status}")


def problems_of_view(view: Payload) -> list[Problem]:
    """Return everything about a modal or a home tab that Slack would refuse."""
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        return [Problem("/view/type", f"unsupported type: {kind}")]
    found = problems_of_blocks(view.get("blocks"), kind)
    for key, most in {"title": 24, "submit": 24, "close": 24}.items():
        if len(str(_at(view, f"{key}.text") or "")) > most:
            found.append(Problem(f"/view/{key}", f"must be less than {most + 1} characters"))
    for key, most in {"private_metadata": 3000, "callback_id": 255, "external_id": 255}.items():
        if len(str(view.get(key) or "")) > most:
            found.append(Problem(f"/view/{key}", f"must be less than {most + 1} characters"))
    if kind == "modal" and not view.get("title"):
        found.append(Problem("/view/title", "missing required field: title"))
    if _of(view.get("blocks") or [], "input") and kind == "modal" and not view.get("submit"):
        found.append(Problem("/view/submit", "a modal with input blocks needs a submit button"))
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        found.append(Problem("/view", "view_too_large"))
    return found


def problems_of_prompts(prompts: object) -> list[Problem]:
    """Return what is wrong with suggested prompts: four at most, each with title and message."""
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        return [Problem("/prompts", "must have 1 to 4 items")]
    return [
        Problem(f"/prompts/{place}", "needs a title and a message")
        for place, prompt in enumerate(prompts)
        if not (prompt.get("title") and prompt.get("message"))
    ]
