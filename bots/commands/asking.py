"""The commands that read: ask, show, receipt."""

from __future__ import annotations

import io
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.exits import Exit
from bots.commands.failures import told_plainly
from bots.days import read_day
from corpus.errors import QuestionError

if TYPE_CHECKING:
    from assistant.ask import Assistant  # at run time only inside a command: it takes a second

MOST_READ = 20_000  # characters taken from stdin; the assistant refuses far shorter questions


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


Json = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
AsOf = Annotated[
    date | None,
    typer.Option(
        parser=_day,
        metavar="YYYY-MM-DD",
        help="The day whose rules are asked for; today if left out.",
    ),
]
Groups = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        help="A group of the reader for whom you ask; can be given several times. Without one, "
        "what everybody may read.",
        show_default=False,
    ),
]


def groups_of(given: list[str] | None) -> frozenset[str]:
    """Return the groups that were named."""
    return frozenset(given or ())


Conversation = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="A name of your choice; questions under one name go on from each other, and nobody "
        "else’s do. A reply’s conversation_id goes on from that reply.",
        show_default=False,
    ),
]


def ask(
    question: Annotated[str, typer.Argument(help="The question, or - to read it from stdin.")],
    *,
    conversation: Conversation = None,
    as_of: AsOf = None,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Answer a question from the documents.

    Ends with 0 for an answer, 3 for the closest passages and 4 for no answer.
    """
    with told_plainly(as_json=as_json), opened() as assistant:
        from assistant.writing.wire import outcome, reply_to_dict  # noqa: PLC0415  see opened
        from bots.commands.terminal import reply_shown, write, write_json  # noqa: PLC0415  the same

        text = _from_stdin() if question == "-" else question
        reply = assistant.ask(
            text,
            conversation_id=conversation,
            as_of=as_of,
            groups=groups_of(group),
            asker=f"terminal {platform.node()} {os.getuid()}",
        )
        kind = outcome(reply)
        if as_json:
            write_json(reply_to_dict(reply))
        else:
            write(reply_shown(reply, kind))
        ends = {"closest_passages": Exit.CLOSEST_PASSAGES, "no_answer": Exit.NO_ANSWER}
        raise typer.Exit(ends.get(kind, Exit.OK))


def show(
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT[#SECTION]",
            help="A document’s id; after # a section’s name, number or heading.",
        ),
    ],
    *,
    version: Annotated[
        str | None, typer.Option(help="Its version; the one in force if left out.")
    ] = None,
    as_of: AsOf = None,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Show a document, or one section of it."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from assistant.library.sections import find_section  # noqa: PLC0415  see opened
        from bots.commands.document_shown import document_shown  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same

        name, _, wanted = document.partition("#")
        chosen = assistant.shelf(groups_of(group)).open(name, version, as_of)
        found, entry = chosen.document, chosen.entry
        section = find_section(found, wanted) if wanted else None
        if not as_json:
            write(document_shown(found, entry, section))
            return
        from bots.api.shapes import document_body, excerpt_body  # noqa: PLC0415  the same

        if section:
            body = excerpt_body(found, entry, section).model_dump(mode="json")
        else:
            body = document_body(found, entry, chosen.versions).model_dump(mode="json")
        write_json(body)


def receipt(
    receipt_id: Annotated[str, typer.Argument(metavar="ID", help="As it stands under an answer.")],
    *,
    replay: Annotated[
        bool,
        typer.Option(
            "--replay", help="Ask again and compare the bytes; ends with 6 if they differ."
        ),
    ] = False,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Show what was asked and replied, and whether it still holds."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from bots.commands.receipt_shown import receipt_shown, receipt_to_dict  # noqa: PLC0415  see opened
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same

        kept = assistant.receipt(receipt_id, groups_of(group))
        again = assistant.replay(receipt_id, groups_of(group)) if replay else None
        if as_json:
            write_json(receipt_to_dict(kept, again))
        else:
            write(receipt_shown(kept, again))
        if again and not again.same:
            raise typer.Exit(Exit.DIFFERENT)


@contextmanager
def opened() -> Iterator[Assistant]:
    """Give an assistant for one command; what it imports takes most of a command's time."""
    from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
    from assistant.wiring import build_assistant  # noqa: PLC0415  the same

    assistant = build_assistant(load_settings())
    try:
        yield assistant
    finally:
        assistant.close()


def _from_stdin() -> str:
    try:
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8").read(MOST_READ)
    except UnicodeDecodeError as error:
        raise QuestionError(
            "The question on stdin is not UTF-8 text.", "Convert it, then ask again."
        ) from error
