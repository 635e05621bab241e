"""Who asks: a Slack user becomes a reader, anew at every request."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from assistant.library.reader import Reader
from assistant.pseudonyms import Pseudonyms
from bots.slack.calls import Person, Slack
from corpus.errors import SlackError, SlackRefused

GROUPS_KEPT = 60.0  # seconds; a change that Slack tells of is seen at once

NO_GUESTS = "Charter answers members of this workspace. Guests are not answered here."
NO_OTHERS = "Charter answers members of this workspace. You belong to another one."
UNKNOWN = (
    "Charter could not look up who you are, and people of other organisations read this channel. "
    "Please try again in a minute."
)
DEACTIVATED = "Charter answers members of this workspace. This account is deactivated."

_NOT_OURS = frozenset({"user_not_found", "user_not_visible"})

_log = logging.getLogger("charter")


@dataclass(frozen=True, slots=True)
class Admission:
    """Who may ask, and what they belong to.

    Attributes:
        audiences: by the id of a user group, the audiences of its members.
        guests: guests are answered, from what everybody may read.
        workspaces: other workspaces whose people are, likewise.
    """

    audiences: Mapping[str, tuple[str, ...]]
    guests: bool = False
    workspaces: frozenset[str] = frozenset()


@dataclass
class _Membership:
    """User groups as last looked up."""

    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    until: float = -1.0


class People:
    """Resolves who asks. A look-up that fails shows what everybody may read, and no more."""

    def __init__(
        self, slack: Slack, team: str, pseudonyms: Pseudonyms, admission: Admission
    ) -> None:
        self._slack = slack
        self._team = team
        self._pseudonyms = pseudonyms
        self._admission = admission
        self._lock = Lock()
        self._membership = _Membership()

    def reader(self, user: str, *, among_others: bool = False) -> Reader:
        """Resolve a user of Slack.

        Args:
            user: their id.
            among_others: people of other organisations can write where they wrote, so who cannot
                be looked up may be one of them.
        """
        name = self.name(user)
        try:
            person = self._slack.person(user)
        except SlackRefused as error:
            if error.code in _NOT_OURS:
                return Reader(name, refusal=NO_OTHERS)
            return self._unknown(name, error, among_others=among_others)
        except SlackError as error:
            return self._unknown(name, error, among_others=among_others)
        refusal = self._refusal(person)
        if refusal or person.guest or not self._is_ours(person):
            return Reader(name, refusal=refusal)
        return Reader(name, self._groups(user))

    def _unknown(self, name: str, error: SlackError, *, among_others: bool) -> Reader:
        _log.warning("a user could not be looked up, so only what is for all: %s", error)
        refused = among_others and not self.admits_others
        return Reader(name, refusal=UNKNOWN if refused else "")

    def name(self, user: str) -> str:
        """Return the pseudonym of a user."""
        return self._pseudonyms.of("slack", self._team, user)

    @property
    def admits_others(self) -> bool:
        """Whether people of other workspaces are answered."""
        return bool(self._admission.workspaces)

    def forget_groups(self) -> None:
        """Look the user groups up again at the next request."""
        with self._lock:
            self._membership = _Membership()

    def _refusal(self, person: Person) -> str:
        if person.deleted or person.bot:
            return DEACTIVATED
        if not self._is_ours(person):
            known = bool(person.teams & self._admission.workspaces)
            return "" if known else NO_OTHERS
        return NO_GUESTS if person.guest and not self._admission.guests else ""

    def _is_ours(self, person: Person) -> bool:
        return self._team in person.teams and not person.stranger

    def _groups(self, user: str) -> frozenset[str]:
        audiences = self._admission.audiences
        if not audiences:
            return frozenset()
        try:
            members = self._members()
        except SlackError as error:
            _log.warning("user groups could not be looked up, so only what is for all: %s", error)
            return frozenset()
        return frozenset(
            audience
            for group, named in audiences.items()
            if user in members.get(group, ())
            for audience in named
        )

    def _members(self) -> Mapping[str, frozenset[str]]:
        with self._lock:
            known = self._membership
        if time.monotonic() < known.until:
            return known.members
        members = self._slack.user_groups()
        with self._lock:
            if self._membership is known:  # else they changed meanwhile
                self._membership = _Membership(members, time.monotonic() + GROUPS_KEPT)
        return members
