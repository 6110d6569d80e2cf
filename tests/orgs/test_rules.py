"""What the graph refuses, each rule by itself: nothing but frozen values in, every Problem out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import OrganisationKind
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import Problem
from gangmu.orgs import rules
from gangmu.orgs.entries import NewPerson, NewUnit
from gangmu.orgs.rules import Life
from gangmu.orgs.tree import Node

TODAY = date(2025, 6, 30)
DAY = timedelta(days=1)
BEGAN, ENDED = date(2020, 3, 1), date(2024, 9, 1)
BRANCH = Life(OrgId("branch"), "branch", BEGAN, ENDED)
VILLAGE = Life(OrgId("village"), "village", BEGAN, date.max)


def kind(key: str) -> OrganisationKind:
    return catalog().organisation_kinds[key]


def codes(problems: list[Problem]) -> list[str]:
    assert all(problem.message and problem.message_en for problem in problems)
    return [problem.code for problem in problems]


# --- days


@pytest.mark.parametrize(
    ("at", "since", "code"),
    [
        (TODAY, None, []),
        (TODAY + DAY, None, ["orgs.future"]),
        (BEGAN, BEGAN, []),
        (BEGAN - DAY, BEGAN, ["orgs.too_early"]),
        (TODAY + DAY, TODAY + 2 * DAY, ["orgs.future"]),
    ],
)
def test_nothing_happens_tomorrow_or_before_the_thing_was_there(at: date, since: date | None, code: list[str]) -> None:
    assert codes(rules.against_the_day(at, TODAY, since)) == code


@pytest.mark.parametrize(
    ("unit", "at", "code"),
    [
        (BRANCH, BEGAN, []),
        (BRANCH, ENDED - DAY, []),
        (BRANCH, ENDED, ["orgs.not_there"]),  # the day of its end is no longer its own
        (BRANCH, BEGAN - DAY, ["orgs.not_there"]),
        (None, BEGAN, ["orgs.not_there"]),
        (BRANCH, TODAY + DAY, ["orgs.future", "orgs.not_there"]),
    ],
)
def test_a_change_happens_within_the_life_of_its_unit(unit: Life | None, at: date, code: list[str]) -> None:
    assert codes(rules.against_change(unit, at, TODAY)) == code


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (BEGAN, []),
        (BEGAN - DAY, ["orgs.too_early"]),
        (ENDED, ["orgs.ended_already"]),
        (ENDED + DAY, ["orgs.ended_already"]),
        (ENDED - DAY, []),
    ],
)
def test_a_thing_ends_once_and_not_before_it_began(at: date, code: list[str]) -> None:
    assert codes(rules.against_closing(BEGAN, ENDED, at, TODAY)) == code


def test_what_is_open_is_not_ended_tomorrow() -> None:
    assert codes(rules.against_closing(BEGAN, date.max, TODAY + DAY, TODAY)) == ["orgs.future"]


# --- posts and terms


@pytest.mark.parametrize(
    ("of", "origin", "until", "held", "code"),
    [
        ("branch", "elected", BEGAN + DAY, False, []),
        ("branch", "elected", None, False, []),
        ("branch", "elected", BEGAN, False, ["orgs.term_backwards"]),
        ("branch", "elected", BEGAN - DAY, False, ["orgs.term_backwards"]),
        ("branch", "elected", None, True, ["orgs.post_held"]),
        ("temporary_branch", "elected", None, False, ["orgs.temporary_elects"]),
        ("temporary_branch", "designated", None, False, []),
        (
            "temporary_branch",
            "elected",
            BEGAN,
            True,
            ["orgs.post_held", "orgs.term_backwards", "orgs.temporary_elects"],
        ),
    ],
)
def test_a_post_is_taken_up_once_for_a_term_that_ends_after_it_begins(
    of: str, origin: str, until: date | None, held: bool, code: list[str]
) -> None:
    assert codes(rules.against_holding(kind(of), origin, BEGAN, until, held)) == code


@pytest.mark.parametrize(("held", "code"), [(False, []), (True, ["orgs.post_held"])])
def test_only_a_vacant_post_is_done_away_with(held: bool, code: list[str]) -> None:
    assert codes(rules.against_closing_post(held)) == code


# --- persons and memberships


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, []),
        ({"name": "  "}, ["orgs.no_person_name"]),
        ({"name": "", "person": "p" * 32}, []),  # a change of one who is on record
        ({"birth_month": "1986-13"}, ["orgs.birth_month"]),
        ({"birth_month": "1886-05"}, ["orgs.birth_month"]),
        ({"birth_month": "1986-05-01"}, ["orgs.birth_month"]),  # never a birth day
        ({"birth_month": ""}, []),
    ],
)
def test_of_a_person_a_name_is_kept_and_a_month_of_birth_at_most(changed: dict[str, str], code: list[str]) -> None:
    new = replace(NewPerson(OrgId("branch"), BEGAN, "p", name="林晓禾", birth_month="1986-05"), **changed)  # type: ignore[arg-type]
    assert codes(rules.against_person(new)) == code


@pytest.mark.parametrize(
    ("of", "how", "elsewhere", "code"),
    [
        ("branch", "admitted", False, []),
        ("branch", "transferred_in", False, []),
        ("branch", "transferred_in", True, ["orgs.member_elsewhere"]),
        ("township", "transferred_in", True, ["orgs.no_members_here"]),
        ("temporary_branch", "transferred_in", False, ["orgs.temporary_no_transfer"]),
        ("temporary_branch", "admitted", True,
         ["orgs.temporary_no_transfer", "orgs.may_not_admit", "orgs.member_elsewhere"]),
    ],
)  # fmt: skip
def test_members_belong_to_one_branch_that_may_have_them(of: str, how: str, elsewhere: bool, code: list[str]) -> None:
    assert codes(rules.against_membership(kind(of), how, elsewhere)) == code


@pytest.mark.parametrize(("of", "code"), [("branch", []), ("temporary_branch", ["orgs.may_not_admit"])])
def test_the_way_into_the_party_is_kept_where_members_are_admitted(of: str, code: list[str]) -> None:
    assert codes(rules.against_stage(kind(of))) == code


def test_an_unknown_kind_of_unit_is_for_the_founding_to_refuse_and_not_asked_again() -> None:
    assert rules.against_stage(None) == rules.against_membership(None, "admitted", elsewhere=False) == []
    assert rules.against_holding(None, "elected", BEGAN, None, held=False) == []


@pytest.mark.parametrize(("on_record", "code"), [(True, []), (False, ["orgs.unknown_person"])])
def test_nobody_joins_before_being_on_record(on_record: bool, code: list[str]) -> None:
    assert codes(rules.against_stranger(on_record)) == code


@pytest.mark.parametrize(
    ("same", "tied", "code"),
    [(False, False, []), (True, False, ["orgs.with_itself"]), (False, True, ["orgs.related_already"])],
)
def test_units_are_tied_to_others_and_once(same: bool, tied: bool, code: list[str]) -> None:
    assert codes(rules.against_relation(same, tied)) == code


# --- founding, renaming, moving


NEW = NewUnit("柳溪村第二党支部", "branch", "rural", OrgId("village"), BEGAN, "new", code="LX-2")


@pytest.mark.parametrize(
    ("changed", "parent", "code"),
    [
        ({}, VILLAGE, []),
        ({"at": BEGAN - DAY}, VILLAGE, ["orgs.not_there"]),
        ({}, None, ["orgs.not_there"]),
        ({"name": "\u3000 "}, VILLAGE, ["orgs.no_name"]),
        ({"name": "柳溪村第一党支部"}, VILLAGE, ["orgs.name_taken"]),
        ({"code": "LX-1"}, VILLAGE, ["orgs.code_taken"]),
        ({"code": ""}, VILLAGE, []),
        ({"kind": "guild"}, VILLAGE, ["orgs.kind_unknown"]),
        ({"kind": "county_committee"}, VILLAGE, ["orgs.kind_under"]),
        ({"at": TODAY + DAY, "name": "", "kind": "guild"}, VILLAGE,
         ["orgs.future", "orgs.no_name", "orgs.kind_unknown"]),
    ],
)  # fmt: skip
def test_a_unit_is_founded_under_a_living_parent_with_a_name_and_code_of_its_own(
    changed: dict[str, object], parent: Life | None, code: list[str]
) -> None:
    new = replace(NEW, **changed)  # type: ignore[arg-type]
    kinds = catalog().organisation_kinds
    assert codes(rules.against_founding(new, parent, kinds, {"柳溪村第一党支部"}, {"LX-1"}, TODAY)) == code


def test_an_unknown_kind_is_answered_with_the_kinds_there_are() -> None:
    (problem,) = rules.against_kind("guild", "village", catalog().organisation_kinds)
    assert all(key in problem.message for key in catalog().organisation_kinds)


@pytest.mark.parametrize("above", ["village", "township"])
def test_a_kind_names_what_it_may_not_hang_under_in_words(above: str) -> None:
    (problem,) = rules.against_kind("county_committee", above, catalog().organisation_kinds)
    assert kind(above).title.zh in problem.message
    assert kind("county_committee").title.en in problem.message_en


def test_every_kind_may_be_the_root() -> None:
    kinds = catalog().organisation_kinds
    assert [key for key in kinds if rules.against_kind(key, None, kinds)] == []


@pytest.mark.parametrize(
    ("name", "code"), [("新名", []), (" ", ["orgs.no_name"]), ("柳溪村第一党支部", ["orgs.name_taken"])]
)
def test_a_new_name_is_a_name_and_not_a_sisters(name: str, code: list[str]) -> None:
    assert codes(rules.against_renaming(name, {"柳溪村第一党支部"})) == code


# --- merging, splitting, dissolving


def node(org: str, path: str, *, alive: bool = True) -> Node:
    return Node(path, OrgId(org), None, org, org, "", "", "village", "rural", path.count("/"), alive, org)


@pytest.mark.parametrize(
    ("into", "code"),
    [
        (node("other", "/a/c/"), []),
        (None, ["orgs.not_there"]),
        (node("other", "/a/c/", alive=False), ["orgs.not_there"]),
        (node("itself", "/a/b/"), ["orgs.inside_itself"]),
        (node("child", "/a/b/d/"), ["orgs.inside_itself"]),
    ],
)
def test_a_unit_is_taken_in_by_a_living_one_outside_itself(into: Node | None, code: list[str]) -> None:
    assert codes(rules.against_merging(node("itself", "/a/b/"), into, TODAY)) == code


@pytest.mark.parametrize(
    ("children", "members", "code"),
    [
        (0, 0, []),
        (2, 0, ["orgs.has_children"]),
        (0, 7, ["orgs.has_members"]),
        (2, 7, ["orgs.has_children", "orgs.has_members"]),
    ],
)
def test_a_unit_ends_when_nothing_hangs_on_it_any_more(children: int, members: int, code: list[str]) -> None:
    found = rules.against_ending(children, members)
    assert codes(found) == code
    told = "".join(problem.message for problem in found)
    assert all(str(number) in told for number in (children, members) if number)  # and it says how many


def test_a_unit_has_not_ended_before_the_last_thing_that_began_at_it() -> None:
    assert rules.against_ending_before(None) == []
    (problem,) = rules.against_ending_before(ENDED)
    assert (problem.code, problem.where) == ("orgs.used_later", "at")
    assert str(ENDED) in problem.message
    assert str(ENDED) in problem.message_en


@pytest.mark.parametrize(
    ("children", "members", "code"),
    [
        ([], [], []),
        (["c1", "c2"], ["m1"], []),
        (["c1", "c1"], [], ["orgs.not_its_own"]),
        (["c9"], [], ["orgs.not_its_own"]),
        ([], ["m1", "m1"], ["orgs.not_its_own"]),
        ([], ["m9"], ["orgs.not_its_own"]),
    ],
)
def test_parts_take_along_what_is_the_units_own_and_each_thing_once(
    children: list[str], members: list[str], code: list[str]
) -> None:
    assert codes(rules.against_taking(children, {"c1", "c2"}, members, {"m1", "m2"})) == code


@pytest.mark.parametrize(
    ("parts", "continues", "left", "code"),
    [
        (1, True, (3, 3), []),  # a unit that goes on keeps what no part takes
        (0, True, (0, 0), ["orgs.too_few_parts"]),
        (2, False, (0, 0), []),
        (1, False, (0, 0), ["orgs.too_few_parts"]),
        (2, False, (1, 0), ["orgs.has_children"]),
        (2, False, (0, 1), ["orgs.has_members"]),
    ],
)
def test_a_split_leaves_two_units_and_one_that_ends_leaves_nothing(
    parts: int, continues: bool, left: tuple[int, int], code: list[str]
) -> None:
    assert codes(rules.against_splitting(parts, continues, *left)) == code


# --- accounts and grants


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("zhang.san-2", False, []),
        ("zhang", True, ["orgs.login_taken"]),
        ("z", False, ["orgs.login_form"]),
        ("Zhang", False, ["orgs.login_form"]),
        ("张三", False, ["orgs.login_form"]),
        ("z" * 65, False, ["orgs.login_form"]),
        (".zhang", False, ["orgs.login_form"]),
        ("zhang\n", False, ["orgs.login_form"]),
    ],
)
def test_a_sign_in_name_is_short_plain_and_free(name: str, taken: bool, code: list[str]) -> None:
    assert codes(rules.against_opening(name, taken)) == code


@pytest.mark.parametrize(
    ("to_itself", "is_open", "keeper", "known", "code"),
    [
        (False, True, False, True, []),
        (True, True, False, True, ["orgs.grant_to_self"]),
        (False, False, False, True, ["orgs.account_closed"]),
        (False, True, True, True, ["orgs.keeper_sees_nothing"]),
        (False, True, False, False, ["orgs.role_unknown"]),
        (True, True, True, False, ["orgs.grant_to_self", "orgs.keeper_sees_nothing", "orgs.role_unknown"]),
    ],
)
def test_roles_are_given_by_another_to_open_working_accounts(
    to_itself: bool, is_open: bool, keeper: bool, known: bool, code: list[str]
) -> None:
    assert codes(rules.against_granting(to_itself, is_open, keeper, known)) == code


@pytest.mark.parametrize(
    ("held", "until", "code"),
    [
        (False, None, []),
        (False, BEGAN, []),  # a grant of one day
        (False, BEGAN - DAY, ["orgs.grant_backwards"]),
        (True, None, ["orgs.granted_already"]),
    ],
)
def test_a_role_is_given_once_and_for_a_day_at_least(held: bool, until: date | None, code: list[str]) -> None:
    assert codes(rules.against_granted(held, BEGAN, until)) == code


@pytest.mark.parametrize(
    ("own", "is_open", "code"),
    [(False, True, []), (True, True, ["orgs.close_own"]), (False, False, ["orgs.account_closed"])],
)
def test_an_account_is_closed_once_and_by_another(own: bool, is_open: bool, code: list[str]) -> None:
    assert codes(rules.against_closing_account(own, is_open)) == code


@pytest.mark.parametrize(("begun", "code"), [(False, []), (True, ["orgs.begun_already"])])
def test_an_installation_begins_once(begun: bool, code: list[str]) -> None:
    assert codes(rules.against_beginning(begun)) == code
