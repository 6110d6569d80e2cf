"""What one unit owes costs what it owes, however many lie beneath it; and by which tree a past is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gangmu.catalog.current import EXTRA, catalog
from gangmu.duties import beneath, known
from gangmu.duties import every_unit as duties_at_size
from gangmu.duties.bearers import bearers_of
from gangmu.duties.every_unit import every_unit, standing_grants, warm
from gangmu.duties.footing import footing
from gangmu.duties.queries import Known, due_for, standing, unit_year
from gangmu.kernel import clock
from gangmu.kernel.ids import PostId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.ledger import actions as writing
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.ledger.facts import Draft
from gangmu.orgs import actions
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.queries import tree
from gangmu.records.actions import reverse_fact
from tests.catalog.small import write
from tests.duties.test_granted import waive
from tests.duties.test_refusals import HEAD
from tests.duties.test_standing import FIRST_QUARTER, seat, states
from tests.indicators.conftest import Record
from tests.orgs.cast import SOME_DAY, City

pytestmark = pytest.mark.usefixtures("db")
YEAR, END = Period.of_year(2025), date(2025, 12, 31)
# What the whole county did counts for it: two units that each called on a firm, and one talk at least a quarter.
BENEATH = {
    "county.calls.yaml": "key: county.calls\n" + HEAD + """\
group: contact
rows:
  - since: 2025-01-01
    every: quarter
    at_least: 2
    owed_by: {kinds: [county_committee]}
    discharge: {text: 'count(activity.held, tag("enterprise_visit"))', credit: [beneath], once_per: [org]}
examples:
  - {name: 没走, bearer: {kind: county_committee}, period: 2025-01-01, on: 2025-06-30, expect: missed}
