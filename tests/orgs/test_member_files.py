"""A person's file on the way into the Party: five stages, twenty-five steps, each recorded once and in its time."""

from datetime import date, timedelta

import pytest

from gangmu.kernel import clock
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import member_files, rosters
from gangmu.orgs.actions.member_files import StepTaken, close_file, take_step
from gangmu.orgs.entries import NewPerson
from gangmu.orgs.rules import member_ways
from gangmu.records.actions import reverse_fact
from tests.orgs.cast import City, key

BRANCH = "柳溪支部"
START = date(2021, 1, 10)
FIRST_HALF = (
    ("talked", 10), ("recommended", 40), ("activist_filed", 45), ("mentors_named", 46), ("observed", 410),
    ("candidate_chosen", 411), ("candidate_filed", 420), ("sponsors_named", 421), ("vetted", 440), ("trained", 450),
    ("examined", 455), ("preexamined", 460), ("form_filled", 461), ("resolved", 465), ("interviewed", 470),
)  # fmt: skip
SECOND_HALF = (
    ("approved", 500), ("approval_filed", 505), ("enrolled", 506), ("sworn", 510), ("probation_observed", 800),
    ("confirmation_asked", 825), ("confirmation_resolved", 835), ("confirmed", 860), ("archived", 861),
)  # fmt: skip


def applied(city: City, name: str = "许青苗", at: date = START, birth_month: str = "1995-03") -> str:
    new = NewPerson(city[BRANCH], at, key("p", name), name=name, birth_month=birth_month)
    asked = StepTaken(city[BRANCH], "applied", at, key("apply", name), new=new, late_reason="found_later")
    return take_step(asked, by=city.clerk)


def step(city: City, file_id: str, what: str, at: date, **more: str) -> str:
    asked = StepTaken(city[BRANCH], what, at, key(file_id, what), file=file_id,
                      **{"late_reason": "found_later", **more})  # type: ignore[arg-type]  # fmt: skip
    return take_step(asked, by=city.clerk)


def walked(city: City, *, until: str = "archived") -> str:
    file_id = applied(city)
    for what, days in (*FIRST_HALF, *SECOND_HALF):
        step(city, file_id, what, START + timedelta(days), category="rural")
        if what == until:
            break
    return file_id


def row(city: City, file_id: str, on: date | None = None) -> member_files.FileRow:
    return member_files.file(city.clerk.scope, city[BRANCH], file_id, on)


def stages(city: City, file_id: str) -> list[tuple[str, date]]:
    facts = ledger.history([file_id], ("membership.stage_changed", "membership.started"))
    return [(str(fact.body["stage"]), fact.day) for fact in facts]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_from_application_to_full_member_every_step_is_one_record_and_stages_follow(city: City) -> None:
    file_id = walked(city)
    told = row(city, file_id)
    assert len(told.done) == 25
    assert told.coming is None
    resolved = START + timedelta(465)
    assert stages(city, file_id) == [
        ("applicant", START), ("activist", START + timedelta(40)), ("candidate", START + timedelta(420)),
        ("probationary", resolved), ("full", date(resolved.year + 1, resolved.month, resolved.day)),
    ]  # fmt: skip
    assert len(ledger.history([file_id], ("membership.step_done",))) == 25 - 3
    assert [one.stage for one in rosters.members(city.clerk.scope, city[BRANCH])] == ["full"]


def test_probation_counts_from_the_meeting_and_not_from_the_approval(city: City) -> None:
    walked(city, until="approved")
    member = rosters.members(city.clerk.scope, city[BRANCH])[0]
    assert (member.stage, member.since) == ("probationary", START + timedelta(465))
    assert not rosters.members(city.clerk.scope, city[BRANCH], START + timedelta(464))


def test_the_age_band_of_the_day_follows_from_the_month_of_birth(city: City) -> None:
    file_id = walked(city, until="approved")
    admitted = ledger.history([file_id], ("membership.started",))[0]
    assert admitted.body["age_band"] == "b18_30"  # born in March 1995, twenty-seven on the day of the meeting


def test_a_step_asked_for_twice_is_recorded_once(city: City) -> None:
    file_id = applied(city)
    before = ledger.count(ledger.FactFilter())
    assert applied(city) == file_id
    assert ledger.count(ledger.FactFilter()) == before


