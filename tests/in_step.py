"""What the tests of an index in step with its folder share."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.ask import Assistant
from assistant.conversation.conversations import Conversations
from assistant.live import LiveIndex
from assistant.receipts import Receipts
from assistant.register.follow_up import FollowUp
from assistant.settings import Settings, load_settings
from assistant.wiring import records_address, today
from indexing.build import build_index
from indexing.embedding import HashEmbedder
from indexing.english import frequencies
from indexing.progress import SilentProgress
from indexing.report import BuildReport
from indexing.survey import Options

NOBODY = 65_534  # an account without any rights


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def rule(title: str, text: str, **front: str) -> str:
    """Write a document of one rule; ``front`` goes before it as front matter."""
    said = "".join(f"{key}: {value}\n" for key, value in front.items())
    matter = f"---\n{said}---\n\n" if said else ""
    return f"{matter}# {title}\n\n## The rule\n\n{text}\n"


def build(folder: Path, home: Path, options: Options | None = None) -> BuildReport:
    return build_index(
        folder, home, HashEmbedder(), progress=SilentProgress(), options=options or Options()
    )


def assistant_of(folder: Path, home: Path, *, follow: bool = True) -> Assistant:
    """Return an assistant that looks at the folder at every question; the model is the fake."""
    settings: Settings = load_settings(corpus=folder, home=home, follow=follow)
    embedder = HashEmbedder()
    live = LiveIndex(home, embedder.fingerprint, follow=follow, look_again=0)
    records = records_address(settings)
    kept = Receipts(records), Conversations(records), FollowUp(records)
    return Assistant(settings, "settings", live, embedder, *kept, today)


def as_nobody(act: Callable[..., None], *arguments: object) -> int | None:
    """Run something as an account without rights, in a process of its own; return its exit code."""
    process = multiprocessing.get_context("spawn").Process(
        target=_drop_rights, args=(act, *arguments)
    )
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    return code


def _drop_rights(act: Callable[..., None], *arguments: object) -> None:
    frequencies()  # loaded at first use, from packages that this account may not read
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    act(*arguments)
