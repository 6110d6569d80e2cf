"""The words of the indicator language as keys: pages look formulas up by them."""

import pickle
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from gangmu.catalog.expressions.nodes import Compare, Count, Every, Name, Ratio, Tagged

HELD = Count("activity.held", Every((Tagged("lecture"), Compare(Name("fact", "present"), ">", Decimal(5)))))


def another() -> Count:
    return Count("activity.held", Every((Tagged("lecture"), Compare(Name("fact", "present"), ">", Decimal(5)))))


def test_formulas_written_alike_are_one_key() -> None:
    assert hash(HELD) == hash(another()) == hash(HELD)
    assert {HELD: "held", Ratio(HELD, HELD): "share"}[Ratio(another(), another())] == "share"


def test_a_formula_made_from_another_has_a_key_of_its_own() -> None:
    hash(HELD)
    lectures = replace(HELD, where=Tagged("lecture"))
    assert lectures != HELD
    assert hash(lectures) == hash(Count("activity.held", Tagged("lecture")))


def test_a_formula_that_went_to_another_process_finds_its_key_there() -> None:
    """The hash of words differs from process to process: it must not travel."""
    hash(HELD)
    assert not hasattr(pickle.loads(pickle.dumps(HELD)), "_hashed")
    assert {pickle.loads(pickle.dumps(HELD)): 1} == {another(): 1}


def test_a_formula_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        HELD.kind = "matter.opened"  # type: ignore[misc]
