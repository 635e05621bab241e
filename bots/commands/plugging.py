"""The command by which other programs start Charter: mcp."""

from __future__ import annotations

from bots.commands.asking import Groups, groups_of
from bots.commands.failures import log_to_home, told_plainly


def mcp(*, group: Groups = None) -> None:
    """Answer agents by the Model Context Protocol.

    A program starts it and speaks over stdin and stdout; `charter serve` answers at /mcp as well.
    Before that, the index is brought in step with the folder of documents.
    """
    with told_plainly():
        from assistant.settings import load_settings  # noqa: PLC0415  --help must not wait for it
        from bots.mcp.serving import serve_until_closed  # noqa: PLC0415  the same

        settings = load_settings()
        log_to_home(settings.home)
        serve_until_closed(settings, groups_of(group))
