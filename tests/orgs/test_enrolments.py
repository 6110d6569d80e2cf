"""Rosters: people entered by a document and taken off again, counted as figures count them, named within scope alone."""

from datetime import date, timedelta

import pytest

from gangmu.catalog.current import catalog
from gangmu.indicators import queries as indicators
from gangmu.kernel import clock
from gangmu.kernel.ids import PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.ledger.rebuild import rebuild
from gangmu.orgs import actions, enrolments, rosters, rules
from gangmu.orgs.entries import Ending, Enrolling
from tests.orgs.cast import SOME_DAY, City, key

ROSTERS = [tag.key for tag in catalog().families["roster_type"].tags]
BASIS = "青组发〔2025〕6号"


def entered(city: City, name: str = "苏禾", roster: str = "teacher", over: str = "柳溪支部", **more: object) -> str:
    asked = Enrolling(city[over], roster, SOME_DAY, key(roster, name, over), BASIS, name=name, **more)  # type: ignore[arg-type]
    return actions.enrol(asked, by=city.clerk)


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in caught.value.problems]


@pytest.mark.parametrize(
    "roster",
    ["prosperity_leader", "graduate_official", "science_envoy", "teacher", "cadre_support", "reserve", "shadowing"],
)
def test_the_rosters_that_offices_keep_are_there(roster: str) -> None:
    assert roster in ROSTERS


@pytest.mark.parametrize(
    ("said", "codes_told"),
    [
        ({}, []),
        ({"roster": "", "known": False}, ["orgs.no_such_roster"]),
        ({"known": False}, ["orgs.no_such_roster"]),
        ({"named": False}, ["orgs.nobody_enrolled"]),
        ({"basis": ""}, ["orgs.roster_basis"]),
        ({"basis": "  "}, ["orgs.roster_basis"]),
        ({"until": SOME_DAY}, ["orgs.roster_until"]),
        ({"until": SOME_DAY - timedelta(days=1)}, ["orgs.roster_until"]),
        ({"until": SOME_DAY + timedelta(days=1)}, []),
        ({"already": True}, ["orgs.on_roster"]),
        (
            {"named": False, "basis": "", "already": True},
            ["orgs.nobody_enrolled", "orgs.roster_basis", "orgs.on_roster"],
        ),
    ],
)
def test_what_speaks_against_an_entry_is_told_all_at_once(said: dict[str, object], codes_told: list[str]) -> None:
    asked = {"roster": "teacher", "known": True, "named": True, "basis": BASIS, "at": SOME_DAY, "until": None, "already": False, **said}  # fmt: skip
    found = rules.against_enrolment(**asked)  # type: ignore[arg-type]
    assert [one.code for one in found] == codes_told
    assert all(one.message and one.message_en and one.where for one in found)


def test_somebody_not_listed_is_put_on_record_and_the_name_is_sealed(city: City) -> None:
    about = entered(city)
    (row,) = enrolments.enrolled(city.clerk.scope, city["柳溪支部"], "teacher")
    assert (row.id, row.basis, row.since, row.until) == (about, BASIS, SOME_DAY, None)
    assert enrolments.names(city.clerk.scope, city["柳溪支部"], [row]) == {row.person: "苏禾"}
    facts = ledger.facts(ledger.FactFilter(kinds=frozenset({"enrolment.started", "person.recorded"})))
    assert not [fact for fact in facts if "苏禾" in str(fact.body)]


def test_a_member_is_chosen_and_no_second_person_is_made(city: City) -> None:
    city.member("林晓禾", "柳溪支部")
    person = rosters.members(city.clerk.scope, city["柳溪支部"])[0].person
    before = ledger.count(ledger.FactFilter(kinds=frozenset({"person.recorded"})))
    entered(city, "", person=person)
    assert enrolments.enrolled(city.clerk.scope, city["柳溪支部"], "teacher")[0].person == person
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"person.recorded"}))) == before


def test_a_member_is_not_entered_twice_on_one_roster_but_on_another(city: City) -> None:
    city.member("林晓禾", "柳溪支部")
    person = rosters.members(city.clerk.scope, city["柳溪支部"])[0].person
    entered(city, "", person=person)
    asked = Enrolling(city["柳溪支部"], "teacher", clock.today(), "again", BASIS, person)
    with pytest.raises(Refused) as caught:
        actions.enrol(asked, by=city.clerk)
    assert codes(caught) == ["orgs.on_roster"]
    entered(city, "", "science_envoy", person=person)
    assert enrolments.counts(city.clerk.scope, city["柳溪支部"]) == {"science_envoy": 1, "teacher": 1}


def test_a_person_of_another_unit_is_not_chosen(city: City) -> None:
    city.member("周望", "荷塘支部")
    person = rosters.members(city.clerk.scope, city["荷塘支部"])[0].person
    for stranger in (person, PersonId("f" * 32)):
        with pytest.raises(Refused) as caught:
            entered(city, "", person=stranger)
        assert codes(caught) == ["orgs.nobody_enrolled"]


