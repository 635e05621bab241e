"""Plans of an organisation that does not exist, for the tests of the register's doors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.settings import load_settings
from assistant.wiring import index_corpus
from indexing.progress import SilentProgress

DAY = date(2026, 5, 4)

NORTH = """\
---
id: north
title: Action plan of the north
version: "2026"
kind: plan
organisation: North Office
effective_from: 2026-01-01
---

# Action plan

## Learning

| Objective | Activities | Lead | When |
|---|---|---|---|
| Publish a course for managers | Write it<br>Film it | Staff Development & Learning | Q1 2026 |
| Survey all staff | Ask everybody | SDL/Policy and Social Security | 2026 |
| Train new managers | Meet monthly | Policy & Social Security | Ongoing Q4, 2027 |

## @Money

| Objective | Activities | Lead | When |
|---|---|---|---|
| =1+1 is what the budget says | Count; =2+2 | @Finance | Q3 2026 |
| Close `<script>alert(1)</script>` the accounts | Send them | Finance | Q1 2026 |
| Keep the accounts of | Every month | Finance | Ongoing |
"""
SOUTH = """\
---
id: south
title: Staff Council Programme of the south
version: "1"
kind: plan
organisation: South Staff Council
period_to: 2025-12-31
---

# Programme

## Negotiations

- Negotiate telework for all
- Defend the pension of all staff
- Publish the results by March 2027
"""
HIDDEN = """\
---
id: secret
title: Secret plan
kind: plan
audience: [board]
---

# Plan

| Objective | Lead | When |
|---|---|---|
| Move the head office | Board | Q2 2026 |
"""


def build(folder: Path) -> tuple[Path, Path]:
    """Index the plans; return the home of the index and the folder of documents."""
    corpus, home = folder / "documents", folder / "home"
    corpus.mkdir()
    for name, text in {"north": NORTH, "south": SOUTH, "secret": HIDDEN}.items():
        (corpus / f"{name}.md").write_text(text, "utf-8")
    index_corpus(load_settings(home=home, corpus=corpus), SilentProgress())
    return home, corpus
