"""Every kind of formula is met by facts, and a promise that cannot be kept is refused."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.expressions.bind import bind
from gangmu.catalog.expressions.evaluate import Row, evaluate
from gangmu.catalog.expressions.evaluate import world as rows_and_units
from gangmu.cli.world.batches import Batch
from gangmu.cli.world.definitions import World
from gangmu.cli.world.plan import Plan, plan
from gangmu.kernel.problems import Refused

UNITS = {
    "key": "900",
    "organisation": {"code": "A", "name": "青禾市委", "kind": "city_committee", "domain": "agency"},
    "since": "2010-01-01",
    "period": {"from": "2025-01-01", "to": "2025-12-31"},
    "units": [{"code": "B", "name": "柳林县委", "kind": "county_committee", "domain": "agency"}],
    "crowds": [
        {"code": "T", "kind": "township", "domain": "township_domain", "number": 4, "ending": "镇党委", "under": "B"},
        {"code": "J", "kind": "street", "domain": "street", "number": 1, "ending": "街道", "under": "B"},
        {"code": "V", "kind": "village", "domain": "rural", "number": 20, "ending": "村", "under": "township"},
        {"code": "R", "kind": "branch", "domain": "agency", "number": 12, "ending": "党支部"},
    ],
}


def world(*figures: dict[str, Any], **more: Any) -> World:
    return World.model_validate({**UNITS, "figures": figures, **more})


def planned(*figures: dict[str, Any], **more: Any) -> Plan:
    return plan(world(*figures, **more), catalog())


def rows(found: Plan) -> list[Row]:
    """All planned facts as the oracle takes them."""
    batches: list[Batch] = []
    for batch in found.batches:
        opened = batch.openings()
        batches += [opened, batch] if opened else [batch]
    return [
        Row(deed.key, batch.kind, deed.org, deed.day, {**batch.body, **deed.own}, deed.about)
        for batch in batches
        for deed in batch.deeds
    ]


def by_the_oracle(found: Plan, figure: dict[str, Any]) -> Decimal | None:
    """What the oracle of the indicator language says of the planned facts."""
    said = world(figure)
    promise, period = said.figures[0], said.period.period
    days = promise.days.period if promise.days else period
    forest = found.forest
    place = forest.units[forest.codes[promise.org or "A"]].path
    measure = bind(catalog().measure(promise.indicator, days.start), promise.selection)
    return evaluate(measure, rows_and_units(rows(found), forest.units.values()), place, days).value


FIGURES: list[dict[str, Any]] = [
    {"figure": "activity.sessions[lecture]", "value": 37, "at": "village"},
    {"figure": "activity.sessions[conference_talk,national]", "value": 2},
    {"figure": "activity.attendance[training]", "value": 1001, "facts": 7},
    {"figure": "activity.days[survey]", "value": 2},
    {"figure": "activity.visited[enterprise_visit]", "value": 25, "at": "township"},
    {"figure": "activity.villages[science]", "value": 11, "tags": ["field_service"]},
    {"figure": "activity.townships[science]", "value": 4, "tags": ["field_service"]},
    {"figure": "activity.all_time[sports_meeting]", "value": 6},
    {"figure": "matter.solved[dispute,rural_area]", "value": 14, "at": "village"},
    {"figure": "matter.received[request]", "value": 5},
    {"figure": "problem.guaranteed[weak_organisation]", "value": 8, "at": "village"},
    {"figure": "pledge.kept[deed]", "value": 3},
    {"figure": "honour.star4", "value": 9, "at": "branch"},
    {"figure": "honour.granted[model_organisation,provincial]", "value": 4, "at": "village"},
    {"figure": "site.upgraded[service_centre]", "value": 6, "at": "village"},
    {"figure": "roster.people[teacher]", "value": 5},
    {"figure": "roster.current[grid_worker]", "value": 5},
    {"figure": "money.spent[site_building]", "value": 100001, "facts": 3},
    {"figure": "money.per_person_month[talent_allowance]", "value": 1000, "over": 36, "facts": 4},
    {"figure": "village.income_50k", "value": 90},
    {"figure": "organisation.villages", "value": 20},
    {"figure": "organisation.founded[on_chain]", "value": 3, "at": "village"},
    {"figure": "organisation.founded_two_new", "value": 2, "at": "street"},
    {"figure": "organisation.founded_temporary", "value": 2, "org": "B"},
    {"figure": "organisation.paired_agencies", "value": 2, "fields": {"other": "village"}},
    {"figure": "platform.pushed", "value": 100, "facts": 12, "fields": {"issuer": "平台", "document": "{month}月报"}},
    {"figure": "committee.college_change", "value": 30, "over": 100, "base": 40, "at": "village",
     "fields": {"education": "below_college", "reason": "term_over"}},
]  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure["figure"])
def test_the_oracle_finds_what_was_promised(figure: dict[str, Any]) -> None:
    assert by_the_oracle(planned(figure), figure) == figure["value"]


def test_promises_side_by_side_do_not_disturb_each_other() -> None:
    found = planned(*FIGURES)
    assert [by_the_oracle(found, figure) for figure in FIGURES] == [figure["value"] for figure in FIGURES]


def test_the_same_file_gives_the_same_facts() -> None:
    assert rows(planned(*FIGURES)) == rows(planned(*FIGURES))
    assert planned(*FIGURES).persons == planned(*FIGURES).persons


def test_what_is_counted_is_told_one_fact_each() -> None:
    found = rows(planned({"figure": "activity.sessions[lecture]", "value": 37, "at": "village"}))
    assert len(found) == 37
    assert all(row.body == {"tags": ["lecture"]} for row in found)
    assert len({row.org for row in found}) == 20


def test_facts_are_spread_over_the_days_of_the_period() -> None:
    days = sorted(row.day for row in rows(planned({"figure": "activity.sessions[lecture]", "value": 365})))
    assert len(set(days)) == 365
    assert (days[0].isoformat(), days[-1].isoformat()) == ("2025-01-01", "2025-12-31")


def test_a_sum_is_told_in_the_facts_that_are_there() -> None:
    found = rows(
        planned(
            {"figure": "activity.sessions[training]", "value": 5},
            {"figure": "activity.attendance[training]", "value": 103},
        )
    )
    assert sorted(row.body["present"] for row in found) == [20, 20, 21, 21, 21]


def test_a_share_is_told_by_facts_of_the_whole() -> None:
    found = planned(
        {"figure": "member.admitted", "value": 50, "at": "branch", "fields": {"age_band": "b41_45"}},
        {"figure": "member.admitted_young_share", "value": 68},
    )
    bands = Counter(str(row.body["age_band"]) for row in rows(found))
    assert bands == {"b18_30": 34, "b41_45": 16}
    assert len(found.persons) == 50


def test_a_rate_needs_no_facts_of_its_own_where_its_parts_are_told() -> None:
    parts = [
        {"figure": "matter.solved[request]", "value": 1187},
        {"figure": "matter.received[request]", "value": 1233},
    ]
    assert len(rows(planned(*parts, {"figure": "matter.solved_rate[request]", "value": Decimal("96.3")}))) == 2420


def test_thresholds_lie_upon_each_other() -> None:
    both = [{"figure": "village.income_50k", "value": 90}, {"figure": "village.income_500k", "value": 25}]
    found = planned(*both)
    assert [by_the_oracle(found, one) for one in both] == [90, 25]
    assert len(rows(found)) == 18 + 5


def test_a_thing_is_opened_before_it_is_closed_and_within_the_period() -> None:
    found = rows(planned({"figure": "matter.solved[request]", "value": 40}))
    opened = {row.about: row.day for row in found if row.kind == "matter.opened"}
    closed = {row.about: row.day for row in found if row.kind == "matter.closed"}
    assert opened.keys() == closed.keys()
    assert all(opened[about] <= day for about, day in closed.items())
    assert min(opened.values()).year == 2025


def test_people_are_recorded_before_they_are_named() -> None:
    found = planned({"figure": "roster.people[teacher]", "value": 5})
    assert {person.person for person in found.persons} == {row.body["person"] for row in rows(found)}
    assert all(person.name for person in found.persons)


def test_units_bear_different_names_under_one_roof() -> None:
    crowd = {"code": "X", "kind": "branch", "domain": "rural", "number": 3000, "ending": "党支部", "under": "B"}
    found = planned({"figure": "activity.days[survey]", "value": 1}, crowds=[crowd])
    names = [(unit.parent, unit.name) for unit in found.forest.found.values()]
    assert len(set(names)) == len(names) == 3002


def test_a_cited_list_and_a_rule_stand_beside_the_figures() -> None:
    found = planned(
        {"figure": "activity.days[survey]", "value": 1},
        citations=[{"org": "B", "value": 19, "issuer": "某会", "document": "某方案", "day": "2025-03-01"}],
        rules=[{"rule": "contact.residents", "value": 2}],
    )
    (cited,) = [row for row in rows(found) if row.kind == "citation.recorded"]
    assert cited.body == {"tags": ["list_size"], "value": "19", "issuer": "某会", "document": "某方案"}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: planned({"figure": "no.such", "value": 1}), "no indicator no.such"),
        (lambda: planned({"figure": "organisation.villages", "value": 21}), "does not hold 21"),
        (lambda: planned({"figure": "activity.villages[science]", "value": 21}), "20 units do not serve for 21"),
        (lambda: planned({"figure": "honour.star4", "value": 13, "at": "branch"}), "12 units do not serve"),
        (lambda: planned({"figure": "activity.sessions[lecture]", "value": 3, "at": "community"}), "no unit of kind"),
        (lambda: planned({"figure": "village.income_50k", "value": 120}), "cannot be reached"),
        (lambda: planned({"figure": "committee.college_change", "value": 30}), "`over` and `base`"),
        (lambda: planned({"figure": "money.spent[site_building]", "value": Decimal("10.5")}), "no whole number"),
        (lambda: planned({"figure": "matter.received[request]", "value": 3},
                         {"figure": "matter.solved[request]", "value": 3}), "promises 3, the facts give 6"),
        (lambda: planned({"figure": "matter.solved[request]", "value": 4},
                         {"figure": "matter.received[request]", "value": 3}), "more is planned already"),
        (lambda: planned({"figure": "activity.days[survey]", "value": 1},
                         rules=[{"rule": "contact.residents", "value": 3}]), "contact.residents is not 3"),
        (lambda: planned({"figure": "activity.days[survey]", "value": 1},
                         rules=[{"rule": "no.such", "value": 3}]), "no.such is not 3"),
    ],
)  # fmt: skip
def test_what_no_facts_can_keep_is_refused(make: Callable[[], Plan], said: str) -> None:
    with pytest.raises(Refused) as found:
        make()
    assert said in found.value.problems[0].message_en
