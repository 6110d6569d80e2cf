"""The roll: found by name, initials or number inside the scope; taken along as it is shown."""

import io

import openpyxl
import pytest
from django.test import Client

from gangmu.orgs import actions, found_members
from gangmu.orgs.entries import NewMembership, NewPerson
from gangmu.orgs.initials import initials_of, persons_initials
from tests.orgs.cast import SOME_DAY, key
from tests.pages.conftest import Town
from tests.web.opening import csv_rows, opened

PEOPLE = (("单晓禾", "13800000001"), ("张三", "13800000002"), ("张四喜", "13900000003"), ("欧阳明", ""))


@pytest.fixture
def roll(town: Town) -> str:
    """荷塘支部 with four members, 柳溪支部 with one of a name that is there too; the address of the roll."""
    who = town.city.clerk
    at = [*((name, contact, "荷塘支部") for name, contact in PEOPLE), ("张三", "", "柳溪支部")]
    persons = [
        NewPerson(town.city[unit], SOME_DAY, key("p", name, unit), name=name, contact=contact)
        for name, contact, unit in at
    ]
    ids = actions.load_persons(persons, by=who)
    actions.load_memberships(
        [NewMembership(town.city[unit], person, "transferred_in", "full", "rural", "b36_40", SOME_DAY, key("m", name, unit))
         for person, (name, _, unit) in zip(ids, at, strict=True)], by=who,
    )  # fmt: skip
    return f"/units/{town.city['荷塘支部']}/roll"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def names(client: Client, address: str) -> list[str]:
    return opened(client, address).texts("//main//tbody/tr/th")


LOOKED_FOR = (
    ("", {"单晓禾", "张三", "张四喜", "欧阳明"}), ("张", {"张三", "张四喜"}), ("zs", {"张三", "张四喜"}), ("zsx", {"张四喜"}),
    ("sxh", {"单晓禾"}), ("dxh", set()), ("OYM", {"欧阳明"}), ("张 xi", set()), ("张 喜", {"张四喜"}), ("0003", {"张四喜"}),
    ("138", set()), ("1380", {"单晓禾", "张三"}), ("没有", set()),
)  # fmt: skip


def test_a_member_is_found_by_name_initials_or_number(client: Client, roll: str) -> None:
    for words, found in LOOKED_FOR:
        assert set(names(client, f"{roll}?q={words}")) == found, words


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("单晓禾", "sxh"),
        ("解放", "xf"),
        ("仇小明", "qxm"),
        ("曾国", "zg"),
        ("朴正", "pz"),
        ("重单", "zd"),
        ("Tom", "tom"),
        ("", ""),
        ("𠮷", "𠮷"),
    ],
)
def test_a_surname_is_read_as_surnames_are(name: str, initials: str) -> None:
    assert persons_initials(name) == initials


def test_no_name_is_remembered_beside_the_roll() -> None:
    before = initials_of.cache_info().currsize
    persons_initials("欧阳娜娜")
    assert initials_of.cache_info().currsize == before


def test_the_file_holds_what_the_list_shows_in_its_order(client: Client, roll: str) -> None:
    shown = opened(client, f"{roll}?q=张")
    [workbook, csv] = [one for one in shown.links() if "roll.csv" in one]
    rows = csv_rows(client, csv)
    assert rows[0] == ["姓名", "支部", "阶段", "类别", "年龄段", "编入日期"]
    assert [row[0] for row in rows[1:]] == names(client, f"{roll}?q=张")
    answer = client.get(workbook)
    told = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [row[0] for row in told[1:]] == [row[0] for row in rows[1:]]
    assert rows[1][1:5] == ["荷塘村第一党支部", "正式党员", "农村无职", "36–40岁"]


def test_who_may_not_see_persons_finds_no_roll(town: Town, roll: str) -> None:
    for who in (town.leader, town.auditor):
        assert town.client(who).get(roll).status_code == 404
        assert town.client(who).get(f"{roll}.csv").status_code == 404


def test_a_secretary_finds_nobody_of_another_branch(town: Town, client: Client, roll: str) -> None:
    assert client.get(f"/units/{town.city['柳溪支部']}/roll").status_code == 404
    assert names(client, f"{roll}?q=张三") == ["张三"]


def test_among_too_many_one_looks_from_a_unit_further_down(
    client: Client, roll: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_members, "MOST_OPENED", 3)
    refused = opened(client, f"{roll}?q=张")
    assert refused.status == 422
    assert "先点到下面的单位" in refused.text("//*[@id='problems']")
    assert refused.typed("q") == "张"
    assert client.get(f"{roll}.csv?q=张").status_code == 302
    assert len(names(client, roll)) == 4  # without words nobody is looked for


def test_more_names_than_one_file_may_hold_are_not_taken_along(
    client: Client, roll: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gangmu.web.views.roll.MOST_TAKEN", 3)
    assert "一次最多带走3个名字" in opened(client, roll).text()
    assert client.get(f"{roll}.csv").status_code == 302
    assert client.get(f"{roll}.csv?q=zsx").status_code == 200


def test_an_empty_roll_says_so(town: Town) -> None:
    client = town.client(town.secretary)
    assert "名册里还没有党员" in opened(client, f"/units/{town.city['荷塘支部']}/roll").text()
