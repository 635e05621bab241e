"""Who and what is in the organisation of the Slack tests: people, channels, groups, the app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]  # JSON as Slack sends and takes it

TEAM = "T01EXAMPLE"
OTHER_TEAM = "T02ELSEWHERE"
DOMAIN = "example"
APP = "A01CHARTER"
BOT_USER = "U0CHARTER"
BOT = "B0CHARTER"
BOT_TOKEN = "xoxb-test-charter"  # noqa: S105 - opens nothing but the emulator
APP_TOKEN = "xapp-test-charter"  # noqa: S105 - opens nothing but the emulator
SIGNING_SECRET = "signing-secret-of-the-tests"  # noqa: S105 - signs for nothing but the tests

# the fewest that the bot's features need, and those that an administrator may withhold
SCOPES = frozenset(
    "app_mentions:read assistant:write chat:write commands im:history im:read im:write users:read "
    "usergroups:read channels:history groups:history channels:read groups:read links:read "
    "links:write users:read.email reactions:write".split()
)


@dataclass
class Person:
    """Somebody whom Slack knows, with what `users.info` says of them."""

    id: str
    name: str
    team: str = TEAM
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False

    def as_slack(self) -> Payload:
        """Return the `user` object of `users.info`; a deactivated person has no role flags."""
        email = {"email": f"{self.name}@{DOMAIN}.org"}
        shown: Payload = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.name,
            "profile": {"real_name": self.name, "display_name": self.name, "team": self.team}
            | email,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1767225600,
        }
        if self.is_stranger:
            shown |= {"is_stranger": True}
        if not self.deleted:
            shown |= {
                "is_admin": False,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": self.is_restricted,
                "is_ultra_restricted": self.is_ultra_restricted,
                "tz": "Europe/Zurich",
                "tz_offset": 3600,
            }
        return shown


@dataclass
class Channel:
    """A conversation; `members` are ids of people, the bot among them where it was invited."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_im: bool = False
    is_ext_shared: bool = False
    is_org_shared: bool = False
    is_archived: bool = False

    def as_slack(self) -> Payload:
        """Return the `channel` object of `conversations.info`."""
        if self.is_im:
            person = next((one for one in self.members if one != BOT_USER), "")
            return {
                "id": self.id,
                "is_im": True,
                "is_org_shared": self.is_org_shared,
                "user": person,
                "context_team_id": TEAM,
            }
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.is_private,
            "is_group": False,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_general": False,
            "is_shared": self.is_ext_shared or self.is_org_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_org_shared": self.is_org_shared,
            "is_member": BOT_USER in self.members,
            "context_team_id": TEAM,
            "num_members": len(self.members),
        }

    @property
    def shown_name(self) -> str:
        """The name in commands and interactions, which hide that of private ones."""
        return "directmessage" if self.is_im else "privategroup" if self.is_private else self.name

    @property
    def type(self) -> str:
        """The `channel_type` of message events."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"


@dataclass
class Group:
    """A user group: known by its id, for its handle can be renamed."""

    id: str
    handle: str
    users: list[str] = field(default_factory=list)

    def as_slack(self, *, include_users: bool) -> Payload:
        """Return the `usergroup` object of `usergroups.list`."""
        shown: Payload = {
            "id": self.id,
            "team_id": TEAM,
            "is_usergroup": True,
            "name": self.handle,
            "handle": self.handle,
            "date_delete": 0,
            "user_count": len(self.users),
        }
        return shown | ({"users": list(self.users)} if include_users else {})


@dataclass
class Directory:
    """The whole organisation; tests change it as an administrator would."""

    people: dict[str, Person]
    channels: dict[str, Channel]
    groups: dict[str, Group]
    plan_has_groups: bool = True
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    installed: bool = True

    def as_emulator(self, port: int, sink: str, mode: str) -> Payload:
        """Return the settings of the emulator for this organisation."""
        people = [{"id": one.id, "name": one.name} for one in self.people.values()]
        channels = [
            {"id": one.id, "name": one.name, "is_private": one.is_private, "members": one.members}
            for one in self.channels.values()
        ]
        return {
            "workspace": {"name": "Example organisation", "domain": DOMAIN, "teamId": TEAM},
            "app": {
                "appId": APP,
                "botUserId": BOT_USER,
                "botName": "charter",
                "botToken": BOT_TOKEN,
                "appToken": APP_TOKEN,
                "signingSecret": SIGNING_SECRET,
                "mode": mode,
                "requestUrl": sink,
            },
            "users": people,
            "channels": channels,
            "port": port,
        }


def example_organisation() -> Directory:
    """Return an organisation with each kind of person and channel that makes a difference."""
    people = [
        Person("U01STAFF", "staff-one"),
        Person("U02STAFF", "staff-two"),
        Person("U03HR", "hr-one"),
        Person("U04GUEST", "guest-of-many", is_restricted=True),
        Person("U05GUEST", "guest-of-one", is_restricted=True, is_ultra_restricted=True),
        Person("U06STRANGER", "stranger", team=OTHER_TEAM, is_stranger=True),
        Person("U07LEFT", "left", deleted=True),
        Person("U08ELSEWHERE", "elsewhere", team=OTHER_TEAM),
        Person("U09ROBOT", "robot", is_bot=True),
        Person(BOT_USER, "charter", is_bot=True),
    ]
    staff = ["U01STAFF", "U02STAFF", "U03HR"]
    channels = [
        Channel("C01GENERAL", "general", [*staff, "U04GUEST", BOT_USER]),
        Channel("C02NOBOT", "no-bot", list(staff)),
        Channel("C03PRIVATE", "private", ["U01STAFF", "U03HR", BOT_USER], is_private=True),
        Channel("C04HIDDEN", "hidden", ["U01STAFF"], is_private=True),
        Channel(
            "C05SHARED",
            "shared",
            ["U01STAFF", "U06STRANGER", "U08ELSEWHERE", BOT_USER],
            is_ext_shared=True,
        ),
        Channel("C06HR", "hr-questions", ["U03HR", BOT_USER], is_private=True),
    ]
    groups = [Group("S01HR", "hr", ["U03HR"]), Group("S02COUNCIL", "staff-council", ["U02STAFF"])]
    return Directory(
        {one.id: one for one in people},
        {one.id: one for one in channels},
        {one.id: one for one in groups},
    )
