"""A duty or a year of holidays that cannot be computed does not load: file, line, what is wrong and what to do."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import folders
from gangmu.catalog.load import CatalogRefused, load
from gangmu.kernel.problems import Problem

HEAD = """\
title: {zh: 夜访, en: Evening calls}
why: {zh: 白天人不在家，晚上去。, en: Nobody is at home by day.}
source: 青组发〔2025〕3号
source_status: secondary
review_by: 2027-12-31
basis: 青组发〔2025〕3号
effective: 2025-01-01
"""
DUTY = (
    "key: village.evening_calls\n"
    + HEAD
    + """\
group: contact
rows:
  - since: 2025-01-01
    every: month
    at_least: 2
    owed_by: {kinds: [village]}
    due: {counted_from: period_end}
    discharge: {text: 'count(activity.held, tag("household_visit"))'}
    told: [{to: parent, working_days: 3}]
    exempt: [{why: {zh: 农忙, en: harvest}, months: [6]}]
examples:
  - {name: 没有去, bearer: {kind: village}, period: 2025-03-01, on: 2025-05-01, expect: missed}
"""
)
YEAR = (
    "key: y2027\n"
    + HEAD
    + """\
year: 2027
closures:
  - {title: {zh: 元旦, en: New Year}, first: 2027-01-01, last: 2027-01-03}
  - {title: {zh: 春节, en: Spring Festival}, first: 2027-02-05, last: 2027-02-11, worked: [2027-02-13]}
"""
)


FLOOR = [
    "facts/activity.held",
    "facts/matter.opened",
    "facts/matter.moved",
    "facts/matter.closed",
    "facts/site.opened",
    "facts/site.closed",
    "facts/post.created",
    "facts/membership.started",
    "facts/membership.stage_changed",
    "facts/membership.ended",
    "organisations/kinds",
    "wording/covers",
    "holidays/y2025",
    "holidays/y2026",
    "rules/contact.residents",
    "rules/meeting.members",
    "rules/theme_day.monthly",
    "rules/vote.majority",
    "duties/contact.household_visits",
    "duties/branch.members_meeting",
    "duties/branch.theme_day",
    "duties/leader.contact_point",
    "duties/committee.first_topic",
]


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As much of the published floor as these duties rest on: it is loaded again and again."""
    folder = tmp_path_factory.mktemp("floor") / "national"
    whole = [path for room in ("tags", "basis") for path in (folders()[0] / room).rglob("*.yaml")]
    for name in (*FLOOR, *(path.relative_to(folders()[0]).with_suffix("").as_posix() for path in whole)):
        target = folder / f"{name}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folders()[0] / f"{name}.yaml", target)
    return folder


class Pack(NamedTuple):
    """A floor and an empty pack beside it."""

    floor: Path
    folder: Path

    def load(self, text: str, room: str = "duties") -> Catalog:
        """The catalog with one file more in the pack."""
        name = text.split("\n", 1)[0].removeprefix("key: ")
        path = self.folder / room / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return load((self.floor,), self.folder)

    def refuses(self, text: str, room: str = "duties") -> Problem:
        """The first thing that is wrong with the file."""
        with pytest.raises(CatalogRefused) as caught:
            self.load(text, room)
        problem = caught.value.problems[0]
        assert problem.message_en
        return problem


@pytest.fixture
def pack(floor: Path, scratch: Path) -> Pack:
    return Pack(floor, scratch / "pack")


def line_of(problem: Problem, text: str) -> str:
    return text.splitlines()[int(problem.where.rpartition(":")[2]) - 1]


def test_a_sound_duty_and_a_sound_year_load(pack: Pack) -> None:
    assert "village.evening_calls" in pack.load(DUTY).duties
    assert 2027 in pack.load(YEAR, "holidays").calendar.years


