"""Holds what the bot sends to Slack's own descriptions of it, without Slack.

Three judges, for each misses what another sees: a JSON Schema made of the types that Slack
publishes (`@slack/types`: which keys, which types where), the models of its Python SDK (lengths of
some texts, required parts), and `slack_limits` (counts, sums, surfaces).
"""

from __future__ import annotations

import functools
import json
import subprocess
from pathlib import Path
from typing import Any

from filelock import FileLock
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from slack_directory import Payload
from slack_emulator import NODE_MODULES
from slack_limits import (
    POST_TEXT,
    UPDATE_TEXT,
    Problem,
    problems_of_blocks,
    problems_of_prompts,
    problems_of_view,
)
from slack_record import Call
from slack_sdk.models.blocks import Block
from slack_sdk.models.messages.chunk import Chunk
from slack_sdk.models.views import View

GENERATOR = NODE_MODULES / ".bin" / "ts-json-schema-generator"
CACHE = NODE_MODULES / ".cache" / "slack"
SOURCE = """\
import type { AnyChunk, HomeView, KnownBlock, ModalView } from "@slack/types";
export interface Payloads {
  blocks: KnownBlock[]; modal: ModalView; home: HomeView; chunks: AnyChunk[];
}
"""
# room under the 12,000 of the documentation: reports have messages refused before it is reached
MARKDOWN_BUDGET = 11_500


def assert_valid_message(message: Payload, *, update: bool = False) -> None:
    """Fail when Slack would not show a message as it is meant.

    Args:
        message: Arguments of a posting call, or a body for a response_url.
        update: It goes to `chat.update`, which takes 4,000 characters of text.

    Raises:
        AssertionError: every problem, with its place.
    """
    problems = [] if message.get("thread_ts") != "" else [Problem("/thread_ts", "is empty")]
    text = message.get("text") or ""
    if not text.strip() and not message.get("markdown_text"):
        problems.append(Problem("/text", "screen readers and notifications get nothing"))
    if len(text) > (UPDATE_TEXT if update else POST_TEXT):
        problems.append(Problem("/text", "is too long"))
    blocks = message.get("blocks") or []
    problems += block_problems(blocks)
    if sum(len(one["text"]) for one in blocks if one.get("type") == "markdown") > MARKDOWN_BUDGET:
        problems.append(Problem("/blocks", f"markdown is over the budget of {MARKDOWN_BUDGET}"))
    problems += chunk_problems(message.get("chunks") or [])
    for link, card in (message.get("unfurls") or {}).items():
        problems += [
            Problem(f"/unfurls/{link}{one.pointer}", one.message)
            for one in block_problems(card.get("blocks") or [])
        ]
    _report(problems, message)


def assert_valid_view(view: Payload) -> None:
    """Fail when Slack would refuse a modal or a home tab."""
    problems = problems_of_view(view) + schema_problems(view["type"], view, "/view")
    problems += _blocks_one_by_one(view.get("blocks") or [])
    problems += model_problems(lambda: View(**view).validate_json(), "/view")
    _report(problems, view)


def assert_valid_call(method: str, arguments: Payload) -> None:
    """Fail when the arguments of any recorded call carry something that Slack would refuse."""
    if "view" in arguments:
        assert_valid_view(arguments["view"])
    elif "prompts" in arguments:
        _report(problems_of_prompts(arguments["prompts"]), arguments)
    elif method in {"chat.postMessage", "chat.postEphemeral", "response_url"}:
        if not arguments.get("delete_original"):
            assert_valid_message(arguments)
    elif method == "chat.update":
        assert_valid_message(arguments, update=True)
    elif method in {"chat.startStream", "chat.appendStream", "chat.stopStream", "chat.unfurl"}:
        # these need no text of their own
        assert_valid_message({"text": method} | arguments)


def assert_valid_calls(calls: list[Call]) -> None:
    """Fail when any recorded call carries something that Slack would refuse."""
    for call in calls:
        assert_valid_call(call.method, call.arguments)


