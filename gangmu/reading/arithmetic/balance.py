"""Accounts told in one breath: what there was, what came, what went, what there is now.

`上年结转15件，今年新收180件，办结176件，结存19件` asserts opening + in - out = closing.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.judge import Result, agrees, figure, finding, subtracted, testable
from gangmu.reading.arithmetic.language import same_unit
from gangmu.reading.arithmetic.skeleton import Skeleton
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Finding
from gangmu.reading.wording import Interval, Wording, interval, result_interval

OPENING = searched(
    r"(?:上[年季月期次]末?|去年|年初|期初|月初|季初|起初)[^,;:]{0,4}(?:结转|结余|结存|余额|遗留|库存)|结转|旧存|期初|上[年季月期]末|"
    r"(?:原先|原有|原来|年初|起初|最初)[^,;:]{0,8}$"
)
CLOSING = searched(
    r"结余|结存|余额|库存|[期年季月]末|还剩|剩下|仅剩|尚有|仍有|(?:现在|目前|现有|如今|现)[^,;:]{0,6}$|剩余|未结|滚存|结转下[年季月期]"
)
WENT = pattern(
    r"支出|支付|支|使用|用|办结|办理|退|减|撤|注销|调出|转出|迁出|去世|流失|拆|淘汰|剔|核减|销|停|清|发放|上缴|归还|偿还|化解|清退|解决|领取|离[职任岗开]|[辞调]离|报废|伐除|核销|变卖|死亡|关停|歇业"
)
CAME = pattern(r"收|增|入|进|新|接|捐|借来|挤出|扩|补|加|添|建|购|发展|登记|拨")
NET = pattern(r"净(?P<sign>增|减|流入|流出|调入|调出)[^,;:]{0,3}$")
NET_LOSS = frozenset({"减", "流出", "调出"})
EARNED = pattern(r"(?:总收入|收入(?:总[计额])?|收入合计|共收入|进账)(?:为|是|达到?|共)?$")
SPENT = pattern(r"(?:总支出|支出(?:总[计额])?|支出合计|共支出|开支)(?:为|是|达到?|共)?$")
SURPLUS = pattern(
    r"(?:收支(?:相抵|轧差|相减)|当年|本年|年末|年终|累计|滚存|[,;。]|^)[^,;:。]{0,3}(?:结余|节余|盈余|净结余)(?:为|是|达)?$"
)
SLIP = Decimal("0.25")
FEWEST, MOST = 3, 8
FAR, MOST_FAR = 600, 40


def balances(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for every account whose opening, movements and closing stand in one sentence."""
    for i in t.quantities:
        if CLOSING.search(t.s.clauses[i]):
            found = _account(t, i, wording) or _surplus(t, i, wording)
            if found:
                yield found
    for i in t.quantities:
        if i > 1 and "净" in t.s.leads[i]:
            yield from _net(t, i, wording)


def _net(t: Structure, i: int, wording: Wording) -> Iterator[Finding]:
    """`新增132户，停发211户，净减少79户`: what came against what went."""
    told = NET.search(t.s.clauses[i])
    moves = (i - 2, i - 1)
    signs = [direction(t, j) for j in moves]
    inside = t.s.at[i - 2] >= t.s.bounds[i][0]
    if (
        told is None
        or not inside
        or "另" in t.s.trail(i)
        or sorted(signs) != [-1, 1]
        or not all(map(t.is_quantity, moves))
    ):
        return
    if not all(same_unit(t.claims[j], t.claims[i]) for j in moves) or not testable(*(t.claims[j] for j in (*moves, i))):
        return
    operands = sorted(moves, key=lambda j: signs[j - moves[0]], reverse=told["sign"] not in NET_LOSS)
    result = subtracted(t.claims[operands[0]], t.claims[operands[1]], wording)
    holds = agrees(result, t.claims[i], wording)
    yield finding("difference", t.claims[i], [t.claims[j] for j in operands], result, holds=holds)


