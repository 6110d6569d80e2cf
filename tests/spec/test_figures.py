"""Chapter: figures, recorded by the ordinary actions and asked by the ordinary query."""

from datetime import date, timedelta
from itertools import count

import pytest

from gangmu.indicators import queries
from gangmu.indicators.values import Figure
from gangmu.kernel.ids import FactId
from gangmu.kernel.periods import Period
from gangmu.ledger.queries import fact
from gangmu.records import actions
from tests.orgs.cast import City
from tests.spec.figures import SECTIONS, Story

STORIES = [story for *_, stories in SECTIONS for story in stories]
WHY = {"absent": "待补", "no_whole": "算不出", "withheld": "不显示"}
NUMBERS = ("present", "expected")


class Teller:
    """Records the lines of a story one after the other."""

    def __init__(self, city: City) -> None:
        self.city, self.last = city, FactId("")
        self.keys = (f"story/{number}" for number in count())
        self.things: dict[str, str] = {}

    def tell(self, line: str) -> None:
        if line == "~":
            actions.reverse_fact(self.last, reason="mistake", note="", by=self.city.clerk, idem=next(self.keys))
        elif line.startswith("close "):
            actions.close_period(self.city.root, span(line[6:]), by=self.city.clerk, idem=next(self.keys))
        else:
            words, _, times = line.partition(" *")
            for _ in range(int(times or 1)):
                self.record(*words.split())

    def record(self, day: str, unit: str, kind: str, *said: str) -> None:
        if kind == "matter":
            self.matter(day, unit, said[0])
            return
        body: dict[str, object] = {}
        about = None
        for key, value in (field.split("=") for field in said):
            if key == "about":
                about = value
            else:
                body[key] = int(value) if key in NUMBERS else [value] if key == "tags" else value
        self.write(kind, unit, day, body, about)

    def matter(self, day: str, unit: str, rating: str) -> None:
        """One matter, received and closed on that day, and what the resident said of it."""
        about = self.write("matter.opened", unit, day, {"tags": ["request"]}, None)
        self.write("matter.closed", unit, day, {"outcome": "solved", "rating": rating}, about)

    def write(self, kind: str, unit: str, day: str, body: dict[str, object], about: str | None) -> str | None:
        """Record one fact; a thing's short name stands for the id that its opening gave it."""
        entry = {"body": {**body, "late_reason": "no_network"}, "on": date.fromisoformat(day), "by": self.city.clerk}
        opening = kind.endswith(".opened")
        meant = None if opening or about is None else self.things.get(about, about.encode().hex().rjust(32, "0"))
        receipt = actions.record_fact(kind, self.city[unit], idem=next(self.keys), about=meant, **entry)  # type: ignore[arg-type]
        self.last = receipt.id
        given = fact(receipt.id).about
        if opening and given is not None:
            self.things[about or given] = given
        return given


def span(text: str) -> Period:
    """2025, 2025-02, or 2025-01-01/2025-03-31."""
    if "/" in text:
        start, end = map(date.fromisoformat, text.split("/"))
        return Period(start, end)
    year, _, month = text.partition("-")
    return Period.of_month(int(year), int(month)) if month else Period.of_year(int(year))


def told(figure: Figure) -> tuple[str, str]:
    value = WHY[figure.why] if figure.value is None else f"{figure.value.normalize():f}"
    return value, "" if figure.restated is None else f"{figure.restated.normalize():f}"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.situation)
def test_the_figure_comes_out_as_the_story_says(city: City, story: Story) -> None:
    teller = Teller(city)
    for line in story.facts:
        teller.tell(line)
    found = queries.figure(city.clerk.scope, story.asked, city[story.unit], span(story.period))
    assert told(found) == (story.answer, story.restated)


@pytest.fixture
def both(city: City) -> City:
    """Ratings in two villages: too few in one of them."""
    teller = Teller(city)
    for line in ("2025-03-01 柳溪村 matter satisfied *12", "2025-03-01 柳溪村 matter dissatisfied *10",
                 "2025-03-01 荷塘村 matter satisfied *3"):  # fmt: skip
        teller.tell(line)
    return city


def test_what_is_withheld_cannot_be_had_by_subtraction(both: City) -> None:
    """The county shows its rate, so no single town may be the only one hidden."""
    year = Period.of_year(2025)
    children = queries.children(both.clerk.scope, "matter.satisfied_rate", both["柳林县"], year)
    hidden = [one for one in children if one.withheld]
    assert len(hidden) != 1
    assert all((one.value, one.numerator, one.denominator, one.facts) == (None, None, None, 0) for one in hidden)
    assert all(part.value is None for one in hidden for part in one.parts)
    behind = queries.facts_behind(both.clerk.scope, "matter.satisfied_rate", both["荷塘村"], year)
    assert (behind.rows, behind.total) == ((), 0)


def test_the_tree_of_a_day_gives_the_units_of_that_day(city: City) -> None:
    from gangmu.orgs import actions as orgs

    day = date(2025, 6, 1)
    orgs.move_unit(city["柳溪村"], city["西镇"], by=city.clerk, at=day, idem="move")
    key, scope = "organisation.villages", city.clerk.scope
    for unit, eve, then in (("东镇", 2, 1), ("西镇", 1, 2), ("柳林县", 3, 3)):
        year_before = Period(date(2025, 1, 1), day - timedelta(days=1))
        assert queries.figure(scope, key, city[unit], year_before).value == eve
        assert queries.figure(scope, key, city[unit], Period.of_year(2025)).value == then
