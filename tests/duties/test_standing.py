"""The duties of a unit of the cast: through the queries and the command, by scope, day and what was known."""

import json
from datetime import date
from typing import Any

import pytest

from gangmu.duties.commands import duties
from gangmu.duties.queries import Known, bearers_of, standing
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.orgs import actions
from gangmu.orgs.queries import tree
from gangmu.records.actions import record_fact, reverse_fact
from tests.indicators.conftest import Record
from tests.orgs.cast import SOME_DAY, City

pytestmark = pytest.mark.usefixtures("db")
FIRST_QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))


def states(city: City, unit: str, on: str, duty: str, *, bearer: str = "unit", size: int | None = None,
           span: Period = FIRST_QUARTER) -> list[str]:  # fmt: skip
    found = standing(city.clerk.scope, city[unit], span, Known(date.fromisoformat(on), size))
    return [one.state for one in found if one.obligation.duty == duty and one.obligation.bearer.kind == bearer]


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert duties(list(words)) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def code(city: City, unit: str) -> str:
    node = tree(date(2025, 6, 1)).get(city[unit])
    assert node is not None
    return node.code


def seat(city: City, unit: str, post: str, name: str) -> str:
    """Somebody holds the post from 2024 on; the post's id."""
    by = city.clerk
    made = actions.create_post(city[unit], post, by=by, at=SOME_DAY, idem=f"post/{unit}/{post}".encode().hex())
    person = city.person(name, unit)
    actions.start_holding(
        made, person, "elected", by=by, at=date(2024, 3, 1), idem=f"hold/{unit}/{post}".encode().hex()
    )
    return made


def test_a_branch_of_the_cast_owes_what_its_kind_owes(city: City) -> None:
    (unit, *_) = bearers_of(city.clerk.scope, city["柳溪支部"], date(2025, 3, 1))
    assert (unit.form, unit.unit.kind, unit.has) == ("branch", "branch", frozenset())
    found = standing(city.clerk.scope, city["柳溪支部"], FIRST_QUARTER, Known(date(2025, 4, 30)))
    told = {(one.obligation.duty, one.state) for one in found}
    assert {("branch.members_meeting", "missed"), ("branch.theme_day", "missed"),
            ("branch.committee_meeting", "not_applicable"), ("branch.life_meeting", "not_yet_due")} <= told  # fmt: skip


def test_a_temporary_branch_owes_no_meeting_of_its_members(city: City) -> None:
    assert states(city, "抗旱临时支部", "2025-04-30", "branch.members_meeting") == []


def test_a_record_discharges_and_one_taken_back_does_not(city: City) -> None:
    assert states(city, "柳溪支部", "2025-03-31", "branch.members_meeting") == ["due"]
    body: dict[str, Any] = {"tags": ["members_meeting"], "present": 9, "expected": 12, "late_reason": "away"}
    receipt = record_fact("activity.held", city["柳溪支部"], body=body, on=date(2025, 3, 5), by=city.clerk, idem="a")
    assert states(city, "柳溪支部", "2025-03-31", "branch.members_meeting") == ["met"]
    assert states(city, "石桥支部", "2025-03-31", "branch.members_meeting") == ["due"]
    reverse_fact(receipt.id, reason="mistake", note="", by=city.clerk, idem="b")
    assert states(city, "柳溪支部", "2025-03-31", "branch.members_meeting") == ["due"]


def test_the_state_of_any_day_and_of_any_moment_comes_again(city: City, record: Record) -> None:
    sequencer.run_until_empty()
    before = ledger.size()
    record("activity.held", "柳溪支部", "2025-03-05", tags=["members_meeting"])
    sequencer.run_until_empty()
    after = ledger.size()
    days = ("2025-03-04", "2025-03-05", "2025-04-08")
    key = "branch.members_meeting"
    assert [states(city, "柳溪支部", day, key) for day in days] == [["due"], ["met"], ["met"]]
    assert [states(city, "柳溪支部", day, key, size=before) for day in days] == [["due"], ["due"], ["missed"]]
    assert [states(city, "柳溪支部", day, key, size=after) for day in days] == [["due"], ["met"], ["met"]]


def test_what_was_taken_back_later_still_stood_when_it_was_known(city: City, record: Record) -> None:
    made = record("activity.held", "柳溪支部", "2025-03-05", tags=["members_meeting"])
    sequencer.run_until_empty()
    known = ledger.size()
    reverse_fact(made, reason="mistake", note="", by=city.clerk, idem="b")
    sequencer.run_until_empty()
    assert states(city, "柳溪支部", "2025-04-08", "branch.members_meeting", size=known) == ["met"]
    assert states(city, "柳溪支部", "2025-04-08", "branch.members_meeting", size=ledger.size()) == ["missed"]


