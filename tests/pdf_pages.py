"""PDF files written by hand, so that a test says exactly what lies where on a page."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842  # A4, points


def text(x: float, top: float, words: str, size: float = 10, *, font: str = "F1") -> str:
    """Return the drawing of a line of text; ``F1`` is Helvetica, ``F2`` its bold."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {HEIGHT - top} Tm ({escaped}) Tj ET\n"


def bold(x: float, top: float, words: str, size: float = 10) -> str:
    """Return the drawing of a line of bold text."""
    return text(x, top, words, size, font="F2")


def prose(x: float, top: float, lines: Sequence[str], *, pitch: float = 12) -> str:
    """Return the drawing of lines of running text, one under another."""
    return "".join(text(x, top + n * pitch, line) for n, line in enumerate(lines))


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the drawing of a line; heights are from the top."""
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Return the drawing of a ruled table's lines."""
    across = [rule(xs[0], y, xs[-1], y) for y in ys]
    return "".join(across + [rule(x, ys[0], x, ys[-1]) for x in xs])


def pdf(*pages: str, extra: str = "", root: str = "", more: Sequence[str] = ()) -> bytes:
    """Return a PDF file; ``extra`` goes into every page's dictionary, ``root`` into the root's.

    ``more`` are further objects; with one page the first of them has the number 7.
    """
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    font = "/Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        f"<<{font}/Helvetica>>",
        f"<<{font}/Helvetica-Bold>>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents {6 + 2 * number} 0 R{extra}>>"
        )
        objects.append(f"<</Length {len(page.encode('cp1252'))}>>stream\n{page}endstream")
    objects += more
    parts = [b"%PDF-1.7\n"]
    places = []
    for number, content in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252"))
    start = sum(map(len, parts))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return b"".join(parts)
