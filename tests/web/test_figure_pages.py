"""Figures promise: every number is a link to its parts and facts, what is missing says so, the file equals the screen."""

from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from gangmu.ledger import queries as ledger
from gangmu.pages import formats
from tests.pages.conftest import Town
from tests.web.opening import Page, csv_rows, opened

QUESTION = "activity.sessions[members_meeting]"
TABLE = "//table[contains(@class,'gm-figtab')]"


@pytest.fixture
def table(town: Town) -> Page:
    return opened(town.client(town.leader), f"/units/{town.city['青禾市']}/figures")


def test_every_number_of_the_table_is_a_link_to_its_own_page(town: Town, table: Page) -> None:
    cells = table.all(f"{TABLE}/tbody/tr/td[contains(@class,'v') or contains(@class,'child')]")
    assert cells
    linked = [cell.xpath("./a/@href") for cell in cells if cell.text_content().strip()]
    assert all(len(found) == 1 and found[0].startswith("/figures/") for found in linked)


def test_a_row_is_complete_on_a_phone_too_where_its_heads_are_not_seen(table: Page) -> None:
    for row in table.all(f"{TABLE}/tbody/tr"):
        assert row.xpath("./th/a")
        quiet = row.xpath("./td[contains(@class,'quiet')]")
        assert [cell.get("data-th") for cell in quiet] == ["上一期", "比上期", "补录"]


def test_what_is_missing_is_found_by_one_tap_and_reads_to_be_supplied(town: Town) -> None:
    absent = opened(town.client(town.leader), f"/units/{town.city['青禾市']}/figures?only=absent")
    values = absent.texts(f"{TABLE}/tbody/tr/td[contains(@class,'v')]")
    assert values
    assert set(values) <= {"待补", "—", "不显示"}


def as_on_screen(row: list[str]) -> list[str]:
    """A line of the file as the page writes it: the number with its unit, and how many came late in words."""
    name, unit, value, before, change, late, *children = row
    words = [formats.quantity(Decimal(one), unit, "zh-hans") if one[:1].isdigit() else one
             for one in (value, before, *children)]  # fmt: skip
    return [name, words[0], words[1], change, late, *words[2:]]


def test_the_file_of_the_table_equals_the_screen(town: Town, table: Page) -> None:
    rows = csv_rows(town.client(town.leader), f"/units/{town.city['青禾市']}/figures.csv")
    shown = [
        [row.xpath("./th")[0].text_content().strip(), *(cell.text_content().strip() for cell in row.xpath("./td"))]
        for row in table.all(f"{TABLE}/tbody/tr")
    ]
    assert [as_on_screen(row) for row in rows[1:]] == shown
    assert rows[0][-1] == table.texts(f"{TABLE}/thead//th")[-1]


def test_searching_leaves_what_the_words_name_and_keeps_the_words(town: Town) -> None:
    found = opened(town.client(town.leader), f"/units/{town.city['青禾市']}/figures?q=补录")
    assert "补录率" in found.texts(f"{TABLE}/tbody/tr/th")
    assert found.typed("q") == "补录"
    nothing = opened(town.client(town.leader), f"/units/{town.city['青禾市']}/figures?q=没有这样的")
    assert "换个词再找" in nothing.text("//div[contains(@class,'gm-empty')]")


def test_the_page_of_a_figure_answers_its_four_questions(town: Town) -> None:
    shown = opened(town.client(town.leader), f"/figures/{town.city['青禾市']}/{QUESTION}")
    assert shown.texts("//main//h2")[:1] == ["怎么算的"]
    assert {"各月", "由下级相加", "这些数来自6条记录"} <= set(shown.texts("//main//h2"))
    assert "台账第" in shown.text("//p[contains(@class,'gm-proof')]")


def test_the_facts_behind_a_figure_are_the_very_facts(town: Town) -> None:
    shown = opened(town.client(town.leader), f"/figures/{town.city['青禾市']}/{QUESTION}")
    linked = {urlsplit(one).path.removeprefix("/facts/") for one in shown.links("//section[@id='facts']//th")}
    assert linked == {fact.id for fact in ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"})))}


def test_the_units_beneath_add_up_on_the_page_itself(town: Town) -> None:
    shown = opened(town.client(town.leader), f"/figures/{town.city['青禾市']}/{QUESTION}")
    *children, whole = shown.texts("//table[contains(@class,'gm-kids')]/tbody/tr/td[last()]")
    assert sum(int(one.removesuffix("场")) for one in children if one.endswith("场")) == int(whole.removesuffix("场"))


def test_a_ratio_writes_its_arithmetic_out(town: Town) -> None:
    shown = opened(town.client(town.leader), f"/figures/{town.city['荷塘支部']}/matter.solved_rate")
    terms = shown.texts("//p[contains(@class,'gm-eq')]//*[contains(@class,'q')]/*[1]")
    assert terms == ["1", "3", "33.33%"]


def test_no_figure_is_not_nought_and_says_why(town: Town) -> None:
    shown = opened(
        town.client(town.leader), f"/figures/{town.city['青禾市']}/pledge.made?from=2019-01-01&to=2019-12-31"
    )
    assert shown.text("//p[contains(@class,'gm-none-word')]") == "待补"
    assert shown.all("//*[contains(@class,'gm-hero-v')]") == []
    assert "不按0算" in shown.text("//section[contains(@class,'gm-hero')]")
    assert "没有就是没有" in shown.text("//section[@id='facts']")
    assert "背后的记录" in shown.texts("//main//h2")


def test_without_a_figure_there_is_no_empty_chart_and_nothing_is_late(town: Town) -> None:
    there = f"/figures/{town.city['青禾市']}/pledge.made?from=2019-01-01&to=2019-12-31"
    shown = opened(town.client(town.leader), there)
    assert shown.all("//*[@data-chart]") == []
    assert "晚记" not in shown.text("//table[contains(@class,'gm-sumtab')]")


def test_a_period_is_chosen_by_one_tap_and_stays_chosen(town: Town) -> None:
    address = f"/figures/{town.city['青禾市']}/{QUESTION}"
    before = opened(town.client(town.leader), address)
    chosen = before.all("//details[contains(@class,'gm-picker')]//a[not(@aria-current)]")[0]
    after = opened(town.client(town.leader), address + chosen.get("href"))
    assert after.texts("//details[contains(@class,'gm-picker')]//a[@aria-current]")[0] == chosen.text_content().strip()


def test_a_chart_has_its_numbers_in_a_table_beside_it(town: Town) -> None:
    shown = opened(town.client(town.leader), f"/figures/{town.city['青禾市']}/{QUESTION}")
    values = [cell.get("data-value") for cell in shown.all("//table[@id='trend']//td")]
    assert len(values) == 12
    assert sum(float(value) for value in values if value) == 6
