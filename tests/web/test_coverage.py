"""Both coverages on a page: the rates, the gaps with their drill-down, and what is recorded there."""

from typing import Any

import pytest
from django.test import Client

from gangmu.kernel.ids import OrgId
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.orgs import actions
from gangmu.orgs.coverage import entities
from gangmu.orgs.entries import NewUnit
from gangmu.people.actions import set_password
from tests.orgs.cast import SOME_DAY, key
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened, sent

ALERT = "//div[@id='problems']"
ROWS = "//section[@id='entities']//tbody/tr"
BENEATH = "//section[@id='beneath']//tbody/tr"


@pytest.fixture
def clerk(town: Town) -> Client:
    """A browser of the clerk of 东镇."""
    who = town.city.account("dongzhen", "party_clerk", "东镇")
    set_password(who.account, PASSWORD)
    browser = Client()
    assert browser.post("/sign-in", {"name": "dongzhen", "password": PASSWORD}).status_code == 302
    return browser


def entity(town: Town, name: str, kind: str = "firm", over: str = "柳溪村") -> OrgId:
    new = NewUnit(name, kind, "private_enterprise", town.city[over], SOME_DAY, key("entity", name, over))
    return actions.load_units([new], by=town.city.clerk)[0]


def covered(town: Town, org: OrgId, relation: str = "covered_alone", by: str = "柳溪支部") -> None:
    actions.open_relation(relation, org, town.city[by], by=town.city.clerk, at=SOME_DAY, idem=f"{org}{relation}")


def shown(town: Town, client: Client, over: str = "东镇", query: str = "") -> Page:
    while sequencer.run_once():
        pass
    return opened(client, f"/units/{town.city[over]}/coverage{query}")


def posted(client: Client, org: OrgId, verb: str, day: str, **typed: Any) -> Page:
    return sent(client, f"/units/{org}/cover/{verb}", {"idem": "c" * 32, "day": day, **typed})


def test_without_an_entity_the_page_says_how_one_is_put_on_record(town: Town, clerk: Client) -> None:
    page = shown(town, clerk)
    assert "还没有登记" in page.text()
    assert "新设下级组织" in page.text()


def test_rates_gaps_and_the_units_beneath_agree(town: Town, clerk: Client) -> None:
    covered(town, entity(town, "青禾米业"))
    covered(town, entity(town, "柳溪物业公司", "property_company"), "mentored")
    entity(town, "石桥茶叶合作社", "cooperative", "石桥村")
    entity(town, "石桥竹产业链条", "industry_chain", "石桥村")
    page = shown(town, clerk)
    assert page.texts("//dl[@id='rates']//dd[contains(@class,'v')]") == ["25.0%", "50.0%"]
    assert [one.split() for one in page.texts(BENEATH)] == [["柳溪村党委", "2", "1", "1", "0"], ["石桥村党委", "2", "0", "0", "2"]]  # fmt: skip
    gaps = next(link for link in page.links("//section[@id='beneath']") if "only=gap" in link)
    below = opened(clerk, gaps)
    assert sorted(row.split()[0] for row in below.texts(ROWS)) == ["石桥竹产业链条", "石桥茶叶合作社"]
    assert all("空白" in row for row in below.texts(ROWS))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["青禾米业", "柳溪物业公司"]),
        ("?only=organised", ["青禾米业"]),
        ("?only=mentored", ["柳溪物业公司"]),
        ("?only=gap", []),
        ("?kind=property_company", ["柳溪物业公司"]),
        ("?kind=nothing", []),
    ],
)
def test_the_list_is_narrowed_by_state_and_kind(town: Town, clerk: Client, query: str, names: list[str]) -> None:
    covered(town, entity(town, "青禾米业"))
    covered(town, entity(town, "柳溪物业公司", "property_company"), "mentored")
    page = shown(town, clerk, query=query)
    assert sorted(row.split()[0] for row in page.texts(ROWS)) == sorted(names)


def test_the_file_says_what_the_list_shows(town: Town, clerk: Client) -> None:
    covered(town, entity(town, "青禾米业"))
    entity(town, "柳溪物业公司", "property_company")
    answer = clerk.get(f"/units/{town.city['东镇']}/coverage.csv?only=organised")
    told = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert told[0] == "单位,类别,属于哪里,覆盖情况,怎么覆盖的,哪个党组织,从哪天"
    assert told[1].startswith("青禾米业,企业,柳溪村党委,有党组织,单独组建,柳溪村第一党支部,")
    assert len(told) == 2


