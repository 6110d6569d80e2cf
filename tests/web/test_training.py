"""Training: a plan by year and audience, sessions by absentees, hours by the conversion of the day carried to each."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from gangmu.catalog.current import catalog
from gangmu.indicators import queries as indicators
from gangmu.kernel.clock import local_moment
from gangmu.kernel.ids import OrgId, PersonId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.ledger.facts import Fact
from gangmu.orgs import actions
from gangmu.orgs.entries import Enrolling, NewHolding
from gangmu.records import training
from gangmu.records.training import Session, against_class, against_session, hours_of
from gangmu.web import training_forms
from tests.orgs.cast import SOME_DAY, key
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

ALERT = "//div[@id='problems']"
ROWS = "//table[@id='classes']//tbody/tr"
UNIT = "荷塘支部"
DAY = date(2025, 3, 8)
PEOPLE = (PersonId("a" * 32), PersonId("b" * 32))
NAMES = ("周望", "何田", "苏禾")


def session(**said: Any) -> Session:
    told = {"org": OrgId("o"), "about": "c", "on": DAY, "length": "day", "hours": None, "absent": frozenset(), **said}
    return Session(**told)


def codes(problems: Iterable[Any]) -> list[str]:
    return [one.code for one in problems]


# --- rules


@pytest.mark.parametrize(
    ("length", "hours", "on", "told"),
    [
        ("day", None, DAY, 8),
        ("half", None, DAY, 4),
        ("day", Decimal(3), DAY, 8),
        ("hours", Decimal("2.5"), DAY, Decimal("2.5")),
        ("hours", None, DAY, None),
        ("", Decimal(3), DAY, None),
        ("day", None, date(2019, 5, 5), None),
        ("day", None, date(2019, 5, 6), 8),
    ],
)
def test_hours_go_by_the_conversion_of_the_day(
    length: str, hours: Decimal | None, on: date, told: Decimal | int | None
) -> None:
    assert hours_of(length, hours, on) == told


@pytest.mark.parametrize("key_", training.LENGTHS.values())
def test_the_conversion_is_a_dated_rule_that_is_shown_as_not_verified(key_: str) -> None:
    rule = catalog().rules[key_]
    assert (rule.source_status, rule.rows[0].unit) == ("unverified", "学时")


@pytest.mark.parametrize(
    ("said", "people", "found"),
    [
        ({}, PEOPLE, []),
        ({"absent": frozenset(PEOPLE[:1])}, PEOPLE, []),
        ({"absent": frozenset(PEOPLE)}, PEOPLE, ["records.class_nobody"]),
        ({"absent": frozenset({PersonId("f" * 32)})}, PEOPLE, ["records.class_stranger"]),
        ({}, (), ["records.class_empty"]),
        ({}, tuple(PersonId(f"{n:032x}") for n in range(training.MOST + 1)), ["records.class_large"]),
        ({}, tuple(PersonId(f"{n:032x}") for n in range(training.MOST)), []),
        ({"length": ""}, PEOPLE, ["records.class_hours"]),
        ({"length": "hours"}, PEOPLE, ["records.class_hours"]),
        ({"length": "hours", "hours": Decimal("1.2")}, PEOPLE, ["records.class_hours"]),
        ({"length": "hours", "hours": Decimal(0)}, PEOPLE, ["records.class_hours"]),
        ({"length": "hours", "hours": Decimal(25)}, PEOPLE, ["records.class_hours"]),
        ({"length": "hours", "hours": Decimal("24")}, PEOPLE, []),
    ],
)
def test_what_speaks_against_a_session_is_told(
    said: dict[str, Any], people: tuple[PersonId, ...], found: list[str]
) -> None:
    assert codes(against_session(session(**said), people)) == found


@pytest.mark.parametrize(
    ("whom", "hours", "due", "name", "found"),
    [
        ("secretaries", Decimal(8), DAY, "书记班", []),
        ("members", Decimal("12.5"), DAY, "党员班", []),
        ("", Decimal(8), DAY, "班", ["records.class_audience"]),
        ("everybody", Decimal(8), DAY, "班", ["records.class_audience"]),
        ("members", None, DAY, "班", ["records.class_hours"]),
        ("members", Decimal("0.3"), DAY, "班", ["records.class_hours"]),
        ("members", Decimal(8), None, "班", ["records.class_due"]),
        ("members", Decimal(8), DAY, " ", ["records.class_name"]),
    ],
)
def test_what_a_class_of_the_plan_must_say(
    whom: str, hours: Decimal | None, due: date | None, name: str, found: list[str]
) -> None:
    assert codes(against_class(whom, hours, due, name)) == found


def test_every_audience_of_the_definition_is_known_to_the_rules() -> None:
    assert {key for key, _title in training_forms.audiences()} == {*training.POSTS, *training.STAGES}


# --- recording


@pytest.fixture
def members(town: Town) -> list[PersonId]:
    for name in NAMES:
        town.city.member(name, UNIT)
    return list(training.audience(town.city.clerk.scope, town.city[UNIT], "members", town.today))


def planned(town: Town, whom: str = "members", over: str = UNIT) -> str:
    due = date(town.today.year, 12, 31)
    return training.open_class(
        town.city[over], whom, Decimal(16), due, "夏季班", by=town.city.clerk, at=town.today, idem=key(whom, over)
    )


def held(town: Town, about: str, over: str = UNIT, idem: str = "held", **said: Any) -> Decimal:
    asked = session(**{"org": town.city[over], "about": about, "on": town.today, **said})
    return training.record_session(asked, by=town.city.clerk, idem=idem)


def notes(town: Town, tag: str = training.ATTENDED, over: str = UNIT) -> list[Fact]:
    wanted = ledger.FactFilter(orgs=frozenset({town.city[over]}), kinds=frozenset({"activity.held"}))
    return [fact for fact in ledger.facts(wanted, limit=500) if tag in fact.body["tags"]]  # type: ignore[operator]


def test_each_who_came_has_the_hours_and_the_absent_have_none(town: Town, members: list[PersonId]) -> None:
    assert held(town, planned(town), absent=frozenset(members[:1]), teacher="宋老师") == 8
    assert {fact.about for fact in notes(town)} == set(members[1:])
    assert {fact.body["hours"] for fact in notes(town)} == {8}
    (one,) = notes(town, "training")
    assert (one.body["present"], one.body["expected"], one.body["class_hours"]) == (2, 3, 8)
    assert one.body["absent_unsaid"] == members[:1]
    assert "宋老师" not in str(one.body)
    assert "hours" not in one.body


def test_a_session_is_one_session_however_many_came(town: Town, members: list[PersonId]) -> None:
    held(town, planned(town), length="half")
    while sequencer.run_once():
        pass
    period, scope = Period.of_year(town.today.year), town.city.clerk.scope
    sessions, every, hours = indicators.figures(
        scope, ["activity.sessions[training]", "activity.sessions", "activity.hours"], town.city[UNIT], period
    )
    assert sessions.value == 1
    assert every.value == len(notes(town, "members_meeting")) + 1
    assert hours.value in (None, 0)


def test_sent_twice_it_is_one(town: Town, members: list[PersonId]) -> None:
    about = planned(town)
    assert planned(town) == about
    for _ in range(2):
        held(town, about)
    assert len(notes(town)) == len(members)
    assert len(training.classes(town.city.clerk.scope, town.city[UNIT])[0].sessions) == 1


def test_a_class_for_secretaries_takes_the_holders_of_the_post_beneath(town: Town, members: list[PersonId]) -> None:
    post = actions.create_post(town.city[UNIT], "secretary", by=town.city.clerk, at=SOME_DAY, idem="p")
    actions.load_holdings([NewHolding(post, members[0], "elected", SOME_DAY, "h")], by=town.city.clerk)
    scope = town.city.clerk.scope
    for over in (UNIT, "荷塘村", "西镇", "柳林县"):
        assert training.audience(scope, town.city[over], "secretaries", town.today) == (members[0],)
    assert training.audience(scope, town.city["东镇"], "secretaries", town.today) == ()
    held(town, planned(town, "secretaries", "西镇"), "西镇")
    assert [fact.about for fact in notes(town, over="西镇")] == [members[0]]


@pytest.mark.parametrize(("whom", "count"), [("members", 3), ("candidates", 0), ("secretaries", 0), ("nobody", 0)])
def test_the_audience_follows_from_the_rolls_of_the_day(
    town: Town, members: list[PersonId], whom: str, count: int
) -> None:
    assert len(training.audience(town.city.clerk.scope, town.city[UNIT], whom, town.today)) == count
    assert training.audience(town.city.clerk.scope, town.city[UNIT], whom, SOME_DAY - timedelta(days=1)) == ()


def test_nothing_is_half_recorded(town: Town, members: list[PersonId]) -> None:
    about, before = planned(town), ledger.count(ledger.FactFilter())
    with pytest.raises(Refused):
        held(town, about, length="hours", hours=Decimal(99))
    with pytest.raises(Refused) as caught:
        held(town, "f" * 32)
    assert codes(caught.value.problems) == ["records.no_such_class"]
    assert ledger.count(ledger.FactFilter()) == before


def test_a_class_of_another_unit_is_none_of_this_ones(town: Town, members: list[PersonId]) -> None:
    about = planned(town)
    with pytest.raises(Refused):
        held(town, about, "荷塘村")
    with pytest.raises(NotFound):
        training.record_session(
            session(org=town.city["柳溪支部"], about=about, on=town.today), by=town.secretary, idem="x"
        )


# --- pages


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def posted(town: Town, client: Client, where: str, **typed: Any) -> Page:
    return sent(client, f"/units/{town.city[UNIT]}/training/{where}", {"idem": where[:1] * 32, **typed})


def test_from_an_empty_year_to_a_session_on_the_page(town: Town, client: Client, members: list[PersonId]) -> None:
    assert "这一年还没有计划" in opened(client, f"/units/{town.city[UNIT]}/training").text()
    due = date(town.today.year, 12, 31).isoformat()
    page = posted(town, client, "plan", name="夏季班", audience="members", class_hours="16", due_on=due)
    assert "已记入台账" in page.text("//*[@role='status'][@data-draft-done]"), page.text(ALERT)
    assert page.text(ROWS).startswith("夏季班 党员")
    about = training.classes(town.secretary.scope, town.city[UNIT])[0].about
    form = opened(client, f"/units/{town.city[UNIT]}/training/{about}")
    assert all(name in form.text() for name in NAMES)
    day = town.today.isoformat()
    page = posted(town, client, about, day=day, length="day", absent=members[0])
    assert "8/16" in page.text(ROWS), page.text(ALERT)
    assert "2/3人" in page.text(ROWS)


def test_teachers_come_from_the_pool(town: Town, client: Client, members: list[PersonId]) -> None:
    asked = Enrolling(town.city[UNIT], "teacher", SOME_DAY, "pool", "青组发〔2025〕6号", name="宋老师")
    actions.enrol(asked, by=town.city.clerk)
    form = opened(client, f"/units/{town.city[UNIT]}/training/{planned(town)}")
    assert "宋老师" in form.texts("//select[@name='teacher']/option")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "班", "class_hours": "8", "due_on": "2026-01-01"}, "还没选给谁办"),
        ({"name": "班", "audience": "members", "due_on": "2026-01-01"}, "学时"),
        ({"name": "班", "audience": "members", "class_hours": "八", "due_on": "2026-01-01"}, "学时"),
        ({"name": "班", "audience": "members", "class_hours": "8"}, "哪天前办完"),
        ({"name": "班", "audience": "members", "class_hours": "8", "due_on": "年底"}, "看不懂"),
        ({"audience": "members", "class_hours": "8", "due_on": "2026-01-01"}, "班名"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_keeps_what_was_typed(
    town: Town, client: Client, typed: dict[str, str], words: str
) -> None:
    before = ledger.count(ledger.FactFilter())
    page = posted(town, client, "plan", **typed)
    assert page.status == 422
    assert words in page.text(ALERT)
    assert page.typed("name") == typed.get("name", "")
    assert ledger.count(ledger.FactFilter()) == before


def test_who_may_not_record_reads_the_plan_without_names_and_forms(town: Town, members: list[PersonId]) -> None:
    about = planned(town)
    reader = town.client(town.auditor)
    page = opened(reader, f"/units/{town.city[UNIT]}/training")
    assert "班名封存" in page.text(ROWS)
    assert "夏季班" not in page.source
    assert opened(reader, f"/units/{town.city[UNIT]}/training/plan").status == 404
    assert opened(reader, f"/units/{town.city[UNIT]}/training/{about}").status == 404


def test_a_class_that_is_none_is_not_found(client: Client, town: Town) -> None:
    assert opened(client, f"/units/{town.city[UNIT]}/training/{'f' * 32}").status == 404
    assert opened(client, f"/units/{town.city[UNIT]}/training?year=99999").status == 200


def test_resources_pushed_are_a_total_with_its_source(town: Town, client: Client) -> None:
    page = opened(client, f"/units/{town.city[UNIT]}/training")
    links = page.links()
    assert any("platform.pushed" in link for link in links)
    assert all(client.get(link).status_code == 200 for link in links if "citation" in link or "platform" in link)


def test_the_page_stands_in_english(town: Town, members: list[PersonId]) -> None:
    planned(town)
    page = opened(town.client(town.secretary, english=True), f"/units/{town.city[UNIT]}/training")
    assert page.text("//h1").startswith("Training of")
    assert "Hours: held/planned" in page.text("//thead")


def test_no_moment_online_is_counted_anywhere() -> None:
    fields = {field.key for kind in catalog().facts.values() for field in kind.fields}
    assert not {"clicks", "minutes_online", "online_minutes", "logins"} & fields


def test_the_day_of_a_session_is_local(town: Town, members: list[PersonId]) -> None:
    held(town, planned(town))
    assert {fact.claimed_from for fact in notes(town)} == {local_moment(town.today)}
