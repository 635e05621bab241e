"""Numbers as lists and notes print them."""

import pytest

from corpus.formats import numerals
from corpus.formats.docx.symbols import symbol


@pytest.mark.parametrize(
    ("write", "number", "printed"),
    [
        (numerals.roman, 1994, "mcmxciv"),
        (numerals.roman, 0, "0"),
        (numerals.letters, 28, "bb"),
        (numerals.letters, 0, "0"),
        (numerals.counted_letters, 28, "ab"),
        (numerals.counted_letters, 703, "aaa"),
        (numerals.counted_letters, 0, "0"),
        (numerals.ordinal, 2, "2nd"),
        (numerals.ordinal, 12, "12th"),
        (numerals.words, 21, "Twenty-one"),
        (numerals.words, 100, "100"),
        (numerals.ordinal_words, 21, "Twenty-first"),
        (numerals.ordinal_words, 30, "Thirtieth"),
        (numerals.ordinal_words, 101, "101st"),
        (numerals.signs, 3, "‡"),
        (numerals.signs, 5, "**"),
        (numerals.signs, 0, "0"),
    ],
)
def test_a_number_is_printed_in_its_kind_and_in_figures_where_that_has_none(write, number, printed):
    assert write(number) == printed


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Times", "0041", "A"),
        ("Times", "F041", "A"),
        ("Bookdings 7", "0041", ""),
        ("Times", "no number", ""),
        ("Times", "110000", ""),
        ("Times", "0007", ""),
    ],
)
def test_a_sign_of_a_font_is_its_character_or_nothing(font, code, shown):
    assert symbol(font, code) == shown
