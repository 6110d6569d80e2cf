"""What must hold between definitions, and what a compiled catalog answers for a day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gangmu.catalog.checks import AT_MOST_FACTS, AT_MOST_INDICATORS, meant
from gangmu.catalog.command import main
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.catalog.expressions.write import write as written
from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import FACT, FORM, HEAD, INDICATOR, KINDS, LOCAL, RULE, WORDING, national, write

SHELVES = [
    ("indicators", "meeting.number", INDICATOR, AT_MOST_INDICATORS),
    ("facts", "meeting.held", FACT, AT_MOST_FACTS),
]
LATER = "formula:\n  - {since: 2020-01-01, text: 'count(meeting.held, tag(selected))'}\n"
TWO_ROWS = LATER + "  - {since: 2026-01-01, text: 'count(meeting.held, present >= 3 and tag(selected))'}\n"


def problems_of(folder: Path, *more: Path) -> list[Problem]:
    with pytest.raises(CatalogRefused) as caught:
        load((folder, *more))
    return caught.value.problems


def small(scratch: Path, **changed: str) -> Catalog:
    return load((national(scratch, **changed),))


@pytest.mark.parametrize(("room", "key", "text", "most"), SHELVES)
def test_the_floor_stays_small(scratch: Path, room: str, key: str, text: str, most: int) -> None:
    first, second = key.split(".")
    more = {f"{room}/{first}.{second}{n}.yaml": text.replace(key, f"{first}.{second}{n}") for n in range(most)}
    found = [one for one in problems_of(write(national(scratch), more)) if one.code == "catalog.too_many"]
    assert [one.where for one in found] == [room]
    assert f"最多 {most} 个" in found[0].message


def test_a_pack_may_hold_as_many_definitions_as_it_likes(scratch: Path) -> None:
    more = {f"indicators/town.n{n}.yaml": INDICATOR.replace("meeting.number", f"town.n{n}") + LOCAL
            for n in range(AT_MOST_INDICATORS)}  # fmt: skip
    assert len(load((national(scratch), write(scratch / "local" / "town", more))).local) == AT_MOST_INDICATORS


def test_a_folder_that_is_not_there_is_said_by_its_path(scratch: Path) -> None:
    [problem] = problems_of(national(scratch), scratch / "nowhere")
    assert (problem.code, problem.where) == ("catalog.folder", str(scratch / "nowhere"))


def test_a_kind_of_unit_stands_once_even_across_packs(scratch: Path) -> None:
    packs = [write(scratch / "local" / name, {f"organisations/{name}_kinds.yaml": KINDS.replace("key: kinds", f"key: {name}_kinds")
                   .replace("key: branch", "key: hall") + LOCAL}) for name in ("one", "two")]  # fmt: skip
    [problem] = problems_of(national(scratch), *packs)
    assert problem.code == "catalog.redefined"
    assert "hall" in problem.message


def test_a_kind_hangs_under_kinds_that_are_there(scratch: Path) -> None:
    [problem] = problems_of(national(scratch, kinds=KINDS.replace("form: branch", "form: branch, parents: [brench]")))
    assert "是不是 branch" in problem.message


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"meeting_held": FACT.replace("tags_required: [form]", "tags_required: [shape]")}, "没有 shape"),
        ({"meeting_held": FACT.replace("values_from: theme", "values_from: themes")}, "是不是 theme"),
        ({"meeting_held": FACT + "org_kinds: [brunch]\n"}, "是不是 branch"),
        ({"meeting_held": FACT + "moves: {does: closes, thing: party}\n"}, "没有 party"),
        ({"meeting_number": INDICATOR.replace("selects: [form]", "selects: [from]")}, "是不是 form"),
    ],
)
def test_names_that_are_not_there_are_said_with_the_nearest_that_is(
    scratch: Path, changed: dict[str, str], said: str
) -> None:
    assert any(said in problem.message for problem in problems_of(national(scratch, **changed)))


def test_where_nothing_is_near_the_list_is_named() -> None:
    assert "catalog list" in meant("xyzzy", ["form", "theme"])[0]
    assert meant("fom", ["form", "theme"])[0] == "，是不是 form"


def test_a_field_called_as_every_fact_has_one_is_refused(scratch: Path) -> None:
    text = FACT.replace("{key: share, ", "{key: tags, ")
    assert any(one.code == "catalog.field_twice" for one in problems_of(national(scratch, meeting_held=text)))


def test_a_day_is_computed_by_the_row_in_force_and_earlier_ones_by_the_first(scratch: Path) -> None:
    known = small(scratch, meeting_number=INDICATOR.replace(LATER, TWO_ROWS))
    before, first, later = (written(known.measure("meeting.number", date(year, 6, 1))) for year in (1999, 2021, 2026))
    assert before == first
    assert "present >= 3" in later
    assert "present" not in first


def test_a_rule_holds_from_its_first_day_and_not_before(scratch: Path) -> None:
    known = small(scratch)
    row = known.rule("meeting.monthly", date(2020, 1, 1))
    assert row is not None
    assert row.value == Decimal(1)
    assert known.rule("meeting.monthly", date(2019, 12, 31)) is None


def test_what_wordings_cover_has_an_answer_for_every_day(scratch: Path) -> None:
    later = WORDING + "  - {since: 2026-01-01, over_share: 0.1, over_points: 5, nearly_share: 0.8, about_share: 0.2}\n"
    known = small(scratch, covers=later)
    assert [known.wording(date(year, 6, 1)).over_share for year in (1990, 2025, 2026)] == [
        Decimal("0.05"), Decimal("0.05"), Decimal("0.1"),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [("2026-01-01", "2020-01-01"), ("2020-01-01", "2020-01-01")])
def test_rows_stand_in_the_order_of_their_days(scratch: Path, rows: tuple[str, str]) -> None:
    one = "  - {since: %s, compare: at_least, value: 1, unit: 次, per: month}\n"
    text = RULE[: RULE.index("rows:")] + "rows:\n" + "".join(one % day for day in rows)
    [problem] = problems_of(national(scratch, meeting_monthly=text))
    assert problem.code == "catalog.row_order"


def test_choices_come_from_a_family_from_the_kinds_of_unit_or_from_nowhere(scratch: Path) -> None:
    known = small(scratch)
    assert [value.key for value in known.choices("form")] == ["plenary", "small"]
    assert [value.key for value in known.choices("organisation_kinds")] == ["branch"]
    assert known.choices("nothing") == ()


@pytest.mark.parametrize("words", ["[大会，小会]", "[大会；小会]", "[大会(甲, 乙)]"])
def test_a_list_of_names_torn_or_grown_together_by_a_comma_is_refused(scratch: Path, words: str) -> None:
    found = problems_of(national(scratch, form=FORM.replace("[大会]", words)))
    assert all(one.code == "catalog.field" for one in found)
    assert any("全角" in one.message or "括号没有成对" in one.message for one in found)


def test_a_name_with_a_comma_in_brackets_stands_in_quotes(scratch: Path) -> None:
    assert small(scratch, form=FORM.replace("[大会]", '["大会(甲,乙)"]')).tags["plenary"].names == ("大会(甲,乙)",)


def test_no_name_of_the_floor_is_half_a_name() -> None:
    one = catalog()
    parts = (one.indicators, one.tags, one.rules, one.organisation_kinds)
    names = [name for part in parts for found in part.values() for name in found.names]
    assert len(names) > 500
    assert [name for name in names if name.count("(") != name.count(")")] == []


def test_a_folder_that_is_not_there_ends_the_check_with_its_sentence(
    scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--folder", str(scratch / "nowhere")]) == 1
    assert "没有这个定义目录" in capsys.readouterr().out


def test_a_definition_says_what_it_rests_on(scratch: Path) -> None:
    text = INDICATOR.replace("source_status: unverified", "source_status: rumour")
    [problem] = problems_of(national(scratch, meeting_number=text))
    assert problem.message == "source_status：只能写 text、secondary、unverified。"
    assert HEAD.splitlines()[3] == "source_status: unverified"
