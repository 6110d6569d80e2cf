"""Who there is: the units of the city, how large and how good each is. Pure; the same seed gives the same city."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256
from random import Random

from gangmu.cli.city import names
from gangmu.kernel.ids import OrgId
from gangmu.orgs.entries import NewUnit

SEED = 2025
YEAR = 2025
ROOT_CODE = "QH"
OLD = date(2010, 1, 1)
BRANCH_KINDS = ("branch", "joint_branch", "grid_branch", "project_branch", "floating_branch")
SHARES = {"village": 0.60, "township": 0.12, "county": 0.17, "city": 0.11}  # of all branches, by what they hang under
DIGITS = "〇一二三四五六七八九"
STREETS = (0, 1, 6, 7, 12)  # which of the townships are streets: the seats of the three counties


@dataclass(frozen=True, slots=True)
class Size:
    """How large a city is made. `share` scales what every unit records in the year, too."""

    townships: int = 18
    villages: int = 220
    branches: int = 1600
    members: int = 24_000

    @classmethod
    def scaled(cls, share: float) -> "Size":
        """A smaller city of the same shape."""
        whole = cls()
        return cls(max(6, round(whole.townships * share)), max(14, round(whole.villages * share)),
                   max(70, round(whole.branches * share)), max(1000, round(whole.members * share)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A planned unit: as it will be founded, who records for it (`desk`), how good (0 … 1) and how large it is."""

    new: NewUnit
    level: str
    desk: str
    quality: float
    members: int = 0

    @property
    def org(self) -> OrgId:
        return org_id(self.new.code)

    @property
    def code(self) -> str:
        return self.new.code

    @property
    def since(self) -> date:
        """The first day of the year on which it stands."""
        return max(self.new.at, date(YEAR, 1, 1))


