"""Accounts, grants, scopes: given by keepers only, never to oneself, gone with the next request, answerable later."""

from datetime import date, timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, queries
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.permissions import ROLES, Permission, may, require, require_all
from gangmu.orgs.scope import actor, scope_of
from gangmu.people import queries as people
from tests.orgs.cast import City


def today() -> date:
    return clock.today()


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def test_nobody_both_records_and_audits(city: City) -> None:
    account, east = actions.open_account("both", by=city.keeper, at=today(), idem="both"), city["东镇"]
    recording = actions.grant(account, "branch_secretary", east, by=city.keeper, at=today(), idem="b1")
    with pytest.raises(Refused) as auditing:
        actions.grant(account, "auditor", city.root, by=city.keeper, at=today(), idem="b2")
    actions.grant(account, "leader", east, by=city.keeper, at=today(), idem="b3")
    actions.revoke(recording, by=city.keeper, at=today(), idem="b4")
    actions.grant(account, "auditor", city.root, by=city.keeper, at=today(), idem="b2")
    with pytest.raises(Refused) as recording_again:
        actions.grant(account, "party_clerk", east, by=city.keeper, at=today(), idem="b5")
    assert codes(auditing) == codes(recording_again) == {"orgs.audits_and_records"}
    assert scope_of(account, today()).roles == {"leader", "auditor"}


