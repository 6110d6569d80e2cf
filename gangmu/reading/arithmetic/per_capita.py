"""`地区生产总值186.4亿元…年末常住人口28.4万人…人均地区生产总值65634元`: told paragraphs apart, and only once each."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import PEOPLE
from gangmu.reading.arithmetic.judge import Result, agrees, divided, finding, testable
from gangmu.reading.arithmetic.structure import Structure
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Claim, Finding
from gangmu.reading.wording import Wording

PRODUCT = searched("生产总值|GDP")
PER_HEAD = pattern(r"人均(?:地区)?(?:生产总值|GDP)(?:为|达到?|约|是|突破|超过)*$")
WHOLE_PRODUCT = pattern(r"(?<!人均)(?<!人均地区)(?:生产总值|GDP)(?:\([A-Z]+\))?(?:为|达到?|约|是|完成|实现|突破)*$")
POPULATION = pattern(r"(?<!城镇)(?<!乡村)(?<!农村)常住人口(?:数|总数|总量)?(?:为|达到?|约|有|共)*$")
BY_THE_END = pattern(r"按[^,。;]{0,8}常住人口(?:计算)?,?")
# Where the text does not say by which population: the mean of the year's two ends is not far from its last.
LOW, HIGH = Decimal("0.9"), Decimal("1.1")


def per_capita(t: Structure, wording: Wording) -> Iterator[Finding]:
    """A finding for the product a head where the text tells one product and one resident population."""
    led = t.s.led_by(PRODUCT)
    stated = [i for i in led if t.claim(i).kind == "amount" and PER_HEAD.search(t.s.clauses[i])]
    if len(stated) != 1:
        return
    products = _told(t, led, WHOLE_PRODUCT, frozenset({"元"}))
    heads = _told(t, list(t.quantities), POPULATION, PEOPLE)
    if len(products) != 1 or len(heads) != 1 or not testable(products[0], heads[0], t.claim(stated[0])):
        return
    result = divided(products[0], heads[0], wording)
    if result is None:
        return
    i = stated[0]
    holds = agrees(result, t.claim(i), wording)
    if holds or BY_THE_END.search(t.s.text[t.s.bounds[i][0] : t.s.at[i]]) or _is_far_off(result, t.claim(i)):
        yield finding("per", t.claim(i), (products[0], heads[0]), result, holds=holds)


def _told(t: Structure, those: list[int], words: re.Pattern[str], units: frozenset[str]) -> list[Claim]:
    """The numbers in these units behind such words, each value once."""
    found = [t.claim(j) for j in those if t.claim(j).unit in units and words.search(t.s.clauses[j])]
    return list({claim.value: claim for claim in found}.values())


def _is_far_off(result: Result, stated: Claim) -> bool:
    return not LOW <= result.value / (stated.value or result.value) <= HIGH
