"""Slack's rules for looking things up: who, which groups, which channel, who is in it."""

from __future__ import annotations

from slack_directory import APP, BOT, BOT_USER, DOMAIN, TEAM, Channel, Payload
from slack_limits import Problem, problems_of_blocks, problems_of_view
from slack_side import Handler, Refusal, Side, need


async def auth_test(side: Side, _arguments: Payload) -> Payload:
    """Say whose token it is; its scopes are in a header of the answer."""
    reply = await side.forward("auth.test", {})
    return reply | {
        "url": f"https://{DOMAIN}.slack.com/",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
    }


async def bots_info(side: Side, _arguments: Payload) -> Payload:
    """Describe the bot."""
    reply = await side.forward("bots.info", {})
    reply["bot"] |= {"id": BOT, "app_id": APP}
    return reply


async def users_info(side: Side, arguments: Payload) -> Payload:
    """Describe a person: deactivated, robot, guest, stranger, of which workspace."""
    need(arguments, "user")
    person = side.directory.people.get(arguments["user"])
    if person is None:
        raise Refusal("user_not_found")
    shown = person.as_slack()
    if "users:read.email" not in side.directory.scopes:
        shown["profile"].pop("email")
    return {"ok": True, "user": shown}


async def users_by_email(side: Side, arguments: Payload) -> Payload:
    """Find a person by e-mail address."""
    need(arguments, "email")
    for person in side.directory.people.values():
        if person.as_slack()["profile"]["email"] == arguments["email"] and not person.deleted:
            return {"ok": True, "user": person.as_slack()}
    raise Refusal("users_not_found")


async def usergroups_list(side: Side, arguments: Payload) -> Payload:
    """List the user groups, with their members if asked; a free plan has none."""
    if not side.directory.plan_has_groups:
        raise Refusal("plan_upgrade_required")
    include = str(arguments.get("include_users", "")).lower() in {"1", "true"}
    groups = [one.as_slack(include_users=include) for one in side.directory.groups.values()]
    return {"ok": True, "usergroups": groups}


async def usergroups_users_list(side: Side, arguments: Payload) -> Payload:
    """List the members of one user group."""
    need(arguments, "usergroup")
    if not side.directory.plan_has_groups:
        raise Refusal("plan_upgrade_required")
    group = side.directory.groups.get(arguments["usergroup"])
    if group is None:
        raise Refusal("no_such_subteam")
    return {"ok": True, "users": list(group.users)}


def need_scope_for(side: Side, channel: Channel, access: str) -> None:
    """Refuse without the scope that this type of channel needs, such as groups:read."""
    kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
    scope = f"{kind}:{access}"
    if scope not in side.directory.scopes:
        provided = ",".join(sorted(side.directory.scopes))
        raise Refusal("missing_scope", needed=scope, provided=provided)


async def conversations_info(side: Side, arguments: Payload) -> Payload:
    """Describe a channel: private, shared with another organisation, a direct message."""
    need(arguments, "channel")
    channel = await side.visible(arguments["channel"])
    need_scope_for(side, channel, "read")
    return {"ok": True, "channel": channel.as_slack()}


async def conversations_members(side: Side, arguments: Payload) -> Payload:
    """List who is in a channel, in pages if a limit is given."""
    need(arguments, "channel")
    channel = await side.visible(arguments["channel"])
    need_scope_for(side, channel, "read")
    start = int(arguments.get("cursor") or 0)
    end = start + int(arguments.get("limit") or 100)
    more = str(end) if end < len(channel.members) else ""
    return {
        "ok": True,
        "members": channel.members[start:end],
        "response_metadata": {"next_cursor": more},
    }


async def conversations_open(side: Side, arguments: Payload) -> Payload:
    """Open the direct messages with a person."""
    need(arguments, "users")
    channel = await side.dm(str(arguments["users"]).split(",", maxsplit=1)[0])
    return {"ok": True, "channel": {"id": channel.id}}


async def conversations_read(side: Side, arguments: Payload) -> Payload:
    """Return messages of a channel, or of a thread where `ts` is given."""
    need(arguments, "channel")
    channel = await side.visible(arguments["channel"])
    need_scope_for(side, channel, "history")
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    method = "conversations.replies" if arguments.get("ts") else "conversations.history"
    reply = await side.forward(method, arguments)
    seen = [one for one in reply["messages"] if one.get("subtype") != "ephemeral"]
    if arguments.get("ts") and not seen:
        raise Refusal("thread_not_found")
    return reply | {"messages": seen}


async def blocks_validate(_side: Side, arguments: Payload) -> Payload:
    """Check blocks, a message or a view without posting it."""
    problems: list[Problem] = []
    if arguments.get("blocks") is not None:
        problems += problems_of_blocks(arguments["blocks"], "message")
    if arguments.get("message"):
        problems += problems_of_blocks(arguments["message"].get("blocks", []), "message")
    if arguments.get("view"):
        problems += problems_of_view(arguments["view"])
    errors = [
        {"pointer": one.pointer, "code": "invalid_value", "message": one.message}
        for one in problems
    ]
    return {"ok": True, "errors": errors} if errors else {"ok": True}


async def add_reaction(side: Side, arguments: Payload) -> Payload:
    """Add an emoji to a message."""
    need(arguments, "channel", "name", "timestamp")
    await side.writable(arguments["channel"])
    return await side.forward("reactions.add", arguments)


async def remove_reaction(side: Side, arguments: Payload) -> Payload:
    """Take an emoji away from a message."""
    need(arguments, "channel", "name", "timestamp")
    await side.writable(arguments["channel"])
    return await side.forward("reactions.remove", arguments)


METHODS: dict[str, Handler] = {
    "auth.test": auth_test,
    "bots.info": bots_info,
    "users.info": users_info,
    "users.lookupByEmail": users_by_email,
    "usergroups.list": usergroups_list,
    "usergroups.users.list": usergroups_users_list,
    "conversations.info": conversations_info,
    "conversations.members": conversations_members,
    "conversations.open": conversations_open,
    "conversations.history": conversations_read,
    "conversations.replies": conversations_read,
    "blocks.validate": blocks_validate,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
}
# the scope that each method needs; those of channels depend on the channel
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.startStream": "chat:write",
    "chat.appendStream": "chat:write",
    "chat.stopStream": "chat:write",
    "chat.unfurl": "links:write",
    "assistant.threads.setStatus": "chat:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "assistant.threads.setTitle": "assistant:write",
    "agents.sessions.setStatus": "chat:write",
    "agents.sessions.rename": "chat:write",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "bots.info": "users:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "conversations.open": "im:write",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
}
