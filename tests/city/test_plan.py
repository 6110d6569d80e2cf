"""The invented city: the same seed gives the same city, as large and as uneven as promised."""

import gc
import subprocess
import sys
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from gangmu.cli.city import changes, people, year
from gangmu.cli.city.load import seldom_collected
from gangmu.cli.city.names import COUNTIES, places
from gangmu.cli.city.plan import BRANCH_KINDS, YEAR, City, Size, Unit, chance, ordinal, plan
from gangmu.kernel.canon import canonical
from gangmu.records.entries import Entry

LEVELS = ("city", "county", "organ", "township", "village", "branch")


@pytest.fixture(scope="module")
def whole() -> City:
    return plan()


def year_of(city: City, unit: Unit) -> list[Entry]:
    return list(changes.written(city, [unit]))


def digest(city: City) -> str:
    """One digest over everything planned: units, people, seats, entries."""
    total = sha256()
    for unit in city.units:
        total.update(repr((unit.new, unit.quality, unit.members)).encode())
        for one in year_of(city, unit):
            total.update(canonical({"kind": one.kind, "idem": one.idem, "about": one.about, "body": dict(one.body)}))
            total.update(one.start.isoformat().encode())
    for unit in city.of_level("branch"):
        total.update(repr([*people.persons(unit), *people.memberships(unit), *people.stages(unit)]).encode())
    return total.hexdigest()


def test_another_process_with_another_hash_seed_plans_the_same_city(small: City) -> None:
    code = "from tests.city.test_plan import *; print(digest(plan(Size.scaled(0.05))))"
    env = {"PYTHONHASHSEED": "4711", "PYTHONPATH": ".", "PATH": "", "DJANGO_SETTINGS_MODULE": "gangmu.settings"}
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.strip()
    assert told == digest(small)


def test_the_city_is_as_large_as_promised(whole: City) -> None:
    kinds = Counter(unit.new.kind for unit in whole.units)
    assert kinds["county_committee"] == 3
    assert kinds["township"] + kinds["street"] == 18
    assert kinds["village"] + kinds["community"] == 220
    assert sum(kinds[kind] for kind in BRANCH_KINDS) == 1600
    assert sum(unit.members for unit in whole.units) == 24_000


def test_the_year_and_the_people_are_about_150_000_facts(whole: City) -> None:
    facts = len(whole.units) + sum(len(year_of(whole, unit)) for unit in whole.units)
    for unit in whole.of_level("branch"):
        facts += 2 * unit.members + len(list(people.stages(unit)))
        facts += sum(1 + (seat.holder is not None) for seat in people.seats(unit, people.members(unit)))
    assert 140_000 <= facts <= 165_000


def test_sisters_have_different_names_and_every_unit_its_own_code(whole: City) -> None:
    names = Counter((unit.new.parent, unit.new.name) for unit in whole.units)
    assert max(names.values()) == 1
    assert len(whole.by_code) == len(whole.units)


def test_parents_come_before_their_children(whole: City) -> None:
    known: set[object] = {None}
    for unit in whole.units:
        assert unit.new.parent in known
        known.add(unit.org)


@pytest.mark.parametrize("members", [1000, 2500])
def test_every_branch_has_between_three_and_fifty_members(members: int) -> None:
    sizes = [unit.members for unit in plan(Size(6, 14, 70, members)).of_level("branch")]
    assert sum(sizes) == members
    assert min(sizes) >= 3
    assert max(sizes) <= 50


