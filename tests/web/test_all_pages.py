"""What every page promises: one headline, a way past the menu, words for every control, nothing for strangers, print."""

import re
from pathlib import Path

import pytest
from django.test import Client

from gangmu.ledger import queries as ledger
from tests.pages.conftest import Town
from tests.web.opening import opened, sent

ASSETS = Path(__file__).resolve().parents[2] / "gangmu/web/assets/css"
TEMPLATES = Path(__file__).resolve().parents[2] / "gangmu/web/templates"


def addresses(town: Town) -> list[str]:
    """Every page that a secretary may open."""
    org = town.city["荷塘支部"]
    fact = ledger.facts(ledger.FactFilter(orgs=frozenset({org}), kinds=frozenset({"activity.held"})))[0].id
    return [
        "/", "/units", "/units?q=htc", f"/units/{org}", f"/units/{org}/figures", f"/figures/{org}/activity.sessions",
        "/facts", f"/facts/{fact}", f"/facts/{fact}/restate", "/record", "/record/activity.held", "/ledger",
        "/units/tree", f"/units/{org}/profile", f"/units/{org}/compliance", f"/units/{org}/posts/take-up",
        f"/units/{org}/duties", f"/units/{org}/duties/branch.theme_day/2026-01",
        "/documents", "/preferences", "/components", "/sign-in",
    ]  # fmt: skip


def test_every_page_has_one_headline_a_title_and_a_way_to_its_content(town: Town) -> None:
    client = town.client(town.secretary)
    for address in addresses(town):
        answer = client.get(address, follow=True)
        shown = opened(client, answer.redirect_chain[-1][0] if answer.redirect_chain else address)
        assert len(shown.all("//h1")) == 1, address
        assert shown.text("//h1"), address
        assert shown.text("//title").endswith("纲目"), address
        assert shown.links("//body/a[contains(@class,'gm-skip')]/..")[0] == "#main", address


def test_no_page_holds_a_script_or_a_style_of_its_own(town: Town) -> None:
    client = town.client(town.secretary)
    for address in addresses(town):
        shown = client.get(address, follow=True).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", shown), address
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", shown), address
        assert not re.search(r"(src|href)=\"(https?:)?//", shown), address


def test_every_form_that_writes_bears_a_token(town: Town) -> None:
    client = town.client(town.secretary)
    for address in addresses(town):
        for form in opened(client, address).all("//form[@method='post']") if address != "/sign-in" else []:
            assert form.xpath(".//input[@name='csrfmiddlewaretoken']"), address


def test_a_stranger_is_sent_to_sign_in_and_learns_nothing(town: Town) -> None:
    public = {"/sign-in", "/preferences", "/components"}
    for address in addresses(town):
        answer = Client().get(address)
        assert (answer.status_code == 302) is (address not in public), address
        assert "荷塘" not in answer.content.decode(), address


@pytest.mark.parametrize("address", ["/units/{}", "/figures/{}/activity.sessions", "/facts/{}", "/documents/{}"])
def test_what_does_not_exist_is_said_plainly_with_a_way_back(town: Town, address: str) -> None:
    shown = opened(town.client(town.secretary), address.format("0" * 32))
    assert shown.status == 404
    assert shown.text("//h1") == "没有这一页"
    assert "/" in shown.links()


def test_the_section_one_is_in_is_marked_in_words_for_every_ear(town: Town) -> None:
    client = town.client(town.secretary)
    for address, words in (
        ("/", "我的"),
        ("/units", "组织"),
        ("/facts", "记录"),
        ("/documents", "文稿"),
        ("/ledger", "台账"),
    ):
        assert opened(client, address).texts("//nav[contains(@class,'gm-nav')]/a[@aria-current='page']") == [words]


def test_the_ledger_says_what_it_proves_and_how_to_check_it_oneself(town: Town) -> None:
    shown = opened(town.client(town.leader), "/ledger")
    assert "记的是不是实情，要靠人去看" in shown.text()
    assert "gangmu verify" in shown.text("//code")
    wrong = opened(town.client(town.leader), "/ledger?seq=999999")
    assert wrong.text("//*[@role='alert']")
    assert wrong.typed("seq") == "999999"


def test_a_unit_leads_up_down_and_to_its_numbers(town: Town) -> None:
    shown = opened(town.client(town.leader), f"/units/{town.city['西镇']}")
    addresses = shown.links()
    for other in ("柳林县", "荷塘村"):
        assert f"/units/{town.city[other]}" in addresses
    assert f"/units/{town.city['西镇']}/figures" in addresses


def test_nobody_found_is_told_how_to_search(town: Town) -> None:
    shown = opened(town.client(town.leader), "/units?q=zzz")
    assert "拼音首字母" in shown.text("//div[contains(@class,'gm-empty')]")
    assert shown.typed("q") == "zzz"


def test_a_wrong_password_keeps_the_name_and_does_not_say_which_was_wrong(town: Town) -> None:
    shown = sent(Client(), "/sign-in", {"name": "mishu", "password": "nonsense"})
    assert shown.typed("name") == "mishu"
    assert not shown.typed("password")
    unknown = sent(Client(), "/sign-in", {"name": "nobody", "password": "nonsense"})
    assert shown.text("//*[@role='alert']") == unknown.text("//*[@role='alert']") != ""


def test_on_paper_there_is_no_menu_and_no_button_but_every_mark() -> None:
    sheet = (ASSETS / "print.css").read_text("utf-8")
    hidden = sheet[: sheet.index("display: none !important")]
    assert all(name in hidden for name in (".gm-top", ".gm-tabs", ".gm-acts", ".gm-filters"))
    assert ".cl" not in hidden
    assert "@page { size: A4" in sheet


def test_templates_hold_no_arithmetic_and_no_style() -> None:
    for file in sorted(TEMPLATES.rglob("*.html")):
        words = file.read_text("utf-8")
        assert "|add:" not in words, file.name
        assert " style=" not in words, file.name


def test_templates_are_laid_out_one_thing_a_line() -> None:
    inline = {"_pieces.html", "_report_pieces.html"}  # blanks between its tags would be blanks in the document
    for file in sorted(TEMPLATES.rglob("*.html")):
        longest = max(map(len, file.read_text("utf-8").splitlines()), default=0)
        assert longest <= 260 or file.name in inline, f"{file.name}: {longest}"
