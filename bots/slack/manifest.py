"""The manifest: what Slack is told that Charter is, hears and may do. No more than it needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from assistant.settings import Settings
from bots.slack.app import COMMAND, SHORTCUT
from bots.slack.http import PATH

NAME = "Charter"
DESCRIPTION = (
    "Answers from your organisation’s strategies and policies, each sentence with its place."
)
AGENT = (
    "Ask a question about the organisation’s strategies and policies. The answer is made of the "
    "documents’ own sentences, each with the place where it stands."
)


def scopes_of(settings: Settings) -> dict[str, str]:
    """Return the scopes that the settings need, each with its reason."""
    return {
        "app_mentions:read": "hears when it is mentioned",
        "assistant:write": "offers questions to start with",
        "chat:write": "posts its replies",
        "commands": f"takes {COMMAND} and the shortcut of a message",
        "im:history": "hears direct messages to it",
        "users:read": "tells members from guests and strangers",
        **(
            {"usergroups:read": "tells who belongs to the user groups of CHARTER_SLACK_GROUPS"}
            if settings.slack_groups
            else {}
        ),
        **(
            {
                "channels:history": "hears follow-ups without a mention in public channels",
                "groups:history": "the same in private channels; Charter never reads what was said",
            }
            if settings.slack_follow_threads
            else {}
        ),
        **(
            {
                "links:read": "hears when somebody posts a link to a document of Charter’s",
                "links:write": "puts a card with title and version under it",
            }
            if settings.public_url
            else {}
        ),
    }


def events_of(settings: Settings) -> list[str]:
    """Return the events that the settings need."""
    return [
        "agent_session_stopped",
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
        *(["subteam_members_changed", "subteam_updated"] if settings.slack_groups else []),
        *(["message.channels", "message.groups"] if settings.slack_follow_threads else []),
        *(["link_shared"] if settings.public_url else []),
    ]


def manifest(settings: Settings) -> dict[str, Any]:
    """Return the manifest for the settings, as Slack takes it in JSON."""
    by_http = settings.slack_mode == "http"
    address = {"request_url": settings.public_url + PATH} if by_http else {}
    host = urlsplit(settings.public_url).hostname
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "background_color": "#1d3f5e",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {"agent_description": AGENT},
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Ask the policies; only you see the reply",
                    "usage_hint": "How many days of annual leave do I earn?",
                    "should_escape": True,
                    **({"url": settings.public_url + PATH} if by_http else {}),
                }
            ],
            "shortcuts": [
                {
                    "name": "Ask policies about this",  # 24 characters are the most
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Ask the policies about this message; only you see the reply",
                }
            ],
            **({"unfurl_domains": [host]} if host else {}),
        },
        "oauth_config": {"scopes": {"bot": sorted(scopes_of(settings))}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted(events_of(settings))},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not by_http,
            "token_rotation_enabled": False,
        },
    }
