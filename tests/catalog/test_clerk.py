"""Files as a clerk of a county writes them, each with one slip: a clear sentence with file and line, and what to do."""

from pathlib import Path

import pytest

from gangmu.catalog.current import folders
from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import write
from tests.documents.pack import FILES

TREES, PLANTED = "indicators/orchard.trees.yaml", "facts/orchard.planted.yaml"
FORMS, KINDS, TYPES = "tags/county_forms.yaml", "organisations/county_kinds.yaml", "tags/orchard_type.yaml"
OFF = "switches/county_off.yaml"

# file, what is there, what stands there by mistake, the line that must be named (by what it holds), what must be said
SLIPS = [
    (TREES, "\n  - {since", "\n\t- {since", "\t- {since", "制表符"),
    (TREES, "kind: count", "kind：count", "kind：count", "冒号是全角的"),
    (TREES, "kind: count", "kind:count", "kind:count", "冒号后面要空一格"),
    (TREES, "[栽植, 栽种, 新栽]", "[栽植，栽种，新栽]", "actions", "半角逗号分开"),
    (TREES, "units: [棵, 株]", "units: 【棵，株】", "units", "方括号和逗号用半角"),
    (TREES, "'sum(orchard.planted.trees, tag(selected))'", "“sum(orchard.planted.trees, tag(selected))”", "sum(", "半角"),
    (TREES, "text: 'sum(", 'text: "sum(', "sum(", "引号没有成对"),
    (TREES, "units: [棵", " units: [棵", "units", "缩进"),
    (TREES, "kind: count", "knid: count", "knid", "knid：没有这一项"),
    (TREES, "kind: count", "kind: count\nkind: count", "kind: count", "写了两次"),
    (TREES, "effective: 2025-01-01", "effective: 2025年1月1日", "effective", "日期写成 2025-03-08"),
    (TREES, "since: 2025-01-01", "since: 2025/1/1", "since", "日期写成 2025-03-08"),
    (TREES, "since: 2025-01-01", "since: 2025-02-30", "since", "没有“2025-02-30”这一天"),
    (TREES, "measure: flow", "measure: flow\nadditive: yes", "additive", "写 true 或 false"),
    (TREES, "kind: count", "kind: 数量", "kind", "只能写 count、amount、ratio、change"),
    (TREES, "title: {zh: 栽植果树, en: Trees planted}", "title: 栽植果树", "title", "{zh: …, en: …}"),
    (TREES, ", en: Trees planted", "", "title", "title.en：缺这一项"),
    (TREES, "key: orchard.trees", "key: 果树.棵数", "key", "小写字母"),
    (TREES, "names: [栽植果树", "names: [栽植(果树", "names", "括号没有成对"),
    (TREES, "names: [栽植果树", "names: [栽植 果树", "names", "写成 栽植果树"),
    (TREES, "expect: 42", "expect: 四十二", "expect: 四十二", "要写数字"),
    (TREES, "expect: 42", "expect: 40", "expect: 40", "应得 40，算出 42"),
    (TREES, "basis: 青组发〔2025〕8号\n", "", "key", "basis"),
    (TREES, "planted.trees,", "planted.tree,", "sum(", "没有字段 tree；有：trees"),
    (TREES, "orchard.planted.trees,", "orchard.plantd.trees,", "sum(", "是不是 orchard.planted"),
    (TREES, "trees, tag(selected)", "trees， tag(selected)", "sum(", "逗号是否齐全"),
    (TREES, "tag(selected))'", "tag(selected)'", "sum(", "括号和引号是否成对"),
    (TREES, "tag(selected))'", "tag(selected)) / 2'", "sum(", "ratio 或 per，不用 /"),
    (TREES, "measure: flow", "measure: stock", "sum(", "算式是 flow"),
    (TREES, "selects: [orchard_type]\n", "", "sum(", "要同时有或同时没有"),
    (PLANTED, "tags: [pear]}}\n  - {name: 没", "tags: [pera]}}\n  - {name: 没", "pera", "标签 pera 不能用在“栽下果园”上"),
    (PLANTED, "refused: [body.range]", "refused: []", "没有树", "要不小于 1"),
    (PLANTED, "type: int,", "type: number,", "number", "只能写 int、decimal"),
    (PLANTED, "type: int, required: true, min: 1", "type: enum", "type: enum", "values 或 values_from"),
    (PLANTED, "type: int, required: true, min: 1", "type: text", "type: text", "sealed: true"),
    (PLANTED, "[orchard_type]", "[orchard_tpye]", "orchard_tpye", "是不是 orchard_type"),
    (PLANTED, "[workshop, village]", "[workshop, vilage]", "vilage", "是不是 village"),
    (TYPES, "key: peach", "key: lecture", "lecture", "已经在"),
    (FORMS, "extends: activity_form", "extends: activity_forms", "extends", "是不是 activity_form"),
    (KINDS, "parents: [village]", "parents: [vilage]", "vilage", "是不是 village"),
    (OFF, "matter.solved_rate", "matters.solved_share", "off", "是不是 matter.solved_rate"),
]  # fmt: skip


