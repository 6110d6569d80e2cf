"""The digest of a day: one for each account at most, its own first, upward only units, persons only as how many."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, OrgId
from gangmu.orgs import actions
from gangmu.orgs.queries import granted_units
from gangmu.reminders.carriers import BOTS
from gangmu.reminders.digests import Digest, Line, digests
from gangmu.reminders.message import LINES, letter
from gangmu.reminders.rules import newly_told, since_when
from gangmu.reminders.sending import words
from tests.duties.test_standing import seat
from tests.orgs.cast import SOME_DAY, City

BRANCH, VILLAGE, TOWN = "柳溪支部", "柳溪村", "东镇"
KEY = "branch.members_meeting"
BEFORE, AFTER = date(2025, 3, 26), date(2025, 4, 1)  # three working days before the quarter ends, and one after


def account(city: City, login: str, role: str, over: str, person: str = "") -> AccountId:
    """An account of that role that was there all the time."""
    named = {"person": city.person(person, BRANCH)} if person else {}
    made = actions.open_account(login, by=city.keeper, at=SOME_DAY, idem=f"o/{login}", **named)
    actions.grant(made, role, city[over], by=city.keeper, at=SOME_DAY, idem=f"g/{login}")
    return made


def on(day: date, *accounts: AccountId) -> dict[AccountId, Digest]:
    return {one.account: one for one in digests(accounts, day, since_when([], day, catalog().calendar))}


def meetings(found: tuple[Line, ...]) -> list[OrgId]:
    return [line.org for line in found if line.duty == KEY]


def day_of(whom: str, one: str = BRANCH) -> date:
    """When somebody is told of the meeting of the first quarter, by the rules alone."""
    from tests.reminders.test_rules import meeting, told_on

    return told_on(meeting())[whom]


def test_the_unit_is_told_before_the_deadline_and_its_secretary_after_it(city: City) -> None:
    mine = account(city, "mishu", "branch_secretary", BRANCH)
    for whom in ("bearer", "secretary"):
        found = on(day_of(whom), mine)[mine]
        assert meetings(found.here) == [city[BRANCH]]
        assert found.beneath == ()


def test_above_hears_nothing_until_grace_and_three_working_days_have_passed(city: City) -> None:
    mine, above = account(city, "mishu", "branch_secretary", BRANCH), account(city, "cun", "party_clerk", VILLAGE)
    first = day_of("parent")
    day = BEFORE
    while day < first:
        found = on(day, mine, above).get(above)
        assert found is None or meetings(found.beneath) == []
        day += timedelta(days=1)
    assert meetings(on(first, above)[above].beneath) == [city[BRANCH]]
    assert on(first, mine).get(mine) is None or KEY not in {one.duty for one in on(first, mine)[mine].here}


def test_the_nearest_unit_above_that_somebody_keeps_is_told_and_no_other(city: City) -> None:
    town, first = account(city, "zhen", "party_clerk", TOWN), day_of("parent")
    kept = granted_units(["branch_secretary", "party_clerk"], first)
    assert city[VILLAGE] not in kept
    assert city[BRANCH] in meetings(on(first, town)[town].beneath)  # nobody keeps the village: the town is next
    village = account(city, "cun", "party_clerk", VILLAGE)
    found = on(first, town, village)
    assert city[BRANCH] in meetings(found[village].beneath)
    assert town not in found or city[BRANCH] not in meetings(found[town].beneath)


def test_what_one_person_owes_is_told_to_that_person_and_counted_for_the_secretary_alone(city: City) -> None:
    seat(city, BRANCH, "organisation", "苏禾")
    seat(city, BRANCH, "publicity", "沈一鸣")
    mine = account(city, "suhe", "branch_secretary", BRANCH, person="苏禾")
    other = account(city, "mishu", "branch_secretary", BRANCH)
    above = account(city, "cun", "party_clerk", VILLAGE)
    heard: dict[AccountId, list[Line]] = {mine: [], other: [], above: []}
    day = date(2025, 12, 22)
    while day < date(2026, 1, 20):
        for who, found in on(day, mine, other, above).items():
            heard[who] += [one for one in (*found.here, *found.beneath) if one.duty == "officer.talks"]
        day += timedelta(days=1)
    assert any(one.own and one.count == 1 for one in heard[mine])
    assert heard[other]
    assert not any(one.own for one in heard[other])
    assert {one.count for one in heard[other]} == {2}  # two officers: how many, and not which
    assert heard[above] == []


def test_on_a_day_of_rest_nobody_has_a_digest(city: City) -> None:
    mine = account(city, "mishu", "branch_secretary", BRANCH)
    assert on(date(2025, 3, 29), mine) == {}  # a Saturday
    assert on(date(2025, 4, 4), mine) == {}  # Qingming


def test_who_only_reads_is_told_of_nothing(city: City) -> None:
    reader = account(city, "lingdao", "leader", TOWN)
    for whom in ("bearer", "secretary", "parent"):
        assert on(day_of(whom), reader) == {}


def test_a_closed_account_is_told_of_nothing(city: City) -> None:
    mine = account(city, "mishu", "branch_secretary", BRANCH)
    actions.close_account(mine, by=city.keeper, at=clock.today(), idem="close")
    assert list(digests([mine], clock.today(), clock.today() - timedelta(days=9))) == []


def test_the_counts_are_those_of_the_lines() -> None:
    found = Digest(AccountId("a"), (Line(KEY, OrgId("u"), BEFORE, 2), Line(KEY, OrgId("u"), BEFORE, 1, own=True)),
                   (Line(KEY, OrgId("v"), BEFORE, 3),))  # fmt: skip
    assert (found.counts.own, found.counts.unit, found.counts.beneath, found.counts.whole) == (1, 2, 3, 6)


def test_a_letter_names_the_duty_the_unit_and_the_day_and_no_person(city: City) -> None:
    seat(city, BRANCH, "organisation", "苏禾")
    mine = account(city, "suhe", "branch_secretary", BRANCH, person="苏禾")
    found = on(day_of("bearer"), mine)[mine]
    told = letter(found, day_of("bearer"), "https://x.example/", "zh-hans")
    assert "支部党员大会" in told.text
    assert "2025-03-31到期" in told.text
    assert "https://x.example/" in told.text
    assert "苏禾" not in told.text + told.subject
    english = letter(found, AFTER, "https://x.example/", "en")
    assert "was due on 2025-03-31" in english.text


def test_a_long_letter_is_cut_and_says_so(db: None) -> None:
    lines = tuple(Line(KEY, OrgId(f"{number:032x}"), BEFORE) for number in range(LINES + 5))
    told = letter(Digest(AccountId("a"), lines, ()), BEFORE, "https://x.example/", "zh-hans")
    assert told.text.count("·") == LINES
    assert "还有5行" in told.text


NAMES = st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12), min_size=1,
                 max_size=6, unique=True)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    names=NAMES,
    counts=st.lists(st.integers(1, 40), min_size=1, max_size=6),
    language=st.sampled_from(["zh-hans", "en"]),
)
def test_whatever_units_and_people_are_called_a_bot_never_says_it(
    names: list[str], counts: list[int], language: str
) -> None:
    """The names stand wherever a digest holds anything; what a bot is handed has only numbers and the link."""
    lines = tuple(Line(f"duty.{name}", OrgId(name), BEFORE, count) for name, count in zip(names, counts, strict=False))
    found = Digest(AccountId(names[0]), lines, lines)
    fixed = "纲目有件要看看本人单位下级Gangmu"
    for carrier in BOTS:
        text = words(carrier, language, found, BEFORE).text
        for name in names:
            if not set(name) <= set(fixed):
                assert name not in text
        assert not any(key in text for key in ("duty.", KEY))
        shapes = words(carrier, language, Digest(AccountId("x"), tuple(
            Line("d", OrgId("o"), BEFORE, line.count) for line in lines), tuple(
            Line("d", OrgId("o"), BEFORE, line.count) for line in lines)), BEFORE)  # fmt: skip
        assert shapes.text == text  # the same counts make the same words, whoever is meant


def test_what_is_newly_told_needs_the_day_of_the_status(city: City) -> None:
    nobody = SimpleNamespace(state="waived", on=BEFORE)
    assert newly_told(nobody, catalog().calendar, AFTER) == frozenset()  # type: ignore[arg-type]


@pytest.mark.parametrize(("roles", "count"), [([], 0), (["leader"], 0)])
def test_units_are_kept_by_the_roles_asked_for(city: City, roles: list[str], count: int) -> None:
    assert len(granted_units(roles, clock.today())) == count
