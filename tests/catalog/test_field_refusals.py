"""Each thing a definition may not say: refused at its file and line, in both languages, by the name of the entry."""

import re
from pathlib import Path

import pytest

from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem
from tests.catalog.small import FILES, LOCAL, national, write

# file's stem, what stands there, what stands there instead, the line that must be named (by what it holds), what is said
REFUSALS = [
    # what every definition says of itself
    ("form", "source_status: unverified", "source_status: sure", "source_status", "只能写 text、secondary、unverified"),
    ("form", "source: local", 'source: ""', "source:", "source：不能空着"),
    ("form", "review_by: 2030-01-01", "review_by: soon", "review_by", "日期写成 2025-03-08"),
    ("form", "review_by: 2030-01-01\n", "", "key: form", "review_by：缺这一项"),
    ("form", "title: {zh: 会议,", 'title: {zh: "  ",', "title", "title.zh：不能空着"),
    ("form", "why: {zh: 开会要记, en: Meetings are noted}", "why: 要记", "why", "zh"),
    ("form", "key: form", "key: Form", "key:", "小写字母"),
    ("form", "key: form", f"key: f{'o' * 32}", "key:", "小写字母"),
    # kinds of fact
    ("meeting.held", "key: meeting.held", "key: meeting", "key:", "小写字母"),
    ("meeting.held", "about: unit", "about: weather", "about:", "只能写 person、unit"),
    ("meeting.held", "about_required: false", "about_required: maybe", "about_required", "true 或 false"),
    ("meeting.held", "about: unit", "about: unit\nlate_after_days: -1", "late_after_days", "不能小于 0"),
    ("meeting.held", "about: unit", "about: unit\nlate_after_days: 367", "late_after_days", "不能大于 366"),
    ("meeting.held", "about: unit", "about: unit\nlate_after_days: 一周", "late_after_days", "要写整数，如 12"),
    ("meeting.held", "about: unit", "about: unit\nrecorders: [mayor]", "recorders", "只能写 branch_secretary"),
    ("meeting.held", "about: unit", "about: unit\nmoves: {does: ends, thing: meeting}", "moves", "只能写 opens、moves、closes"),
    ("meeting.held", "about: unit", "about: unit\nmoves: {does: opens}", "moves", "moves.thing：缺这一项"),
    ("meeting.held", "tags_required: [form]", "tags_required: form", "tags_required", "要写成一列"),
    ("meeting.held", "type: decimal}", "type: decimal, values: [{key: a, title: {zh: 甲, en: A}}]}", "key: share", "enum 要写"),
    ("meeting.held", "values_from: theme}", "values_from: theme, values: [{key: a, title: {zh: 甲, en: A}}]}", "theme_kind",
     "只写一个"),
    ("meeting.held", "min: 0, max: 500", "min: none", "key: present", "要写数字，如 12"),
    ("meeting.held", "{key: calm, title: {zh: 平静, en: calm}}", "{key: calm}", "mood", "title：缺这一项"),
    ("meeting.held", "about: unit", "about: unit\nlate_after_days: 1.5", "late_after_days", "要写整数，如 12"),
    ("meeting.held", "body: {present: 3, tags: [plenary]}", "body: 三人到会", "body", "要写成 {键: 值}"),
    ("meeting.held", "{name: 开会, body: {present: 3, tags: [plenary]}}", "{body: {present: 3}}", "{body:", "name：缺这一项"),
    ("meeting.held", "examples:\n  - {name: 开会, body: {present: 3, tags: [plenary]}}", "examples: []", "examples", "至少写一个"),
    # indicators
    ("meeting.number", "kind: count", "kind: number", "kind:", "只能写 count、amount、ratio、change"),
    ("meeting.number", "measure: flow", "measure: both", "measure:", "只能写 flow、stock"),
    ("meeting.number", "measure: flow", "measure: flow\nplaces: 5", "places", "不能大于 4"),
    ("meeting.number", "measure: flow", "measure: flow\nbetter: more", "better", "只能写 higher、lower、none"),
    ("meeting.number", "measure: flow", "measure: flow\nperiod: week", "period", "只能写 month、quarter、year、all_time"),
    ("meeting.number", "measure: flow", "measure: flow\nvisibility: {group: residents, k: 1}", "visibility", "visibility.k：不能小于 2"),
    ("meeting.number", "measure: flow", "measure: flow\nvisibility: {group: everybody}", "visibility", "只能写 none、holders"),
    ("meeting.number", "names: [会议]", "names: []", "names", "至少写一个"),
    ("meeting.number", "names: [会议]", 'names: [""]', "names", "不能空着"),
    ("meeting.number", "units: [次]", "units: 次", "units", "要写成一列"),
    ("meeting.number", "formula:\n  - {since: 2020-01-01, text: 'count(meeting.held, tag(selected))'}", "formula: []", "formula",
     "至少写一个"),
    ("meeting.number", "{since: 2020-01-01, text:", "{text:", "{text:", "since：缺这一项"),
    ("meeting.number", "'count(meeting.held, tag(selected))'", '""', "text", "不能空着"),
    ("meeting.number", ", expect: 1}", "}", "name: 一次", "expect：缺这一项"),
    ("meeting.number", "measure: flow", "measure: flow\nexample_units: []", "example_units", "至少写一个"),
    # tag families, kinds of unit, rules, wording
    ("theme", "tags:\n  - {key: safety, title: {zh: 安全, en: Safety}, names: [安全]}", "tags: []", "tags", "至少写一个"),
    ("theme", ", names: [安全]}", "}", "key: safety", "names：缺这一项"),
    ("kinds", "form: branch", "form: club", "key: branch", "只能写 committee、work_committee"),
    ("kinds", "form: branch", "form: branch, term_years: 三年", "key: branch", "要写整数"),
    ("meeting.monthly", "compare: at_least", "compare: about", "compare", "只能写 at_least、at_most、exactly、more_than"),
    ("meeting.monthly", "per: month", "per: week", "per: week", "只能写 month、quarter、half_year、year、case、none"),
    ("meeting.monthly", "value: 1", "value: 一", "value: 一", "要写数字"),
    ("meeting.monthly", "applies_to: {zh: 支部, en: branches}", "applies_to: {zh: 支部}", "applies_to", "applies_to.en：缺这一项"),
    ("covers", "over_share: 0.05", "over_share: 1.5", "over_share", "不能大于 1"),
    ("covers", "over_points: 10", "over_points: 101", "over_points", "不能大于 100"),
    ("covers", "nearly_share: 0.9", "nearly_share: 0", "nearly_share", "要大于 0"),
    ("covers", "about_share: 0.1", "about_share: 1", "about_share", "要小于 1"),
    ("covers", ", about_share: 0.1", "", "since", "about_share：缺这一项"),
]  # fmt: skip


