"""The commands that follow up commitments: status, confirm, history, changes, review."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.asking import AsOf, Groups, Json, groups_of, opened
from bots.commands.cataloguing import DocumentId, Newer, Older
from bots.commands.failures import told_plainly

if TYPE_CHECKING:
    from assistant.register.desk import Followed  # at run time only inside a command

Id = Annotated[
    str, typer.Argument(metavar="ID", help="As it stands in the list; its beginning is enough.")
]
By = Annotated[
    str | None,
    typer.Option(
        help="Who says it; the name that you are logged in with if left out.", show_default=False
    ),
]
IfSeen = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        help="Only if nothing was said since: the `seen` of the standing that --json shows.",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to ``charter commitments``."""
    for command in (status, confirm, history, changes, review):
        app.command()(command)


def status(  # noqa: PLR0913  each is an option of the command
    commitment: Id,
    status: Annotated[
        str,
        typer.Argument(
            help="“not started”, “in progress”, “delivered”, “dropped” or “superseded”."
        ),
    ],
    *,
    note: Annotated[str, typer.Option(help="What else is to be said.", show_default=False)] = "",
    link: Annotated[
        str, typer.Option(help="Address of a page that shows it.", show_default=False)
    ] = "",
    by: By = None,
    if_seen: IfSeen = None,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Say where a commitment stands."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from assistant.register.statements import check_saying  # noqa: PLC0415  see opened

        saying = check_saying(status, by=by or _login(), note=note, link=link)
        desk = assistant.desk(groups=groups_of(group))
        _show(desk.say(commitment, saying, if_seen=if_seen), as_json=as_json)


def confirm(
    commitment: Id,
    *,
    by: By = None,
    if_seen: IfSeen = None,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Confirm a status after the document changed."""
    with told_plainly(as_json=as_json), opened() as assistant:
        desk = assistant.desk(groups=groups_of(group))
        followed = desk.confirm(commitment, by=by or _login(), if_seen=if_seen)
        _show(followed, as_json=as_json)


def history(
    commitment: Id, *, as_of: AsOf = None, group: Groups = None, as_json: Json = False
) -> None:
    """Show a commitment and what was said of it."""
    with told_plainly(as_json=as_json), opened() as assistant:
        desk = assistant.desk(as_of=as_of, groups=groups_of(group))
        _show(desk.open(commitment), as_json=as_json)


def changes(
    document: DocumentId,
    older: Older = None,
    newer: Newer = None,
    *,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Show what a new version of a document changed."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from bots.register.follow_bodies import changes_body  # noqa: PLC0415  see opened
        from bots.register.follow_shown import changes_shown  # noqa: PLC0415  the same

        found = assistant.desk(groups=groups_of(group)).changes(document, older, newer)
        if as_json:
            write_json(changes_body(found).model_dump(mode="json"))
        else:
            write(changes_shown(found))


def review(*, as_of: AsOf = None, group: Groups = None, as_json: Json = False) -> None:
    """List what could not be read with certainty."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from assistant.register.model import Filters  # noqa: PLC0415  see opened
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from bots.register.bodies import listing_body  # noqa: PLC0415  the same
        from bots.register.follow_shown import review_shown  # noqa: PLC0415  the same

        listing = assistant.commitments(Filters(review=True), as_of=as_of, groups=groups_of(group))
        if as_json:
            write_json(listing_body(listing).model_dump(mode="json"))
        else:
            write(review_shown(listing))


def _show(followed: Followed, *, as_json: bool) -> None:
    from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
    from bots.register.follow_bodies import followed_body  # noqa: PLC0415  see opened
    from bots.register.follow_shown import followed_shown  # noqa: PLC0415  the same

    if as_json:
        write_json(followed_body(followed).model_dump(mode="json"))
    else:
        write(followed_shown(followed))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in a container
        return f"user {os.getuid()}"
