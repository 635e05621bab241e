"""The options that the commands of ``charter bench`` have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Sets = Annotated[
    list[Path],
    typer.Argument(
        metavar="SET",
        help="Folders with corpus.jsonl, queries.jsonl and qrels, as BEIR lays them out.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]
Documents = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the real documents, where the ids of a set name them.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]
Split = Annotated[
    str, typer.Option(help="Which qrels to take; else dev, else test.", show_default=False)
]
Home = Annotated[
    Path | None,
    typer.Option(
        help="Folder to keep the indexes in, so that the next run builds only what changed.",
        file_okay=False,
        show_default=False,
    ),
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save",
        help="Folder to write the results into, as JSON and as a page.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]
