"""The blocks of a page: its tree walked in order, text by text."""

from __future__ import annotations

import re

from corpus.formats.html.labels import labels_of
from corpus.formats.html.notes import Notes, PageNote
from corpus.formats.html.office import (
    bullet_of,
    is_list_paragraph,
    is_title,
    list_depth,
    outline_level,
)
from corpus.formats.html.page import is_sign, unfolds
from corpus.formats.html.rows import table_of, text_of_block
from corpus.formats.html.state import Entry, Shared, Walked
from corpus.formats.html.tables import grid_of, is_data
from corpus.formats.html.tree import Node, Page, Text
from corpus.formats.html.words import Line, Words, join_lines, weight_of
from corpus.labels import label_of
from corpus.raw import Caption, Heading, Item, Note, Paragraph, Raw
from corpus.traced import cut, joined, made

_BLOCKS = frozenset(
    "address article aside blockquote body center details dialog div fieldset figure footer"
    " form frameset header hgroup html legend main nav noscript p pre search section table tbody td"
    " tfoot th thead tr xmp listing plaintext hr".split()
)
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_TITLES = frozenset(("summary", "legend"))  # set apart by how a browser shows them
_CAPTIONS = frozenset(("caption", "figcaption"))
_FIELDS = frozenset(("button", "output", "progress", "meter"))
_HEADING = re.compile(r"h([1-6])$")
_LEVELS = 6
_DENSE = 0.7  # share of links within the page that makes a table one of contents
_FEWEST_LINKS = 3


def walk(page: Page, content: Node, notes: Notes) -> list[Walked]:
    """Return the blocks of an element in their order."""
    writer = _Writer(Shared.of(page, content, notes))
    writer.children(content)
    writer.close()
    return writer.blocks