def test_the_same_request_enters_once(city: City) -> None:
    assert entered(city) == entered(city)
    assert enrolments.counts(city.clerk.scope, city["柳溪支部"]) == {"teacher": 1}


def test_nothing_is_half_done(city: City) -> None:
    before = ledger.count(ledger.FactFilter())
    with pytest.raises(Refused) as caught:
        entered(city, until=SOME_DAY)
    assert codes(caught) == ["orgs.roster_until"]
    assert ledger.count(ledger.FactFilter()) == before


@pytest.mark.parametrize("roster", ["", "lecture", "nothing"])
def test_only_a_roster_is_one(city: City, roster: str) -> None:
    with pytest.raises(Refused) as caught:
        entered(city, roster=roster)
    assert codes(caught) == ["orgs.no_such_roster"]


def test_nobody_enters_tomorrow_or_before_the_unit_was_there(city: City) -> None:
    for day, code in ((clock.today() + timedelta(days=1), "orgs.future"), (date(1930, 1, 1), "orgs.not_there")):
        with pytest.raises(Refused) as caught:
            actions.enrol(Enrolling(city["柳溪支部"], "teacher", day, f"e{day}", BASIS, name="苏禾"), by=city.clerk)
        assert code in codes(caught)


def test_who_leaves_is_on_it_until_that_day(city: City) -> None:
    about, day = entered(city), clock.today() - timedelta(days=10)
    actions.strike(Ending(about, "moved", day, "out"), by=city.clerk)
    assert enrolments.counts(city.clerk.scope, city["柳溪支部"]) == {}
    assert enrolments.counts(city.clerk.scope, city["柳溪支部"], day - timedelta(days=1)) == {"teacher": 1}
    with pytest.raises(Refused) as caught:
        actions.strike(Ending(about, "moved", day, "out again"), by=city.clerk)
    assert codes(caught) == ["orgs.ended_already"]


def test_the_agreed_day_ends_nothing_by_itself(city: City) -> None:
    entered(city, until=SOME_DAY + timedelta(days=30))
    (row,) = enrolments.enrolled(city.clerk.scope, city["柳溪支部"], "teacher")
    assert row.until == SOME_DAY + timedelta(days=30)


def test_the_list_and_the_figure_say_the_same_at_every_level(city: City) -> None:
    entered(city, "苏禾", over="柳溪支部")
    entered(city, "何田", over="柳溪村")
    entered(city, "宋溪", over="荷塘村")
    actions.strike(Ending(entered(city, "田园", over="柳溪村"), "moved", clock.today(), "out"), by=city.clerk)
    while sequencer.run_once():
        pass
    period = Period.of_year(clock.today().year)
    for over, count in (("柳溪支部", 1), ("柳溪村", 2), ("东镇", 2), ("柳林县", 3), ("青禾市", 3)):
        assert enrolments.counts(city.clerk.scope, city[over]) == {"teacher": count}
        figure = indicators.figure(city.clerk.scope, "roster.current[teacher]", city[over], period)
        assert figure.value == count


def test_what_a_merged_unit_kept_goes_on_in_the_one_that_took_it_in(city: City) -> None:
    entered(city, over="石桥村")
    actions.merge_unit(city["石桥村"], city["柳溪村"], by=city.clerk, at=clock.today(), idem="merge")
    assert enrolments.counts(city.clerk.scope, city["柳溪村"]) == {"teacher": 1}


def test_names_are_for_whoever_keeps_persons_there_alone(city: City) -> None:
    entered(city)
    leader, towner = city.account("lead", "leader", "柳林县"), city.account("town", "party_clerk", "东镇")
    rows = enrolments.enrolled(leader.scope, city["东镇"], "teacher")
    assert len(rows) == 1
    assert enrolments.names(leader.scope, city["东镇"], rows) == {}
    assert list(enrolments.names(towner.scope, city["东镇"], rows).values()) == ["苏禾"]


def test_a_stranger_learns_nothing(city: City) -> None:
    about = entered(city)
    cousin = city.account("cousin", "party_clerk", "西镇")
    with pytest.raises(NotFound):
        enrolments.counts(cousin.scope, city["柳溪支部"])
    with pytest.raises(NotFound):
        actions.enrol(Enrolling(city["柳溪支部"], "teacher", SOME_DAY, "x", BASIS, name="苏禾"), by=cousin)
    with pytest.raises(NotFound):
        actions.strike(Ending(about, "moved", clock.today(), "y"), by=cousin)


def test_who_only_reads_keeps_no_roster(city: City) -> None:
    leader = city.account("lead", "leader", "柳林县")
    with pytest.raises(Refused) as caught:
        actions.enrol(Enrolling(city["柳溪支部"], "teacher", SOME_DAY, "x", BASIS, name="苏禾"), by=leader)
    assert codes(caught) == ["orgs.not_allowed"]


def test_the_table_follows_from_the_ledger(city: City) -> None:
    actions.strike(Ending(entered(city), "moved", clock.today(), "out"), by=city.clerk)
    entered(city, "何田")
    while sequencer.run_once():
        pass
    assert [line.name for line in rebuild(check=True) if line.drift] == []
