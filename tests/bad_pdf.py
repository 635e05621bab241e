"""PDF files made byte by byte: good, encrypted, looping, huge, and full of things that act."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_KEY = 5  # bytes
_ID = b"0123456789abcdef"
_ALLOWED = -44  # what whoever has no password may do, as a sum of bits


def words(*lines: str) -> bytes:
    """Return the content of a page with these lines."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    return f"BT /F1 12 Tf 72 720 Td {shown} ET".encode()


def stream(content: bytes, *, keys: str = "") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (keys.encode(), len(content), content)


def packed(content: bytes) -> bytes:
    return stream(zlib.compress(content, 6), keys="/Filter/FlateDecode")


def pdf(
    pages: Sequence[bytes],
    *,
    catalog: str = "",
    page: str = "/MediaBox[0 0 612 792]",
    more: Sequence[bytes] = (),
) -> bytes:
    """Return a file with these pages' contents; objects ``more`` are numbered from 10."""
    first = 10 + len(more)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    objects |= {10 + n: one for n, one in enumerate(more)}
    for n, content in enumerate(pages):
        objects[first + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R{page}/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {first + 2 * n + 1} 0 R>>"
        ).encode()
        objects[first + 2 * n + 1] = stream(content) if len(content) < 10**5 else packed(content)
    return written(objects)


def written(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a file of these objects, by number."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    most = max(objects) + 1
    out += b"xref\n0 %d\n" % most
    for number in range(most):
        place = places.get(number)
        out += b"%010d 00000 n \n" % place if place else b"0000000000 65535 f \n"
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (most, trailer, start)
    return bytes(out)


def encrypted(*, user: bytes) -> bytes:
    """Return a file under the standard handler's oldest cipher, with these users' password."""
    owner = _rc4(hashlib.md5(_padded(b"owner")).digest()[:_KEY], _padded(user))  # noqa: S324  the format's
    known = _padded(user) + owner + (_ALLOWED % 2**32).to_bytes(4, "little") + _ID
    key = hashlib.md5(known).digest()[:_KEY]  # noqa: S324  the format's
    handler = b"/Encrypt<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        _ALLOWED,
        owner.hex().encode(),
        _rc4(key, _PAD).hex().encode(),
        _ID.hex().encode(),
        _ID.hex().encode(),
    )
    own = hashlib.md5(key + (5).to_bytes(3, "little") + bytes(2)).digest()  # noqa: S324  the format's
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
        b"/Contents 5 0 R>>",
        5: stream(_rc4(own[: _KEY + 5], words("Rules", "One rule holds for all."))),
    }
    return written(objects, handler)


def _padded(password: bytes) -> bytes:
    return (password + _PAD)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def looping() -> bytes:
    """Return a file whose page tree leads back into itself."""
    return written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1000/Kids[4 0 R 4 0 R]>>",
            4: b"<</Type/Pages/Count 1000/Kids[2 0 R 4 0 R]/Parent 2 0 R>>",
        }
    )


def looping_outline() -> bytes:
    return pdf(
        [words("Rules", "One rule.")],
        catalog="/Outlines 10 0 R",
        more=[
            b"<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 2>>",
            b"<</Title(Rules)/Parent 10 0 R/Next 12 0 R/First 12 0 R/Last 12 0 R>>",
            b"<</Title(Rule)/Parent 11 0 R/Next 11 0 R/First 11 0 R/Last 11 0 R>>",
        ],
    )


def looping_form() -> bytes:
    """Return a file whose page draws a form that draws itself twice."""
    form = stream(
        b"/X1 Do /X1 Do",
        keys="/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 10 0 R>>>>",
    )
    page = "/MediaBox[0 0 612 792]/Resources<</XObject<</X1 10 0 R>>/Font<</F1 3 0 R>>>>"
    return pdf([b"/X1 Do " + words("Rules")], page=page, more=[form])