def block_problems(blocks: list[Payload]) -> list[Problem]:
    """Return what the three judges have against the blocks of a message."""
    return problems_of_blocks(blocks, "message") + _blocks_one_by_one(blocks)


def _blocks_one_by_one(blocks: list[Payload]) -> list[Problem]:
    problems = []
    for place, block in enumerate(blocks):
        problems += schema_problems(str(block.get("type")), block, f"/blocks/{place}")
        problems += model_problems(lambda block=block: _parsed(Block, block), f"/blocks/{place}")
    return problems


def chunk_problems(chunks: list[Payload]) -> list[Problem]:
    """Return what is wrong with chunks of a streamed message."""
    problems = []
    for place, chunk in enumerate(chunks):
        problems += schema_problems(str(chunk.get("type")), chunk, f"/chunks/{place}")
        problems += model_problems(lambda chunk=chunk: _parsed(Chunk, chunk), f"/chunks/{place}")
    return problems


def _parsed(model: Any, found: Payload) -> None:
    parsed = model.parse(found)
    assert parsed is not None, f"the SDK does not know {found.get('type')}"
    parsed.to_dict()


def model_problems(check: Any, pointer: str) -> list[Problem]:
    """Return what the SDK's models say; they raise errors of their own and Python's."""
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever the models raise is the finding
        return [Problem(pointer, f"slack_sdk: {type(error).__name__}: {error}")]
    return []


def schema_problems(kind: str, found: Payload, pointer: str) -> list[Problem]:
    """Return where an object departs from the published type of its kind."""
    validator = validators().get(kind)
    if validator is None:
        return [Problem(pointer, f"no published type for {kind!r}")]
    error = best_match(validator.iter_errors(found))
    if error is None:
        return []
    where = "/".join(str(step) for step in error.absolute_path)
    return [Problem(f"{pointer}/{where}", f"@slack/types: {error.message}")]


@functools.cache
def validators() -> dict[str, Draft7Validator]:
    """Return a validator for each `type` of block, chunk and view."""
    schema = published_schema()
    found = {}
    for union in ("KnownBlock", "AnyChunk"):
        for member in schema["definitions"][union]["anyOf"]:
            found[_type_of(schema, member)] = _validator(schema, member)
    for view in ("ModalView", "HomeView"):
        reference = {"$ref": f"#/definitions/{view}"}
        found[_type_of(schema, reference)] = _validator(schema, reference)
    return found


def _type_of(schema: Payload, reference: Payload) -> str:
    definition = schema["definitions"][reference["$ref"].rsplit("/", 1)[-1]]
    while "anyOf" in definition:  # ImageBlock is one of two forms, both of one type
        definition = definition["anyOf"][0]
    return str(definition["properties"]["type"]["const"])


def _validator(schema: Payload, reference: Payload) -> Draft7Validator:
    return Draft7Validator({"definitions": schema["definitions"]} | reference)


def published_schema() -> Payload:
    """Return the JSON Schema of `@slack/types`, made once for each version and kept."""
    version = json.loads((NODE_MODULES / "@slack" / "types" / "package.json").read_text())[
        "version"
    ]
    kept = CACHE / f"payloads-{version}.json"
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(kept.with_suffix(".lock")):
        if not kept.exists():
            _make_schema(kept)
    schema: Payload = json.loads(kept.read_text("utf-8"))
    return schema


def _make_schema(target: Path) -> None:
    source = CACHE / "payloads.ts"
    source.write_text(SOURCE, "utf-8")
    made = target.with_suffix(".new")
    command = [str(GENERATOR), "--path", str(source), "--type", "Payloads"]
    more = ["--no-type-check", "--out", str(made)]
    subprocess.run(command + more, check=True, cwd=NODE_MODULES.parent)  # noqa: S603 - pinned
    made.rename(target)


def _report(problems: list[Problem], found: Payload) -> None:
    lines = "\n".join(f"- {problem}" for problem in problems)
    assert not problems, f"Slack would refuse this:\n{lines}\n{json.dumps(found)[:2000]}"
