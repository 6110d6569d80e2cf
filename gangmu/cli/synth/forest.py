"""The tree of a large invented city: city, counties, townships and streets, villages and communities, branches.

Sizes are skewed as they are in life: a few large counties and streets, many small villages.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import product

from gangmu.cli.city.names import PLACE_FIRST, PLACE_LAST
from gangmu.kernel.ids import OrgId
from gangmu.orgs.entries import NewUnit

SINCE = date(2021, 7, 1)
ROOT_CODE = "S1"
KEEPER, READER, CLERK = "keeper", "leader", "clerk"
LEAST = 10  # fewer units make no city
SHARES = (0.00012, 0.0018, 0.06)  # of all units: counties, townships and streets, villages and communities
URBAN = 0.35  # so many of the places beneath a county are streets and communities
SKEW = 1.4  # the exponent of sizes: the smaller, the more lies beneath few
PLACES = tuple("".join(pair) for pair in product(PLACE_FIRST, PLACE_LAST))
KINDS = {  # what hangs beneath, in the country and in town: kind, domain, what its name ends with
    "city_committee": (("county_committee", "agency", "县"), ("county_committee", "agency", "区")),
    "county_committee": (("township", "township_domain", "镇"), ("street", "street", "街道")),
    "township": (("village", "rural", "村"),) * 2,
    "street": (("community", "community", "社区"),) * 2,
    "village": (("branch", "rural", "支部"),) * 2,
    "community": (("branch", "community", "支部"),) * 2,
}


def planned(seed: int, count: int) -> list[NewUnit]:
    """`count` units, a parent before its children; the same for the same seed and count."""
    dice = random.Random(f"synth/{seed}/{count}")
    root = NewUnit(
        "青禾市", "city_committee", "agency", None, SINCE, f"synth/{ROOT_CODE}", "", "", ROOT_CODE, _id(seed, ROOT_CODE)
    )
    levels: list[list[NewUnit]] = [[root]]
    for level, share in enumerate(SHARES):
        levels.append(_beneath(dice, seed, levels[-1], max(level + 1, round(count * share))))
    levels.append(_beneath(dice, seed, levels[-1], count - sum(map(len, levels))))
    return [new for level in levels for new in level]


def _beneath(dice: random.Random, seed: int, above: Sequence[NewUnit], count: int) -> list[NewUnit]:
    """`count` units of one level, dealt out to those above: each has some, few have many."""
    weights = [dice.paretovariate(SKEW) for _ in above]
    homes = [*range(min(count, len(above))), *dice.choices(range(len(above)), weights, k=max(0, count - len(above)))]
    children: dict[int, int] = defaultdict(int)
    for home in homes:
        children[home] += 1
    return [new for home, parent in enumerate(above) for new in _children(dice, seed, parent, children[home])]


def _children(dice: random.Random, seed: int, parent: NewUnit, count: int) -> Iterator[NewUnit]:
    places = dice.sample(PLACES, len(PLACES)) if parent.kind not in ("village", "community") else []
    for number in range(count):
        kind, domain, ending = KINDS[parent.kind][dice.random() < URBAN]
        place = places[number % len(places)] if places else f"{parent.name}第{number + 1}"
        again = f"{number // len(places) + 1}" if places and number >= len(places) else ""
        code = f"{parent.code}-{number + 1}"
        yield NewUnit(f"{place}{again}{ending}", kind, domain, parent.org, SINCE, f"synth/{code}", "", "", code,
                      _id(seed, code))  # fmt: skip


def _id(seed: int, code: str) -> OrgId:
    return OrgId(sha256(f"synth/{seed}/{code}".encode()).hexdigest()[:32])
