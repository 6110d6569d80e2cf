"""Scopes: a branch reaches its own unit and all beneath it, by range and by test alike, and never a sister."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.kernel.ids import AccountId, OrgId
from gangmu.kernel.scope import Actor, Branch, Grant, Scope

SEGMENTS = st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=5)
PATHS = st.lists(SEGMENTS, min_size=1, max_size=5).map("".join)
DAY = date(2025, 12, 31)


def branch(path: str) -> Branch:
    return Branch(OrgId(f"unit at {path}"), path)


def scope(*paths: str, role: str = "leader") -> Scope:
    return Scope(tuple(Grant(role, branch(path)) for path in paths), DAY)


@pytest.mark.parametrize(
    ("top", "path", "inside"),
    [
        ("00001", "00001", True),
        ("00001", "0000100002", True),
        ("00001", "00001zzzzz", True),
        ("00001", "00002", False),
        ("0000100002", "00001", False),
        ("0000100002", "0000100003", False),
        ("0000100002", "00001000020000a", True),
        ("zzzzz", "zzzzzzzzzz", True),
        ("zzzzy", "zzzzz", False),
    ],
)
def test_a_branch_holds_its_unit_and_what_hangs_under_it(top: str, path: str, *, inside: bool) -> None:
    held = branch(top)
    assert held.holds(path) is inside
    assert (held.low <= path < held.high) is inside


@given(PATHS, PATHS)
def test_the_range_of_paths_and_the_prefix_say_the_same(top: str, path: str) -> None:
    held = branch(top)
    assert held.holds(path) == (held.low <= path < held.high)


@given(PATHS, SEGMENTS, SEGMENTS, PATHS)
def test_no_branch_ever_reaches_into_a_sister(parent: str, one: str, other: str, beneath: str) -> None:
    assert branch(parent + one).holds(parent + other + beneath) == (one == other)


@given(st.lists(PATHS, max_size=4), PATHS)
def test_a_scope_is_the_union_of_its_branches(tops: list[str], path: str) -> None:
    assert scope(*tops).holds(path) == any(path.startswith(top) for top in tops)


def test_an_empty_scope_holds_nothing() -> None:
    empty = Scope((), DAY)
    assert not empty.holds("00001")
    assert (empty.roles, empty.branches) == (frozenset(), ())


def test_two_roles_over_one_unit_are_one_branch() -> None:
    both = Scope((Grant("leader", branch("00001")), Grant("auditor", branch("00001"))), DAY)
    assert both.branches == (branch("00001"),)
    assert both.roles == {"leader", "auditor"}


def test_an_actor_of_whom_nothing_is_said_may_see_nothing() -> None:
    assert Actor(AccountId("a" * 32)).scope.grants == ()
    assert not Actor(AccountId("a" * 32)).scope.roles


def test_a_scope_cannot_be_widened_after_it_was_made() -> None:
    with pytest.raises(AttributeError):
        scope("00001").grants = ()  # type: ignore[misc]
