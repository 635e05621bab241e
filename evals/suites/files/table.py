"""A suite as one table, for CSV and Excel alike: a row for each case, a column for each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.errors import SuiteUnusable
from evals.suites.files import names
from evals.suites.files.cells import cell_of, texts_in
from evals.suites.files.entered import suite_of
from evals.suites.files.read import Entry, Problem, ReadSuite
from evals.suites.files.texts import section_text
from evals.suites.model import Case, Suite

ABOUT = "# "  # above the header, before the name of what is said of the suite itself
_HEAD_ROWS = 50  # among which the header is looked for


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table.

    Attributes:
        number: of the row, as a spreadsheet counts.
        cells: column, from 0 → text; those that hold nothing are left out.
        formulas: columns whose cell holds a formula.
        merged: references of merged areas that reach into the row.
    """

    number: int
    cells: Mapping[int, str]
    formulas: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowResult:
    """What came of a case, for an export.

    Attributes:
        result: such as "passed".
        answer: what was replied.
    """

    result: str
    cause: str = ""
    answer: str = ""
    asked_on: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A suite's header and rows, as they are written."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column is: a field by its key, or somebody's own by its name."""

    header: str
    key: str | None = None
    ignored: bool = False


def table_of(suite: Suite, results: Mapping[str, RowResult] | None = None) -> Table:
    """Return a suite as a table, somebody's own columns and results at the end."""
    own = tuple(dict.fromkeys(name for case in suite.cases for name, _ in case.more))
    extra = names.RESULTS if results is not None else ()
    return Table(
        (*names.HEADERS.values(), *own, *extra),
        tuple(
            (
                *_cells(case),
                *(dict(case.more).get(name, "") for name in own),
                *_result(case, results),
            )
            for case in suite.cases
        ),
    )


def about_of(suite: Suite) -> tuple[tuple[str, str], ...]:
    """Return what is said of a suite itself, name and text."""
    day = suite.review_by.isoformat() if suite.review_by else ""
    texts = (suite.name, suite.owner, suite.language, day, str(suite.target))
    return tuple(zip(names.ABOUT, texts, strict=True))


def read_table(
    lines: Sequence[Line], about: Sequence[tuple[int, str, str]], name: str
) -> ReadSuite:
    """Return the suite in a table, with every problem.

    Args:
        lines: all rows that hold something, in order.
        about: row, name and text of what is said of the suite itself.
        name: of the suite, where the file gives none.

    Raises:
        SuiteUnusable: no row is a header.
    """
    place = _header_place(lines)
    about = [*about, *_above(lines[:place])]
    columns, faults = _columns(lines[place])
    entries = [_entry(line, columns) for line in lines[place + 1 :] if _filled(line)]
    head = Entry(
        lines[place].number,
        {key: text for _, key, text in about if text},
        {key: row for row, key, _ in about},
    )
    stray = _strays(lines[place + 1 :], columns)
    read = suite_of(head, entries, name=name, unit="row", faults=(*faults, *stray))
    return replace(read, columns=frozenset(one.key for one in columns.values() if one.key))


def cells_of(case: Case) -> dict[str, str]:
    """Return a case as the cells of its row, by their headers; empty ones left out."""
    cells = dict(zip(names.HEADERS.values(), _cells(case), strict=True)) | dict(case.more)
    return {header: text for header, text in cells.items() if text}


def is_header(line: Line) -> bool:
    """Tell whether a row is a header: it has a column for the question, be it mistyped."""
    return any(
        names.key_of(text, names.HEADERS) == "question" or names.mistyped(text) == "question"
        for text in line.cells.values()
    )


def _cells(case: Case) -> Iterator[str]:
    places = [
        cell_of([getattr(one, key) for one in case.evidence], keep_places=True)
        if any(getattr(one, key) for one in case.evidence)
        else ""
        for key in names.PLACES
    ]
    by_key = dict(zip(names.PLACES, places, strict=True)) | {
        "id": case.id,
        "question": case.question,
        "other_wordings": cell_of(case.wordings),
        "expected": case.expected,
        "must_say": cell_of(case.must_say),
        "nice_to_say": cell_of(case.nice_to_say),
        "must_not_say": cell_of(case.must_not_say),
        "why": case.why or "",
        "importance": case.importance,
        "tags": cell_of(case.tags),
        "notes": case.notes,
        "state": case.state,
        "as_of": case.as_of.isoformat() if case.as_of else "",
        "without": cell_of([section_text(one.document, one.section) for one in case.without]),
    }
    return (by_key[key] for key in names.HEADERS)


