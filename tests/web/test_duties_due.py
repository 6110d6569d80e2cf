"""The desk asks what is owed before it says that nothing is."""

import re
from dataclasses import replace
from datetime import date

import pytest

from gangmu.catalog.current import catalog
from gangmu.duties.queries import due_for
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters
from gangmu.web.duties_due import days_in_words, to_do
from tests.pages.conftest import Town
from tests.web.opening import opened


@pytest.mark.parametrize(("left", "words"), [(-3, "已过期，仍可补"), (0, "今天到期"), (3, "还有3天")])
def test_a_deadline_is_told_in_plain_words(left: int, words: str) -> None:
    assert days_in_words(left) == words


def test_what_is_owed_leads_to_its_form_with_the_unit_and_the_tag_chosen(town: Town) -> None:
    scope = replace(town.secretary.scope, day=date(2025, 3, 31))
    told = {one.title.zh: one for one in to_do(scope)}
    owed = due_for(scope, [town.city["荷塘支部"]], scope.day)
    assert set(told) == {one.duty.title.zh for one in owed} != set()
    client = town.client(town.secretary)
    for one in told.values():
        form = opened(client, one.address)
        assert (form.status, form.typed("org")) == (200, town.city["荷塘支部"])
        for family, tag in re.findall(r"tag\.(\w+)=(\w+)", one.address):
            assert tag in {chosen.key for chosen in catalog().families[family].tags}


def test_the_desk_tells_what_the_engine_tells(town: Town) -> None:
    desk = opened(town.client(town.secretary), "/")
    scope = town.secretary.scope
    assert desk.texts("//section[@id='duties']//li/a") == [one.title.zh for one in to_do(scope)]


def test_each_deadline_of_the_desk_leads_to_how_it_came_about(town: Town) -> None:
    scope, client = replace(town.secretary.scope, day=date(2025, 3, 31)), town.client(town.secretary)
    told = to_do(scope)
    assert told
    for one in told:
        assert one.title.zh in opened(client, one.why).text("//h1")


def test_the_readers_own_duties_stand_beside_those_of_the_unit_and_nobody_elses(town: Town) -> None:
    for name in ("周望", "苏禾"):
        town.city.member(name, "荷塘支部")
    scope = replace(town.secretary.scope, day=date(2025, 12, 30))
    mine = rosters.members(scope, town.city["荷塘支部"])[0]
    own = [one for one in to_do(scope, mine.person) if one.own]
    assert "党员学习学时" in {one.title.zh for one in own}
    assert {one.why.rpartition("of=")[2] for one in own} == {mine.membership}
    assert not [one for one in to_do(scope) if one.own]


def test_whoever_leads_a_large_scope_is_told_what_is_due_at_its_top(town: Town) -> None:
    desk, scope = opened(town.client(town.leader), "/"), town.leader.scope
    told = [one.title.zh for one in to_do(scope)]
    assert told
    assert all(title in desk.text("//section[@id='duties']") for title in told)
    assert {one.unit for one in to_do(replace(scope, day=date(2025, 12, 30)))} == {
        top.name for top in orgs.tops(scope)}  # fmt: skip
