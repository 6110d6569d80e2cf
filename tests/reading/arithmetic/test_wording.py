"""What a written number covers (issue 5.3), in tables and in properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Claim, Source
from gangmu.reading.wording import Interval, Wording, covers, interval, point, result_interval, rounded_or_cut


def claim(words: str) -> Claim:
    """The one claim of a sentence that says `words`."""
    (only,) = read_all(Source("文稿", f"全年走访群众{words}。")).claims
    return only


COVERED = [
    ("1187件", [1187], [1186, 1188]),
    ("8.6万人次", [86000, 85500, 86999], [85499, 87000]),
    ("2.8亿元", [280000000, 275000000, 289999999], [274999999, 290000000]),
    ("1200余次", [1200, 1299, 1300], [1199, 1301]),
    ("480多场", [480, 504], [479, 505]),
    ("23216名以上", [23216, 99999], [23215]),
    ("约300户", [270, 300, 330], [269, 331]),
    ("近5000万元", [45000000, 50000000], [44999999, 50000001]),
    ("不超过50人", [0, 50], [51]),
    ("不到60户", [0, 59], [60]),
    ("至少12次", [12, 400], [11]),
]


@pytest.mark.parametrize(("words", "inside", "outside"), COVERED)
def test_wording_covers_what_a_fair_reader_takes_it_for(words: str, inside: list[int], outside: list[int]) -> None:
    said = claim(words)
    assert [value for value in inside if not covers(said, Decimal(value))] == []
    assert [value for value in outside if covers(said, Decimal(value))] == []


@pytest.mark.parametrize(
    ("words", "value", "agrees"),
    [("满意率96.3%", "96.2693", True), ("满意率96.2%", "96.2693", True), ("满意率96.4%", "96.2693", False),
     ("满意率九成多", "99.9", True), ("满意率超过九成", "95", True), ("有过半党员", "68", True),
     ("有八成党员", "84.9", True), ("有八成党员", "73", False), ("有三分之二的党员", "66.2", True)],
)  # fmt: skip
def test_percentages_cover_what_rounds_or_is_cut_to_them(words: str, value: str, agrees: bool) -> None:
    (said,) = read_all(Source("文稿", f"调查显示，{words}。")).claims
    assert covers(said, Decimal(value)) is agrees


def test_a_range_covers_what_lies_between_its_ends() -> None:
    said = claim("30至50户")
    assert [covers(said, Decimal(n)) for n in (29, 30, 50, 51)] == [False, True, True, False]


def test_a_placeholder_covers_nothing_and_says_so() -> None:
    with pytest.raises(ValueError, match="placeholder"):
        interval(claim("XX户"))


def test_a_whole_number_as_a_result_may_be_rounded() -> None:
    said = claim("1200户")
    assert Decimal("1200.4") in result_interval(said)
    assert Decimal("1200.4") not in interval(said)


def test_the_parameters_decide() -> None:
    said = claim("1200余次")
    assert not covers(said, Decimal(1400))
    assert covers(said, Decimal(1400), Wording(over_share=Decimal("0.2")))


@given(st.decimals(-1000, 1000, places=2), st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1)]))
def test_what_rounds_or_is_cut_to_a_value_is_covered_by_it(value: Decimal, worth: Decimal) -> None:
    from decimal import ROUND_DOWN, ROUND_HALF_UP

    for how in (ROUND_HALF_UP, ROUND_DOWN):
        written = value.quantize(worth, how)
        if written or value >= 0:
            assert value in rounded_or_cut(written, worth)


@given(*[st.integers(-50, 50)] * 4)
def test_intervals_meet_exactly_if_they_share_a_value(a: int, b: int, c: int, d: int) -> None:
    one = Interval(Decimal(min(a, b)), Decimal(max(a, b)))
    other = Interval(Decimal(min(c, d)), Decimal(max(c, d)))
    shared = any(Decimal(n) in one and Decimal(n) in other for n in range(-50, 51))
    assert one.meets(other) is other.meets(one) is shared


def test_open_ends_do_not_touch() -> None:
    assert not Interval(Decimal(0), Decimal(1), high_open=True).meets(point(Decimal(1)))
    assert Interval(Decimal(0), Decimal(1)).meets(point(Decimal(1)))