def test_there_are_good_units_and_weak_ones(whole: City) -> None:
    qualities = sorted(unit.quality for unit in whole.of_level("branch"))
    assert qualities[len(qualities) // 20] < 0.6
    assert qualities[-len(qualities) // 20] > 0.9


def test_good_branches_hold_more_of_what_they_should(whole: City) -> None:
    branches = sorted((one for one in whole.of_level("branch") if one.new.at.year < YEAR), key=lambda one: one.quality)
    weak, good = (sum(len(list(year.entries(one))) for one in some) for some in (branches[:100], branches[-100:]))
    assert good > 1.2 * weak


def test_some_posts_are_vacant_and_some_fell_vacant_in_the_year(whole: City) -> None:
    seats = [seat for unit in whole.of_level("branch") for seat in people.seats(unit, people.members(unit))]
    vacant = sum(seat.holder is None for seat in seats) / len(seats)
    assert 0.01 < vacant < 0.12
    assert any(seat.left for seat in seats)


def test_two_branches_wrote_down_the_same_attendance_all_year_and_all_of_it_late(whole: City) -> None:
    codes = changes.padded_units(whole)
    assert len(codes) == 2
    for code in codes:
        held = [one for one in year_of(whole, whole.by_code[code]) if one.kind == "activity.held"]
        assert len(held) >= 15
        assert {one.body["present"] for one in held} == {changes.SIGNED_UP}
        assert {one.body["late_reason"] for one in held} == {"found_later"}


def test_the_merged_township_records_nothing_after_its_last_day(whole: City) -> None:
    ended, into = changes.merged_pair(whole)
    days = {one.first_day for one in year_of(whole, ended)}
    assert max(days) < changes.MERGED
    assert max(one.first_day for one in year_of(whole, into)) > changes.MERGED


def test_everything_happens_in_the_life_of_its_unit_and_not_after_the_year(whole: City) -> None:
    for unit in whole.units:
        for one in year_of(whole, unit):
            assert unit.new.at <= one.first_day <= date(YEAR, 12, 31), one.idem


def test_nobody_is_present_who_is_not_expected(whole: City) -> None:
    for unit in whole.of_level("branch"):
        for one in year_of(whole, unit):
            if one.kind == "activity.held":
                assert int(str(one.body["present"])) <= int(str(one.body["expected"])), one.idem


def test_what_moves_or_ends_began_before(whole: City) -> None:
    for unit in whole.units:
        entries = [one for one in year_of(whole, unit) if one.kind.partition(".")[0] not in ("activity", "honour")]
        begun = {one.about: one.first_day for one in entries if one.kind.endswith((".opened", ".started"))}
        for one in entries:
            if one.kind.endswith((".moved", ".closed", ".ended")):
                assert begun[one.about] <= one.first_day, one.idem


def test_request_keys_are_all_different(whole: City) -> None:
    keys = Counter(one.idem for unit in whole.units for one in year_of(whole, unit))
    assert max(keys.values()) == 1


def test_no_more_places_are_named_than_the_syllables_give() -> None:
    with pytest.raises(ValueError, match="10000 places"):
        places(chance("test"), 10_000)
    assert len(set(places(chance("test"), 400))) == 400
    assert len(set(COUNTIES)) == 3


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")])
def test_ordinals_are_said_as_people_say_them(number: int, said: str) -> None:
    assert ordinal(number) == said


@pytest.mark.parametrize(
    ("birth", "on", "band"),
    [
        (date(1995, 6, 1), date(2025, 6, 2), "b18_30"),
        (date(1994, 5, 1), date(2025, 6, 2), "b31_35"),
        (date(1994, 7, 1), date(2025, 6, 2), "b18_30"),
        (date(1960, 1, 1), date(2025, 6, 2), "b61"),
    ],
)
def test_age_bands_are_those_of_the_day(birth: date, on: date, band: str) -> None:
    assert people.age_band(birth, on) == band


def test_after_loading_python_collects_as_often_as_before() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_a_level_and_a_desk_hold_every_unit_once_in_the_order_of_founding(whole: City) -> None:
    by_level = [unit for level in LEVELS for unit in whole.of_level(level)]
    by_desk = [unit for desk in whole.desks for unit in whole.at_desk(desk)]
    assert sorted(unit.code for unit in by_level) == sorted(unit.code for unit in by_desk) == sorted(whole.by_code)
    places = {unit.code: place for place, unit in enumerate(whole.units)}
    for level in LEVELS:
        found = [places[unit.code] for unit in whole.of_level(level)]
        assert found == sorted(found)
    assert whole.of_level("province") == ()
