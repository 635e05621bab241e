"""Sitemaps: the lists of pages that sites publish for programs."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from lxml import etree

_GZIP = b"\x1f\x8b"
_AS_GZIP = 31  # zlib's way to name the format
_LARGEST = 50_000_000  # bytes unpacked, as the standard of sitemaps allows
_ROOTS = ("urlset", "sitemapindex")
_LONGEST = 2048  # characters of an address, as the standard allows


class SitemapDamaged(Exception):
    """It begins like a sitemap and cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of pages, or of further sitemaps."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(data: bytes) -> Sitemap | None:
    """Return what a sitemap lists, packed or not; None if it is none.

    Raises:
        SitemapDamaged: it is one, and broken or too large.
    """
    data = _unpacked(data)
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"<?xml", b"<urlset", b"<sitemapindex", b"<!--")):
        return None
    if not any(root.encode() in data[:10_000] for root in _ROOTS):
        return None
    if b"<!DOCTYPE" in data:
        raise SitemapDamaged  # sitemaps have none; entities may hide in it
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SitemapDamaged from error
    kind = etree.QName(root).localname
    if kind not in _ROOTS:
        return None
    found = tuple(dict.fromkeys(_locations(root)))
    return Sitemap(pages=found) if kind == "urlset" else Sitemap(sitemaps=found)


def _locations(root: etree._Element) -> list[str]:
    places = [
        (place.text or "").strip()
        for entry in root
        if isinstance(entry.tag, str)
        for place in entry
        if isinstance(place.tag, str) and etree.QName(place).localname == "loc"
    ]
    return [place for place in places if 0 < len(place) <= _LONGEST]


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(_AS_GZIP)
    try:
        unpacked = unpacker.decompress(data, _LARGEST)
    except zlib.error as error:
        raise SitemapDamaged from error
    if unpacker.unconsumed_tail:
        raise SitemapDamaged
    return unpacked
