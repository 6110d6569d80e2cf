"""The pages of dues and the yearly review: one line a member to fill in, sums and counts to read."""

from typing import Any

import pytest
from django.test import Client

from gangmu.ledger import queries as ledger
from gangmu.orgs import rosters
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

UNIT = "荷塘支部"
ALERT, SUMS = "//div[@id='problems']", "//section[@id='sums']"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def roll(town: Town, number: int) -> list[str]:
    for place in range(number):
        town.city.member(f"党员{'甲乙丙丁戊己庚辛壬癸子丑'[place]}", UNIT)
    return [row.membership for row in rosters.members(town.city.clerk.scope, town.city[UNIT])]


def posted(town: Town, client: Client, verb: str, **typed: Any) -> Page:
    told = {"idem": f"{verb:a<32}", "day": town.today.isoformat(), **typed}
    return sent(client, f"/units/{town.city[UNIT]}/members/{verb}", told)


def test_a_month_of_dues_is_filled_in_with_what_is_due_and_shown_as_a_sum(town: Town, client: Client) -> None:
    those = roll(town, 10)
    shown = posted(town, client, "base", member=those[0], payer="salaried", base="4200")
    assert "已记入台账：登记党费基数" in shown.text("//*[@role='status'][@data-draft-done]"), shown.text(ALERT)
    form = opened(client, f"/units/{town.city[UNIT]}/members/dues")
    assert form.typed(f"paid-{those[0]}") == "42.00"
    shown = posted(town, client, "dues", **{f"paid-{one}": "10.50" for one in those})
    assert "136.5" in shown.text(SUMS), shown.text(ALERT)  # due: 42 + 9 × 10.50
    assert "105" in shown.text(SUMS)


def test_nine_persons_are_no_sum(town: Town, client: Client) -> None:
    shown = posted(town, client, "dues", **{f"paid-{one}": "777" for one in roll(town, 9)})
    assert "已记入台账" in shown.text("//*[@role='status'][@data-draft-done]"), shown.text(ALERT)
    assert "6993" not in shown.text().replace(",", "")
    assert "本月实交 —" in shown.text(SUMS)


def test_outcomes_are_told_as_counts_of_ten_or_more(town: Town, client: Client) -> None:
    those = roll(town, 12)
    typed = {f"outcome-{one}": "excellent" if place < 1 else "qualified" for place, one in enumerate(those)}
    shown = posted(town, client, "review", year=str(town.today.year), **typed)
    assert "优秀 不显示 · 合格 不显示 · 基本合格 0 · 不合格 0" in shown.text(SUMS), shown.text(ALERT)


@pytest.mark.parametrize(
    ("verb", "typed", "words"),
    [
        ("base", {"payer": "salaried", "base": "1"}, "还没选"),
        ("base", {"member": "0", "payer": "", "base": "1"}, "党费类别"),
        ("base", {"member": "0", "payer": "salaried", "base": "很多"}, "金额写成"),
        ("dues", {}, "一个人都没有填"),
        ("dues", {"paid": "1.005"}, "金额写成"),
        ("review", {"year": "今年"}, "年份写成"),
        ("review", {"year": "2025"}, "一个人都没有填"),
        ("review", {"year": "2025", "outcome": "splendid"}, "等次只有四种"),
        ("review", {"year": "2025", "outcome": "excellent"}, "优秀一般不超过"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_records_nothing(
    town: Town, client: Client, verb: str, typed: dict[str, str], words: str
) -> None:
    one = roll(town, 1)[0]
    told = {f"{key}-{one}" if key in ("paid", "outcome") else key: one if key == "member" else value
            for key, value in typed.items()}  # fmt: skip
    before = ledger.count(ledger.FactFilter())
    shown = posted(town, client, verb, **told)
    assert shown.status == 422
    assert words in shown.text(ALERT)
    assert ledger.count(ledger.FactFilter()) == before


def test_who_sees_no_persons_reads_no_sum_and_finds_no_form(town: Town) -> None:
    for reader in (town.leader, town.auditor):
        for verb in ("", "/base", "/dues", "/review"):
            assert opened(town.client(reader), f"/units/{town.city[UNIT]}/members{verb}").status == 404


def test_the_page_of_the_record_shows_no_amount_of_anybody_to_whoever_may_not_see_persons(
    town: Town, client: Client
) -> None:
    posted(town, client, "dues", **{f"paid-{one}": "77.70" for one in roll(town, 2)})
    fact = ledger.facts(ledger.FactFilter(kinds=frozenset({"dues.collected"})))[0].id
    assert "77.7" not in opened(town.client(town.leader), f"/facts/{fact}").source
