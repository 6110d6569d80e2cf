"""Dues by the whole base with exact decimals, outcomes of the yearly review: sealed, and told as sums and counts."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, member_sheets, rosters
from gangmu.orgs.actions.member_sheets import record_dues, record_outcomes, set_base
from gangmu.orgs.entries import NewMembership
from gangmu.orgs.rules.member_sheets import OUTCOMES, K, amount, told_counts, told_sums
from tests.orgs.cast import City

BRANCH = "柳溪支部"
D = Decimal


@pytest.mark.parametrize(
    ("payer", "base", "due"),
    [
        ("salaried", "0", "0.00"), ("salaried", "2999.99", "15.00"), ("salaried", "3000", "15.00"),
        ("salaried", "3000.01", "30.00"), ("salaried", "4200", "42.00"), ("salaried", "5000", "50.00"),
        ("salaried", "5000.01", "75.00"), ("salaried", "10000", "150.00"), ("salaried", "10000.01", "200.00"),
        ("salaried", "12345.67", "246.91"), ("retired", "5000", "25.00"), ("retired", "5000.01", "50.00"),
        ("farmer", "99999", "0.20"), ("least", "0", "0.20"),
    ],
)  # fmt: skip
def test_dues_are_a_share_of_the_whole_base_to_the_fen(payer: str, base: str, due: str) -> None:
    assert catalog().dues["dues"].due(payer, D(base), date(2025, 6, 30)) == D(due)


@pytest.mark.parametrize(("payer", "on"), [("emperor", date(2025, 1, 1)), ("salaried", date(2008, 3, 31))])
def test_whom_the_table_does_not_know_on_the_day_owes_nothing_by_it(payer: str, on: date) -> None:
    assert catalog().dues["dues"].due(payer, D(100), on) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("15", D(15)), (" 15.50 ", D("15.5")), ("0", D(0)), ("15.505", None), ("-1", None), ("十五", None), ("", None),
     ("NaN", None), ("Infinity", None), ("1e9", None)],
)  # fmt: skip
def test_an_amount_has_two_places_at_most(text: str, found: Decimal | None) -> None:
    assert amount(text) == found


def test_no_count_under_ten_is_told_and_none_can_be_worked_out_from_the_whole() -> None:
    pick = random.Random(2025)
    for _ in range(2000):
        counts = {key: pick.choice((0, 1, 3, 9, 10, 11, pick.randrange(60))) for key in OUTCOMES}
        told = told_counts(counts)
        hidden = [counts[key] for key, number in told.items() if number is None]
        assert all(number is None or number == 0 or number >= K for number in told.values()), counts
        assert len(hidden) != 1 or sum(counts.values()) == hidden[0], counts  # alone, it is all there is


def test_what_is_left_of_a_whole_is_never_the_sum_of_a_small_group() -> None:
    pick = random.Random(2026)
    for _ in range(2000):
        persons = {str(key): pick.randrange(1, 41) for key in range(pick.randrange(1, 9))}
        told = told_sums({key: (number, D(number * 10)) for key, number in persons.items()})
        hidden = [persons[key] for key, total in told.items() if total is None]
        assert all(persons[key] >= K for key, total in told.items() if total is not None), persons
        if hidden and len(hidden) < len(persons):
            assert len(hidden) > 1, persons
            assert sum(hidden) >= K, persons


@pytest.fixture
def members(city: City) -> Callable[[int], list[str]]:
    def some(number: int) -> list[str]:
        return [city.member(f"党员{'甲乙丙丁戊己庚辛壬癸子丑'[place]}") for place in range(number)]

    return some


def test_a_month_is_one_record_of_sealed_parts_and_shown_as_sums(
    city: City, members: Callable[[int], list[str]]
) -> None:
    month, those = clock.today().replace(day=1), members(10)
    set_base(those[0], "salaried", D("4200"), by=city.clerk, at=month, idem="b")
    record_dues(city[BRANCH], month, dict.fromkeys(those, D("20.50")), by=city.clerk, idem="d")
    told = member_sheets.dues_of(city.clerk.scope, city["柳林县"], month)
    assert (told.persons, told.due, told.paid) == (10, D("42.00") + 9 * D("20.50"), D("205.00"))
    fact = member_sheets.standing(member_sheets.COLLECTED, frozenset({city[BRANCH]}))[0]
    assert fact.body["payers"] == 10
    entry = ledger.entry(fact.id).decode()
    assert "20.5" not in entry
    assert "42.00" not in entry
    assert not [person for person in those if person in entry]


def test_a_base_is_sealed_and_a_later_one_counts_from_then_on(city: City, members: Callable[[int], list[str]]) -> None:
    one, today = members(1)[0], clock.today()
    set_base(one, "farmer", D(0), by=city.clerk, at=today - timedelta(40), idem="b1")
    set_base(one, "salaried", D("5200"), by=city.clerk, at=today, idem="b2")
    assert member_sheets.bases({one: ""}) == {one: ("salaried", D("5200"))}
    facts = ledger.history([one], (member_sheets.BASE_SET,))
    assert not [fact for fact in facts if "5200" in ledger.entry(fact.id).decode()]


def test_fewer_than_ten_are_withheld(city: City, members: Callable[[int], list[str]]) -> None:
    today, those = clock.today(), members(9)
    record_dues(city[BRANCH], today.replace(day=1), dict.fromkeys(those, D(5)), by=city.clerk, idem="d")
    record_outcomes(city[BRANCH], today.year, dict.fromkeys(those, "qualified"), by=city.clerk, at=today, idem="o")
    told = member_sheets.dues_of(city.clerk.scope, city[BRANCH], today.replace(day=1))
    assert (told.due, told.paid, set(told.units.values())) == (None, None, {None})
    assert set(member_sheets.outcomes_of(city.clerk.scope, city[BRANCH], today.year).counts.values()) == {None}


def test_outcomes_are_counts_of_ten_or_more_and_sealed_one_by_one(
    city: City, members: Callable[[int], list[str]]
) -> None:
    today, those = clock.today(), members(12)
    outcomes = {one: "excellent" if place < 2 else "qualified" for place, one in enumerate(those)}
    record_outcomes(city[BRANCH], today.year, outcomes, by=city.clerk, at=today, idem="o")
    told = member_sheets.outcomes_of(city.clerk.scope, city[BRANCH], today.year)
    assert told.rated == 12
    assert told.counts == {"excellent": None, "qualified": None, "basic": 0, "unqualified": 0}
    fact = member_sheets.standing(member_sheets.SETTLED, frozenset({city[BRANCH]}))[0]
    assert "excellent" not in ledger.entry(fact.id).decode()


@pytest.mark.parametrize(
    ("excellent", "other", "code"),
    [(3, "qualified", ""), (5, "qualified", "orgs.too_many_excellent"), (1, "splendid", "orgs.no_such_outcome")],
)
def test_no_more_than_a_third_are_excellent_and_there_are_four_outcomes(
    city: City, members: Callable[[int], list[str]], excellent: int, other: str, code: str
) -> None:
    today, those = clock.today(), members(12)
    outcomes = {one: "excellent" if place < excellent else other for place, one in enumerate(those)}
    try:
        record_outcomes(city[BRANCH], today.year, outcomes, by=city.clerk, at=today, idem="o")
        said = ""
    except Refused as refusal:
        said = refusal.problems[0].code
    assert said == code


def test_a_month_is_recorded_once_and_for_members_of_the_branch(
    city: City, members: Callable[[int], list[str]]
) -> None:
    month, those = clock.today().replace(day=1), members(2)
    record_dues(city[BRANCH], month, {those[0]: D(5)}, by=city.clerk, idem="d")
    record_dues(city[BRANCH], month, {those[0]: D(5)}, by=city.clerk, idem="d")
    for paid, code in (({those[1]: D(5)}, "orgs.sheet_twice"), ({}, "orgs.sheet_empty"),
                       ({"f" * 32: D(5)}, "orgs.sheet_stranger"), ({those[1]: D("5.005")}, "orgs.no_amount")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            record_dues(city[BRANCH], month, paid, by=city.clerk, idem=f"x{code[-3:]}")
        assert code in [problem.code for problem in refused.value.problems]
    assert len(member_sheets.standing(member_sheets.COLLECTED, frozenset({city[BRANCH]}))) == 1


def test_a_payer_nobody_knows_and_a_stranger_are_refused(city: City, members: Callable[[int], list[str]]) -> None:
    one, today = members(1)[0], clock.today()
    with pytest.raises(Refused) as refused:
        set_base(one, "emperor", D(1), by=city.clerk, at=today, idem="b")
    assert [problem.code for problem in refused.value.problems] == ["orgs.no_such_payer"]
    stranger = city.account("wai", "branch_secretary", "石桥支部")
    leader = city.account("ling", "leader", "青禾市")
    for who in (stranger, leader):
        with pytest.raises(Refused):
            set_base(one, "farmer", D(0), by=who, at=today, idem="b")
        with pytest.raises(Refused):
            record_dues(city[BRANCH], today, {one: D(1)}, by=who, idem="d")
        with pytest.raises(Refused):
            record_outcomes(city[BRANCH], 2025, {one: "qualified"}, by=who, at=today, idem="o")
        with pytest.raises((Refused, NotFound)):
            member_sheets.dues_of(who.scope, city[BRANCH], today)
        with pytest.raises((Refused, NotFound)):
            member_sheets.outcomes_of(who.scope, city[BRANCH], 2025)


def test_probationary_members_are_not_graded(city: City) -> None:
    person = city.person("沈秋")
    new = NewMembership(city[BRANCH], person, "admitted", "probationary", "rural", "b18_30", clock.today(), "m")
    one = actions.start_membership(new, by=city.clerk)
    with pytest.raises(Refused) as refused:
        record_outcomes(city[BRANCH], 2025, {one: "qualified"}, by=city.clerk, at=clock.today(), idem="o")
    assert [problem.code for problem in refused.value.problems] == ["orgs.outcome_probation"]


def test_no_figure_and_no_duty_reads_what_is_sealed_here(city: City) -> None:
    texts = [row.text for one in catalog().indicators.values() for row in one.formula]
    kinds = (member_sheets.BASE_SET, member_sheets.COLLECTED, member_sheets.SETTLED)
    assert not [text for text in texts if any(kind in text for kind in kinds)]
    assert rosters.members(city.clerk.scope, city[BRANCH]) == ()
