"""What the tests of the Slack bot share: documents, the bot in a workspace, how replies read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slack_blocks import assert_valid_call
from slack_directory import Payload
from slack_limits import walk
from slack_process import Bot, running_bot
from slack_workspace import Mode, Workspace, slack_workspace

from assistant.settings import load_settings
from assistant.wiring import index_corpus
from indexing.progress import SilentProgress

STAFF, COLLEAGUE, HR = "U01STAFF", "U02STAFF", "U03HR"
GUEST, STRANGER, LEFT, ELSEWHERE = "U04GUEST", "U06STRANGER", "U07LEFT", "U08ELSEWHERE"
GENERAL, NO_BOT, PRIVATE, SHARED = "C01GENERAL", "C02NOBOT", "C03PRIVATE", "C05SHARED"
HR_CHANNEL, HR_GROUP = "C06HR", "S01HR"
PAGE = "https://charter.example.org"

LEAVE = "How many days of annual leave does a continuing appointment earn per month?"
TELEWORK = "On how many days a week may a staff member telework?"
BONUS = "How large is the retention bonus of a director?"
NOTHING = "Which spaceship flies to Jupiter?"
NEAR = "Do consultants get a bonus for telework?"
LATER = "How long does a sabbatical last?"
BULLETIN = "What does the bulletin board say?"
DUTIES = "What are the duties of the archivist?"

RESTRICTED = """\
---
id: retention
title: Retention scheme
version: "1"
kind: policy
audience: [hr]
effective_from: 2024-01-01
contact: pay@hr.example.org
---

# Retention scheme

## 1. Bonus

1.1 The retention bonus of a director is seven thousand francs in each year.
"""
# whatever Slack's mark-up could be made to obey, in a document
INJECTION = """\
---
id: notices
title: 'Notices <!channel> *bold* <https://evil.example|click>'
version: "1"
kind: policy
effective_from: 2024-01-01
contact: '<!here> <@U01STAFF>'
---

# Notices

## 1. Bulletin <!everyone>

1.1 The bulletin board says `<!channel> and <@U01STAFF> and <!subteam^S01HR>` and @here and
\\`\\`\\` on each Monday of the bulletin.
"""
LONG = (
    """\
---
id: archive
title: Policy on the archive
version: "1"
kind: policy
effective_from: 2024-01-01
contact: archive@example.org
---

# Policy on the archive

## 1. Duties of the archivist

1.1 The archivist has the following duties:

"""
    + "\n\n".join(
        f"({letter}) duty {letter.upper()}: "
        + "to keep the folders of the registry in order, " * 60
        for letter in "abcdefghij"
    )
    + "\n"
)
SABBATICAL = """\
---
id: sabbatical
title: Policy on sabbaticals
version: "1"
kind: policy
effective_from: 2099-01-01
contact: hr@example.org
---

# Policy on sabbaticals

## 1. Length

1.1 A sabbatical lasts at most nine months in each decade of service.
"""
PLAN = """\
---
id: {name}
title: Action plan of the {name}
version: "1"
kind: plan
organisation: Office of the {name}
{audience}effective_from: 2024-01-01
contact: plan@example.org
---

# Action plan

| Action | Lead | When |
|---|---|---|
| Publish a course `<!channel>` | {team} | Q1 2025 |
| Survey all staff | {team} | Ongoing |
"""
DOCUMENTS = {
    "harbour": PLAN.format(name="harbour", audience="", team="Harbour Team"),
    "vault": PLAN.format(name="vault", audience="audience: [hr]\n", team="Vault Team"),
    "retention": RESTRICTED,
    "notices": INJECTION,
    "archive": LONG,
    "sabbatical": SABBATICAL,
}


def write_documents(folder: Path, small_corpus: Path) -> Path:
    """Write a folder of documents: those of the small corpus and what Slack makes difficult."""
    for file in small_corpus.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def index(corpus: Path, home: Path) -> None:
    index_corpus(load_settings(home=home, corpus=corpus), SilentProgress())


def settings_of(corpus: Path, home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a bot that answers from a folder."""
    return {
        "CHARTER_HOME": str(home),
        "CHARTER_CORPUS": str(corpus),
        "CHARTER_FOLLOW": "false",
        "CHARTER_PUBLIC_URL": PAGE,
        "CHARTER_SLACK_HR_CHANNEL": HR_CHANNEL,
        "CHARTER_SLACK_GROUPS": f'{{"{HR_GROUP}": ["hr"]}}',
        **more,
    }


@contextmanager
def charter_in_slack(
    folder: Path, settings: dict[str, str], mode: Mode = "socket"
) -> Iterator[tuple[Workspace, Bot]]:
    """Run a workspace with Charter in it."""
    with (
        slack_workspace(folder, mode=mode) as workspace,
        running_bot(workspace, folder, **settings) as bot,
    ):
        yield workspace, bot


def assert_sound(workspace: Workspace, bot: Bot, home: str | Path) -> None:
    """Fail where a call would not be taken by Slack, or the bot said what nobody foresaw."""
    log = Path(home) / "charter.log"
    for call in workspace.calls():
        if call.method != "response_url":
            assert_valid_call(call.method, call.arguments)
    for told in (bot.said(), log.read_text() if log.exists() else ""):
        assert "Traceback" not in told, told


def words_of(message: Payload) -> str:
    """Return all that a message shows, in order."""
    shown = []
    for block in message.get("blocks") or []:
        for _, element in walk(block, ""):
            text = element.get("text")
            if isinstance(text, str):
                shown.append(text)
    return " ".join(shown)


def links_of(message: Payload) -> list[str]:
    """Return the addresses that a message leads to."""
    blocks = message.get("blocks") or []
    found = (element for block in blocks for _, element in walk(block, ""))
    return [element["url"] for element in found if element.get("type") == "link"]


def kinds_of(message: Payload) -> list[str]:
    return [block["type"] for block in message.get("blocks") or []]


def heading_of(message: Payload) -> str:
    """Return the first heading of a message."""
    headers = [block for block in message["blocks"] if block["type"] == "header"]
    return str(headers[0]["text"]["text"])


def labels_of(message: Payload) -> list[str]:
    """Return what the buttons of a message say."""
    labels: list[Any] = []
    for block in message.get("blocks") or []:
        for _, element in walk(block, ""):
            if element.get("type") == "button":
                labels.append(element["text"]["text"])
            if element.get("type") == "feedback_buttons":
                labels += [
                    element[f"{one}_button"]["text"]["text"] for one in ("positive", "negative")
                ]
    return labels
