"""How OpenDocument names its elements."""

from __future__ import annotations

import re

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, STYLE, DRAW, FO = (
    _ODF % name for name in ("office", "text", "table", "style", "drawing", "xsl-fo-compatible")
)
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_CODED = re.compile(r"_([0-9a-fA-F]{2,4})_")


def whole(text: str | None, otherwise: int) -> int:
    """Return a number of the file, the other one when there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise  # noqa: PLR2004  digits of what can be a count


def plain_name(name: str) -> str:
    """Return the name of a style as it is shown: "Heading_20_1" is "Heading 1"."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), name)
