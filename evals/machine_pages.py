"""The figures of growth and of embedding as pages and as JSON, for ``benchmarks/``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from evals.machine import Figure, figure_rows, machine_in_words
from evals.scale import QUESTIONS, Sized, slope

_COLUMNS = {
    "documents": "documents",
    "seconds": "index, s",
    "worked": "of it on processors, s",
    "most": "its memory, MiB",
    "disk": "disk, MiB",
    "loaded": "load at its end",
    "cold": "first question, s",
    "p50": "question p50, ms",
    "p95": "p95, ms",
    "processor": "on processors, ms",
    "memory": "memory, MiB",
    "load": "load at the end",
}
_OF_THE_MACHINE = ("loaded", "load")  # they grow with what else runs


def scale_record(measured: Sequence[Sized]) -> dict[str, object]:
    """Return what was measured at each size, as JSON takes it."""
    return {**_circumstances(), "sizes": [asdict(one) for one in measured]}


def embedding_record(figures: Sequence[Figure]) -> dict[str, object]:
    """Return what was measured of embedding, as JSON takes it."""
    return {**_circumstances(), "figures": [asdict(one) for one in figures]}


def scale_rows(measured: Sequence[Sized]) -> list[tuple[str, ...]]:
    """Return a row for each thing measured: its name, a figure for each size, its growth.

    The growth is the power of the size that it grows with; empty where there is one size.
    """
    sized = [
        {
            **asdict(one.built),
            **asdict(one.asked),
            "worked": one.built.processor,
            "most": one.built.memory,
            "loaded": one.built.load,
        }
        for one in measured
    ]
    sizes = [one["passages"] for one in sized]
    rows: list[tuple[str, ...]] = [("passages", *map(str, sizes), "")]
    for name, column in _COLUMNS.items():
        values = [one[name] for one in sized]
        # what is too short to be told from nothing has no power that it grows with
        told = len(set(sizes)) > 1 and all(values) and name not in _OF_THE_MACHINE
        rows.append((column, *map(str, values), f"{slope(sizes, values):z.2f}" if told else ""))
    return rows


def save_scale(measured: Sequence[Sized], folder: Path) -> None:
    """Write scale.json and scale.md into a folder."""
    columns = list(zip(*scale_rows(measured), strict=True))
    table = [" | ".join(column) for column in columns[:-1]]
    growth = " | ".join(("grows with the power", *columns[-1][1:]))
    page = [
        *_head("Scale", "scale"),
        "",
        "Documents of about 100 passages, made of the sentences of the shipped ones, recombined,",
        "with figures and names exchanged. One in ten has two versions; one in seven is for a",
        "group that does not ask. Vectors of passages are stored ones of real sentences, moved a",
        "little (cosine 0.94); questions are embedded by the real model. Memory counts mapped",
        f"files. {QUESTIONS} questions a size, after the first. The load is of all that ran on the",
        "machine, this command among it, over the last five minutes of building and the last",
        "minute of asking; time on processors depends on it least.",
        "",
        f"| {table[0]} |",
        f"|{'---|' * len(columns[0])}",
        *(f"| {line} |" for line in (*table[1:], growth)),
    ]
    _save(folder, "scale", scale_record(measured), page)


def save_embedding(figures: Sequence[Figure], folder: Path) -> None:
    """Write embedding.json and embedding.md into a folder."""
    page = [
        *_head("Embedding", "embedding"),
        "",
        "Texts a second of the default model, and of ONNX Runtime alone with the same weights and",
        "texts that are tokenised already. They take turns.",
        "",
        *figure_rows(figures),
    ]
    _save(folder, "embedding", embedding_record(figures), page)


def _circumstances() -> dict[str, object]:
    return {
        "machine": machine_in_words(),
        "load": round(os.getloadavg()[2], 1),
        "measured": datetime.now(UTC).date().isoformat(),
    }


def _head(title: str, command: str) -> list[str]:
    load = f"load of the machine at the end {os.getloadavg()[2]:.1f}"
    return [f"# {title}", "", f"On {machine_in_words()}, by `charter bench {command}`; {load}."]


def _save(folder: Path, name: str, record: dict[str, object], page: Sequence[str]) -> None:
    (folder / f"{name}.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    (folder / f"{name}.md").write_text("\n".join(page) + "\n", "utf-8")
