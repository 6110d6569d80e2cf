"""A new duty is one YAML file and no Python: dropped in by GANGMU_CATALOG_EXTRA, with a selector, a due rule and a
discharge that no shipped duty uses. Beside it the files of a place that calls on people upon four kinds of news."""

from datetime import date

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import EXTRA, catalog, extra, folders
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations
from gangmu.catalog.duties.states import Waiver, status
from gangmu.catalog.expressions.evaluate import Row, Unit
from gangmu.catalog.load import load
from gangmu.duties.rules import explain
from gangmu.kernel.periods import Period
from tests.catalog.small import write
from tests.duties.cases import held
from tests.duties.test_refusals import HEAD

# Schools and hospitals, each half-year, on the last working day of the first forty days after it (August stands still):
# three companies or sites called on by the unit or what lies beneath it.
OUTREACH = (
    "key: school.outreach\n"
    + HEAD
    + """\
group: contact
rows:
  - since: 2025-01-01
    every: half_year
    at_least: 3
    owed_by: {forms: [primary, branch], domains: [school, hospital], needs: [committee]}
    due: {counted_from: period_end, add: 40, at_rest: previous, opens: 20, paused_in: [8]}
    discharge:
      text: 'distinct(activity.held.about, tag("enterprise_visit") and present >= 2 and not late)'
      credit: [unit, beneath]
      days: after
    grace: {days: 3, measure: working_day}
    waived_by: nobody
examples:
  - name: 走了三家
    bearer: {kind: branch, domain: school}
    period: 2025-01-01
    on: 2025-09-09
    given:
      - {kind: activity.held, tags: [enterprise_visit], present: 3, day: 2025-07-08, about: c1}
      - {kind: activity.held, tags: [enterprise_visit], present: 2, day: 2025-07-09, about: c1}
      - {kind: activity.held, tags: [enterprise_visit], present: 1, day: 2025-07-10, about: c2}
      - {kind: activity.held, tags: [enterprise_visit], present: 2, day: 2025-09-01, about: c2}
      - {kind: activity.held, tags: [enterprise_visit], present: 2, day: 2025-09-08, about: c3}
    expect: met
    due: 2025-09-09
    need: 3
  - {name: 农村支部没有, bearer: {kind: branch, domain: rural}, period: 2025-01-01, on: 2025-12-31, expect: not_applicable}
"""
)
NEWS = (
    "key: care.called_for\n"
    + HEAD
    + """\
since: 2025-01-01
recorders: [branch_secretary, party_clerk]
about: visited
fields:
  - key: news
    title: {zh: 什么情况, en: Kind of news}
    type: enum
    required: true
    values:
      - {key: illness, title: {zh: 生病, en: illness}}
      - {key: hardship, title: {zh: 困难, en: hardship}}
      - {key: change, title: {zh: 变故, en: change}}
      - {key: joy, title: {zh: 喜事, en: joy}}
  - {key: words, title: {zh: 具体情况, en: Circumstances}, type: text, sealed: true}
examples:
  - {name: 生病住院, body: {news: illness}, slots: {words: 下周手术}}
"""
)
CALLS = (
    "key: care.calls\n"
    + HEAD
    + """\
group: contact
rows:
  - since: 2025-01-01
    upon: 'count(care.called_for, news in ("illness", "hardship", "change"))'
    owed_by: {kinds: [branch]}
    due: {counted_from: event, add: 3, measure: working_day}
    discharge: {text: 'count(activity.held, tag("household_visit"))', same_about: true}
examples:
  - name: 三个工作日之内去了
    period: 2025-04-30
    on: 2025-05-09
    given:
      - {kind: care.called_for, news: hardship, day: 2025-04-30, about: h1}
      - {kind: activity.held, tags: [household_visit], day: 2025-05-08, about: h1}
    expect: met
    due: 2025-05-08
  - name: 去的是别家
    period: 2025-04-30
    on: 2025-05-09
    given:
      - {kind: care.called_for, news: hardship, day: 2025-04-30, about: h1}
      - {kind: activity.held, tags: [household_visit], day: 2025-05-08, about: h2}
    expect: missed
"""
)
SCHOOL = Bearer("s", Unit("s", "00009", "branch", "school"), form="branch", has=frozenset({"committee"}))