def refused(folder: Path, *more: Path) -> list[Problem]:
    with pytest.raises(CatalogRefused) as caught:
        load((folder, *more))
    return caught.value.problems


@pytest.mark.parametrize(("stem", "right", "wrong", "line", "said"), REFUSALS)
def test_what_a_definition_may_not_say_is_refused_at_its_line(
    scratch: Path, stem: str, right: str, wrong: str, line: str, said: str
) -> None:
    [text] = [content for name, content in FILES.items() if Path(name).stem == stem]
    assert text.count(right) == 1
    changed = text.replace(right, wrong)
    problems = refused(national(scratch, **{stem.replace(".", "_"): changed}))
    here = [problem for problem in problems if said in problem.message]
    assert here, [str(problem) for problem in problems]
    assert here[0].code == "catalog.field"
    name, _, number = here[0].where.rpartition(":")
    assert Path(name).stem == stem
    assert line in changed.splitlines()[int(number) - 1]
    assert not re.search("[a-z]{3,} [a-z]{3,}", here[0].message), "English words in a Chinese sentence"
    assert here[0].message.endswith("。")
    assert here[0].message_en.endswith(".")


@pytest.mark.parametrize("room", ["facts", "indicators", "tags", "rules", "wording", "organisations", "switches"])
def test_an_empty_file_is_no_definition_of_any_kind(scratch: Path, room: str) -> None:
    [problem] = refused(write(national(scratch), {f"{room}/nothing.here.yaml": "# 还没写\n"}))
    assert problem.code == "catalog.shape"
    assert f"{room}/nothing.here.yaml:1" in problem.where


@pytest.mark.parametrize("room", ["facts", "indicators", "tags", "rules", "wording", "organisations", "switches"])
def test_a_definition_with_nothing_in_it_is_told_everything_it_lacks(scratch: Path, room: str) -> None:
    problems = refused(write(national(scratch), {f"{room}/bare.yaml": "key: bare\n"}))
    missing = {problem.message.partition("：")[0] for problem in problems if "缺这一项" in problem.message}
    assert {"title", "why", "source", "source_status", "review_by"} < missing
    assert all(problem.where.endswith("bare.yaml:1") for problem in problems if "缺这一项" in problem.message)


def test_both_endings_of_yaml_are_read_and_no_other(scratch: Path) -> None:
    folder = national(scratch)
    (folder / "tags" / "theme.yaml").rename(folder / "tags" / "theme.yml")
    (folder / "tags" / "notes.txt").write_text("不是定义", encoding="utf-8")
    assert "theme" in load((folder,)).families


def test_a_pack_that_names_its_document_but_no_day_is_asked_for_both(scratch: Path) -> None:
    half = (
        FILES["rules/meeting.monthly.yaml"].replace("meeting.monthly", "town.monthly") + LOCAL.partition("\n")[0] + "\n"
    )
    [problem] = refused(national(scratch), write(scratch / "town", {"rules/town.monthly.yaml": half}))
    assert problem.code == "catalog.basis"
    assert "effective" in problem.message


def test_every_problem_carries_the_source_of_the_definition_it_is_about(scratch: Path) -> None:
    """Where the rule comes from is part of the answer, so that whoever mends it can look it up."""
    text = FILES["rules/meeting.monthly.yaml"].replace("source: local", "source: 某条例第五条")
    rows = text + "  - {since: 2019-01-01, compare: at_least, value: 2, unit: 次, per: month}\n"
    [problem] = refused(national(scratch, meeting_monthly=rows))
    assert (problem.code, problem.rule) == ("catalog.row_order", "某条例第五条")
