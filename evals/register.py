"""How fast the register of commitments is; a part of ``make bench``.

Commitments are those of the shipped documents over and over, their teams and days exchanged, in as
many documents as it takes. Nothing here is asserted anywhere: a machine's clock is no test.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from corpus.commitments import Commitment, Quote, Time, commitments_of
from corpus.figures.timeframes import TimeFrame
from corpus.files.folder import list_files
from corpus.model import Document, Metadata
from corpus.read import read_document
from evals.machine import Figure, figure
from evals.scale_corpus import SHIPPED
from indexing.register.reader import Register, RegisterStore
from indexing.register.schema import FILE
from indexing.register.wanted import Wanted
from indexing.register.writer import RegisterWriter

EACH = 100  # commitments of a document
TEAMS = 200
DAYS = 3_650
PAGE = (0, 100)
RUNS = 15
_TODAY = date(2026, 1, 1)


def measure(count: int) -> Iterator[Figure]:
    """Time extraction, then each kind of filter over a register of so many commitments.

    A filter is timed as a page of a list needs it: counted, and its first hundred read.
    """
    real = [read_document(file) for file in list_files(SHIPPED)]
    yield _extraction(real)
    commitments = [one for document in real for one in commitments_of(document)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        yield figure(
            f"register: write {count:,} commitments",
            "s",
            [_milliseconds(lambda: _write(place, commitments, count)) / 1000],
        )
        yield figure("register: on disk", "MiB", [(place / FILE).stat().st_size / 2**20])
        with closing(RegisterStore(place)) as store:
            register = store.of(frozenset(store.keys))
            for name, wanted in _filters(register).items():
                found = register.count(wanted).commitments
                yield _timed(f"{name}, {found:,} found", partial(_list, register, wanted))
            yield _timed("sort all by the day due", partial(_sort, register))
            yield _timed("count all by team", partial(register.group, Wanted(), "lead"))


def _extraction(real: Sequence[Document]) -> Figure:
    """Compare extraction with reading the same files, in processor time."""
    shares = []
    for _ in range(RUNS):
        reading = _worked(lambda: [read_document(one) for one in list_files(SHIPPED)])
        shares.append(100 * _worked(lambda: [commitments_of(one) for one in real]) / reading)
    return figure("register: extraction, of the time of reading", "%", shares)


def _filters(register: Register) -> dict[str, Wanted]:
    team = register.teams_named(register.teams[0].name)
    body = register.bodies_named(register.bodies[0].name)
    quarter = (date(2026, 1, 1), date(2026, 3, 31))
    ids = [one.commitment.id for one in register.find(Wanted(), page=(0, 5_000))]
    return {
        "no filter": Wanted(),
        "by team": Wanted(leads=team),
        "by body": Wanted(bodies=body),
        "by theme": Wanted(themes=("wellbeing of staff",)),
        "by word": Wanted(words="mobility"),
        "by rare words": Wanted(words="renovation of the headquarters building"),
        "due in a quarter": Wanted(due=quarter),
        "due by a day": Wanted(due=(None, _TODAY)),
        "ongoing": Wanted(timing=("ongoing",)),
        "undated": Wanted(timing=("undated",)),
        "overdue, 5,000 done": Wanted(timing=("overdue",), overdue=_TODAY, done=frozenset(ids)),
        "5,000 of a status": Wanted(ids=frozenset(ids)),
        "for review": Wanted(doubted=True),
        "team and quarter": Wanted(leads=team, due=quarter),
        "team, word and day": Wanted(leads=team, words="develop", due=(None, _TODAY)),
    }


def _list(register: Register, wanted: Wanted) -> None:
    register.count(wanted)
    register.find(wanted, page=PAGE)


def _sort(register: Register) -> None:
    register.find(Wanted(), order="due", page=PAGE)


def _timed(name: str, do: Callable[[], object]) -> Figure:
    return figure(f"register: {name}", "ms", [_milliseconds(do) for _ in range(RUNS)])


def _write(folder: Path, real: Sequence[Commitment], count: int) -> None:
    chance = random.Random(0)  # noqa: S311  the same at every time, nothing secret
    with closing(RegisterWriter(folder)) as writer:
        for number in range(count // EACH):
            metadata = Metadata(f"plan-{number:05d}", f"Plan {number}", kind="plan")
            writer.add(metadata, [_varied(one, chance) for one in chance.choices(real, k=EACH)])


def _varied(one: Commitment, chance: random.Random) -> Commitment:
    """Give a commitment an id and a team of its own, and in half of the cases a day."""
    times = one.times
    if chance.getrandbits(1):
        day = _TODAY + timedelta(days=chance.randrange(-DAYS // 2, DAYS // 2))
        times = (Time(Quote(day.isoformat(), 0, 10), TimeFrame("day", day, day)),)
    team = f"Team {chance.randrange(TEAMS)}"
    return replace(
        one, id=f"{chance.getrandbits(48):012x}", leads=(Quote(team, 0, len(team)),), times=times
    )


def _milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


def _worked(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began