@pytest.fixture(scope="module")
def dropped_in(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The catalog of a process started with GANGMU_CATALOG_EXTRA: the files lie side by side, in no rooms."""
    files = {"school.outreach.yaml": OUTREACH, "care.called_for.yaml": NEWS, "care.calls.yaml": CALLS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(EXTRA, str(write(tmp_path_factory.mktemp("dropped"), files)))
        return load(folders(), extra())


def visit(day: str, about: str, present: int = 2, late: bool = False, org: str = "s") -> Deed:
    return held("enterprise_visit", day, about=about, present=present, late=late, org=org)


def test_the_duty_is_there_and_no_shipped_one_is_like_it(dropped_in: Catalog) -> None:
    (terms,) = dropped_in.duties["school.outreach"].terms
    shipped = [each.row for duty in catalog().duties.values() for each in duty.terms]
    parts = ("owed_by", "due", "discharge")
    assert "school.outreach" in dropped_in.local
    assert [part for part in parts for row in shipped if getattr(row, part) == getattr(terms.row, part)] == []
    assert {row.every for row in shipped}.isdisjoint({"half_year"})


def test_its_deadline_its_state_and_its_explanation_follow_from_the_file(dropped_in: Catalog) -> None:
    duty, calendar = dropped_in.duties["school.outreach"], dropped_in.calendar
    deeds = (visit("2025-07-08", "c1"), visit("2025-07-15", "c2"), visit("2025-09-08", "c3", org="beneath"))
    (one,) = obligations(duty, SCHOOL, Period(date(2025, 1, 1), date(2025, 6, 30)), calendar)
    below = {"beneath": Unit("beneath", "0000900001", "party_small_group", "school")}
    states = [status(one, deeds, date(2025, month, day), units=below).state for month, day in ((7, 1), (9, 1), (9, 8))]
    assert states == ["not_yet_due", "due", "met"]
    assert status(one, deeds, date(2025, 9, 9)).state == "due"  # what lies beneath is another's where nobody says so
    assert (one.due.end, one.grace_end) == (date(2025, 9, 9), date(2025, 9, 12))
    told = explain(one, dropped_in)
    assert any("2025-08-01 至 2025-08-31（这个月停数）" in sentence.zh for sentence in told)
    assert any("青组发〔2025〕3号" in sentence.zh and "每半年至少 3" in sentence.zh for sentence in told)


def test_each_part_of_its_condition_is_asked(dropped_in: Catalog) -> None:
    duty = dropped_in.duties["school.outreach"]
    (one,) = obligations(duty, SCHOOL, Period(date(2025, 1, 1), date(2025, 1, 1)), dropped_in.calendar)
    enough = (visit("2025-07-08", "c1"), visit("2025-07-15", "c2"), visit("2025-07-16", "c3"))
    wanting = (visit("2025-07-16", "c2"), visit("2025-07-16", "c3", present=1), visit("2025-07-16", "c3", late=True),
               visit("2025-06-30", "c3"), visit("2026-01-01", "c3"), visit("2025-07-16", "c3", org="other"))  # fmt: skip
    on = date(2025, 9, 15)
    assert status(one, enough, on).state == "met"
    assert {status(one, (*enough[:2], deed), on).state for deed in wanting} == {"missed"}


@pytest.mark.parametrize(
    "other",
    [
        Bearer("s", Unit("s", "00009", "branch", "rural"), form="branch", has=frozenset({"committee"})),
        Bearer("s", Unit("s", "00009", "branch", "school"), form="branch"),
        Bearer("s", Unit("s", "00009", "temporary_branch", "school"), form="temporary", has=frozenset({"committee"})),
        Bearer("s", Unit("s", "00009", "branch", "school"), form="branch", kind="member", has=frozenset({"committee"})),
    ],
    ids=["domain", "committee", "form", "bearer"],
)
def test_whoever_the_selector_leaves_out_owes_nothing(dropped_in: Catalog, other: Bearer) -> None:
    span = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert obligations(dropped_in.duties["school.outreach"], other, span, dropped_in.calendar) == ()


def test_what_nobody_may_waive_is_not_waived(dropped_in: Catalog) -> None:
    span = Period(date(2025, 1, 1), date(2025, 1, 1))
    (one,) = obligations(dropped_in.duties["school.outreach"], SCHOOL, span, dropped_in.calendar)
    waiver = Waiver("school.outreach", "s", one.period.start, "汛期", "parent")
    assert status(one, (), date(2025, 9, 15), (waiver,)).state == "missed"


def news(day: str, about: str, kind: str) -> Deed:
    return Deed(Row(f"{kind}/{day}", "care.called_for", "b", date.fromisoformat(day), {"news": kind}, about))


def test_each_piece_of_news_begins_one_call_and_joy_begins_none(dropped_in: Catalog) -> None:
    branch = Bearer("b", Unit("b", "00001", "branch", "rural"), form="branch")
    deeds = (news("2025-04-30", "h1", "illness"), news("2025-05-12", "h2", "change"), news("2025-05-13", "h3", "joy"),
             held("household_visit", "2025-05-08", about="h1"))  # fmt: skip
    span = Period(date(2025, 4, 1), date(2025, 5, 31))
    owed = obligations(dropped_in.duties["care.calls"], branch, span, dropped_in.calendar, deeds)
    assert [(one.about, one.due.end.isoformat()) for one in owed] == [("h1", "2025-05-08"), ("h2", "2025-05-15")]
    assert [status(one, deeds, date(2025, 5, 20)).state for one in owed] == ["met", "missed"]


def test_the_circumstances_of_a_call_are_sealed_and_the_word_is_coarse(dropped_in: Catalog) -> None:
    kind = dropped_in.facts["care.called_for"]
    assert [field.key for field in kind.slots] == ["words"]
    assert [field.key for field in kind.body_fields] == ["news"]
