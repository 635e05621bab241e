"""Makes ``golden/ranx.json``: what ranx says of random rankings, to hold our measures against.

ranx brings 700 MB (numba, pandas, matplotlib), so the tests do not install it. Again, in an
environment of its own: ``pip install ranx==0.3.21``, then ``python tests/ranx_numbers.py``.
"""

import json
from importlib.metadata import version
from pathlib import Path
from random import Random

FILE = Path(__file__).with_name("golden") / "ranx.json"
RANKINGS = 120
MEASURES = {
    "recall@1": "recall@1",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "hit@1": "hit_rate@1",
    "hit@5": "hit_rate@5",
    "hit@10": "hit_rate@10",
    "MRR@10": "mrr@10",
    "MAP@10": "map@10",
    "nDCG@10": "ndcg@10",
}


def ranking(seed):
    """Return a ranking of 1 to 30 entries, best first, and graded gold that it partly has."""
    chance = Random(seed)  # noqa: S311  no secret, and the same at every run
    entries = [f"e{number}" for number in range(40)]
    ranked = chance.sample(entries, chance.randint(1, 30))
    gold = {entry: chance.randint(1, 3) for entry in chance.sample(entries, chance.randint(1, 15))}
    return ranked, gold


def main():
    import ranx  # noqa: PLC0415  only whoever makes the file has it

    told = {}
    for seed in range(RANKINGS):
        ranked, gold = ranking(seed)
        scores = {entry: float(len(ranked) - place) for place, entry in enumerate(ranked)}
        found = ranx.evaluate(
            ranx.Qrels({"q": gold}), ranx.Run({"q": scores}), [*MEASURES.values()]
        )
        told[seed] = {ours: round(float(found[theirs]), 9) for ours, theirs in MEASURES.items()}
    rows = ",\n".join(f'  "{seed}": {json.dumps(row)}' for seed, row in told.items())
    made = f'{{\n "ranx": "{version("ranx")}",\n "measures": {{\n{rows}\n }}\n}}\n'
    FILE.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
