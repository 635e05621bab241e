"""All that a listener needs, made once when Charter joins a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.ask import Assistant
from assistant.ledgers import Ledgers
from assistant.library.audience import EVERYBODY
from bots.slack.calls import Me, Slack
from bots.slack.people import Admission, People
from bots.slack.reply_shown import Offer
from bots.suggestions import suggest


@dataclass(frozen=True, slots=True)
class Office:
    """Charter in one workspace.

    Attributes:
        hr_channel: id of the channel where people answer what is passed on; empty is none.
    """

    assistant: Assistant
    ledgers: Ledgers
    slack: Slack
    me: Me
    people: People
    hr_channel: str = ""

    @property
    def page(self) -> str:
        """Address of the web page; empty where none is set."""
        return self.assistant.settings.public_url

    @property
    def offer(self) -> Offer:
        """What a reader can do with every reply."""
        return Offer(ask_person=bool(self.hr_channel))

    def name(self, *parts: str) -> str:
        """Return the name of something of this workspace in the records."""
        return self.ledgers.pseudonyms.of("slack", self.me.team, *parts)

    def examples(self) -> tuple[str, ...]:
        """Return questions to start with, from what everybody may read."""
        shelf = self.assistant.shelf(EVERYBODY)
        return suggest(shelf, shelf.entries())


def open_office(assistant: Assistant, ledgers: Ledgers, slack: Slack) -> Office:
    """Return Charter in the workspace of its token.

    Raises:
        SlackError: Slack does not say who Charter is.
    """
    settings, me = assistant.settings, slack.me()
    admission = Admission(
        settings.slack_groups, settings.slack_guests, frozenset(settings.slack_workspaces)
    )
    people = People(slack, me.team, ledgers.pseudonyms, admission)
    return Office(assistant, ledgers, slack, me, people, settings.slack_hr_channel)


def now() -> datetime:
    """Return the moment, in UTC and without a zone, as the records keep it."""
    return datetime.now(UTC).replace(tzinfo=None)