WRONG = [
    ("kinds: [village]", "kinds: [vilage]", "catalog.unknown", "是不是 village"),
    ("kinds: [village]", "domains: [rurall]", "catalog.unknown", "是不是 rural"),
    ("kinds: [village]", "bearer: post, posts: [secretery]", "catalog.unknown", "是不是 secretary"),
    ("kinds: [village]", "bearer: member, categories: [floatng]", "catalog.unknown", "是不是 floating"),
    ("kinds: [village]", "bearer: member, stages: [ful]", "catalog.unknown", "是不是 full"),
    ("kinds: [village]", "forms: [hamlet]", "catalog.field", "只能写"),
    ("kinds: [village]", "posts: [secretary]", "catalog.field", "bearer 是 post 才写 posts"),
    ("kinds: [village]", "bearer: post", "catalog.field", "bearer 是 post 才写 posts"),
    ("kinds: [village]", "categories: [floating]", "catalog.field", "只用于 member"),
    ("every: month", "every: fortnight", "catalog.field", "只能写"),
    ("every: month", "rule: contact.residents", "catalog.field", "数由 rule 给出"),
    ("    every: month\n", "", "catalog.field", "写且只写一个"),
    ("every: month", "every: month\n    upon: 'count(matter.opened)'", "catalog.field", "写且只写一个"),
    ("counted_from: period_end", "counted_from: event", "catalog.field", "upon 和 counted_from: event 一起写"),
    ("counted_from: period_end", "add: 1000", "catalog.field", "不能大于 366"),
    ("counted_from: period_end", "paused_in: [13]", "catalog.field", "不能大于 12"),
    ("working_days: 3}", "working_days: 2}", "catalog.field", "书记有三个工作日"),
    ("{to: parent, working_days: 3}", "{to: parent, counted_from: due, working_days: 9}", "catalog.field", "书记有三个工作日"),
    ("en: harvest}, months: [6]", "en: harvest}", "catalog.field", "免除要写明条件"),
    ("at_least: 2", "at_least: 0", "catalog.field", "要大于 0"),
    ("tag(\"household_visit\"))'", "tag(\"household_visitt\"))'", "catalog.formula", "不会带标签"),
    ("count(activity.held,", "count(activity.hold,", "catalog.formula", "没有 activity.hold"),
    ("count(activity.held, tag(\"household_visit\"))'", "count(activity.held, present >= \"two\")'", "catalog.formula", "是数字"),
    ("count(activity.held, tag(\"household_visit\"))'", "count(activity.held'", "expression.syntax", "写得不完整"),
    ("count(activity.held, tag(\"household_visit\"))'", "count(activity.held, tag(selected))'", "catalog.duty", "tag(selected)"),
    ("count(activity.held, tag(\"household_visit\"))'", "stock(site.opened, site.closed)'", "catalog.duty", "count、sum 或 distinct"),
    ("count(activity.held, tag(\"household_visit\"))'", "count(matter.closed, opened.households >= 2)'", "catalog.duty", "opened."),
    ("count(activity.held, tag(\"household_visit\"))'", "distinct(activity.held.about)', once_per: [day]", "catalog.duty", "once_per"),
    ("visit\"))'", "visit\"))', credit: [post]", "catalog.duty", "单位没有岗位"),
    ("visit\"))'", "visit\"))', same_about: true", "catalog.field", "same_about 只用于 upon"),
    ("expect: missed", "expect: met", "catalog.example", "应当是 met，算出 missed"),
    ("expect: missed", "expect: missed, due: 2025-03-30", "catalog.example", "期限应当是 2025-03-30，算出 2025-03-31"),
    ("expect: missed", "expect: missed, need: 3", "catalog.example", "应当欠 3，算出 2"),
    ("expect: missed", "expect: missed, given: [{kind: activity.hold}]", "catalog.example", "没有 activity.hold"),
    ("group: contact\n", "group: contact\nhow: well\n", "catalog.field", "没有这一项"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "wrong", "code", "said"), WRONG, ids=[f"{row[2]}-{row[1][:40]}" for row in WRONG])
def test_a_duty_that_cannot_be_computed_says_what_and_where(
    pack: Pack, part: str, wrong: str, code: str, said: str
) -> None:
    assert part in DUTY
    problem = pack.refuses(DUTY.replace(part, wrong))
    assert (problem.code, said in problem.message) == (code, True), problem
    assert "village.evening_calls.yaml:" in problem.where


def test_the_line_of_a_fault_is_the_line_of_what_is_wrong(pack: Pack) -> None:
    text = DUTY.replace("kinds: [village]", "kinds: [vilage]")
    assert line_of(pack.refuses(text), text).strip() == "owed_by: {kinds: [vilage]}"


def test_rows_of_a_duty_stand_in_the_order_of_their_days(pack: Pack) -> None:
    rows = DUTY.partition("rows:\n")[2].partition("examples:")[0]
    problem = pack.refuses(DUTY.replace("examples:", rows.replace("2025-01-01", "2024-01-01") + "examples:"))
    assert problem.code == "catalog.row_order"


