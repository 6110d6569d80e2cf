"""Which measures stand for one another where each is told beside all: money, weights, people and their visits."""

from decimal import Decimal

from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.values import Claim
from gangmu.reading.wording import ONE

KILOGRAMS = {
    "吨": Decimal(1000), "公斤": Decimal(1), "千克": Decimal(1), "斤": Decimal("0.5"), "克": Decimal("0.001"),
    "公吨": Decimal(1000),
}  # fmt: skip


def kilograms(claim: Claim) -> Decimal:
    """What one of the unit weighs; 1 where it is no weight."""
    return KILOGRAMS.get(claim.unit or "", ONE)


def one_measure(total: Claim, stated: Claim) -> bool:
    """Money by money; 吨 by 公斤; the people of each by 人次 of all."""
    money = [one.kind == "amount" or (one.kind == "norm" and one.unit == "元") for one in (total, stated)]
    if any(money):
        return all(money)
    times = str(total.unit).endswith("次") and str(stated.unit).endswith("次")
    weights = total.unit in KILOGRAMS and stated.unit in KILOGRAMS
    return same_unit(total, stated) or weights or times or (total.unit == "人次" and stated.unit in PEOPLE)
