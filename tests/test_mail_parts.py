"""The parts of an e-mail: what is read, what is attached, and what is broken."""

import base64

import pytest
from reading import read, texts

from corpus.errors import DamagedFile, FileTooLarge
from corpus.formats.mail import parse
from corpus.formats.mail.parts import attachments_of

HEAD = b"From: a@example.org\nSubject: Rules\nMIME-Version: 1.0\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=B\n\n"


def mixed(*parts):
    return MIXED + b"".join(b"--B\n" + part for part in parts) + b"--B--\n"


def said(data):
    return texts(read(data, name="rules.eml"))[2:]


PLAIN = b"Content-Type: text/plain\n\nThe rule holds.\n"


def test_texts_of_several_parts_follow_one_another_and_attached_ones_are_left_out():
    attached = (
        b"Content-Type: text/plain; name=old.txt\nContent-Disposition: attachment\n\nOld rule.\n"
    )
    second = b"Content-Type: text/plain\n\nIt holds for all.\n"
    data = mixed(PLAIN, attached, second)
    assert said(data) == ["The rule holds.", "It holds for all."]
    assert [one.name for one in attachments_of(data, "rules.eml")] == ["old.txt"]


def test_of_a_signed_mail_and_of_one_with_pictures_the_first_part_is_read():
    for kind in (b"signed", b"related"):
        picture = b"Content-Type: image/png\n\nno picture\n"
        data = mixed(PLAIN, picture).replace(b"multipart/mixed", b"multipart/" + kind)
        assert said(data) == ["The rule holds."]


def test_an_attached_mail_is_named_by_its_subject_and_comes_whole():
    inner = b"From: b@example.org\nSubject: Old rule / 2020\n\nIt held.\n"
    data = mixed(PLAIN, b"Content-Type: message/rfc822\n\n" + inner)
    (found,) = attachments_of(data, "rules.eml")
    assert found.name == "Old rule 2020.eml"
    assert b"It held." in found.read()


def test_what_is_attached_without_a_name_is_called_by_its_type():
    content = base64.b64encode(b"%PDF-1.7")
    part = b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + content + b"\n"
    (found,) = attachments_of(mixed(PLAIN, part), "rules.eml")
    assert found.name == "attachment 1.pdf"
    assert found.read() == b"%PDF-1.7"


@pytest.mark.parametrize("charset", [b"no-such", b"idna", b"utf-8", b"us-ascii"])
def test_a_text_that_is_not_in_the_encoding_it_names_is_read_all_the_same(charset):
    text = "Congé payé.".encode("cp1252")
    data = HEAD + b"Content-Type: text/plain; charset=" + charset + b"\n\n" + text + b"\n"
    assert said(data) == ["Congé payé."]


def test_what_is_attached_in_an_encoding_that_decodes_no_text_comes_as_it_is():
    part = b"Content-Type: text/plain; charset=idna; name=a.txt\n\nCong\xe9\n"
    (found,) = attachments_of(mixed(PLAIN, part), "rules.eml")
    assert found.read().strip() == b"Cong\xe9"
    assert found.size >= 5


def test_a_mail_of_more_parts_than_any_is_refused():
    with pytest.raises(FileTooLarge, match="more parts"):
        parse(mixed(*[PLAIN] * 1_001), "a.eml")
    nested = b"".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n'.encode() for n in range(160)
    )
    with pytest.raises(FileTooLarge, match="more parts"):
        parse(HEAD + nested + PLAIN, "a.eml")


def test_what_does_not_begin_with_headers_is_no_mail():
    with pytest.raises(DamagedFile, match="no e-mail"):
        parse(b"\xef\xbb\xbfJust a note.\n", "a.eml")


HISTORY = (
    "<p>On Thu, 2 May 2024 at 09:00, B wrote:</p><p>Old rule.</p>",
    "<p>From: B</p><p>Sent: 2 May</p><p>To: A</p><p>Subject: x</p><p>Old rule.</p>",
)


@pytest.mark.parametrize("history", HISTORY)
def test_the_earlier_mails_of_a_mail_in_html_are_left_out(history):
    data = HEAD + b"Content-Type: text/html\n\n<p>The rule holds.</p>" + history.encode()
    document = read(data, name="rules.eml")
    assert texts(document)[2:] == ["The rule holds."]
    assert any("Earlier mails" in note for note in document.notes)


def test_a_table_and_a_line_from_somebody_do_not_open_the_history():
    table = b"<table><tr><th>From:<th>To:<tr><td>Bern<td>Rome</table><p>From: Bern, by rail.</p>"
    data = HEAD + b"Content-Type: text/html\n\n<p>Fares hold.</p>" + table
    assert said(data)[-1] == "From: Bern, by rail."


def test_a_forwarded_mail_in_html_keeps_what_it_forwards():
    data = HEAD.replace(b"Rules", b"Fwd: Rules") + b"Content-Type: text/html\n\n<p>See below.</p>"
    data += HISTORY[1].encode()
    assert "Old rule." in " ".join(said(data))


def test_a_part_of_html_without_text_is_left_out():
    empty = b"Content-Type: text/html\n\n<p> <img src=x></p>\n"
    assert said(mixed(PLAIN, empty)) == ["The rule holds."]


def test_a_long_text_below_two_hyphens_is_no_signature():
    lines = "\n".join(f"Rule {n} holds." for n in range(20))
    data = HEAD + f"\nIn short.\n\n-- \n{lines}\n".encode()
    assert "Rule 19 holds." in " ".join(said(data))


def test_who_wrote_what_is_quoted_goes_with_it_over_two_lines():
    wrote = b"On Thu, 2 May 2024 at 09:00, Ana of the office\nin Bern wrote:\n"
    assert said(HEAD + b"\nYes.\n\n" + wrote + b"> May I?\n") == ["Yes."]
