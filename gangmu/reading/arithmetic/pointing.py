"""Numbers that a text points back at: 这162个养老服务站, 那3.63万笔网上业务. They are no numbers of their own."""

import re
from decimal import Decimal

NUMBER = r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>[\u4e00-\u9fff])"
SCALE = {"": Decimal(1), "万": Decimal(10000), "亿": Decimal(100000000)}


def pointed_value(match: re.Match[str]) -> Decimal:
    """The value of a number that `NUMBER` matched."""
    return Decimal(match["number"]) * SCALE[match["scale"]]
