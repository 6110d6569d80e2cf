"""A meeting on a phone whose network goes away: it waits where everybody can see it, and is recorded once."""

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from gangmu.ledger import queries as ledger
from tests.browser.visiting import open_window, sign_in
from tests.pages.conftest import Town
from tests.records.branch import MEMBERS, settle

pytestmark = pytest.mark.browser

HELD = frozenset({"activity.held"})
KEPT = "() => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('gangmu-')))"
LINE = "[data-queue-line]"


def test_a_meeting_recorded_without_a_network_waits_and_is_sent_once(
    each_chromium: Browser, site: tuple[str, Town]
) -> None:
    root, town = site
    branch = settle(town.city, "荷塘支部")
    visit = open_window(each_chromium, root, "phone")
    page, absentee = visit.page, branch["李冬青"]
    sign_in(visit, "mishu")
    form = f"{root}/record/activity.held?tag.activity_form=members_meeting"
    page.goto(form)
    page.check(f"#a-{absentee}")
    expect(page.locator("#meeting_count")).to_contain_text("应到6人，实到5人")
    page.goto(form)
    expect(page.locator(f"#a-{absentee}")).to_be_checked()
    assert visit.audit() == []
    page.fill("#f-place", "村部二楼")
    visit.context.set_offline(True)
    page.click("text=记入台账")
    expect(page.locator(LINE)).to_contain_text("离线，1条待传")
    kept = page.evaluate(KEPT)
    assert absentee in kept
    assert not any(word in kept for word in (*MEMBERS, "村部"))
    before = ledger.count(ledger.FactFilter(kinds=HELD))
    visit.context.set_offline(False)
    expect(page.locator(LINE)).to_contain_text("1条传好了", timeout=30_000)
    facts = ledger.facts(ledger.FactFilter(kinds=HELD, actor=town.secretary.account))
    assert len(facts) == 1
    assert ledger.count(ledger.FactFilter(kinds=HELD)) == before + 1
    assert facts[0].body["absent_leave"] == [absentee]
    assert {one.text for one in ledger.open_slots([facts[0].id], ["place"])} == {"村部二楼"}
    assert json.loads(page.evaluate(KEPT)) == []
    page.goto(form)
    page.check(f"#a-{absentee}")
    expect(page.locator("#meeting_count")).to_contain_text("实到5人")
    page.wait_for_load_state("networkidle")
    assert json.loads(page.evaluate(KEPT)) != []
    page.click(".gm-me button")
    page.wait_for_url(re.compile("/sign-in"))
    assert json.loads(page.evaluate(KEPT)) == []
    visit.context.close()
