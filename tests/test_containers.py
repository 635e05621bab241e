"""Documents inside ZIP archives and attached to e-mail, and archives made to do harm."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from corpus.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    MetadataUnusable,
    UnreadableFile,
)
from corpus.files.containers import expand, extract, members
from corpus.files.folder import list_files
from corpus.read import read_document


def packed(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, content)
    return file.getvalue()


def names(data, name="a.zip"):
    return [member.name for member in members(data, name)]


def mail(**attached):
    message = EmailMessage()
    message["Subject"] = "Rules"
    message["From"] = "a@example.org"
    message.set_content("See the annex.")
    for name, content in attached.items():
        file = name.replace("_", ".")
        message.add_attachment(content, maintype="application", subtype="x", filename=file)
    return bytes(message)


def sources(folder, name, data):
    (folder / name).write_bytes(data)
    return {found.relative: found for source in list_files(folder) for found in expand(source)}


def test_members_are_read_as_documents_of_their_own(tmp_path):
    data = packed({"rules/travel.md": "# Travel\n\nBook early.\n", "leave.txt": "Leave is paid.\n"})
    found = sources(tmp_path, "a.zip", data)
    assert list(found) == ["a.zip/leave.txt", "a.zip/rules/travel.md"]
    document = read_document(found["a.zip/rules/travel.md"])
    assert (document.path, document.metadata.title) == ("a.zip/rules/travel.md", "Travel")


def test_what_is_no_document_is_left_out():
    data = packed(
        {
            "rules.md": "x",
            "__MACOSX/._rules.md": "x",
            ".hidden/b.md": "x",
            "~$rules.docx": "x",
            "Thumbs.db": "x",
            "logo.png": "x",
            "empty/": "",
            "old.doc": "x",
        }
    )
    assert names(data) == ["old.doc", "rules.md"]


def test_archives_and_mails_inside_are_looked_into_three_deep():
    deepest = packed({"d.zip": packed({"e.md": "x"}), "d.md": "x"})
    data = packed({"b.zip": packed({"c.zip": deepest}), "m.eml": mail(annex_md=b"x")})
    assert names(data) == ["b.zip/c.zip/d.md", "b.zip/c.zip/d.zip", "m.eml", "m.eml/annex.md"]
    assert extract(data, "a.zip", ("b.zip", "c.zip", "d.md")) == b"x"
    assert extract(data, "a.zip", ("m.eml", "annex.md")) == b"x"


def test_an_archive_that_lies_too_deep_says_so(tmp_path):
    data = packed({"x.md": "x"})
    for name in ("d.zip", "c.zip", "b.zip"):
        data = packed({name: data})
    found = sources(tmp_path, "a.zip", data)
    with pytest.raises(FileTooLarge, match="too deep"):
        read_document(found["a.zip/b.zip/c.zip/d.zip"])


def test_a_mail_and_what_is_attached_to_it_are_documents(tmp_path):
    found = sources(tmp_path, "m.eml", mail(annex_md=b"# Annex\n\nBook early.\n"))
    assert list(found) == ["m.eml", "m.eml/annex.md"]
    assert "See the annex." in read_document(found["m.eml"]).text
    assert "Book early." in read_document(found["m.eml/annex.md"]).text


def test_a_sidecar_inside_describes_its_document_and_all_inside_of_that(tmp_path):
    inside = {
        "m.eml": mail(annex_md=b"Book early.\n"),
        "m.meta.yaml": "title: Mail\naudience: [hr]\n",
        "free.md": "Leave is paid.\n",
    }
    (tmp_path / "a.meta.yaml").write_text("title: All\nowner: People team\n", encoding="utf-8")
    found = sources(tmp_path, "a.zip", packed(inside))
    known = {name: read_document(source).metadata for name, source in found.items()}
    assert known["a.zip/m.eml"].title == "Mail"
    assert known["a.zip/m.eml"].audience == ("hr",)
    assert known["a.zip/m.eml/annex.md"].audience == ("hr",)
    assert known["a.zip/m.eml/annex.md"].title != "Mail"
    assert known["a.zip/free.md"].audience == ()
    assert {one.owner for one in known.values()} == {"People team"}
    assert "All" not in {one.title for one in known.values()}


def test_names_are_safe_to_show_and_stand_once():
    data = packed(
        [
            ("../../up.md", "1"),
            ("/etc/root.md", "2"),
            ("C:\\win\\drive.md", "3"),
            ("a\u202egnp.md", "4"),
            ("Case.md", "5"),
            ("case.md", "6"),
            ("é.md", "7"),
        ]
    )
    found = names(data)
    assert "up.md" in found
    assert "etc/root.md" in found
    assert "win/drive.md" in found
    assert "agnp.md" in found
    assert {"Case.md", "case (2).md", "é.md"} <= set(found)
    assert extract(data, "a.zip", ("case (2).md",)) == b"6"


def test_a_name_in_utf8_without_a_mark_is_read_as_such():
    data = packed({"XX.md": "x"}).replace(b"XX.md", b"\xc3\xa9.md")
    assert names(data) == ["é.md"]


def test_one_bad_member_costs_only_itself(tmp_path):
    good = packed({"good.md": "Leave is paid.\n"})
    locked = bytearray(packed({"locked.md": "secret words"}))
    locked[6] |= 1  # the flag of its own header
    locked[locked.index(b"PK\x01\x02") + 8] |= 1  # and of the directory
    torn = packed({"b.md": "Some words that are torn. " * 20})
    place = torn.index(b"b.md") + 10
    torn = torn[:place] + b"\xff\xff\xff" + torn[place + 3 :]
    data = packed(
        {"bad.zip": b"PK\x03\x04no", "g.zip": good, "l.zip": bytes(locked), "t.zip": torn}
    )
    found = sources(tmp_path, "a.zip", data)
    assert "Leave is paid." in read_document(found["a.zip/g.zip/good.md"]).text
    for name, error in (
        ("bad.zip", DamagedFile),
        ("l.zip/locked.md", EncryptedFile),
        ("t.zip/b.md", DamagedFile),
    ):
        with pytest.raises(error, match=r"a\.zip/"):
            read_document(found[f"a.zip/{name}"])


def test_an_archive_without_a_document_says_so(tmp_path):
    with pytest.raises(EmptyFile, match="no document"):
        sources(tmp_path, "a.zip", packed({"logo.png": "x"}))


def test_bombs_are_refused_without_being_unpacked():
    zeros = b"\0" * 25_000_000
    with pytest.raises(FileTooLarge):
        extract(packed({"zeros.md": zeros}), "a.zip", ("zeros.md",))
    with pytest.raises(FileTooLarge):
        members(packed({f"{n}.md": "" for n in range(10_001)}), "a.zip")
    claims = bytearray(packed({f"{n}.md": "x" for n in range(6)}))
    place = -1
    while (place := claims.find(b"PK\x01\x02", place + 1)) >= 0:
        claims[place + 24 : place + 28] = (100_000_000).to_bytes(4, "little")
    with pytest.raises(FileTooLarge):
        members(bytes(claims), "a.zip")


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(packed({"a.md": "x" * 500, "b.md": "y" * 500}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")
    with pytest.raises(FileTooLarge):
        members(bytes(data), "a.zip")


def test_a_mine_of_nested_archives_ends():
    data = packed({"x.md": "x"})
    for _ in range(4):
        data = packed({f"{n}.zip": data for n in range(25)})
    found = members(data, "a.zip")
    assert len(found) <= 25**3
    with pytest.raises(UnreadableFile):
        extract(data, "a.zip", ("nothing.md",))


def test_documents_under_a_packed_charter_toml_are_refused_and_those_beside_it_are_read(tmp_path):
    files = {"pay/charter.toml": '[documents]\naudience = "hr"', "pay/a.md": "# A", "b.md": "# B"}
    found = sources(tmp_path, "all.zip", packed(files))
    assert read_document(found["all.zip/b.md"]).metadata.title == "B"
    with pytest.raises(MetadataUnusable, match="packed with it"):
        read_document(found["all.zip/pay/a.md"])