def _surplus(t: Structure, i: int, wording: Wording) -> Finding | None:
    """`总收入860万元…。总支出795万元，收支相抵结余65万元`, with what was brought over from the year before."""
    if not SURPLUS.search(t.s.leads[i]):
        return None
    start = t.s.paragraph(t.s.at[i])[0]
    near = t.stocks_before(i, start)
    if "收支" in t.s.leads[i]:  # 收入 and 支出 have a paragraph each, and open it
        farther = t.stocks_before(i, max(0, start - FAR), MOST_FAR)
        near += [j for j in farther if t.s.at[j] < start and t.is_total_like(j)]
    alike = [j for j in near if same_unit(t.claims[j], t.claims[i]) and testable(t.claims[j], t.claims[i])]
    earned, spent = (_said_of_all(t, alike, said) for said in (EARNED, SPENT))
    if earned is None or spent is None:
        return None
    opened = [j for j in alike if OPENING.search(t.s.clauses[j])]
    stated = t.claims[i]
    for operands, signs in (
        ([earned, spent], [1, -1]),
        ([*opened[:1], earned, spent], [1] * len(opened[:1]) + [1, -1]),
    ):
        result = summed(t, operands, signs, wording)
        holds = result.reach.meets(result_interval(stated, wording))
        if holds:
            break
    plain = "总" in t.s.leads[earned] + t.s.leads[spent] or "收支" in t.s.leads[i]
    if not holds and (not plain or len(opened) > 1):
        return None
    return finding("difference", stated, [t.claims[j] for j in operands], result, holds=holds)


def _said_of_all(t: Structure, near: list[int], said: re.Pattern[str]) -> int | None:
    """The nearest number that the words call so, none of what 其中 opens (其中公益支出)."""
    called = (j for j in near if said.search(t.s.clauses[j]))
    return next((j for j in called if "其中" not in t.s.text[t.s.bounds[j][0] : t.s.at[j]]), None)


def opening_before(s: Skeleton, i: int) -> int | None:
    """The number in the sentence before claim `i` that says what there was at the beginning."""
    near = s.between(s.bounds[i][0], s.at[i])
    return next((j for j in near if OPENING.search(s.clauses[j]) and same_unit(s.claims[j], s.claims[i])), None)


def _account(t: Structure, closing: int, wording: Wording) -> Finding | None:
    opening = opening_before(t.s, closing)
    if opening is None:
        return _closing_first(t, closing, wording)
    if closing - opening < 2 or closing - opening > MOST:
        return None
    inside = range(opening, closing + 1)
    alike = [j for j in inside if t.is_quantity(j) and same_unit(t.claims[j], t.claims[closing])]
    if len(alike) < FEWEST or not testable(*(t.claims[j] for j in alike)):
        return None
    if any("其中" in t.s.leads[j] or "含" in t.s.leads[j] for j in inside):
        return None
    signs = [1, *(direction(t, j) for j in alike[1:-1])]
    if 0 in signs:
        return None
    result = summed(t, alike[:-1], signs, wording)
    stated = t.claims[closing]
    holds = result.reach.meets(result_interval(stated, wording))
    largest = max(t.claims[j].value or Decimal(0) for j in alike)
    if not holds and abs(result.value - (stated.value or 0)) > SLIP * largest:
        return None
    return finding("difference", stated, [t.claims[j] for j in alike[:-1]], result, holds=holds)


def _closing_first(t: Structure, closing: int, wording: Wording) -> Finding | None:
    """`年末藏量26.8万册，新增1.9万册，剔旧0.6万册，年初为25.5万册`: the account told from its end."""
    behind = [j for j in t.s.between(t.s.at[closing] + 1, t.s.bounds[closing][1]) if t.is_quantity(j)]
    alike = [j for j in behind[:MOST] if same_unit(t.claims[j], t.claims[closing])]
    if len(alike) < FEWEST - 1 or not OPENING.search(t.s.clauses[alike[-1]]):
        return None
    signs = [*(direction(t, j) for j in alike[:-1]), 1]
    stated = t.claims[closing]
    if 0 in signs or not testable(stated, *(t.claims[j] for j in alike)):
        return None
    result = summed(t, alike, signs, wording)
    holds = result.reach.meets(result_interval(stated, wording))
    if not holds and abs(result.value - (stated.value or 0)) > SLIP * (stated.value or 0):
        return None
    return finding("difference", stated, [t.claims[j] for j in alike], result, holds=holds)


def direction(t: Structure, j: int) -> int:
    """1 for what came, -1 for what went, 0 where the words say neither."""
    words = t.s.clauses[j]
    came, went = CAME.search(words), WENT.search(words)
    if went and (came is None or went.start() > came.start() or "支" in words):
        return -1
    return 1 if came else 0


def summed(t: Structure, operands: list[int], signs: list[int], wording: Wording) -> Result:
    """The operands added or taken away by their signs, over all that their wording covers."""
    value = low = high = Decimal(0)
    shown = ""
    for j, sign in zip(operands, signs, strict=True):
        covered, said = interval(t.claims[j], wording), t.claims[j].value or Decimal(0)
        value += sign * said
        low += covered.low if sign > 0 else -covered.high
        high += covered.high if sign > 0 else -covered.low
        shown += (" + " if sign > 0 else " - ") * bool(shown) + figure(t.claims[j])
    return Result(value, Interval(low, high), shown)
