"""The page of how duties are kept: every rate with its parts and its late share, down to the unit's own year."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.catalog.current import catalog
from gangmu.duties.queries import by_duty, compliance
from gangmu.kernel.canon import Json
from gangmu.kernel.periods import Period
from gangmu.orgs import queries as orgs
from gangmu.records.actions import record_fact
from tests.orgs.cast import SOME_DAY
from tests.pages.conftest import Town
from tests.web.opening import Page, csv_rows, opened
from tests.web.test_exports import sheet_rows
from tests.web.test_registry_tree import more_branches, statements

YEAR = "from=2025-01-01&to=2025-12-31"
MEETING, TALK = "branch.members_meeting", "member.talk"
NAMES = ("甲一", "甲二", "甲三", "甲四", "甲五", "甲六")
STATEMENTS = 12


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.leader)


def at(town: Town, unit: str, more: str = "") -> str:
    return f"/units/{town.city[unit]}/compliance?{YEAR}{more}"


def lines(shown: Page) -> list[list[str]]:
    """The table as it is read: the words of each cell."""
    rows = shown.all("//main//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in rows]


def line(shown: Page, name: str) -> list[str]:
    [found] = [one for one in lines(shown) if one[0] == name]
    return found


def meeting(town: Town, unit: str, day: str) -> None:
    """A members' meeting that was held then and is written down today."""
    body: dict[str, Json] = {"tags": ["members_meeting"], "present": 9, "expected": 12, "late_reason": "away"}
    record_fact("activity.held", town.city[unit], body=body, on=date.fromisoformat(day), by=town.city.clerk, idem=day)


def test_each_unit_shows_its_rate_what_it_is_made_of_and_the_late_share(town: Town, client: Client) -> None:
    meeting(town, "柳溪支部", "2025-02-05")
    shown = opened(client, at(town, "柳溪村", f"&duty={MEETING}"))
    assert shown.texts("//main//thead//th") == ["单位", "完成率", "完成/应完成", "补录", "缺", "免", "还没到期"]
    found = compliance(town.leader.scope, town.city["柳溪村"], Period.of_year(2025), town.today, MEETING)
    branch = next(row for row in found.rows if row.node.org == town.city["柳溪支部"])
    assert (branch.units.done, branch.units.settled, branch.units.late) == (1, 4, 1)
    assert lines(shown)[0][1:] == ["25.0%", "1 / 4", "1（100.0%）", "3", "0", "0"]
    whole = found.whole.units
    missed = str(whole.settled - whole.done)
    assert line(shown, "合计")[2:5] == [f"{whole.done} / {whole.settled}", "1（100.0%）", missed]


def test_units_stand_in_the_order_of_the_tree_and_nothing_ranks_them(town: Town, client: Client) -> None:
    meeting(town, "石桥支部", "2025-02-05")
    shown = opened(client, at(town, "东镇", f"&duty={MEETING}"))
    told = [link.split("/")[2].partition("?")[0] for link in shown.links("//main//tbody/tr/th")]
    assert told == [node.org for node in orgs.children(town.leader.scope, town.city["东镇"])]
    assert shown.all("//main//th[@aria-sort] | //main//a[contains(@class,'gm-sort')]") == []
    assert {row.get("class") for row in shown.all("//main//tbody/tr")} == {None, "sum"}
    assert lines(opened(client, at(town, "东镇", f"&duty={MEETING}&sort=-rate"))) == lines(shown)


def test_every_number_leads_down_to_the_unit_that_has_it(town: Town, client: Client) -> None:
    address, went = at(town, "青禾市", "&by=duty"), []
    for _step in range(8):
        shown = opened(client, address)
        went.append(shown.text("//h1"))
        numbers = shown.all("//main//tbody/tr[not(@class)]/td[4]/a")  # missed
        if not numbers:
            break
        address = next(one.get("href") for one in numbers if one.get("href") != address)
        assert client.get(address).status_code == 200
        if "/compliance" not in address:
            break
    assert len(went) > 3
    assert f"/units/{town.city['柳溪支部']}" in address or "/compliance" not in address


