"""Slack's rules for messages: who may post where, how long, and what an update may touch."""

from __future__ import annotations

from typing import Any

from slack_directory import BOT_USER, DOMAIN, TEAM, Channel, Payload
from slack_limits import MARKDOWN, POST_TEXT, UPDATE_TEXT, problems_of_blocks
from slack_record import Status
from slack_side import Handler, Refusal, Side, checked_blocks, need, refuse_problems

MOST_ATTACHMENTS = 100


def check_content(arguments: Payload, *, most_text: int | None = None) -> None:
    """Refuse a message without content, in two forms at once, or too long.

    Raises:
        Refusal: no_text, markdown_text_conflict, msg_too_long, too_many_attachments,
            invalid_metadata_format.
    """
    text, markdown = arguments.get("text"), arguments.get("markdown_text")
    if not (text or markdown or arguments.get("blocks") or arguments.get("attachments")):
        raise Refusal("no_text")
    if markdown and (text or arguments.get("blocks")):
        raise Refusal("markdown_text_conflict")
    if len(markdown or "") > MARKDOWN or len(text or "") > (most_text or len(text or "")):
        raise Refusal("msg_too_long")
    if len(arguments.get("attachments") or []) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    for attachment in arguments.get("attachments") or []:
        if attachment.get("blocks"):
            refuse_problems(problems_of_blocks(attachment["blocks"], "message"), "invalid_blocks")
    metadata = arguments.get("metadata")
    if metadata and not {"event_type", "event_payload"} <= set(metadata):
        raise Refusal("invalid_metadata_format")


def kept(side: Side, arguments: Payload, channel: Channel) -> Payload:
    """Return what the emulator shall store of a message."""
    text = arguments.get("markdown_text") or arguments.get("text") or ""
    blocks = checked_blocks(side, arguments)
    return {
        "channel": channel.id,
        "text": text[:POST_TEXT],
        **({"blocks": blocks} if blocks else {}),
        **{
            name: arguments[name]
            for name in ("thread_ts", "user", "ts", "attachments", "username")
            if arguments.get(name)
        },
    }


async def post_message(side: Side, arguments: Payload) -> Payload:
    """Post; a message in a thread clears the status that stands there."""
    need(arguments, "channel")
    channel = await side.writable(arguments["channel"])
    check_content(arguments)
    reply = await side.forward("chat.postMessage", kept(side, arguments, channel))
    clear_status(side, channel.id, arguments.get("thread_ts"))
    reply["message"] = reply.get("message", {}) | {"team": TEAM}
    return reply


def clear_status(side: Side, channel: str, thread: Any) -> None:
    """Note that a status ended, where the last one of this thread was not empty."""
    here = [one for one in side.record.statuses if (one.channel, one.thread) == (channel, thread)]
    if here and here[-1].status:
        side.record.add(side.record.statuses, Status(channel, thread, ""))


async def post_ephemeral(side: Side, arguments: Payload) -> Payload:
    """Show a message to one person, who must be in the channel."""
    need(arguments, "channel", "user")
    channel = await side.writable(arguments["channel"])
    check_content(arguments)
    if arguments["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    stored = kept(side, arguments, channel)
    reply = await side.forward("chat.postEphemeral", stored)
    side.record.add(side.record.ephemerals, stored | {"ts": reply["message_ts"]})
    return reply


async def own_message(side: Side, arguments: Payload, error: str) -> Payload:
    """Return the bot's message that a call names; an ephemeral one cannot be found again."""
    need(arguments, "channel", "ts")
    channel = await side.visible(arguments["channel"])
    for message in await side.stored(channel.id):
        if message["ts"] == arguments["ts"] and message.get("subtype") != "ephemeral":
            if message.get("user") != BOT_USER:
                raise Refusal(error)
            return message
    raise Refusal("message_not_found")


async def update(side: Side, arguments: Payload) -> Payload:
    """Change a message of the bot's own; text over 4,000 characters is refused."""
    message = await own_message(side, arguments, "cant_update_message")
    stream = side.streams.get(arguments["ts"])
    if stream is not None and stream.open:
        raise Refusal("streaming_state_conflict")
    check_content(arguments, most_text=UPDATE_TEXT)
    channel = await side.visible(arguments["channel"])
    stored = kept(side, arguments, channel)
    if "blocks" not in stored and "blocks" not in arguments and not arguments.get("text"):
        stored["blocks"] = message.get("blocks")
    return await side.forward("chat.update", stored)


async def delete(side: Side, arguments: Payload) -> Payload:
    """Delete a message of the bot's own."""
    await own_message(side, arguments, "cant_delete_message")
    return await side.forward("chat.delete", arguments)


async def get_permalink(side: Side, arguments: Payload) -> Payload:
    """Return the address of a message that exists."""
    need(arguments, "channel", "message_ts")
    channel = await side.visible(arguments["channel"])
    stamp = str(arguments["message_ts"])
    if stamp not in {message["ts"] for message in await side.stored(channel.id)}:
        raise Refusal("message_not_found")
    link = f"https://{DOMAIN}.slack.com/archives/{channel.id}/p{stamp.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


async def unfurl(side: Side, arguments: Payload) -> Payload:
    """Attach cards to links: by channel and ts, or by unfurl_id and source."""
    if not arguments.get("unfurls") and not arguments.get("metadata"):
        raise Refusal("missing_unfurls")
    if not (arguments.get("unfurl_id") and arguments.get("source")):
        need(arguments, "channel", "ts")
        channel = await side.visible(arguments["channel"])
        message = next(
            (one for one in await side.stored(channel.id) if one["ts"] == arguments["ts"]), None
        )
        if message is None:
            raise Refusal("cannot_find_message")
        if any(link not in message.get("text", "") for link in arguments.get("unfurls") or {}):
            raise Refusal("cannot_unfurl_url")
    for card in (arguments.get("unfurls") or {}).values():
        if card.get("blocks"):
            refuse_problems(problems_of_blocks(card["blocks"], "message"), "invalid_unfurls_format")
    side.record.add(side.record.unfurls, arguments)
    return {"ok": True}


METHODS: dict[str, Handler] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.unfurl": unfurl,
}
