"""What happens at a click: votes, forms, and what is sent with them."""

from __future__ import annotations

from assistant.feedback import REASONS, Vote
from bots import problems
from bots.slack import forms, wording
from bots.slack.clicks import Click, Submission
from bots.slack.errands import reply_before
from bots.slack.escape import says_something
from bots.slack.events import Heard
from bots.slack.intake import Intake
from bots.slack.limits import Message
from bots.slack.office import Office, now
from corpus.errors import CharterError, RecordNotFound, SlackError, SlackRefused

THANKS = "Thank you. Your vote is noted, and counted without your name."
TOLD = "Thank you. What you wrote is noted, and kept without your name."
GONE = "This reply is not there any more: the documents changed. Please ask again."
SENT = "Sent. What they reply reaches you as a direct message from Charter."
ASKED = "Charter is reading. The reply reaches you as a direct message."
SHARED_BEFORE = "This reply was shared in the channel before."
SAY_MORE = "Please write what you would like to know."


class Counter:
    """Takes clicks and forms of a workspace."""

    def __init__(self, office: Office, intake: Intake) -> None:
        self._office = office
        self._intake = intake

    def vote(self, click: Click) -> None:
        """Count a vote; a reply that did not help asks for the reason."""
        word, _, reply = click.value.partition(" ")
        helpful = word == "helpful"
        try:
            if not helpful:  # first, for its trigger is good for three seconds
                self._office.slack.open_form(click.trigger, forms.why_form(reply))
            reader = self._office.people.reader(click.user)
            if not reader.admitted:
                self._say(click, wording.said(reader.refusal))
                return
            self._office.ledgers.votes.cast(Vote(reply, reader.name, helpful, now()))
            if helpful:
                self._say(click, wording.said(THANKS))
        except CharterError as error:
            self._trouble(click, error)

    def explain(self, sent: Submission) -> forms.View:
        """Keep why a reply did not help, and return how the form ends.

        Raises:
            CharterError: it cannot be kept.
        """
        reader = self._office.people.reader(sent.user)
        if not reader.admitted:
            return forms.told_form("Not helpful", reader.refusal)
        reason = next((one for one in REASONS if one == sent.typed.get(forms.REASON)), None)
        words = sent.typed.get(forms.WORDS, "")
        self._office.ledgers.votes.cast(
            Vote(sent.about, reader.name, helpful=False, cast_at=now(), reason=reason, words=words)
        )
        return forms.told_form("Not helpful", TOLD)

    def ask_person(self, click: Click) -> None:
        """Open the form that passes a question on."""
        title = "Ask a person"
        try:
            view = self._office.slack.open_form(click.trigger, forms.waiting_form(title))
            self._office.slack.update_form(view, self._person_form(click, title))
        except CharterError as error:
            self._trouble(click, error)

    def pass_on(self, sent: Submission) -> forms.View | None:
        """Take a question for people; return how the form ends, None where it says nothing."""
        question = sent.typed.get(forms.QUESTION, "")
        if not says_something(question):
            return None
        self._intake.hear(self._own(sent, "pass_on", question))
        return forms.told_form("Ask a person", SENT)

    def ask(self, sent: Submission) -> forms.View | None:
        """Take a question about a message; return how the form ends, None where it says nothing."""
        question = sent.typed.get(forms.QUESTION, "")
        if not says_something(question):
            return None
        self._intake.hear(self._own(sent, "shortcut", question))
        return forms.told_form("Ask the policies", ASKED)

    def share(self, click: Click) -> None:
        """Take a reply to be shown to the channel, once."""
        heard = Heard(
            way="share",
            team=self._office.me.team,
            channel=click.channel,
            user=click.user,
            ts=f"share {click.value}",
            thread="",
            text="",
            response=click.response,
            about=click.value,
        )
        if self._intake.hear(heard) == "before":
            self._say(click, wording.said(SHARED_BEFORE))

    def _person_form(self, click: Click, title: str) -> forms.View:
        office, reply = self._office, click.value
        reader = office.people.reader(click.user)
        if not reader.admitted:
            return forms.told_form(title, reader.refusal)
        try:
            question = office.assistant.receipt(reply, reader.groups).question
        except RecordNotFound:
            return forms.told_form(title, GONE)
        asked = question.understood or question.text
        replied = reply_before(office, reply)
        return forms.person_form(asked, reply, to=office.hr_channel, replied=replied)

    def _own(self, sent: Submission, way: str, question: str) -> Heard:
        return Heard(
            way="pass_on" if way == "pass_on" else "shortcut",
            team=self._office.me.team,
            channel="",
            user=sent.user,
            ts=sent.name,
            thread="",
            text=question,
            about=sent.about,
        )

    def _say(self, click: Click, message: Message) -> None:
        """Tell the one who clicked, where they clicked."""
        slack = self._office.slack
        if not click.fleeting:
            try:
                slack.whisper(click.channel, click.user, message, thread=click.thread)
            except SlackRefused:
                pass
            else:
                return
        slack.respond(click.response, message)

    def _trouble(self, click: Click, error: CharterError) -> None:
        """Say what went wrong; where even that fails, the log has it."""
        told = problems.told(error)
        try:
            self._say(click, wording.trouble(error, told))
        except SlackError as silent:
            problems.told(silent)
