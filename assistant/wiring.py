"""Settings turned into objects, in one place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from datetime import date as _date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import DEFAULT_MODEL, Settings
from indexing.build import Options, build_index, plan_build, served_manifest
from indexing.embedding import Embedder
from indexing.manifest import Root
from indexing.origins.mirror import ORIGINS
from indexing.origins.port import Fetched, Say
from indexing.progress import Progress
from indexing.report import BuildPlan, BuildReport

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.decision.calibration import Calibration
    from assistant.ledgers import Ledgers
    from assistant.live import Live
    from indexing.reranker import Reranker

RECORDS_FILE = "records.db"
CALIBRATION_FILE = "calibration.json"  # fitted on the spot; the shipped one serves without it
# Settings that change what is replied; the others only change where Charter lives and listens.
_DECIDING = (
    "public_url",
    "contact",
    "dense_weight",
    "multilingual",
)


def build_assistant(settings: Settings) -> Assistant:
    """Return an assistant; nothing is opened or loaded before the first question."""
    from assistant.live import LiveIndex  # noqa: PLC0415  as in _assistant

    embedder = build_embedder(settings)
    live = LiveIndex(settings.home, embedder.fingerprint, follow=settings.follow)
    return _assistant(settings, live, embedder)


def assistant_of(
    settings: Settings, generation: Path, embedder: Embedder | None = None
) -> Assistant:
    """Return an assistant that answers from one generation, whether it is served or not.

    Args:
        settings: of the answers.
        generation: its folder.
        embedder: one that is loaded already; else one is made.

    Raises:
        IndexMismatch, IndexDamaged: it cannot be opened.
    """
    from assistant.live import OneIndex  # noqa: PLC0415  as in _assistant
    from indexing.index import open_generation  # noqa: PLC0415  the same

    embedder = embedder or build_embedder(settings)
    index = open_generation(generation, embedder_fingerprint=embedder.fingerprint)
    return _assistant(settings, OneIndex(index), embedder)


def _assistant(settings: Settings, live: Live, embedder: Embedder) -> Assistant:
    # `charter index` asks nothing, and what answers takes 0.3 s to import
    from assistant.ask import Assistant  # noqa: PLC0415  as above
    from assistant.conversation.conversations import Conversations  # noqa: PLC0415  the same
    from assistant.receipts import Receipts  # noqa: PLC0415  the same
    from assistant.register.follow_up import FollowUp  # noqa: PLC0415  the same

    return Assistant(
        settings,
        settings_fingerprint(settings),
        live,
        embedder,
        Receipts(records_address(settings)),
        Conversations(records_address(settings)),
        FollowUp(records_address(settings)),
        today,
        calibration=calibration_of(settings),
        reranker=build_reranker(settings),
    )


def build_ledgers(settings: Settings) -> Ledgers:
    """Return the records that doors with people behind them keep; nothing is opened yet."""
    from assistant.asked import AskedQuestions  # noqa: PLC0415  only such doors import the tables
    from assistant.deliveries import Deliveries  # noqa: PLC0415  the same
    from assistant.escalations import Escalations  # noqa: PLC0415  the same
    from assistant.feedback import Votes  # noqa: PLC0415  the same
    from assistant.idempotency import IdempotencyKeys  # noqa: PLC0415  the same
    from assistant.ledgers import Ledgers  # noqa: PLC0415  the same
    from assistant.pseudonyms import Pseudonyms, read_key  # noqa: PLC0415  the same

    address = records_address(settings)
    return Ledgers(
        Pseudonyms(lambda: read_key(settings.home, settings.secret.get_secret_value())),
        Deliveries(address),
        Votes(address),
        Escalations(address),
        AskedQuestions(address),
        IdempotencyKeys(address),
    )


def build_embedder(settings: Settings) -> Embedder:
    """Return the model that the settings name, not yet loaded."""
    if settings.model == DEFAULT_MODEL:
        from indexing.onnx_model import OnnxEmbedder  # noqa: PLC0415  only the model in use is imported

        return OnnxEmbedder()
    from indexing.torch_model import SentenceTransformersEmbedder  # noqa: PLC0415  takes 6 s to import

    return SentenceTransformersEmbedder(settings.model, multilingual=settings.multilingual)


def build_reranker(settings: Settings) -> Reranker | None:
    """Return the cross-encoder that the settings name, not yet loaded; None where none is set."""
    if not settings.reranker:
        return None
    from indexing.cross_encoder import SentenceTransformersReranker  # noqa: PLC0415  rarely set

    return SentenceTransformersReranker(settings.reranker)


def index_corpus(
    settings: Settings,
    progress: Progress,
    options: Options = Options(),  # noqa: B008  frozen
) -> BuildReport:
    """Bring the index in step with the folder of documents."""
    settings = with_folder(settings)
    return build_index(
        settings.corpus,
        settings.home,
        build_embedder(settings),
        progress=progress,
        options=replace(options, mirrors=mirrors_of(settings)),
    )


def plan_corpus(
    settings: Settings,
    options: Options = Options(),  # noqa: B008  frozen
) -> BuildPlan:
    """Return what ``index_corpus`` would do; nothing is changed."""
    settings = with_folder(settings)
    options = replace(options, mirrors=mirrors_of(settings))
    return plan_build(settings.corpus, settings.home, build_embedder(settings), options=options)


def pending_files(settings: Settings) -> int:
    """Return how many files ``index_corpus`` would deal with; all, if it must begin anew."""
    found = plan_corpus(settings)
    return len(found.files) if found.anew else found.plan.changes


def fetch_origins(settings: Settings, say: Say) -> tuple[Fetched, ...]:
    """Bring the documents of the origins to where ``index_corpus`` reads them."""
    if not settings.origins and not (settings.home / ORIGINS).is_dir():
        return ()  # else there may be copies of sources that are no longer listed
    from indexing.origins.fetch import fetch_all  # noqa: PLC0415  most installations have none

    return fetch_all(settings.origins, settings.home, say)


def mirrors_of(settings: Settings) -> tuple[Root, ...]:
    """Return the folders of the origins; what was fetched is listed by the names of its origins."""
    fetched = [Root(ORIGINS, str(settings.home.resolve() / ORIGINS))]
    folders = [Root(one.name, str(one.path.resolve())) for one in settings.origins if one.path]
    return (*(fetched if len(folders) < len(settings.origins) else ()), *folders)


def with_folder(settings: Settings) -> Settings:
    """Return the settings with the folder that is read: the one set, else the one read last."""
    if "corpus" in settings.model_fields_set:
        return settings
    served = served_manifest(settings.home)
    if served is None:
        return settings
    return settings.model_copy(update={"corpus": Path(served.corpus)})


def records_address(settings: Settings) -> str:
    """Return the database of the records: the one set, else a SQLite file in home."""
    if settings.database:
        return settings.database
    return f"sqlite:///{Path(settings.home).resolve() / RECORDS_FILE}"


def calibration_of(settings: Settings) -> Calibration:
    """Return how sure Charter must be: as fitted in ``home``, else as shipped, else as set.

    Raises:
        CalibrationUnusable: the decision file in ``home`` cannot be used.
    """
    from assistant.decision.calibration import SHIPPED, read_calibration  # noqa: PLC0415  `charter index` asks nothing

    own = settings.home / CALIBRATION_FILE
    fitted = read_calibration(own if own.exists() else SHIPPED)
    answer, closest = settings.answer_threshold, settings.closest_threshold
    answer = fitted.answer_threshold if answer is None else answer
    closest = fitted.closest_threshold if closest is None else closest
    # less sure than an answer, whichever of the two was set
    return replace(fitted, answer_threshold=answer, closest_threshold=min(closest, answer))


def settings_fingerprint(settings: Settings) -> str:
    """Return a hash over what decides answers beside the index: settings and Charter's version."""
    deciding = {name: getattr(settings, name) for name in _DECIDING}
    deciding["charter"] = version("charter")
    deciding["calibration"] = asdict(calibration_of(settings))
    if reranker := build_reranker(settings):
        deciding["reranker"] = reranker.fingerprint
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:16]


def today() -> _date:
    """Return the day in UTC, the same for every replica."""
    return datetime.now(UTC).date()
