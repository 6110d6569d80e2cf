"""What is old or closed is put right by two persons: one asks, another answers with a word, nobody answers themselves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import queries as ledger
from gangmu.orgs.scope import actor
from gangmu.records import actions, corrections
from tests.orgs.cast import City

MEETING: dict[str, Json] = {"tags": ["members_meeting"], "present": 12}
LATER = 9


@pytest.fixture
def secretary(city: City) -> Actor:
    return city.account("shuji", "branch_secretary", "柳溪支部")


@pytest.fixture
def old(city: City, secretary: Actor) -> Iterator[FactId]:
    """A record that was made nine days ago."""
    receipt = actions.record_fact(
        "activity.held", city["柳溪支部"], body=MEETING, on=clock.today(), by=secretary, idem="m1"
    )
    with time_machine.travel(clock.now() + timedelta(days=LATER), tick=True):
        yield receipt.id


def now(who: Actor) -> Actor:
    """The same person on the day it is now."""
    return actor(who.account, clock.today())


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def asked(secretary: Actor, old: FactId, idem: str = "r1") -> FactId:
    return actions.reverse_fact(old, reason="twice", note="记重了", by=now(secretary), idem=idem, ask=True).id


def test_what_was_recorded_lately_one_puts_right_oneself(city: City, secretary: Actor) -> None:
    fresh = actions.record_fact(
        "activity.held", city["柳溪支部"], body=MEETING, on=clock.today(), by=secretary, idem="m1"
    )
    actions.reverse_fact(fresh.id, reason="twice", note="记重了", by=secretary, idem="r1")
    assert ledger.fact(fresh.id).reversed_by


def test_what_is_old_is_refused_with_what_can_be_done(secretary: Actor, old: FactId) -> None:
    with pytest.raises(Refused) as refusal:
        actions.reverse_fact(old, reason="twice", note="记重了", by=now(secretary), idem="r1")
    assert codes(refusal) == ["records.second_person"]
    assert "可以现在就请" in refusal.value.problems[0].message
    assert ledger.fact(old).reversed_by is None


def test_while_it_waits_the_record_stands(secretary: Actor, old: FactId) -> None:
    request = ledger.fact(asked(secretary, old))
    assert request.kind == corrections.ASKED
    assert request.ref("answers") == old
    assert corrections.answer_to(request) is None
    assert ledger.fact(old).reversed_by is None


def test_another_person_confirms_and_it_is_done(city: City, secretary: Actor, old: FactId) -> None:
    request = asked(secretary, old)
    corrections.confirm(request, "查过本子", by=now(city.clerk), idem="c1")
    taken_back = ledger.fact(old).reversed_by
    assert taken_back
    assert ledger.fact(taken_back).actor == city.clerk_id
    told = corrections.answer_to(ledger.fact(request))
    assert told is not None
    assert told.body["outcome"] == "confirmed"


def test_another_person_declines_and_nothing_changes(city: City, secretary: Actor, old: FactId) -> None:
    request = asked(secretary, old)
    corrections.decline(request, "本子上有两次", by=now(city.clerk), idem="c1")
    assert ledger.fact(old).reversed_by is None
    told = corrections.answer_to(ledger.fact(request))
    assert told is not None
    assert told.body["outcome"] == "declined"


def test_nobody_answers_what_they_asked_for(secretary: Actor, old: FactId) -> None:
    request = asked(secretary, old)
    for answer in (corrections.confirm, corrections.decline):
        with pytest.raises(Refused) as refusal:
            answer(request, "可以", by=now(secretary), idem="c1")
        assert codes(refusal) == ["records.own_request"]
    assert ledger.fact(old).reversed_by is None


def test_an_answer_without_a_word_is_refused_and_nothing_is_half_done(
    city: City, secretary: Actor, old: FactId
) -> None:
    request = asked(secretary, old)
    for answer in (corrections.confirm, corrections.decline):
        with pytest.raises(Refused) as refusal:
            answer(request, "  ", by=now(city.clerk), idem="c1")
        assert codes(refusal) == ["body.missing"]
    assert ledger.fact(old).reversed_by is None
    assert corrections.answer_to(ledger.fact(request)) is None


def test_it_is_answered_once_and_twice_sent_is_once(city: City, secretary: Actor, old: FactId) -> None:
    request, who = asked(secretary, old), now(city.clerk)
    first = corrections.confirm(request, "查过", by=who, idem="c1")
    again = corrections.confirm(request, "查过", by=who, idem="c1")
    assert (first.id, again.repeated) == (again.id, True)
    with pytest.raises(Refused) as refusal:
        corrections.decline(request, "不行", by=who, idem="c2")
    assert codes(refusal) == ["records.answered"]


def test_asking_twice_is_once_and_a_second_request_waits_for_the_first(secretary: Actor, old: FactId) -> None:
    assert asked(secretary, old) == asked(secretary, old)
    with pytest.raises(Refused) as refusal:
        asked(secretary, old, "r2")
    assert codes(refusal) == ["records.asked_already"]


def test_after_a_refusal_one_may_ask_again(city: City, secretary: Actor, old: FactId) -> None:
    corrections.decline(asked(secretary, old), "说清楚些", by=now(city.clerk), idem="c1")
    request = asked(secretary, old, "r2")
    corrections.confirm(request, "这回清楚", by=now(city.clerk), idem="c2")
    assert ledger.fact(old).reversed_by


def test_what_would_stand_in_its_place_is_sealed_until_it_does(city: City, secretary: Actor, old: FactId) -> None:
    receipt = _restated(city, secretary, old)
    entry = ledger.entry(receipt)
    assert "转正" not in entry.decode()
    corrections.confirm(receipt, "对过了", by=now(city.clerk), idem="c1")
    assert ledger.fact(old).reversed_by
    [stands] = [
        fact for fact in ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"}))) if not fact.reversed_by
    ]
    assert stands.ref("restates") == old
    assert stands.body["present"] == 11
    assert {one.text for one in ledger.open_slots([stands.id], ["subject"])} == {"王𠮷生转正😀"}


def _restated(city: City, secretary: Actor, old: FactId) -> FactId:
    return actions.restate_fact(
        old, city["柳溪支部"], body={"tags": ["members_meeting"], "present": 11, "late_reason": "away"},
        sealed={"subject": "王𠮷生转正😀"}, on=ledger.fact(old).day, reason="mistake", note="数错了",
        by=now(secretary), idem="r1", ask=True,
    ).id  # fmt: skip


def test_a_closed_period_wants_a_second_person_however_fresh_the_record(city: City, secretary: Actor) -> None:
    org, day = city["柳溪支部"], clock.today() - timedelta(days=40)
    fresh = actions.record_fact(
        "activity.held", org, body={**MEETING, "late_reason": "away"}, on=day, by=secretary, idem="m1"
    )
    period = Period(day, day + timedelta(days=1))
    actions.close_period(org, period, by=city.clerk, idem="close")
    with pytest.raises(Refused) as refusal:
        actions.reverse_fact(fresh.id, reason="twice", note="记重了", by=secretary, idem="r1")
    assert codes(refusal) == ["records.second_person"]


def test_a_period_of_other_kinds_does_not_matter(city: City, secretary: Actor) -> None:
    org, day = city["柳溪支部"], clock.today() - timedelta(days=40)
    fresh = actions.record_fact(
        "activity.held", org, body={**MEETING, "late_reason": "away"}, on=day, by=secretary, idem="m1"
    )
    actions.close_period(org, Period(day, day), kinds=["money.booked"], by=city.clerk, idem="close")
    actions.reverse_fact(fresh.id, reason="twice", note="记重了", by=secretary, idem="r1")
    assert ledger.fact(fresh.id).reversed_by


def test_a_stranger_can_neither_ask_nor_answer(city: City, secretary: Actor, old: FactId) -> None:
    stranger = city.account("stranger", "branch_secretary", "石桥支部")
    with pytest.raises(NotFound):
        asked(stranger, old)
    request = asked(secretary, old)
    with pytest.raises(NotFound):
        corrections.confirm(request, "可以", by=now(stranger), idem="c1")


def test_who_may_only_see_answers_nothing(city: City, secretary: Actor, old: FactId) -> None:
    request = asked(secretary, old)
    leader = city.account("leader", "leader", "青禾市")
    with pytest.raises(Refused) as refusal:
        corrections.confirm(request, "可以", by=now(leader), idem="c1")
    assert codes(refusal) == ["orgs.not_allowed"]


def test_only_a_request_is_answered(city: City, old: FactId) -> None:
    with pytest.raises(Refused) as refusal:
        corrections.confirm(old, "可以", by=now(city.clerk), idem="c1")
    assert codes(refusal) == ["records.no_request"]