def test_a_state_narrows_the_list_to_the_lines_that_have_any(town: Town, client: Client) -> None:
    meeting(town, "柳溪支部", "2025-02-05")
    every = opened(client, at(town, "东镇", f"&duty={MEETING}"))
    late = opened(client, at(town, "东镇", f"&duty={MEETING}&only=late"))
    assert lines(late) == [one for one in lines(every) if one[3] != "0" and one[3] != "—"]
    assert "只看有“补录”的" in late.text()
    assert opened(client, at(town, "东镇", f"&duty={MEETING}&only=nonsense")).texts("//tbody//th") == every.texts(
        "//tbody//th"
    )
    none = opened(client, at(town, "东镇", f"&duty={MEETING}&only=waived"))
    assert none.text("//div[contains(@class,'gm-empty')]").startswith("一个也没有")


def test_duty_by_duty_in_the_catalogs_order_each_leads_to_the_duty_unit_by_unit(town: Town, client: Client) -> None:
    shown = opened(client, at(town, "青禾市", "&by=duty"))
    told = by_duty(town.leader.scope, town.city["青禾市"], Period.of_year(2025), town.today)
    assert shown.texts("//tbody//th") == [catalog().duties[key].duty.title.zh for key, _row in told]
    meetings = next(row for key, row in told if key == MEETING).units
    title = catalog().duties[MEETING].duty.title.zh
    assert line(shown, title)[2] == f"{meetings.done} / {meetings.settled}"
    [leads] = [link for link in shown.links("//tbody//th") if f"duty={MEETING}" in link]
    one = opened(client, leads)
    assert line(one, "合计")[2] == line(shown, title)[2]
    assert one.typed("duty") == MEETING


def test_one_duty_at_a_time_is_what_all_together_counts_of_it(town: Town) -> None:
    scope, org, year = town.leader.scope, town.city["青禾市"], Period.of_year(2025)
    told = by_duty(scope, org, year, town.today)
    whole = compliance(scope, org, year, town.today).whole.units
    assert sum(row.units.settled for _key, row in told) == whole.settled > 0
    assert all(row.units == compliance(scope, org, year, town.today, key).whole.units for key, row in told)


def test_what_too_few_persons_owe_is_withheld_in_words_with_the_reason(town: Town, client: Client) -> None:
    for number, name in enumerate(NAMES):
        town.city.member(name, "石桥支部" if number else "柳溪支部", SOME_DAY)
    shown = opened(client, at(town, "东镇", f"&duty={TALK}"))
    hidden = [one for one in lines(shown) if one[1] == "不显示"]
    assert len(hidden) == 2  # that of one person, and another from which it would follow
    assert all(set(one[2:]) == {"", "—"} for one in hidden)
    assert line(shown, "合计")[1:3] == ["0.0%", "按人，6人"]
    assert "不到5人" in shown.text()
    assert "不写谁缺" in shown.text()
    for name in NAMES:
        assert name not in shown.source


def test_of_persons_no_count_is_shown_and_none_is_in_the_file(town: Town, client: Client) -> None:
    for name in NAMES:
        town.city.member(name, "石桥支部", SOME_DAY)
    shown = opened(client, at(town, "石桥村", f"&duty={TALK}"))
    assert line(shown, "合计")[1:] == ["0.0%", "按人，6人", "—", "", "", ""]
    [csv] = [link for link in shown.links() if "compliance.csv" in link and "xlsx" not in link]
    assert csv_rows(client, csv)[-1] == ["合计", "0", "", "", "6", "", "", "", "", ""]
    assert shown.all("//tbody//a[contains(@href,'only=')]") == []


def test_persons_are_not_added_up_over_several_duties_where_one_could_be_taken_from_the_other(
    town: Town, client: Client
) -> None:
    for name in NAMES:
        town.city.member(name, "石桥支部", SOME_DAY)
    shown = opened(client, at(town, "石桥村"))
    assert "按人，" not in shown.text()
    assert "按人的职责一项一项看" in shown.text()


@pytest.mark.parametrize("more", ["", f"&duty={MEETING}", "&by=duty", f"&duty={MEETING}&only=missed", "&page=1"])
def test_both_files_hold_the_lines_of_the_screen(town: Town, client: Client, more: str) -> None:
    meeting(town, "柳溪支部", "2025-02-05")
    shown = opened(client, at(town, "东镇", more))
    [book] = [link for link in shown.links() if "as=xlsx" in link]
    rows = csv_rows(client, book.replace("&as=xlsx", ""))
    assert [row[0] for row in rows[1:]] == shown.texts("//tbody//th") != []
    assert sheet_rows(client, book) == rows
    parts = [f"{done} / {owed}" for _name, _rate, done, owed, *_rest in rows[1:] if owed]
    assert parts == [one[2] for one in lines(shown) if " / " in one[2]]


