"""The commands that measure this machine: ``charter bench scale`` and ``embedding``."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.commands.asking import Json
from bots.commands.bench_options import Home, Save
from bots.commands.failures import told_plainly

SIZES = (1_000, 10_000, 100_000)
LEAST = 100  # passages: those of one document
TEXTS = 1_000


def scale(
    sizes: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="PASSAGES…",
            help="Sizes to measure; else 1000, 10000 and 100000.",
            min=LEAST,
            show_default=False,
        ),
    ] = None,
    *,
    home: Home = None,
    save_to: Save = None,
    as_json: Json = False,
) -> None:
    """Measure how Charter grows with the number of passages.

    Documents are made of the sentences of those that come with Charter. 100,000 passages take four
    minutes of one processor and 1.5 GB of disk, 500,000 take 22 minutes and 7 GB.
    """
    with told_plainly(as_json=as_json):
        from bots.commands.machine_shown import sizes_shown  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.machine_pages import save_scale, scale_record  # noqa: PLC0415  the same
        from evals.scale import measure  # noqa: PLC0415  the same

        measured = tuple(
            measure(sizes or SIZES, lambda line: typer.echo(line, err=True), home=home)
        )
        if save_to:
            save_scale(measured, save_to)
        if as_json:
            write_json(scale_record(measured))
        else:
            write(sizes_shown(measured))


def embedding(
    *,
    texts: Annotated[int, typer.Option(min=8, help="How many sentences are embedded.")] = TEXTS,
    save_to: Save = None,
    as_json: Json = False,
) -> None:
    """Compare how fast the default model embeds with ONNX Runtime alone."""
    with told_plainly(as_json=as_json):
        from bots.commands.machine_shown import figures_shown  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.embedding import measure  # noqa: PLC0415  the same
        from evals.machine_pages import embedding_record, save_embedding  # noqa: PLC0415  the same
        from evals.scale_corpus import SHIPPED, read_sentences  # noqa: PLC0415  the same

        figures = tuple(measure(read_sentences(SHIPPED)[:texts]))
        if save_to:
            save_embedding(figures, save_to)
        if as_json:
            write_json(embedding_record(figures))
        else:
            write(figures_shown(figures))
