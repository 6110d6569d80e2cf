"""A figure again as it was known, or by the tree of another day: the same number as then, told apart from now."""

from dataclasses import replace
from datetime import date
from random import Random

import pyarrow as pa
import pytest

from gangmu.indicators import mart, past, process, queries
from gangmu.indicators.values import Figure
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import actions as ledger
from gangmu.ledger import queries as facts
from gangmu.ledger import relations, sequencer
from gangmu.orgs import actions as orgs
from gangmu.orgs.scope import actor
from tests.indicators.lives import QUESTIONS, UNITS, YEAR, Life

LECTURES = "activity.sessions[lecture]"
MAY = Period.of_month(2025, 5)


def size() -> int:
    """How many facts the ledger holds, all of them numbered."""
    sequencer.run_until_empty()
    return facts.size()


def bare(figure: Figure) -> Figure:
    """Without the segments that happened to be sealed."""
    return replace(figure, manifest="")


def test_what_was_recorded_later_does_not_count(city, scope, record):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    then = size()
    record("activity.held", "柳溪支部", "2025-03-02", tags=["lecture"])
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 2
    older = queries.figure(scope, LECTURES, city.root, YEAR, as_known=then)
    assert (older.value, older.ledger_size) == (1, then)


def test_what_was_taken_back_later_still_counts_then(city, scope, record):
    gone = record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    then = size()
    ledger.reverse(gone, reason="wrong_value", note="", by=city.clerk, schema="d1ge57", idem="back")
    now = size()
    assert queries.figure(scope, LECTURES, city.root, YEAR).absent
    assert queries.figure(scope, LECTURES, city.root, YEAR, as_known=then).value == 1
    assert queries.figure(scope, LECTURES, city.root, YEAR, as_known=now).absent
    behind = queries.facts_behind(scope, LECTURES, city.root, YEAR, as_known=then)
    assert [row.fact for row in behind.rows] == [gone]
    assert list(queries.every_fact_behind(scope, LECTURES, city.root, YEAR, as_known=then)) == [((gone, None),)]


def test_a_period_closed_later_was_open_then(city, scope, record):
    record("activity.held", "柳溪支部", "2025-05-01", tags=["lecture"])
    before = size()
    ledger.close_period(city.root, YEAR, kinds=(), by=city.clerk, schema="d1ge57", idem="close")
    closed = size()
    record("activity.held", "柳溪支部", "2025-05-02", tags=["lecture"])
    after = size()
    told = [queries.figure(scope, LECTURES, city.root, MAY, as_known=n) for n in (before, closed, after)]
    assert [(one.value, one.restated, one.reported_on is None) for one in told] == [
        (1, None, True), (1, None, False), (1, 2, False)]  # fmt: skip


def test_a_closing_taken_back_later_closed_the_period_then(city, scope, record):
    record("activity.held", "柳溪支部", "2025-05-01", tags=["lecture"])
    closing = ledger.close_period(city.root, YEAR, kinds=(), by=city.clerk, schema="d1ge57", idem="close")
    record("activity.held", "柳溪支部", "2025-05-02", tags=["lecture"])
    then = size()
    ledger.reverse(closing.id, reason="mistake", note="", by=city.clerk, schema="d1ge57", idem="opened")
    assert queries.figure(scope, LECTURES, city.root, MAY, as_known=then).value == 1
    assert queries.figure(scope, LECTURES, city.root, MAY, as_known=size()).value == 2


def test_a_move_recorded_later_had_not_happened_then(city, scope, record):
    record("activity.held", "石桥支部", "2025-05-01", tags=["lecture"])
    then = size()
    orgs.move_unit(city["石桥村"], city["西镇"], by=city.clerk, at=date(2025, 4, 1), idem="move")
    assert queries.figure(scope, LECTURES, city["东镇"], YEAR).absent
    older = queries.figure(scope, LECTURES, city["东镇"], YEAR, as_known=then)
    assert (older.value, older.tree_day) == (1, date(2025, 12, 31))
    assert queries.figure(scope, LECTURES, city["西镇"], YEAR, as_known=then).absent


def test_with_the_tree_of_another_day_every_fact_counts_where_its_unit_hung_that_day(city, scope, record):
    record("activity.held", "石桥支部", "2025-05-01", tags=["lecture"])
    orgs.move_unit(city["石桥村"], city["西镇"], by=city.clerk, at=date(2025, 4, 1), idem="move")
    for as_known in (None, size()):
        for day, east, west in ((date(2025, 3, 31), 1, None), (date(2025, 4, 1), None, 1)):
            told = [queries.figure(scope, LECTURES, city[town], YEAR, tree_day=day, as_known=as_known)
                    for town in ("东镇", "西镇")]  # fmt: skip
            assert [one.value for one in told] == [east, west]
            assert {one.tree_day for one in told} == {day}


@pytest.mark.parametrize(("seed", "sealed"), [(1, False), (2, True)], ids=["from the log", "from segments and the log"])
def test_every_figure_comes_again_as_it_was_shown_at_each_size(city, scope, own_mart, seed, sealed):
    life, shown = Life(city, Random(seed)), dict[tuple[str, int], tuple[Figure, ...]]()
    for _ in range(14):
        life.step()
        for unit in UNITS:
            shown[unit, facts.size()] = queries.figures(scope, QUESTIONS, city[unit], YEAR)
        if sealed:
            mart.seal_up_to(own_mart, facts.size(), relations.fact_rows, due=7)
    assert len({n for _, n in shown}) > 7
    process.forget()
    for (unit, n), then in shown.items():
        again = queries.figures(scope, QUESTIONS, city[unit], YEAR, as_known=n, tree_day=then[0].tree_day)
        assert [bare(one) for one in again] == [bare(one) for one in then], f"seed {seed}: {unit} at {n}"
        assert [one.digest for one in again] == [one.digest for one in then]
    assert len({one.value for row in shown.values() for one in row}) > 10