def test_a_sum_that_could_shrink_discharges_nothing(pack: Pack) -> None:
    fact = "key: hours.moved\n" + HEAD + (
        "since: 2025-01-01\nfields:\n  - {key: hours, title: {zh: 学时, en: Hours}, type: int, required: true}\n"
        "examples:\n  - {name: 转出, body: {hours: -2}}\n"
    )  # fmt: skip
    place = pack.folder / "facts"
    place.mkdir(parents=True)
    (place / "hours.moved.yaml").write_text(fact, encoding="utf-8")
    text = DUTY.replace('count(activity.held, tag("household_visit"))', "sum(hours.moved.hours)")
    problem = pack.refuses(text)
    assert (problem.code, "可能是负数" in problem.message) == ("catalog.duty", True)


def test_what_is_done_after_a_period_is_due_from_its_end(pack: Pack) -> None:
    text = DUTY.replace("period_end", "period_start").replace("visit\"))'", "visit\"))', days: after")
    assert "period_end" in pack.refuses(text).message


def test_an_event_is_one_kind_of_fact(pack: Pack) -> None:
    text = DUTY.replace("every: month", "upon: 'sum(activity.held.hours)'").replace("period_end", "event")
    problem = pack.refuses(text)
    assert (problem.code, "upon 写一个 count" in problem.message) == ("catalog.duty", True)


def test_a_duty_takes_its_number_only_from_a_rule_of_at_least_so_much_a_period(pack: Pack) -> None:
    plain = DUTY.replace("    at_least: 2\n", "")
    assert pack.refuses(plain.replace("every: month", "rule: no.such_rule")).code == "catalog.unknown"
    problem = pack.refuses(plain.replace("every: month", "rule: vote.majority"))
    assert (problem.code, "每期至少多少" in problem.message) == ("catalog.duty", True)


def test_no_pack_writes_a_duty_of_the_floor_anew(pack: Pack) -> None:
    assert pack.refuses(DUTY.replace("village.evening_calls", "branch.theme_day")).code == "catalog.redefined"


@pytest.mark.parametrize(
    ("part", "wrong", "code", "said"),
    [
        ("year: 2027", "year: 2026", "catalog.field", "不在 2026 年"),
        ("last: 2027-01-03", "last: 2026-12-31", "catalog.field", "last 早于 first"),
        ("worked: [2027-02-13]", "worked: [2027-02-12]", "catalog.field", "本来就上班"),
        ("worked: [2027-02-13]", "worked: [2027-02-06]", "catalog.holiday", "又放假又上班"),
        ("closures:", "closures: []\nunused:", "catalog.field", "没有这一项"),
    ],
)
def test_a_table_of_holidays_that_contradicts_itself_is_refused(
    pack: Pack, part: str, wrong: str, code: str, said: str
) -> None:
    with pytest.raises(CatalogRefused) as caught:
        pack.load(YEAR.replace(part, wrong), "holidays")
    assert (code, True) in {(problem.code, said in problem.message) for problem in caught.value.problems}


def test_a_year_has_one_table(pack: Pack) -> None:
    text = YEAR.replace("y2027", "ours_2026").replace("2027-", "2026-").replace("year: 2027", "year: 2026")
    assert pack.refuses(text.replace(", worked: [2026-02-13]", ""), "holidays").code == "catalog.redefined"


def test_a_duty_of_status_text_stays_and_an_unverified_one_is_switched_off(pack: Pack) -> None:
    switch = "key: ours_off\n" + HEAD + "off: [KEY]\n"
    off = pack.load(switch.replace("KEY", "committee.first_topic"), "switches")
    assert "committee.first_topic" not in off.duties
    assert "committee.first_topic" in off.off
    problem = pack.refuses(switch.replace("KEY", "branch.members_meeting"), "switches")
    assert "已核对原文" in problem.message


def test_a_duty_goes_with_the_rule_it_rests_on(pack: Pack) -> None:
    off = pack.load("key: ours_off\n" + HEAD + "off: [contact.residents]\n", "switches")
    assert "contact.household_visits" not in off.duties
    assert "leader.contact_point" in off.duties


def test_what_a_pack_tightens_is_owed_and_breaks_no_example_of_the_floor(pack: Pack) -> None:
    stricter = "key: contact.thrice\n" + HEAD + (
        "tightens: contact.residents\nnames: [联系群众三次]\napplies_to: {zh: 包联干部, en: contact persons}\n"
        "rows:\n  - {since: 2025-04-01, compare: at_least, value: 3, unit: 次, per: month}\n"
    )  # fmt: skip
    (terms,) = pack.load(stricter, "rules").duties["contact.household_visits"].terms
    assert [(demand.since.isoformat(), int(demand.least), demand.rule) for demand in terms.demands] == [
        ("2021-01-01", 2, "contact.residents"),
        ("2025-04-01", 3, "contact.thrice"),
    ]
