"""What Charter itself says in Slack, beside the replies."""

from __future__ import annotations

from collections.abc import Sequence

from bots.problems import Problem
from bots.slack import limits
from bots.slack.blocks import bullets, link, rich, section, text, words
from bots.slack.escape import escaped
from bots.slack.limits import Block, Message, cut
from corpus.errors import CharterError, QuestionError

BUSY = (
    "Charter has more questions than it can answer at once, and did not take this one. "
    "Please ask again in a few minutes."
)
INTERRUPTED = (
    "Charter was interrupted while it posted its reply. If none stands above, please ask again."
)
UNSURE = (
    "Slack did not confirm that it took Charter’s reply. If none stands above, please ask again."
)
WORKING = "is reading the documents…"


def said(sentence: str, *blocks: Block) -> Message:
    """Return a message of one sentence or two, and what goes with it."""
    return Message(cut(escaped(sentence), limits.NOTICE), (words(sentence), *blocks))


def help_message(examples: Sequence[str], *, page: str = "") -> Message:
    """Say how to ask."""
    lead = (
        "Ask a question about the organisation’s policies and strategies, in your own words. "
        "Every sentence of the answer is a quote, with the place where it stands."
    )
    paragraphs = [section(text(lead))]
    if examples:
        paragraphs += [section(text("For example:", bold=True))]
        paragraphs += [bullets(section(text(one)) for one in examples)]
    if page:
        paragraphs += [section(link("All documents", page))]
    spoken = " ".join([lead, *(["For example:", *examples] if examples else [])])
    return Message(cut(escaped(spoken), limits.NOTICE), (rich(*paragraphs),))


def trouble(error: CharterError, problem: Problem) -> Message:
    """Say what went wrong.

    What lies in the question is told in full. What lies in the server is not: those words are for
    whoever runs Charter, and may name folders and hosts.
    """
    if isinstance(error, QuestionError):
        return said(f"{error} (error {problem.id})")
    return failed(problem)


def failed(problem: Problem) -> Message:
    """Say that something failed that the asker can do nothing about."""
    return said(
        f"Charter cannot answer now: {problem.kind.title[0].lower()}{problem.kind.title[1:]}. "
        f"Please tell whoever runs Charter the id of this error: {problem.id}."
    )


def not_in_channel(channel: str) -> str:
    """Say why a reply comes as a direct message."""
    return f"Charter could not post in the channel ({channel}), so here is the reply."


ASIDE = (
    "Only you see this: it rests on documents that not everybody in this channel may read. "
    "What everybody may read stands in the thread."
)
SHARED = (
    "Only you see this: people of other organisations read this channel, and Charter answers "
    "members of this workspace."
)
ASIDE_HERE = "Only you see this: it rests on documents that not everybody may read."
