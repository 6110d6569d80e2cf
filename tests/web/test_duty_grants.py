"""Waiving a duty once and exempting whoever asked: who may, what is asked, what it comes to, and how it is undone."""

from datetime import date, timedelta

import pytest
from django.test import Client

from gangmu.duties import actions
from gangmu.duties.grants import exemptions_at, may_waive, waivers_at, waivers_of_units
from gangmu.duties.queries import Known, standing
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound
from gangmu.kernel.scope import Actor
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.people.actions import set_password
from gangmu.web.duties_granting import approver, row_of
from tests.pages.conftest import PASSWORD, Town
from tests.web.opening import Page, opened, sent

UNIT, THEME, STUDY = "荷塘支部", "branch.theme_day", "member.study_hours"
BOX = "//section[@id='duty_deadline']"
ALERT = "//*[@role='alert']"


def signed_in(town: Town, name: str, role: str, over: str) -> tuple[Actor, Client]:
    who, client = town.city.account(name, role, over), Client()
    set_password(who.account, PASSWORD)
    assert client.post("/sign-in", {"name": name, "password": PASSWORD}).status_code == 302
    return who, client


@pytest.fixture
def township(town: Town) -> Client:
    return signed_in(town, "zhenban", "party_clerk", "西镇")[1]


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def last_year(town: Town) -> str:
    return f"{town.today.year - 1}-05"


def tomorrow(town: Town) -> str:
    return (town.today + timedelta(days=1)).isoformat()


def waive_at(town: Town, key: str = THEME) -> str:
    return f"/units/{town.city[UNIT]}/duties/{key}/{last_year(town)}/waive"


def told(town: Town, kind: str) -> list[Fact]:
    wanted = ledger.FactFilter(orgs=frozenset({town.city[UNIT]}), kinds=frozenset({kind}), with_reversed=False)
    return list(ledger.every_fact(wanted))


def state(town: Town, key: str = THEME) -> str:
    first = date(town.today.year - 1, 5, 1)
    found = standing(town.city.clerk.scope, town.city[UNIT], Period(first, first), Known(town.today))
    return next(one.state for one in found if one.obligation.duty == key)


# --- waiving


def test_from_what_was_missed_a_waiver_is_three_taps_away_and_the_page_then_says_who_and_why(
    town: Town, township: Client
) -> None:
    missed = opened(township, f"/units/{town.city[UNIT]}/duties/{THEME}/{last_year(town)}")
    (form,) = [link for link in missed.links(BOX) if "/waive" in link]
    assert opened(township, form).status == 200
    day = town.today.isoformat()
    shown = sent(township, form, {"reason": "disaster", "at": day})
    assert "不算没做，也不算做了" in shown.text("//section[@id='preview']")
    assert (state(town), told(town, "duty.waived")) == ("missed", [])  # nothing is recorded before it is confirmed
    done = sent(township, form, {"reason": "disaster", "at": day, "confirm": "yes", "idem": shown.typed("idem")})
    (fact,) = told(town, "duty.waived")
    assert state(town) == "waived"
    assert "防汛救灾等急事" in done.text(BOX)
    assert "党务干部（西塘镇党委）" in done.text(BOX)
    assert f"/facts/{fact.id}" in done.links(BOX)


def test_a_waiver_is_undone_by_taking_its_record_back(town: Town, township: Client) -> None:
    at = town.today.isoformat()
    sent(township, waive_at(town), {"reason": "season", "at": at, "confirm": "yes", "idem": "w"})
    (fact,) = told(town, "duty.waived")
    page = opened(township, f"/facts/{fact.id}")
    assert "主题党日" in page.text("//dl")
    sent(township, f"/facts/{fact.id}/reverse", {"reason": "mistake", "note": "批错了", "idem": "u"})
    assert (state(town), told(town, "duty.waived")) == ("missed", [])


