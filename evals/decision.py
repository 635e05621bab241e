"""Fit and measure the decision to answer: ``python -m evals.decision SET…``.

A set is a folder in BEIR layout: corpus.jsonl, queries.jsonl and qrels/dev.tsv. Its texts are
read, indexed and asked the way the product does it. Each question that has a gold document is
asked twice: on the whole corpus, and with the gold document hidden, where any answer is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.confidence import OFFSET, WEIGHTS, Signals, confidence
from assistant.retrieve import Retriever
from assistant.select import Selector
from assistant.settings import load_settings
from assistant.understand import check_question, understand
from assistant.wiring import build_embedder, today
from corpus.model import document_key
from indexing.build import build_index
from indexing.embedding import Embedder
from indexing.index import Index, open_index
from indexing.progress import SilentProgress

RESULTS = Path(__file__).resolve().parent.parent / "benchmarks" / "decision.md"

Tier = Literal["answered", "wrong document", "document hidden", "not in documents", "off topic"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its gold documents; none when the set says it cannot be answered."""

    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """The signals of one question, and whether answering was right."""

    tier: Tier
    signals: Signals


@dataclass(frozen=True, slots=True)
class Asking:
    """One indexed set, asked without a decision."""

    index: Index
    embedder: Embedder

    def signals(self, text: str, keys: frozenset[str]) -> tuple[str, Signals]:
        """Return the document that would be quoted and what speaks for it."""
        question = check_question(text, as_of=today(), today=today())
        inquiry = understand(question, self.index, self.embedder)
        hits = Retriever(self.index, load_settings().dense_weight).retrieve(inquiry, keys)
        selection = Selector(self.index).select(inquiry, hits)
        if selection is None:
            return "", Signals(0.0, 0.0, 0.0, 0.0, 0.0)
        return self.index.document(selection.best.key).metadata.id, selection.signals

    def rows(self, queries: Sequence[Query]) -> Iterator[Row]:
        """Ask every query, and those with gold once more without it."""
        every = frozenset(document_key(one.id, one.version) for one in self.index.catalogue)
        for query in queries:
            document, found = self.signals(query.text, every)
            if not query.gold:
                yield Row("not in documents", found)
                continue
            yield Row("answered" if document in query.gold else "wrong document", found)
            hidden = every - {document_key(name, "1") for name in query.gold}
            yield Row("document hidden", self.signals(query.text, hidden)[1])


def main() -> None:
    """Measure the sets, fit the weights, write the page."""
    parser = argparse.ArgumentParser(description="Fit and measure the decision to answer.")
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=300, help="queries taken from each set")
    wanted = parser.parse_args()
    embedder = build_embedder(load_settings())
    queries = {folder.name: _queries(folder, wanted.most) for folder in wanted.sets}
    rows: dict[str, list[Row]] = {}
    for folder in wanted.sets:
        with tempfile.TemporaryDirectory() as home:
            _write_documents(folder, Path(home) / "corpus")
            build_index(Path(home) / "corpus", Path(home), embedder, progress=SilentProgress())
            index = open_index(Path(home), embedder_fingerprint=embedder.fingerprint)
            asking = Asking(index, embedder)
            others = [
                q.text for name, qs in queries.items() if name != folder.name for q in qs[:60]
            ]
            every = frozenset(document_key(one.id, one.version) for one in index.catalogue)
            rows[folder.name] = [
                *asking.rows(queries[folder.name]),
                *(Row("off topic", asking.signals(text, every)[1]) for text in others),
            ]
            index.close()
    _report(rows)


def _report(rows: Mapping[str, Sequence[Row]]) -> None:
    fitted = fit([row for some in rows.values() for row in some])
    lines = [
        "# The decision to answer",
        "",
        "Written by `python -m evals.decision SET…` over public sets that are not shipped. Right",
        "is only an answer from a gold document; with that document hidden, on a question that",
        "the set says cannot be answered, or on one of another set, any answer is wrong.",
        "",
        f"In use: {WEIGHTS}, offset {OFFSET}.",
        "",
        f"Fitted to these sets: {', '.join(f'{value:.2f}' for value in fitted)}.",
        "",
    ]
    lines += [
        "| set | tier | n | AUROC against answered | answered at threshold 0.5 |",
        "|---|---|---|---|---|",
    ]
    for name, some in rows.items():
        by_tier: dict[Tier, list[float]] = defaultdict(list)
        for row in some:
            by_tier[row.tier].append(confidence(row.signals))
        for tier, sure in by_tier.items():
            area = auroc(by_tier["answered"], sure)
            share = sum(value >= 0.5 for value in sure) / len(sure)  # noqa: PLR2004  the default threshold
            against = "–" if tier == "answered" else f"{area:.3f}"
            lines.append(f"| {name} | {tier} | {len(sure)} | {against} | {share:.1%} |")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))  # noqa: T201  a command of the terminal


def fit(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Return weights and offset of a logistic regression; every tier weighs the same in its label.

    Newton's method with a little ridge; converges in a few steps on six parameters.
    """
    measured = np.array([[*astuple(row.signals), 1.0] for row in rows])
    right = np.array([float(row.tier == "answered") for row in rows])
    share = np.array([1 / sum(other.tier == row.tier for other in rows) for row in rows])
    share[right == 0] /= len({row.tier for row in rows}) - 1
    share *= len(rows) / 2
    weights = np.zeros(measured.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-measured @ weights))
        slope = measured.T @ (share * (right - likely)) - 0.1 * weights
        bend = (measured * (share * likely * (1 - likely))[:, None]).T @ measured
        weights += np.linalg.solve(bend + 0.1 * np.eye(len(weights)), slope)
    return weights


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the probability that a positive stands above a negative; ties count half."""
    one, other = np.array(positive)[:, None], np.array(negative)[None, :]
    return float(((one > other) + 0.5 * (one == other)).mean()) if one.size and other.size else 0.5


def _queries(folder: Path, most: int) -> list[Query]:
    gold = defaultdict(set)
    for line in (folder / "qrels" / "dev.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        if float(score) > 0:
            gold[query].add(_name(document))
    queries = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    step = max(1, len(queries) // most)
    return [
        Query(query["text"], frozenset(gold[query["_id"]]))
        for query in queries[::step]
        if query["text"].strip()
    ]


def _write_documents(folder: Path, target: Path) -> None:
    target.mkdir()
    for line in (folder / "corpus.jsonl").open(encoding="utf-8"):
        document = json.loads(line)
        text = f"# {document.get('title') or document['_id']}\n\n{document['text']}\n"
        (target / f"{_name(document['_id'])}.md").write_text(text, "utf-8")


def _name(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", identifier).removesuffix(".md")


if __name__ == "__main__":
    main()