def test_a_gap_is_closed_and_opened_again_from_the_page(town: Town, clerk: Client) -> None:
    firm, day = entity(town, "青禾米业"), town.today.isoformat()
    page = posted(clerk, firm, "cover", day, relation="covered_jointly", other=town.city["柳溪支部"])
    assert "已记入台账" in page.text("//*[@role='status'][@data-draft-done]"), page.text(ALERT)
    assert "有党组织" in page.text(ROWS)
    tie = entities(town.city.clerk.scope, firm)[0].covers[0].relation
    page = sent(clerk, f"/units/{firm}/cover/end", {"idem": "d" * 32, "day": day, "about": tie, "reason": "term_over"})
    assert "空白" in page.text(ROWS), page.text(ALERT)


def test_a_double_press_covers_once(town: Town, clerk: Client) -> None:
    firm = entity(town, "青禾米业")
    for _ in range(2):
        posted(clerk, firm, "cover", town.today.isoformat(), relation="mentored", other=town.city["柳溪支部"])
    assert len(entities(town.city.clerk.scope, firm)[0].covers) == 1


@pytest.mark.parametrize(
    ("verb", "typed", "words"),
    [
        ("cover", {"relation": "covered_alone"}, "还没选单位"),
        ("cover", {"other": "柳溪村第一党支部"}, "还没选怎么覆盖的"),
        ("cover", {"relation": "joint_building", "other": "柳溪村第一党支部"}, "还没选怎么覆盖的"),
        ("cover", {"relation": "covered_alone", "other": "没有这个支部"}, ""),
        ("cover", {"relation": "covered_alone", "other": "青禾米业"}, "不能和自己"),
        ("cover", {"relation": "covered_alone", "other": "柳溪村第一党支部", "day": "昨天"}, "看不懂"),
        ("end", {}, "还没选哪一条"),
        ("end", {"about": "e" * 32}, "还没选哪一条"),
    ],
)
def test_a_refusal_says_what_is_wrong_keeps_what_was_typed_and_records_nothing(
    town: Town, clerk: Client, verb: str, typed: dict[str, str], words: str
) -> None:
    firm, before = entity(town, "青禾米业"), ledger.count(ledger.FactFilter())
    page = sent(clerk, f"/units/{firm}/cover/{verb}", {"idem": "c" * 32, "day": town.today.isoformat(), **typed})
    assert page.status == 422
    assert words in page.text(ALERT)
    assert ledger.count(ledger.FactFilter()) == before
    if "other" in typed:
        assert page.typed("other") == typed["other"]


def test_only_entities_are_covered_and_only_by_whoever_shapes_the_tree(town: Town, clerk: Client) -> None:
    firm = entity(town, "青禾米业", over="荷塘村")
    near = entity(town, "青禾米业")
    assert opened(clerk, f"/units/{near}/cover/cover").status == 200
    assert opened(clerk, f"/units/{near}/cover/nonsense").status == 404
    assert opened(clerk, f"/units/{town.city['柳溪支部']}/cover/cover").status == 404
    assert opened(clerk, f"/units/{firm}/cover/cover").status == 404  # another township's
    leader = town.client(town.leader)
    assert opened(leader, f"/units/{near}/cover/cover").status == 404
    assert not [link for link in shown(town, leader).links() if "/cover/" in link]


def test_the_page_of_a_unit_leads_there_and_names_the_tie_in_the_words_of_the_catalog(
    town: Town, clerk: Client
) -> None:
    firm = entity(town, "青禾米业")
    covered(town, firm, "covered_jointly")
    page = opened(clerk, f"/units/{firm}")
    assert f"/units/{firm}/coverage" in page.links()
    assert "联合组建" in page.text()


def test_the_page_stands_in_english(town: Town, clerk: Client) -> None:
    covered(town, entity(town, "青禾米业"))
    clerk.cookies["gm-language"] = "en"
    page = shown(town, clerk)
    assert "Both coverages" in page.text("//h1")
    assert "Has a Party unit" in page.text(ROWS)
