"""Chapter: permissions, each tried by doing the deed at home, beside and above."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from gangmu.documents import actions as documents
from gangmu.indicators import queries as indicators
from gangmu.kernel import clock
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger.queries import FactFilter, count
from gangmu.orgs import actions as orgs
from gangmu.orgs import rosters
from gangmu.orgs.entries import NewPerson
from gangmu.orgs.permissions import TITLES as TITLES_IN_CODE
from gangmu.orgs.permissions import Permission, require
from gangmu.records import actions as records
from tests.orgs.cast import City
from tests.spec.permissions import DEEDS, ROLES, TITLES, Deed

Doing = Callable[[City, Actor, str], object]
BODY = {"tags": ["lecture"], "present": 9}


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def reverse(city: City, by: Actor, where: str) -> object:
    made = records.record_fact("activity.held", city[where], body=BODY, on=clock.today(), by=city.clerk, idem="first")
    return records.reverse_fact(made.id, reason="mistake", note="", by=by, idem="back")


def see_persons(city: City, by: Actor, where: str) -> object:
    require(by, Permission.SEE_FACTS, city[where])
    city.member("周望", "柳溪支部" if where == "柳溪村" else "荷塘支部")
    people = [row.person for row in rosters.members(city.clerk.scope, city[where])]
    if not rosters.persons(by.scope, people, city[where]):
        raise Refused([])
    return people


def rename(city: City, by: Actor, where: str) -> object:
    return orgs.rename_unit(city[where], "新名字党委", by=by, at=clock.today(), idem="new")


def keep_members(city: City, by: Actor, where: str) -> object:
    return orgs.record_person(NewPerson(city[where], clock.today(), "p", name="任遥"), by=by)


DOING: dict[str, Doing] = {
    "see_figures": lambda city, by, where: indicators.figure(
        by.scope, "activity.sessions", city[where], Period(yesterday(), yesterday())
    ),
    "see_facts": lambda city, by, where: require(by, Permission.SEE_FACTS, city[where]),
    "read_ledger": lambda city, by, where: require(by, Permission.READ_LEDGER, city[where]),
    "check_documents": lambda city, by, where: require(by, Permission.CHECK_DOCUMENTS, city[where]),
    "bind_claims": lambda city, by, where: documents.bind_claim(
        "走访", "activity.sessions", city[where], by=by, at=clock.today(), idem="bind"
    ),
    "record": lambda city, by, where: records.record_fact(
        "activity.held", city[where], body=BODY, on=clock.today(), by=by, idem="one"
    ),
    "reverse": reverse,
    "see_persons": see_persons,
    "keep_members": keep_members,
    "shape_tree": rename,
    "close_periods": lambda city, by, where: records.close_period(
        city[where], Period(yesterday(), yesterday()), by=by, idem="close"
    ),
}  # fmt: skip


def answer(city: City, deed: Deed, by: Actor, where: str) -> str:
    """done, refused or unknown; whatever was done is undone, whoever was refused has recorded nothing."""
    with transaction.atomic():
        before = count(FactFilter(actor=by.account))
        try:
            DOING[deed.permission](city, by, where)
            told = "done"
        except NotFound:
            told = "unknown"
        except Refused:
            told = "refused"
        assert told == "done" or count(FactFilter(actor=by.account)) == before
        transaction.set_rollback(True)
    return told


@pytest.mark.parametrize("role", ROLES)
def test_at_home_a_role_does_what_its_column_says_and_nothing_else(city: City, role: str) -> None:
    holder = city.account("holder", role, "东镇")
    told = {deed.permission: answer(city, deed, holder, "柳溪村") for deed in DEEDS}
    assert told == {deed.permission: "done" if deed.allows(role) else "refused" for deed in DEEDS}


@pytest.mark.parametrize("where", ["荷塘村", "柳林县"], ids=["beside", "above"])
def test_beside_and_above_the_strongest_role_is_a_stranger(city: City, where: str) -> None:
    holder = city.account("holder", "party_clerk", "东镇")
    told = {deed.permission: answer(city, deed, holder, where) for deed in DEEDS}
    assert told == {deed.permission: "unknown" for deed in DEEDS}


def test_the_table_has_a_row_for_every_permission_and_a_column_for_every_role() -> None:
    assert [deed.permission for deed in DEEDS if deed.permission in set(Permission)] == [
        deed.permission for deed in DEEDS
    ]
    assert {deed.permission for deed in DEEDS} == {permission.value for permission in Permission} == DOING.keys()
    assert tuple(TITLES_IN_CODE[role][0] for role in ROLES) == TITLES
    assert TITLES_IN_CODE.keys() == set(ROLES)
