"""Addresses that are filled in are those that Django finds."""

import pytest
from django.urls import NoReverseMatch, reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.pages.addresses import address_of

SEGMENTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\n"), min_size=1, max_size=12)


@settings(deadline=None)  # the first address reads all of them
@given(SEGMENTS, SEGMENTS)
def test_an_address_is_the_one_that_django_finds(org: str, key: str) -> None:
    assert address_of("figure", org, key) == reverse("figure", args=[org, key])
    assert address_of("unit", org) == reverse("unit", args=[org])


def test_a_page_about_nothing_in_particular_has_its_address() -> None:
    assert [address_of(name) for name in ("desk", "units", "ledger")] == ["/", "/units", "/ledger"]


@pytest.mark.parametrize(("name", "arguments"), [("nowhere", ()), ("unit", ()), ("desk", ("more",))])
def test_a_page_that_does_not_exist_has_no_address(name: str, arguments: tuple[str, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address_of(name, *arguments)


def test_an_address_takes_what_a_name_may_hold() -> None:
    assert address_of("figure", "a1", "activity.sessions[lecture]") == "/figures/a1/activity.sessions%5Blecture%5D"
    assert address_of("unit", "青禾/市") == "/units/%E9%9D%92%E7%A6%BE%2F%E5%B8%82"
