"""How many must be there: shares of all entitled, whole persons, and never of those who came (DOMAIN, trap 1)."""

from datetime import date
from decimal import Decimal

import pytest

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.current import catalog
from gangmu.catalog.norms import RuleRow
from gangmu.catalog.quorum import Ballot, Share, needed, shares_of

DAY = date(2025, 6, 30)


def row(compare: str, value: str) -> RuleRow:
    return RuleRow.model_validate({"since": date(2018, 1, 1), "compare": compare, "value": Decimal(value), "unit": "%"})


@pytest.mark.parametrize(
    ("compare", "value", "base", "enough"),
    [
        ("more_than", "50", 21, 11),
        ("more_than", "50", 20, 11),
        ("more_than", "50", 1, 1),
        ("more_than", "50", 0, 1),
        ("more_than", "50", 2, 2),
        ("at_least", "50", 5, 3),
        ("at_least", "50", 4, 2),
        ("at_least", "80", 21, 17),
        ("at_least", "80", 20, 16),
        ("at_least", "80", 24, 20),
        ("at_least", "66.67", 3, 3),
        ("more_than", "33.3", 10, 4),
        ("at_least", "100", 7, 7),
    ],
)
def test_a_share_becomes_whole_persons_rounded_up(compare: str, value: str, base: int, enough: int) -> None:
    assert needed(row(compare, value), base) == enough


@pytest.mark.parametrize("base", range(1, 60))
def test_one_person_fewer_is_never_enough(base: int) -> None:
    for compare, value in (("more_than", "50"), ("at_least", "80"), ("at_least", "50")):
        rule = row(compare, value)
        enough = needed(rule, base)
        assert Share("r", rule, base, enough).met
        assert not Share("r", rule, base, enough - 1).met
        share = Decimal(enough) * 100
        assert share > rule.value * base if compare == "more_than" else share >= rule.value * base


def lines(form: str, ballot: Ballot) -> list[tuple[str, int, bool]]:
    shares = shares_of(catalog().activities[form], ballot, lambda key: catalog().rule(key, DAY))
    return [(share.rule, share.needed, share.met) for share in shares]


@pytest.mark.parametrize(
    ("form", "ballot", "expect"),
    [
        ("members_meeting", Ballot(21, 11), [("quorum.members", 11, True)]),
        ("members_meeting", Ballot(21, 10), [("quorum.members", 11, False)]),
        ("members_meeting", Ballot(21, 12, 10), [("quorum.members", 11, True), ("vote.majority", 11, False)]),
        ("members_meeting", Ballot(21, 12, 11), [("quorum.members", 11, True), ("vote.majority", 11, True)]),
        (
            "members_meeting",
            Ballot(21, 16, 16, election=True),
            [("election.attendance", 17, False), ("vote.majority", 11, True)],
        ),
        (
            "members_meeting",
            Ballot(21, 17, 11, election=True),
            [("election.attendance", 17, True), ("vote.majority", 11, True)],
        ),
        ("members_meeting", Ballot(0, 0), [("quorum.members", 1, False)]),
        ("committee_meeting", Ballot(5, 3), [("quorum.committee", 3, True)]),
        ("committee_meeting", Ballot(5, 2), [("quorum.committee", 3, False)]),
        ("committee_meeting", Ballot(4, 2), [("quorum.committee", 2, True)]),
        ("committee_meeting", Ballot(4, 2, 2), [("quorum.committee", 2, True)]),
        ("life_meeting", Ballot(24, 13), [("quorum.members", 13, True)]),
        ("member_review", Ballot(9, 4), [("quorum.members", 5, False)]),
        ("lecture", Ballot(9, 4), []),
        ("heart_talk", Ballot(2, 2), []),
    ],
)
def test_each_form_has_its_own_shares(form: str, ballot: Ballot, expect: list[tuple[str, int, bool]]) -> None:
    assert lines(form, ballot) == expect


def test_before_a_rule_was_in_force_there_is_no_line() -> None:
    form = catalog().activities["members_meeting"]
    assert shares_of(form, Ballot(9, 4), lambda key: catalog().rule(key, date(2001, 1, 1))) == ()


ALL = [
    "members_meeting",
    "committee_meeting",
    "small_group_meeting",
    "lecture",
    "theme_day",
    "life_meeting",
    "member_review",
    "heart_talk",
    "study_group",
    "first_topic",
    "training",
    "household_visit",
    "study_delivery",
    "public_talk",
    "survey",
    "work_meeting",
]


@pytest.mark.parametrize("key", ALL)
def test_every_form_of_organisational_life_has_its_guided_page(key: str) -> None:
    form: ActivityForm = catalog().activities[key]
    assert form.title.zh
    assert form.source


@pytest.mark.parametrize("key", ["heart_talk"])
def test_of_a_talk_nothing_is_asked_but_with_whom_and_points_that_stay_near(key: str) -> None:
    form = catalog().activities[key]
    assert form.with_whom
    assert form.asks == ("points",)
    [points] = [field for field in catalog().facts["activity.held"].fields if field.key == "points"]
    assert points.sealed
    assert points.near


@pytest.mark.parametrize("key", ["life_meeting", "member_review"])
def test_where_members_criticise_each_other_no_words_are_asked_for(key: str) -> None:
    assert "minutes" not in catalog().activities[key].asks
    assert "record" not in catalog().activities[key].minutes


def test_no_reason_for_absence_is_an_illness() -> None:
    reasons = [field for field in catalog().facts["activity.held"].fields if field.key.startswith("absent_")]
    assert len(reasons) >= 3
    for field in reasons:
        assert not any(word in field.title.zh for word in ("病", "残", "孕", "伤"))
