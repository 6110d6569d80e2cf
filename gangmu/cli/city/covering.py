"""Firms, co-operatives, property companies, social organisations and chains of the city: covered, or still gaps."""

from collections.abc import Iterator, Mapping
from datetime import date

from gangmu.cli.city.names import PLACE_FIRST
from gangmu.cli.city.plan import YEAR, City, Unit, chance, org_id
from gangmu.kernel.scope import Actor
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewUnit

KINDS = (
    ("firm", "private_enterprise", ("米业公司", "竹木制品厂", "服装公司", "食品加工厂")),
    ("cooperative", "rural", ("茶叶合作社", "莲藕合作社", "农机合作社")),
    ("property_company", "private_enterprise", ("物业公司",)),
    ("civil_organisation", "social_organisation", ("商会", "助老服务社")),
    ("industry_chain", "private_enterprise", ("莲藕产业链",)),
)
WAYS = ("covered_alone", "covered_jointly", "covered_by_area", "mentored", "")  # the last: still a gap
SHARES = (20, 25, 25, 12, 18)
EACH = 4  # entities a township
OPENED = date(2019, 5, 10)


def covered(city: City, actors: Mapping[str, Actor]) -> None:
    """Put them on record under their townships, and say what covers each; every ninth agreement has ended."""
    for town in city.of_level("township"):
        by, news = actors[town.desk], list(_entities(town))
        orgs.load_units(news, by=by)
        branches = city.branches_under(town)
        for number, new in enumerate(news):
            pick = chance("covering", new.code)
            way = pick.choices(WAYS, SHARES)[0]
            if way and branches and new.org:
                unit, at = pick.choice(branches), date(YEAR, pick.randint(1, 9), pick.randint(1, 28))
                tie = orgs.open_relation(
                    way, new.org, unit.org, by=by, at=max(at, unit.since), idem=f"city/cover/{new.code}"
                )
                if number % 9 == EACH - 1:
                    orgs.close_relation(
                        tie, by=by, at=date(YEAR, 12, 20), idem=f"city/cover/{new.code}/over", reason="term_over"
                    )


def _entities(town: Unit) -> Iterator[NewUnit]:
    """A few of a township, each with a name of its own there."""
    pick = chance("entities", town.code)
    chosen = pick.sample([(kind, domain, word) for kind, domain, words in KINDS for word in words], EACH)
    for number, (kind, domain, word) in enumerate(chosen):
        code = f"{town.code}-E{number}"
        name = f"{pick.choice(PLACE_FIRST)}禾{word}"
        yield NewUnit(name, kind, domain, town.org, OPENED, f"city/unit/{code}", "", "", code, org_id(code))
