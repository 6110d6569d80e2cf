"""How much something rose or fell: against which base, as a rate, in points or as a difference.

Only what names its base (同比, 比上年, 环比) is computed; 增长12% alone may be against anything and stays open.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gangmu.catalog.definitions import Indicator
from gangmu.documents.rules.contexts import Context
from gangmu.kernel.periods import Period

BEFORE = re.compile(r"环比|[比较]上[月季期]|[比较]上个(?:月|季度)")
YEAR = re.compile(r"同比|[比较](?:上|去)年|[上去]年同期")
FALLS = re.compile(r"下降|减少|降低|回落|下滑|压减|缩减|降幅")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Growth:
    """What a claim of change states: its measure, the base it is against, whether it speaks of a fall."""

    measure: Literal["rate", "points", "difference"]
    against: Literal["year_earlier", "before"]
    falls: bool

    def base(self, period: Period) -> Period:
        """The days that `period` is held against."""
        return period.year_earlier() if self.against == "year_earlier" else period.before()

    def of(self, now: Decimal, base: Decimal) -> Decimal | None:
        """The change as the claim would state it, a fall as a positive number; None where the base is zero."""
        if self.measure == "rate" and not base:
            return None
        rise = (now - base) * HUNDRED / base if self.measure == "rate" else now - base
        return -rise if self.falls else rise

    def fits(self, one: Indicator, unit: str | None) -> bool:
        """Whether figures of `one` can change so."""
        if self.measure == "points":
            return one.kind == "ratio"
        return one.kind in ("count", "amount") and (one.additive if self.measure == "rate" else unit in one.units)


def growth(context: Context) -> Growth | None:
    """The change that a claim states; None for other claims and for those that name no base."""
    claim, near = context.claim, context.own + context.item
    against: Literal["year_earlier", "before"]
    if claim.kind != "change" or claim.unit in ("倍", "番", "成") or "番" in claim.text:
        return None
    if BEFORE.search(near):
        against = "before"
    elif YEAR.search(near):
        against = "year_earlier"
    else:
        return None
    falls = bool(FALLS.search(context.action + context.item))
    unit = claim.unit or ""
    return Growth("rate" if unit == "%" else "points" if unit.endswith("百分点") else "difference", against, falls)