def test_a_long_list_comes_in_pages_and_its_file_whole_or_as_the_page(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gangmu.web.views.compliance.SIZE", 2)
    more_branches(town, 5)
    first, second = (opened(client, at(town, "柳溪村", f"&page={number}")) for number in (1, 2))
    assert len(lines(first)) == len(lines(second)) == 3  # two and all together
    assert first.texts("//tbody//th")[:2] != second.texts("//tbody//th")[:2]
    file = f"/units/{town.city['柳溪村']}/compliance.csv?{YEAR}"
    assert (len(csv_rows(client, file)), len(csv_rows(client, f"{file}&page=2"))) == (8, 4)


def test_a_unit_that_owes_nothing_of_the_duty_says_so_and_counts_nothing(town: Town, client: Client) -> None:
    for name in NAMES:
        town.city.member(name, "石桥支部", SOME_DAY)
    shown = opened(client, at(town, "东镇", f"&duty={TALK}"))
    none = [one for one in lines(shown) if "没有应办的" in one]
    assert none
    assert all(one[1:] == ["—", "没有应办的", "—", "", "", ""] for one in none)


def test_days_in_which_nothing_was_owed_say_so(town: Town, client: Client) -> None:
    for more in ("", "&by=duty", f"&duty={TALK}", "&only=missed"):
        shown = opened(client, f"/units/{town.city['柳溪支部']}/compliance?from=1990-01-01&to=1990-12-31{more}")
        assert (shown.status, lines(shown)) == (200, [])
        assert "没有该办的" in shown.text("//div[contains(@class,'gm-empty')]") or "only" in more


def test_what_the_address_says_wrong_is_answered_plainly(town: Town, client: Client) -> None:
    assert opened(client, at(town, "东镇", "&duty=no.such")).status == 404
    wrong = opened(client, f"/units/{town.city['东镇']}/compliance?from=soon&to=later")
    assert (wrong.status, "看不懂" in wrong.text("//*[@role='alert']")) == (200, True)
    assert client.get(f"/units/{'0' * 32}/compliance").status_code == 404


def test_another_township_is_not_found(town: Town) -> None:
    client = town.client(town.auditor)  # of 西镇
    assert opened(client, at(town, "西镇")).status == 200
    for page in ("compliance", "compliance.csv"):
        assert client.get(f"/units/{town.city['东镇']}/{page}?{YEAR}").status_code == 404


def test_the_unit_and_the_tree_lead_here(town: Town, client: Client) -> None:
    org = town.city["青禾市"]
    assert f"/units/{org}/compliance" in [link.partition("?")[0] for link in opened(client, f"/units/{org}").links()]
    assert f"/units/{org}/compliance" in opened(client, "/units/tree").links()


def test_in_english_every_word_is(town: Town) -> None:
    client = town.client(town.leader, english=True)
    shown = opened(client, at(town, "东镇", f"&duty={MEETING}"))
    assert shown.texts("//main//thead//th") == [
        "Unit", "Rate met", "Met / owed", "Late entry", "Missing", "Waived", "Not yet due",
    ]  # fmt: skip
    duties = opened(client, at(town, "东镇", "&by=duty"))
    assert line(shown, "All together")[1] == "0.0%"
    assert catalog().duties[MEETING].duty.title.en in duties.texts("//tbody//th")


@pytest.mark.parametrize("more", ["", "&by=duty", f"&duty={TALK}"])
def test_the_page_costs_the_same_however_many_units_there_are(town: Town, client: Client, more: str) -> None:
    address = at(town, "柳溪村", more)
    before = statements(client, address)
    more_branches(town, 30)
    assert statements(client, address) == before <= STATEMENTS


def test_no_hint_of_padding_stands_on_the_page(town: Town, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        shown = opened(client, at(town, "东镇", "&by=duty"))
    assert "疑似" not in shown.text()
    assert not [one for one in asked if "hint" in one["sql"].lower()]
