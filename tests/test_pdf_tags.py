"""PDF: what its tags say counts where looks say nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pdf_pages import pdf, text
from reading import paths, read, rows, texts

from corpus.formats.pdf import parse
from corpus.raw import Table

FIRST = 7  # number of the first object after those of one page
PROSE = (
    "Staff members earn leave for each month of service, and",
    "may carry it over to the next year where their work has",
    "kept them from taking it in the year before.",
)


@dataclass
class Tag:
    """An element of the tree; lines drawn on the page are its content."""

    kind: str
    inside: "Sequence[Tag]" = ()
    lines: str = ""
    more: str = ""
    number: int = field(default=0, init=False)
    content: int = field(default=-1, init=False)

    def all(self) -> "Iterator[Tag]":
        yield self
        for one in self.inside:
            yield from one.all()


def tagged(*tags: Tag) -> bytes:
    """Return a PDF of one page with these elements."""
    top = Tag("Document", tags)
    every = list(top.all())
    filled = [one for one in every if one.lines]
    for place, one in enumerate(every):
        one.number = FIRST + 2 + place
    for place, one in enumerate(filled):
        one.content = place
    parents = {below.number: one.number for one in every for below in one.inside}
    objects = [
        f"<</Type/StructTreeRoot/K {top.number} 0 R/ParentTree {FIRST + 1} 0 R>>",
        f"<</Nums[0 [{' '.join(f'{one.number} 0 R' for one in filled)}]]>>",
    ]
    for one in every:
        kids = [f"{below.number} 0 R" for below in one.inside]
        kids += [str(one.content)] if one.lines else []
        objects.append(
            f"<</Type/StructElem/S/{one.kind}/P {parents.get(one.number, FIRST)} 0 R/Pg 5 0 R"
            f"/K[{' '.join(kids)}]{one.more}>>"
        )
    page = "".join(f"/{one.kind} <</MCID {one.content}>> BDC {one.lines} EMC\n" for one in filled)
    root = f"/MarkInfo<</Marked true>>/StructTreeRoot {FIRST} 0 R"
    return pdf(page, extra="/StructParents 0", root=root, more=objects)


def prose(top: float) -> Tag:
    return Tag("P", lines="".join(text(60, top + 12 * n, line) for n, line in enumerate(PROSE)))


def cell(x: float, top: float, words: str, kind: str = "TD", more: str = "") -> Tag:
    return Tag(kind, lines=text(x, top, words), more=more)


def test_headings_have_the_levels_of_their_tags_though_they_look_alike() -> None:
    document = read(
        tagged(
            Tag("H1", lines=text(60, 60, "Leave of staff", 14)),
            prose(90),
            Tag("H2", lines=text(60, 150, "Annual leave", 14)),
            prose(180),
            Tag("H1", lines=text(60, 240, "Travel of staff", 14)),
            prose(270),
        ),
        name="leave.pdf",
    )
    assert paths(document) == [
        "Leave of staff",
        "Leave of staff › Annual leave",
        "Travel of staff",
    ]


def test_a_table_that_only_its_tags_tell_has_its_cells_headers_and_spans() -> None:
    two = "/A<</O/Table/ColSpan 2>>"
    table = Tag(
        "Table",
        (
            Tag("TR", (cell(60, 160, "Grade", "TH"), cell(160, 160, "Leave", "TH", two))),
            Tag("TR", (cell(60, 180, "G-1"), cell(160, 180, "30"), cell(260, 180, "paid"))),
            Tag("TR", (cell(60, 200, "P-5"), cell(160, 200, "31"), cell(260, 200, "unpaid"))),
        ),
    )
    document = read(tagged(prose(60), table, prose(260)), name="leave.pdf")
    assert rows(document) == [["G-1", "30", "paid"], ["P-5", "31", "unpaid"]]
    first = next(block for block in document.blocks if block.kind == "table_row")
    assert [one.header for one in first.cells] == ["Grade", "Leave", "Leave"]


def test_a_table_with_one_column_in_its_tags_is_none() -> None:
    table = Tag("Table", tuple(Tag("TR", (cell(60, 160 + 20 * n, f"Line {n}"),)) for n in range(3)))
    parsed = parse(tagged(prose(60), table, prose(260)), "leave.pdf")
    assert not any(isinstance(block, Table) for block in parsed.blocks)


def test_two_paragraphs_without_a_gap_are_told_apart_by_their_tags() -> None:
    document = read(tagged(prose(60), prose(96), prose(132)), name="leave.pdf")
    assert texts(document) == [" ".join(PROSE)] * 3
