"""A catalog loads whole or says everything that is wrong, with file and line."""

from datetime import date
from pathlib import Path

import pytest

from gangmu.catalog.checks import AT_MOST_INDICATORS
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import FACT, FORM, HEAD, INDICATOR, RULE, THEME, WORDING, national, write


def loaded(scratch: Path, **changed: str) -> Catalog:
    return load((national(scratch, **changed),))


def refused(scratch: Path, **changed: str) -> list[Problem]:
    with pytest.raises(CatalogRefused) as caught:
        loaded(scratch, **changed)
    return caught.value.problems


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_a_small_catalog_loads_with_everything_in_it(scratch: Path) -> None:
    catalog = loaded(scratch)
    assert list(catalog.facts) == ["meeting.held"]
    assert list(catalog.indicators) == ["meeting.number"]
    assert catalog.family_of["plenary"] == "form"
    assert catalog.organisation_kinds["branch"].form == "branch"
    assert catalog.origins["meeting.number"] == "national/indicators/meeting.number.yaml"


def test_the_digest_does_not_move_with_layout_comments_or_order(scratch: Path) -> None:
    first = loaded(scratch / "a").digest
    again = loaded(scratch / "b", form="# a remark\n" + FORM.replace("key: form\n", "") + "key: form\n").digest
    assert first == again


def test_the_digest_moves_with_any_meaning(scratch: Path) -> None:
    moved = INDICATOR.replace("2020-01-01, text", "2021-01-01, text")
    assert loaded(scratch / "a").digest != loaded(scratch / "b", meeting_number=moved).digest


def test_the_catalog_cannot_be_changed_after_it_was_loaded(scratch: Path) -> None:
    catalog = loaded(scratch)
    with pytest.raises(TypeError):
        catalog.facts["other.kind"] = catalog.facts["meeting.held"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        catalog.facts["meeting.held"].since = date(2000, 1, 1)


def test_all_problems_of_all_files_come_at_once(scratch: Path) -> None:
    problems = refused(
        scratch,
        meeting_held=FACT + "colour: red\n",
        theme=THEME.replace("names: [安全]", "names: []"),
        meeting_number=INDICATOR.replace("kind: count", "kind: guess"),
    )
    assert len(problems) >= 3
    assert {Path(problem.where.rpartition(":")[0]).name for problem in problems} >= {
        "meeting.held.yaml",
        "theme.yaml",
        "meeting.number.yaml",
    }


def test_an_unknown_key_is_refused_at_its_line(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_held=FACT + "colour: red\n"))
    assert problem.where.endswith(f"meeting.held.yaml:{len(FACT.splitlines()) + 1}")
    assert "colour" in problem.message


def test_a_missing_key_is_named(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_number=INDICATOR.replace("units: [次]\n", "")))
    assert "units" in problem.message
    assert "缺这一项" in problem.message


def test_a_file_must_be_called_like_its_key(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_monthly=RULE.replace("key: meeting.monthly", "key: meeting.weekly")))
    assert problem.code == "catalog.file_name"
    assert "meeting.weekly.yaml" in problem.message


def test_a_file_that_is_no_definition_is_refused(scratch: Path) -> None:
    folder = write(national(scratch), {"facts/list.yaml": "- 1\n- 2\n"})
    with pytest.raises(CatalogRefused) as caught:
        load((folder,))
    assert only(caught.value.problems).code == "catalog.shape"


