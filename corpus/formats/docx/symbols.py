"""Signs that Word takes from fonts of its own, as the characters that they show."""

from __future__ import annotations

_PRIVATE = 0xF000  # where the places of such fonts are moved to
_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = (
    {place: chr(place) for place in range(0x20, 0x40)}
    | {0x61 + n: sign for n, sign in enumerate(_GREEK)}
    | {0x41 + n: sign for n, sign in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")}
    | dict(
        zip(
            b"\xa3\xb0\xb1\xb2\xb3\xb4\xb7\xb8\xb9\xba\xbb\xbc\xab\xac\xad\xae\xaf\xd7\xe5\xd6",
            "≤°±″≥×•÷≠≡≈…↔←↑→↓⋅∑√",
            strict=True,
        )
    )
)
_WINGDINGS = dict(
    zip(
        b"\x6c\x6e\x6f\x71\x72\x75\x76\x77\x9f\xa0\xa7\xa8\xd8\xdf\xe0\xe1\xe2\xe8\xef\xf0\xfb\xfc\xfd\xfe",
        "●■□❑❒◆❖⬥•▪▪◻➢←→↑↓➔⇦⇨✗✓☒☑",
        strict=True,
    )
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """Return the character that a place of a font shows; nothing for a sign without meaning.

    Args:
        font: its name as Word gives it.
        code: the place, hexadecimal; often moved by F000.
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    name = font.strip().casefold()
    place -= _PRIVATE if _PRIVATE <= place < _PRIVATE + 0x100 else 0
    if name in _FONTS:
        return _FONTS[name].get(place, "")
    return "" if "dings" in name else _character(place)


def _character(place: int) -> str:
    """Return the character of a place in a font of usual characters."""
    try:
        char = chr(place)
    except (ValueError, OverflowError):
        return ""
    return char if char.isprintable() else ""
