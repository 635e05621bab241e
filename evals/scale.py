"""How Charter grows with the number of passages: ``python -m evals.scale`` writes benchmarks/scale.

Each size is built and asked in processes of its own, so that memory and a cold start are theirs.
Nothing here is asserted anywhere: a machine's clock is no test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ask import Assistant
from assistant.conversation.conversations import Conversations
from assistant.live import LiveIndex
from assistant.receipts import Receipts
from assistant.settings import load_settings
from assistant.wiring import build_embedder, records_address
from evals.scale_corpus import (
    GROUP,
    Asking,
    PerturbingEmbedder,
    make_questions,
    read_sentences,
    write_corpus,
)
from evals.speed import RESULTS, ROOT
from indexing.build import build_index
from indexing.progress import SilentProgress

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 200
DAY = date(2026, 1, 1)
_STORED = "stored.npy"


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was built: seconds, of them on a processor, MiB of memory and of disk."""

    passages: int
    documents: int
    seconds: float
    processor: float
    memory: float
    disk: float


@dataclass(frozen=True, slots=True)
class Asked:
    """An index that was asked: seconds to the first reply, then milliseconds of each, and MiB.

    Attributes:
        processor: median of the milliseconds on processors, which a busy machine hardly changes.
    """

    cold: float
    p50: float
    p95: float
    processor: float
    memory: float


@dataclass(frozen=True, slots=True)
class Sized:
    """What was measured at one size."""

    built: Built
    asked: Asked


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size, print and write the figures."""
    parser = argparse.ArgumentParser(description="How Charter grows with the passages.")
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--step", choices=("build", "ask"), help="in a process of its own")
    parser.add_argument("--folder", type=Path, help="of the step")
    given = parser.parse_args(arguments)
    if given.step:
        steps: dict[str, Callable[[Path, int], Built | Asked]] = {"build": _build, "ask": _ask}
        print(json.dumps(asdict(steps[given.step](given.folder, given.sizes[0]))))  # noqa: T201  for the parent
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        real = read_sentences(ROOT / "corpus" / "documents")
        np.save(place / _STORED, build_embedder(load_settings()).embed(real))
        measured = [_measure(place, size) for size in given.sizes]
    _write(measured)


def _measure(place: Path, size: int) -> Sized:
    built = Built(**_in_process("build", place, size))
    return Sized(built, Asked(**_in_process("ask", place, size)))


def _in_process(step: str, place: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "evals.scale", str(size), "--step", step]
    done = subprocess.run(  # noqa: S603  our own command
        [*command, "--folder", str(place)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _build(place: Path, size: int) -> Built:
    corpus, home = place / f"corpus-{size}", place / f"home-{size}"
    write_corpus(corpus, read_sentences(ROOT / "corpus" / "documents"), size)
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
        _memory(),
        round(sum(file.stat().st_size for file in files) / 2**20, 1),
    )


def _ask(place: Path, size: int) -> Asked:
    """Ask as a reader in no group does, so that every question is filtered."""
    questions = make_questions(read_sentences(ROOT / "corpus" / "documents"), QUESTIONS)
    embedder = PerturbingEmbedder(np.load(place / _STORED))
    settings = load_settings(corpus=place / f"corpus-{size}", home=place / f"home-{size}")
    model = Asking(build_embedder(load_settings()), embedder)
    live = LiveIndex(settings.home, model.fingerprint)
    address = records_address(settings)
    records, talk = Receipts(address), Conversations(address)
    assistant = Assistant(settings, "scale", live, model, records, talk, lambda: DAY)
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
        _memory(),
    )


def _seconds(assistant: Assistant, question: str) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    assistant.ask(question)
    return time.perf_counter() - began, time.process_time() - worked


def _memory() -> float:
    """Return the most MiB that this process had in memory, mapped files among them."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10, 1)


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the power of the size that values grow with: 1 is in proportion, 0 not at all.

    The slope of the line of least squares through their logarithms; two sizes at least.
    """
    across, up = [log(size) for size in sizes], [log(value) for value in values]
    return float(np.polyfit(across, up, 1)[0])


def _write(measured: Sequence[Sized]) -> None:
    RESULTS.mkdir(exist_ok=True)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    record = {
        "machine": machine,
        "load": round(os.getloadavg()[2], 1),
        "measured": datetime.now(UTC).date().isoformat(),
        "sizes": [asdict(one) for one in measured],
    }
    (RESULTS / "scale.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    page = "\n".join(_page(measured, machine, float(os.getloadavg()[2]))) + "\n"
    (RESULTS / "scale.md").write_text(page, "utf-8")
    print(page)  # noqa: T201  a command of the terminal


def _page(measured: Sequence[Sized], machine: str, load: float) -> list[str]:
    rows = [
        {**asdict(one.built), **asdict(one.asked), "most": one.built.memory} for one in measured
    ]
    columns = {
        "documents": "documents",
        "seconds": "index, s",
        "most": "its memory, MiB",
        "disk": "disk, MiB",
        "cold": "first question, s",
        "p50": "question p50, ms",
        "p95": "p95, ms",
        "processor": "on processors, ms",
        "memory": "memory, MiB",
    }
    sizes = [row["passages"] for row in rows]
    growth = [
        f"{slope(sizes, [row[name] for row in rows]):.2f}" if len(rows) > 1 else ""
        for name in columns
    ]
    return [
        "# Scale",
        "",
        f"On {machine}, by `python -m evals.scale`; load of the machine at the end {load:.1f}.",
        "",
        "Documents of about 100 passages, made of the sentences of the shipped ones, recombined,",
        "with figures and names exchanged. One in ten has two versions; one in seven is for a",
        "group that does not ask. Vectors of passages are stored ones of real sentences, moved a",
        "little (cosine 0.94); questions are embedded by the real model. Memory counts mapped",
        f"files. {QUESTIONS} questions a size, after the first.",
        "",
        f"| passages | {' | '.join(columns.values())} |",
        f"|---|{'---|' * len(columns)}",
        *(
            f"| {row['passages']} | {' | '.join(str(row[name]) for name in columns)} |"
            for row in rows
        ),
        f"| grows with the power | {' | '.join(growth)} |",
    ]


if __name__ == "__main__":
    main()
