"""What signals tell of a question that was asked in another language than the documents'.

Where a multilingual model carries it over, its words tell nothing: a question in French has no
word in common with the English passage that answers it. That its words are missing there says
nothing against the passage, and that a few are shared little for it, so the cosine decides. Where
shared words carry it over, the cosine is of those words alone.
"""

from __future__ import annotations

import math
from dataclasses import replace

from assistant.selection.signals import Signals

# The share of a question that what is selected covers, by its cosine: least squares over 138
# questions of three development sets, in the documents' own language, with the default model
# (slope 1.02, level -0.08, correlation 0.47).
SLOPE = 1.0
LEVEL = -0.07


def as_if_covered(measured: Signals) -> Signals:
    """Return signals with the coverage that their cosine lets expect in place of what was found.

    So the same weights and thresholds hold, and the decision rests on the cosine.
    """
    expected = min(1.0, max(0.0, SLOPE * measured.cosine + LEVEL))
    return replace(measured, coverage=expected, under=0.0)


def of_its_part(measured: Signals, carried: float) -> Signals:
    """Return signals whose cosine counts less, the less of the question was carried over.

    The model was given that part alone, and few words are easily near to something. The root, for
    the part itself is missed in the coverage already.
    """
    return replace(measured, cosine=math.sqrt(carried) * measured.cosine)