class _Writer:
    """Walks a tree; it may call itself, for the tree's depth is bounded.

    Args:
        shared: what the whole page shares.
        inner: of a cell or a note, so that notes are left for the page to write.
    """

    def __init__(self, shared: Shared, *, inner: bool = False) -> None:
        self.shared = shared
        self.inner = inner
        self.words = Words(shared.page.text)
        self.blocks: list[Walked] = []
        self.entries: list[Entry] = []
        self.pending: list[PageNote] = []
        self.labels: dict[Node, str] = {}
        self.group = 0
        self.lists = 0
        self.bare = 0  # lists directly in lists, without an item between
        self.flat = 0  # inside a heading or caption, where no block begins
        self.bold = self.linked = False

    def children(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, Text):
                self.words.add(child, bold=self.bold, linked=self.linked)
            elif not child.out:
                self._take(child)

    def close(self) -> None:
        """Write what is left, and last the notes whose marks stand in what was left out."""
        self._flush()
        self._write_pending()
        if not self.inner:
            for note in self.shared.notes.by_body.values():
                if not note.body.out:
                    self._note(note)

    def _take(self, node: Node) -> None:
        notes = self.shared.notes
        if node in notes.by_body or node in self.shared.frames or node in self.shared.back:
            return
        if note := notes.by_reference.get(node):
            self.words.notes.append(note)
        elif node.tag == "br":
            self._break()
        elif self.flat:
            self._inside(node)
        elif level := self._level(node):
            self._heading(node, level)
        else:
            self._block(node)

    def _block(self, node: Node) -> None:
        tag = node.tag
        if tag in _LISTS or tag == "dl":
            self._list(node)
        elif tag in ("li", "dt", "dd"):
            self._item(node)
        elif tag in _CAPTIONS:
            self._caption(node)
        elif tag in _TITLES or (tag in _FIELDS and unfolds(node)):
            self._title(node)
        elif tag in _FIELDS:
            return
        elif tag == "table" and is_data(node):
            self._table(node)
        elif is_list_paragraph(node):
            self._word_item(node)
        else:
            self._inside(node)

    def _inside(self, node: Node) -> None:
        """Walk an element that is no block of its own kind."""
        if node.tag == "a" and self.flat and is_sign(node, self.shared.page):
            return
        bold, linked = self.bold, self.linked
        heavy = weight_of(node, self.shared.bold)
        self.bold = bold if heavy is None else heavy
        self.linked = linked or (node.tag == "a" and node.get("href").startswith("#"))
        apart = node.tag in _BLOCKS
        if apart:
            self._part()
        self.words.put("“" if node.tag == "q" else "")
        self.children(node)
        self.words.put("”" if node.tag == "q" else "")
        if apart:
            self._part()
        self.bold, self.linked = bold, linked

    def _part(self) -> None:
        if self.flat:
            self.words.put(" ")
        else:
            self._flush()

    def _break(self) -> None:
        """Break the line; two breaks end the paragraph."""
        if self.flat:
            self.words.put(" ")
        elif self.words.ends_line:
            self._flush()
        else:
            self.words.put("\n")

    def _flush(self) -> None:
        """End the block that is being read."""
        line = self.words.take()
        if line is None:
            return
        if self.entries and not self.entries[-1].spent:
            self.entries[-1].lines.append(line)
        else:
            self._add(Paragraph(line.text, self._lines(), line.bold), line)

    def _add(self, block: Raw, *lines: Line) -> None:
        """Write a block; its notes come after it, those of a list after the whole list."""
        notes = [note for line in lines for note in line.notes]
        if isinstance(block, Item):
            self.pending += notes
        else:
            self._write_pending()
        self.blocks.append(Walked(block, bool(lines) and all(line.is_link for line in lines)))
        if not isinstance(block, Item):
            self.pending += notes
            self._write_pending()

    def _lines(self) -> tuple[int, int]:
        number = next(self.shared.numbers)
        return 2 * number, 2 * number + 1

    def _alone(self, node: Node) -> Line | None:
        """Return an element's text as one line."""
        self._flush()
        self.flat += 1
        self._inside(node)
        self.flat -= 1
        return self.words.take()

    def _level(self, node: Node) -> int:
        """Return the level of a heading, 0 for anything else."""
        if found := _HEADING.match(node.tag):
            level = int(found[1])
        elif node.get("role") == "heading":
            written = node.get("aria-level")
            level = int(written) if written in tuple("123456789") else 2
        elif is_title(node):
            return 1
        elif outline := outline_level(node):
            level = outline
        else:
            return 0
        return min(_LEVELS, level + self.shared.has_title)

    def _heading(self, node: Node, level: int) -> None:
        line = self._alone(node)
        if line is None:
            return
        text = line.text
        if self.entries:
            label = self._spend(self.entries[-1])
            if label and not label_of(text.text):
                text = joined([made(label + " "), text])
        self._add(Heading(text, level, self._lines()), line)

    def _spend(self, entry: Entry) -> str:
        """Write an item that a heading stands in; return its label if that is not yet printed."""
        self._write_entry(entry)
        label, entry.label, entry.spent = entry.label, "", True
        return label

    def _title(self, node: Node) -> None:
        line = self._alone(node)
        if line is not None and self.entries and not self.entries[-1].spent:
            self.entries[-1].lines.append(line)
        elif line is not None:
            self._add(Paragraph(line.text, self._lines(), bold=True), line)

    def _caption(self, node: Node) -> None:
        line = self._alone(node)
        if line is not None:
            self._write_entries()
            self._add(Caption(line.text, self._lines()), line)

    def _list(self, node: Node) -> None:
        self._flush()
        styled = self.shared.styled.labels_of(node)
        if styled is not None:
            self.labels |= styled
        elif node.tag == "ol":
            self.labels |= labels_of(node)
        if not self.lists and not self._goes_on(node, styled=styled is not None):
            self.group = next(self.shared.groups)
        bare = node.parent is not None and node.parent.tag in _LISTS
        self.lists += 1
        self.bare += bare
        self.children(node)
        self._flush()
        self.lists -= 1
        self.bare -= bare

    def _goes_on(self, node: Node, *, styled: bool) -> bool:
        """Say whether a list goes on with the one right before it.

        Google Docs and LibreOffice write no list into an item, but one list after another.
        """
        if not (self.blocks and isinstance(self.blocks[-1].block, Item)):
            return False
        if styled:
            begins = "start" in node.get("class").split()
            return not begins or self.shared.styled.depth(node) > 0
        first = next(node.elements, None)
        inner = first is not None and first.tag in _LISTS
        return inner or node.tag == "ul" or node.get("start") not in ("", "1")

    def _item(self, node: Node) -> None:
        self._flush()
        self._write_entries()
        if not self.lists:
            self.group = next(self.shared.groups)
        depth = self.bare + sum(entry.has_text for entry in self.entries) + (node.tag == "dd")
        if node.parent is not None:
            depth += self.shared.styled.depth(node.parent)
        self._entry(node, Entry(self.group, depth, self.labels.get(node, "")))

    def _entry(self, node: Node, entry: Entry) -> None:
        self.entries.append(entry)
        self._inside(node)
        self._flush()
        self._write_entry(entry)
        self.entries.pop()

    def _write_entries(self) -> None:
        for entry in self.entries:
            self._write_entry(entry)

    def _write_entry(self, entry: Entry) -> None:
        if not entry.lines:
            return
        text = join_lines(entry.lines)
        if entry.label and not label_of(text.text):
            text = joined([made(entry.label + " "), text])
        self._add(Item(text, self._lines(), entry.group, entry.depth), *entry.lines)
        entry.label, entry.has_text = "", True
        entry.lines = []

    def _word_item(self, node: Node) -> None:
        """Write a paragraph that Word shows as an item, its bullet left out."""
        self._flush()
        self._write_entries()
        after_item = bool(self.blocks) and isinstance(self.blocks[-1].block, Item)
        if not (after_item or self.lists):
            self.group = next(self.shared.groups)
        bullet = bullet_of(node, self.shared.page)
        if bullet is not None:
            bullet.out = True
        self._entry(node, Entry(self.group, list_depth(node)))

    def _table(self, node: Node) -> None:
        self._flush()
        self._write_entries()
        if node.links >= _FEWEST_LINKS and node.in_page > _DENSE * node.letters:
            return
        for child in node.elements:
            if child.tag == "caption" and not child.out:
                self._caption(child)
        grid = grid_of(node)
        cells = [[self._cell(cell) for cell in row] for row in grid.rows]
        if cells:
            lines = [line for row in cells for cell in row for line in cell]
            self._add(table_of(grid, cells, self._lines()), *lines)

    def _cell(self, node: Node | None) -> list[Line]:
        if node is None:
            return []
        writer = _Writer(self.shared, inner=True)
        writer.bold = bool(weight_of(node, self.shared.bold))
        writer.children(node)
        return writer.texts()

    def texts(self) -> list[Line]:
        """End a cell or a note and return its lines, cells of tables in it between tabs."""
        only = self.words.take() if not (self.blocks or self.entries) else None
        if only is not None:
            return [only]
        self.close()
        lines = []
        for walked in self.blocks:
            block = walked.block
            bold = isinstance(block, Paragraph) and block.bold
            lines.append(Line(text_of_block(block), bold, walked.is_link, ()))
        if lines and self.pending:
            lines.append(Line(made(""), lines[-1].bold, lines[-1].is_link, tuple(self.pending)))
        return lines

    def _write_pending(self) -> None:
        if not self.inner:
            pending, self.pending = self.pending, []
            for note in pending:
                self._note(note)

    def _note(self, note: PageNote) -> None:
        if note in self.shared.written:
            return
        self.shared.written.add(note)
        writer = _Writer(self.shared, inner=True)
        writer.children(note.body)
        lines = writer.texts()
        if not lines:
            return
        text = joined([line.text for line in lines], "\n").strip()
        mark = cut(self.shared.page.text, note.mark.start, note.mark.end)
        if not text.text.startswith(mark.text):
            text = joined([mark, text], " ")
        self.blocks.append(Walked(Note(text, self._lines())))
        self.pending += writer.pending
        self._write_pending()
