"""The commands about what staff asked and said: ``charter eval gaps`` and ``votes``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.commands.asking import Json, opened
from bots.commands.failures import told_plainly
from corpus.errors import StorageError

if TYPE_CHECKING:
    from evals.feedback.asked import Hearing
    from evals.feedback.gap_rows import GapLine
    from evals.feedback.gaps import Gap, GapReport, Gaps

Days = Annotated[
    int, typer.Option(min=1, max=3660, help="How many days to look back, today included.")
]
Most = Annotated[int, typer.Option(min=1, max=1000, help="How many to list at most.")]
_LOOKED_AT = 200  # gaps of a file whose nearest place is looked for; each takes 30 ms


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (gaps, votes):
        app.command()(command)


def gaps(
    *,
    days: Days = 90,
    least: Annotated[
        int, typer.Option(min=1, help="Leave out what was asked less often than so many times.")
    ] = 1,
    most: Most = 20,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write all of it to a file: .csv, or .xlsx by its ending.",
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what staff asked that the documents do not answer.

    Questions that ask the same are counted together; names of people are removed by their form.
    """
    with told_plainly(as_json=as_json), _heard() as hearing:
        from bots.commands.feedback_shown import gaps_shown, gaps_to_dict  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json, written  # noqa: PLC0415  the same
        from evals.feedback.gaps import Gaps  # noqa: PLC0415  the same

        made = Gaps(hearing)
        report = made.report(days)
        asked = [gap for gap in report.gaps if gap.times >= least]
        if csv:
            _write(csv, report, [_line(made, gap, n < _LOOKED_AT) for n, gap in enumerate(asked)])
        lines = [_line(made, gap) for gap in asked[:most]]
        if as_json:
            write_json(gaps_to_dict(report, lines))
            return
        write(gaps_shown(report, lines, found=len(asked), least=least))
        if csv:
            write(written(f"Wrote {len(asked)} to {csv}."))


def votes(
    *,
    days: Days = 90,
    helpful: Annotated[
        bool, typer.Option("--helpful", help="List replies that helped instead.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List also what somebody has decided on.")
    ] = False,
    most: Most = 20,
    as_json: Json = False,
) -> None:
    """Say which replies did not help, why, and what was decided about them."""
    with told_plainly(as_json=as_json), _heard() as hearing:
        from assistant.wiring import records_address  # noqa: PLC0415  the same
        from bots.commands.feedback_shown import votes_shown, votes_to_dict  # noqa: PLC0415  --help must not wait for it
        from bots.commands.terminal import write, write_json  # noqa: PLC0415  the same
        from evals.feedback.decisions import Decisions  # noqa: PLC0415  the same
        from evals.feedback.triage import Triage  # noqa: PLC0415  the same
        from evals.suites.folder import SuiteFolder  # noqa: PLC0415  the same

        settings = hearing.assistant.settings
        with closing(Decisions(records_address(settings))) as decisions:
            triage = Triage(hearing, decisions, SuiteFolder(settings.suites_folder))
            read = triage.read(days, "helpful" if helpful else "unhelpful")
        listed = [one for one in read.items if every or one.waits]
        if as_json:
            write_json(votes_to_dict(listed[:most], read))
        else:
            write(votes_shown(listed[:most], read, days=days))


@contextmanager
def _heard() -> Iterator[Hearing]:
    """Give what reads the records."""
    from assistant.wiring import build_ledgers  # noqa: PLC0415  --help must not wait for it
    from evals.feedback.asked import Hearing  # noqa: PLC0415  the same

    with opened() as assistant, closing(build_ledgers(assistant.settings)) as ledgers:
        yield Hearing(assistant, ledgers)


def _line(gaps: Gaps, gap: Gap, looks: bool = True) -> GapLine:  # noqa: FBT001, FBT002  one of two ways
    from evals.feedback.gap_rows import GapLine  # noqa: PLC0415  as above

    return GapLine(gap, gaps.look(gap.name) if looks else None)


def _write(file: Path, report: GapReport, lines: list[GapLine]) -> None:
    from evals.feedback.gap_rows import csv_of, xlsx_of  # noqa: PLC0415  as above

    data = xlsx_of(report, lines) if file.suffix.lower() == ".xlsx" else csv_of(lines)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise StorageError(
            f"The list cannot be written to {file}: {error.strerror}.", "Name another file."
        ) from error
