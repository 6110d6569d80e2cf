"""The picture in the README is made here, from a document that was checked: GANGMU_UPDATE_IMAGES=1 writes it anew."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visiting import open_window, sign_in
from tests.pages.conftest import Town

pytestmark = pytest.mark.browser
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "check.png"
MOST = 250 * 1024
SPEECH = """荷塘村第一党支部工作报告
一、组织生活
今年召开支部党员大会5次，每次都有记录。全年收集诉求1233件，办结1187件，办结率86.3%。
二、为民办事
受理群众诉求3件，其中办结1件。另有三名专职网格员。下一步计划投入X万元。"""


def test_a_checked_document_makes_the_picture_of_the_readme(
    chromium: Browser, site: tuple[str, Town], scratch: Path
) -> None:
    visit = open_window(chromium, site[0], "office")
    sign_in(visit, "mishu")
    visit.page.goto(f"{site[0]}/documents")
    visit.page.fill("#f-text", SPEECH)
    visit.page.click("#upload button")
    visit.page.wait_for_selector(".gm-paper")
    expect(visit.page.locator(".cl-no").first).to_be_visible()
    target = PICTURE if os.environ.get("GANGMU_UPDATE_IMAGES") == "1" else scratch / "check.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    visit.page.screenshot(path=target)
    visit.context.close()
    assert 10_000 < target.stat().st_size <= MOST


def test_a_figure_on_paper_keeps_its_number_and_loses_what_only_a_screen_needs(
    chromium: Browser, site: tuple[str, Town]
) -> None:
    visit = open_window(chromium, site[0], "office")
    sign_in(visit, "mishu")
    visit.page.goto(f"{site[0]}/figures/{site[1].city['荷塘支部']}/activity.sessions[members_meeting]")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".gm-hero-v")).to_be_visible()
    for gone in (".gm-top", ".gm-foot"):
        expect(visit.page.locator(gone)).to_be_hidden()
    drawn = visit.page.locator(".gm-chart svg").first.bounding_box()
    assert drawn
    assert 0 < drawn["width"] <= visit.page.evaluate("document.querySelector('.gm-chart').clientWidth")
    visit.context.close()
