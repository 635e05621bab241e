"""The commands about the documents as a whole: documents, compare, glossary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bots.commands.asking import AsOf, Groups, Json, groups_of, opened
from bots.commands.exits import Exit
from bots.commands.failures import told_plainly

DocumentId = Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document’s id.")]
Older = Annotated[
    str | None,
    typer.Argument(
        help="The version to start from; the one before NEWER if left out.", show_default=False
    ),
]
Newer = Annotated[
    str | None,
    typer.Argument(help="The version to go to; the one in force if left out.", show_default=False),
]


def documents(
    *,
    as_of: AsOf = None,
    group: Groups = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Only what its owners should set or correct; ends with 1 when it matters.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """List the documents with their versions, and what is missing."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from assistant.library.gaps import find_gaps  # noqa: PLC0415  --help must not wait for it
        from bots.api.shapes import catalogue_body, checked_body  # noqa: PLC0415  the same
        from bots.commands.catalogue_shown import catalogue_shown, gaps_shown  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same

        shelf = assistant.shelf(groups_of(group))
        entries = shelf.entries(as_of)
        gaps = find_gaps([entry.metadata for entry in entries], as_of or shelf.today)
        names = [file.relative for file in shelf.index.manifest.files]
        slips = (
            _slips(Path(shelf.index.manifest.corpus), assistant.settings.home, names)
            if check
            else ()
        )
        if as_json and check:
            write_json(checked_body(entries, gaps, slips).model_dump(mode="json"))
        elif as_json:
            write_json(catalogue_body(entries).model_dump(mode="json"))
        else:
            shown = gaps_shown(entries, gaps, slips) if check else catalogue_shown(entries, gaps)
            write(shown)
        if check and (slips or any(gap.level == "error" for gap in gaps)):
            raise typer.Exit(Exit.FAILED)


def compare(
    document: DocumentId,
    older: Older = None,
    newer: Newer = None,
    *,
    group: Groups = None,
    as_json: Json = False,
) -> None:
    """Show what changed from one version of a document to another."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from assistant.library.compare import compare as compared  # noqa: PLC0415  --help must not wait
        from bots.api.shapes import comparison_body  # noqa: PLC0415  the same
        from bots.commands.comparison_shown import comparison_shown  # noqa: PLC0415  the same
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same

        first, last = assistant.shelf(groups_of(group)).pair(document, older, newer)
        found = compared(first.document, last.document)
        if as_json:
            write_json(comparison_body(first, last, found).model_dump(mode="json"))
        else:
            write(comparison_shown(first, last, found))


def glossary(
    *,
    group: Groups = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="FILE",
            help="Write the pairs to a CSV file; edited and put into the folder of documents as "
            "glossary.csv, it adds pairs and switches pairs off.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the abbreviations and synonyms that Charter knows."""
    with told_plainly(as_json=as_json), opened() as assistant:
        from bots.commands.glossary_shown import (  # noqa: PLC0415  --help must not wait for it
            glossary_shown,
            glossary_to_dict,
            save_glossary,
        )
        from bots.commands.terminal import write, write_json, written  # noqa: PLC0415  the same

        shelf = assistant.shelf(groups_of(group))
        if save is not None:
            save_glossary(shelf.index.glossary, save)
        if as_json:
            write_json(glossary_to_dict(shelf))
        elif save is not None:
            write(written(f"Wrote {len(shelf.index.glossary):,} pairs to {save}."))
        else:
            write(glossary_shown(shelf))


def _slips(corpus: Path, home: Path, read: list[str]) -> tuple[str, ...]:
    """Say which patterns of the folder's settings fit no document."""
    from corpus.files.folder import list_files  # noqa: PLC0415  --help must not wait for it
    from corpus.metadata.folder_settings import unused_patterns  # noqa: PLC0415  the same

    files = list_files(corpus, without=home)
    unused = unused_patterns(corpus, files, read)
    return tuple(
        f"{path.relative_to(corpus).as_posix()}: the pattern “{pattern}” fits no document"
        for path, pattern in unused
    )
