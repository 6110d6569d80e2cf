"""Wholes and parts in every combination of what varies: the wrong whole found, the right one left in peace."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from tests.reading.arithmetic import wrong
from tests.reading.arithmetic.sums_in_space import Case, chinese, sentences, slipped, tables

SEED = 20
SAMPLED = 200


@pytest.mark.parametrize(("space", "found", "alarmed"), [(sentences, 0.97, 0.004), (tables, 0.99, 0.0)])
def test_wrong_wholes_are_found_and_right_ones_raise_no_alarm(
    space: Callable[[Random], Iterator[Case]], found: float, alarmed: float
) -> None:
    random = Random(SEED)
    every = list(space(random))
    cases = random.sample(every, min(SAMPLED, len(every)))
    missed = [case.wrong for case in cases if not wrong(case.wrong, case.form)]
    alarms = [case.right for case in cases if wrong(case.right, case.form)]
    assert len(missed) <= (1 - found) * len(cases), "\n\n".join(missed[:5])
    assert len(alarms) <= alarmed * len(cases), "\n\n".join(alarms[:5])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (135, "一百三十五"),
        (2090, "二千零九十"),
        (10, "十"),
        (18, "十八"),
        (20_304, "二万零三百零四"),
        (110_000, "十一万"),
    ],
)
def test_numbers_are_told_as_people_tell_them(number: int, said: str) -> None:
    assert chinese(number) == said


def test_a_slip_keeps_the_number_of_digits_and_changes_the_number() -> None:
    random = Random(SEED)
    numbers = [random.randrange(100, 100_000) for _ in range(500)]
    slips = [slipped(random, number) for number in numbers]
    assert all(len(str(a)) == len(str(b)) and a != b for a, b in zip(numbers, slips, strict=True))
