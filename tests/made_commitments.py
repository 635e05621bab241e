"""Commitments made for the tests of what becomes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.commitments.model import Commitment, Quote, Time
from corpus.figures.timeframes import time_frame


def made(  # noqa: PLR0913  each is one field
    text: str,
    *,
    activities: Sequence[str] = (),
    leads: Sequence[str] = (),
    times: Sequence[str] = (),
    theme: str = "Talent",
    start: int = 0,
    id_: str = "",
    version: str = "1",
) -> Commitment:
    """Make a commitment of the document "plan"; its fields stand one after the other."""
    at = start

    def quote(words: str) -> Quote:
        nonlocal at
        begin, at = at, at + len(words) + 1
        return Quote(words, begin, at - 1)

    said = quote(text) if text else None
    done, led, when = (tuple(map(quote, words)) for words in (activities, leads, times))
    return Commitment(
        id_ or hashlib.sha256(text.casefold().encode()).hexdigest()[:16],
        "plan",
        version,
        0,
        (theme,),
        "row",
        0,
        start,
        at,
        said,
        done,
        led,
        tuple(Time(one, time_frame(one.text)) for one in when),
    )
