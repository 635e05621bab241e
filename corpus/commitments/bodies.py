"""Whose commitments they are: the body that a heading names, else the document's organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import heading_number
from corpus.model import Metadata

_BODIES = (
    "Assembly|Association|Board|Commission|Committee|Council|Federation|Ombudsman|Panel|Secretariat|"
    "Syndicate|Union|Conseil|Comité|Syndicat|Secrétariat|Consejo|Sindicato|Secretaría|"
    "Personalrat|Betriebsrat|Gewerkschaft"
)
# "Staff Council Strategy": capitals before the word make it a name; "a stronger Union" is none
_NAMED = re.compile(
    rf"(?<![\w’'-])(?P<name>(?:[A-ZÀ-Ý][\w&’'-]*\s+){{1,5}}(?:{_BODIES})|"
    r"(?:Conseil|Comité|Syndicat|Consejo|Sindicato)\s+(?:du|de la|de|des|del)\s+[\w’'-]+)\b"
)


def body_of(theme: Sequence[str], metadata: Metadata) -> str:
    """Return who makes the commitments under some headings; empty where nobody is known.

    The outermost heading that names a body tells; a document speaks for its organisation.
    """
    for heading in theme:
        label = heading_number(heading)
        found = _NAMED.search(heading.removeprefix(label).lstrip(" .:–—-"))
        if found:
            return found["name"]
    return metadata.organisation or metadata.owner
