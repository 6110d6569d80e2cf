"""The guided page: names from the registry, one tick an absentee, the arithmetic before it is saved, nothing lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.catalog.current import catalog
from gangmu.duties.actions import exempt
from gangmu.kernel.clock import local_moment
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewMembership, NewPerson
from gangmu.people.actions import set_password
from gangmu.web.views.record_meeting import a_month_on
from tests.orgs.cast import SOME_DAY
from tests.pages.conftest import Town
from tests.records.branch import MEMBERS, Branch, settle
from tests.web.opening import Page, opened, sent

FORM = "tag.activity_form"


@pytest.fixture
def branch(town: Town) -> Branch:
    return settle(town.city, "荷塘支部")


@pytest.fixture
def client(town: Town, branch: Branch) -> Client:
    return town.client(town.secretary)


def page(client: Client, form: str = "members_meeting", **more: str) -> Page:
    asked = "&".join([f"{FORM}={form}", *(f"{key}={value}" for key, value in more.items())])
    return opened(client, f"/record/activity.held?{asked}")


def send(town: Town, client: Client, form: str = "members_meeting", **typed: Any) -> Page:
    told = {"idem": "a" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), FORM: form, **typed}
    return sent(client, "/record/activity.held", told)


def newest(kind: str = "activity.held") -> Fact:
    return ledger.facts(ledger.FactFilter(kinds=frozenset({kind})), limit=1)[0]


def test_the_names_are_there_before_anything_is_typed(client: Client) -> None:
    shown = page(client)
    roll = shown.text("//fieldset[@id='f-absent']")
    assert all(name in roll for name in MEMBERS)
    assert shown.text("//h1") == "支部党员大会"
    assert len(shown.all("//input[@name='absent']")) == 6
    assert shown.all("//input[@name='absent' and @checked]") == []
    assert shown.all("//input[@name='present']") == []


def test_a_routine_meeting_wants_nothing_typed(town: Town, client: Client) -> None:
    shown = page(client)
    required = [one.get("name") for one in shown.all("//form[@data-queue]//*[@required]")]
    assert set(required) == {"org", "day"}
    assert all(shown.typed(name) for name in required)
    assert send(town, client).status == 200
    assert newest().body["present"] == 6


def test_the_arithmetic_stands_on_the_page_before_it_is_saved(client: Client) -> None:
    said = page(client).text("//div[@id='meeting_count']")
    assert "应到6人，实到6人" in said
    assert "有表决权的应到5人，实到5人" in said
    assert "要超过50%（2.5人），至少3人" in said
    assert "支部工作条例" in said


def test_looking_counts_the_ticks_and_records_nothing(town: Town, branch: Branch, client: Client) -> None:
    before = ledger.count(ledger.FactFilter())
    absent = [branch[name] for name in ("林晓禾", "周立春", "陈秋实")]
    shown = send(town, client, look="1", absent=absent, agenda="修路")
    said = shown.text("//div[@id='meeting_count']")
    assert "应到6人，实到3人" in said
    assert "现在2人，不够：会可以记，表决不算数" in said
    assert shown.status == 200
    assert shown.typed("agenda").strip() == "修路"
    assert len(shown.all("//input[@name='absent' and @checked]")) == 3
    assert ledger.count(ledger.FactFilter()) == before


def test_a_part_alone_answers_the_ticks(town: Town, branch: Branch, client: Client) -> None:
    told = {"look": "1", "org": town.city["荷塘支部"], "day": town.today.isoformat(), FORM: "members_meeting"}
    answer = client.post("/record/activity.held", told, headers={"HX-Request": "true", "HX-Target": "meeting_count"})
    assert answer.content.decode().strip().startswith('<div id="meeting_count"')


def test_absentees_are_recorded_by_their_reason_and_told_by_name(town: Town, branch: Branch, client: Client) -> None:
    who = branch["王𠮷生"]
    shown = send(town, client, absent=[who, branch["李冬青"]], **{f"why.{who}": "absent_away"})
    body = newest().body
    assert (body["absent_away"], body["absent_leave"]) == ([who], [branch["李冬青"]])
    assert "王𠮷生" in shown.text("//dl")
    assert who not in shown.text("//dl")


def test_topics_that_were_ticked_and_typed_are_one_agenda(town: Town, client: Client) -> None:
    shown = send(town, client, topic=["0", "5"], agenda="修路\n选举")
    assert "传达学习上级文件精神" in shown.text("//dl")
    opened_slots = ledger.open_slots([newest().id], ["agenda"])
    assert opened_slots[0].text.splitlines() == ["传达学习上级文件精神", "选举", "修路"]


def test_what_was_resolved_is_on_the_desk_with_its_day(town: Town, branch: Branch, client: Client) -> None:
    due = (town.today + timedelta(days=9)).isoformat()
    send(town, client, **{"resolved.1": "修好井盖", "owner.1": branch["周立春"], "due.1": due})
    found = newest("activity.resolved")
    assert (found.body["owner"], found.body["due_on"]) == (branch["周立春"], due)
    assert "会上定的事" in opened(client, "/").text("//main")


def test_the_same_as_last_time_brings_hours_place_and_topics_and_nobodys_absence(
    town: Town, branch: Branch, client: Client
) -> None:
    typed = {
        "from": "09:00",
        "until": "10:30",
        "place": "村部二楼",
        "host": "林晓禾",
        "agenda": "修路",
        "minutes": "都同意",
    }
    send(town, client, absent=[branch["李冬青"]], **typed)
    first = page(client)
    [like] = [link for link in first.links("//main") if "like=" in link]
    shown = opened(client, like)
    assert {key: shown.typed(key).strip() for key in ("from", "until", "place", "host", "agenda")} == {
        "from": "09:00", "until": "10:30", "place": "村部二楼", "host": "林晓禾", "agenda": "修路"
    }  # fmt: skip
    assert shown.typed("minutes").strip() == ""
    assert shown.all("//input[@name='absent' and @checked]") == []
    assert shown.typed("idem") != "a" * 32


@pytest.mark.parametrize(
    ("day", "today", "expect"),
    [
        ("2025-01-31", "2025-06-01", "2025-02-28"),
        ("2024-01-31", "2025-06-01", "2024-02-29"),
        ("2025-05-05", "2025-06-20", "2025-06-05"),
        ("2025-05-25", "2025-06-20", "2025-06-20"),
        ("2025-12-15", "2026-03-01", "2026-01-15"),
        ("2025-06-20", "2025-06-20", "2025-06-20"),
    ],
)
def test_a_month_on_is_the_same_day_of_the_next_month_and_never_to_come(day: str, today: str, expect: str) -> None:
    assert a_month_on(date.fromisoformat(day), date.fromisoformat(today)).isoformat() == expect


def test_hours_are_recorded_as_local_hours(town: Town, client: Client) -> None:
    send(town, client, **{"from": "9:00", "until": "10：30"})
    fact = newest()
    assert (fact.claimed_from, fact.claimed_to) == (local_moment(town.today, 9), local_moment(town.today, 10, 30))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"from": "九点"}, "时间“九点”看不懂"),
        ({"from": "10:00", "until": "09:00"}, "结束的时间在开始之前"),
        ({"day": "2025-13-40"}, "看不懂"),
        ({"votes_for": "3"}, "还没选表决的是什么"),
        ({"votes_for": "9", "vote_on": "matter"}, "到场有表决权的只有"),
        ({"votes_for": "三", "vote_on": "matter"}, "这里要填整数"),
        ({"due.1": "2030-01-01"}, "还没写定了什么"),
        ({"resolved.1": "修路", "due.1": "下月"}, "日期“下月”看不懂"),
        ({"absent": "f" * 32}, "不在这一天的应到名单上"),
    ],
)
def test_every_refusal_keeps_what_was_typed(
    town: Town, branch: Branch, client: Client, typed: dict[str, str], said: str
) -> None:
    kept = {"place": "村部😀", "agenda": "修路\n王𠮷生转正", "minutes": "都同意🎉"}
    before = ledger.count(ledger.FactFilter())
    shown = send(town, client, **dict[str, Any]({"absent": [branch["李冬青"]], **kept, **typed}))
    assert shown.status == 422
    assert said in shown.text("//div[@id='problems']")
    assert {key: shown.typed(key).strip() for key in kept} == kept
    assert shown.typed("idem") == "a" * 32
    assert ledger.count(ledger.FactFilter()) == before


def test_a_double_click_is_one_meeting_and_says_so(town: Town, client: Client) -> None:
    first, again = send(town, client), send(town, client)
    assert "没有重复" not in first.text("//main")
    assert "没有重复" in again.text("//main")


def test_two_people_may_record_the_same_meeting_and_neither_is_lost(town: Town, client: Client) -> None:
    send(town, client)
    send(town, client, idem="b" * 32)
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"activity.held"}), actor=town.secretary.account)) == 2


def test_a_talk_records_with_whom_and_no_word_of_it_in_the_entry(town: Town, branch: Branch, client: Client) -> None:
    form = page(client, "heart_talk", org=str(town.city["荷塘支部"]))
    assert form.all("//select[@name='about']")
    assert form.all("//*[@name='subject' or @name='minutes' or @name='present']") == []
    send(town, client, "heart_talk", about=branch["李冬青"], points="问问家里收成")
    fact = newest()
    assert fact.about == branch["李冬青"]
    assert set(fact.body) == {"tags"}
    assert "收成" not in ledger.entry(fact.id).decode()


def test_a_talk_with_nobody_is_refused(town: Town, client: Client) -> None:
    shown = send(town, client, "heart_talk")
    assert "还没选和谁谈的" in shown.text("//div[@id='problems']")


def test_points_of_a_talk_are_read_by_the_unit_and_one_level_up_and_not_above(
    town: Town, branch: Branch, client: Client
) -> None:
    send(town, client, "heart_talk", about=branch["李冬青"], points="问问家里收成")
    address = f"/facts/{newest().id}"
    assert "问问家里收成" in opened(client, address).text("//main")
    readers = {"village": ("荷塘村", True), "towner": ("西镇", False), "county": ("柳林县", False)}
    for name, (unit, reads) in readers.items():
        who = town.city.account(name, "party_clerk", unit)
        set_password(who.account, "qing-he-lake-2025")
        browser = Client()
        browser.post("/sign-in", {"name": name, "password": "qing-he-lake-2025"})
        assert ("问问家里收成" in opened(browser, address).text("//main")) is reads, unit


def test_points_are_not_found_by_searching_and_not_in_files(town: Town, branch: Branch, client: Client) -> None:
    send(town, client, "heart_talk", about=branch["李冬青"], points="问问家里收成")
    for address in ("/facts?kind=activity.held", "/facts.csv", "/units?q=收成", f"/units/{town.city['荷塘支部']}"):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert "问问家里收成" not in body.decode(), address


def test_putting_right_opens_the_same_page_with_the_ticks_and_records_both(
    town: Town, branch: Branch, client: Client
) -> None:
    who = branch["李冬青"]
    send(town, client, absent=[who], place="村部", **{f"why.{who}": "absent_duty", "from": "09:00", "until": "10:00"})
    wrong = newest()
    shown = opened(client, f"/facts/{wrong.id}/restate")
    assert [one.get("value") for one in shown.all("//input[@name='absent' and @checked]")] == [who]
    assert shown.typed(f"why.{who}") == "absent_duty"
    assert (shown.typed("from"), shown.typed("place")) == ("09:00", "村部")
    told = {
        "idem": "c" * 32,
        "org": wrong.org,
        "day": town.today.isoformat(),
        FORM: "members_meeting",
        "reason": "mistake",
        "note": "都到了",
    }
    done = sent(client, f"/facts/{wrong.id}/restate", told)
    assert done.status == 200
    assert ledger.fact(wrong.id).reversed_by
    assert newest().body["present"] == 6


def test_a_unit_without_a_registry_is_asked_for_numbers(town: Town) -> None:
    client = town.client(town.secretary)
    shown = page(client)
    assert shown.all("//input[@name='present']")
    assert shown.all("//input[@name='absent']") == []
    assert send(town, client, present="21", expected="24").status == 200
    assert (newest().body["present"], newest().body["expected"]) == (21, 24)


@pytest.mark.parametrize("form", sorted(catalog().activities))
def test_every_form_has_its_page_and_is_recorded_from_it(town: Town, branch: Branch, client: Client, form: str) -> None:
    shown = page(client, form, org=str(branch.org))
    assert shown.status == 200
    assert shown.text("//h1") == catalog().activities[form].title.zh
    typed = {"about": branch["李冬青"]} if catalog().activities[form].with_whom else {}
    assert send(town, client, form, **typed).status == 200
    assert newest().body["tags"] == [form]


def test_a_form_without_a_guide_keeps_the_plain_page(client: Client) -> None:
    shown = page(client, "sports_meeting")
    assert shown.all("//input[@name='present']")
    assert shown.all("//*[@name='agenda' or @name='votes_for' or @name='absent_leave']") == []


def test_the_page_is_complete_in_english(town: Town, branch: Branch) -> None:
    client = town.client(town.secretary, english=True)
    shown = page(client)
    said = shown.text("//form[@data-queue]")
    for words in ("Who was not there", "Beginning", "The vote", "What was resolved"):
        assert words in said


def test_an_exempt_member_is_shown_and_not_expected(town: Town, branch: Branch, client: Client) -> None:
    exempt("member.study_hours", branch.org, branch.memberships["李冬青"], by=town.city.clerk, at=town.today, idem="x")
    said = page(client, "lecture").text("//form[@data-queue]")
    assert "李冬青：申请了免除，不计应到" in said
    assert "应到5人" in said


@pytest.mark.parametrize(("many", "asked", "recorded"), [(0, 12, 8), (20, 12, 8)])
def test_what_a_page_and_a_record_cost_does_not_grow_with_the_branch(
    town: Town, branch: Branch, client: Client, many: int, asked: int, recorded: int
) -> None:
    more_members(town, branch, many)
    page(client, org=str(branch.org))
    with CaptureQueriesContext(connection) as reading:
        page(client, org=str(branch.org))
    told = {"org": branch.org, "day": town.today.isoformat(), FORM: "members_meeting"}
    client.post("/record/activity.held", {**told, "idem": "d" * 32})
    with CaptureQueriesContext(connection) as writing:
        answer = client.post("/record/activity.held", {**told, "idem": "e" * 32, "absent": branch["李冬青"]})
    assert answer.status_code == 302
    assert len(reading) <= asked
    assert len(writing) <= recorded


def more_members(town: Town, branch: Branch, many: int) -> None:
    """So many more members of the branch."""
    people = orgs.load_persons(
        [NewPerson(branch.org, SOME_DAY, f"more/{n}", name=f"党员{n}") for n in range(many)], by=town.city.clerk
    )
    rows = [
        NewMembership(branch.org, person, "transferred_in", "full", "rural", "b36_40", SOME_DAY, f"more-member/{n}")
        for n, person in enumerate(people)
    ]
    orgs.load_memberships(rows, by=town.city.clerk)
