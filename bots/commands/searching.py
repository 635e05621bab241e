"""The command ``charter search``: passages rather than an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.asking import AsOf, Groups, Json, groups_of, opened
from bots.commands.exits import Exit
from bots.commands.failures import told_plainly

if TYPE_CHECKING:
    from assistant.searching import Search

Words = Annotated[str, typer.Argument(metavar="WORDS", help="A question or some words.")]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        help="Such as policy; like every filter, it can be given several times, and any must be "
        "met.",
        show_default=False,
    ),
]
Organisation = Annotated[
    list[str] | None, typer.Option(help="Whose document it is.", show_default=False)
]
Status = Annotated[
    list[str] | None,
    typer.Option(
        help="“in force”, “superseded”, “expired”, “not yet in force”, “sample”.",
        show_default=False,
    ),
]
Owner = Annotated[list[str] | None, typer.Option(help="Who keeps it.", show_default=False)]
Language = Annotated[
    list[str] | None, typer.Option(help="Its code, such as en.", show_default=False)
]
Document = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="A document’s id.", show_default=False)
]
AllVersions = Annotated[
    bool, typer.Option("--all-versions", help="Also versions that are not in force on the day.")
]
Limit = Annotated[int, typer.Option(min=1, max=200, help="At most so many passages.")]
Offset = Annotated[int, typer.Option(min=0, help="Leave out so many at the front.")]


def search(  # noqa: PLR0913  each is an option of the command
    words: Words,
    *,
    kind: Kind = None,
    organisation: Organisation = None,
    status: Status = None,
    owner: Owner = None,
    language: Language = None,
    document: Document = None,
    as_of: AsOf = None,
    all_versions: AllVersions = False,
    group: Groups = None,
    limit: Limit = 10,
    offset: Offset = 0,
    as_json: Json = False,
) -> None:
    """Find the passages nearest to some words, best first.

    They are passages, not an answer. Ends with 4 where nothing is found.
    """
    said = {
        "q": words,
        "kind": kind or [],
        "organisation": organisation or [],
        "status": status or [],
        "owner": owner or [],
        "language": language or [],
        "document": document or [],
        "as_of": as_of.isoformat() if as_of else None,
        "all_versions": all_versions,
        "limit": limit,
        "offset": offset,
    }
    with told_plainly(as_json=as_json), opened() as assistant:
        from bots.api.library_shapes import search_body  # noqa: PLC0415  see opened
        from bots.commands.passages_shown import passages_shown  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same

        searched = assistant.find_passages(_search(said, as_json=as_json), groups=groups_of(group))
        if as_json:
            body = search_body(searched, assistant.settings.public_url, None)
            write_json(body.model_dump(mode="json"))
        else:
            write(passages_shown(searched))
        if not searched.found:
            raise typer.Exit(Exit.NO_ANSWER)


def _search(said: Mapping[str, object], *, as_json: bool) -> Search:
    from dataclasses import replace  # noqa: PLC0415  see opened

    from bots.library.query import SearchQuery  # noqa: PLC0415  the same

    return replace(SearchQuery.typed(said).search, facets=as_json)
