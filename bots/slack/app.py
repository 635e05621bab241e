"""The listeners, on the vendor's framework: read what came, acknowledge it, pass it on."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bots import problems
from bots.slack import forms, wording
from bots.slack.bodies import (
    Body,
    Command,
    HomeOpened,
    LinkShared,
    MessageAction,
    Read,
    SessionStopped,
    read,
)
from bots.slack.calls import quiet_logger
from bots.slack.clicks import Click, Submission, click_in, submission_in
from bots.slack.counter import SAY_MORE, Counter
from bots.slack.escape import plain
from bots.slack.events import Heard, question_in
from bots.slack.home import TITLE, home_view, prompts, troubled_view
from bots.slack.intake import Intake
from bots.slack.links import show_links
from bots.slack.office import Office
from bots.slack.reply_shown import ASK_PERSON, HELPFUL, SHARE, UNHELPFUL, VOTE
from corpus.errors import CharterError, SlackError

COMMAND = "/charter"
SHORTCUT = "ask_policies"
LISTENERS = 8  # threads for what is quick: forms, votes, pages

Next = Callable[[], BoltResponse]
_log = logging.getLogger("charter")


def build_app(office: Office, intake: Intake, signing_secret: str) -> App:
    """Return Charter as an application of the vendor's; it is not connected yet."""
    me = office.me
    known = AuthorizeResult(enterprise_id=None, team_id=me.team, bot_id=me.bot, bot_user_id=me.user)
    app = App(
        client=office.slack.bare_client(),
        # who Charter is, is known: else the first request would wait for Slack to say it
        authorize=lambda: known,
        signing_secret=signing_secret or "none: this mode takes no signed requests",
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="slack-listener"),
        attaching_conversation_kwargs_enabled=False,
        logger=quiet_logger(),
    )
    _hear_questions(app, office, intake)
    _hear_commands(app, office, intake)
    _hear_clicks(app, Counter(office, intake))
    _hear_events(app, office, intake)
    _take_the_rest(app)
    app.error(_telling(office))
    return app


def _hear_questions(app: App, office: Office, intake: Intake) -> None:
    def take(body: Body, next: Next) -> BoltResponse:  # noqa: A002  the framework gives it by this name
        """Write the message down before it is acknowledged."""
        heard = question_in(body, office.me.user)
        if heard is not None:
            intake.hear(heard)
        return next()

    for kind in ("app_mention", "message"):
        app.event(kind, middleware=[take])(_nothing_more)


def _hear_commands(app: App, office: Office, intake: Intake) -> None:
    def command(ack: Ack, body: Body) -> None:
        told = read(Command, body)
        if told:
            heard = Heard(
                way="command",
                team=office.me.team,
                channel=told.channel_id,
                user=told.user_id,
                ts=told.trigger_id,
                thread="",
                text=plain(told.text, office.me.user),
                response=told.response_url,
            )
            intake.hear(heard)
        ack()

    def shortcut(ack: Ack, body: Body) -> None:
        ack()
        told = read(MessageAction, body)
        if told:
            about = plain(told.message.words if told.message else "", office.me.user)
            office.slack.open_form(told.trigger_id, forms.ask_form(about))

    app.command(COMMAND)(command)
    app.message_shortcut(SHORTCUT)(shortcut)


def _hear_clicks(app: App, counter: Counter) -> None:
    clicks = {
        VOTE: counter.vote,
        HELPFUL: counter.vote,
        UNHELPFUL: counter.vote,
        ASK_PERSON: counter.ask_person,
        SHARE: counter.share,
    }
    for name, act in clicks.items():
        app.action(name)(_on_click(act))
    ends = {forms.WHY: counter.explain, forms.PERSON: counter.pass_on, forms.ASK: counter.ask}
    for name, end in ends.items():
        app.view(name)(_on_submission(end))


def _on_click(act: Callable[[Click], None]) -> Callable[[Ack, Body], None]:
    def click(ack: Ack, body: Body) -> None:
        ack()
        clicked = click_in(body)
        if clicked:
            act(clicked)

    return click


def _on_submission(
    end: Callable[[Submission], forms.View | None],
) -> Callable[[Ack, Body], None]:
    def submit(ack: Ack, body: Body) -> None:
        sent = submission_in(body)
        if sent:
            _end_form(ack, end, sent)
        else:
            ack()

    return submit


def _end_form(ack: Ack, end: Callable[[Submission], forms.View | None], sent: Submission) -> None:
    """Do what a form asks for, and let it end with words; a failure ends it with its id."""
    try:
        view = end(sent)
    except CharterError as error:
        message = wording.trouble(error, problems.told(error))
        view = forms.told_form("Charter", message.text)
    if view is None:
        ack(response_action="errors", errors={forms.QUESTION: SAY_MORE})
    else:
        ack(response_action="update", view=view)


def _hear_events(app: App, office: Office, intake: Intake) -> None:
    def opened(_: Body, told: HomeOpened) -> None:
        _open(office, told)

    def linked(body: Body, told: LinkShared) -> None:
        # a card is seen by all who read the channel, so others than this workspace get none
        if not body.get("is_ext_shared_channel"):
            show_links(office, told)

    def stopped(_: Body, told: SessionStopped) -> None:
        intake.stop_thread(told.channel, told.thread_ts)

    def regrouped() -> None:
        office.people.forget_groups()

    def removed(body: Body) -> None:
        _log.error("Slack says %s: Charter was removed there.", body["event"]["type"])

    app.event("app_home_opened")(_on_event(HomeOpened, opened))
    app.event("link_shared")(_on_event(LinkShared, linked))
    app.event("agent_session_stopped")(_on_event(SessionStopped, stopped))
    for kind in ("subteam_members_changed", "subteam_updated"):
        app.event(kind)(regrouped)
    for kind in ("app_uninstalled", "tokens_revoked"):
        app.event(kind)(removed)


def _on_event(model: type[Read], act: Callable[[Body, Read], None]) -> Callable[[Body], None]:
    def hear(body: Body) -> None:
        told = read(model, body["event"])
        if told:
            act(body, told)

    return hear


def _open(office: Office, told: HomeOpened) -> None:
    """Show somebody who opens Charter its page, or questions to start with."""
    if told.tab == "home":
        try:
            view = home_view(office, told.user)
        except CharterError as error:
            view = troubled_view(wording.trouble(error, problems.told(error)))
        office.slack.publish_home(told.user, view)
    elif told.tab == "messages":
        office.slack.suggest(told.channel, prompts(office), TITLE)


def _take_the_rest(app: App) -> None:
    """Take what nobody listens for: a 404 makes Slack send it again three times."""
    everything = re.compile(".*")
    app.event(everything)(_nothing_more)
    app.action(everything)(_acknowledge)
    app.view(everything)(_acknowledge)
    app.view_closed(everything)(_acknowledge)
    app.shortcut(everything)(_acknowledge)
    app.command(everything)(_acknowledge)
    app.options(everything)(_acknowledge)


def _nothing_more() -> None:
    """End an event; what there was to do is done."""


def _acknowledge(ack: Ack) -> None:
    ack()


def _telling(office: Office) -> Callable[[Exception, Body], None]:
    def tell(error: Exception, body: Body) -> None:
        """Say what went wrong in a listener to whoever clicked or typed; the log has it all."""
        if isinstance(error, CharterError):
            message = wording.trouble(error, problems.told(error))
        else:
            message = wording.failed(problems.unexpected(error))
        address = str(body.get("response_url") or "")
        if address:
            try:
                office.slack.respond(address, message)
            except SlackError as silent:
                problems.told(silent)

    return tell
