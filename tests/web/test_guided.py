"""Guided changes promise: what would change is shown first, then exactly that is made, once, by whoever may."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gangmu.kernel import clock
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions, queries, rosters
from gangmu.orgs.entries import VERBS
from gangmu.people.actions import set_password
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened, sent

SHOWN = "//section[@id='preview']"
ALERT = "//div[@id='problems']"


@pytest.fixture
def clerk(town: Town) -> Client:
    set_password(town.city.clerk_id, PASSWORD)
    browser = Client()
    assert browser.post("/sign-in", {"name": "clerk", "password": PASSWORD}).status_code == 302
    return browser


def asked(town: Town, client: Client, unit: str, verb: str, **typed: Any) -> Page:
    told = {"idem": "a" * 32, "day": town.today.isoformat(), **typed}
    return sent(client, f"/units/{town.city[unit]}/change/{verb}", told)


def confirmed(town: Town, client: Client, unit: str, verb: str, **typed: Any) -> Page:
    seen = asked(town, client, unit, verb, **typed).typed("seen")
    return asked(town, client, unit, verb, **typed, seen=seen, confirm="yes")


def each(town: Town) -> dict[str, tuple[str, dict[str, Any]]]:
    """One change of every kind that nothing speaks against: at which unit, what is typed."""
    city = town.city
    return {
        "found": ("柳溪村", {"name": "柳溪村第二党支部", "kind": "branch", "domain": "rural"}),
        "rename": ("柳溪村", {"name": "柳溪社区党委"}),
        "move": ("柳溪村", {"other": "西塘镇党委"}),
        "merge": ("石桥村", {"other": "柳溪村党委"}),
        "split": ("东镇", {"name1": "东河新区党委", "children1": [city["石桥村"]], "continues": "yes"}),
        "dissolve": ("抗旱临时支部", {"reason": "task_done"}),
    }


@pytest.mark.parametrize("verb", VERBS)
def test_a_change_is_shown_and_nothing_is_recorded_until_it_is_confirmed(town: Town, clerk: Client, verb: str) -> None:
    unit, typed = each(town)[verb]
    before = ledger.count(ledger.FactFilter())
    shown = asked(town, clerk, unit, verb, **typed)
    assert shown.status == 200, shown.text(ALERT)
    assert "要么全记，要么都不记" in shown.text(SHOWN)
    assert ledger.count(ledger.FactFilter()) == before
    done = asked(town, clerk, unit, verb, **typed, seen=shown.typed("seen"), confirm="yes")
    assert done.address.startswith("/units/")
    assert "已记入台账" in done.text("//*[@role='status'][@data-draft-done]")
    after = ledger.count(ledger.FactFilter())
    assert after > before
    asked(town, clerk, unit, verb, **typed, seen=shown.typed("seen"), confirm="yes")
    assert ledger.count(ledger.FactFilter()) == after


@pytest.mark.parametrize("verb", VERBS)
def test_every_control_has_its_label_and_every_form_one_way_on(town: Town, clerk: Client, verb: str) -> None:
    form = opened(clerk, f"/units/{town.city[each(town)[verb][0]]}/change/{verb}")
    fields = form.all("//main//form//*[self::input or self::select or self::textarea][not(@type='hidden')]")
    assert {one.get("id") for one in fields} <= {one.get("for") for one in form.all("//label[@for]")}
    assert form.texts("//main//form//button") == ["看看会变什么"]


@pytest.mark.parametrize("verb", [*VERBS, "nonsense"])
def test_who_does_not_keep_the_tree_finds_no_such_page_and_no_way_to_it(town: Town, verb: str) -> None:
    for who, unit in ((town.secretary, "荷塘支部"), (town.leader, "青禾市"), (town.auditor, "西镇")):
        client = town.client(who)
        assert opened(client, f"/units/{town.city[unit]}/change/{verb}").status == 404
        assert not [link for link in opened(client, f"/units/{town.city[unit]}").links() if "/change/" in link]


def test_whoever_keeps_the_tree_finds_every_change_on_the_units_page(town: Town, clerk: Client) -> None:
    links = opened(clerk, f"/units/{town.city['柳溪村']}").links("//section[@id='changes']")
    assert [link.rpartition("/")[2] for link in links] == list(VERBS)


def test_an_ended_unit_is_changed_no_more(town: Town, clerk: Client) -> None:
    confirmed(town, clerk, "抗旱临时支部", "dissolve", reason="task_done")
    shown = opened(clerk, f"/units/{town.city['抗旱临时支部']}")
    assert not shown.all("//section[@id='changes']")
    assert opened(clerk, f"/units/{town.city['抗旱临时支部']}/change/rename").status == 404


def test_a_merger_shows_who_goes_where_and_what_bears_the_old_name(town: Town, clerk: Client) -> None:
    shown = asked(town, clerk, "荷塘支部", "merge", other="柳溪村第一党支部")
    assert "荷塘村第一党支部" in shown.text(f"{SHOWN}//dl")
    figures = shown.links("//dl[@id='named']")
    assert figures
    assert all(f"/figures/{town.city['荷塘支部']}/" in link for link in figures)
    assert "都不改" in shown.text(SHOWN)


def test_what_the_rules_find_is_told_with_its_source_and_stops_nothing(town: Town, clerk: Client) -> None:
    membership = town.city.member("周望", "柳溪支部")
    typed = {"name1": "柳溪村第二党支部", "members1": [membership], "continues": "yes"}
    shown = asked(town, clerk, "柳溪支部", "split", **typed)
    assert "不足3名" in shown.text("//ul[@id='findings']")
    assert "《中国共产党支部工作条例（试行）》" in shown.text("//ul[@id='findings']")
    confirmed(town, clerk, "柳溪支部", "split", **typed)
    new = next(node for node in queries.tree(town.today).nodes if node.name == "柳溪村第二党支部")
    assert len(rosters.members(town.city.clerk.scope, new.org)) == 1


def test_what_is_refused_says_what_where_and_by_which_rule_and_keeps_what_was_typed(town: Town, clerk: Client) -> None:
    typed = {"name": "柳溪村第一党支部", "kind": "branch", "domain": "rural", "short": "东二", "code": "QH"}
    shown = asked(town, clerk, "柳溪村", "found", **typed)
    assert shown.status == 422
    assert "已经有" in shown.text(ALERT)
    assert "代码 QH" in shown.text(ALERT)
    assert {name: shown.typed(name) for name in typed} == typed
    assert shown.typed("idem") == "a" * 32
    assert not shown.all(SHOWN)


@pytest.mark.parametrize(
    ("unit", "verb", "typed", "words", "at"),
    [
        ("柳溪村", "rename", {"name": "石桥村党委"}, "已经有", "name"),
        ("柳溪村", "rename", {"name": "新名", "day": str(clock.today() + timedelta(days=40))}, "还没有到", "day"),
        ("柳溪村", "rename", {"name": "新名", "day": "三月"}, "看不懂", "day"),
        ("柳溪村", "move", {"other": ""}, "还没选单位", "other"),
        ("柳溪村", "move", {"other": "没有这个"}, "您的范围里没有", "other"),
        ("柳溪村", "move", {"other": "东河镇党委"}, "已经在这个上级", "other"),
        ("东镇", "merge", {"other": "柳溪村党委"}, "不能并入它自己", "other"),
        ("柳溪村", "dissolve", {}, "还没选撤销原因", "reason"),
        ("柳溪村", "dissolve", {"reason": "restructured"}, "下面还有1个组织", ""),
        ("东镇", "split", {}, "至少要有两个", "name1"),
        ("东镇", "found", {"name": "甲"}, "还没选类型", "kind"),
    ],
)
def test_each_refusal_leads_to_its_field(
    town: Town, clerk: Client, unit: str, verb: str, typed: dict[str, str], words: str, at: str
) -> None:
    shown = asked(town, clerk, unit, verb, **typed)
    assert shown.status == 422
    assert words in shown.text(ALERT).replace(" ", "")
    if at:
        assert f"#f-{at}" in shown.links(ALERT)
        assert shown.all(f"//*[@id='f-{at}']")


def test_a_rule_that_forbids_is_named_with_its_source(town: Town, clerk: Client) -> None:
    shown = asked(town, clerk, "东镇", "move", other="荷塘村党委")
    assert "不能设在" in shown.text(ALERT)
    assert "依据：《中国共产党支部工作条例（试行）》" in shown.text(ALERT)


def test_what_changed_since_the_look_is_shown_again_and_asks_again(town: Town, clerk: Client) -> None:
    seen = asked(town, clerk, "柳溪村", "merge", other="石桥村党委").typed("seen")
    actions.found_unit(
        "柳溪村第三党支部", "branch", "rural", town.city["柳溪村"], by=town.city.clerk, at=town.today, idem="n"
    )
    again = asked(town, clerk, "柳溪村", "merge", other="石桥村党委", seen=seen, confirm="yes")
    assert again.status == 422
    assert "请再看一遍" in again.text(ALERT)
    assert "柳溪村第三党支部" in again.text(SHOWN)
    assert queries.unit(town.city.clerk.scope, town.city["柳溪村"]).alive
    done = asked(town, clerk, "柳溪村", "merge", other="石桥村党委", seen=again.typed("seen"), confirm="yes")
    assert done.address.startswith(f"/units/{town.city['石桥村']}")


def test_a_session_that_ended_is_asked_to_sign_in_and_nothing_was_recorded(town: Town, clerk: Client) -> None:
    seen = asked(town, clerk, "柳溪村", "rename", name="柳溪社区党委").typed("seen")
    before = ledger.count(ledger.FactFilter())
    clerk.cookies.clear()
    gone = asked(town, clerk, "柳溪村", "rename", name="柳溪社区党委", seen=seen, confirm="yes")
    assert gone.address.startswith("/sign-in")
    assert ledger.count(ledger.FactFilter()) == before


def test_in_english_every_word_of_it_is_english(town: Town, clerk: Client) -> None:
    clerk.cookies["gm-language"] = "en"
    shown = asked(town, clerk, "柳溪村", "move", other="西塘镇党委")
    assert shown.text("//h1") == "Move elsewhere"
    assert "all or nothing" in shown.text(SHOWN)
    assert shown.texts("//main//form//button") == ["Confirm and record", "Changed something: look again"]
