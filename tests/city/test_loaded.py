"""The city once it is recorded: proven, rebuildable, and as uneven as it was planned."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gangmu.catalog.current import catalog
from gangmu.cli import smoke
from gangmu.cli.city import accounts, changes, command, load
from gangmu.cli.city.plan import ROOT_CODE, YEAR, City, org_id
from gangmu.duties.every_unit import standing_grants
from gangmu.duties.queries import Known, standing
from gangmu.indicators import mart, queries
from gangmu.indicators.values import Figure
from gangmu.kernel import clock
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.ledger.queries import FactFilter
from gangmu.ledger.rebuild import rebuild
from gangmu.ledger.verify_log import verify_log
from gangmu.orgs import queries as orgs
from gangmu.orgs.scope import actor, scope_of
from gangmu.people.queries import account_named, person_of

pytestmark = pytest.mark.django_db  # each test in a savepoint inside the transaction that holds the city
WHOLE_YEAR = Period.of_year(YEAR)


@pytest.fixture(scope="module")
def leader(city: City) -> Scope:
    return scope_of(account_named("leader"), clock.today())


def figure(scope: Scope, key: str, code: str = ROOT_CODE, period: Period = WHOLE_YEAR) -> Figure:
    return queries.figure(scope, key, org_id(code), period)


def held_by(org: OrgId) -> tuple[Fact, ...]:
    kinds = frozenset({"activity.held"})
    return ledger.facts(FactFilter(orgs=frozenset({org}), kinds=kinds, with_reversed=False), limit=1000)


def test_the_log_verifies_and_nothing_waits(city: City) -> None:
    walked = verify_log()
    assert walked.holds, walked.problems
    assert walked.entries == ledger.size() > 8000
    assert ledger.waiting() == 0


def test_every_projection_follows_from_the_log(city: City) -> None:
    assert [line.name for line in rebuild(check=True) if line.drift] == []


def test_the_mart_holds_what_is_numbered(city: City) -> None:
    assert mart.verify(mart.folder()).end == ledger.size()


def test_it_knows_that_it_is_loaded(city: City) -> None:
    assert command.loaded()


def test_loading_again_doubles_nothing(city: City) -> None:
    before, kinds = ledger.size(), frozenset({"unit.founded"})
    founded = ledger.count(FactFilter(kinds=kinds))
    clerk = city.of_level("county")[0]
    recorded = load.Loading(city, {clerk.code: actor(account_named(load.login(clerk.code)), clock.today())})
    load.record_year(recorded, clerk, lambda _: None)
    assert (ledger.size() + ledger.waiting(), ledger.count(FactFilter(kinds=kinds))) == (before, founded)


def test_every_kind_of_fact_stands_in_it(city: City) -> None:
    told = {kind for kind in catalog().facts if ledger.count(FactFilter(kinds=frozenset({kind})))}
    asked = {"claim.bound", "correction.asked", "correction.answered"}  # by a person who checks a document, or errs
    later = {  # kept by branches that have begun with these sheets and files; this city's year is told without them
        "activity.resolved", "activity.settled", "dues.base_set", "dues.collected", "membership.away",
        "membership.contacted", "membership.letter_issued", "membership.step_done", "review.settled",
    }  # fmt: skip
    assert set(catalog().facts) - told <= asked | later


def test_every_indicator_says_something_about_the_city(leader: Scope) -> None:
    silent = [row.figure.indicator for row in queries.table(leader, org_id(ROOT_CODE), WHOLE_YEAR, with_children=False)
              if row.figure.absent]  # fmt: skip
    assert set(silent) <= {"matter.reopened"}  # rare: the small city may have none


def test_old_books_are_not_late_and_the_planted_late_records_are(leader: Scope, city: City) -> None:
    share = figure(leader, "record.late_share")
    assert share.value is not None
    assert 0 < share.value < 15
    padded = changes.padded_units(city)
    assert [figure(leader, "record.late_share", code).value for code in padded] == [100, 100]
    assert figure(leader, "organisation.founded").late_count == 0


def test_the_padded_books_show_one_attendance_and_one_evening(city: City) -> None:
    for code in changes.padded_units(city):
        facts = held_by(org_id(code))
        assert {fact.body["present"] for fact in facts} == {changes.SIGNED_UP}
        assert max(fact.received for fact in facts) - min(fact.received for fact in facts) < timedelta(hours=3)
        assert len({fact.day.month for fact in facts}) > 8


def test_the_merged_township_reads_in_both_shapes(leader: Scope, city: City) -> None:
    ended, into = changes.merged_pair(city)
    before, after = changes.MERGED - timedelta(days=1), changes.MERGED
    villages = {unit.org for unit in city.of_level("village") if unit.new.parent == ended.org}
    assert villages
    assert villages <= {node.org for node in orgs.tree(before).children(ended.org)}
    assert villages <= {node.org for node in orgs.tree(after).children(into.org)}
    node = orgs.tree(after).get(ended.org)
    assert node is not None
    assert not node.alive


def test_the_branch_founded_for_a_task_ended_with_it(city: City) -> None:
    founded = ledger.facts(FactFilter(kinds=frozenset({"unit.founded"})), limit=1000)
    org = next(OrgId(fact.org) for fact in founded if fact.body["unit_kind"] == "temporary_branch")
    life = orgs.lives([org])[org]
    assert (life.founded_on, life.ended_on) == changes.TASK
    assert len(held_by(org)) == 5


def test_corrections_stand_beside_what_they_correct(city: City) -> None:
    reversals = ledger.facts(FactFilter(kinds=frozenset({"reverse"})), limit=1000)
    assert len(reversals) >= 10
    taken_back = ledger.fact(FactId(str(reversals[0].ref("reverses"))))
    assert taken_back.reversed_by == reversals[0].id
    restated = [
        fact
        for fact in ledger.facts(FactFilter(kinds=frozenset({"activity.held"})), limit=1000)
        if fact.ref("restates")
    ]
    assert restated


def test_a_closed_quarter_keeps_what_was_reported(city: City) -> None:
    county = city.of_level("county")[0]
    (closing,) = (one for one in ledger.closings([county.org]))
    assert (closing.start, closing.end) == (date(YEAR, 1, 1), date(YEAR, 3, 31))
    later = [fact for fact in held_by(county.org) if closing.restates(fact)]
    assert [fact.day.day for fact in sorted(later, key=lambda fact: fact.day)] == [11, 19]


def test_members_are_as_many_as_planned_less_those_who_left(leader: Scope, city: City) -> None:
    members = figure(leader, "member.number").value
    left = ledger.count(FactFilter(kinds=frozenset({"membership.ended"})))
    again = ledger.count(FactFilter(kinds=frozenset({"membership.started"}))) - city.size.members
    assert members == city.size.members + again - left


@pytest.mark.parametrize("one", accounts.SIGN_INS, ids=lambda one: one.login)
def test_each_sign_in_opens_the_door_to_its_own_house(one: accounts.SignIn, city: City) -> None:
    client = Client()
    answer = client.post(reverse("sign-in"), {"name": one.login, "password": load.PASSWORD})
    assert answer.status_code == 302
    scope = scope_of(account_named(one.login), clock.today())
    assert [grant.role for grant in scope.grants] == [one.role]
    if one.level != "city":
        with pytest.raises(NotFound):
            orgs.unit(scope, org_id(ROOT_CODE))


def test_the_secretary_who_signs_in_is_the_secretary_of_a_village_branch(city: City) -> None:
    account = account_named("secretary")
    [top] = orgs.tops(scope_of(account, clock.today()))
    [unit] = [unit for unit in city.of_level("branch") if unit.org == top.org]
    assert (unit.new.kind, unit.new.domain) == ("branch", "rural")
    assert "村" in unit.new.name
    held = ledger.facts(FactFilter(kinds=frozenset({"holding.started"}), orgs=frozenset({unit.org})))
    assert person_of(account) in {fact.body["person"] for fact in held}


def test_the_sign_ins_are_told_in_both_languages() -> None:
    told = command.sign_ins("http://127.0.0.1:8000/")
    assert "http://127.0.0.1:8000/" in told
    assert load.PASSWORD in told
    for one in accounts.SIGN_INS:
        assert one.login in told
        assert one.zh in told
        assert one.en in told


def test_the_first_visit_sees_what_it_is_promised(city: City) -> None:
    visit, client = command.smoke_visit(), Client()
    assert isinstance(visit, smoke.Visit)
    client.post(visit.sign_in, {"name": visit.name, "password": visit.password})
    for phase, path, shows in visit.pages:
        answer = client.get(path)
        assert answer.status_code == 200, phase
        assert shows in answer.content.decode(), phase


def test_the_bar_is_silent_but_for_one_line_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    bar = command.Bar(100)
    bar.tell(40)
    assert capsys.readouterr().err == ""
    bar.end()
    assert "40" in capsys.readouterr().err
    quiet = command.Bar(100, quiet=True)
    quiet.end()
    assert capsys.readouterr().err == ""


def test_what_was_waived_in_the_flood_and_who_asked_to_be_free_is_on_record(city: City, leader: Scope) -> None:
    waived = [fact for fact in standing_grants() if fact.kind == "duty.waived"]
    asked = [fact for fact in standing_grants() if fact.kind == "duty.exempted"]
    assert waived
    assert asked
    assert {fact.body["reason"] for fact in waived} == {"disaster"}
    org, month = waived[0].org, Period(date(YEAR, 7, 1), date(YEAR, 7, 31))
    (one,) = [one for one in standing(leader, org, month, Known(clock.today()))
              if one.obligation.duty == "branch.theme_day" and one.obligation.period == month]  # fmt: skip
    assert (one.state, one.waiver and one.waiver.reason) == ("waived", "disaster")
    exempt = {fact.body["bearer"] for fact in asked}
    owed = standing(leader, asked[0].org, WHOLE_YEAR, Known(clock.today()))
    assert {one.state for one in owed if one.obligation.duty == "member.study_hours"
            and one.obligation.bearer.id in exempt} == {"not_applicable"}  # fmt: skip