def test_a_folder_that_is_not_there_is_named(scratch: Path) -> None:
    with pytest.raises(CatalogRefused) as caught:
        load((scratch / "nowhere",))
    assert only(caught.value.problems).where.endswith("nowhere")


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("count(meeting.missed)", "没有 meeting.missed"),
        ("sum(meeting.held.people)", "没有字段 people"),
        ("sum(meeting.held.mood)", "不是数字"),
        ('count(meeting.held, mood == "angry")', "没有 angry"),
        ('count(meeting.held, tag("unheard"))', "不会带标签 unheard"),
        ('count(meeting.held, unit.kind == "castle")', "没有 castle"),
        ("units()", "算式是 stock"),
        ("count(meeting.held", "算式"),
    ],
)
def test_a_formula_that_names_what_is_not_there_is_refused_at_its_line(scratch: Path, formula: str, says: str) -> None:
    text = INDICATOR.replace("count(meeting.held, tag(selected))", formula).replace("selects: [form]\n", "")
    text = text.replace(", selection: [plenary]", "")
    problems = refused(scratch, meeting_number=text)
    assert any(says in problem.message for problem in problems), [str(problem) for problem in problems]
    line = text.splitlines().index(f"  - {{since: 2020-01-01, text: '{formula}'}}") + 1
    assert all(problem.where.endswith(f":{line}") for problem in problems)


def test_tags_to_select_and_their_place_in_the_formula_go_together(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_number=INDICATOR.replace("selects: [form]\n", "")))
    assert "selects" in problem.message


def test_a_distinct_count_may_not_pretend_to_add_up(scratch: Path) -> None:
    text = INDICATOR.replace("count(meeting.held, tag", "distinct(meeting.held.place, tag")
    assert "additive" in only(refused(scratch, meeting_number=text)).message


def test_an_example_that_comes_out_otherwise_keeps_the_catalog_from_loading(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_number=INDICATOR.replace("expect: 1", "expect: 2")))
    assert problem.code == "catalog.example"
    assert "应得 2，算出 1" in problem.message


def test_an_examples_fact_must_be_one_that_could_be_recorded(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_number=INDICATOR.replace("present: 3", "present: many")))
    assert "到会人数" in problem.message


def test_examples_share_what_stands_above_them_and_may_have_their_own(scratch: Path) -> None:
    shared = "example_facts:\n  - {kind: meeting.held, present: 3, tags: [plenary]}\nexamples:\n"
    own = "  - {name: 共有, selection: [plenary], expect: 1}\n  - {name: 自有, given: [], selection: [plenary], expect: null}\n"
    text = INDICATOR[: INDICATOR.index("examples:")] + shared + own
    assert len(loaded(scratch, meeting_number=text).indicators["meeting.number"].examples) == 2


def test_a_fact_kinds_example_is_held_to_its_own_fields(scratch: Path) -> None:
    problem = only(refused(scratch, meeting_held=FACT.replace("{present: 3, tags", "{present: 900, tags")))
    assert "body.range" in problem.message


def test_rows_stand_in_the_order_of_their_days(scratch: Path) -> None:
    rows = RULE + "  - {since: 2019-01-01, compare: at_least, value: 2, unit: 次, per: month}\n"
    assert only(refused(scratch, meeting_monthly=rows)).code == "catalog.row_order"


def test_last_year_computes_by_last_years_row(scratch: Path) -> None:
    rows = RULE + "  - {since: 2025-01-01, compare: at_least, value: 2, unit: 次, per: month}\n"
    catalog = loaded(scratch, meeting_monthly=rows)
    assert [catalog.rule("meeting.monthly", day).value for day in (date(2024, 12, 31), date(2025, 1, 1))] == [1, 2]  # type: ignore[union-attr]
    assert catalog.rule("meeting.monthly", date(2019, 1, 1)) is None


def test_a_formula_has_rows_too_and_a_day_before_the_first_takes_the_first(scratch: Path) -> None:
    text = INDICATOR.replace(
        "examples:", "  - {since: 2030-01-01, text: 'count(meeting.held, open and tag(selected))'}\nexamples:"
    )
    catalog = loaded(scratch, meeting_number=text)
    before, after = (
        catalog.measure("meeting.number", date(2029, 1, 1)),
        catalog.measure("meeting.number", date(2030, 1, 1)),
    )
    assert before != after
    assert catalog.measure("meeting.number", date(1990, 1, 1)) == before


