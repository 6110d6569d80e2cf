"""The desk promises: first what I should do now, then my organisation, then what I did; and each leads further."""

import pytest

from tests.pages.conftest import Town
from tests.web.opening import Page, opened

YEAR_OF_DESK = "//section[.//table[contains(@class,'gm-figtab')]]"


@pytest.fixture
def desk(town: Town) -> Page:
    return opened(town.client(town.secretary), "/")


def test_the_first_words_say_how_much_waits_and_the_nearest_day_stands_first(desk: Page) -> None:
    assert desk.text("//h1") == "有2件到期了"
    left = desk.texts("//ul[contains(@class,'gm-due')]/li/p")
    assert left == ["1天前到期", "今天到期"]


def test_what_waits_comes_before_figures_and_figures_before_what_i_did(desk: Page) -> None:
    places = [desk.source.index(words) for words in ('class="gm-due', "gm-figtab", "我最近记的")]
    assert places == sorted(places)


def test_what_is_over_is_marked_by_more_than_colour(desk: Page) -> None:
    late = desk.texts("//p[contains(@class,'gm-left') and contains(@class,' over')]")
    assert all("到期" in words for words in late)


def test_each_thing_that_waits_leads_to_its_record(town: Town, desk: Page) -> None:
    client = town.client(town.secretary)
    addresses = desk.links("//ul[contains(@class,'gm-due')]")
    assert len(addresses) == 2
    assert all(opened(client, address).text("//h1") == "事项受理" for address in addresses)


def test_every_number_of_the_desk_leads_to_where_it_is_explained(town: Town, desk: Page) -> None:
    client = town.client(town.secretary)
    numbers = desk.all("//table[contains(@class,'gm-figtab')]//td[contains(@class,'v')]/a")
    assert len(numbers) >= 3
    for number in numbers[:3]:
        explained = opened(client, number.get("href"))
        assert explained.text("//p[contains(@class,'gm-hero-v')]") == number.text_content().strip()


def test_what_is_recorded_most_is_one_tap_away_and_filled_in_already(town: Town, desk: Page) -> None:
    pens = desk.links("//div[contains(@class,'gm-pens')]")
    assert pens[0] == "/record/activity.held?tag.activity_form=members_meeting"
    form = opened(town.client(town.secretary), pens[0])
    assert form.text("//h1") == "支部党员大会"
    assert form.typed("tag.activity_form") == "members_meeting"


def test_an_empty_desk_says_what_to_do_first(desk: Page) -> None:
    assert "办了一件，记一件" in desk.text("//div[contains(@class,'gm-empty')]")


def test_a_leader_has_no_pens_and_is_told_so(town: Town) -> None:
    desk = opened(town.client(town.leader), "/")
    assert desk.all("//div[contains(@class,'gm-pens')]") == []
    assert "只看不记" in desk.text("//section[@id='record']")


def test_the_english_desk_keeps_names_and_says_that_they_are_chinese(town: Town) -> None:
    desk = opened(town.client(town.secretary, english=True), "/")
    name = desk.all("//p[contains(@class,'gm-src')]/a/*[@lang='zh-Hans']")
    assert [one.text_content() for one in name] == ["荷塘村第一党支部"]
    assert desk.tree.get("lang") == "en"
