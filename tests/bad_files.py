"""Files that nobody should have to read: broken, hostile, or far larger than they look.

``BAD`` has them by name, each with what may come of it: the names of errors, or "document".
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import bad_pdf
import good_files
from good_files import packed

SECRET = "the-words-of-another-file"  # noqa: S105  no password
MILLION = 1_000_000
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Bad:
    """A file: its name, what makes its bytes, what may come of reading it."""

    name: str
    make: Callable[[], bytes]
    ends: frozenset[str]


BAD: list[Bad] = []


def _bad(name: str, ends: str, make: Callable[[], bytes]) -> None:
    BAD.append(Bad(name, make, frozenset(ends.split())))


# --- passwords ---------------------------------------------------------------------------------


def locked_office() -> bytes:
    """Return a compound file with the two streams in which Office keeps a file under a password."""
    sectors = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00".ljust(6, b"\0")
        + bytes(4)
        + b"\x01\0\0\0"
        + b"\x01\0\0\0"
        + bytes(4)
        + b"\x00\x10\0\0"
        + b"\xfe\xff\xff\xff"
        + bytes(4)
        + b"\xfe\xff\xff\xff"
        + bytes(4)
        + bytes(4),
        b"\xfd\xff\xff\xff\xfe\xff\xff\xff".ljust(512, b"\xff"),
        b"".join(_entry(name) for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage")),
    ]
    return b"".join(
        sector.ljust(512, b"\xff" if number == 0 else b"\0")
        for number, sector in enumerate(sectors)
    )


def _entry(name: str) -> bytes:
    written = name.encode("utf-16-le")
    kind = 5 if name == "Root Entry" else 2
    return (
        written.ljust(64, b"\0")
        + (len(written) + 2).to_bytes(2, "little")
        + bytes([kind])
        + bytes(61)
    )


def locked_odt() -> bytes:
    parts = dict(good_files.odt_parts())
    parts["content.xml"] = bytes(range(256)) * 8
    parts["META-INF/manifest.xml"] = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        b'<manifest:encryption-data manifest:checksum="AAAA"/></manifest:file-entry>'
        b"</manifest:manifest>"
    )
    return packed(parts)


def locked_zip() -> bytes:
    """Return an archive whose entries say that they are under a password."""
    data = bytearray(packed({"rules.md": b"# Rules\n\nOne rule.\n"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= _ENCRYPTED
    return bytes(data)


for _ending in ("docx", "xlsx", "pptx"):
    _bad(f"locked.{_ending}", "EncryptedFile", locked_office)
_bad("locked.odt", "EncryptedFile", locked_odt)
_bad("locked.zip", "EncryptedFile", locked_zip)
_bad("locked.pdf", "EncryptedFile", lambda: bad_pdf.encrypted(user=b"secret"))
_bad("locked-to-owner.pdf", "document", lambda: bad_pdf.encrypted(user=b""))

# --- cut off, empty, not what they say ---------------------------------------------------------

for _ending, _make in good_files.MAKERS.items():
    _broken = "DamagedFile WrongFormat" if _ending not in good_files.TEXTS else "document EmptyFile"
    _bad(f"cut-off.{_ending}", _broken, lambda make=_make: (data := make())[: len(data) * 6 // 10])
    _bad(f"empty.{_ending}", "EmptyFile", lambda: b"")
    _bad(f"blank.{_ending}", "EmptyFile", lambda: b" \n\t\r\n \n")
_bad("head.pdf", "DamagedFile", lambda: b"%PDF-1.7\n")
for _ending in ("docx", "xlsx", "pptx", "odt", "zip"):
    _bad(f"head.{_ending}", "DamagedFile", lambda: b"PK\x03\x04")
    _bad(f"no-entries.{_ending}", "DamagedFile WrongFormat EmptyFile", lambda: packed({}))
for _ending in good_files.MAKERS:
    _bad(
        f"noise.{_ending}",
        "DamagedFile WrongFormat document EmptyFile",
        lambda: bytes((n * n * 31 + n // 7) % 256 for n in range(20_000)),
    )
for _ending in ("txt", "md", "csv", "html"):
    _bad(f"nul.{_ending}", "DamagedFile WrongFormat", lambda: b"One rule.\0\0\0Two rules.\0" * 99)
_bad(
    "no-mark.txt",
    "document DamagedFile WrongFormat",
    lambda: ("One rule. " * 99).encode("utf-16-le"),
)
_bad("old.doc", "WrongFormat", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(4096, b"\0"))
_bad("picture.png", "WrongFormat", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100))

# --- that unpack to too much -------------------------------------------------------------------


def bomb(part: str, others: dict[str, bytes], *, size: int = 300_000_000) -> bytes:
    """Return a package with one part that unpacks to ``size`` bytes."""
    file = io.BytesIO(packed(others))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(part, "w") as entry,
    ):
        chunk = b" " * (1 << 20)
        for _ in range(size >> 20):
            entry.write(chunk)
    return file.getvalue()


def nested_bomb() -> bytes:
    data = bomb("rules.txt", {}, size=100_000_000)
    for level in range(5):
        data = packed({f"{level}-{number}.zip": data for number in range(2)})
    return data


def overlapping(part: str, others: dict[str, bytes], *, entries: int = 2_000) -> bytes:
    """Return a package whose directory names the same packed bytes many times."""
    data = packed(others | {part: b"One rule. " * 100_000})
    start = data.index(b"PK\x05\x06")
    begins = data.rindex(b"PK\x01\x02", 0, start)
    again = data[begins:start] * entries
    count = (len(others) + 1 + entries).to_bytes(2, "little")
    end = bytearray(data[start:])
    end[8:12] = count * 2
    end[12:16] = (int.from_bytes(end[12:16], "little") + len(again)).to_bytes(4, "little")
    return data[:start] + again + bytes(end)


for _ending, _part, _parts in good_files.PACKAGES:
    _others = lambda part=_part, parts=_parts: {  # noqa: E731  one for each
        name: content for name, content in parts().items() if name != part
    }
    _bad(f"bomb.{_ending}", "FileTooLarge", lambda part=_part, others=_others: bomb(part, others()))
    _bad(
        f"overlapping.{_ending}",
        "FileTooLarge DamagedFile document",
        lambda part=_part, others=_others: overlapping(part, others()),
    )
_bad("bomb.zip", "FileTooLarge", lambda: bomb("rules.txt", {}))
_bad("nested-bomb.zip", "FileTooLarge", nested_bomb)
_bad("overlapping.zip", "FileTooLarge DamagedFile", lambda: overlapping("rules.txt", {}))

# --- entities ----------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
DOCTYPES = {
    "laughs": (f"<!DOCTYPE x [{_LAUGHS}]>", "&l9;"),
    "outside": ('<!DOCTYPE x [<!ENTITY l9 SYSTEM "file://{secret}">]>', "&l9;"),
    "remote": ('<!DOCTYPE x [<!ENTITY l9 SYSTEM "http://{server}/x">]>', "&l9;"),
    "remote-dtd": ('<!DOCTYPE x SYSTEM "http://{server}/x.dtd">', ""),
}


def with_entity(kind: str, part: str, parts: dict[str, bytes]) -> bytes:
    """Return a package in one part of which an entity is declared and used."""
    doctype, entity = DOCTYPES[kind]
    xml = parts[part].decode()
    head, _, body = xml.rpartition("?>")
    declared = f"{head}?>{doctype}{body}" if head else doctype + body
    return packed(
        parts | {part: declared.replace(good_files.WORD, entity + good_files.WORD).encode()}
    )


for _kind in DOCTYPES:
    for _ending, _part, _parts in good_files.PACKAGES:
        _bad(
            f"entity-{_kind}.{_ending}",
            "DamagedFile WrongFormat",
            lambda kind=_kind, part=_part, parts=_parts: with_entity(kind, part, parts()),
        )
    _bad(
        f"entity-{_kind}.html",
        "document DamagedFile",
        lambda kind=_kind: (
            f"{DOCTYPES[kind][0]}<html><body><h1>Rules</h1><p>One rule {DOCTYPES[kind][1]}.</p>"
            f"<svg><text>{DOCTYPES[kind][1]}</text></svg></body></html>"
        ).encode(),
    )

# --- deep, wide and long -----------------------------------------------------------------------

_NUMBERS = range(1_000)


def _html(body: str) -> bytes:
    return f"<html><body><h1>Rules</h1><p>One rule.</p>{body}</body></html>".encode()


_ANY = "document FileTooLarge DamagedFile"
_CELLS = "<tr>" + "<td>1</td>" * 1_000 + "</tr>"
_WORD_CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
_bad("million-cells.html", _ANY, lambda: _html(f"<table>{_CELLS * 1_000}</table>"))
_bad("million-cells.csv", _ANY, lambda: (",".join(["1"] * 1_000) + "\n").encode() * 1_000)
_bad(
    "million-cells.docx",
    _ANY,
    lambda: good_files.docx(
        f"<w:tbl>{('<w:tr>' + _WORD_CELL * 1_000 + '</w:tr>') * 1_000}</w:tbl>"
    ),
)
_bad(
    "million-cells.xlsx",
    _ANY,
    lambda: good_files.xlsx(("<row>" + "<c><v>1</v></c>" * 1_000 + "</row>") * 1_000),
)
_bad(
    "far-corner.xlsx",
    _ANY,
    lambda: good_files.xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
)
_bad(
    "merged-all.xlsx",
    _ANY,
    lambda: good_files.xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
)
_bad(
    "spans.html",
    _ANY,
    lambda: _html(
        '<table><tr><td rowspan="65534" colspan="1000">a</td></tr>'
        + "<tr><td>1</td></tr>" * 1_000
        + "</table>"
    ),
)
_bad("deep-lists.html", _ANY, lambda: _html("<ul><li>one" * 10_000 + "</ul>" * 10_000))
_bad("deep-divs.html", _ANY, lambda: _html("<div>" * 100_000 + "One rule." + "</div>" * 100_000))
_bad("deep-bold.html", _ANY, lambda: _html("<b><i>" * 20_000 + "One rule."))
_bad("deep-tables.html", _ANY, lambda: _html("<table><tr><td>one" * 5_000))
_bad("deep-lists.md", _ANY, lambda: "".join(f"{'  ' * n}- one\n" for n in range(3_000)).encode())
_bad("deep-lists-in-line.md", _ANY, lambda: b"- " * 10_000 + b"one\n")
_bad("deep-quotes.md", _ANY, lambda: b">" * 10_000 + b" one\n")
_bad("deep-brackets.md", _ANY, lambda: b"[" * 50_000 + b"one" + b"](" * 50_000)
_bad("long-line.md", _ANY, lambda: b"*one* `two` [three](four) " * 270_000)
_bad("long-line.txt", _ANY, lambda: b"one two three " * 500_000)
_bad("stars.md", _ANY, lambda: b"*a_ " * 40_000)
_bad(
    "deep-lists.docx",
    _ANY,
    lambda: good_files.docx(
        "".join(
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
            "<w:r><w:t>one</w:t></w:r></w:p>"
            for n in range(10_000)
        )
    ),
)
_bad(
    "deep-tables.docx",
    _ANY,
    lambda: good_files.docx(
        "<w:tbl><w:tr><w:tc>" * 10_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 10_000
    ),
)
_bad(
    "wide-cell.docx",
    _ANY,
    lambda: good_files.docx(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
        "<w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ),
)
_bad(
    "repeated.odt",
    _ANY,
    lambda: good_files.odt(
        '<table:table><table:table-column table:number-columns-repeated="2000000000"/>'
        '<table:table-row table:number-rows-repeated="2000000000">'
        '<table:table-cell table:number-columns-repeated="2000000000"><text:p>1</text:p>'
        '</table:table-cell></table:table-row></table:table><text:p><text:s text:c="2000000000"/>'
        "</text:p>"
    ),
)
_bad(
    "deep-lists.odt",
    _ANY,
    lambda: good_files.odt(
        "<text:list><text:list-item>" * 10_000
        + "<text:p>one</text:p>"
        + "</text:list-item></text:list>" * 10_000
    ),
)
_bad(
    "deep-parts.eml",
    _ANY,
    lambda: (
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(5_000)
        )
        + b"\r\nOne rule.\r\n"
    ),
)
_bad(
    "long-head.eml",
    _ANY + " EmptyFile WrongFormat",
    lambda: b"Subject: one\r\n" + b"To: <a@b>,\r\n " * 400_000,
)

# --- PDF ---------------------------------------------------------------------------------------

for _name, (_pdf, _ends) in bad_pdf.MAKERS.items():
    _bad(f"{_name}.pdf", _ends, _pdf)
