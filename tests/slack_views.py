"""Slack's rules for modals and the home tab: triggers, stacks of three, hashes."""

from __future__ import annotations

from slack_directory import Payload
from slack_limits import problems_of_view
from slack_side import Handler, Refusal, Side, need, refuse_problems, with_block_ids

MOST_PUSHED = 3


def checked_view(side: Side, arguments: Payload, old: Payload | None = None) -> Payload:
    """Return the view of a call with block ids; `old` is the one that it replaces.

    Raises:
        Refusal: invalid_arguments with what is wrong, or view_too_large.
    """
    need(arguments, "view")
    view: Payload = arguments["view"]
    problems = problems_of_view(view)
    if any(problem.message == "view_too_large" for problem in problems):
        raise Refusal("view_too_large")
    refuse_problems(problems, "invalid_arguments")
    external = view.get("external_id")
    others = [one for one in every_view(side) if one is not old]
    if external and any(one.get("external_id") == external for one in others):
        raise Refusal("duplicate_external_id")
    return view | {"blocks": with_block_ids(side, view["blocks"])}


def every_view(side: Side) -> list[Payload]:
    """Return all modals that are open and all home tabs."""
    return [view for stack in side.views.values() for view in stack] + list(side.homes.values())


async def open_view(side: Side, arguments: Payload) -> Payload:
    """Open a modal for whoever caused the trigger; it closes those that were open."""
    need(arguments, "trigger_id")
    view = checked_view(side, arguments)
    user = side.use_trigger(arguments["trigger_id"]).user
    reply = await side.forward("views.open", arguments | {"view": view})
    side.views[user] = [reply["view"]]
    return reply


async def push_view(side: Side, arguments: Payload) -> Payload:
    """Put a modal on top of those that are open, three at most."""
    need(arguments, "trigger_id")
    view = checked_view(side, arguments)
    user = side.use_trigger(arguments["trigger_id"]).user
    stack = side.views.get(user, [])
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= MOST_PUSHED:
        raise Refusal("push_limit_reached")
    reply = await side.forward("views.push", arguments | {"view": view})
    reply["view"] |= {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
    stack.append(reply["view"])
    return reply


async def update_view(side: Side, arguments: Payload) -> Payload:
    """Change a modal that is open; a hash that is not the last one is refused."""
    name = "external_id" if arguments.get("external_id") else "view_id"
    need(arguments, name)
    key = "id" if name == "view_id" else name
    for stack in side.views.values():
        for place, old in enumerate(stack):
            if old.get(key) == arguments[name]:
                stack[place] = await changed(side, arguments, old)
                return {"ok": True, "view": stack[place]}
    raise Refusal("not_found")


async def changed(side: Side, arguments: Payload, old: Payload) -> Payload:
    """Return the new form of a view, under its old id with a new hash."""
    if arguments.get("hash") and arguments["hash"] != old["hash"]:
        raise Refusal("hash_conflict")
    view = checked_view(side, arguments, old)
    reply = await side.forward("views.update", arguments | {"view": view, "view_id": old["id"]})
    kept = {key: old[key] for key in ("id", "root_view_id", "previous_view_id") if key in old}
    new: Payload = reply["view"] | kept | {"external_id": old.get("external_id") or ""}
    return new


async def publish_view(side: Side, arguments: Payload) -> Payload:
    """Set somebody's home tab."""
    need(arguments, "user_id", "view")
    user = arguments["user_id"]
    if user not in side.directory.people:
        raise Refusal("user_not_found")
    if arguments["view"].get("type") != "home":
        raise Refusal("invalid_arguments")
    old = side.homes.get(user, {})
    if old and arguments.get("hash") and arguments["hash"] != old["hash"]:
        raise Refusal("hash_conflict")
    view = checked_view(side, arguments, old)
    reply = await side.forward("views.publish", arguments | {"view": view})
    side.homes[user] = reply["view"]
    side.record.homes[user] = reply["view"]
    return reply


METHODS: dict[str, Handler] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