def test_an_installation_begins_once(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.begin(NewUnit("另一个市委", "city_committee", "agency", None, today(), "x"), "second", at=today())
    assert codes(refusal) == {"orgs.begun_already"}


def test_a_new_account_sees_nothing(city: City) -> None:
    stranger = city.account("stranger")
    assert stranger.scope.grants == ()
    for permission in Permission:
        assert not may(stranger, permission)
        assert not may(stranger, permission, city.root)
    with pytest.raises(NotFound):
        queries.unit(stranger.scope, city.root)


def test_a_grant_opens_its_subtree_and_no_more(city: City) -> None:
    clerk = city.account("east", "party_clerk", "东镇")
    seen = {name for name in city.units if queries.holds(clerk.scope, city[name])}
    assert seen == {"东镇", "柳溪村", "石桥村", "柳溪支部", "石桥支部", "抗旱临时支部"}


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("permission", sorted(Permission))
def test_a_role_allows_exactly_its_row_of_the_table(city: City, role: str, permission: Permission) -> None:
    holder = city.account("holder", role, "东镇")
    assert may(holder, permission, city["柳溪村"]) is (permission in ROLES[role])
    assert not may(holder, permission, city["西镇"])
    assert not may(holder, permission, city["柳林县"])


def test_sign_ins_grants_and_closings_are_facts(city: City) -> None:
    account = city.account("sec", "branch_secretary", "柳溪支部").account
    kinds = {fact.kind for fact in ledger.facts(ledger.FactFilter(actor=city.keeper_id), limit=100)}
    assert {"account.opened", "access.granted", "unit.founded"} <= kinds
    (opened,) = ledger.history([account])
    assert opened.slots == ("login",)
    assert opened.body == {"duty": "user"}


def test_nobody_grants_to_themselves(city: City) -> None:
    with pytest.raises(Refused) as refusal:
        actions.grant(city.keeper_id, "leader", city.root, by=city.keeper, at=today(), idem="g")
    assert "orgs.grant_to_self" in codes(refusal)


def test_only_keepers_grant_open_and_close(city: City) -> None:
    other = city.account("other").account
    for deed in (
        lambda: actions.grant(other, "leader", city.root, by=city.clerk, at=today(), idem="g"),
        lambda: actions.open_account("third", by=city.clerk, at=today(), idem="o"),
        lambda: actions.close_account(other, by=city.clerk, at=today(), idem="c"),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert codes(refusal) == {"orgs.not_allowed"}


def test_a_keeper_holds_no_role(city: City) -> None:
    second = actions.open_account("keeper2", by=city.keeper, at=today(), idem="k2", duty=people.KEEPER)
    with pytest.raises(Refused) as refusal:
        actions.grant(second, "leader", city.root, by=city.keeper, at=today(), idem="g")
    assert codes(refusal) == {"orgs.keeper_sees_nothing"}
    assert city.keeper.scope.grants == ()


def test_granting_refuses_and_says_why(city: City) -> None:
    other = city.account("other", "leader", "东镇").account
    keeper, east = city.keeper, city["东镇"]
    with pytest.raises(Refused) as twice:
        actions.grant(other, "leader", east, by=keeper, at=today(), idem="g1")
    with pytest.raises(Refused) as unknown:
        actions.grant(other, "king", east, by=keeper, at=today(), idem="g2")
    with pytest.raises(Refused) as backwards:
        actions.grant(other, "auditor", east, by=keeper, at=today(), until=date(2020, 1, 1), idem="g3")
    assert (codes(twice), codes(unknown), codes(backwards)) == (
        {"orgs.granted_already"},
        {"orgs.role_unknown"},
        {"orgs.grant_backwards"},
    )


def test_a_revocation_acts_on_the_very_next_scope(city: City) -> None:
    other = city.account("other").account
    grant = actions.grant(other, "leader", city["东镇"], by=city.keeper, at=today(), idem="g")
    assert may(scope_of(other, today()), Permission.SEE_FIGURES, city["东镇"])
    actions.revoke(grant, by=city.keeper, at=today(), idem="r")
    assert not may(scope_of(other, today()), Permission.SEE_FIGURES, city["东镇"])


def test_a_grant_with_a_last_day_ends_by_itself(city: City) -> None:
    other = city.account("other").account
    actions.grant(other, "leader", city["东镇"], by=city.keeper, at=today(), until=today(), idem="g")
    assert scope_of(other, today()).roles == {"leader"}
    assert scope_of(other, today() + timedelta(days=1)).roles == frozenset()


def test_who_could_see_on_that_day_is_answered_from_the_record(city: City) -> None:
    other = city.account("other").account
    grant = actions.grant(other, "leader", city["东镇"], by=city.keeper, at=today(), idem="g")
    seen = {(row.account, row.role) for row in queries.who_could_see(city.clerk.scope, city["柳溪支部"], today())}
    assert seen == {(other, "leader"), (city.clerk_id, "party_clerk")}
    assert queries.who_could_see(city.clerk.scope, city["柳溪支部"], today() - timedelta(days=1)) == ()
    actions.revoke(grant, by=city.keeper, at=today(), idem="r")
    later = queries.who_could_see(city.clerk.scope, city["柳溪支部"], today())
    assert {row.account for row in later} == {city.clerk_id}


def test_a_closed_account_may_not_come_back_and_nobody_closes_their_own(city: City) -> None:
    other = city.account("other").account
    actions.close_account(other, by=city.keeper, at=today(), idem="c")
    assert not people.is_open(other, today())
    with pytest.raises(Refused) as again:
        actions.close_account(other, by=city.keeper, at=today(), idem="c2")
    assert codes(again) == {"orgs.account_closed"}
    with pytest.raises(Refused) as own:
        actions.close_account(city.keeper_id, by=city.keeper, at=today(), idem="c3")
    assert codes(own) == {"orgs.close_own"}


@pytest.mark.parametrize(
    ("name", "code"), [("Upper", "orgs.login_form"), ("x", "orgs.login_form"), ("clerk", "orgs.login_taken")]
)
def test_a_sign_in_name_is_plain_and_free(city: City, name: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.open_account(name, by=city.keeper, at=today(), idem="o")
    assert codes(refusal) == {code}


def test_a_stranger_hears_the_same_about_what_is_hidden_and_what_is_not_there(city: City) -> None:
    west = city.account("west", "party_clerk", "西镇")
    answers = []
    for org in (city["东镇"], "f" * 32):
        with pytest.raises(NotFound) as refusal:
            require(west, Permission.SEE_FIGURES, org)
        answers.append(refusal.value.problems)
    assert answers[0] == answers[1]
    with pytest.raises(NotFound):
        require_all(west, Permission.SEE_FIGURES, [city["西镇"], city["东镇"]])


def test_a_scope_follows_its_unit_when_the_unit_moves(city: City) -> None:
    village = city.account("village", "party_clerk", "柳溪村")
    actions.move_unit(city["柳溪村"], city["西镇"], by=city.clerk, at=today(), idem="m")
    again = actor(village.account, today())
    assert queries.holds(again.scope, city["柳溪支部"])
    assert again.scope.branches[0].path == queries.path_of(city["柳溪村"], today())


def test_an_actor_acts_for_the_post_its_person_holds(city: City) -> None:
    person = city.person()
    account = actions.open_account("sec", by=city.keeper, at=today(), idem="o", person=person)
    assert actor(account, today()).post is None
    post = actions.create_post(city["柳溪支部"], "secretary", by=city.clerk, at=today(), idem="p")
    actions.start_holding(post, person, "elected", by=city.clerk, at=today(), idem="h")
    assert actor(account, today()).post == post


def test_units_are_found_by_name_code_and_initials_inside_the_scope(city: City) -> None:
    scope = city.clerk.scope
    assert [node.org for node in queries.find(scope, "柳溪村党委")] == [city["柳溪村"]]
    assert city["石桥村"] in {node.org for node in queries.find(scope, "sqc")}
    assert [node.org for node in queries.find(scope, "QH")] == [city.root]
    assert queries.find(scope, "  ") == ()
    west = city.account("west", "party_clerk", "西镇")
    assert queries.find(west.scope, "柳溪") == ()


def test_a_unit_is_looked_up_by_its_code_inside_the_scope(city: City) -> None:
    assert queries.by_code(city.clerk.scope, "QH").org == city.root
    west = city.account("west", "party_clerk", "西镇")
    for code in ("QH", "NONE"):
        with pytest.raises(NotFound):
            queries.by_code(west.scope, code)