def doubling_forms() -> bytes:
    """Return a file of 40 forms, each of which draws the next one ten times."""
    forms = [
        stream(
            b"/X1 Do " * 10,
            keys="/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 "
            f"{11 + n} 0 R>>>>",
        )
        for n in range(40)
    ]
    forms.append(stream(b"0 0 m 9 9 l S", keys="/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    page = "/MediaBox[0 0 612 792]/Resources<</XObject<</X1 10 0 R>>/Font<</F1 3 0 R>>>>"
    return pdf([b"/X1 Do " + words("Rules")], page=page, more=forms)


def million_cells() -> bytes:
    """Return a page with a grid of a thousand lines each way and a figure in each cell."""
    lines = b"".join(b"%d 0 m %d 999 l 0 %d m 999 %d l S\n" % (n, n, n, n) for n in range(1000))
    row = b"(1) Tj 1 0 Td " * 1000
    figures = b"".join(b"1 0 0 1 0 %d Tm %s\n" % (n, row) for n in range(1000))
    return pdf(
        [lines + b"BT /F1 1 Tf " + figures + b" ET"],
        page="/MediaBox[0 0 1000 1000]",
    )


def many_lines() -> bytes:
    return pdf(
        [
            b"".join(
                b"%d %d m %d %d l S\n" % (n % 600, n % 700, n % 590 + 9, n % 700)
                for n in range(200_000)
            )
            + words("Rules", "One rule holds for all.")
        ]
    )


def stream_bomb() -> bytes:
    """Return a page whose content is packed twice and unpacks to 256 MB."""
    content = zlib.compress(b" " * (1 << 28), 1)
    twice = zlib.compress(content, 9)
    page = stream(twice, keys="/Filter[/FlateDecode/FlateDecode]")
    return written(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R>>",
            5: page,
        }
    )


def huge_picture() -> bytes:
    """Return a page of a picture that says it has 100,000 by 100,000 points."""
    picture = stream(
        zlib.compress(bytes(1 << 20), 9),
        keys="/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB"
        "/BitsPerComponent 8/Filter/FlateDecode",
    )
    page = "/MediaBox[0 0 612 792]/Resources<</XObject<</I1 10 0 R>>>>"
    return pdf([b"612 0 0 792 0 0 cm /I1 Do"], page=page, more=[picture])


def acting(server: str = "127.0.0.1:9") -> bytes:
    """Return a file that wants to run a script, start a program and fetch from ``server``."""
    address = f"http://{server}"
    actions = [
        f"<</S/JavaScript/JS(app.launchURL\\('{address}/js'\\);)/Next 11 0 R>>",
        "<</S/Launch/F(/bin/true)/Win<</F(calc.exe)>>/Next 12 0 R>>",
        f"<</S/URI/URI({address}/uri)/Next 13 0 R>>",
        f"<</S/SubmitForm/F<</FS/URL/F({address}/form)>>/Next 14 0 R>>",
        f"<</S/GoToR/F<</FS/URL/F({address}/far.pdf)>>/D[0/Fit]>>",
    ]
    content = f"<</Length 0/F<</FS/URL/F({address}/stream)>>>>stream\n\nendstream"
    more = [action.encode() for action in (*actions, content)]
    return pdf(
        [words("Rules", "One rule holds for all.")],
        catalog="/OpenAction 10 0 R/AA<</WC 10 0 R/DS 10 0 R>>/Names<</JavaScript<<"
        "/Names[(a) 10 0 R]>>>>",
        page="/MediaBox[0 0 612 792]/AA<</O 10 0 R>>/Annots[<</Type/Annot/Subtype/Link"
        "/Rect[0 0 9 9]/A 12 0 R>><</Type/Annot/Subtype/Movie/Rect[0 0 9 9]/Movie<</F<</FS/URL"
        f"/F({address}/film)>>>>>>]",
        more=more,
    )


_PAGE = [words("Rules", "One rule holds for all.")]
_ANY = "document FileTooLarge DamagedFile"
MAKERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "looping-pages": (looping, "DamagedFile EmptyFile FileTooLarge"),
    "looping-outline": (looping_outline, "document"),
    "looping-form": (looping_form, "document DamagedFile"),
    "doubling-forms": (doubling_forms, _ANY),
    "huge-page": (lambda: pdf(_PAGE, page="/MediaBox[0 0 1000000000 1000000000]"), _ANY),
    "flat-page": (lambda: pdf(_PAGE, page="/MediaBox[0 0 0 0]"), _ANY + " EmptyFile"),
    "upside-down-page": (lambda: pdf(_PAGE, page="/MediaBox[612 792 0 0]/Rotate 180"), "document"),
    "page-of-nothing": (lambda: pdf([b""]), "EmptyFile"),
    "no-pages": (lambda: pdf([]), "EmptyFile DamagedFile"),
    "2001-pages": (lambda: pdf(_PAGE * 2001), "FileTooLarge"),
    "says-a-million-pages": (
        lambda: pdf(_PAGE).replace(b"/Count 1/", b"/Count 999999/"),
        _ANY,
    ),
    "million-cells": (million_cells, f"{_ANY} EmptyFile"),  # too small for anybody to see
    "many-lines": (many_lines, _ANY),
    "stream-bomb": (stream_bomb, _ANY + " EmptyFile"),
    "huge-picture": (huge_picture, _ANY + " EmptyFile"),
    "acting": (acting, "document"),
}