@dataclass(frozen=True)
class City:
    """All units in the order of their founding, parents first."""

    size: Size
    units: tuple[Unit, ...]

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def desks(self) -> tuple[Unit, ...]:
        """The units whose clerks record for themselves and what has no nearer clerk: city, counties, townships."""
        return tuple(unit for unit in self.units if unit.desk == unit.code)

    @cached_property
    def _by_level(self) -> dict[str, tuple[Unit, ...]]:
        return _grouped(self.units, lambda unit: unit.level)

    @cached_property
    def _by_desk(self) -> dict[str, tuple[Unit, ...]]:
        return _grouped(self.units, lambda unit: unit.desk)

    @cached_property
    def _branches(self) -> dict[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for one in self.of_level("branch"):
            for length in range(1, len(one.code) + 1):
                found[one.code[:length]].append(one)
        return {code: tuple(some) for code, some in found.items()}

    def branches_under(self, unit: Unit) -> tuple[Unit, ...]:
        """The branches whose codes begin with that of the unit, itself if it is one."""
        return self._branches.get(unit.code, ())

    def of_level(self, level: str) -> tuple[Unit, ...]:
        return self._by_level.get(level, ())

    def at_desk(self, desk: Unit) -> tuple[Unit, ...]:
        return self._by_desk[desk.code]


def _grouped(units: Iterable[Unit], key: Callable[[Unit], str]) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[key(unit)].append(unit)
    return {name: tuple(some) for name, some in found.items()}


@lru_cache(maxsize=4096)
def org_id(code: str) -> OrgId:
    """The id of the unit with that code."""
    return OrgId(ident("unit", code))


def ident(*words: str) -> str:
    """An opaque id that the same words always give."""
    return sha256("/".join(("qinghe", *words)).encode()).hexdigest()[:32]


def chance(*words: str) -> Random:
    """A source of chance of its own for each purpose, so that one change does not disturb the rest."""
    return Random(f"{SEED}/{'/'.join(words)}")


def a_day(unit: Unit, pick: Random, latest: date = date(YEAR, 12, 31)) -> date:
    """Some day of the year on which the unit stood."""
    return unit.since + timedelta(days=pick.randrange((latest - unit.since).days + 1))


def ordinal(number: int) -> str:
    """1 … 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def plan(size: Size | None = None) -> City:
    """The units of a city of that size."""
    size = size or Size()
    pick = chance("plan")
    names_left = iter(names.places(pick, size.townships + size.villages))
    founding = _unit("青禾市委", "city_committee", "agency", None, ROOT_CODE, OLD, "青禾市", "市委、全市")
    root = Unit(founding, "city", ROOT_CODE, 0.8)
    counties = [_county(number, name) for number, name in enumerate(names.COUNTIES, 1)]
    townships = [
        _township(number, next(names_left), counties[number * 3 // size.townships]) for number in range(size.townships)
    ]
    villages = [_village(number, next(names_left), townships) for number in range(size.villages)]
    organs = [organ for above in (root, *counties) for organ in _organs(above)]
    upper = [root, *counties, *organs, *townships, *villages]
    branches = _sized(_branches(size, root, organs, townships, villages), size.members)
    return City(size, tuple([*upper, *branches]))


def _unit(
    name: str, kind: str, domain: str, parent: str | None, code: str, at: date, short: str = "", aliases: str = "",
    tags: tuple[str, ...] = (),
) -> NewUnit:  # fmt: skip
    above = None if parent is None else org_id(parent)
    return NewUnit(name, kind, domain, above, at, f"city/unit/{code}", short, aliases, code, org_id(code), None, tags)


def _quality(code: str, low: float = 0.35, high: float = 1.0) -> float:
    """Most units are decent, some very good, a few weak."""
    return low + (high - low) * chance("quality", code).betavariate(4, 1.8)


def _county(number: int, name: str) -> Unit:
    code = f"{ROOT_CODE}-{number}"
    new = _unit(f"{name[:-1]}{name[-1]}委", "county_committee", "agency", ROOT_CODE, code, OLD, name, f"全{name[-1]}")
    return Unit(new, "county", code, (0.85, 0.75, 0.6)[number - 1])


def _township(number: int, name: str, county: Unit) -> Unit:
    street = number in STREETS
    code = f"{county.code}{number + 1:02d}"
    short = f"{name}街道" if street else f"{name}镇"
    full = f"{short}党工委" if street else f"{short}党委"
    kind, domain = ("street", "street") if street else ("township", "township_domain")
    return Unit(_unit(full, kind, domain, county.code, code, OLD, short), "township", code, _quality(code))


def _village(number: int, name: str, townships: Sequence[Unit]) -> Unit:
    above = townships[number % len(townships)]
    urban = above.new.kind == "street" or number // len(townships) == 3
    code = f"{above.code}{number // len(townships) + 1:02d}"
    short = f"{name}社区" if urban else f"{name}村"
    kind, domain = ("community", "community") if urban else ("village", "rural")
    new = _unit(f"{short}党总支", kind, domain, above.code, code, OLD + timedelta(days=200), short)
    return Unit(new, "village", above.code, _quality(code))


ORGANS = (
    ("J", "直属机关工委", "work_committee", "agency"),
    ("E", "教育系统党委", "primary_committee", "school"),
    ("H", "卫生健康系统党委", "primary_committee", "hospital"),
    ("G", "国有企业党委", "primary_committee", "state_enterprise"),
    ("L", "两新组织工委", "work_committee", "private_enterprise"),
)


def _organs(above: Unit) -> Iterator[Unit]:
    for letter, name, kind, domain in ORGANS:
        code = f"{above.code}-{letter}"
        short = f"{above.new.short}{name}"
        yield Unit(_unit(short, kind, domain, above.code, code, OLD + timedelta(days=100), short), "organ",
                   above.desk, _quality(code, 0.5))  # fmt: skip


def _branches(
    size: Size, root: Unit, organs: Sequence[Unit], townships: Sequence[Unit], villages: Sequence[Unit]
) -> Iterator[Unit]:
    city_organs = [organ for organ in organs if organ.desk == root.code]
    county_organs = [organ for organ in organs if organ.desk != root.code]
    for name, above in (
        ("city", city_organs),
        ("county", county_organs),
        ("township", townships),
        ("village", villages),
    ):
        count = size.branches - sum(round(size.branches * SHARES[other]) for other in SHARES if other != name)
        wanted = count if name == "village" else round(size.branches * SHARES[name])
        for unit, number in zip(above, shared_out(wanted, above, name), strict=True):
            yield from (_branch(unit, place, number) for place in range(1, number + 1))


def shared_out(total: int, units: Sequence[Unit], purpose: str) -> list[int]:
    """`total` over the units, unevenly, at least one each."""
    pick = chance("shares", purpose)
    weights = [0.4 + pick.random() + (0.8 if unit.new.kind == "community" else 0.0) for unit in units]
    left = max(0, total - len(units))
    parts = [1 + int(left * weight / sum(weights)) for weight in weights]
    for place in range(total - sum(parts)):
        parts[place % len(parts)] += 1
    return parts


TOWNSHIP_BRANCHES = (
    "机关", "中心学校", "卫生院", "农业服务站", "财政所", "派出所", "供销社", "退休干部", "商会", "物业", "快递物流",
    "茶叶合作社", "果蔬合作社", "养殖合作社", "粮食产业链", "竹木产业链", "文旅产业链",
)  # fmt: skip
ORGAN_BRANCHES = {
    "agency": "机关",
    "school": "学校",
    "hospital": "医院",
    "state_enterprise": "公司",
    "private_enterprise": "企业",
}


def _branch(above: Unit, place: int, of: int) -> Unit:
    """One branch of a unit: what it is called and what it is depend on what it hangs under."""
    code = f"{above.code}-{place:02d}"
    pick = chance("branch", code)
    new_in_year = pick.random() < (0.16 if above.new.domain == "private_enterprise" else 0.03)
    at = date(YEAR, 1, 10) + timedelta(days=pick.randrange(330)) if new_in_year else (
        OLD + timedelta(days=800 + pick.randrange(3200)))  # fmt: skip
    name, kind, domain, tags = _branch_kind(above, place, of, new_in_year)
    return Unit(_unit(name, kind, domain, above.code, code, at, name.removesuffix("党支部"), tags=tags), "branch",
                above.desk, min(1.0, max(0.15, _quality(code) * (0.7 + 0.4 * above.quality))))  # fmt: skip


def _branch_kind(above: Unit, place: int, of: int, new: bool) -> tuple[str, str, str, tuple[str, ...]]:
    short = above.new.short
    if above.new.kind == "village":
        return (f"{short}第{ordinal(place)}党支部" if of > 1 else f"{short}党支部"), "branch", "rural", ()
    if above.new.kind == "community":
        return f"{short}第{ordinal(place)}网格党支部", "grid_branch", "community", ("on_grid",) if new else ()
    if above.level == "township":
        return _township_branch(above, place, new)
    domain = above.new.domain
    kind = "joint_branch" if domain == "private_enterprise" and place % 4 == 0 else "branch"
    return f"{short}第{ordinal(place)}{ORGAN_BRANCHES[domain]}党支部", kind, domain, ()


def _township_branch(above: Unit, place: int, new: bool) -> tuple[str, str, str, tuple[str, ...]]:
    word = TOWNSHIP_BRANCHES[(place - 1) % len(TOWNSHIP_BRANCHES)]
    trait = {"合作社": "in_cooperative", "产业链": "on_chain", "物流": "in_logistics", "物业": "in_property"}
    tags = tuple(tag for end, tag in trait.items() if end in word) if new else ()
    two_new = any(end in word for end in (*trait, "商会"))
    suffix = "" if place <= len(TOWNSHIP_BRANCHES) else f"第{place}"
    return f"{above.new.short}{word}{suffix}党支部", "branch", "private_enterprise" if two_new else "institution", tags


def _sized(branches: Iterable[Unit], members: int) -> Iterator[Unit]:
    """The branches with their numbers of members, which add up to `members`; none under 3, none over 50."""
    units = list(branches)
    mean = members / len(units)
    sizes = [min(50, max(3, round(mean * (0.35 + 1.3 * chance("size", unit.code).random())))) for unit in units]
    step, place = (1 if sum(sizes) < members else -1), 0
    while sum(sizes) != members:
        index = place % len(sizes)
        if 3 <= sizes[index] + step <= 50:
            sizes[index] += step
        place += 1
    for unit, number in zip(units, sizes, strict=True):
        yield Unit(unit.new, unit.level, unit.desk, unit.quality, number)