def test_pressed_twice_it_is_waived_once(town: Town, township: Client) -> None:
    typed = {"reason": "season", "at": town.today.isoformat(), "confirm": "yes", "idem": "once"}
    for _press in range(2):
        assert sent(township, waive_at(town), typed).status == 200
    assert len(told(town, "duty.waived")) == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"at": "2025-06-30", "confirm": "yes"}, "理由"),
        ({"reason": "illness", "at": "2025-06-30", "confirm": "yes"}, "理由"),
        ({"reason": "season", "at": "昨天"}, "看不懂"),
        ({"reason": "season", "at": "tomorrow", "confirm": "yes"}, "日期还没有到"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_says_what_to_do(
    town: Town, township: Client, typed: dict[str, str], says: str
) -> None:
    typed = {key: value.replace("tomorrow", tomorrow(town)) for key, value in typed.items()}
    shown = sent(township, waive_at(town), typed)
    assert shown.status == 422
    assert says in shown.text(ALERT)
    assert shown.typed("at") == typed["at"]
    ticked = [one.get("value") for one in shown.all("//input[@name='reason'][@checked]")]
    assert ticked == [typed["reason"]] if typed.get("reason") == "season" else ticked == []
    assert told(town, "duty.waived") == []


def test_several_in_one_month_are_told_apart_and_one_must_be_chosen(town: Town) -> None:
    _who, client = signed_in(town, "zhenban", "party_clerk", "西镇")
    members = [town.city.member(name, UNIT) for name in ("周望", "苏禾")]
    address = f"/units/{town.city[UNIT]}/duties/member.talk/{town.today.year}-01/waive"
    form = opened(client, address)
    if form.all("//*[@id='closed']"):  # this duty is nobody's to waive: then nothing is chosen either
        assert form.all("//form[@method='post']//select") == []
        return
    offered = [one.get("value") for one in form.all("//select[@name='which']/option") if one.get("value")]
    assert {one.partition(".")[0] for one in offered} == set(members)
    refused = sent(client, address, {"reason": "other", "at": town.today.isoformat()})
    assert "还没选是哪一个" in refused.text(ALERT)
    assert refused.links(ALERT) == ["#f-which"]


def test_a_secretary_reads_that_only_the_unit_above_waives_and_is_offered_no_form(town: Town, client: Client) -> None:
    shown = opened(client, waive_at(town))
    assert "要上一级批准才能免" in shown.text("//*[@id='closed']")
    assert shown.all("//form[@method='post']") == [] or not shown.all("//*[@name='reason']")
    posted = sent(client, waive_at(town), {"reason": "season", "at": "2025-06-30", "confirm": "yes", "idem": "x"})
    assert "要上一级批准才能免" in posted.text("//*[@id='closed']")
    assert told(town, "duty.waived") == []
    deadline = opened(client, f"/units/{town.city[UNIT]}/duties/{THEME}/{last_year(town)}")
    assert not [link for link in deadline.links(BOX) if "/waive" in link]


def test_what_was_done_is_not_waived(town: Town, township: Client) -> None:
    quarter = f"{town.today.year}-{(town.today.month - 1) // 3 * 3 + 1:02}"
    shown = opened(township, f"/units/{town.city[UNIT]}/duties/branch.members_meeting/{quarter}/waive")
    assert "没有要免的" in shown.text("//*[@id='closed']")


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_whoever_only_reads_finds_no_form_at_all(town: Town, who: str) -> None:
    client = town.client(getattr(town, who))
    assert opened(client, waive_at(town)).status == 404
    assert opened(client, f"/units/{town.city[UNIT]}/duties/{STUDY}/exempt").status == 404


@pytest.mark.parametrize("tail", ["no.duty/2026-01/waive", "branch.theme_day/2026-13/waive", "no.duty/exempt"])
def test_what_is_no_duty_or_no_month_is_not_found(town: Town, township: Client, tail: str) -> None:
    assert opened(township, f"/units/{town.city[UNIT]}/duties/{tail}").status == 404


# --- exempting


def exempt_at(town: Town, query: str = "") -> str:
    return f"/units/{town.city[UNIT]}/duties/{STUDY}/exempt{query}"


def test_who_asks_is_exempt_from_a_persons_own_line_and_may_come_back(town: Town, client: Client) -> None:
    member = town.city.member("周望", UNIT)
    line = f"/units/{town.city[UNIT]}/duties/{STUDY}/{town.today.year}-01?of={member}"
    (form,) = [link for link in opened(client, line).links(BOX) if "/exempt" in link]
    typed = {"which": member, "at": f"{town.today.year}-01-01"}
    shown = sent(client, form, typed)
    assert "周望" in shown.text("//section[@id='preview']")
    sent(client, form, {**typed, "confirm": "yes", "idem": "e"})
    (fact,) = told(town, "duty.exempted")
    exempt = opened(client, line)
    assert f"/facts/{fact.id}" in exempt.links(BOX)
    (ending,) = [link for link in exempt.links(BOX) if "end=1" in link]
    assert "结束免除" in opened(client, ending).text("//h1")
    sent(client, ending, {"until": town.today.isoformat(), "confirm": "yes", "idem": "end"})
    (last,) = exemptions_at(town.secretary.scope, town.city[UNIT])
    assert (last.first, last.until) == (date(town.today.year, 1, 1), town.today)


def test_no_reason_is_needed_and_illness_is_none_that_may_be_chosen(town: Town, client: Client) -> None:
    town.city.member("周望", UNIT)
    form = opened(client, exempt_at(town))
    words = form.text("//form[@method='post'][.//*[@name='which']]")
    assert "不问病情和残疾" in words
    assert not any(word in words for word in ("生病", "残疾证", "病假"))
    assert "选填" in form.text("//fieldset[@id='f-reason']/legend")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"at": "2026-01-01"}, "还没选是哪一个"),
        ({"which": "f" * 32, "at": "2026-01-01"}, "还没选是哪一个"),
        ({"which": "member", "at": "2026-03-01", "until": "2026-02-01"}, "早于开始"),
        ({"which": "member", "at": "2026-03-01", "until": "年底"}, "看不懂"),
        ({"which": "member", "at": "tomorrow", "confirm": "yes"}, "日期还没有到"),
        ({"which": "member", "at": "2026-03-01", "reason": "illness", "confirm": "yes"}, "理由"),
    ],
)
def test_a_refused_exemption_keeps_what_was_typed(town: Town, client: Client, typed: dict[str, str], says: str) -> None:
    member = town.city.member("周望", UNIT)
    typed = {key: value.replace("member", member).replace("tomorrow", tomorrow(town)) for key, value in typed.items()}
    shown = sent(client, exempt_at(town), typed)
    assert (shown.status, says in shown.text(ALERT)) == (422, True)
    assert shown.typed("at") == typed["at"]
    assert shown.typed("until") == typed.get("until", "")
    assert told(town, "duty.exempted") == []


