"""Waivers and exemptions on request as facts: who may, what is refused, what was known when."""

from datetime import date

import pytest

from gangmu.duties import actions
from gangmu.duties.queries import Known, bearers_of, compliance, standing
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.records.actions import record_fact, reverse_fact
from tests.orgs.cast import SOME_DAY, City

pytestmark = pytest.mark.usefixtures("db")
BRANCH, KEY, START = "柳溪支部", "branch.members_meeting", date(2025, 1, 1)
LATER = date(2025, 4, 30)


def state(city: City, size: int | None = None) -> list[str]:
    found = standing(city.clerk.scope, city[BRANCH], Period(START, date(2025, 3, 31)), Known(LATER, size))
    return [one.state for one in found if one.obligation.duty == KEY]


def waive(city: City, *, duty: str = KEY, start: date = START, by: Actor | None = None, bearer: str = "",
          reason: str = "disaster", idem: str = "w") -> str:  # fmt: skip
    told = actions.waive(duty, city[BRANCH], bearer or city[BRANCH], start, reason=reason, by=by or city.clerk,
                         at=date(2025, 4, 2), idem=idem)  # fmt: skip
    return told.id


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_waiver_takes_out_what_was_missed_and_says_who_approved_it(city: City) -> None:
    assert state(city) == ["missed"]
    waive(city)
    (found,) = [one for one in standing(city.clerk.scope, city[BRANCH], Period(START, START), Known(LATER))
                if one.obligation.duty == KEY]  # fmt: skip
    assert (found.state, found.waiver and (found.waiver.reason, found.waiver.approver)) == (
        "waived", ("disaster", city.clerk_id))  # fmt: skip
    counted = compliance(city.clerk.scope, city[BRANCH], Period(START, START), LATER, KEY).own.units
    assert (counted.by_state, counted.settled) == ({"waived": 1}, 0)


def test_a_waiver_is_seen_from_when_it_was_known_and_until_it_was_taken_back(city: City) -> None:
    sequencer.run_until_empty()
    before = ledger.size()
    made = waive(city)
    sequencer.run_until_empty()
    after = ledger.size()
    reverse_fact(made, reason="mistake", note="", by=city.clerk, idem="back")  # type: ignore[arg-type]
    sequencer.run_until_empty()
    assert [state(city, size) for size in (before, after, None)] == [["missed"], ["waived"], ["missed"]]


def test_the_same_request_twice_waives_once(city: City) -> None:
    assert waive(city) == waive(city)


def test_only_the_unit_above_waives_what_is_left_to_it(city: City) -> None:
    secretary = city.account("own", "branch_secretary", BRANCH)
    with pytest.raises(Refused) as refused:
        waive(city, by=secretary)
    assert codes(refused) == ["duties.waived_above"]
    village = city.account("above", "party_clerk", "柳溪村")
    waive(city, by=village)
    assert state(city) == ["waived"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"duty": "branch.nothing"}, "duties.unknown"),
        ({"start": date(2025, 2, 1)}, "duties.nothing_owed"),
        ({"bearer": "f" * 32}, "duties.nothing_owed"),
        ({"reason": "illness"}, "body.choice"),
    ],
)
def test_what_makes_no_sense_is_not_waived(city: City, asked: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        waive(city, **asked)  # type: ignore[arg-type]
    assert codes(refused) == [code]
    assert state(city) == ["missed"]


def test_nobody_waives_or_exempts_outside_the_scope_or_without_the_permission(city: City) -> None:
    with pytest.raises(NotFound):
        waive(city, by=city.account("west", "party_clerk", "西镇"))
    with pytest.raises(Refused) as refused:
        waive(city, by=city.account("reader", "leader", "青禾市"))
    assert codes(refused) == ["orgs.not_allowed"]


def test_no_other_form_records_a_waiver(city: City) -> None:
    body = {"duty": KEY, "bearer": city[BRANCH], "period_start": "2025-01-01", "reason": "other"}
    with pytest.raises(Refused) as refused:
        record_fact("duty.waived", city[BRANCH], body=body, on=date(2025, 4, 2), by=city.clerk, idem="x")
    assert "records.own_action" in codes(refused)


def asked(city: City, on: date) -> set[str]:
    found = standing(city.clerk.scope, city[BRANCH], Period.of_year(2025), Known(on))
    return {one.state for one in found if one.obligation.duty == "member.study_hours"}


def test_who_asks_is_exempt_until_the_day_he_names(city: City) -> None:
    member = city.member("林晓禾", BRANCH, SOME_DAY)
    secretary = city.account("own", "branch_secretary", BRANCH)
    grant = {"by": secretary, "at": date(2025, 3, 1)}
    actions.exempt("member.study_hours", city[BRANCH], member, **grant, idem="e")  # type: ignore[arg-type]
    assert (asked(city, date(2025, 2, 28)), asked(city, date(2025, 5, 1))) == ({"not_yet_due"}, {"not_applicable"})
    persons = compliance(city.clerk.scope, city[BRANCH], Period.of_year(2025), date(2025, 5, 1), "member.study_hours")
    assert persons.own.persons.obliged == 0
    actions.exempt("member.study_hours", city[BRANCH], member, **grant, until=date(2025, 6, 30), idem="end")  # type: ignore[arg-type]
    assert (asked(city, date(2025, 6, 30)), asked(city, date(2025, 7, 1))) == ({"not_applicable"}, {"not_yet_due"})


def test_an_exemption_asks_for_no_reason_and_takes_no_illness(city: City) -> None:
    member = city.member("林晓禾", BRANCH, SOME_DAY)
    told = {"org": city[BRANCH], "bearer": member, "by": city.clerk, "at": date(2025, 3, 1)}
    for named, code in (
        ({"duty": "member.study_hours", "reason": "illness"}, "body.choice"),
        ({"duty": "member.talk"}, "duties.not_on_request"),
        ({"duty": "nobody.knows"}, "duties.unknown"),
        ({"duty": "member.study_hours", "bearer": "f" * 32}, "duties.no_bearer"),
        ({"duty": "member.study_hours", "at": date(2199, 1, 1)}, "duties.tomorrow"),
    ):
        with pytest.raises(Refused) as refused:
            actions.exempt(**{**told, **named, "idem": code})  # type: ignore[arg-type]
        assert codes(refused) == [code]
    assert all(not one.asked for one in bearers_of(city.clerk.scope, city[BRANCH], date(2025, 5, 1)))
