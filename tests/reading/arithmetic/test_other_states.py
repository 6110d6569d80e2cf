"""A gap is not called wrong of the nearest state where the state it is meant of was told before it."""

import random

import pytest

from tests.reading.arithmetic import words, wrong

BY_KIND = (
    "公司共收购稻谷{new}吨，支付及时。\n\n分性质看，最低收购价稻谷{part}吨，市场化收购{rest}吨。"
    "与上年的{old}吨比，收购量增加{gap}吨，增长{rate}%。"
)
SETTLED = "各级组织共受理纠纷{new}件，调解成功{part}件。与上年受理的{old}件相比，受理量增加{gap}件，增长{rate}%。"


def told(sentence: str, dice: random.Random, *, off: int = 0) -> tuple[str, int]:
    old, gap = dice.randint(2500, 4800), dice.randint(311, 799)
    new = old + gap
    part = new * dice.randint(35, 45) // 100
    text = sentence.format(new=new, old=old, part=part, rest=new - part, gap=gap + off, rate=f"{gap / old * 100:.1f}")
    return f"工作小结\n\n{text}\n", gap + off


@pytest.mark.parametrize("sentence", [BY_KIND, SETTLED])
@pytest.mark.parametrize("seed", range(4))
def test_a_gap_to_a_state_told_before_is_right_whatever_stands_nearer(sentence: str, seed: int) -> None:
    text, _ = told(sentence, random.Random(seed))
    assert wrong(text) == [], text


@pytest.mark.parametrize("sentence", [BY_KIND, SETTLED])
@pytest.mark.parametrize("seed", range(4))
def test_a_gap_that_no_state_told_before_gives_is_seen(sentence: str, seed: int) -> None:
    text, gap = told(sentence, random.Random(seed), off=37)
    assert any(str(gap) in one for finding in wrong(text) for one in words(text, finding)), text


def test_a_state_far_off_that_gives_a_gap_of_few_digits_by_chance_accounts_for_nothing() -> None:
    text = "工作小结\n\n全年办班72期。\n\n下乡讲课46期，比上年的40期增加32期。\n"
    assert [finding.type for finding in wrong(text)] == ["difference"]