def refused(scratch: Path, files: dict[str, str]) -> list[Problem]:
    with pytest.raises(CatalogRefused) as caught:
        load(folders(), write(scratch / "pack", files))
    return caught.value.problems


@pytest.mark.parametrize(("file", "right", "wrong", "line", "said"), SLIPS)
def test_a_slip_is_said_at_its_line_with_what_to_do(
    scratch: Path, file: str, right: str, wrong: str, line: str, said: str
) -> None:
    assert right in FILES[file]
    text = FILES[file].replace(right, wrong, 1)
    problems = refused(scratch, {**FILES, file: text})
    here = [problem for problem in problems if said in problem.message]
    assert here, [str(problem) for problem in problems]
    name, _, number = here[0].where.rpartition(":")
    assert name.endswith(file)
    assert line in text.splitlines()[int(number) - 1]
    assert all(problem.message.endswith("。") and problem.message_en for problem in problems)
    assert len(problems) <= 2, [str(problem) for problem in problems]


def test_three_slips_are_said_at_once(scratch: Path) -> None:
    text = FILES[TREES].replace("kind: count", "kind: guess").replace("[棵, 株]", "[]").replace("flow", "flows")
    problems = refused(scratch, {**FILES, TREES: text})
    assert {problem.message.partition("：")[0] for problem in problems} == {"kind", "units", "measure"}


def test_a_formula_that_names_another_indicator_is_told_to_count_facts(scratch: Path) -> None:
    text = FILES[TREES].replace("sum(orchard.planted.trees, tag(selected))", "orchard.workshops + 1")
    problems = refused(scratch, {**FILES, TREES: text})
    assert any("不能引用指标 orchard.workshops" in problem.message for problem in problems)


def test_two_indicators_that_name_each_other_are_both_refused(scratch: Path) -> None:
    shops = "indicators/orchard.workshops.yaml"
    trees = FILES[TREES].replace("sum(orchard.planted.trees, tag(selected))", "orchard.workshops")
    files = {**FILES, TREES: trees, shops: FILES[shops].replace('units(unit.kind == "workshop")', "orchard.trees")}
    named = [problem.where for problem in refused(scratch, files) if "不能引用指标" in problem.message]
    assert [Path(place.rpartition(":")[0]).name for place in named] == ["orchard.trees.yaml", "orchard.workshops.yaml"]


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "栽树\n"])
def test_a_file_without_keys_is_told_how_a_definition_looks(scratch: Path, text: str) -> None:
    [problem] = refused(scratch, {**FILES, TREES: text})
    assert "键: 值" in problem.message


def test_a_file_saved_in_the_old_encoding_is_told_to_be_saved_anew(scratch: Path) -> None:
    pack = write(scratch / "pack", FILES)
    (pack / TREES).write_bytes(FILES[TREES].encode("gb18030"))
    with pytest.raises(CatalogRefused) as caught:
        load(folders(), pack)
    [problem] = caught.value.problems
    assert "另存为 UTF-8" in problem.message


def test_a_file_under_another_name_is_told_its_own(scratch: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != TREES} | {"indicators/trees.yaml": FILES[TREES]}
    [problem] = refused(scratch, files)
    assert "请改名为 orchard.trees.yaml" in problem.message


def test_a_kind_of_unit_that_the_floor_has_is_not_defined_again(scratch: Path) -> None:
    problems = refused(scratch, {**FILES, KINDS: FILES[KINDS].replace("key: workshop", "key: branch")})
    assert any(problem.code == "catalog.redefined" and "branch" in problem.message for problem in problems)


def test_a_tab_between_a_key_and_its_value_does_no_harm(scratch: Path) -> None:
    files = {**FILES, TREES: FILES[TREES].replace("kind: count", "kind:\tcount")}
    assert "orchard.trees" in load(folders(), write(scratch / "pack", files)).indicators
