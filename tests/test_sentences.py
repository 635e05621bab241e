"""Where sentences begin and end."""

import pytest

from corpus.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["One ends here.", "Two begins here!", "Is this three?", "Four"],
        ["3.2 A staff member has 2.5 days.", "Then comes more."],
        ["1. Staff shall rest.", "2. They shall eat."],
        ["(a) Staff rest.", "(b) They eat."],
        ["Leave, e.g. Annual Leave, i.e. Rest, is paid.", "It is so."],
        ["See No. 5, Art. 7 and para. 3.", "Then stop."],
        ["The answer is no.", "Then stop."],
        ["As in para. (b) of art. 3.", "(c) It holds."],
        ["Dr. J. R. Smith asked Ms. Lee.", "She said no."],
        ["The U.S. Government agreed.", "It signed."],
        ["Work ends at 5 p.m.", "Then staff leave."],
        ["Staff rest; They eat: All is well.", "So it ends."],
        ["“We agree.”", "They left."],
        ["(See clause 3.)", "It holds."],
        ["Is it paid? it is not asked."],
        ["What follows… and goes on.", "Wait…", "No more."],
        ["He knew that I.", "She did not."],
        ["休暇は有給です。", "次の文です。"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    joiner = "" if expected[0].endswith("。") else " "
    assert parts(joiner.join(expected)) == expected


def test_line_breaks_and_tabs_end_a_sentence() -> None:
    assert parts("Item one\nItem two\tcell") == ["Item one", "Item two", "cell"]


def test_only_the_span_asked_for_is_looked_at() -> None:
    text = "Before. One. Two. After."
    assert sentences(text, 8, 17) == ((8, 12), (13, 17))


def test_blank_span_has_no_sentence() -> None:
    assert sentences("A.   B.", 2, 5) == ()
