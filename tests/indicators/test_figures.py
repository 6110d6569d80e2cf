"""Figures over recorded facts: values, parts, provenance, roll-up, closed periods, scope."""

from datetime import date
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.indicators import process, queries
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Scope
from gangmu.ledger import actions as ledger
from gangmu.ledger import sequencer
from gangmu.ledger.rebuild import rebuild
from tests.ledger.conftest import stop_the_clock

YEAR = Period.of_year(2025)
LECTURES = "activity.sessions[lecture]"


def test_a_fact_recorded_now_is_in_the_very_next_figure(city, scope, record):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 1
    record("activity.held", "荷塘支部", "2025-04-01", tags=["lecture"])
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 2


def test_a_figure_says_where_it_comes_from(city, scope, record):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    found = queries.figure(scope, LECTURES, city["东镇"], YEAR)
    assert (found.unit, found.org, found.period, found.key) == (catalog().indicators["activity.sessions"].units[0],
                                                                city["东镇"], YEAR, LECTURES)  # fmt: skip
    assert found.catalog == catalog().digest
    assert found.tree_day == date(2025, 12, 31)
    assert found.ledger_size >= 1
    (part,) = found.parts
    assert part.value == 1
    assert part.query.startswith("count(activity.held")
    assert "党课" in part.name.zh


def test_what_is_not_on_record_is_absent_and_not_zero(city, scope):
    found = queries.figure(scope, LECTURES, city.root, YEAR)
    assert (found.value, found.absent, found.why) == (None, True, "absent")


def test_a_reversed_fact_counts_nowhere(city, scope, record):
    kept = record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    gone = record("activity.held", "柳溪支部", "2025-03-02", tags=["lecture"])
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 2
    ledger.reverse(gone, reason="wrong_value", note="", by=city.clerk, schema="d1ge57", idem="back")
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 1
    assert [row.fact for row in queries.facts_behind(scope, LECTURES, city.root, YEAR).rows] == [kept]


def test_children_and_what_the_unit_did_itself_sum_to_the_figure(city, scope, record):
    for unit in ("柳溪支部", "柳溪村", "石桥支部", "东镇", "荷塘支部"):
        record("activity.held", unit, "2025-05-01", tags=["lecture"])
    whole = queries.figure(scope, LECTURES, city["东镇"], YEAR)
    parts = queries.children(scope, LECTURES, city["东镇"], YEAR)
    assert whole.value == sum(one.value or 0 for one in parts) == 4
    assert [one.org for one in parts if one.direct] == [city["东镇"]]


def test_different_things_do_not_add_up_the_tree(city, scope, record):
    record("activity.held", "柳溪支部", "2025-05-01", about="company-1", tags=["visit"])
    record("activity.held", "荷塘支部", "2025-06-01", about="company-1", tags=["visit"])
    key = "activity.visited"
    assert queries.figure(scope, key, city.root, YEAR).value == 1
    (county,) = (one for one in queries.children(scope, key, city.root, YEAR) if not one.direct)
    towns = queries.children(scope, key, county.org, YEAR)
    assert (county.value, [one.value for one in towns if one.value]) == (1, [1, 1])


def test_a_ratio_adds_its_parts_and_never_averages(city, scope, record):
    record("activity.held", "柳溪支部", "2025-05-01", tags=["lecture"], present=10, expected=10)
    record("activity.held", "荷塘支部", "2025-05-02", tags=["lecture"], present=0, expected=90)
    found = queries.figure(scope, "activity.attendance_rate[lecture]", city.root, YEAR)
    assert (found.value, found.numerator, found.denominator) == (10, 10, 100)


def test_a_whole_of_zero_gives_no_figure(city, scope, record):
    record("activity.held", "柳溪支部", "2025-05-01", tags=["lecture"], present=0, expected=0)
    found = queries.figure(scope, "activity.attendance_rate[lecture]", city.root, YEAR)
    assert (found.value, found.why) == (None, "no_whole")


def test_the_trend_tells_every_month_and_months_sum_to_the_year(city, scope, record):
    for day in ("2025-01-31", "2025-02-01", "2025-12-31"):
        record("activity.held", "柳溪支部", day, tags=["lecture"])
    months = queries.trend(scope, LECTURES, city.root, YEAR)
    assert [one.value for one in months] == [1, 1, *[None] * 9, 1]
    assert [one.period for one in months] == list(YEAR.months())


def test_a_short_period_shows_the_twelve_months_that_end_with_it(city, scope, record):
    record("activity.held", "柳溪支部", "2025-03-31", tags=["lecture"])
    months = queries.trend(scope, LECTURES, city.root, Period.of_month(2025, 3))
    assert months[0].period.start == date(2024, 4, 1)
    assert months[-1].value == 1


