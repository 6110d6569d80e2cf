"""Rates and changes put together from all that varies: every wrong one is found, no right one alarmed.

The tables stand in `rates`; here is how many of each must come out. A case that no reader could settle from the words
is no case of the tables; what the checker still misses is counted, and the count may only fall.
"""

import pytest

from tests.reading.arithmetic import wrong
from tests.reading.arithmetic.rates import Case, Maker, averages, cases, changes, limits

SEED = 20_260_122
COUNT = 240
MAKERS: tuple[tuple[Maker, float], ...] = (
    (changes.growth, 0.97),
    (changes.points, 0.97),
    (changes.multiples, 0.97),
    (changes.growth_by_difference, 0.97),
    (averages.averages, 0.94),
    (averages.per_scale, 0.97),
    (limits.limits, 0.96),
    (limits.occasions, 0.97),
)


def is_found(case: Case) -> bool:
    """Whether an alarm points at the stated figure."""
    start, end = case.told
    return any(span.start < end and start < span.end for f in wrong(case.text) for span in f.spans)


@pytest.mark.parametrize(("make", "share"), MAKERS, ids=lambda value: getattr(value, "__name__", ""))
def test_wrong_figures_are_found_however_they_are_told(make: Maker, share: float) -> None:
    planted = [case for case in cases(make, COUNT, SEED) if case.is_wrong]
    missed = [case.text for case in planted if not is_found(case)]
    assert len(missed) <= (1 - share) * len(planted), missed


@pytest.mark.parametrize("make", [make for make, _ in MAKERS], ids=lambda value: getattr(value, "__name__", ""))
def test_right_figures_raise_no_alarm_however_they_are_told(make: Maker) -> None:
    right = [case for case in cases(make, COUNT, SEED) if not case.is_wrong]
    assert [(case.text, f.working) for case in right for f in wrong(case.text)] == []


def test_a_case_that_the_text_owns_up_to_raises_no_alarm() -> None:
    told = list(cases(limits.owned_up, COUNT, SEED))
    alarmed = [case.text for case in told if wrong(case.text)]
    assert len(told) > COUNT // 6
    assert len(alarmed) <= len(told) // 50, alarmed


def test_the_same_seed_gives_the_same_cases_and_another_one_others() -> None:
    first, again, other = (list(cases(changes.growth, 20, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_stated_figure_of_a_case_stands_where_it_says() -> None:
    for case in cases(changes.growth, 60, 3):
        told = case.text[slice(*case.told)].replace("\n", "")
        assert told.endswith(("%", "％", "**")) or told.startswith("百分之"), case.text
