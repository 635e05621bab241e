"""What the tests of HTML share: pages from their bodies, and what was read of them."""

from corpus.formats.html import parse
from corpus.raw import Item, Table


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


def blocks(body: str, head: str = ""):
    return parse(page(body, head).encode(), "page.html").blocks


def said(body: str, head: str = "") -> list[str]:
    """Return the texts of all blocks, white space made single."""
    return [
        " ".join(text.text.split())
        for block in blocks(body, head)
        for text in (
            [block.text]
            if not isinstance(block, Table)
            else [cell for row in (block.header, *block.rows) for cell in row]
        )
    ]


def items(body: str, head: str = "") -> list[tuple[int, str]]:
    found = [block for block in blocks(body, head) if isinstance(block, Item)]
    return [(block.depth, " ".join(block.text.text.split())) for block in found]
