"""Charter's page in Slack: how to ask, what somebody asked lately, what was read and how fresh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from assistant.asked import AskedQuestion
from assistant.library.catalogue import CatalogueEntry, in_words
from assistant.library.reader import Reader
from assistant.writing.addresses import document_address
from bots.slack.blocks import Element, bullets, divider, header, link, note, rich, section, text
from bots.slack.calls import Prompt
from bots.slack.forms import View
from bots.slack.limits import Block, Message, cut
from bots.slack.office import Office
from bots.slack.packing import in_blocks
from bots.slack.reply_shown import HEADLINES

MOST_DOCUMENTS = 40
TITLE = "What would you like to know?"
HOW = (
    "Write to Charter in the Messages tab, mention it in a channel, type /charter and a question, "
    "or choose “Ask the policies about this” beside a message. A mention is answered for the "
    "channel, from what everybody may read; the others are answered for you alone."
)


def home_view(office: Office, user: str) -> View:
    """Return somebody's page.

    Raises:
        CharterError: why it cannot be made.
    """
    reader = office.people.reader(user)
    if not reader.admitted:
        return {"type": "home", "blocks": [rich(section(text(reader.refusal)))]}
    blocks = [
        header("Ask the documents"),
        rich(section(text(HOW))),
        *_examples(office),
        divider(),
        *_asked(office.ledgers.asked.latest(reader.name)),
        divider(),
        *_documents(office, reader),
    ]
    return {"type": "home", "blocks": blocks}


def troubled_view(message: Message) -> View:
    """Return the page of somebody for whom none can be made now."""
    return {"type": "home", "blocks": list(message.blocks)}


def prompts(office: Office) -> tuple[Prompt, ...]:
    """Return questions to start with, as Slack offers them."""
    return tuple(Prompt(one, one) for one in office.examples())


def _examples(office: Office) -> Iterator[Block]:
    examples = office.examples()
    if examples:
        said = bullets(section(text(one)) for one in examples)
        yield rich(section(text("For example", bold=True)), said)


def _asked(latest: Sequence[AskedQuestion]) -> Iterator[Block]:
    yield header("What you asked lately")
    if not latest:
        yield rich(section(text("Nothing yet. Only you see this list.")))
        return
    yield rich(bullets(section(*_question(one)) for one in latest))
    yield note("Only you see this list. Questions leave it after 90 days.")


def _question(one: AskedQuestion) -> Iterator[Element]:
    yield text(cut(" ".join(one.question.split()), 200))
    yield text(f" · {HEADLINES[one.outcome]} · {in_words(one.asked_at.date())}", italic=True)


def _documents(office: Office, reader: Reader) -> Iterator[Block]:
    shelf = office.assistant.shelf(reader.groups)
    entries = [one for one in shelf.entries() if one.force == "in force"]
    built = datetime.fromisoformat(shelf.index.manifest.built_at).astimezone(UTC)
    yield header("What Charter has read")
    said = f"{len(entries)} documents in force, of {len(shelf.entries())} versions, as of "
    yield rich(section(text(f"{said}{in_words(built.date())}, {built:%H:%M} UTC.")))
    ordered = sorted(entries, key=lambda one: (one.metadata.sample, one.metadata.title))
    shown = ordered[:MOST_DOCUMENTS]
    yield from in_blocks([section(*_document(one, office.page)) for one in shown])
    if len(ordered) > len(shown):
        yield note(f"And {len(ordered) - len(shown)} more.")


def _document(entry: CatalogueEntry, page: str) -> Iterator[Element]:
    known = entry.metadata
    address = page and page + document_address(known.id, known.version)
    yield text("• ")
    yield link(known.title, address)
    since = known.effective_from
    said = f"version {known.version}" + (f", since {in_words(since)}" if since else "")
    yield text(f" · {said}")
    for mark in entry.marks:
        yield text(f" · {mark}", bold=True)
