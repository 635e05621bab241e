"""The source of an HTML page: its bytes as text, and no deeper than a tree may grow."""

from __future__ import annotations

import re

from corpus.formats.decode import decode

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}\bencoding\s*=\s*[\"']([\w.:-]{1,40})"
    rb"|<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096  # bytes; browsers look at the first 1,024, some programs write more before
# what browsers know; Python knows further ones that are none ("unicode_escape")
_KNOWN = re.compile(
    r"(?:utf-?8|iso-8859-\d+|windows-\d+|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5(?:-hkscs)?"
    r"|shift_jis|sjis|euc-(?:jp|kr)|iso-2022-jp|macintosh|us-ascii|ascii|latin-?1)$"
)
# pages that say so mean Windows' table, and every browser reads them so
_MEANT = {
    "iso-8859-1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "macintosh": "mac_roman",
}
_BY_ESCAPES = frozenset(("iso-2022-jp",))  # whose bytes are all ASCII, hence good UTF-8 as well
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1|\Z)"
    r"|<(/?)([a-zA-Z][^\s/>]*)",
    re.DOTALL | re.IGNORECASE,
)
# elements without an end, and those that the next of their kind ends: they never nest by themselves
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr thead"
    " tbody tfoot option optgroup rt rp colgroup caption html head body".split()
)
# elements that every paragraph after them repeats until they end
_REPEATED = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_DEEPEST = 200  # elements inside one another; pages have about 30, and a browser stops at 512
_MOST_REPEATED = 40


def decode_page(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page and notes; raises UnreadableFile.

    Its byte order mark counts before its bytes being UTF-8, that before what it declares.
    """
    declared = "" if data.startswith(_MARKS) else _declared(data)
    if declared in _BY_ESCAPES or (declared and not _is_utf8(data)):
        try:
            return data.decode(declared), ()
        except UnicodeDecodeError:
            pass  # it is not what it says; its bytes will tell
    return decode(data, name)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = (found[1] or found[2]).decode("ascii").lower() if found else ""
    return _MEANT.get(name, name) if _KNOWN.match(name) else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def shallow(source: str) -> str:
    """Return the source with elements that stand too deep made marks without content.

    The time to build a tree grows with the square of its depth: 100,000 <div> inside one another
    take 12 s. Their text stays.
    """
    if source.count("<") <= _MOST_REPEATED:
        return source
    elements = _Elements()
    parts, done = [], 0
    for tag in _TAG.finditer(source):
        name = (tag[3] or "").lower()
        if not name or name in _FLAT:
            continue
        if elements.closed(name) if tag[2] else elements.opened(name):
            # nothing can stand in these; the second also keeps apart what it parts
            parts += [source[done : tag.start(3)], "wbr" if name in _REPEATED else "br"]
            done = tag.end(3)
    return "".join([*parts, source[done:]]) if parts else source


class _Elements:
    """The elements that are open, each with whether it stands too deep."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []
        self.repeated = 0

    def opened(self, name: str) -> bool:
        """Open an element; say whether it stands too deep."""
        too_deep = len(self.open) >= _DEEPEST or (
            name in _REPEATED and self.repeated >= _MOST_REPEATED
        )
        if len(self.open) < 2 * _DEEPEST:  # what stands deeper is counted no more
            self.open.append((name, too_deep))
            self.repeated += name in _REPEATED
        return too_deep

    def closed(self, name: str) -> bool:
        """Close an element with those left open inside; say whether it stood too deep."""
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == name:
                too_deep = self.open[place][1]
                self.repeated -= sum(one in _REPEATED for one, _ in self.open[place:])
                del self.open[place:]
                return too_deep
        return False
