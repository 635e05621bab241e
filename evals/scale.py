"""How Charter grows with the number of passages: ``charter bench scale``.

Each size is built and asked in processes of its own, so that memory and a cold start are theirs.
Nothing here is asserted anywhere: a machine's clock is no test.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from math import log
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.ask import Assistant
from assistant.conversation.conversations import Conversations
from assistant.live import LiveIndex
from assistant.receipts import Receipts
from assistant.register.follow_up import FollowUp
from assistant.settings import load_settings
from assistant.wiring import build_embedder, records_address
from corpus.errors import BenchmarkUnusable
from evals.memory import peak_mib
from evals.scale_corpus import (
    GROUP,
    SHIPPED,
    Asking,
    PerturbingEmbedder,
    make_questions,
    read_sentences,
    write_corpus,
)
from indexing.build import build_index
from indexing.progress import SilentProgress

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 200
DAY = date(2026, 1, 1)
_STORED = "stored.npy"

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was built: seconds, of them on a processor, MiB of memory and of disk.

    Attributes:
        load: of the machine over the last five minutes of it, this build among it.
    """

    passages: int
    documents: int
    seconds: float
    processor: float
    memory: float
    disk: float
    load: float


@dataclass(frozen=True, slots=True)
class Asked:
    """An index that was asked: seconds to the first reply, then milliseconds of each, and MiB.

    Attributes:
        processor: median of the milliseconds on processors, which a busy machine hardly changes.
        load: of the machine over the last minute of it, these questions among it.
    """

    cold: float
    p50: float
    p95: float
    processor: float
    memory: float
    load: float


@dataclass(frozen=True, slots=True)
class Sized:
    """What was measured at one size."""

    built: Built
    asked: Asked


def measure(
    sizes: Sequence[int], say: Callable[[str], None], *, home: Path | None = None
) -> Iterator[Sized]:
    """Build and ask an index of about each number of passages.

    Args:
        sizes: numbers of passages.
        say: hears what is begun.
        home: a folder to keep the indexes in; those that are there are asked, not built again.

    Raises:
        BenchmarkUnusable: the process of a size was ended, as for want of memory.
        IndexMismatch: an index that was kept is of another release.
    """
    with _place(home) as place:
        np.save(place / _STORED, build_embedder(load_settings()).embed(read_sentences(SHIPPED)))
        for size in sizes:
            record = place / f"built-{size}.json"
            if record.is_file():
                say(f"{size:,} passages: built before")
            else:
                say(f"{size:,} passages: building")
                record.write_text(json.dumps(asdict(_in_process(_build, place, size))), "utf-8")
            say(f"{size:,} passages: asking")
            built = Built(**json.loads(record.read_text("utf-8")))
            yield Sized(built, _in_process(_ask, place, size))


@contextmanager
def _place(home: Path | None) -> Iterator[Path]:
    if home is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        home.mkdir(parents=True, exist_ok=True)
        yield home


def _in_process(step: Callable[[Path, int], _Found], place: Path, size: int) -> _Found:
    # spawned, for a fork would begin with the memory of this process
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            return process.submit(step, place, size).result()
        except BrokenProcessPool as error:
            raise BenchmarkUnusable(
                f"The process that measured {size:,} passages was ended.",
                "Look whether the machine has run out of memory, or measure fewer passages.",
            ) from error


def _build(place: Path, size: int) -> Built:
    corpus, home = place / f"corpus-{size}", place / f"home-{size}"
    write_corpus(corpus, read_sentences(SHIPPED), size)
    embedder = PerturbingEmbedder(np.load(place / _STORED))
    began, worked = time.perf_counter(), time.process_time()
    report = build_index(corpus, home, embedder, progress=SilentProgress())
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    files = [file for file in home.rglob("*") if file.is_file()]
    return Built(
        report.passages,
        report.documents,
        round(seconds, 1),
        round(processor, 1),
        round(peak_mib(), 1),
        round(sum(file.stat().st_size for file in files) / 2**20, 1),
        round(os.getloadavg()[1], 1),
    )


def _ask(place: Path, size: int) -> Asked:
    """Ask as a reader in no group does, so that every question is filtered."""
    questions = make_questions(read_sentences(SHIPPED), QUESTIONS)
    embedder = PerturbingEmbedder(np.load(place / _STORED))
    settings = load_settings(corpus=place / f"corpus-{size}", home=place / f"home-{size}")
    model = Asking(build_embedder(load_settings()), embedder)
    live = LiveIndex(settings.home, model.fingerprint)
    address = records_address(settings)
    kept = Receipts(address), Conversations(address), FollowUp(address)
    assistant = Assistant(settings, "scale", live, model, *kept, lambda: DAY)
    cold = _seconds(assistant, "What is annual leave?")[0]
    asked = [_seconds(assistant, question) for question in questions]
    assistant.ask(questions[0], groups=frozenset((GROUP,)))
    assistant.close()
    wall, processor = (1000 * np.array(times) for times in zip(*asked, strict=True))
    p50, p95 = np.percentile(wall, (50, 95))
    return Asked(
        round(cold, 2),
        round(float(p50), 1),
        round(float(p95), 1),
        round(float(np.median(processor)), 1),
        round(peak_mib(), 1),
        round(os.getloadavg()[0], 1),
    )


def _seconds(assistant: Assistant, question: str) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    assistant.ask(question)
    return time.perf_counter() - began, time.process_time() - worked


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the power of the size that values grow with: 1 is in proportion, 0 not at all.

    The slope of the line of least squares through their logarithms; two sizes at least.
    """
    across, up = [log(size) for size in sizes], [log(value) for value in values]
    return float(np.polyfit(across, up, 1)[0])
