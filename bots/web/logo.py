"""The logo of an organisation: a file that is looked at once, before anybody is shown it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.errors import SettingsError

LARGEST = 64 * 1024  # bytes: the first page stays under 100 KB
HEIGHT = 32  # pixels on a page
_WIDEST = 7  # times as wide as high
_PNG = b"\x89PNG\r\n\x1a\n"
_REMEDY = "Set CHARTER_LOGO to an SVG or PNG file of at most 64 KiB, or to nothing."
_NUMBER = re.compile(r"\s*([0-9.]+)(?:px)?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture with the place that it takes, so that nothing moves when it comes.

    Attributes:
        width: in pixels, at the height that all logos have.
    """

    data: bytes
    media_type: str
    width: int


def read_logo(path: Path) -> Logo:
    """Read a logo.

    Raises:
        SettingsError: the file is missing, too large, or no picture that can be shown.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        problem = f"The logo {path} cannot be read: {error.strerror or error}."
        raise SettingsError(problem, _REMEDY) from error
    if len(data) > LARGEST:
        raise SettingsError(f"The logo {path} is larger than 64 KiB.", _REMEDY)
    if data.startswith(_PNG):
        media_type, size = "image/png", _size_of_png(data)
    else:
        media_type, size = "image/svg+xml", _size_of_svg(data)
    if size is None:
        raise SettingsError(f"The logo {path} is no SVG or PNG file with a size.", _REMEDY)
    if size[0] > size[1] * _WIDEST:
        raise SettingsError(
            f"The logo {path} is more than {_WIDEST} times as wide as it is high.", _REMEDY
        )
    return Logo(data, media_type, max(1, round(HEIGHT * size[0] / size[1])))


def _size_of_png(data: bytes) -> tuple[float, float] | None:
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    return (width, height) if data[12:16] == b"IHDR" and width and height else None


def _size_of_svg(data: bytes) -> tuple[float, float] | None:
    """Return width and height in whatever unit; None where it is no drawing or has no size."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    if etree.QName(root).localname != "svg":
        return None
    box = root.get("viewBox", "").replace(",", " ").split()
    said = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]  # noqa: PLR2004  left, top, width, height
    found = [_NUMBER.fullmatch(one) for one in said]
    try:
        width, height = (float(one[1]) if one else 0.0 for one in found)
    except ValueError:
        return None
    return (width, height) if width and height else None