def test_a_duty_without_that_exemption_says_so(town: Town, client: Client) -> None:
    shown = opened(client, f"/units/{town.city[UNIT]}/duties/member.talk/exempt")
    assert "没有“本人申请免除”这一条" in shown.text("//*[@id='closed']")


def test_where_nobody_owes_it_the_page_says_so(town: Town, client: Client) -> None:
    assert "没有人要办这一项" in opened(client, exempt_at(town)).text("//*[@id='closed']")


# --- what is asked of the floor beneath


def waived(town: Town, by: Actor) -> None:
    start = date(town.today.year - 1, 5, 1)
    actions.waive(THEME, town.city[UNIT], town.city[UNIT], start, reason="season", by=by, at=town.today, idem="w")


def test_waivers_of_units_are_told_above_and_exemptions_of_persons_only_to_their_unit(town: Town) -> None:
    above = town.city.account("zhenban", "party_clerk", "西镇")
    waived(town, above)
    member = town.city.member("周望", UNIT)
    actions.exempt(STUDY, town.city[UNIT], member, by=town.secretary, at=town.today, idem="e")
    for who, seen in ((town.secretary, 1), (town.leader, 0), (above, 0)):
        assert [one.duty for one in waivers_at(who.scope, [town.city[UNIT]])] == [THEME]
        assert len(exemptions_at(who.scope, town.city[UNIT])) == seen
    with pytest.raises(NotFound):
        waivers_at(town.secretary.scope, [town.city["柳溪支部"]])


def test_the_approver_is_an_office_and_never_a_name(town: Town) -> None:
    above = town.city.account("zhenban", "party_clerk", "西镇")
    waived(town, above)
    (made,) = waivers_at(town.leader.scope, [town.city[UNIT]])
    assert approver(town.leader.scope, made) == "党务干部（西塘镇党委）"


def test_how_duties_are_kept_leads_to_the_records_of_what_was_waived(town: Town) -> None:
    waived(town, town.city.account("zhenban", "party_clerk", "西镇"))
    (made,) = waivers_at(town.leader.scope, [town.city[UNIT]])
    year = f"from={town.today.year - 1}-01-01&to={town.today.year - 1}-12-31"
    city, client = town.city["青禾市"], town.client(town.leader)
    shown = opened(client, f"/units/{city}/compliance?{year}&only=waived")
    assert shown.links("//section[@id='waivers']") == [f"/facts/{made.fact}"]
    assert "农忙" in shown.text("//section[@id='waivers']")
    assert opened(client, f"/facts/{made.fact}").status == 200
    assert opened(client, f"/units/{city}/compliance?{year}").all("//section[@id='waivers']") == []


@pytest.mark.parametrize(
    ("first", "last", "duty", "count"),
    [((1, 1), (12, 31), "", 1), ((5, 10), (5, 20), THEME, 1), ((6, 1), (12, 31), "", 0), ((1, 1), (12, 31), STUDY, 0)],
)
def test_a_waiver_is_told_of_every_span_that_its_period_touches(
    town: Town, first: tuple[int, int], last: tuple[int, int], duty: str, count: int
) -> None:
    waived(town, town.city.account("zhenban", "party_clerk", "西镇"))
    year = town.today.year - 1
    span = Period(date(year, *first), date(year, *last))
    assert len(waivers_of_units(town.leader.scope, town.city["西镇"], span, duty)) == count


@pytest.mark.parametrize(
    ("role", "over", "may"),
    [("branch_secretary", UNIT, False), ("party_clerk", "西镇", True), ("leader", "西镇", False),
     ("branch_secretary", "荷塘村", True)],
)  # fmt: skip
def test_who_may_waive_what_is_left_to_the_unit_above(town: Town, role: str, over: str, may: bool) -> None:
    row = row_of(THEME, town.today)
    assert row is not None
    who = town.city.account("asker", role, over)
    assert may_waive(who.scope, row, town.city[UNIT]) is may


def test_the_english_forms_are_whole(town: Town) -> None:
    town.city.member("周望", UNIT)
    client = town.client(town.secretary, english=True)
    shown: Page = opened(client, exempt_at(town))
    assert shown.text("//h1") == "Exempt on request"
    assert "Nobody is asked about an illness" in shown.text()
