"""Who need not: exemptions by category, season, newness and request, each alone and only where it holds."""

from dataclasses import replace
from datetime import date

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.catalog.duties.definitions import Exemption
from gangmu.catalog.duties.obligations import Bearer, Obligation, obligations
from gangmu.catalog.duties.terms import CompiledDuty
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.kernel.periods import Period
from tests.duties.cases import BRANCH

WHY = Text(zh="试一试", en="a trial")
MEMBER = replace(BRANCH, id="m", kind="member", person="p", stage="full", category="floating")
JUNE, MARCH = date(2025, 6, 1), date(2025, 3, 1)


def with_exemption(key: str, exemption: Exemption) -> CompiledDuty:
    """A published duty with one exemption in place of its own."""
    duty = catalog().duties[key]
    terms = tuple(replace(one, row=one.row.model_copy(update={"exempt": (exemption,)})) for one in duty.terms)
    return replace(duty, terms=terms)


def owed(key: str, exemption: Exemption, bearer: Bearer, day: date) -> Obligation:
    (one,) = obligations(with_exemption(key, exemption), bearer, Period(day, day), catalog().calendar)
    return one


CASES = [
    ("branch.theme_day", Exemption(why=WHY, months=(6,)), BRANCH, JUNE, True),
    ("branch.theme_day", Exemption(why=WHY, months=(6,)), BRANCH, MARCH, False),
    ("branch.members_meeting", Exemption(why=WHY, months=(6,)), BRANCH, JUNE, False),  # a quarter is more than June
    ("branch.members_meeting", Exemption(why=WHY, months=(4, 5, 6)), BRANCH, JUNE, True),
    ("branch.theme_day", Exemption(why=WHY, domains=("rural",), months=(6,)), BRANCH, JUNE, True),
    ("branch.theme_day", Exemption(why=WHY, domains=("urban",), months=(6,)), BRANCH, JUNE, False),
    ("branch.theme_day", Exemption(why=WHY, kinds=("joint_branch",)), BRANCH, JUNE, False),
    ("branch.theme_day", Exemption(why=WHY, without="committee"), BRANCH, JUNE, False),
    ("branch.theme_day", Exemption(why=WHY, without="groups"), BRANCH, JUNE, True),
    ("member.talk", Exemption(why=WHY, categories=("floating",)), MEMBER, JUNE, True),
    ("member.talk", Exemption(why=WHY, categories=("retired",)), MEMBER, JUNE, False),
    ("member.talk", Exemption(why=WHY, new_in_period=True), replace(MEMBER, since=date(2025, 1, 2)), JUNE, True),
    ("member.talk", Exemption(why=WHY, new_in_period=True), replace(MEMBER, since=date(2025, 1, 1)), JUNE, False),
    ("member.talk", Exemption(why=WHY, on_request=True), MEMBER, JUNE, False),
    ("member.talk", Exemption(why=WHY, on_request=True), replace(MEMBER, asked=frozenset({"member.talk"})), JUNE, True),
    (
        "member.talk",
        Exemption(why=WHY, on_request=True),
        replace(MEMBER, asked=frozenset({"branch.theme_day"})),
        JUNE,
        False,
    ),
]


@pytest.mark.parametrize(("key", "exemption", "bearer", "day", "exempt"), CASES)
def test_an_exemption_holds_where_all_that_is_written_holds(
    key: str, exemption: Exemption, bearer: Bearer, day: date, exempt: bool
) -> None:
    one = owed(key, exemption, bearer, day)
    assert (one.exempt, one.need is None) == ((exemption, True) if exempt else (None, False))


def test_no_published_duty_exempts_by_illness_or_disability() -> None:
    """Categories are exempt on request only, and the request names no reason of body or mind."""
    for key, duty in catalog().duties.items():
        for terms in duty.terms:
            assert all("excused" not in one.categories or one.on_request for one in terms.row.exempt), key


def test_the_groups_of_a_branch_multiply_what_it_owes_and_none_leave_nothing() -> None:
    duty, day = catalog().duties["branch.group_meeting"], Period(MARCH, MARCH)
    needs = []
    for groups in (1, 2, 5):
        bearer = replace(BRANCH, has=frozenset({"groups"}), groups=groups)
        (one,) = obligations(duty, bearer, day, catalog().calendar)
        needs.append(one.need)
    assert needs == [1, 2, 5]


def test_a_kind_of_unit_of_a_pack_owes_by_its_legal_form() -> None:
    ours = replace(BRANCH, unit=Unit("b", "00001", "ship_branch", "rural"))
    assert len(obligations(catalog().duties["branch.theme_day"], ours, Period(MARCH, MARCH), catalog().calendar)) == 1
