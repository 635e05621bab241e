"""Slack's rules for streamed messages, the status line, suggested prompts and agent sessions."""

from __future__ import annotations

import time

from slack_chat import METHODS as CHAT
from slack_chat import clear_status
from slack_directory import BOT_USER, Payload
from slack_limits import MARKDOWN, problems_of_blocks, problems_of_prompts
from slack_record import Status
from slack_side import (
    Handler,
    Refusal,
    Side,
    Stream,
    checked_blocks,
    need,
    refuse_problems,
)

SESSION_STATUSES = {"active", "processing", "suspended", "closed"}
CHUNKS = {"markdown_text", "task_update", "plan_update", "blocks"}
TASK_STATUSES = {"pending", "in_progress", "complete", "error"}
EMPTY = "…"  # the emulator stores no message without text


async def start_stream(side: Side, arguments: Payload) -> Payload:
    """Begin a streamed message in a thread; in a channel its reader must be named."""
    need(arguments, "channel", "thread_ts")
    channel = await side.writable(arguments["channel"])
    if not channel.is_im:
        for name in ("recipient_team_id", "recipient_user_id"):
            if not arguments.get(name):
                raise Refusal(f"missing_{name}")
    text, chunks = content(arguments)
    stored = {"channel": channel.id, "thread_ts": arguments["thread_ts"], "text": text or EMPTY}
    reply = await side.forward("chat.postMessage", stored)
    stream = Stream(channel.id, arguments["thread_ts"], time.monotonic(), text, chunks)
    side.streams[reply["ts"]] = stream
    clear_status(side, channel.id, arguments["thread_ts"])
    return {"ok": True, "channel": channel.id, "ts": reply["ts"]}


def content(arguments: Payload) -> tuple[str, list[Payload]]:
    """Return text and chunks of one call of a stream.

    Raises:
        Refusal: msg_too_long, invalid_chunks.
    """
    chunks = arguments.get("chunks") or []
    for chunk in chunks:
        kind = chunk.get("type")
        if kind not in CHUNKS or (
            kind == "task_update"
            and not (chunk.get("id") and chunk.get("title") and chunk.get("status"))
        ):
            raise Refusal("invalid_chunks")
        if kind == "task_update" and chunk["status"] not in TASK_STATUSES:
            raise Refusal("invalid_chunks")
        if kind == "blocks":
            refuse_problems(problems_of_blocks(chunk.get("blocks"), "message"), "invalid_blocks")
    text = arguments.get("markdown_text") or ""
    text += "".join(chunk["text"] for chunk in chunks if chunk["type"] == "markdown_text")
    if len(text) > MARKDOWN:
        raise Refusal("msg_too_long")
    return text, chunks


async def open_stream(side: Side, arguments: Payload) -> Stream:
    """Return the stream that a call names.

    Raises:
        Refusal: message_not_found, message_not_owned_by_app, message_not_in_streaming_state,
            stopped_by_user.
    """
    need(arguments, "channel", "ts")
    stream = side.streams.get(arguments["ts"])
    if stream is None:
        stored = await side.stored(arguments["channel"])
        found = [message for message in stored if message["ts"] == arguments["ts"]]
        if not found:
            raise Refusal("message_not_found")
        owned = found[0].get("user") == BOT_USER
        raise Refusal("message_not_in_streaming_state" if owned else "message_not_owned_by_app")
    if time.monotonic() - stream.touched > side.stream_seconds:
        stream.open = False
    if not stream.open:
        raise Refusal("message_not_in_streaming_state")
    return stream


async def append_stream(side: Side, arguments: Payload) -> Payload:
    """Add to a streamed message."""
    stream = await open_stream(side, arguments)
    if stream.stopped_by_user:
        raise Refusal("stopped_by_user")
    text, chunks = content(arguments)
    if not text and not chunks:
        raise Refusal("no_text")
    await grow(side, arguments["ts"], text, chunks)
    return {"ok": True, "channel": stream.channel, "ts": arguments["ts"]}