def test_wording_of_a_day_before_the_first_row_is_the_first_row(scratch: Path) -> None:
    later = WORDING + "  - {since: 2030-01-01, over_share: 0.1, over_points: 5, nearly_share: 0.8, about_share: 0.2}\n"
    catalog = loaded(scratch, covers=later)
    assert [str(catalog.wording(date(year, 1, 1)).over_share) for year in (1999, 2025, 2030)] == ["0.05", "0.05", "0.1"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("tags_required: [form]", "tags_required: [shape]"), "catalog.unknown"),
        (("values_from: theme", "values_from: nothing"), "catalog.unknown"),
        (("since: 2020-01-01\n", "since: 2020-01-01\norg_kinds: [castle]\n"), "catalog.unknown"),
        (("since: 2020-01-01\n", "since: 2020-01-01\nmoves: {does: closes, thing: meeting}\n"), "catalog.unknown"),
        (("{key: cost,", "{key: present,"), "catalog.field_twice"),
        (("{key: cost,", "{key: tags,"), "catalog.field_twice"),
    ],
)
def test_a_fact_kind_that_names_what_is_not_there_is_refused(scratch: Path, change: tuple[str, str], code: str) -> None:
    assert code in {problem.code for problem in refused(scratch, meeting_held=FACT.replace(*change))}


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("{key: extra, title: {zh: 甲, en: A}, type: text}", "public"),
        ("{key: extra, title: {zh: 甲, en: A}, type: text, sealed: true, public: 因为}", "sealed"),
        ("{key: extra, title: {zh: 甲, en: A}, type: int, public: 因为}", "只有文字"),
        ("{key: extra, title: {zh: 甲, en: A}, type: enum}", "enum"),
        ("{key: extra, title: {zh: 甲, en: A}, type: int, values_from: theme}", "enum"),
    ],
)
def test_a_text_is_sealed_or_says_why_nobody_can_be_named_in_it(scratch: Path, field: str, says: str) -> None:
    problem = only(refused(scratch, meeting_held=FACT.replace("examples:", f"  - {field}\nexamples:")))
    assert says in problem.message


def test_a_tag_means_one_thing_in_all_families(scratch: Path) -> None:
    problems = refused(scratch, theme=THEME.replace("key: safety", "key: small"))
    assert {problem.code for problem in problems} == {"catalog.tag_twice"}


def test_the_floor_stays_small(scratch: Path) -> None:
    more = {
        f"indicators/meeting.n{number}.yaml": INDICATOR.replace("meeting.number", f"meeting.n{number}")
        for number in range(AT_MOST_INDICATORS)
    }
    folder = write(national(scratch), more)
    with pytest.raises(CatalogRefused) as caught:
        load((folder,))
    assert f"最多 {AT_MOST_INDICATORS} 个" in only(caught.value.problems).message


@pytest.mark.parametrize("name", ["facts/meeting.held.yaml", "tags/form.yaml", "tags/theme.yaml"])
def test_what_other_definitions_name_cannot_be_missing(scratch: Path, name: str) -> None:
    folder = national(scratch)
    (folder / name).unlink()
    with pytest.raises(CatalogRefused) as caught:
        load((folder,))
    assert {problem.code for problem in caught.value.problems} <= {"catalog.unknown", "catalog.formula"}


def test_a_file_that_cannot_be_read_is_said_once_and_not_again_by_those_who_name_it(scratch: Path) -> None:
    assert only(refused(scratch, meeting_held="key: [")).code == "catalog.yaml"


@pytest.mark.parametrize(("name", "better"), [("“大会”", "大会"), ("党 课", "党课"), ("党委（党组）", "党委(党组)")])
def test_a_name_stands_in_its_plain_form_so_that_texts_can_be_compared_with_it(
    scratch: Path, name: str, better: str
) -> None:
    problems = refused(scratch, meeting_number=INDICATOR.replace("names: [会议]", f"names: ['{name}']"))
    assert f"名称写成 {better}：" in problems[0].message
    assert problems[0].message_en.endswith(f"write it as {better}.")


def test_a_source_is_required(scratch: Path) -> None:
    without = INDICATOR.replace(HEAD, HEAD.replace("source: local\n", ""))
    assert "source" in only(refused(scratch, meeting_number=without)).message
