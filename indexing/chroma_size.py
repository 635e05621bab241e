"""How many passages a Chroma collection holds, read from its database without Chroma.

To open an index takes no more of Chroma than this. Chroma itself would load its graph for it, 1.7
GB at a million passages, put into it what stands in its queue, and write to its database: a home
could not be read-only. Imported, it takes 34 MB and a second.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.errors import IndexDamaged

COLLECTION = "passages"

# of the release that pyproject.toml pins; a test counts a collection that it wrote
_COUNT = """
SELECT count(*) FROM embeddings JOIN segments ON segments.id = embeddings.segment_id
JOIN collections ON collections.id = segments.collection WHERE collections.name = ?
"""


def count_passages(folder: Path) -> int:
    """Return how many passages the collection of a generation holds.

    Raises:
        IndexDamaged: its database is missing or cannot be read.
    """
    address = f"{(folder / 'chroma.sqlite3').resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            (count,) = database.execute(_COUNT, (COLLECTION,)).fetchone()
    except sqlite3.Error as error:
        raise IndexDamaged(
            f"The vectors in {folder} are missing or cannot be read.",
            f"Delete the folder {folder.parent} and run `charter index`.",
        ) from error
    return int(count)
