"""Every page as its readers see it: whole, as a part, and as nothing for strangers."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.ledger import queries as ledger
from gangmu.orgs import actions
from gangmu.people.actions import set_password
from gangmu.records.actions import record_fact
from tests.pages.conftest import PASSWORD, Town

QUESTION = "activity.sessions[members_meeting]"


def first_fact(town: Town, unit: str) -> str:
    return ledger.facts(ledger.FactFilter(orgs=frozenset({town.city[unit]})), limit=1)[0].id


def addresses(town: Town, unit: str) -> list[str]:
    """The pages about one unit and one of its facts."""
    org, fact = town.city[unit], first_fact(town, unit)
    return [
        f"/units/{org}", f"/units/{org}/figures", f"/units/{org}/figures.csv", f"/figures/{org}/{QUESTION}",
        f"/figures/{org}/{QUESTION}/csv", f"/facts/{fact}", f"/facts/{fact}/proof", f"/facts/{fact}/restate",
    ]  # fmt: skip


def text(answer: object) -> str:
    pieces = answer.streaming_content if answer.streaming else [answer.content]  # type: ignore[attr-defined]
    return b"".join(pieces).decode()


def test_the_desk_says_what_waits_and_shows_my_figures_and_records(town: Town) -> None:
    shown = text(town.client(town.secretary).get("/"))
    assert "有2件到期了" in shown
    assert "荷塘村第一党支部" in shown
    assert "活动场次（支部党员大会）" in shown
    assert "您还没有记过" in shown


def test_a_leader_reads_and_is_offered_nothing_to_record(town: Town) -> None:
    assert "您的岗位只看不记" in text(town.client(town.leader).get("/"))
    assert town.client(town.leader).get("/record/activity.held").status_code == 404


def test_strangers_are_sent_to_sign_in_and_come_back_to_where_they_were_going(town: Town) -> None:
    org = town.city["荷塘支部"]
    answer = Client().get(f"/units/{org}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in?next=/units/{org}"


def test_what_lies_outside_the_scope_looks_like_what_does_not_exist(town: Town) -> None:
    browser = town.client(town.secretary)
    nowhere = text(browser.get("/units/" + "0" * 32))
    for address in addresses(town, "柳溪支部"):
        answer = browser.get(address)
        assert answer.status_code == 404, address
        assert _without_token(text(answer)) == _without_token(nowhere), address


def _without_token(shown: str) -> str:
    shown = re.sub(r'value="[A-Za-z0-9]{64}"', "", shown)
    return re.sub(r"next=[^\"]*", "", shown)


def test_every_page_of_my_own_unit_opens(town: Town) -> None:
    browser = town.client(town.secretary)
    for address in addresses(town, "荷塘支部"):
        assert browser.get(address).status_code == 200, address


def test_a_unit_shows_its_place_figures_and_latest_records(town: Town) -> None:
    shown = text(town.client(town.leader).get(f"/units/{town.city['西镇']}"))
    assert "柳林县委" in shown
    assert "荷塘村党委" in shown
    assert "支部党员大会" in shown


def test_a_figure_shows_its_definition_parts_units_and_the_very_facts(town: Town) -> None:
    shown = text(town.client(town.leader).get(f"/figures/{town.city['青禾市']}/{QUESTION}"))
    assert "活动场次（支部党员大会）" in shown
    assert "count(activity.held, tag(selected) and not tag(" in shown
    assert "柳林县委" in shown
    assert "这些数来自6条记录" in shown
    assert "台账第" in shown


def test_a_figure_page_answers_htmx_with_its_facts_alone(town: Town) -> None:
    address = f"/figures/{town.city['青禾市']}/{QUESTION}"
    headers = {"HX-Request": "true", "HX-Target": "facts"}
    shown = text(town.client(town.leader).get(address, headers=headers))
    assert shown.lstrip().startswith('<section class="gm-sec" id="facts">')
    assert "<html" not in shown


@pytest.mark.parametrize("key", ["no.such", "activity.sessions[no_such_tag]", "activity.sessions[", "%00"])
def test_a_question_that_nobody_defined_is_not_found(town: Town, key: str) -> None:
    assert town.client(town.leader).get(f"/figures/{town.city['青禾市']}/{key}").status_code == 404


def test_the_indicator_table_shows_what_has_a_figure_and_on_demand_what_is_missing(town: Town) -> None:
    browser, address = town.client(town.leader), f"/units/{town.city['青禾市']}/figures"
    assert "待补" in text(browser.get(address + "?only=absent"))
    assert "6场" in text(browser.get(address))
    assert "没有这样的指标" in text(browser.get(address + "?q=没有的"))


def test_an_unreadable_period_is_said_and_the_page_still_shows(town: Town) -> None:
    answer = town.client(town.leader).get(f"/units/{town.city['青禾市']}/figures?from=2025-02-30&to=2025-03-01")
    assert answer.status_code == 200
    assert "看不懂" in text(answer)


def test_the_export_has_the_rows_of_the_screen(town: Town) -> None:
    browser, org = town.client(town.leader), town.city["青禾市"]
    screen = text(browser.get(f"/figures/{org}/{QUESTION}"))
    file = text(browser.get(f"/figures/{org}/{QUESTION}/csv"))
    assert len(file.strip().splitlines()) == 1 + len(re.findall(r'<th scope="row">\s*<a href="/facts/', screen))
    table = text(browser.get(f"/units/{org}/figures.csv"))
    assert "活动场次,场,6" in table


def test_a_fact_shows_its_fields_its_proof_and_what_is_sealed(town: Town) -> None:
    fact = ledger.facts(ledger.FactFilter(orgs=frozenset({town.city["荷塘支部"]}), kinds=frozenset({"activity.held"})))[
        0
    ]
    mine = text(town.client(town.secretary).get(f"/facts/{fact.id}"))
    assert "讨论年度计划" in mine
    assert "在树里，没动过" in mine
    theirs = text(town.client(town.auditor).get(f"/facts/{fact.id}"))
    assert "讨论年度计划" not in theirs
    assert "封存，您的岗位看不到" in theirs
    assert "记错了" not in theirs


def test_the_proof_of_a_fact_is_a_file_for_the_offline_verifier(town: Town) -> None:
    answer = town.client(town.secretary).get(f"/facts/{first_fact(town, '荷塘支部')}/proof")
    assert text(answer).startswith("c2sp.org/tlog-proof@v1")
    assert "attachment" in answer["Content-Disposition"]


def test_the_ledger_shows_its_head_and_leads_to_a_number(town: Town) -> None:
    browser = town.client(town.leader)
    shown = text(browser.get("/ledger"))
    assert ledger.head().root.hex() in shown  # type: ignore[union-attr]
    seq = ledger.facts(ledger.FactFilter())[0].seq
    assert browser.get(f"/ledger?seq={seq}").status_code == 302
    for wrong in ("99999999", "abc", "-1", "9" * 40):
        assert "范围里没有第" in text(browser.get(f"/ledger?seq={wrong}"))
    assert text(browser.get("/ledger/checkpoint")) == ledger.head().note  # type: ignore[union-attr]


def test_the_number_of_a_fact_outside_my_scope_leads_nowhere(town: Town) -> None:
    outside = ledger.facts(ledger.FactFilter(orgs=frozenset({town.city["柳溪支部"]})))[0]
    assert "范围里没有第" in text(town.client(town.secretary).get(f"/ledger?seq={outside.seq}"))


def test_units_are_found_by_name_code_and_initials(town: Town) -> None:
    browser = town.client(town.leader)
    for words in ("荷塘", "htc"):
        assert "荷塘村" in text(browser.get("/units", {"q": words})), words
    assert "没有找到" in text(browser.get("/units", {"q": "不存在的单位"}))
    assert "荷塘村" in text(browser.get("/units/options", {"field": "org", "org": "荷塘"}))


def test_preferences_are_kept_and_lead_back_only_inside_the_site(db: None) -> None:
    browser = Client()
    answer = browser.post("/preferences", {"language": "en", "size": "large", "theme": "dark", "next": "/sign-in"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")
    shown = text(browser.get("/sign-in"))
    assert '<html lang="en" data-size="large">' in shown
    assert 'media="screen"' in shown
    for outside in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert browser.post("/preferences", {"next": outside})["Location"] == "/"


def test_a_missing_page_and_a_stale_form_say_what_to_do(town: Town) -> None:
    browser = town.client(town.secretary)
    assert "没有这一页" in text(browser.get("/no-such-page"))
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/preferences", {"language": "en"})
    assert answer.status_code == 403
    assert "没存上，东西还在" in text(answer)


DAYS = "?from=2025-01-01&to=2025-12-31"
# an address that names no period costs no more: the newest record is looked for in what was read for the figures
PINNED = {"/": 15, "/units/{org}" + DAYS: 15, "/units/{org}": 15, "/units/{org}/figures" + DAYS: 9,
          "/units/{org}/figures": 9, "/figures/{org}/" + QUESTION + DAYS: 16}  # fmt: skip


@pytest.mark.parametrize("address", PINNED)
def test_the_number_of_queries_does_not_grow(
    town: Town, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, address_here = town.client(town.leader), address.format(org=town.city["青禾市"])
    browser.get(address_here)
    with django_assert_max_num_queries(PINNED[address]):
        browser.get(address_here)


def test_an_account_without_a_grant_reads_how_to_get_one_and_is_offered_nothing_else(town: Town) -> None:
    account = actions.open_account("newcomer", by=town.city.keeper, at=town.today, idem="newcomer")
    set_password(account, PASSWORD)
    browser = Client()
    browser.post("/sign-in", {"name": "newcomer", "password": PASSWORD})
    answer = browser.get("/")
    assert answer.status_code == 200
    assert "还差一步授权" in text(answer)
    assert 'href="/units"' not in text(answer)
    assert browser.get("/units").status_code == 404


def test_before_anything_of_a_year_is_on_record_the_desk_shows_the_year_before(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_year = datetime(town.today.year + 1, 12, 1, 4, tzinfo=UTC)
    assert f"from={town.today.year}-01-01" in text(town.client(town.leader).get("/"))
    monkeypatch.setattr(clock, "now", lambda: next_year)
    assert f"from={town.today.year}-01-01" in text(town.client(town.leader).get("/"))


def test_the_share_of_late_records_stands_beside_every_figure_and_none_is_plainly_none(town: Town) -> None:
    leader, org = town.client(town.leader), town.city["青禾市"]
    period = f"?from={town.today.year - 1}-01-01&to={town.today.year}-12-31"
    addresses = f"/units/{org}/figures{period}", f"/figures/{org}/{QUESTION}{period}"
    assert not any("0.0%）" in text(leader.get(address)) for address in addresses)
    late: dict[str, Json] = {"tags": ["members_meeting"], "late_reason": "no_network"}
    held = town.today - timedelta(days=30)
    record_fact("activity.held", town.city["荷塘支部"], body=late, on=held, by=town.secretary, idem="late")
    assert all("1（14.3%）" in text(leader.get(address)) for address in addresses)
