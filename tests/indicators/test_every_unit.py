"""Every unit at every level, month by month: the same figures as unit by unit, and only what may be listed so."""

import csv
import io
from random import Random

import pytest

from gangmu.catalog.current import catalog
from gangmu.indicators import queries
from gangmu.indicators.every_unit import every_unit, usual_keys
from gangmu.indicators.figures import PERSONAL
from gangmu.indicators.rollup_command import main
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from tests.indicators.lives import YEAR, Life

DAYS = ["--from", "2025-01-01", "--to", "2025-12-31"]


def listed(scope, keys, org, period):
    """Of every unit, month and key the value."""
    found = every_unit(scope, keys, org, period)
    return {
        (node.org, month, key): value
        for node, month, told in found.rows()
        for key, value in zip(found.amounts, told, strict=True)
        if value is not None
    }


def one_by_one(scope, keys, org, period):
    """The same, each figure asked for by itself; of a closed month what it is by now."""
    found = {}
    for node in queries.view(scope, org, period).tree.nodes:
        for month in period.months():
            for figure in queries.figures(scope, list(keys), node.org, month, tree_day=period.end):
                now = figure.value if figure.restated is None else figure.restated
                if now is not None:
                    found[node.org, month, figure.key] = now
    return found


@pytest.mark.parametrize("seed", [3])
def test_in_a_random_life_every_figure_is_the_one_that_its_page_shows(city, scope, seed):
    life = Life(city, Random(seed))
    for _ in range(12):
        life.step()
    keys = [*usual_keys()[:6], "activity.sessions[lecture]", "activity.attendance[lecture]"]
    period = Period(YEAR.start, YEAR.end)
    told = listed(scope, keys, city.root, period)
    assert told
    assert told == one_by_one(scope, keys, city.root, period)


def test_a_period_that_cuts_months_counts_its_own_days_alone(city, scope, record):
    for day in ("2025-03-01", "2025-03-20", "2025-04-02", "2025-04-30"):
        record("activity.held", "柳溪支部", day, tags=["lecture"], present=20, expected=25)
    period = Period(YEAR.start.replace(month=3, day=15), YEAR.start.replace(month=4, day=15))
    march, april = period.months()
    told = listed(scope, ["activity.sessions"], city["柳溪支部"], period)
    assert told == {
        (city["柳溪支部"], march, "activity.sessions"): 1,
        (city["柳溪支部"], april, "activity.sessions"): 1,
    }


def test_what_is_not_on_record_is_left_out_and_never_nought(city, scope, record):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    found = every_unit(scope, ["activity.sessions", "activity.attendance"], city.root, YEAR)
    rows = list(found.rows())
    assert next(node.org for node, _month, _told in rows) == city.root
    assert {told for _node, _month, told in rows} == {(1, None)}
    assert city["石桥支部"] not in {node.org for node, _month, _told in rows}


def test_on_an_empty_ledger_nothing_is_listed(city, scope):
    assert list(every_unit(scope, ["activity.sessions"], city.root, YEAR).rows()) == []


def test_what_does_not_add_up_or_speaks_of_people_is_refused_by_name(city, scope):
    definitions = catalog().indicators
    personal = next(key for key, one in definitions.items() if one.visibility.group in PERSONAL)
    with pytest.raises(Refused) as refused:
        every_unit(scope, ["activity.sessions", "matter.solved_rate", personal], city.root, YEAR)
    assert [one.where for one in refused.value.problems] == ["matter.solved_rate", personal]
    assert not {"matter.solved_rate", personal} & set(usual_keys())
    assert {"activity.sessions", "money.spent"} <= set(usual_keys())


def test_a_stranger_learns_nothing(city):
    stranger = city.account("stranger", "branch_secretary", "石桥支部").scope
    with pytest.raises(NotFound):
        every_unit(stranger, ["activity.sessions"], city["柳溪支部"], YEAR)
    with pytest.raises(NotFound):
        every_unit(stranger, ["no.such"], city["石桥支部"], YEAR)


def test_the_command_writes_one_line_a_unit_and_month(city, record, tmp_path, capsysbinary):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"], present=20, expected=25)
    words = ["--org", "QH", *DAYS, "activity.sessions", "activity.attendance[lecture]"]
    assert main(words) == 0
    said = capsysbinary.readouterr().out
    rows = list(csv.reader(io.StringIO(said.decode("utf-8-sig"))))
    assert rows[0][4:] == ["activity.sessions", "activity.attendance[lecture]"]
    assert rows[1] == ["1", "QH", "青禾市委", "2025-03", "1", "20"]
    assert len(rows) == 1 + len({OrgId(one[1]) for one in rows[1:]})
    assert main([*words, "--into", str(tmp_path / "all.csv")]) == 0
    assert (tmp_path / "all.csv").read_bytes() == said


def test_the_command_refuses_a_bad_day_and_an_unknown_unit(city):
    with pytest.raises(Refused) as refused:
        main(["--org", "QH", "--from", "gestern", "--to", "2025-12-31"])
    assert [one.where for one in refused.value.problems] == ["--from"]
    with pytest.raises(NotFound):
        main(["--org", "NOWHERE", *DAYS])
