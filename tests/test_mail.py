"""E-mail: the newest text, without what it quotes; who wrote when; bad and hostile mails."""

from email.message import EmailMessage

import pytest
from reading import read, rows, texts

from corpus.errors import DamagedFile, EmptyFile, EncryptedFile, FileTooLarge
from corpus.formats.mail import parse

HEAD = b"From: a@example.org\nSubject: Rules\n"


def mail(text, *, subject="Travel rules", html=""):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Ana Ångström <ana@example.org>"
    message["To"] = "All staff <all@example.org>, office@example.org"
    message["Date"] = "Fri, 03 May 2024 10:00:00 +0200"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_mail_is_its_subject_its_people_and_its_text():
    document = read(bytes(mail("Staff book by rail.\n\nKeep receipts.")), name="rules.eml")
    assert document.metadata.title == "Travel rules"
    assert texts(document) == [
        "Travel rules",
        "From Ana Ångström, to All staff, office@example.org, sent on 3 May 2024.",
        "Staff book by rail.",
        "Keep receipts.",
    ]


@pytest.mark.parametrize(
    "history",
    [
        "On Thu, 2 May 2024 at 09:00, B <b@example.org> wrote:\n> Old rule\n",
        "Am 02.05.2024 um 09:00 schrieb B:\n> Old rule\n",
        "On Thu, 2 May 2024, B wrote:\n\nOld rule\n",
        "-----Original Message-----\nFrom: B\nSent: 2 May\nTo: A\nSubject: x\n\nOld rule\n",
        "________________________________\nVon: B\nGesendet: 2. Mai\nAn: A\n\nOld rule\n",
    ],
)
def test_quoted_history_and_the_signature_are_left_out_with_a_note(history):
    text = f"The new rule holds.\n\n-- \nAna\nPeople team\n\n{history}"
    document = read(bytes(mail(text, subject="Re: Rules")), name="rules.eml")
    assert texts(document)[2:] == ["The new rule holds."]
    assert "Earlier mails that it quotes were left out." in document.notes


def test_an_answer_between_quoted_lines_stays():
    text = "On 2 May 2024 B wrote:\n> May I fly?\n\nNo, take the train.\n\n> Thanks\n"
    assert texts(read(bytes(mail(text)), name="a.eml"))[2:] == ["No, take the train."]


def test_a_forwarded_mail_is_kept():
    text = (
        "See below.\n\n-----Original Message-----\nFrom: B\nSent: 2 May\nTo: A\n\nThe rule holds.\n"
    )
    assert "The rule holds." in read(bytes(mail(text, subject="FW: Rule")), name="a.eml").text


def test_a_mail_of_nothing_but_quotes_is_kept():
    assert "The rule holds." in read(bytes(mail("> The rule holds.\n")), name="a.eml").text


def test_the_alternative_with_tables_is_read_instead_of_the_plain_one():
    table = "<table><tr><th>City</th><th>Rate</th></tr><tr><td>Paris</td><td>200</td></tr></table>"
    document = read(
        bytes(mail("City Rate Paris 200", html=f"<p>Rates</p>{table}<ul><li>a</li></ul>")),
        name="rates.eml",
    )
    assert rows(document) == [["Paris", "200"]]
    plain = read(bytes(mail("Plain words.", html="<p>Other words.</p>")), name="a.eml")
    assert "Plain words." in plain.text


def test_places_hold_in_a_mail_of_html():
    html = "<p>Été <b>comes</b></p><table><tr><th>A</th></tr><tr><td>b</td></tr></table><h2>C</h2>"
    parsed = parse(bytes(mail("x", html=html)), "a.eml")
    for block in parsed.blocks:
        if not hasattr(block, "text"):
            continue
        pairs = zip(block.text.text, block.text.places, strict=True)
        assert all(place < 0 or parsed.original[place] == char for char, place in pairs)


def test_encoded_headers_and_unknown_charsets_are_read():
    raw = (
        b"From: =?utf-8?q?Zo=C3=AB?= <z@example.org>\nSubject: =?iso-8859-1?q?R=E8gles?=\n"
        b"Content-Type: text/plain; charset=klingon\n\nH\xe9llo to all\n"
    )
    assert texts(read(raw, name="a.eml")) == ["Règles", "From Zoë.", "Héllo to all"]


def test_an_encrypted_mail_is_named():
    raw = HEAD + b"Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n"
    with pytest.raises(EncryptedFile):
        read(raw, name="a.eml")


def test_what_is_no_mail_or_says_nothing_is_refused():
    with pytest.raises(DamagedFile):
        read("Just some words in a file\n", name="a.eml")
    with pytest.raises(EmptyFile):
        read("X-Nothing: 1\n\n\n", name="a.eml")


def test_attachments_are_named():
    message = mail("See the annex.")
    message.add_attachment(b"text", maintype="text", subtype="plain", filename="Annexe é.txt")
    document = read(bytes(message), name="a.eml")
    assert any("Annexe é.txt" in note for note in document.notes)


@pytest.mark.parametrize(
    "raw",
    [
        HEAD
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(999)
        ),
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
        HEAD
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(149)
        )
        + b"\nx\n" * 99_999,
    ],
)
def test_a_mail_of_too_many_parts_is_refused(raw):
    with pytest.raises(FileTooLarge):
        parse(raw, "a.eml")


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nbody\n",
        b"From: " + b"(" * 9_000 + b"\nSubject: x\nTo: " + b"<" * 9_000 + b"\n\nbody\n",
        pytest.param(
            HEAD + b"Content-Type: text/plain; " + b"a;" * 500_000 + b"\n\nbody\n",
            marks=pytest.mark.slow,
        ),
        HEAD + b'Content-Type: text/plain; x="' + b'b;\\"' * 9_000 + b"\n\nbody\n",
        HEAD + b"\nbody\n" + b"From: a\n" * 50_000,
    ],
)
def test_hostile_headers_end(raw):
    assert parse(raw, "a.eml").blocks


def test_a_mail_of_nothing_but_an_earlier_one_keeps_it():
    text = "-----Original Message-----\nFrom: B\nSent: 2 May\nTo: A\n\nThe new rule holds.\n"
    document = read(bytes(mail(text, subject="Rules")), name="rules.eml")
    assert texts(document)[-1] == "The new rule holds."


def test_what_is_left_out_as_a_signature_is_noted():
    document = read(bytes(mail("The rule.\n\n--\nIt ends in May.\n")), name="rules.eml")
    assert "It ends in May." not in document.text
    assert any("two hyphens" in note for note in document.notes)
