"""A JSON Schema for app manifests, from Slack's manifest reference: what Charter uses, no more.

Limits and patterns: docs.slack.dev/reference/app-manifest and the schema of its second major
version, as of 2026-11. Any other key is refused, so a typing error does not pass.
"""

from __future__ import annotations

from jsonschema import Draft7Validator
from slack_directory import Payload


def text(most: int, fewest: int = 1) -> Payload:
    return {"type": "string", "minLength": fewest, "maxLength": most}


def record(required: str = "", **properties: Payload) -> Payload:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def several(items: Payload, most: int, fewest: int = 0) -> Payload:
    return {"type": "array", "items": items, "minItems": fewest, "maxItems": most}


YES_OR_NO: Payload = {"type": "boolean"}
ADDRESS: Payload = {"type": "string", "pattern": r"^https?://", "maxLength": 3500}
NAMES: Payload = several(text(50), 255) | {"uniqueItems": True}
PROMPT = record("title message", title={"type": "string"}, message={"type": "string"})
COMMAND = record(
    "command description",
    command=text(32, 2) | {"pattern": "^/"},
    url=ADDRESS,
    description=text(2000),
    usage_hint=text(1000),
    should_escape=YES_OR_NO,
)
SHORTCUT = record(
    "name type callback_id description",
    name=text(24),
    type={"enum": ["message", "global"]},
    callback_id=text(255),
    description=text(150),
)
ACTION = record("name description", name={"type": "string"}, description={"type": "string"})
FEATURES = record(
    "",
    app_home=record(
        "",
        home_tab_enabled=YES_OR_NO,
        messages_tab_enabled=YES_OR_NO,
        messages_tab_read_only_enabled=YES_OR_NO,
    ),
    bot_user=record("display_name", display_name=text(80), always_online=YES_OR_NO),
    agent_view=record(
        "",
        agent_description={"type": "string", "maxLength": 300},
        suggested_prompts=several(PROMPT, 4),
        actions={"type": "array", "items": ACTION},
    ),
    slash_commands=several(COMMAND, 50, 1),
    shortcuts=several(SHORTCUT, 10, 1),
    unfurl_domains=several(
        {"type": "string", "pattern": r"^(?![.\-])[-a-z0-9.]+[a-z0-9]$", "maxLength": 255}, 5, 1
    )
    | {"uniqueItems": True},
)
SETTINGS = record(
    "",
    event_subscriptions=record("", request_url=ADDRESS, bot_events=NAMES | {"maxItems": 100}),
    interactivity=record("is_enabled", is_enabled=YES_OR_NO, request_url=ADDRESS),
    org_deploy_enabled=YES_OR_NO,
    socket_mode_enabled=YES_OR_NO,
    token_rotation_enabled=YES_OR_NO,
)
MANIFEST = {"$schema": "http://json-schema.org/draft-07/schema#"} | record(
    "display_information",
    _metadata=record("", major_version={"enum": [1, 2]}, minor_version={"type": "integer"}),
    display_information=record(
        "name",
        name=text(35),
        description=text(140),
        background_color={"type": "string", "pattern": "^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"},
        long_description=text(4000, 175),
    ),
    features=FEATURES,
    oauth_config=record("", scopes=record("", bot=NAMES, bot_optional=NAMES)),
    settings=SETTINGS,
)

# scope → events that need it, from the reference of each event
NEEDED_BY_EVENTS = {
    "app_mentions:read": {"app_mention"},
    "im:history": {"message.im"},
    "channels:history": {"message.channels"},
    "groups:history": {"message.groups"},
    "mpim:history": {"message.mpim"},
    "links:read": {"link_shared"},
    "usergroups:read": {"subteam_members_changed", "subteam_updated"},
    "users:read": {"user_change", "team_join"},
}


def assert_valid_manifest(manifest: Payload) -> None:
    """Fail when Slack would refuse a manifest, or when its parts do not go together.

    Raises:
        AssertionError: every problem, with its place.
    """
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft7Validator(MANIFEST).iter_errors(manifest)
    ]
    lines = "\n".join(f"- {one}" for one in problems or disagreements(manifest))
    assert not lines, f"Slack would refuse this manifest:\n{lines}"


def disagreements(manifest: Payload) -> list[str]:
    """Return what a valid manifest lacks for its own features."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    scopes = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
    found = [
        f"{', '.join(sorted(events & needing))} without the scope {scope}"
        for scope, needing in NEEDED_BY_EVENTS.items()
        if events & needing and scope not in scopes
    ]
    if (features.get("slash_commands") or features.get("shortcuts")) and "commands" not in scopes:
        found.append("commands or shortcuts without the scope commands")
    if features.get("agent_view") is not None and "assistant:write" not in scopes:
        found.append("an agent view without the scope assistant:write")
    if features.get("shortcuts") and not settings.get("interactivity", {}).get("is_enabled"):
        found.append("shortcuts without interactivity")
    if not settings.get("socket_mode_enabled"):
        urls = [settings.get("event_subscriptions", {}).get("request_url")]
        urls += [command.get("url") for command in features.get("slash_commands", [])]
        found += [] if all(urls) else ["neither Socket Mode nor request URLs everywhere"]
    return found