@pytest.mark.parametrize(
    ("until", "what", "days", "code"),
    [
        ("mentors_named", "observed", 404, "orgs.step_early"),  # a year as activist: 2022-02-19 is day 405
        ("form_filled", "approved", 470, "orgs.step_order"),
        ("talked", "trained", 20, "orgs.step_order"),
        ("talked", "talked", 20, "orgs.step_done"),
        ("talked", "dance", 20, "orgs.no_such_step"),
        ("recommended", "activist_filed", 39, "orgs.step_before"),
        ("confirmation_asked", "confirmation_resolved", 829, "orgs.step_early"),
    ],
)
def test_a_step_whose_turn_or_time_has_not_come_is_refused(
    city: City, until: str, what: str, days: int, code: str
) -> None:
    file_id = walked(city, until=until)
    before = ledger.count(ledger.FactFilter())
    asked = StepTaken(city[BRANCH], what, START + timedelta(days), "again", file=file_id)
    with pytest.raises(Refused) as refused:
        take_step(asked, by=city.clerk)
    assert code in codes(refused)
    assert ledger.count(ledger.FactFilter()) == before


def test_the_refusal_of_a_day_too_early_names_the_rule_and_the_first_day(city: City) -> None:
    file_id = walked(city, until="mentors_named")
    with pytest.raises(Refused) as refused:
        step(city, file_id, "observed", START + timedelta(300))
    problem = refused.value.problems[0]
    assert "2022-02-19" in problem.message
    assert "发展党员工作细则" in problem.rule


def test_a_gap_left_behind_is_filled_in_later_but_not_with_a_day_past_its_successors(city: City) -> None:
    person = city.person("周禾")
    asked = StepTaken(city[BRANCH], "applied", START, "a", person=person, late_reason="away")
    file_id = take_step(asked, by=city.clerk)
    step(city, file_id, "talked", START + timedelta(5))
    step(city, file_id, "recommended", START + timedelta(30))
    ledger_fact = row(city, file_id).done["talked"].fact
    reverse_fact(ledger_fact, reason="wrong", note="", by=city.clerk, idem="r")
    assert "talked" not in row(city, file_id).done
    late = StepTaken(city[BRANCH], "talked", START + timedelta(31), "b", file=file_id, late_reason="away")
    with pytest.raises(Refused) as refused:
        take_step(late, by=city.clerk)
    assert codes(refused) == ["orgs.step_after"]


def test_what_comes_next_says_from_which_day_and_until_when(city: City) -> None:
    coming = row(city, applied(city)).coming
    assert coming
    assert (coming.step.key, coming.first, coming.last) == ("talked", None, date(2021, 2, 10))
    coming = row(city, walked_again(city)).coming
    assert coming
    assert (coming.step.key, coming.first) == ("observed", date(2022, 2, 19))


def walked_again(city: City) -> str:
    file_id = applied(city, "沈秋")
    for what, days in FIRST_HALF[:4]:
        step(city, file_id, what, START + timedelta(days))
    return file_id


def test_an_overdue_next_step_is_told_as_late_and_still_recorded(city: City) -> None:
    file_id = applied(city)
    rows = member_files.files(city.clerk.scope, city[BRANCH])
    assert [one.id for one in member_files.what_is_late(rows, clock.today())] == [file_id]
    step(city, file_id, "talked", START + timedelta(60))
    rows = member_files.files(city.clerk.scope, city[BRANCH])
    assert not member_files.what_is_late(rows, clock.today())


@pytest.mark.parametrize(
    ("ago", "reason", "began_ago", "wants"),
    [(30, "", 400, False), (31, "", 400, True), (31, "away", 400, False), (500, "", 400, False), (0, "", 0, False)],
)
def test_a_late_record_says_why_unless_it_comes_out_of_old_books(
    ago: int, reason: str, began_ago: int, wants: bool
) -> None:
    today = date(2025, 6, 30)
    day, began = today - timedelta(days=ago), today - timedelta(days=began_ago)
    assert bool(member_ways.against_lateness(day, today, began, 30, reason)) == wants


