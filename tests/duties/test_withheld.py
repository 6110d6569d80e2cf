"""What persons owe is told so that nothing told anywhere determines what is withheld."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.duties.kept import FEWEST
from gangmu.duties.withheld import Shape, Told
from tests.duties.cases import unhurried

Cell = tuple[int, bool]  # a unit's rank, and whether its own part alone is meant


def shape(parents: list[int]) -> Shape:
    """Units in the order of their ranks: each stands behind its parent and all that hangs under earlier children."""
    ends = list(range(1, len(parents) + 1))
    for rank in range(len(parents) - 1, 0, -1):
        ends[parents[rank]] = max(ends[parents[rank]], ends[rank])
    return Shape.of(np.array(ends), np.array(parents))


def told_of(parents: list[int], own: list[int]) -> Told:
    """So many persons at each unit, all of them different."""
    rank = np.repeat(np.arange(len(own)), own)
    return Told.of(shape(parents), rank, np.arange(len(rank)))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """A tree of up to a dozen units, and how many persons each has of its own."""
    parents = [-1]
    for rank in range(1, draw(st.integers(1, 12))):
        above = [rank - 1]
        while parents[above[-1]] >= 0:
            above.append(parents[above[-1]])
        parents.append(draw(st.sampled_from(above)))  # else ranks would not stand in the order of the tree
    return parents, [draw(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9])) for _ in parents]


def cells(told: Told) -> Iterator[tuple[Cell, int, bool]]:
    """Every number that some page could tell: whose it is, what it is, whether it is told."""
    for rank in range(len(told.own)):
        yield (rank, False), int(told.whole[rank]), told.of_whole(rank)
        yield (rank, True), int(told.own[rank]), told.of_own(rank)


def parts(cell: Cell, parents: list[int]) -> list[int]:
    """The units whose own persons make up a number."""
    rank, own = cell
    ends = shape(parents).ends
    return [rank] if own else list(range(rank, int(ends[rank])))


def determined(wanted: list[Fraction], known: list[list[Fraction]]) -> bool:
    """Whether a sum of unknowns follows from sums that are known: it is one of their combinations."""
    rows = [row[:] for row in known]
    for column in range(len(wanted)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        for row in (*rows, wanted):
            if row is not pivot and row[column]:
                share = row[column] / pivot[column]
                row[:] = [one - share * other for one, other in zip(row, pivot, strict=True)]
    return not any(wanted)


@settings(unhurried, derandomize=True)
@given(worlds())
def test_who_sees_every_page_never_works_out_what_is_withheld(world: tuple[list[int], list[int]]) -> None:
    parents, own = world
    told = told_of(parents, own)

    def row(cell: Cell) -> list[Fraction]:
        inside = set(parts(cell, parents))
        return [Fraction(rank in inside) for rank in range(len(own))]

    every = list(cells(told))
    known = [row(cell) for cell, _, shown in every if shown]
    zero = [rank for (rank, is_own), count, shown in every if shown and is_own and not count]
    assert all(own[rank] == 0 for rank in zero)
    for cell, count, shown in every:
        if not shown and count:
            assert not determined(row(cell), known), (cell, world)


@unhurried
@given(worlds())
def test_no_number_told_is_of_few_persons(world: tuple[list[int], list[int]]) -> None:
    assert [count for _, count, shown in cells(told_of(*world)) if shown and 0 < count < FEWEST] == []


@unhurried
@given(worlds())
def test_what_is_withheld_together_is_of_enough_persons(world: tuple[list[int], list[int]]) -> None:
    """What a whole less its told parts comes to is no number of few persons either, nor one person for each part."""
    parents, own = world
    told = told_of(parents, own)
    for rank in range(len(own)):
        if not told.of_whole(rank):
            continue
        children = [child for child, parent in enumerate(parents) if parent == rank]
        hidden = [int(told.whole[child]) for child in children if not told.of_whole(child) and told.whole[child]]
        hidden += [own[rank]] if not told.of_own(rank) and own[rank] else []
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= FEWEST and sum(hidden) > len(hidden))


@unhurried
@given(worlds())
def test_nothing_is_told_beneath_what_is_withheld(world: tuple[list[int], list[int]]) -> None:
    parents, own = world
    told = told_of(parents, own)
    for rank, parent in enumerate(parents):
        if parent >= 0 and not told.of_whole(parent):
            assert not told.of_whole(rank)
        if not told.of_whole(rank):
            assert not told.of_own(rank)


@unhurried
@given(worlds(), st.randoms(use_true_random=False))
def test_the_answer_is_the_same_wherever_it_is_asked_first(world: tuple[list[int], list[int]], dice: object) -> None:
    first, second = told_of(*world), told_of(*world)
    ranks = list(range(len(world[1])))
    dice.shuffle(ranks)  # type: ignore[attr-defined]
    asked = {rank: (second.of_own(rank), second.of_whole(rank)) for rank in ranks}
    assert asked == {rank: (first.of_own(rank), first.of_whole(rank)) for rank in sorted(ranks)}


CASES: tuple[tuple[str, list[int], list[int], set[int], set[int]], ...] = (  # parents, own persons, units told of with all beneath, units whose own part is told
    ("enough everywhere", [-1, 0, 0], [0, 5, 6], {0, 1, 2}, {0, 1, 2}),
    ("too few at all", [-1, 0, 0], [0, 2, 2], set(), set()),
    ("one too few takes the next smallest with it", [-1, 0, 0, 0], [0, 2, 5, 9], {0, 3}, {0, 3}),
    ("two too few hide each other", [-1, 0, 0, 0], [0, 2, 3, 9], {0, 3}, {0, 3}),
    ("two with four persons do not", [-1, 0, 0, 0], [0, 1, 3, 9], {0}, {0}),
    ("of five single persons the sum would say one each", [-1, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1], set(), set()),
    ("an only part is its whole", [-1, 0, 1, 1], [0, 0, 3, 4], {0, 1}, {0, 1}),
    ("the unit's own persons are a part too", [-1, 0], [3, 7], {0}, set()),
    ("nobody is told as nobody", [-1, 0, 0], [0, 0, 8], {0, 1, 2}, {0, 1, 2}),
)  # fmt: skip


@pytest.mark.parametrize(("parents", "own", "whole", "alone"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_what_is_told(parents: list[int], own: list[int], whole: set[int], alone: set[int]) -> None:
    told = told_of(parents, own)
    assert {rank for rank in range(len(own)) if told.of_whole(rank)} == whole
    assert {rank for rank in range(len(own)) if told.of_own(rank)} == alone


def test_somebody_in_two_branches_is_one_person_above_them() -> None:
    parents = [-1, 0, 1, 1, 0]
    rank, who = np.array([2, 2, 3, 3, 4, 2]), np.array([1, 2, 2, 3, 1, 1])
    told = Told.of(shape(parents), rank, who)
    assert told.own.tolist() == [0, 0, 2, 2, 1]
    assert told.whole.tolist() == [3, 3, 2, 2, 1]


@pytest.mark.parametrize(("one", "other"), list(product(range(5), repeat=2)))
def test_the_lowest_unit_above_two(one: int, other: int) -> None:
    parents = [-1, 0, 1, 1, 0]
    above = {rank: {rank} for rank in range(5)}
    for rank in range(1, 5):
        above[rank] |= above[parents[rank]]
    assert shape(parents).common(one, other) == max(above[one] & above[other])


def test_two_trees_have_nobody_above_both() -> None:
    assert shape([-1, -1]).common(0, 1) == -1


def test_nobody_owes_and_nothing_is_withheld() -> None:
    told = Told.of(shape([-1, 0]), np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert (told.of_whole(0), told.of_own(1)) == (True, True)
