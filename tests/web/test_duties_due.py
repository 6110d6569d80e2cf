"""The desk asks what is owed before it says that nothing is."""

import re
from dataclasses import replace
from datetime import date

import pytest

from gangmu.catalog.current import catalog
from gangmu.duties.queries import due_for
from gangmu.web import duties_due
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


def test_a_scope_too_large_to_ask_is_never_told_that_nothing_is_due(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties_due, "CLOSE_BY", 0)
    desk = opened(town.client(town.leader), "/")
    assert "没有到期的事" not in desk.text()
    assert desk.all("//section[@id='duties']") == []
