"""The command ``charter commitments``: lists from the register, and files of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands import commitments_follow
from bots.commands.asking import AsOf, Groups, Json, groups_of, opened
from bots.commands.failures import told_plainly

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.register.model import Listing

app = typer.Typer(
    help="List what the documents commit to: who, what, by when.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)
commitments_follow.add_to(app)

Lead = Annotated[
    list[str] | None,
    typer.Option(
        help="A lead team, in any of its spellings; like every filter that takes a name, it can "
        "be given several times, and any of them must be met.",
        show_default=False,
    ),
]
Due = Annotated[
    str,
    typer.Option(
        metavar="WHEN",
        help="“Q1 2024”, “by mid-2024”, “2024”, “before 2025-03-01”, “this quarter”, “ongoing”, "
        "“none”, “overdue”.",
        show_default=False,
    ),
]
Theme = Annotated[
    list[str] | None, typer.Option(help="Words of a heading above it.", show_default=False)
]
Document = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="A document’s id.", show_default=False)
]
Body = Annotated[
    list[str] | None,
    typer.Option(help="Whose it is: an organisation or a body.", show_default=False),
]
Status = Annotated[
    list[str] | None,
    typer.Option(
        help="“not started”, “in progress”, “delivered”, “dropped”, “superseded”.",
        show_default=False,
    ),
]
Search = Annotated[
    str,
    typer.Option(
        metavar="WORDS", help="Words of it, of its activities or its theme.", show_default=False
    ),
]
Review = Annotated[
    bool, typer.Option("--review", help="Only what could not be read with certainty.")
]
Sort = Annotated[str, typer.Option(metavar="document|due|lead|theme|status", help="Sort by this.")]
Descending = Annotated[bool, typer.Option("--descending", help="Turn the order around.")]
GroupBy = Annotated[
    str | None,
    typer.Option(
        metavar="lead|theme|document|status|quarter",
        help="Also count all that were found by this.",
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, help="At most so many lines; all if left out.", show_default=False),
]
Offset = Annotated[int, typer.Option(min=0, help="Leave out so many lines at the front.")]
ExportTo = Annotated[
    Path | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help="Write the list to a file: .xlsx, .csv, .json, or .ics for a calendar.",
        dir_okay=False,
        show_default=False,
    ),
]


@app.callback()
def commitments(  # noqa: PLR0913  each is an option of the command
    context: typer.Context,
    *,
    lead: Lead = None,
    due: Due = "",
    theme: Theme = None,
    document: Document = None,
    body: Body = None,
    status: Status = None,
    search: Search = "",
    review: Review = False,
    as_of: AsOf = None,
    group: Groups = None,
    sort: Sort = "document",
    descending: Descending = False,
    group_by: GroupBy = None,
    limit: Limit = None,
    offset: Offset = 0,
    export: ExportTo = None,
    as_json: Json = False,
) -> None:
    """List what the documents commit to: who, what, by when.

    A list is complete and says what it is a list of. All filters must be met.
    """
    if context.invoked_subcommand:
        _refuse_options(context)
        return
    said = {
        "lead": lead or [],
        "due": due,
        "theme": theme or [],
        "document": document or [],
        "body": body or [],
        "status": status or [],
        "search": search,
        "review": review,
        "as_of": as_of.isoformat() if as_of else None,
        "sort": sort,
        "descending": descending,
        "group_by": group_by,
    }
    with told_plainly(as_json=as_json), opened() as assistant:
        listing = _listed(assistant, said, groups_of(group), limit=limit, offset=offset)
        _show(listing, assistant, export, as_json=as_json)


def _listed(
    assistant: Assistant,
    said: Mapping[str, object],
    groups: frozenset[str],
    *,
    limit: int | None,
    offset: int,
) -> Listing:
    from bots.register.query import Asked, CommitmentsQuery  # noqa: PLC0415  see opened

    asked = Asked.of(CommitmentsQuery.typed(said), assistant.today())
    asked = replace(asked, view=replace(asked.view, limit=limit, offset=offset))
    return asked.listed(assistant, groups)


def _show(listing: Listing, assistant: Assistant, export: Path | None, *, as_json: bool) -> None:
    """Write a list to the terminal, or to a file and say so."""
    from bots.commands.terminal import write, write_json, written  # noqa: PLC0415  the same
    from bots.register.bodies import listing_body  # noqa: PLC0415  see opened
    from bots.register.exports import address_of, save  # noqa: PLC0415  the same
    from bots.register.shown import listing_shown  # noqa: PLC0415  the same

    if export:
        save(listing, export, address_of(assistant.settings))
    if as_json:
        write_json(listing_body(listing).model_dump(mode="json"))
    elif export:
        write(written(f"Wrote {listing.denominator} to {export}."))
    else:
        write(listing_shown(listing))


def _refuse_options(context: typer.Context) -> None:
    """Say that filters are of the list alone, rather than leave them out in silence."""
    given = [
        name
        for name in context.params
        if (source := context.get_parameter_source(name)) and source.name == "COMMANDLINE"
    ]
    if given:
        option = given[0].replace("_", "-")
        raise typer.BadParameter(
            f"--{option} filters the list; it does not go before {context.invoked_subcommand}."
        )
