"""Reading what people write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.reading import (
    folded,
    one_line,
    plain_text,
    read_decimal,
    read_numbers,
    same_words,
    variants,
)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("  Éléphant  Gris. ", "elephant gris"),
        ("“Say” ‘it’", "\"say\" 'it'"),
        ("co‑op", "co-op"),
        ("STRASSE straße", "strasse strasse"),
        (".", "."),
        ("مَدْرَسَة", "مدرسة"),
        ("हिंदी", "हिंदी"),
    ],
)
def test_folded(words, plain):
    assert folded(words) == plain


def test_variants_are_split_and_bare():
    assert variants("`a` | <a>||  b ") == ["a", "<a>", "b"]


def test_same_words():
    assert same_words("browser | web browser", "Web Browser.") is True
    assert same_words("browser", "brow ser") is False


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12", ["12"]),
        ("12.", ["12"]),
        ("-3,50", ["-3.5"]),
        ("−2", ["-2"]),
        (".5", ["0.5"]),
        ("1,000", ["1", "1000"]),
        ("0,125", ["0.125"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1,234,567", ["1234567"]),
        ("1,23,4", []),
        ("12 345,6 EUR", ["12345.6"]),
        ("$20", ["20"]),
        ("50 %", ["50"]),
        ("8 hours", ["8"]),
        ("1e5", []),
        ("NaN", []),
        ("", []),
        ("three", []),
        ("1,2,3", []),
    ],
)
def test_read_numbers(text, numbers):
    assert list(read_numbers(text)) == [Decimal(number) for number in numbers]


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(number.is_finite() for number in read_numbers(text))
    assert "\x00" not in one_line(text)
    assert folded(folded(text)) == folded(text)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-9999, max_value=9999)
)
def test_a_written_number_is_read_back(number):
    assert number in read_numbers(str(number))


def test_read_decimal():
    assert read_decimal("3.5") == Decimal("3.5")
    assert read_decimal(0.1) == Decimal("0.1")
    assert read_decimal("NaN") is None
    assert read_decimal(None) is None


def test_plain_text_keeps_paragraphs_and_signs_apart() -> None:
    entries = "<ol><li>First</li><li>Second <b>&lt;b&gt;</b></li></ol>a<br/>b"
    markup = f"<p>What for?</p><p>Use one &amp; only.</p>{entries}"
    assert plain_text(markup) == "What for?\nUse one & only.\nFirst\nSecond <b>\na\nb"
