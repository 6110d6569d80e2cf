"""The facts of a large invented city: the mart's own columns, real-looking skew, the same for the same seed."""

import json
from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from gangmu.catalog.bodies import check_body
from gangmu.catalog.current import catalog
from gangmu.cli.synth.facts import City, segments
from gangmu.cli.synth.forest import planned
from gangmu.cli.synth.recipes import FOLLOWING, RECIPES
from gangmu.indicators.incoming import INCOMING
from gangmu.indicators.mart import logical_digest
from gangmu.kernel.canon import canonical

UNITS, FACTS, SIZE = 300, 30_000, 8_000


def drawn(seed: int = 1, facts: int = FACTS) -> list[pa.Table]:
    return list(segments(City.of(seed, planned(seed, UNITS)), facts, SIZE))


@pytest.fixture(scope="module")
def tables() -> list[pa.Table]:
    return drawn()


@pytest.fixture(scope="module")
def whole(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables)


def test_segments_have_the_columns_of_sealed_ones_and_are_no_larger_than_asked(tables: list[pa.Table]) -> None:
    assert [table.num_rows for table in tables] == [8_000, 8_000, 8_000, 6_000]
    assert all(table.schema == INCOMING for table in tables)


def test_facts_are_numbered_below_zero_without_gaps(whole: pa.Table) -> None:
    assert whole["seq"].to_pylist() == list(range(-FACTS, 0))


def test_numbers_follow_arrival_within_a_segment(tables: list[pa.Table]) -> None:
    for table in tables:
        received = table["received"].to_pylist()
        assert received == sorted(received)


def test_the_same_seed_gives_the_same_facts_and_another_others(tables: list[pa.Table]) -> None:
    digests = [logical_digest(table) for table in tables]
    assert [logical_digest(table) for table in drawn()] == digests
    assert not set(digests) & {logical_digest(table) for table in drawn(seed=2)}


def test_no_two_facts_share_an_id(whole: pa.Table) -> None:
    assert pc.count_distinct(whole["id"]).as_py() == FACTS


def test_every_kind_of_the_recipes_is_there_and_the_commonest_is_activity(whole: pa.Table) -> None:
    counts = Counter(whole["kind"].to_pylist())
    assert set(counts) == {recipe.kind for recipe in RECIPES} | set(FOLLOWING) | {"reverse"}
    assert counts.most_common(1)[0][0] == "activity.held"


def test_bodies_are_canonical_and_pass_the_rules_of_the_catalog(whole: pa.Table) -> None:
    known = catalog()
    for kind in sorted(set(whole["kind"].to_pylist()) - {"reverse"}):
        some = whole.filter(pc.equal(whole["kind"], kind)).slice(0, 60)
        for text in some["body"].to_pylist():
            body = json.loads(text)
            assert canonical(body).decode() == text
            said = {key: value for key, value in body.items() if key != "late_reason"}
            assert [str(one) for one in check_body(known.facts[kind], said, {}, known.validators[kind])] == []


def test_late_facts_say_why_and_others_do_not(whole: pa.Table) -> None:
    late = pc.greater(whole["late_days"], 7)
    told = pc.match_substring(whole["body"], '"late_reason"')
    assert pc.all(pc.equal(late, told)).as_py()
    assert 0.02 < pc.mean(late.cast(pa.int8())).as_py() < 0.3


def test_a_few_units_hold_much_of_the_record_and_units_differ_in_lateness(whole: pa.Table) -> None:
    activity = whole.filter(pc.equal(whole["kind"], "activity.held"))
    by_unit = sorted(Counter(activity["org"].to_pylist()).values(), reverse=True)
    assert sum(by_unit[: len(by_unit) // 10]) > 0.3 * sum(by_unit)
    late = {org: [] for org, count in Counter(activity["org"].to_pylist()).items() if count > 40}
    for org, days in zip(activity["org"].to_pylist(), activity["late_days"].to_pylist(), strict=True):
        if org in late:
            late[org].append(days > 7)
    shares = [np.mean(one) for one in late.values()]
    assert max(shares) > 3 * min(shares) + 0.05


def test_december_is_busier_than_february(whole: pa.Table) -> None:
    months = Counter(day.month for day in whole["day"].to_pylist() if day.year == 2025)
    assert months[12] > 1.5 * months[2]


def test_what_follows_comes_after_what_opened_the_thing(whole: pa.Table) -> None:
    opened: dict[str, date] = {}
    closed = 0
    for kind, about, day in zip(*(whole[name].to_pylist() for name in ("kind", "about", "day")), strict=True):
        if kind == "matter.opened":
            opened[about] = day
        elif kind in ("matter.closed", "matter.moved"):
            assert day >= opened[about]
            closed += kind == "matter.closed"
    assert 0.5 * len(opened) < closed < len(opened)


def test_a_reversal_names_an_earlier_fact_of_the_same_unit(whole: pa.Table) -> None:
    rows = whole.select(["id", "org", "reverses"]).to_pylist()
    at = {row["id"]: (place, row["org"]) for place, row in enumerate(rows)}
    backs = [(place, row) for place, row in enumerate(rows) if row["reverses"]]
    assert len(backs) > 30
    for place, row in backs:
        earlier, org = at[row["reverses"]]
        assert earlier < place
        assert org == row["org"]


def test_nothing_arrives_before_it_happened(whole: pa.Table) -> None:
    assert pc.min(whole["late_days"]).as_py() >= 0
    assert pc.max(whole["day"]).as_py() <= date(2025, 12, 31)
