"""What Charter carries from one person to others: replies shared, questions passed on and back."""

from __future__ import annotations

from assistant.escalations import Escalation
from bots.slack import limits, wording
from bots.slack.blocks import channel, header, quote, rich, section, text, user
from bots.slack.escape import escaped, plain
from bots.slack.events import Heard
from bots.slack.limits import Message, cut
from bots.slack.office import Office, now
from bots.slack.packing import in_blocks
from bots.slack.questions import Outgoing
from bots.slack.reply_shown import reply_messages
from corpus.errors import RecordNotFound, SlackError, SlackRefused

CHANGED = "The documents changed meanwhile, so this reply cannot be shared. Please ask again."
SHARED = "Shared in the channel."
NO_FILES = "Only text is passed on, so nothing was sent to the person who asked."
PASSED = "Charter passed this on to the person who asked."
NOBODY = "No channel is set up where people answer, so nothing was sent."


class Errands:
    """Carries messages from one to another, in one workspace."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def share(self, heard: Heard) -> Outgoing:
        """Post a reply to the channel, made again from what everybody may read.

        Raises:
            CharterError: why it cannot be done.
        """
        refusal = self._office.people.reader(heard.user).refusal
        if refusal:
            return Outgoing((wording.said(refusal),))
        try:
            reply = self._office.assistant.again(heard.about)
        except RecordNotFound:
            return Outgoing((wording.said(CHANGED),))
        asked = section(user(heard.user), text(f" asked: {cut(reply.question.text, 500)}"))
        first, *others = reply_messages(reply, self._office.offer)
        for message in (Message(first.text, (rich(asked), *first.blocks)), *others):
            self._aloud(heard, message)
        return Outgoing((wording.said(SHARED),))

    def pass_on(self, heard: Heard) -> Outgoing:
        """Post a question to the people who answer, as its asker agreed; tell them that it went.

        Raises:
            CharterError: why it cannot be done.
        """
        office = self._office
        refusal = office.people.reader(heard.user).refusal
        if refusal or not office.hr_channel:
            return Outgoing((wording.said(refusal or NOBODY),))
        name = office.name("escalation", heard.ts)
        escalation = Escalation(name, heard.user, heard.text, heard.about, now())
        ledger = office.ledgers.escalations
        if ledger.begin(escalation):
            try:
                posted = office.slack.post(office.hr_channel, self._request(heard))
            except SlackError:
                ledger.forget(escalation)
                raise
            ledger.placed(escalation, place_of(office.hr_channel, posted))
        passed = "Passed on. What they reply in their channel reaches you here."
        told = section(text("Passed on to "), channel(office.hr_channel), text(". "))
        return Outgoing((Message(passed, (rich(told, *_question(heard.text)),)),))

    def relay(self, heard: Heard) -> Outgoing:
        """Bring a reply of those people to the asker.

        Raises:
            CharterError: why it cannot be done.
        """
        office = self._office
        escalation = office.ledgers.escalations.at(place_of(heard.channel, heard.thread))
        words = plain(heard.raw, office.me.user, links=True)
        if escalation is None:
            return Outgoing()
        if not words:
            return Outgoing(aside=(wording.said(NO_FILES),))
        told = [section(user(heard.user), text(" replied to your question:"))]
        blocks = [rich(*told, *_question(escalation.question)), *in_blocks([section(text(words))])]
        spoken = cut(escaped(f"A reply to your question: {words}"), limits.NOTICE)
        office.slack.post(escalation.asker, Message(spoken, tuple(blocks)))
        office.ledgers.escalations.replied(escalation)
        return Outgoing(aside=(wording.said(PASSED),))

    def _aloud(self, heard: Heard, message: Message) -> None:
        """Post to the channel; where Charter is no member, through the address of the button."""
        try:
            self._office.slack.post(heard.channel, message)
        except SlackRefused:
            if not heard.response:
                raise
            self._office.slack.respond(heard.response, message, aloud=True)

    def _request(self, heard: Heard) -> Message:
        asks = section(user(heard.user), text(" asks:"))
        blocks = [header("A question for you"), rich(asks, *_question(heard.text))]
        if heard.about:
            blocks += self._reply_before(heard)
        how = (
            "Every reply in this thread is passed on to the person who asked."
            if self._office.assistant.settings.slack_follow_threads
            else "A reply in this thread that mentions Charter is passed on to who asked."
        )
        blocks.append(rich(section(text(how, italic=True))))
        return Message(cut(escaped(f"A question for you: {heard.text}"), limits.NOTICE), (*blocks,))

    def _reply_before(self, heard: Heard) -> list[limits.Block]:
        """Say what Charter had replied, as the asker was told that it would."""
        replied = reply_before(self._office, heard.about)
        lead = section(text("Charter had replied:", bold=True))
        return in_blocks([lead, section(text(replied))]) if replied else []


def reply_before(office: Office, reply: str) -> str:
    """Return the text of a reply as it is passed on with a question.

    It goes to a channel: nothing where it rests on what not everybody may read.
    """
    try:
        return cut(office.assistant.receipt(reply).text, limits.RICH_TEXT)
    except RecordNotFound:
        return ""


def place_of(channel_id: str, ts: str) -> str:
    """Return the place of a message as the records keep it."""
    return f"slack {channel_id} {ts}"


def _question(words: str) -> list[dict[str, object]]:
    return [quote(text(cut(words, limits.RICH_TEXT)))]
