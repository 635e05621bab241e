"""Every bad file ends, within its limits, in a document or in an error that says what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import bad_pdf
import good_files
import pytest
from bad_files import BAD, SECRET, Bad
from good_files import MAKERS

from corpus.errors import FileTooLarge, UnreadableFile
from corpus.files.folder import SourceFile, list_files
from indexing.isolation import Limits, Outcome, Readers

LIMITS = Limits(seconds_for_page=30)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(limits=LIMITS) as readers:
        yield readers


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    """Listen where the files point to; it must never be called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def write(folder: Path, bad: Bad, server: socket.socket) -> SourceFile:
    """Write a file that points to the server and to a file with a secret."""
    (folder / "secret.txt").write_text(SECRET)
    path = folder / bad.name
    address = f"127.0.0.1:{server.getsockname()[1]}"
    data = bad.make()
    if b"{server}" in data or b"{secret}" in data:
        data = data.replace(b"{server}", address.encode())
        data = data.replace(b"{secret}", str(folder / "secret.txt").encode())
    path.write_bytes(data)
    return SourceFile(path, path.name)


def read(readers: Readers, source: SourceFile) -> list[Outcome]:
    """Return what a file gave, or each file in it if it is an archive."""
    try:
        members = readers.members(source)
    except UnreadableFile as error:
        return [Outcome(source, error=error)]
    return list(readers.read_all(members))


def ends(outcome: Outcome) -> str:
    """Return how reading ended, and check that the end was a foreseen one."""
    if outcome.document:
        assert SECRET not in outcome.document.text
        return "document"
    assert outcome.error
    assert outcome.error.__cause__ is None, f"{outcome.source.relative}: {outcome.error.__cause__}"
    assert outcome.error.problem.endswith(".")
    assert outcome.error.remedy.endswith(".")
    return type(outcome.error).__name__


def refused(server: socket.socket) -> bool:
    """Tell whether nobody called."""
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_ends_in_a_document_or_a_named_error(
    readers: Readers, server: socket.socket, tmp_path: Path, bad: Bad
) -> None:
    for outcome in read(readers, write(tmp_path, bad, server)):
        assert ends(outcome) in bad.ends
    assert refused(server)


def test_a_bad_file_costs_only_itself(
    readers: Readers, server: socket.socket, tmp_path: Path
) -> None:
    bad = [one for one in BAD if "document" not in one.ends]
    for one in bad:
        write(tmp_path, one, server)
    for ending, make in MAKERS.items():
        (tmp_path / f"good.{ending}").write_bytes(make())
    (tmp_path / "secret.txt").unlink()
    outcomes = [outcome for source in list_files(tmp_path) for outcome in read(readers, source)]
    read_well = {outcome.source.path.name for outcome in outcomes if outcome.document}
    assert read_well == {f"good.{ending}" for ending in MAKERS}


def test_a_file_is_read_by_what_it_holds_or_refused_whatever_it_is_called(
    readers: Readers, tmp_path: Path
) -> None:
    sources = []
    for ending, other in permutations(MAKERS, 2):
        path = tmp_path / f"{ending}.{other}"
        path.write_bytes(MAKERS[ending]())
        sources.append(SourceFile(path, path.name))
    for outcome in readers.read_all(sources):
        held, called = outcome.source.path.stem, outcome.source.path.suffix[1:]
        if held in ("docx", "xlsx", "pptx", "odt", "pdf"):
            assert ends(outcome) == "document", f"{held} called {called}"
        elif held == "zip" or called not in (*good_files.TEXTS, "zip"):
            assert ends(outcome) != "document", f"{held} called {called}"
        else:
            ends(outcome)


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("One rule. *Another* [rule](there).\n\n" * 200_000)
    limits = Limits(seconds_for_page=0.5)
    with Readers(limits=limits) as readers, pytest.raises(FileTooLarge, match="was given up"):
        readers.read(SourceFile(path, path.name))


def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("One rule. *Another* [rule](there).\n\n" * 200_000)
    with Readers(limits=Limits(memory=400 << 20)) as readers, pytest.raises(UnreadableFile) as end:
        readers.read(SourceFile(path, path.name))
    assert isinstance(end.value, FileTooLarge)


def pointing(address: str) -> dict[str, bytes]:
    """Return files of every format with all that can name something to be fetched."""
    outside = good_files.link
    url = f"http://{address}"
    loads = (
        f'<img src="{url}/1"><iframe src="{url}/2"></iframe><script src="{url}/3"></script>'
        f'<object data="{url}/4"></object><embed src="{url}/5"><video src="{url}/6"></video>'
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}/7"/>'
        f'<use href="{url}/8#a"/></svg><form action="{url}/9"><input type="image" src="{url}/10">'
        f'</form><p style="background:url({url}/11)">One rule.</p>'
    )
    head = (
        f'<base href="{url}/"><link rel="stylesheet" href="{url}/12"><meta http-equiv="refresh" '
        f'content="0;url={url}/13"><style>@import url({url}/14);</style>'
    )
    return {
        "html": good_files.html(loads, head),
        "md": f"# Rules\n\nOne rule.\n\n![one]({url}/1)\n\n{loads}\n\n[a]: {url}/2\n".encode(),
        "eml": good_files.eml(f"<html><head>{head}</head><body>{loads}</body></html>", "html"),
        "docx": good_files.docx(
            '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/'
            '2006/main" r:link="rId1"/></w:drawing></w:r></w:p><w:altChunk r:id="rId2"/>'
            '<w:subDoc r:id="rId4"/>',
            outside(1, "image", f"{url}/1", outside=True)
            + outside(2, "aFChunk", f"{url}/2", outside=True)
            + outside(3, "attachedTemplate", f"{url}/3.dotm", outside=True)
            + outside(4, "subDocument", f"{url}/4.docx", outside=True)
            + outside(5, "styles", f"{url}/5.xml", outside=True)
            + outside(6, "footnotes", f"{url}/6.xml", outside=True),
        ),
        "xlsx": good_files.xlsx(
            '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>WEBSERVICE("'
            f'{url}/1")</f><v>One rule</v></c><c r="C1" t="str"><f>cmd|\'/c calc\'!A0</f>'
            "<v>Two rules</v></c></row>",
            links=outside(8, "externalLink", f"{url}/2", outside=True)
            + outside(9, "sharedStrings", f"{url}/3", outside=True),
        ),
        "pptx": good_files.pptx(
            outside(7, "image", f"{url}/1", outside=True)
            + outside(8, "video", f"{url}/2", outside=True)
            + outside(9, "notesSlide", f"{url}/3", outside=True)
        ),
        "odt": good_files.odt(
            f'<text:p><draw:frame><draw:image xlink:href="{url}/1" xlink:actuate="onLoad"/>'
            f'</draw:frame></text:p><text:section><text:section-source xlink:href="{url}/2"/>'
            "<text:p>One rule.</text:p></text:section>"
        ),
        "pdf": bad_pdf.acting(address),
    }


def test_nothing_that_a_file_names_is_fetched_and_nothing_in_it_runs(
    readers: Readers, server: socket.socket, tmp_path: Path
) -> None:
    files = pointing(f"127.0.0.1:{server.getsockname()[1]}")
    for ending, data in files.items():
        (tmp_path / f"rules.{ending}").write_bytes(data)
    outcomes = list(readers.read_all(list_files(tmp_path)))
    assert [ends(outcome) for outcome in outcomes] == ["document"] * len(files)
    assert refused(server)
