"""Numerals as values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.reading.numerals import arabic, chinese, scale_of

DIGITS = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """The ordinary Chinese reading of 1…9999, written independently of the parser."""
    places = [(1000, "千"), (100, "百"), (10, "十"), (1, "")]
    words, gap = "", False
    for worth, name in places:
        digit = number // worth % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


@given(st.integers(1, 9999))
def test_every_spoken_number_below_ten_thousand_is_read_back(number: int) -> None:
    read = chinese(spoken(number))
    assert read is not None
    assert (read.value, read.upper) == (number, None)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_myriads_multiply_what_stands_before_them(high: int, low: int) -> None:
    gap = "零" if low < 1000 else ""
    read = chinese(f"{spoken(high)}万{gap}{spoken(low)}")
    assert read is not None
    assert read.value == high * 10_000 + low
    assert read.scaled


@pytest.mark.parametrize(
    ("words", "value", "upper"),
    [
        ("两", 2, None),
        ("二〇二四", 2024, None),
        ("一百二", 120, None),
        ("三万五", 35000, None),
        ("一亿二千万", 120000000, None),
        ("七八十", 70, 80),
        ("十七八", 17, 18),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("三四百", 300, 400),
        ("十", 10, None),
        ("百", 100, None),
    ],
)
def test_other_ways_of_saying_numbers(words: str, value: int, upper: int | None) -> None:
    read = chinese(words)
    assert read is not None
    assert (read.value, read.upper) == (value, upper)


@pytest.mark.parametrize("words", ["三七", "两两", "二一"])
def test_two_digits_side_by_side_are_not_one_number(words: str) -> None:
    assert chinese(words) is None


@pytest.mark.parametrize(
    ("digits", "scale", "value", "worth", "nonzero"),
    [
        ("8.6", 10_000, "86000", "1000", "1000"),
        ("96.3", 1, "96.3", "0.1", "0.1"),
        ("1200", 1, "1200", "1", "100"),
        ("1,233", 1, "1233", "1", "1"),
        ("0", 1, "0", "1", "1"),
        ("2.80", 1, "2.80", "0.01", "0.1"),
        ("-3.5", 1, "-3.5", "0.1", "0.1"),
        ("5", 10_000_000, "50000000", "10000000", "10000000"),
    ],
)
def test_worth_is_that_of_the_last_written_digit(digits: str, scale: int, value: str, worth: str, nonzero: str) -> None:
    read = arabic(digits, scale)
    assert (read.value, read.worth, read.worth_nonzero) == (Decimal(value), Decimal(worth), Decimal(nonzero))
    assert read.scaled == (scale > 1)


def test_multipliers_multiply() -> None:
    assert [scale_of(each) for each in ("", "万", "千万", "万亿")] == [1, 10_000, 10_000_000, 10**12]
