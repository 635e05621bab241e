"""A folder of documents of several kinds, bodies, days, languages and audiences, to browse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.settings import load_settings
from assistant.wiring import index_corpus
from indexing.progress import SilentProgress

DAY = date(2026, 5, 4)
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'

_HEAD = """\
---
id: {id}
title: {title}
version: "{version}"
kind: {kind}
organisation: {organisation}
language: {language}
{more}
---

# {title}

"""


def _document(
    id_: str, title: str, text: str, *, version: str = "1", more: str = "", **known: str
) -> str:
    head = {"kind": "policy", "organisation": "North Office", "language": "en", **known}
    return _HEAD.format(id=id_, title=title, version=version, more=more, **head) + text


FILES = {
    "bicycle-1.md": _document(
        "bicycles",
        "Policy on bicycles",
        "## Sheds\n\nA bicycle may stand in the shed for two days.\n",
        more="effective_from: 2022-01-01\nowner: Facilities",
    ),
    "bicycle-2.md": _document(
        "bicycles",
        "Policy on bicycles",
        "## Sheds\n\nA bicycle may stand in the shed for five days.\n\n"
        "| Shed | Places |\n|---|---|\n| North bicycle shed | 40 |\n| South bicycle shed | 25 |\n",
        version="2",
        more="effective_from: 2025-01-01\nowner: Facilities",
    ),
    "bicycle-3.md": _document(
        "bicycles",
        "Policy on bicycles",
        "## Sheds\n\nA bicycle may stand in the shed for nine days.\n",
        version="3",
        more="effective_from: 2027-01-01\nowner: Facilities",
    ),
    "canteen.md": _document(
        "canteen",
        "Rules of the canteen",
        "## Meals\n\nThe canteen serves lunch from noon. Bicycles stay outside the canteen.\n",
        kind="rules",
        organisation="South Office",
        more="effective_from: 2024-06-01\nowner: Catering",
    ),
    "mobility.md": _document(
        "mobility",
        "Mobility strategy",
        "## Cycling\n\nWe will build three more sheds for bicycles.\n",
        kind="strategy",
    ),
    "velo.md": _document(
        "velo",
        "Règlement des vélos",
        "## Abris\n\nUn vélo peut rester deux jours dans son abri.\n",
        organisation="South Office",
        language="fr",
        more="status: sample\neffective_from: 2023-01-01",
    ),
    "managers.md": _document(
        "managers",
        "Bicycles of managers",
        "## Bonus\n\nA manager who comes by bicycle gets a secret saddle.\n",
        organisation="Hidden Office",
        kind="memo",
        more="audience: [managers]\neffective_from: 2024-01-01\nowner: Board",
    ),
}


def build(folder: Path) -> tuple[Path, Path]:
    """Write the documents, index them, and return home and folder."""
    home, corpus = folder / "home", folder / "documents"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, "utf-8")
    index_corpus(load_settings(home=home, corpus=corpus), SilentProgress())
    return home, corpus
