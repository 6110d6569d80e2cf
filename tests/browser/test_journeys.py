"""What people come to do, from beginning to end."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gangmu.reading.table_files import tables_in
from tests.browser.visiting import open_window, sign_in
from tests.pages.conftest import Town

pytestmark = pytest.mark.browser


def test_a_secretary_records_a_meeting_and_the_next_load_of_the_figure_counts_it(
    each_chromium: Browser, site: tuple[str, Town]
) -> None:
    root, town = site
    visit = open_window(each_chromium, root, "phone")
    page, org = visit.page, town.city["荷塘支部"]
    sign_in(visit, "mishu")
    figure = f"{root}/figures/{org}/activity.sessions[members_meeting]"
    page.goto(figure)
    expect(page.locator(".gm-hero-v")).to_have_text("3场")
    page.goto(f"{root}/")
    page.click(".gm-tabs a.pen")
    page.click("text=支部党员大会")
    page.fill("#f-present", "21")
    page.fill("#f-expected", "24")
    page.click("text=记入台账")
    expect(page.locator("main [role=status]")).to_contain_text("已记入台账")
    recorded = page.url.partition("?")[0]
    page.goto(figure)
    expect(page.locator(".gm-hero-v")).to_have_text("4场")
    assert page.locator(f'a[href="{recorded.removeprefix(root)}"]').count() >= 1
    visit.context.close()


def test_a_number_in_a_document_leads_to_its_working_and_back_by_keyboard(
    each_chromium: Browser, site: tuple[str, Town]
) -> None:
    visit = open_window(each_chromium, site[0], "office")
    sign_in(visit, "lingdao")
    page = visit.page
    page.goto(f"{site[0]}/documents")
    page.fill("#f-text", "关于走访工作的报告\n全年收集诉求1233件，办结1187件，办结率86.3%。")
    page.click("#upload button")
    number = page.locator(".cl-no").first
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".gm-find1:focus .gm-work").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(number).to_be_focused()
    visit.context.close()


def test_what_was_typed_outlives_a_closed_window_but_sealed_words_do_not(
    each_chromium: Browser, site: tuple[str, Town]
) -> None:
    visit = open_window(each_chromium, site[0], "phone")
    sign_in(visit, "mishu")
    address = f"{site[0]}/record/activity.held"
    visit.page.goto(address)
    visit.page.fill("#f-present", "19")
    visit.page.fill("#f-subject", "不能留在设备上的话")
    visit.page.goto(address)
    expect(visit.page.locator("#f-present")).to_have_value("19")
    expect(visit.page.locator("#f-subject")).to_have_value("")
    visit.context.close()


def test_large_type_and_english_are_chosen_without_a_script(each_chromium: Browser, site: tuple[str, Town]) -> None:
    context = each_chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site[0]}/preferences")
    page.click("text=English")
    page.click("label:has-text('大字') >> nth=0")
    page.click("main button")
    page.goto(f"{site[0]}/sign-in")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("html").get_attribute("data-size") == "large"
    context.close()


def test_a_number_without_a_figure_is_given_one_by_searching_and_the_next_check_remembers(
    each_chromium: Browser, site: tuple[str, Town]
) -> None:
    visit = open_window(each_chromium, site[0], "office")
    sign_in(visit, "mishu")
    page, speech = visit.page, "荷塘村工作报告\n今年修剪行道树14棵。"
    check(page, site[0], speech)
    card = page.locator(".gm-find1", has_text="14棵")
    expect(card.locator(".gm-v")).to_have_text("未认定")
    card.locator("[name=words]").fill("支部党员大会")
    card.locator("[role=search] button").click()
    card.locator("label", has_text="活动场次（支部党员大会）").click()
    card.locator("text=就是它，记住").click()
    expect(page.locator(".gm-find1", has_text="14棵").locator(".gm-v")).to_have_text("不符")
    check(page, site[0], speech)
    remembered = page.locator(".gm-find1", has_text="14棵")
    expect(remembered.locator(".gm-v")).to_have_text("不符")
    expect(remembered.locator(".gm-vs .gm-fig")).to_have_text("3场")
    visit.context.close()


@pytest.mark.parametrize("frame", ["phone", "office"])
def test_the_main_pages_are_whole_and_break_no_rule(each_chromium: Browser, site: tuple[str, Town], frame: str) -> None:
    root, town = site
    visit = open_window(each_chromium, root, frame)
    sign_in(visit, "mishu")
    org = town.city["荷塘支部"]
    for path in ("/", f"/units/{org}", f"/units/{org}/figures", f"/figures/{org}/activity.sessions", "/facts?sort=day",
                 "/record/activity.held", "/ledger"):  # fmt: skip
        visit.page.goto(root + path)
        assert visit.page.locator("h1").is_visible(), path
        assert visit.audit() == [], path
    visit.context.close()


def check(page: Page, root: str, text: str) -> None:
    """Paste a text into the page of documents and have it checked."""
    page.goto(f"{root}/documents")
    page.fill("#f-text", text)
    page.click("#upload button")
    page.wait_for_selector(".gm-paper")


def test_an_office_imports_its_own_sheet_mends_it_and_exports_what_the_list_shows(
    each_chromium: Browser, site: tuple[str, Town], tmp_path: Path
) -> None:
    visit = open_window(each_chromium, site[0], "office")
    sign_in(visit, "mishu")
    page = visit.page
    sheet = "荷塘村活动台账\n序号\t活动日期\t会议类型\t实到（人）\t应到\n1\t{day}\t支部党员大会\t20\t24\n2\t{day}\t支部党员大会\t{present}\t24"
    for present, found in (("约20", "有1行要改"), ("19", "2行都可以导入")):
        page.goto(f"{site[0]}/units")
        page.click("text=导入Excel")
        page.select_option("#f-kind", "activity.held")
        page.fill("#f-org", "荷塘村第一党支部")
        page.fill("#f-text", sheet.format(day=site[1].today.isoformat(), present=present))
        page.click("#upload button")
        expect(page.locator("#f-present")).to_have_value("4")
        assert visit.audit() == []
        page.click("text=检查全部2行")
        expect(page.locator("h1")).to_have_text(found)
    page.click("text=确认，把2行记入台账")
    expect(page.locator("h1")).to_have_text("2行已记入台账")
    page.goto(f"{site[0]}/facts?kind=activity.held")
    with page.expect_download() as coming:
        page.click("text=导出Excel表")
    coming.value.save_as(tmp_path / "list.xlsx")
    [grid], _ = tables_in("list.xlsx", (tmp_path / "list.xlsx").read_bytes())
    assert len(grid.rows) == 1 + page.locator("main table tbody tr").count()
    visit.context.close()