""",
}  # fmt: skip


@pytest.fixture
def calls(tmp_path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(EXTRA, str(write(tmp_path / "calls", BENEATH)))
        catalog.cache_clear()
        yield
    catalog.cache_clear()


def told(city: City, unit: str) -> list[tuple[str, str, str, int, tuple[str, ...]]]:
    found = standing(city.clerk.scope, city[unit], YEAR, Known(END))
    return [(one.obligation.duty, str(one.obligation.period), one.state, int(one.have), one.evidence) for one in found]


def test_deeds_beneath_looked_up_or_read_one_by_one_say_the_same(
    city: City, record: Record, calls: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit, day in (("东镇", "2025-02-01"), ("柳溪村", "2025-02-02"), ("柳溪村", "2025-02-03"), ("西镇", "2025-05-02"),
                      ("西镇", "2025-06-02"), ("荷塘支部", "2025-09-30"), ("柳林县", "2025-07-01")):  # fmt: skip
        record("activity.held", unit, day, tags=["enterprise_visit"])
    gone = record("activity.held", "石桥村", "2025-05-09", tags=["enterprise_visit"])
    reverse_fact(gone, reason="mistake", note="", by=city.clerk, idem="gone")
    one_by_one = told(city, "柳林县")
    states = [state for duty, _, state, _, _ in one_by_one if duty == "county.calls"]
    assert states == ["met", "missed", "met", "due"]
    monkeypatch.setattr(known, "FEW", 0)
    assert told(city, "柳林县") == one_by_one


def test_of_very_many_deeds_beneath_as_many_are_read_as_can_decide(
    city: City, record: Record, calls: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, unit in enumerate(("东镇", "东镇", "西镇", "西镇", "柳溪村", "石桥村")):
        record("activity.held", unit, f"2025-02-0{at + 1}", tags=["enterprise_visit"])
    monkeypatch.setattr(known, "FEW", 0)
    whole = [one for one in told(city, "柳林县") if one[0] == "county.calls"]
    monkeypatch.setattr(beneath, "MOST", 1)
    fewer = [one for one in told(city, "柳林县") if one[0] == "county.calls"]
    assert [one[2] for one in fewer] == [one[2] for one in whole] == ["met", "missed", "missed", "due"]
    assert (whole[0][3], fewer[0][3]) == (4, 2)
    assert fewer[0][4] == whole[0][4] != ()


def test_no_deed_of_a_unit_beneath_is_read_where_none_counts(city: City, record: Record) -> None:
    place = footing(city.clerk.scope, city["柳林县"], Known(END))
    bearers, counts = bearers_of(city.clerk.scope, city["柳林县"], END), []
    for round_ in range(2):
        for at in range(5):
            record("activity.held", "柳溪村", f"2025-0{at + 1}-0{round_ + 1}", tags=["theme_day"])
        with CaptureQueriesContext(connection) as asked:
            found = known.deeds_of(catalog(), place, bearers, YEAR, Known(END))
        assert found == ()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 2


def test_what_a_leader_did_elsewhere_for_the_post_counts_and_for_no_other(city: City) -> None:
    held, other = seat(city, "柳林县", "secretary", "何青"), seat(city, "柳林县", "deputy_secretary", "周远山")
    moment = clock.local_moment(date(2025, 2, 3), hour=9)
    draft = Draft("activity.held", city["荷塘村"], {"tags": ["survey"]}, moment, moment, "visit")
    made = writing.record(draft, by=replace(city.clerk, post=PostId(held)), schema="d1ge57").id
    deeds = known.deeds_of(catalog(), footing(city.clerk.scope, city["柳林县"], Known(END)),
                           bearers_of(city.clerk.scope, city["柳林县"], END), YEAR, Known(END))  # fmt: skip
    assert [(deed.row.id, deed.post) for deed in deeds] == [(made, held)]
    found = standing(city.clerk.scope, city["柳林县"], YEAR, Known(END))
    assert {one.obligation.bearer.id for one in found if made in one.evidence} <= {held}
    assert other not in {one.obligation.bearer.id for one in found if one.evidence}


def test_the_desk_asks_of_persons_only_the_reader(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("林晓禾", "周远山", "何青"):
        city.member(name, "柳溪支部", SOME_DAY)
    person = city.person("何青", "柳溪支部")
    own = due_for(city.clerk.scope, [city["柳溪支部"]], date(2025, 12, 30), person=person)
    assert {one.status.obligation.bearer.person for one in own} == {"", person}
    nobody = due_for(city.clerk.scope, [city["柳溪支部"]], date(2025, 12, 30))
    assert {one.status.obligation.bearer.kind for one in nobody} == {"unit"}


def test_the_members_of_a_unit_are_its_own_and_none_beneath(city: City) -> None:
    city.member("林晓禾", "柳溪支部", SOME_DAY)
    assert [one.kind for one in bearers_of(city.clerk.scope, city["柳溪村"], END)] == ["unit"]
    assert [one.kind for one in bearers_of(city.clerk.scope, city["柳溪支部"], END)] == ["unit", "member"]


def test_grants_are_kept_until_one_comes_or_is_taken_back(city: City, record: Record) -> None:
    made = waive(city)
    assert [fact.id for fact in standing_grants()] == [made]
    record("activity.held", "柳溪村", "2025-03-01", tags=["theme_day"])
    with CaptureQueriesContext(connection) as asked:
        assert standing_grants()
    assert not [one for one in asked if "body" in one["sql"] and made in one["sql"]]
    reverse_fact(made, reason="mistake", note="", by=city.clerk, idem="back")  # type: ignore[arg-type]
    assert standing_grants() == ()


def test_what_a_very_large_tree_owes_is_not_found_before_anybody_asks(
    city: City, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    record("activity.held", "柳溪村", "2025-03-01", tags=["theme_day"])
    day = date(2025, 6, 1)
    monkeypatch.setattr(duties_at_size, "MOST_WARMED", len(tree(day).nodes) - 1)
    warm(day)
    found = every_unit(tree(day), day)
    assert not found.kept.blocks
    assert any(list(found.blocks(roll, 2025)) for roll in found.rolls)


def test_a_warm_process_finds_no_duty_anew(city: City, record: Record) -> None:
    record("activity.held", "柳溪村", "2025-03-01", tags=["theme_day"])
    warm(date(2025, 6, 1))
    found = every_unit(tree(date(2025, 6, 1)), date(2025, 6, 1))
    before = {name: kept.found for name, kept in found.kept.blocks.items()}
    assert before
    for roll in found.rolls:
        list(found.blocks(roll, 2025))
    assert {name: kept.found for name, kept in found.kept.blocks.items()} == before
    assert all(found.kept.blocks[name].found is kept for name, kept in before.items())


def test_a_past_is_told_by_the_tree_as_it_was_known(city: City, record: Record) -> None:
    made = NewUnit("柳溪一组", "party_small_group", "rural", city["柳溪支部"], SOME_DAY, "group")
    sequencer.run_until_empty()
    before = ledger.size()
    actions.load_units([made], by=city.clerk)
    sequencer.run_until_empty()
    after = ledger.size()
    key = "branch.group_meeting"
    told = [states(city, "柳溪支部", "2025-04-30", key, size=size) for size in (before, after, None)]
    assert told[1] == told[2] == ["missed"] * 3
    assert set(told[0]) <= {"not_applicable"}  # no group was known of, so nothing was owed


def test_a_unit_not_known_by_then_is_not_found(city: City) -> None:
    sequencer.run_until_empty()
    before = ledger.size()
    made = NewUnit("新村支部", "branch", "rural", city["石桥村"], SOME_DAY, "new")
    (org,) = actions.load_units([made], by=city.clerk)
    sequencer.run_until_empty()
    scope = city.clerk.scope
    assert standing(scope, org, FIRST_QUARTER, Known(END, ledger.size()))
    with pytest.raises(NotFound):
        standing(scope, org, FIRST_QUARTER, Known(END, before))


def test_a_year_asked_for_at_a_size_goes_by_that_tree_too(city: City) -> None:
    sequencer.run_until_empty()
    before = ledger.size()
    actions.load_units(
        [NewUnit("柳溪一组", "party_small_group", "rural", city["柳溪支部"], SOME_DAY, "g")], by=city.clerk
    )
    sequencer.run_until_empty()
    scope, org = city.clerk.scope, city["柳溪支部"]
    groups = {size: [one.periods[0].need for one in unit_year(scope, org, 2025, END, size=size)
                     if one.duty.key == "branch.group_meeting"] for size in (before, None)}  # fmt: skip
    assert groups[before] in ([], [None])
    assert groups[None] == [1]
