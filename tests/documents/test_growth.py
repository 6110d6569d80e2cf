"""Changes: what they are against, as what they are stated, and what the record says of them."""

from decimal import Decimal

import pytest

from gangmu.documents.rules.growth import Growth, growth
from gangmu.kernel.periods import Period
from tests.documents.conftest import Check, Record, told
from tests.documents.support import context

LECTURE = {"tags": ["lecture"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("讲党课同比增长50%。", Growth("rate", "year_earlier", False)),
        ("讲党课比上年下降20%。", Growth("rate", "year_earlier", True)),
        ("讲党课较去年增加3堂。", Growth("difference", "year_earlier", False)),
        ("办结率比上年提高5个百分点。", Growth("points", "year_earlier", False)),
        ("讲党课环比增长50%。", Growth("rate", "before", False)),
        ("讲党课增长50%。", None),
        ("讲党课是上年的3倍。", None),
        ("讲党课50堂。", None),
    ],
)
def test_a_change_says_its_measure_its_base_and_its_direction(text: str, found: Growth | None) -> None:
    assert growth(context(text)) == found


def test_the_base_lies_a_year_or_a_period_before() -> None:
    year = Period.of_quarter(2025, 2)
    assert Growth("rate", "year_earlier", False).base(year) == Period.of_quarter(2024, 2)
    assert Growth("rate", "before", False).base(year) == Period.of_quarter(2025, 1)


def test_a_rate_on_nothing_is_no_rate_and_a_fall_is_stated_as_a_positive_number() -> None:
    assert Growth("rate", "before", False).of(Decimal(3), Decimal(0)) is None
    assert Growth("rate", "before", True).of(Decimal(3), Decimal(4)) == 25
    assert Growth("difference", "before", False).of(Decimal(3), Decimal(0)) == 3


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("组织开展专题党课同比增长50%。", "confirmed"),
        ("组织开展专题党课同比增长60%。", "contradiction"),
        ("组织开展专题党课同比下降50%。", "contradiction"),
        ("讲党课比上年增加2堂。", "confirmed"),
        ("讲党课比上年增加3堂。", "contradiction"),
        ("组织开展专题党课增长50%。", "unbound"),
        ("讲党课同比增长50%。", "unbound"),
    ],
)
def test_a_change_is_held_against_both_years(record: Record, checked: Check, text: str, verdict: str) -> None:
    record("activity.held", "柳溪村", day="2024-05-01", times=4, **LECTURE)
    record("activity.held", "柳溪村", day="2025-05-01", times=6, **LECTURE)
    assert told(checked(text)) == [("figure", verdict)]


def test_without_a_base_on_record_there_is_nothing_to_compare(record: Record, checked: Check) -> None:
    record("activity.held", "柳溪村", day="2025-05-01", times=6, **LECTURE)
    assert told(checked("组织开展专题党课同比增长50%。")) == [("figure", "no_record")]
