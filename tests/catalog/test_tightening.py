"""A local pack tightens a national rule: on every day it holds it asks for at least as much, counted the same way."""

from pathlib import Path

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import LOCAL, RULE, national, write

HEAD = RULE[: RULE.index("rows:")]
Row = tuple[str, str, str, str, str]  # since, compare, value, unit, per
MONTHLY: Row = ("2020-01-01", "at_least", "2", "次", "month")


def ruled(key: str, *rows: Row, tightens: str = "") -> str:
    """A rule with these rows; of the national floor, or of a pack that tightens `tightens`."""
    named = f"key: {key}\n" + (f"tightens: {tightens}\n" if tightens else "")
    lines = [
        f"  - {{since: {since}, compare: {compare}, value: {value}, unit: {unit}, per: {per}}}\n"
        for since, compare, value, unit, per in rows
    ]
    return HEAD.replace("key: meeting.monthly\n", named) + "rows:\n" + "".join(lines) + (LOCAL if tightens else "")


def tightened(scratch: Path, floor: tuple[Row, ...], pack: tuple[Row, ...]) -> Catalog:
    mine = {"rules/town.monthly.yaml": ruled("town.monthly", *pack, tightens="meeting.monthly")}
    return load((national(scratch, meeting_monthly=ruled("meeting.monthly", *floor)), write(scratch / "town", mine)))


def loosened(scratch: Path, floor: tuple[Row, ...], pack: tuple[Row, ...]) -> list[Problem]:
    with pytest.raises(CatalogRefused) as caught:
        tightened(scratch, floor, pack)
    assert {problem.code for problem in caught.value.problems} == {"catalog.loosened"}
    return caught.value.problems


@pytest.mark.parametrize(
    ("compare", "floor", "same_or_stricter"),
    [("at_least", "2", ["2", "3"]), ("more_than", "2", ["2", "2.5"]), ("at_most", "30", ["30", "15"]),
     ("exactly", "4", ["4"])],
)  # fmt: skip
def test_as_much_or_more_is_asked_for(scratch: Path, compare: str, floor: str, same_or_stricter: list[str]) -> None:
    for number, value in enumerate(same_or_stricter):
        rows = (("2020-01-01", compare, floor, "次", "month"),), (("2025-01-01", compare, value, "次", "month"),)
        assert "town.monthly" in tightened(scratch / str(number), *rows).rules


@pytest.mark.parametrize(
    ("compare", "floor", "looser"),
    [("at_least", "2", ["1", "1.99"]), ("more_than", "2", ["1"]), ("at_most", "30", ["31"]), ("exactly", "4", ["3", "5"])],
)  # fmt: skip
def test_less_may_not_be_asked_for(scratch: Path, compare: str, floor: str, looser: list[str]) -> None:
    for number, value in enumerate(looser):
        rows = (("2020-01-01", compare, floor, "次", "month"),), (("2025-01-01", compare, value, "次", "month"),)
        [problem] = loosened(scratch / str(number), *rows)
        assert f"{floor} 次" in problem.message


@pytest.mark.parametrize(
    "row",
    [
        ("2025-01-01", "at_least", "12", "次", "year"),  # one a month is less than two a month, though twelve is more
        ("2025-01-01", "at_least", "100", "人", "month"),
        ("2025-01-01", "exactly", "2", "次", "month"),
    ],
)
def test_a_larger_number_counted_otherwise_is_not_more(scratch: Path, row: Row) -> None:
    [problem] = loosened(scratch, (MONTHLY,), (row,))
    assert "算法不同" in problem.message
    assert "in other terms" in problem.message_en


def test_a_floor_that_rises_later_overtakes_a_pack_that_stayed(scratch: Path) -> None:
    floor = (MONTHLY, ("2026-01-01", "at_least", "4", "次", "month"))
    [problem] = loosened(scratch, floor, (("2025-01-01", "at_least", "3", "次", "month"),))
    assert "2026-01-01 起 4 次" in problem.message


def test_a_pack_that_rises_with_the_floor_stays_above_it(scratch: Path) -> None:
    floor = (MONTHLY, ("2026-01-01", "at_least", "4", "次", "month"))
    pack = (("2025-01-01", "at_least", "3", "次", "month"), ("2026-01-01", "at_least", "5", "次", "month"))
    assert len(tightened(scratch, floor, pack).rules["town.monthly"].rows) == 2


def test_before_the_floor_says_anything_a_pack_may_ask_for_what_it_likes(scratch: Path) -> None:
    floor = (("2026-01-01", "at_least", "4", "次", "month"),)
    pack = (("2025-01-01", "at_least", "1", "次", "year"), ("2026-01-01", "at_least", "4", "次", "month"))
    assert "town.monthly" in tightened(scratch, floor, pack).rules


def test_each_row_that_is_too_loose_is_named_at_its_own_line(scratch: Path) -> None:
    pack = (("2021-01-01", "at_least", "1", "次", "month"), ("2022-01-01", "at_least", "2", "次", "month"),
            ("2023-01-01", "at_least", "0", "次", "month"))  # fmt: skip
    lines = ruled("town.monthly", *pack, tightens="meeting.monthly").splitlines()
    named = [lines[int(problem.where.rpartition(":")[2]) - 1] for problem in loosened(scratch, (MONTHLY,), pack)]
    assert [line.split(",")[0].strip(" -{") for line in named] == ["since: 2021-01-01", "since: 2023-01-01"]


def test_a_rule_cannot_tighten_itself(scratch: Path) -> None:
    mine = {"rules/town.monthly.yaml": ruled("town.monthly", MONTHLY, tightens="town.monthly")}
    with pytest.raises(CatalogRefused) as caught:
        load((national(scratch), write(scratch / "town", mine)))
    assert [problem.code for problem in caught.value.problems] == ["catalog.unknown"]
