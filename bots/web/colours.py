"""One accent colour made readable: WCAG 2.2's contrast, against the sheets that text stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Scheme = Literal["light", "dark"]

ENOUGH = 4.5  # WCAG 2.2, 1.4.3: contrast of text and what it stands on
# --paper, --sheet, --caution-sheet and --stop-sheet of charter.css; a test holds them together
SURFACES: Mapping[Scheme, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#f6f7f4", "#ffffff", "#fff5e2", "#fdeeed"),
        "dark": ("#111614", "#19201d", "#2a2113", "#2e1917"),
    }
)
_TOWARDS: Mapping[Scheme, str] = MappingProxyType({"light": "#000000", "dark": "#ffffff"})
_INKS = ("#ffffff", "#000000")  # on any colour, one of the two has a contrast of 4.58 or more
_STEPS = 100

_Parts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Accent:
    """An accent colour in one scheme.

    Attributes:
        area: of buttons, as it was given.
        ink: of what is written on it.
        text: of links; the colour as given, or the nearest shade of it that can be read.
    """

    area: str
    ink: str
    text: str


def accent_in(scheme: Scheme, colour: str) -> Accent:
    """Return what a colour, ``#rrggbb``, becomes in a scheme."""
    ink = max(_INKS, key=lambda one: contrast(one, colour))
    return Accent(colour, ink, _readable(colour, SURFACES[scheme], _TOWARDS[scheme]))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(_parts(one)), _luminance(_parts(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, surfaces: Iterable[str], towards: str) -> str:
    """Return a colour, mixed with as little black or white as makes it readable on all surfaces."""
    surfaces = tuple(surfaces)
    shades = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS))
    return next(
        (
            shade
            for shade in shades
            if all(contrast(shade, surface) >= ENOUGH for surface in surfaces)
        ),
        towards,
    )


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _parts(colour: str) -> _Parts:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _luminance(parts: _Parts) -> float:
    red, green, blue = (_linear(part / 255) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """Undo the gamma of sRGB."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  of sRGB
