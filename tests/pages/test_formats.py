"""Days, periods and numbers in words, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.kernel.periods import Period
from gangmu.pages import formats
from gangmu.pages.messages import HAN

ZH, EN = "zh-hans", "en"


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        (Period.of_year(2025), "2025年", "2025"),
        (Period.of_quarter(2025, 3), "2025年第三季度", "Q3 2025"),
        (Period.of_month(2025, 2), "2025年2月", "February 2025"),
        (Period(date(2025, 1, 1), date(2025, 11, 30)), "2025年1—11月", "January–November 2025"),
        (Period(date(2025, 2, 1), date(2025, 4, 30)), "2025年2—4月", "February–April 2025"),
        (Period(date(2025, 3, 8), date(2025, 3, 8)), "2025年3月8日", "8 March 2025"),
        (Period(date(2025, 3, 8), date(2025, 4, 1)), "2025年3月8日—4月1日", "8 March 2025 – 1 April 2025"),
        (
            Period(date(2024, 12, 1), date(2025, 1, 31)),
            "2024年12月1日—2025年1月31日",
            "1 December 2024 – 31 January 2025",
        ),
    ],
)
def test_a_period_is_called_by_its_shortest_true_name(period: Period, chinese: str, english: str) -> None:
    assert formats.period(period, ZH) == chinese
    assert formats.period(period, EN) == english


def test_a_moment_is_told_in_local_time() -> None:
    moment = datetime(2025, 3, 7, 17, 5, tzinfo=UTC)
    assert formats.moment(moment, ZH) == "2025年3月8日 01:05"
    assert formats.moment(moment, EN) == "8 March 2025, 01:05"


def test_this_years_days_leave_the_year_out() -> None:
    assert formats.short_day(date(2025, 3, 8), ZH, this_year=2025) == "3月8日"
    assert formats.short_day(date(2024, 3, 8), ZH, this_year=2025) == "2024年3月8日"
    assert formats.short_day(date(2025, 3, 8), EN, this_year=2025) == "8 Mar"


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (Decimal(1233), "件", "1,233件", "1,233"),
        (Decimal("96.27"), "%", "96.3%", "96.3%"),
        (Decimal(100), "%", "100.0%", "100.0%"),
        (Decimal("18600000"), "元", "18,600,000元", "18,600,000 yuan"),
        (Decimal("248560.6"), "元", "248,560.60元", "248,560.60 yuan"),
        (Decimal("-0.005"), "元/月", "−0.01元/月", "−0.01 yuan a month"),
        (Decimal("59.999"), "元/人", "60元/人", "60 yuan a person"),
        (Decimal("-3"), "个", "−3个", "−3"),
        (Decimal("2.50"), "次", "2.5次", "2.5 times"),
        (Decimal("0.05"), "%", "0.1%", "0.1%"),
        (Decimal(7), "头", "7头", "7 头"),
    ],
)
def test_a_quantity_keeps_its_unit(value: Decimal, unit: str, chinese: str, english: str) -> None:
    assert formats.quantity(value, unit, ZH) == chinese
    assert formats.quantity(value, unit, EN) == english


@pytest.mark.parametrize(
    ("value", "unit", "places", "shown"),
    [
        ("96.275", "%", 2, "96.28%"), ("96.275", "%", 1, "96.3%"), ("12.25", "学时", 1, "12.3学时"),
        ("12", "学时", 1, "12学时"), ("26.5", "天", 0, "26.5天"), ("1233.5", "元", 1, "1,233.5元"),
    ],
)  # fmt: skip
def test_the_places_that_a_definition_names_are_shown(value: str, unit: str, places: int, shown: str) -> None:
    assert formats.quantity(Decimal(value), unit, ZH, places) == shown


@pytest.mark.parametrize(
    ("now", "before", "unit", "chinese", "english"),
    [
        ("96.3", "94.8", "%", "高1.5个百分点", "up 1.5 points"),
        ("90", "94.8", "%", "低4.8个百分点", "down 4.8 points"),
        ("12", "10", "次", "多2次", "up 2 times"),
        ("8", "10", "次", "少2次", "down 2 times"),
        ("8", "8", "次", "持平", "unchanged"),
        ("96.31", "96.29", "%", "持平", "unchanged"),
    ],
)
def test_a_difference_is_said_in_words(now: str, before: str, unit: str, chinese: str, english: str) -> None:
    assert formats.difference(Decimal(now), Decimal(before), unit, ZH) == chinese
    assert formats.difference(Decimal(now), Decimal(before), unit, EN) == english


def test_the_period_picker_offers_no_quarter_that_has_not_begun() -> None:
    offered = formats.periods_offered(date(2025, 5, 20))
    assert Period.of_quarter(2025, 2) in offered
    assert Period.of_quarter(2025, 3) not in offered
    assert Period.of_month(2025, 4) in offered
    assert len(offered) == len(set(offered))


def test_the_unit_of_every_indicator_has_an_english_word() -> None:
    units = {one.units[0] for one in catalog().indicators.values()}
    assert sorted(unit for unit in units if HAN.search(formats.unit_word(unit, EN))) == []


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1", "人", "1 person"), ("1.00", "次/月", "1 time a month"), ("2", "人", "2 people"), ("0", "天", "0 days"),
        ("1", "元", "1 yuan"), ("1", "件", "1"), ("1.004", "场", "1 session"), ("1.2", "场", "1.2 sessions"),
    ],
)  # fmt: skip
def test_one_of_a_thing_is_said_in_the_singular_in_english(value: str, unit: str, said: str) -> None:
    assert formats.quantity(Decimal(value), unit, "en") == said


def test_every_singular_belongs_to_a_unit_that_is_used() -> None:
    assert set(formats.ONE) <= set(formats.UNITS.values())
