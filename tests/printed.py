"""An index of a PDF of three pages, a text, a web page and a document for few."""

from __future__ import annotations

from pathlib import Path

from pdf_pages import bold, pdf, prose

from assistant.settings import Settings, load_settings
from assistant.wiring import index_corpus
from indexing.progress import SilentProgress

QUOTE = "A driver keeps the record of each journey for five years."
FOR_FEW = "restricted"
LINES = (
    ("1. Vehicles", "A vehicle is used for official journeys alone.", "Keys are kept by Fleet."),
    ("2. Drivers", QUOTE, "The record names the distance."),
    ("3. Parking", "Vehicles are parked in the garage at night.", "The gate closes at ten."),
)
HTML = "<h1>Rules on visits</h1><p>Visitors sign the book.</p><script>alert(1)</script>"


def page(heading: str, *lines: str) -> str:
    return bold(60, 90, heading, 16) + prose(60, 130, lines, pitch=24)


def vehicles() -> bytes:
    return pdf(*(page(*lines) for lines in LINES))


def build(folder: Path) -> Settings:
    """Write the documents and index them; return the settings of an assistant."""
    corpus = folder / "documents"
    corpus.mkdir(parents=True)
    (corpus / "Fahrzeuge für alle.pdf").write_bytes(vehicles())
    (corpus / "Fahrzeuge für alle.meta.yaml").write_text(
        'id: vehicles\ntitle: Rules on vehicles\nversion: "1"\neffective_from: 2024-01-01\n',
        "utf-8",
    )
    (corpus / "visits.html").write_text(HTML, "utf-8")
    (corpus / "secret.md").write_text(
        f"---\nid: {FOR_FEW}\ntitle: Salaries\naudience: [hr]\n---\n\n"
        "# Salaries\n\nPay is secret.\n",
        "utf-8",
    )
    settings = load_settings(home=folder / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    return settings
