"""Before a door opens: the index is brought in step with the folder."""

from __future__ import annotations

import sys

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.wiring import index_corpus
from bots.commands.build_report import report_shown
from bots.commands.building import to_stderr, watched
from bots.commands.indexing_shown import fetch
from bots.commands.terminal import write
from bots.gate import gate
from corpus.errors import CharterError, CorpusError
from indexing.survey import Options


def bring_in_step(settings: Settings, assistant: Assistant) -> None:
    """Index the folder; where that fails and an index from before serves, go on with that one.

    Where the folder is gone, the server starts all the same: a disk may be mounted later.
    """
    try:
        fetch(settings, to_stderr)
        with watched() as progress:
            report = index_corpus(settings, progress, Options(approve=gate(settings)))
    except CharterError as error:
        try:
            assistant.ready()
        except CorpusError:
            sys.stderr.write(f"charter: {error}\nUntil then, nothing is shown to anybody.\n")
            return
        except CharterError as unready:
            raise error from unready  # that nothing is indexed follows from it
        sys.stderr.write(f"charter: {error}\nThe index from before is served.\n")
    else:
        write(report_shown(report), to_stderr=True)
