"""Problems as values, the error tree, and ids that name nobody."""

import pytest

from gangmu.kernel.ids import new_id
from gangmu.kernel.problems import NotFound, Problem, Refused, Unusable

DAY = Problem("records.future", "还没有到。", "Not come yet.", where="day")
WHOLE = Problem("catalog.yaml", "读不懂。", "Cannot be read.")


@pytest.mark.parametrize(("problem", "said"), [(DAY, "day: 还没有到。"), (WHOLE, "读不懂。")])
def test_a_problem_says_where_before_what(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_a_refusal_carries_every_problem_in_order() -> None:
    refusal = Refused([DAY, WHOLE])
    assert refusal.problems == [DAY, WHOLE]
    assert str(refusal) == "day: 还没有到。; 读不懂。"


def test_what_is_not_found_is_refused_too() -> None:
    with pytest.raises(Refused):
        raise NotFound([DAY])


def test_an_unusable_input_is_no_refusal() -> None:
    unusable = Unusable(WHOLE)
    assert unusable.problem is WHOLE
    assert not isinstance(unusable, Refused)


def test_problems_are_values_also_with_data() -> None:
    one, other = (Problem("a.b", "甲", data={"n": n}) for n in (1, 2))
    assert one != other
    assert one == Problem("a.b", "甲", data={"n": 1})
    assert {DAY, Problem("records.future", "还没有到。", "Not come yet.", where="day")} == {DAY}
    assert len({one, Problem("a.b", "甲", data={"n": 1})}) == 1


def test_ids_are_32_hexadecimal_characters_and_never_the_same() -> None:
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in ids)