def _result(case: Case, results: Mapping[str, RowResult] | None) -> tuple[str, ...]:
    if results is None:
        return ()
    one = results.get(case.id, RowResult(""))
    return one.result, one.cause, one.answer, one.asked_on


def _header_place(lines: Sequence[Line]) -> int:
    for place, line in enumerate(lines[:_HEAD_ROWS]):
        if is_header(line):
            return place
    raise SuiteUnusable(
        "This table has no row of headers with “question” in it.",
        "`charter eval template FILE.xlsx` writes a table to start from.",
    )


def _above(lines: Sequence[Line]) -> Iterator[tuple[int, str, str]]:
    """Give row, name and text of rows such as “# owner”, “HR”, or “# owner: HR”."""
    for line in lines:
        first = line.cells.get(0, "")
        if first.startswith(ABOUT.strip()):
            name, _, rest = first.lstrip("# ").partition(":")
            texts = [rest, *(text for place, text in sorted(line.cells.items()) if place)]
            said = next(filter(None, map(str.strip, texts)), "")
            yield line.number, name.strip(), said


def _columns(line: Line) -> tuple[dict[int, _Column], list[Problem]]:
    """Return what each column is, and what is wrong with the header."""
    found: dict[int, _Column] = {}
    problems = [_merged(line.number, area) for area in line.merged]
    seen: dict[str, str] = {}
    for place, text in sorted(line.cells.items()):
        header = " ".join(text.split())
        key = names.key_of(header, names.HEADERS)
        near = None if key else names.mistyped(header)
        if near:
            reason = f"“{header}” is no column; did you mean “{near}”?"
            problems.append(Problem(line.number, "", reason))
        if (key or header) in seen:
            reason = f"“{header}” is there twice; keep one of them"
            problems.append(Problem(line.number, "", reason))
        seen[key or header] = header
        found[place] = _Column(header, key, names.spelled(header) in names.RESULTS)
    return found, problems


def _entry(line: Line, columns: Mapping[int, _Column]) -> Entry:
    faults = [_merged(line.number, area) for area in line.merged]
    for place in sorted(line.formulas):
        column = columns.get(place)
        if column and not column.ignored:
            reason = f"“{column.header}” holds a formula; write its text"
            faults.append(Problem(line.number, "", reason))
    said: dict[str, object] = {}
    own: dict[str, str] = {}
    places: dict[str, tuple[str, ...]] = {}
    for place, text in line.cells.items():
        column = columns.get(place)
        if column is None or column.ignored:
            continue
        if column.key in names.PLACES:
            places[column.key] = texts_in(text, keep_places=True)
        elif column.key in names.LISTS:
            said[column.key] = list(texts_in(text))
        elif column.key:
            said[column.key] = text
        else:
            own[column.header] = text
    evidence = _evidence(line.number, places, faults)
    if evidence:
        said["evidence"] = evidence
    if own:
        said["more"] = {
            column.header: own[column.header]
            for _, column in sorted(columns.items())
            if column.header in own
        }
    case = str(said.get("id", "")).strip()
    named = [Problem(one.row, case, one.reason) for one in faults]
    return Entry(line.number, said, {}, tuple(named))


def _evidence(
    row: int, places: Mapping[str, tuple[str, ...]], faults: list[Problem]
) -> list[dict[str, str]]:
    """Return the places of evidence, line by line; one document is that of all its quotes."""
    count = max((len(texts) for texts in places.values()), default=0)
    made: list[dict[str, str]] = [{} for _ in range(count)]
    for key, texts in places.items():
        if len(texts) not in (0, count) and (len(texts) > 1 or key == "quote"):
            faults.append(
                Problem(
                    row,
                    "",
                    f"“{names.HEADERS[key]}” has {len(texts)} lines where another column has "
                    f"{count}; give each place its line, and write “–” where there is nothing",
                )
            )
            return []
        for number, place in enumerate(made):
            text = texts[number if len(texts) > 1 else 0] if texts else ""
            if text:
                place[key] = text
    return made


def _filled(line: Line) -> bool:
    return bool(line.formulas) or any(text.strip() for text in line.cells.values())


def _strays(lines: Sequence[Line], columns: Mapping[int, _Column]) -> Iterator[Problem]:
    """Name texts in a column without a header, which no field would keep."""
    seen = set()
    for line in lines:
        for place, text in line.cells.items():
            if place not in columns and place not in seen and text.strip():
                seen.add(place)
                short = text.strip()[:40]
                reason = f"“{short}” stands in a column without a header; give it one"
                yield Problem(line.number, "", reason)


def _merged(row: int, area: str) -> Problem:
    return Problem(row, "", f"the cells {area} are merged; split them, and fill each one")
