"""One draft for each row of a table: what one of its columns says of what the row is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.commitments.columns import Role, roles_of
from corpus.figures import figures_of
from corpus.model import Block, Document
from evals.suites.drafts.found import Found, heading_of
from evals.suites.drafts.wording import in_context, lower_first, upper_first

_LONGEST_KEY, _LONGEST_VALUE, _LONGEST_HEADER = 90, 90, 60  # characters
_LETTERS = 3  # that a key has at least
_NOTHING = re.compile(
    r"\W*(?:n\.?/?a\.?\W*|none|nil|not applicable|not available|unknown|tbd|tbc|to be (?:confirmed|"
    r"determined)|yes|no|ongoing|x|✓|✔|✗|[-–—.•*?\s]*)\W*",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:grand\s|sub-?\s?)?totals?\b.*|average\b.*|sum\b.*", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:item|items|name|no|number|#|description|category|type|topic|subject|element|details?|"
    r"column|field|title)\W*",
    re.IGNORECASE,
)
_CODE = re.compile(r"#?\(?[A-Z]{0,2}\d[\d.]*[A-Z]?\)?[.:]?")  # "4.01", "2.01B" before the name
_NO_VALUE = re.compile(
    r"(?:to|may|must|can|is|are|will|has|links?|urls?|comments?|notes?|remarks?|items?|details?|tables?|"
    r"source|data source|no|contact|status|cell|column|header)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(r"(?:minutes|hours|days|weeks|months|years)\b.*", re.IGNORECASE)
_ASKS = re.compile(r"(?:who|whom|when|where|how|what|which)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"(?P<unit>(?:minutes|hours|days|weeks|months|years|number of [\w -]+?s))\s+"
    r"(?P<rest>(?:(?!between)\w+(?:ed|en)|paid|due|kept|spent)\b.*)",
    re.IGNORECASE,
)
_PLAIN = (  # columns that say what something is: the whole question
    (r"stands for|full (?:form|name)|spelled out", "What does “{key}” stand for?"),
    (r"definitions?|meanings?|explanations?", "What does “{key}” mean?"),
    (r"descriptions?", "What is {name}?"),
    (r"uses?|used for|purposes?", "What is {name} for?"),
)
_CAPTION = re.compile(r"(?:table|tableau|box|figure)\s+[\w.]+[.:)–—-]?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with what it is about.

    Attributes:
        rest: the other cells, in order.
        roles: header → what its column holds, in a table of commitments; empty of other tables.
    """

    key: _Cell
    rest: tuple[_Cell, ...]
    roles: Mapping[str, Role]


def drafts_of_rows(document: Document) -> Iterator[Found]:
    """Give what each row of the tables offers, in reading order."""
    rows = (block for block in document.blocks if block.kind == "table_row" and block.cells)
    for _, table in groupby(rows, key=lambda block: block.group):
        yield from _of_table(document, list(table))


def _of_table(document: Document, table: Sequence[Block]) -> Iterator[Found]:
    caption = _caption(document, table[0])
    rows: list[_Row | None] = []
    for block in table:
        rows.append(_row(document, block, next(filter(None, reversed(rows)), None)))
    keys = Counter(row.key.text for row in rows if row)
    for place, (block, row) in enumerate(zip(table, rows, strict=True)):
        quote = document.text[block.start : block.end]
        several = row is not None and keys[row.key.text] > 1
        asked = _ask(row, caption, place, several=several) if row else None
        if asked is None:
            yield Found("rows", document, block.section, quote)
            continue
        heading = caption or heading_of(document, block)
        question = in_context(asked[0], document.metadata.title, heading)
        yield Found("rows", document, block.section, quote, question, asked[1])


def _row(document: Document, block: Block, above: _Row | None) -> _Row | None:
    """Return a row with what it is about, which one with an empty first cell takes from above."""
    cells = _cells(document, block)
    found = roles_of([cell.header for cell in block.cells]) or ()
    headers = (" ".join(cell.header.split()) for cell in block.cells)
    roles = {header: role for header, role in zip(headers, found, strict=False) if role}
    continues = block.cells[0].start == block.cells[0].end and above is not None and not roles
    if continues and above:
        return _Row(above.key, tuple(cells), roles)
    named = [one for one in cells[:2] if not _CODE.fullmatch(one.text)][:1]
    if not named or not _can_be_key(named[0]):
        return None
    return _Row(named[0], tuple(cells[cells.index(named[0]) + 1 :]), roles)


