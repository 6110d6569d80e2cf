"""A figure as it was known: the page says plainly that it is older, how it differs from now, and keeps its address."""

from datetime import timedelta

import pytest

from gangmu.kernel.canon import Json
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.orgs import actions as orgs
from gangmu.records import actions
from tests.pages.conftest import Town
from tests.web.opening import Page, csv_rows, opened

QUESTION = "activity.sessions[members_meeting]"
NOTE = "//div[@id='older']"


def meet(town: Town, times: int = 1, unit: str = "柳溪支部") -> None:
    """As many meetings more, recorded now."""
    for number in range(times):
        body: dict[str, Json] = {"tags": ["members_meeting"], "present": 20, "expected": 25}
        actions.record_fact("activity.held", town.city[unit], body=body, on=town.today, by=town.city.clerk,
                            idem=f"more/{number}/{ledger.size()}")  # fmt: skip
    sequencer.run_until_empty()


@pytest.fixture
def then(town: Town) -> int:
    """The size of the ledger before two more meetings are recorded."""
    size = ledger.size()
    meet(town, 2)
    return size


def page(town: Town, query: str, unit: str = "青禾市", *, english: bool = False) -> Page:
    return opened(town.client(town.leader, english=english), f"/figures/{town.city[unit]}/{QUESTION}?{query}")


def hero(shown: Page) -> str:
    return shown.text("//p[contains(@class,'gm-hero-v')]")


def test_the_page_of_now_says_nothing_of_older_views_and_offers_them(town: Town, then: int) -> None:
    shown = page(town, "")
    assert shown.all(NOTE) == []
    assert hero(shown).startswith("8")
    assert shown.all("//form//input[@name='as_known']")
    assert shown.all("//form//input[@name='tree_day']")


def test_an_older_view_shows_the_number_of_then_and_what_it_is_now(town: Town, then: int) -> None:
    shown = page(town, f"as_known={then}")
    assert hero(shown).startswith("6")
    told = shown.text(NOTE)
    assert "不是现在的数" in told
    assert f"只算台账前{then}条" in told
    assert "现在是8场" in told.replace(" ", "").replace("\n", "")
    assert "比那时多2场" in told
    assert "这些数来自6条记录" in shown.texts("//main//h2")


def test_an_older_view_that_equals_the_figure_of_now_says_so(town: Town) -> None:
    assert "和现在一样" in page(town, f"as_known={ledger.size()}").text(NOTE)


def test_an_older_view_names_the_head_of_that_size_and_leads_to_where_it_is_checked(town: Town, then: int) -> None:
    shown = page(town, f"as_known={then}")
    (proves,) = [link for link in shown.links(NOTE) if "/ledger/heads/" in link]
    assert proves == f"/ledger/heads/{then}?root={ledger.root_at(then).hex()}"
    assert f"台账第{then}条" in shown.text("//p[contains(@class,'gm-proof')]")
    checked = opened(town.client(town.leader), proves)
    assert ledger.root_at(then).hex() in checked.text("//main")


def test_everything_on_an_older_page_leads_on_in_the_same_view_and_back_to_now(town: Town, then: int) -> None:
    shown = page(town, f"as_known={then}")
    children = shown.links("//table[contains(@class,'gm-kids')]//td")
    periods = shown.links("//details[contains(@class,'gm-picker')][1]//div[contains(@class,'gm-filters')]")
    assert children
    assert periods
    assert all(f"as_known={then}" in link for link in (*children, *periods))
    values = {"6": hero(shown)[:1]}
    for link in children:
        values[link] = hero(opened(town.client(town.leader), link))[:1]
    assert set(values.values()) <= {"3", "6"}
    (back,) = [link for link in shown.links(NOTE) if "as_known" not in link and "/ledger/" not in link]
    assert hero(page(town, back.removeprefix("?"))).startswith("8")


def test_the_file_of_an_older_view_holds_the_facts_of_then(town: Town, then: int) -> None:
    address = f"/figures/{town.city['青禾市']}/{QUESTION}/csv"
    browser = town.client(town.leader)
    assert len(csv_rows(browser, f"{address}?as_known={then}")) == 1 + 6
    assert len(csv_rows(browser, address)) == 1 + 8


def test_the_tree_of_a_day_counts_facts_where_their_units_hung(town: Town) -> None:
    orgs.move_unit(town.city["荷塘村"], town.city["东镇"], by=town.city.clerk, at=town.today, idem="move")
    eve = town.today - timedelta(days=1)
    year = f"from={town.today.year}-01-01&to={town.today.year}-12-31"
    assert hero(page(town, year, "东镇")).startswith("6")
    shown = page(town, f"{year}&tree_day={eve}", "东镇")
    assert hero(shown).startswith("3")
    assert "的隶属关系" in shown.text(NOTE)
    assert "台账前" not in shown.text(NOTE)


def test_what_cannot_be_shown_is_told_and_the_figure_of_now_stands(town: Town) -> None:
    for query, sentence in (
        ("as_known=many", "“many”不是条数"),
        ("as_known=-3", "“-3”不是条数"),
        ("as_known=99999", "没有“前99999条”"),
        ("as_known=0", "没有“前0条”"),
        ("as_known=1", "还没有这个单位"),
        ("tree_day=gestern", "“gestern”不是日期"),
        ("tree_day=0001-01-01", "“0001-01-01”不是日期"),
        ("as_known=" + "9" * 40, "不是条数"),
    ):
        shown = page(town, query, "柳溪村")
        assert sentence in shown.text("//div[@id='problems']")
        assert hero(shown).startswith("3")
        assert shown.all(NOTE) == []


def test_both_mistakes_are_told_at_once(town: Town) -> None:
    shown = page(town, "as_known=x&tree_day=y&from=z&to=z")
    assert len(shown.all("//div[@id='problems']//li")) == 3


def test_an_older_tree_with_units_of_others_is_refused_on_the_page(town: Town) -> None:
    then = ledger.size()
    orgs.move_unit(town.city["石桥村"], town.city["西镇"], by=town.city.clerk, at=town.today.replace(day=1, month=1),
                   idem="move")  # fmt: skip
    sequencer.run_until_empty()
    assert town.auditor.scope.branches[0].org == town.city["西镇"]
    orgs.move_unit(town.city["荷塘村"], town.city["东镇"], by=town.city.clerk, at=town.today.replace(day=1, month=1),
                   idem="away")  # fmt: skip
    browser = town.client(town.auditor)
    shown = opened(browser, f"/figures/{town.city['西镇']}/{QUESTION}?as_known={then}")
    assert "不归您看" in shown.text("//div[@id='problems']")


def test_an_older_view_reads_in_english(town: Town, then: int) -> None:
    told = page(town, f"as_known={then}", english=True).text(NOTE)
    assert "This is an older view, not the figure of now" in told
    assert f"counting only the first {then} records" in told
