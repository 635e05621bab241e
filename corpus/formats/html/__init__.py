"""HTML pages: what they say, without the menus, banners and programs around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import EmptyFile
from corpus.formats.html.blocks import walk
from corpus.formats.html.notes import find_notes
from corpus.formats.html.page import find_content
from corpus.formats.html.source import decode_page, shallow
from corpus.formats.html.state import Walked
from corpus.formats.html.tree import Node, Page, read_tree
from corpus.metadata import Fields
from corpus.raw import Heading, Parsed, Raw
from corpus.repair import texts_of

_SUFFIX = re.compile(r"\s+[|–—·»:-]{1,2}\s+")  # what parts a page's title from its site's name
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)")
_FEWEST_LINKS = 3  # of a table of contents
_LITTLE = 300  # characters of a page that may have been taken for a menu
_MORE = 3  # times as much as it has without menus
_MUCH = 400  # letters outside the main part, more than a few lines of a page's frame
_OUTSIDE = "Text that stands outside the page's main part was left out."
_STRUCK = "Text that is struck through was left out."


def parse(data: bytes, name: str) -> Parsed:
    """Return what a page says.

    The original is the page's own text in its order, as a browser would show it: the places of a
    character in it do not depend on how tags and entities are written.

    Raises:
        UnreadableFile: it is no text, or holds none.
    """
    source, notes = decode_page(data, name)
    source = shallow(source)
    page, blocks, outside = _read(source)
    if _letters(blocks) < _LITTLE:
        # a list of links, say: better a menu too many than a page without its text
        more, whole, still_outside = _read(source, menus=True)
        if _letters(whole) > _MORE * _letters(blocks):
            page, blocks, outside = more, whole, still_outside
    if not blocks:
        page, blocks, outside = _read(source, without_scripts=True)
    if not blocks:
        raise _empty(name, page)
    return Parsed(
        original=page.text,
        blocks=blocks,
        properties=Fields(title=_title(page, blocks), language=_language(page.root)),
        notes=(
            *notes,
            *((_STRUCK,) if page.struck else ()),
            *((_OUTSIDE,) if outside > _MUCH else ()),
        ),
    )


def _read(
    source: str, *, menus: bool = False, without_scripts: bool = False
) -> tuple[Page, list[Raw], int]:
    """Return the page, its blocks, and how many letters of prose stand outside its main part."""
    page = read_tree(source, without_scripts=without_scripts)
    notes = find_notes(page)
    content = find_content(page, notes, menus=menus)
    outside = (page.root.letters - page.root.linked) - (content.letters - content.linked)
    walked = walk(page, content, notes)
    return page, [one.block for one in walked] if menus else without_contents(walked), outside


def _letters(blocks: Sequence[Raw]) -> int:
    return sum(len(text.text) for block in blocks for text in texts_of(block))


def without_contents(walked: Sequence[Walked]) -> list[Raw]:
    """Return the blocks without tables of contents: three links or more into the same page.

    Their heading goes with them. So does a link into the page that stands before everything else:
    it is there to skip the menu.
    """
    kept: list[Raw] = []
    start = 0
    while start < len(walked):
        end = start
        while end < len(walked) and walked[end].is_link:
            end += 1
        if end == start:
            kept.append(walked[start].block)
            start += 1
            continue
        if end - start < _FEWEST_LINKS and kept:
            kept += [one.block for one in walked[start:end]]
        elif kept and _is_left_empty(kept[-1], walked[end:]):
            kept.pop()
        start = end
    return kept


def _is_left_empty(before: Raw, rest: Sequence[Walked]) -> bool:
    """Say whether nothing is left under the heading of a table of contents."""
    after = rest[0].block if rest else None
    return isinstance(before, Heading) and (
        isinstance(after, Heading) and after.level <= before.level
    )


def _title(page: Page, blocks: Sequence[Raw]) -> str | None:
    """Return the title of the page's head, without the site's name where that can be told."""
    parts = _SUFFIX.split(page.title)
    heads = {" ".join(one.text.text.split()) for one in blocks if isinstance(one, Heading)}
    named = [part for part in parts if part in heads]
    return (named[0] if named else parts[0]) or None


def _language(root: Node) -> str | None:
    found = _LANGUAGE.match(root.get("lang") or root.get("xml:lang"))
    return found[0] if found else None


def _empty(name: str, page: Page) -> EmptyFile:
    if page.scripted:
        return EmptyFile(
            f"{name} has no text: a program puts the page together when it is shown.",
            "Open it in a browser and save what is shown as PDF or as a complete page.",
        )
    return EmptyFile(f"{name} has no text.", "Remove it or give it some.")