def _ask(row: _Row, caption: str, place: int, *, several: bool) -> tuple[str, str] | None:
    """Return a question for one of a row's values, another column from row to row, and the value.

    Where several rows are about the same, the next cell tells them apart.
    """
    rest, key = row.rest, f"for {_named(row.key)}"
    if several and not row.roles:
        second = next((one for one in rest if _can_be_key(one)), None)
        if second is None:
            return None
        rest, key = rest[rest.index(second) + 1 :], f"{key} and {_named(second)}"
    values = [one for one in rest if _can_be_value(one, row.key)]
    if row.roles:
        values = [one for one in values if row.roles.get(one.header) in {"party", "time"}]
    if not values:
        return None
    value = values[place % len(values)]
    return _question(row, value, caption, key), value.text


def _cells(document: Document, block: Block) -> list[_Cell]:
    """Return the filled cells, each place once; a merged one with the text of where it begins."""
    places = {(cell.start, cell.end): cell for cell in reversed(block.cells)}
    ordered = [cell for cell in block.cells if places[cell.start, cell.end] is cell]
    return [
        _Cell(" ".join(cell.header.split()), text)
        for cell in ordered
        if (text := " ".join(document.text[cell.start : cell.end].split()))
    ]


def _can_be_key(cell: _Cell) -> bool:
    text = cell.text
    says = cell.header and not _GENERIC.fullmatch(cell.header)
    return (
        len(text) <= _LONGEST_KEY
        and _is_latin(text + cell.header)
        and text[0].isalnum()
        and sum(map(str.isalpha, text)) >= (1 if says else _LETTERS)
        and not _NOTHING.fullmatch(text)
        and not _TOTAL.fullmatch(text)
    )


def _can_be_value(cell: _Cell, key: _Cell) -> bool:
    return (
        sum(map(str.isalpha, cell.header)) >= _LETTERS
        and _is_latin(cell.header)
        and not _NO_VALUE.match(cell.header)
        and "://" not in cell.text
        and len(cell.header) <= _LONGEST_HEADER
        and len(cell.text) <= _LONGEST_VALUE
        and cell.text != key.text
        and " / " not in cell.text
        and not _NOTHING.fullmatch(cell.text)
    )


def _is_latin(text: str) -> bool:
    """Tell whether a text is in letters that an English question can be made with."""
    letters = list(filter(str.isalpha, text))
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


def _question(row: _Row, value: _Cell, caption: str, key: str) -> str:
    """Ask for a value by the form of its header."""
    role = row.roles.get(value.header)
    header = value.header.rstrip(":?.")
    if role:
        asks = "Who is responsible" if role == "party" else "What is the time frame"
        return f"{asks} for “{row.key.text}”?"
    if _ASKS.match(header):
        return f"{upper_first(header)} on “{row.key.text}”?"
    for pattern, asks in _PLAIN:
        if re.fullmatch(pattern, header, re.IGNORECASE):
            return asks.format(name=key.removeprefix("for "), key=row.key.text)
    second = f" and “{header}”" if _is_second_key(header, caption) else ""
    return f"{_asked_for(header, caption)} {key}{second}?"


def _asked_for(header: str, caption: str) -> str:
    """Return the question for a column: "How many days are earned per month"."""
    if counts := _COUNTS.fullmatch(header):
        unit = re.sub(r"^number of ", "", counts["unit"], flags=re.IGNORECASE).lower()
        return f"How many {unit} are {counts['rest']}"
    if _UNITS.fullmatch(header):
        return f"How many {lower_first(header)} are there"
    if _is_second_key(header, caption):
        return f"What is the {lower_first(caption.partition(' by ')[0])}"
    return f"What {'are' if _is_plural(header) else 'is'} the {lower_first(header)}"


def _is_second_key(header: str, caption: str) -> bool:
    """Tell whether a column is for whom something holds, as in "Class of travel by grade"."""
    return bool(figures_of(header)) and " by " in caption


def _named(cell: _Cell) -> str:
    """Name what a row is about, with its header where that says what it is."""
    header = cell.header.rstrip(":?.")
    usual = not header or _GENERIC.fullmatch(header) or _ASKS.match(header)
    if usual or len(header) > _LONGEST_HEADER or figures_of(header):
        return f"“{cell.text}”"
    return f"the {lower_first(header)} “{cell.text}”"


def _is_plural(header: str) -> bool:
    """Tell whether the head of a header is several: "Days of leave", "Key activities"."""
    head = re.split(r"\s+(?:of|for|in|per|on|to|by|with|from|at)\b|\s*[(/,]", header)[0].lower()
    last = head.split()[-1] if head.split() else ""
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))


def _caption(document: Document, block: Block) -> str:
    """Return what a table is of, by the line above it: "annual leave by type of appointment"."""
    if block.lead_in is None:
        return ""
    lead = document.blocks[block.lead_in]
    text = " ".join(document.text[lead.start : lead.end].split())
    found = _CAPTION.match(text)
    return text[found.end() :].split(",")[0].rstrip(".: ") if found else ""