def test_the_overview_is_the_same_as_its_pieces(city, scope, record):
    for unit, day in (("柳溪支部", "2025-02-01"), ("荷塘支部", "2024-03-01"), ("柳林县", "2025-03-01")):
        record("activity.held", unit, day, tags=["lecture"])
    page = queries.overview(scope, LECTURES, city["柳林县"], YEAR)
    assert page.figure == queries.figure(scope, LECTURES, city["柳林县"], YEAR)
    assert page.before == queries.figure(
        scope, LECTURES, city["柳林县"], Period.of_year(2024), tree_day=date(2025, 12, 31)
    )
    assert page.trend == queries.trend(scope, LECTURES, city["柳林县"], YEAR)
    assert page.children == queries.children(scope, LECTURES, city["柳林县"], YEAR)


def test_the_table_shows_every_indicator_with_last_period_and_children(city, scope, record):
    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    record("activity.held", "柳溪支部", "2024-02-01", tags=["lecture"])
    rows = {row.figure.indicator: row for row in queries.table(scope, city["柳林县"], YEAR)}
    assert rows.keys() == catalog().indicators.keys()
    sessions = rows["activity.sessions"]
    assert (sessions.figure.value, sessions.before.value) == (1, 1)
    assert sessions.children[city["东镇"]].value == 1


def test_the_facts_behind_sum_to_the_figure(city, scope, record):
    for number in range(7):
        record("money.booked", "柳溪村", f"2025-0{number + 1}-01", direction="out", amount="1000.50", tags=[])
    key = "money.spent"
    pages = [queries.facts_behind(scope, key, city.root, YEAR, page, size=3) for page in (1, 2, 3)]
    rows = [row for page in pages for row in page.rows]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert sum(row.amount for row in rows) == queries.figure(scope, key, city.root, YEAR).value == Decimal("7003.5")
    assert [row.day for row in rows] == sorted((row.day for row in rows), reverse=True)


def test_late_records_count_and_are_told_apart(city, scope, record):
    record("activity.held", "柳溪支部", "2020-03-01", tags=["lecture"])
    found = queries.figure(scope, LECTURES, city.root, Period.of_year(2020))
    assert (found.value, found.late_count) == (1, 1)


@pytest.mark.parametrize("at_once", [False, True], ids=["as time goes", "all in one millisecond"])
def test_a_closed_period_stays_as_reported_with_what_it_is_by_now_beside_it(
    city, scope, record, monkeypatch, at_once
):  # fmt: skip
    if at_once:
        stop_the_clock(monkeypatch)
    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    ledger.close_period(city.root, Period.of_quarter(2025, 1), kinds=(), by=city.clerk, schema="d1ge57", idem="close")
    record("activity.held", "柳溪支部", "2025-02-02", tags=["lecture"])
    for replayed in (False, True):  # from the facts as they came, then from the log
        if replayed:
            sequencer.run_until_empty()
            rebuild(check=False)
        found = queries.figure(scope, LECTURES, city["东镇"], Period.of_month(2025, 2))
        assert (found.value, found.restated) == (1, 2)
        assert len(queries.facts_behind(scope, LECTURES, city["东镇"], Period.of_month(2025, 2)).rows) == 1
        assert queries.figure(scope, LECTURES, city["东镇"], YEAR).value == 2


def test_numbering_the_facts_changes_no_figure(city, scope, record):
    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    before = queries.figure(scope, LECTURES, city.root, YEAR)
    sequencer.run_once()
    assert queries.figure(scope, LECTURES, city.root, YEAR) == before


def test_a_stranger_is_told_what_is_told_about_units_that_do_not_exist(city, record):
    with pytest.raises(NotFound) as stranger:
        queries.figure(Scope((), date(2025, 1, 1)), LECTURES, city.root, YEAR)
    with pytest.raises(NotFound) as nobody:
        queries.figure(city.clerk.scope, LECTURES, OrgId("no-such-unit"), YEAR)
    assert stranger.value.problems == nobody.value.problems


def test_an_unknown_indicator_and_a_tag_it_does_not_offer_are_refused(city, scope):
    with pytest.raises(NotFound, match="没有“no"):
        queries.figure(scope, "no.such", city.root, YEAR)
    with pytest.raises(Refused, match="不能按标签 lecture 挑选"):
        queries.figure(scope, "organisation.number[lecture]", city.root, YEAR)


def test_the_tree_of_the_day_is_asked_for_units(city, scope):
    found = queries.figure(scope, "organisation.villages", city.root, YEAR)
    assert found.value == 3
    before_all = queries.figure(scope, "organisation.villages", city.root, Period.of_year(1949))
    assert before_all.tree_day == scope.day


def test_a_warmed_engine_has_found_the_postings_of_every_indicator_and_stays_fresh(city, scope, record):
    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    process.warm()
    found = len(process.reach().engine.leaves)
    assert found >= len(catalog().indicators) // 2
    assert queries.figure(scope, "activity.sessions", city.root, YEAR).value == 1
    assert len(process.reach().engine.leaves) == found
    record("activity.held", "柳溪支部", "2025-02-02", tags=["lecture"])
    assert queries.figure(scope, "activity.sessions", city.root, YEAR).value == 2
