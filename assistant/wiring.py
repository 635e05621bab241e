"""Settings turned into objects, in one place."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from datetime import date as _date
from importlib.metadata import version
from pathlib import Path

from assistant.ask import Assistant
from assistant.live import LiveIndex
from assistant.receipts import Receipts
from assistant.settings import DEFAULT_MODEL, Settings
from indexing.build import BuildReport, build_index
from indexing.embedding import Embedder
from indexing.progress import Progress

RECORDS_FILE = "records.db"
# Settings that change what is replied; the others only change where Charter lives and listens.
_DECIDING = ("public_url", "contact", "dense_weight", "answer_threshold", "closest_threshold")


def build_assistant(settings: Settings) -> Assistant:
    """Return an assistant; nothing is opened or loaded before the first question."""
    embedder = build_embedder(settings)
    return Assistant(
        settings,
        settings_fingerprint(settings),
        LiveIndex(settings.home, embedder.fingerprint),
        embedder,
        Receipts(records_address(settings)),
        today,
    )


def build_embedder(settings: Settings) -> Embedder:
    """Return the model that the settings name, not yet loaded."""
    if settings.model == DEFAULT_MODEL:
        from indexing.onnx_model import OnnxEmbedder  # noqa: PLC0415  only the model in use is imported

        return OnnxEmbedder()
    from indexing.torch_model import SentenceTransformersEmbedder  # noqa: PLC0415  takes 6 s to import

    return SentenceTransformersEmbedder(settings.model)


def index_corpus(settings: Settings, progress: Progress) -> BuildReport:
    """Bring the index in step with the folder of documents."""
    return build_index(settings.corpus, settings.home, build_embedder(settings), progress=progress)


def records_address(settings: Settings) -> str:
    """Return the database of the records: the one set, else a SQLite file in home."""
    if settings.database:
        return settings.database
    return f"sqlite:///{Path(settings.home).resolve() / RECORDS_FILE}"


def settings_fingerprint(settings: Settings) -> str:
    """Return a hash over what decides answers beside the index: settings and Charter's version."""
    deciding = {name: getattr(settings, name) for name in _DECIDING}
    deciding["charter"] = version("charter")
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:16]


def today() -> _date:
    """Return the day in UTC, the same for every replica."""
    return datetime.now(UTC).date()