async def grow(side: Side, ts: str, text: str, chunks: list[Payload]) -> None:
    """Store what a stream shows by now."""
    stream = side.streams[ts]
    stream.text += text
    stream.chunks += chunks
    stream.touched = time.monotonic()
    stored = {"channel": stream.channel, "ts": ts, "text": stream.text or EMPTY}
    await side.forward("chat.update", stored)


async def stop_stream(side: Side, arguments: Payload) -> Payload:
    """End a streamed message, with blocks under its text if wanted."""
    stream = await open_stream(side, arguments)
    text, chunks = content(arguments)
    blocks = checked_blocks(side, arguments)
    status = arguments.get("session_status")
    if status and status not in SESSION_STATUSES:
        raise Refusal("invalid_arguments")
    await grow(side, arguments["ts"], text, chunks)
    stream.open = False
    ts, shown = arguments["ts"], stream.text or EMPTY
    stored = {"channel": stream.channel, "ts": ts, "text": shown, "blocks": blocks or []}
    reply = await side.forward("chat.update", stored)
    if status:
        side.record.add(side.record.sessions, Status(stream.channel, stream.thread, status))
    return {"ok": True, "channel": stream.channel, "ts": ts, "message": reply["message"]}


async def set_status(side: Side, arguments: Payload) -> Payload:
    """Show "… is working" in a thread; an empty status clears it."""
    need(arguments, "channel_id", "thread_ts")
    if "status" not in arguments:
        need(arguments, "status")
    channel = await side.writable(arguments["channel_id"])
    messages = tuple(arguments.get("loading_messages") or ())
    if len(messages) > 10:
        raise Refusal("invalid_arguments")
    status = Status(channel.id, arguments["thread_ts"], arguments["status"], messages)
    side.record.add(side.record.statuses, status)
    return {"ok": True}


async def set_suggested_prompts(side: Side, arguments: Payload) -> Payload:
    """Offer questions in a DM; with the agent view no thread is named."""
    need(arguments, "channel_id", "prompts")
    channel = await side.writable(arguments["channel_id"])
    if not channel.is_im:
        raise Refusal("channel_type_not_supported")
    refuse_problems(problems_of_prompts(arguments["prompts"]), "invalid_arguments")
    side.record.add(side.record.prompts, arguments)
    return {"ok": True}


async def set_title(side: Side, arguments: Payload) -> Payload:
    """Name a thread in the list of conversations."""
    need(arguments, "channel_id", "thread_ts", "title")
    channel = await side.writable(arguments["channel_id"])
    side.record.add(side.record.titles, (channel.id, arguments["thread_ts"], arguments["title"]))
    return {"ok": True}


async def set_session(side: Side, arguments: Payload) -> Payload:
    """Set the status of an agent session, made if it is not there."""
    need(arguments, "channel_id", "status", "thread_ts")
    channel = await side.writable(arguments["channel_id"])
    status, title = arguments["status"], arguments.get("title") or ""
    if status not in SESSION_STATUSES or len(title) > 200:
        raise Refusal("invalid_arguments")
    side.record.add(side.record.sessions, Status(channel.id, arguments["thread_ts"], status))
    reply = {"ok": True, "status": status, "agent_status": status, "title": title}
    if side.subscriptions is not None and "agent_session_stopped" not in side.subscriptions:
        reply["warning"] = "missing_agent_session_stopped_event_subscription"
    return reply


async def rename_session(side: Side, arguments: Payload) -> Payload:
    """Rename an agent session that exists."""
    need(arguments, "channel_id", "thread_ts", "title")
    key = (arguments["channel_id"], arguments["thread_ts"])
    if key not in {(one.channel, one.thread) for one in side.record.sessions}:
        raise Refusal("session_not_found")
    if len(arguments["title"]) > 200:
        raise Refusal("invalid_arguments")
    side.record.add(side.record.titles, (*key, arguments["title"]))
    return {"ok": True, "title": arguments["title"]}


METHODS: dict[str, Handler] = CHAT | {
    "chat.startStream": start_stream,
    "chat.appendStream": append_stream,
    "chat.stopStream": stop_stream,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "assistant.threads.setTitle": set_title,
    "agents.sessions.setStatus": set_session,
    "agents.sessions.rename": rename_session,
}
