"""Files of packed XML: what is refused before a library or a walker sees it."""

import io
import struct
import warnings
import zipfile

import pytest
from office_files import packed

from corpus.errors import DamagedFile, EncryptedFile, FileTooLarge
from corpus.formats.package import check_package, open_package

BOMB = '<!DOCTYPE a [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'


def entries(*pairs: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there twice: it is meant
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, content in pairs:
                archive.writestr(name, content)
    return file.getvalue()


def test_parts_are_read_by_name_and_a_missing_one_is_none():
    package = open_package(packed({"a/b.xml": "<a><b/></a>"}), "x.docx")
    assert package.part("a/b.xml") == b"<a><b/></a>"
    assert package.part("a/c.xml") is None
    assert package.xml("a/c.xml") is None
    root = package.xml("a/b.xml")
    assert root is not None
    assert [child.tag for child in root] == ["b"]


def test_comments_and_instructions_are_no_children():
    root = open_package(packed({"a.xml": "<a><!-- no --><?no no?><b/></a>"}), "x.docx").xml("a.xml")
    assert root is not None
    assert [child.tag for child in root] == ["b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_a_document_type_is_refused_in_every_encoding(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}'
    package = open_package(packed({"a.xml": text.encode(encoding)}), "x.docx")
    with pytest.raises(DamagedFile):
        package.xml("a.xml")


def test_a_document_type_anywhere_is_found_before_a_library_opens_the_file():
    check_package(packed({"a.xml": "<a/>", "b/picture.png": BOMB}), "x.xlsx")
    with pytest.raises(DamagedFile, match="document type"):
        check_package(packed({"a.xml": "<a/>", "b/deep.xml": " " * 1_048_570 + BOMB}), "x.xlsx")


def test_a_file_that_unpacks_to_far_more_is_refused():
    with pytest.raises(FileTooLarge):
        open_package(packed({"a.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "x.docx")


def test_a_file_of_too_many_entries_is_refused():
    many = entries(*((f"{n}", b"") for n in range(10_001)), method=zipfile.ZIP_STORED)
    with pytest.raises(FileTooLarge):
        open_package(many, "x.docx")


def test_a_tree_that_is_too_deep_is_refused():
    deep = open_package(packed({"a.xml": "<a>" * 10_000 + "</a>" * 10_000}), "x.docx")
    with pytest.raises(FileTooLarge):
        deep.xml("a.xml")


@pytest.mark.parametrize(
    "name", ["../a.xml", "/a.xml", "C:\\a.xml", "a/../../b.xml", "a\\..\\b.xml", "a\n.xml"]
)
def test_a_name_that_leads_out_of_the_package_is_refused(name):
    with pytest.raises(DamagedFile):
        open_package(entries((name, b"<a/>")), "x.docx")


@pytest.mark.parametrize("second", ["a.xml", "A.xml", "./a.xml"])
def test_two_parts_of_one_name_are_refused(second):
    with pytest.raises(DamagedFile):
        open_package(entries(("a.xml", b"<a/>"), (second, b"<b/>")), "x.docx")


def test_a_way_of_packing_that_office_files_never_use_is_refused():
    with pytest.raises(DamagedFile):
        open_package(entries(("a.xml", b"<a/>"), method=zipfile.ZIP_LZMA), "x.docx")


def test_an_entry_under_a_password_is_named_as_such():
    data = bytearray(entries(("a.xml", b"<a/>"), method=zipfile.ZIP_STORED))
    place = data.index(b"PK\x01\x02") + 8
    data[place : place + 2] = struct.pack("<H", 1)
    with pytest.raises(EncryptedFile):
        open_package(bytes(data), "x.docx")


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"<a>\xe4</a>",
        b"\xff\xfe",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"no XML at all",
    ],
)
def test_broken_xml_is_a_damaged_file(xml):
    with pytest.raises(DamagedFile):
        open_package(packed({"a.xml": xml}), "x.docx").xml("a.xml")


def test_a_garbled_entry_is_a_damaged_file():
    data = bytearray(packed({"a.xml": "<a>" + "words and more words " * 50 + "</a>"}))
    data[40:60] = bytes(20)
    package = open_package(bytes(data), "x.docx")
    with pytest.raises(DamagedFile):
        package.part("a.xml")
    with pytest.raises(DamagedFile):
        check_package(bytes(data), "x.docx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive"])
def test_what_is_no_archive_is_a_damaged_file(data):
    with pytest.raises(DamagedFile):
        open_package(data, "x.docx")
