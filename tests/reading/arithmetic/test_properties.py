"""True arithmetic is never called wrong, and one changed operand is."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reading.arithmetic import found, wrong

TENTH = Decimal("0.1")
some = settings(max_examples=60, deadline=None)
whole = st.integers(40, 90_000)


def percent(part: int, of: int, how: str = ROUND_HALF_UP) -> str:
    return f"{(Decimal(100) * part / of).quantize(TENTH, how)}%"


@some
@given(whole, st.floats(0.05, 0.99), st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]))
def test_a_true_share_is_proven(total: int, share: float, how: str) -> None:
    part = int(total * share)
    text = f"全年受理群众诉求{total}件，办结{part}件，办结率{percent(part, total, how)}。"
    assert [f.verdict for f in found(text) if f.type == "share"] == ["consistent"]
    assert wrong(text) == []


@some
@given(whole, st.floats(0.3, 0.9), st.floats(0.02, 0.09))
def test_a_share_of_a_changed_part_is_found(total: int, share: float, slip: float) -> None:
    part, told = int(total * share), int(total * (share + slip))
    assume(abs(part - told) / total > 0.005)
    text = f"全年受理群众诉求{total}件，办结{part}件，办结率{percent(told, total)}。"
    assert [f.type for f in wrong(text)] == ["share"]


@some
@given(st.lists(st.integers(11, 5000), min_size=3, max_size=6))
def test_a_true_total_is_proven(parts: list[int]) -> None:
    names = ("农村", "社区", "机关", "企业", "学校", "医院")
    listed = "、".join(f"{name}{part}名" for name, part in zip(names, parts, strict=False))
    text = f"全年发展党员{listed}，共{sum(parts)}名。"
    assert [(f.type, f.verdict) for f in found(text)] == [("sum", "consistent")]


@some
@given(st.lists(st.integers(110, 5000), min_size=3, max_size=6), st.integers(1, 100))
def test_a_total_that_is_off_is_found(parts: list[int], slip: int) -> None:
    names = ("农村", "社区", "机关", "企业", "学校", "医院")
    listed = "、".join(f"{name}{part}名" for name, part in zip(names, parts, strict=False))
    text = f"全年发展党员{listed}，共{sum(parts) + slip}名。"
    assert [f.type for f in wrong(text)] == ["sum"]


@some
@given(whole, whole)
def test_true_growth_and_true_falls_are_proven(old: int, new: int) -> None:
    assume(abs(new - old) * 200 > old and new < old * 20)
    rate = (Decimal(100) * abs(new - old) / old).quantize(TENTH, ROUND_HALF_UP)
    rose = new > old
    text = f"村集体收入由{old}元{'增加' if rose else '减少'}到{new}元，{'增长' if rose else '下降'}{rate}%。"
    assert [(f.type, f.verdict) for f in found(text)] == [("growth", "consistent")]


@some
@given(whole, st.integers(11, 90))
def test_growth_of_the_wrong_base_is_found(old: int, rise: int) -> None:
    new = old * (100 + rise) // 100
    wrong_rate = (Decimal(100) * (new - old) / new).quantize(TENTH, ROUND_HALF_UP)
    text = f"村集体收入由{old}元增加到{new}元，增长{wrong_rate}%。"
    assert [f.type for f in wrong(text)] == ["growth"]


@some
@given(st.text(alphabet="共合计其中占增长由到比上年率％%1234567890.万亿元件名，。、；：（）\n|-", max_size=120))
def test_no_text_breaks_the_checker(text: str) -> None:
    for finding in found(text):
        assert finding.spans
        assert list(finding.spans) == sorted(finding.spans)
        assert finding.working.endswith("。")
        assert finding.working_en.endswith(".")


@some
@given(whole, st.floats(0.1, 0.9))
def test_line_wraps_and_full_width_digits_change_nothing(total: int, share: float) -> None:
    part = int(total * share)
    text = f"全年受理群众诉求{total}件，办结{part}件，办结率{percent(part, total)}。"
    wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    wrapped = text.replace("办结率", "办\n结率")
    assert [(f.type, f.verdict) for f in found(wide)] == [("share", "consistent")]
    assert [(f.type, f.verdict) for f in found(wrapped)] == [("share", "consistent")]