def test_nobody_applies_before_eighteen_or_twice(city: City) -> None:
    with pytest.raises(Refused) as refused:
        applied(city, birth_month="2006-03")
    assert codes(refused) == ["orgs.under_age"]
    person = city.person("周禾")
    for number in range(2):
        asked = StepTaken(city[BRANCH], "applied", START, f"a{number}", person=person, late_reason="away")
        if number:
            with pytest.raises(Refused) as refused:
                take_step(asked, by=city.clerk)
            assert codes(refused) == ["orgs.on_the_way"]
        else:
            take_step(asked, by=city.clerk)


def test_a_branch_that_may_not_admit_keeps_no_file(city: City) -> None:
    org = city["抗旱临时支部"]
    asked = StepTaken(org, "applied", START, "x", new=NewPerson(org, START, "y", name="沈秋"), late_reason="away")
    with pytest.raises(Refused) as refused:
        take_step(asked, by=city.clerk)
    assert "orgs.may_not_admit" in codes(refused)


def test_admission_asks_for_the_category(city: City) -> None:
    file_id = walked(city, until="interviewed")
    with pytest.raises(Refused) as refused:
        step(city, file_id, "approved", START + timedelta(500))
    assert codes(refused) == ["orgs.no_category"]


def test_of_the_political_review_only_the_place_of_the_papers_is_kept_and_sealed(city: City) -> None:
    file_id = walked(city, until="sponsors_named")
    step(city, file_id, "vetted", START + timedelta(440), place="镇党委三号柜")
    told = row(city, file_id)
    assert member_files.places(city.clerk.scope, told) == {"vetted": "镇党委三号柜"}
    assert "三号柜" not in ledger.entry(told.done["vetted"].fact).decode()


def test_an_extension_moves_the_confirmation_by_half_a_year_to_a_year(city: City) -> None:
    file_id = walked(city, until="confirmation_asked")
    extended = START + timedelta(840)
    step(city, file_id, "extended", extended)
    coming = row(city, file_id).coming
    assert coming
    assert (coming.step.key, coming.first, coming.last) == (
        "confirmation_resolved", date(2023, 10, 30), date(2024, 4, 30),
    )  # fmt: skip
    with pytest.raises(Refused):
        step(city, file_id, "confirmation_resolved", date(2023, 10, 29))
    step(city, file_id, "confirmation_resolved", date(2023, 11, 3))
    step(city, file_id, "confirmed", date(2023, 11, 20))
    assert stages(city, file_id)[-2:] == [("extended", extended), ("full", date(2023, 11, 3))]


def test_a_file_is_closed_before_admission_with_its_reason_and_not_after(city: City) -> None:
    file_id = applied(city)
    close_file(file_id, city[BRANCH], "withdrawn", by=city.clerk, at=START + timedelta(90), idem="c")
    assert not member_files.files(city.clerk.scope, city[BRANCH])
    member = city.member("周禾")
    with pytest.raises(Refused) as refused:
        close_file(member, city[BRANCH], "withdrawn", by=city.clerk, at=clock.today(), idem="d")
    assert codes(refused) == ["orgs.file_not_open"]


@pytest.mark.parametrize(("name", "role", "over"), [("ling", "leader", "青禾市"), ("shen", "auditor", "青禾市")])
def test_who_may_not_see_persons_sees_no_file(city: City, name: str, role: str, over: str) -> None:
    file_id, reader = applied(city), city.account(name, role, over)
    with pytest.raises(Refused):
        member_files.files(reader.scope, city[BRANCH])
    with pytest.raises(Refused):
        member_files.file(reader.scope, city[BRANCH], file_id)
    with pytest.raises(Refused):
        take_step(StepTaken(city[BRANCH], "talked", START, "z", file=file_id), by=reader)


def test_a_file_is_found_in_its_own_branch_only(city: City) -> None:
    file_id = applied(city)
    stranger = city.account("wai", "branch_secretary", "石桥支部")
    with pytest.raises(NotFound):
        member_files.file(stranger.scope, city[BRANCH], file_id)
    with pytest.raises(NotFound):
        member_files.file(stranger.scope, city["石桥支部"], file_id)
    with pytest.raises(NotFound):
        take_step(StepTaken(city["石桥支部"], "talked", START, "z", file=file_id), by=stranger)
