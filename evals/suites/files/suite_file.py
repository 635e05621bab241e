"""A suite's file, whatever its format: opened within limits, replaced as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from corpus.errors import SuiteUnusable
from evals.suites.files.csv_file import csv_of, read_csv
from evals.suites.files.read import ReadSuite, sound
from evals.suites.files.table import RowResult
from evals.suites.files.xlsx_file import read_xlsx, xlsx_of
from evals.suites.files.yaml_file import read_yaml, yaml_of
from evals.suites.model import Suite
from indexing.storage import replace_file

MOST_BYTES = 20_000_000  # of a file; a thousand cases are one million
_READERS: Mapping[str, Callable[[bytes, str], ReadSuite]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
}
_OTHER_SHEETS = frozenset({".xls", ".xlsb", ".ods", ".fods", ".numbers"})


def parse_suite(file: Path) -> ReadSuite:
    """Read a suite with every problem.

    Raises:
        SuiteUnusable: the file cannot be read at all.
    """
    check_format(file.name)
    try:
        check_size(file.stat().st_size, file.name)
        data = file.read_bytes()
    except OSError as error:
        raise SuiteUnusable(
            f"{file} cannot be read: {error.strerror}.", "Name a suite: .yaml, .csv or .xlsx."
        ) from error
    return parse_bytes(data, file.name)


def parse_bytes(data: bytes, name: str) -> ReadSuite:
    """Read the bytes of a suite's file, with every problem; its name tells the format.

    Raises:
        SuiteUnusable: it cannot be read at all.
    """
    check_format(name)
    check_size(len(data), name)
    file = PurePath(name)
    return _READERS[file.suffix.lower()](data, file.stem)


def check_format(name: str) -> None:
    """Refuse a file that is none of a suite, by its name.

    Raises:
        SuiteUnusable: it is none.
    """
    if PurePath(name).suffix.lower() not in _READERS:
        raise _no_format(name)


def check_size(size: int, name: str) -> None:
    """Refuse a file of more bytes than any suite has.

    Raises:
        SuiteUnusable: it has more.
    """
    if size > MOST_BYTES:
        raise SuiteUnusable(
            f"{name} has {size / 1e6:.0f} MB; a suite has at most {MOST_BYTES // 10**6}.",
            "Take pictures and other sheets out of it, or divide it.",
        )


def read_suite(file: Path) -> Suite:
    """Read a suite that has no problem.

    Raises:
        SuiteUnusable: with every problem.
    """
    return sound(parse_suite(file), file.name)


def write_suite(suite: Suite, file: Path, results: Mapping[str, RowResult] | None = None) -> None:
    """Write a suite; the file is replaced as a whole or left as it was.

    Args:
        suite: to write.
        file: its name tells the format.
        results: columns to append to a table, by the id of the case.

    Raises:
        SuiteUnusable: it cannot be written.
    """
    data = suite_bytes(suite, file.name, results)
    try:
        replace_file(file, data)
    except OSError as error:
        raise SuiteUnusable(
            f"{file} cannot be written: {error.strerror}.", "Name another file, or close it."
        ) from error


def write_template(file: Path) -> None:
    """Write a suite without a case, to be filled in; a file that is there is left alone.

    Raises:
        SuiteUnusable: it cannot be written, or there is one already.
    """
    if file.exists():
        raise SuiteUnusable(f"{file} is there already.", "Name another file.")
    write_suite(Suite(file.stem, ()), file)


def suite_bytes(suite: Suite, name: str, results: Mapping[str, RowResult] | None = None) -> bytes:
    """Return a suite as a file of some name has it; the name tells the format.

    Raises:
        SuiteUnusable: no suite is called so.
    """
    match PurePath(name).suffix.lower():
        case ".yaml" | ".yml":
            return yaml_of(suite)
        case ".csv":
            return csv_of(suite, results)
        case ".xlsx":
            return xlsx_of(suite, results)
    raise _no_format(name)


def _no_format(name: str) -> SuiteUnusable:
    if PurePath(name).suffix.lower() in _OTHER_SHEETS:
        return SuiteUnusable(
            f"{name} is a spreadsheet of a kind that Charter does not read.",
            "Save it as .xlsx or .csv.",
        )
    return SuiteUnusable(
        f"{name} is no suite by its name.", "A suite is a .yaml, .csv or .xlsx file."
    )