def test_the_page_of_an_older_figure_agrees_with_the_figure_in_all_its_parts(city, scope, record):
    for unit in ("柳溪支部", "石桥支部", "荷塘支部"):
        record("activity.held", unit, "2025-05-01", tags=["lecture"])
    then = size()
    record("activity.held", "荷塘支部", "2025-06-01", tags=["lecture"])
    page = queries.overview(scope, LECTURES, city["柳林县"], YEAR, as_known=then)
    assert page.figure == queries.figure(scope, LECTURES, city["柳林县"], YEAR, as_known=then)
    assert (page.figure.value, page.behind.total) == (3, 3)
    assert sum(one.value or 0 for one in page.children) == sum(one.value or 0 for one in page.trend) == 3


def test_a_unit_founded_after_the_period_is_seen_in_the_last_tree_that_was_known(city, scope, record):
    then = size()
    before_all = queries.figure(scope, "organisation.villages", city.root, Period.of_year(1949), as_known=then)
    assert (before_all.tree_day, before_all.value) == (clock.today(), 3)


@pytest.mark.parametrize("wanted", [0, -1, 10**9])
def test_a_size_the_ledger_never_had_is_refused_and_the_sizes_it_had_are_told(city, scope, wanted):
    reached = size()
    with pytest.raises(Refused, match=f"编到{reached}条") as refused:
        queries.figure(scope, LECTURES, city.root, YEAR, as_known=wanted)
    assert refused.value.problems[0].where == "as_known"


def test_a_fact_that_waits_for_its_number_is_in_no_size(city, scope, record):
    then = size()
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    with pytest.raises(Refused):
        queries.figure(scope, LECTURES, city.root, YEAR, as_known=then + 1)
    assert queries.figure(scope, LECTURES, city.root, YEAR, as_known=then).absent
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 1


def test_a_unit_that_the_ledger_did_not_know_then_is_refused(city, scope, record):
    with pytest.raises(Refused, match="还没有这个单位") as refused:
        queries.figure(scope, LECTURES, city["柳溪支部"], YEAR, as_known=size() and 1)
    assert refused.value.problems[0].where == "as_known"


def test_an_older_tree_shows_nobody_more_than_is_theirs(city, scope, record):
    record("activity.held", "石桥支部", "2025-05-01", tags=["lecture"])
    record("activity.held", "柳溪支部", "2025-05-01", tags=["lecture"])
    then = size()
    orgs.move_unit(city["石桥村"], city["西镇"], by=city.clerk, at=date(2025, 1, 1), idem="move")
    size()
    east = city.account("east", "leader", "东镇")
    reader = actor(east.account, clock.today()).scope
    for asked in ({"tree_day": date(2024, 6, 1)}, {"as_known": then}):
        with pytest.raises(Refused, match="不归您看"):
            queries.figure(reader, LECTURES, city["东镇"], YEAR, **asked)
        assert queries.figure(scope, LECTURES, city["东镇"], YEAR, **asked).value == 2
    assert queries.figure(reader, LECTURES, city["柳溪村"], YEAR, as_known=then).value == 1


def test_strangers_are_told_what_is_told_of_units_that_do_not_exist(city, scope, record):
    then = size()
    reader = city.account("east", "leader", "东镇").scope
    answers = []
    for org in (city["西镇"], OrgId("no-such-unit")):
        with pytest.raises(NotFound) as refused:
            queries.figure(reader, LECTURES, org, YEAR, as_known=then)
        answers.append(refused.value.problems)
    assert answers[0] == answers[1]


def test_segments_that_another_ledger_left_behind_are_not_read(city, scope, record, own_mart):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    then = size()
    other = relations.fact_rows(0, then).to_pylist()
    for row in other:
        row["id"] = f"other-{row['seq']}"
    mart.seal(own_mart, 0, then, lambda a, b: pa.Table.from_pylist(other[a:b], schema=relations.FACTS))
    assert queries.figure(scope, LECTURES, city.root, YEAR, as_known=then).value == 1
    assert queries.figure(scope, LECTURES, city.root, YEAR, as_known=then).manifest == mart.Manifest().digest


def test_only_so_many_pasts_are_kept_and_each_still_answers(city, scope, record):
    sizes = []
    for number in range(past.KEPT + 2):
        record("activity.held", "柳溪支部", f"2025-03-0{number + 1}", tags=["lecture"])
        sizes.append(size())
    for _ in range(2):
        told = [queries.figure(scope, LECTURES, city.root, YEAR, as_known=n).value for n in sizes]
        assert told == list(range(1, len(sizes) + 1))
    assert len(past._pasts) <= past.KEPT


def test_the_digest_changes_with_everything_that_the_figure_says(city, scope, record):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    one = queries.figure(scope, LECTURES, city.root, YEAR)
    others = [
        replace(one, value=None), replace(one, unit="次"), replace(one, org=city["东镇"]), replace(one, period=MAY),
        replace(one, ledger_size=one.ledger_size + 1), replace(one, tree_day=date(2025, 1, 1)), replace(one, why="absent"),
        replace(one, catalog="0" * 64), replace(one, late_count=one.late_count + 1), replace(one, facts=9), replace(one, parts=()),
        replace(one, key="activity.sessions"), replace(one, denominator=one.value), replace(one, restated=one.value),
    ]  # fmt: skip
    digests = {other.digest for other in others}
    assert len(digests) == len(others)
    assert one.digest not in digests
    assert replace(one, manifest="x").digest == one.digest
