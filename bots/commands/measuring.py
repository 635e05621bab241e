"""Sets of questions on the command line: where their indexes go, and what is shown meanwhile."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import typer

from assistant.settings import Settings, load_settings
from bots.commands.building import to_stderr, watched
from evals.benchmark_sets import read_set
from evals.retrieval import Run, run_set

_EVERY = 10.0  # seconds between two lines


def measured(
    sets: Sequence[Path], documents: Path | None, *, split: str, home: Path | None
) -> tuple[list[Run], Settings]:
    """Measure the retrieval of each set; also return the settings that were measured.

    Raises:
        CharterError: why it cannot be done.
    """
    # all are read before the first is indexed: a slip should not show after ten minutes
    taken = [read_set(folder, split=split) for folder in sets]
    refuse_namesakes([one.name for one in taken])
    settings = load_settings()
    runs = []
    with ExitStack() as opened:
        base = home or Path(opened.enter_context(tempfile.TemporaryDirectory()))
        for some_set in taken:
            own = settings.model_copy(update={"home": base / some_set.name})
            with watched() as progress:
                asked = Asked(some_set.name, to_stderr)
                runs.append(run_set(some_set, own, documents, progress=progress, asked=asked))
    return runs, settings


class Asked:
    """Says now and then how many queries were asked."""

    def __init__(
        self, name: str, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._say = say
        self._clock = clock
        self._last = clock()

    def __call__(self, done: int, total: int) -> None:
        """Hear that so many of all were asked."""
        now = self._clock()
        if now - self._last >= _EVERY:
            self._last = now
            self._say(f"{self._name}: asked {done:,} of {total:,} queries.")


def refuse_namesakes(names: Sequence[str]) -> None:
    """Refuse two sets of one name: results are told apart by it."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise typer.BadParameter(f"Two sets are called {twice[0]}; rename the folder of one.")
