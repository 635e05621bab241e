"""How near the default model comes to ONNX Runtime alone: ``charter bench embedding``.

Alone it is fed with texts that are tokenised already, in the best of several ways: one by one on
single threads, and in batches sorted by length on all cores. They take turns, so that what else
the machine does falls on all alike. Nothing here is asserted anywhere.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types
import tokenizers

from evals.machine import Figure, figure
from indexing.onnx_model import LONGEST, TOKENIZER, WEIGHTS, OnnxEmbedder, pinned_path

ROUNDS = 3
TEXTS = 1_000
BATCHES = (4, 16, 64)
AT_ONCE = 250  # texts between two turns
CHARTER = "Charter"

Tokens = Sequence[Sequence[int]]


def measure(texts: Sequence[str]) -> list[Figure]:
    """Return texts a second of Charter and of ONNX Runtime alone, and the ratio to its best."""
    model = OnnxEmbedder()
    model.embed(texts[:8])
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    ways = [_ways(model, part) for part in parts]
    names = list(ways[0])
    seconds = {name: np.zeros(ROUNDS) for name in names}
    for turn in range(ROUNDS):
        for number, runs in enumerate(ways):
            # whoever comes first in a round is slower by up to a tenth, so each does in its turn
            first = (turn + number) % len(names)
            for name in names[first:] + names[:first]:
                began = time.perf_counter()
                runs[name]()
                seconds[name][turn] += time.perf_counter() - began
    rates = {name: len(texts) / spent for name, spent in seconds.items()}
    best = np.max([rate for name, rate in rates.items() if name != CHARTER], axis=0)
    figures = [
        figure(f"texts embedded, {name}", "1/s", rate.tolist()) for name, rate in rates.items()
    ]
    ratio = (rates[CHARTER] / best).tolist()
    return [*figures, figure("Charter against the best way alone", "", ratio)]


def _ways(model: OnnxEmbedder, texts: Sequence[str]) -> dict[str, Callable[[], object]]:
    ids = _tokenised(texts)
    return {
        CHARTER: lambda: model.embed(texts),
        "alone, one by one": _one_by_one(ids),
        **{f"alone, in sorted batches of {size}": _in_batches(ids, size) for size in BATCHES},
    }


def _tokenised(texts: Sequence[str]) -> Tokens:
    tokenizer = tokenizers.Tokenizer.from_file(str(pinned_path(TOKENIZER)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return [one.ids for one in tokenizer.encode_batch(list(texts))]


def _one_by_one(ids: Tokens) -> Callable[[], object]:
    session = _session(1)

    def run() -> object:
        with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            return list(threads.map(lambda one: _run(session, [one]), ids))

    return run


def _in_batches(ids: Tokens, size: int) -> Callable[[], object]:
    session, ordered = _session(os.cpu_count() or 1), sorted(ids, key=len)

    def run() -> object:
        starts = range(0, len(ordered), size)
        return [_run(session, ordered[start : start + size]) for start in starts]

    return run


def _session(threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    path = str(pinned_path(WEIGHTS))
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _run(session: onnxruntime.InferenceSession, batch: Tokens) -> object:
    longest = max(map(len, batch))
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, one in enumerate(batch):
        ids[row, : len(one)], mask[row, : len(one)] = one, 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    return session.run(["last_hidden_state"], inputs)[0].shape