def test_members_and_holders_owe_each_for_themselves(city: City, record: Record) -> None:
    city.member("林晓禾", "柳溪支部", SOME_DAY)
    city.member("周远山", "柳溪支部", SOME_DAY)
    seat(city, "柳溪支部", "organisation", "沈一鸣")
    person = city.person("林晓禾", "柳溪支部")
    record("activity.held", "柳溪支部", "2025-02-05", about=person, tags=["heart_talk"])
    assert sorted(states(city, "柳溪支部", "2026-02-01", "member.talk", bearer="member")) == ["met", "missed"]
    assert states(city, "柳溪支部", "2026-02-01", "officer.talks", bearer="post") == ["missed"]
    assert states(city, "柳溪支部", "2026-02-01", "branch.committee_meeting") == ["missed"] * 3


def test_a_course_of_the_county_counts_for_the_member_it_is_about(city: City, record: Record) -> None:
    city.member("林晓禾", "柳溪支部", SOME_DAY)
    person = city.person("林晓禾", "柳溪支部")
    record("activity.held", "柳林县", "2025-05-05", about=person, tags=["training"], hours=32)
    assert states(city, "柳溪支部", "2025-12-31", "member.study_hours", bearer="member") == ["met"]


def test_a_new_secretary_is_to_be_trained_within_half_a_year(city: City, record: Record) -> None:
    by = city.clerk
    post = actions.create_post(city["柳溪支部"], "secretary", by=by, at=SOME_DAY, idem="p")
    person = city.person("何青", "柳溪支部")
    actions.start_holding(post, person, "elected", by=by, at=date(2025, 1, 10), idem="h")
    key = "secretary.induction"
    assert states(city, "柳溪支部", "2025-07-10", key, bearer="post") == ["due"]
    assert states(city, "柳溪支部", "2025-08-01", key, bearer="post") == ["missed"]
    record("activity.held", "柳林县", "2025-07-20", about=person, tags=["training"])
    assert states(city, "柳溪支部", "2025-08-01", key, bearer="post") == ["met_late"]


def test_a_stranger_is_told_that_there_is_no_such_unit(city: City) -> None:
    clerk = city.account("east", "party_clerk", "东镇")
    with pytest.raises(NotFound):
        standing(clerk.scope, city["荷塘支部"], FIRST_QUARTER, Known(date(2025, 3, 1)))
    assert standing(clerk.scope, city["柳溪支部"], FIRST_QUARTER, Known(date(2025, 3, 1)))


def test_the_command_prints_one_object_a_line_without_any_name(
    city: City, record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    city.member("林晓禾", "柳溪支部", SOME_DAY)
    record("activity.held", "柳溪支部", "2025-03-05", tags=["members_meeting"])
    lines = printed(capsys, "--org", code(city, "柳溪支部"), "--day", "2025-04-08")
    (first,) = [line for line in lines if line["duty"] == "branch.members_meeting" and line["from"] == "2025-01-01"]
    assert (first["state"], first["due"], first["grace_end"], first["met_on"]) == (
        "met",
        "2025-03-31",
        "2025-04-07",
        "2025-03-05",
    )
    assert (first["need"], first["have"], len(first["evidence"])) == ("1", "1", 1)
    assert first["explain"][0]["zh"] == "到期间最后一天为止：2025-03-31。"
    assert "林晓禾" not in json.dumps(lines, ensure_ascii=False)
    assert {line["bearer"] for line in lines} == {"unit", "member"}


def test_the_command_looks_back_as_far_as_it_is_told(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--org", code(city, "柳溪支部"), "--day", "2025-03-31")
    quarters = {line["from"] for line in printed(capsys, *words) if line["duty"] == "branch.members_meeting"}
    earlier = {
        line["from"]
        for line in printed(capsys, *words, "--from", "2024-07-01")
        if line["duty"] == "branch.members_meeting"
    }
    assert (quarters, earlier) == ({"2025-01-01"}, {"2024-07-01", "2024-10-01", "2025-01-01"})


@pytest.mark.parametrize(
    ("words", "code_said"),
    [
        (["--day", "gestern"], "duties.day"),
        (["--day", "2025-03-31", "--from", "2025-02-30"], "duties.day"),
        (["--day", "2025-03-31", "--from", "2025-04-01"], "duties.order"),
        (["--day", "2025-03-31", "--as-known", "99999"], "indicators.known_size"),
        (["--day", "2025-03-31", "--as-known", "0"], "indicators.known_size"),
    ],
)
def test_the_command_refuses_what_makes_no_sense_and_says_so(city: City, words: list[str], code_said: str) -> None:
    with pytest.raises(Refused) as refused:
        duties(["--org", "QH", *words])
    assert [problem.code for problem in refused.value.problems] == [code_said]
    assert refused.value.problems[0].message_en


def test_the_command_does_not_know_a_unit_that_is_not_there(city: City) -> None:
    with pytest.raises(NotFound):
        duties(["--org", "NOWHERE", "--day", "2025-03-31"])


def test_an_empty_scope_sees_nothing(city: City) -> None:
    with pytest.raises(NotFound):
        standing(Scope((), date(2025, 3, 1)), city.root, FIRST_QUARTER, Known(date(2025, 3, 1)))
