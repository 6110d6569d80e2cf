"""A large invented city, small: its figures are those of a naive recount, and what is recorded later counts too."""

import json
from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pytest

from gangmu.catalog.changed import source_text, with_row
from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import OLD_BOOKS
from gangmu.catalog.expressions.evaluate import Row, Unit, World, evaluate, world
from gangmu.cli.synth.build import PASSWORD, build
from gangmu.cli.synth.forest import CLERK, READER, ROOT_CODE
from gangmu.indicators import mart, process, queries
from gangmu.indicators.figures import PERSONAL
from gangmu.indicators.plan import compare, every_moved
from gangmu.indicators.questions import question
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Refused, Unusable
from gangmu.kernel.scope import Scope
from gangmu.ledger import actions as ledger
from gangmu.ledger import queries as ledger_queries
from gangmu.ledger import relations, sequencer
from gangmu.ledger.facts import Draft
from gangmu.ledger.rebuild import rebuild
from gangmu.orgs import queries as orgs
from gangmu.orgs.scope import actor, everything
from gangmu.people.queries import account_named
from gangmu.web.views import units
from tests.synth.conftest import UNITS

YEAR = Period.of_year(2025)
PERIODS = (YEAR, Period(date(2025, 4, 1), date(2025, 6, 30)), Period(date(2025, 3, 9), date(2025, 5, 17)))
TAGGED = ("activity.sessions[lecture]", "matter.solved[request]", "money.received[dues]", "activity.units[theme_day]")


def rows(facts: pa.Table) -> Iterator[Row]:
    """The facts that count, as the oracle takes them: read from the segment row by row."""
    every = facts.to_pylist()
    gone = {one["reverses"] for one in every if one["reverses"]}
    for one in every:
        if one["id"] in gone or one["reverses"]:
            continue
        body = json.loads(one["body"])
        late_after = catalog().facts[one["kind"]].late_after_days
        late = one["late_days"] > late_after and body.get("late_reason") != OLD_BOOKS
        yield Row(one["id"], one["kind"], one["org"], one["day"], body, one["about"], one["received"], late)


def founded(scope: Scope) -> Iterator[Row]:
    """What the ledger itself holds of the tree: the foundings."""
    for fact in ledger_queries.every_fact(ledger_queries.FactFilter(kinds=frozenset({"unit.founded"}))):
        yield Row(fact.id, fact.kind, fact.org, fact.day, fact.body, fact.about, 0, False)


@pytest.fixture
def naive(facts: pa.Table, scope: Scope) -> World:
    tree = orgs.tree(scope.day)
    units = [Unit(one.org, one.path, one.kind, one.domain, str(one.level), one.alive) for one in tree.nodes]
    return world([*rows(facts), *founded(scope)], units)


def places(scope: Scope) -> list[tuple[OrgId, str]]:
    """The root, and the first unit of every level beneath."""
    tree = orgs.tree(scope.day)
    first = {node.level: node for node in reversed(tree.nodes)}
    return [(node.org, node.path) for node in first.values()]


def test_every_figure_equals_a_naive_recount_at_every_level(naive: World, scope: Scope) -> None:
    keys = [*catalog().indicators, *TAGGED]
    seen = 0
    for period in PERIODS:
        for org, path in places(scope):
            for key, found in zip(keys, queries.figures(scope, keys, org, period), strict=True):
                asked = question(key, period.start, catalog())
                if asked.definition.visibility.group in PERSONAL and found.withheld:
                    continue
                assert found.value == evaluate(asked.measure, naive, path, period).value, (key, path, period)
                seen += found.value is not None
    assert seen > 200


def test_months_sum_to_the_year_and_children_to_the_whole(scope: Scope) -> None:
    root = next(org for org, path in places(scope) if len(path) == 5)
    found = queries.overview(scope, "activity.sessions", root, YEAR)
    assert sum(one.value or 0 for one in found.trend) == found.figure.value
    assert sum(one.value or 0 for one in found.children) == found.figure.value


def lecture(scope: Scope) -> OrgId:
    """Record one lecture at a branch through the ledger; the branch."""
    org = next(node.org for node in orgs.tree(scope.day).nodes if node.kind == "branch")
    moment = clock.local_moment(date(2025, 6, 2), hour=9)
    draft = Draft("activity.held", org, {"tags": ["lecture"], "present": 3}, moment, moment, "one-more")
    ledger.record(draft, by=actor(account_named(CLERK), clock.today()), schema="d1ge57")
    return org


def test_a_fact_recorded_later_is_in_the_next_figure_before_and_after_it_is_numbered_and_sealed(
    scope: Scope, own_mart
) -> None:
    org = next(node.org for node in orgs.tree(scope.day).nodes if node.kind == "branch")
    count = lambda: queries.figure(scope, "activity.sessions[lecture]", org, YEAR).value or 0  # noqa: E731
    before = count()
    lecture(scope)
    assert count() == before + 1
    sequencer.run_until_empty()
    assert count() == before + 1
    process.forget()
    assert count() == before + 1
    mart.seal_up_to(own_mart, ledger_queries.size(), relations.fact_rows, due=1)
    assert mart.verify(own_mart).end == ledger_queries.size()
    process.forget()
    assert count() == before + 1


def test_the_ledger_itself_holds_the_tree_and_rebuilds(scope: Scope) -> None:
    assert not any(line.drift for line in rebuild(check=True))
    root = orgs.by_code(scope, ROOT_CODE)
    assert len(orgs.descendants(scope, root.org)) == 40


def test_both_accounts_may_sign_in(facts: pa.Table, client) -> None:
    for name in (READER, CLERK):
        assert client.post("/sign-in", {"name": name, "password": PASSWORD}).status_code == 302


def test_the_facts_behind_a_figure_are_shown_and_exported_as_they_were_laid(facts: pa.Table, client) -> None:
    client.post("/sign-in", {"name": READER, "password": PASSWORD})
    root = orgs.by_code(everything(), ROOT_CODE).org
    address = f"/figures/{root}/activity.sessions"
    screen = client.get(f"{address}?from=2024-01-01&to=2025-12-31").content.decode()
    told = client.get(f"{address}/csv?from=2024-01-01&to=2025-12-31")
    rows = b"".join(told.streaming_content).decode("utf-8-sig").splitlines()[1:]
    gone = set(facts["reverses"].drop_null().to_pylist())
    laid = [one for one in facts.select(["id", "kind", "seq", "day"]).to_pylist() if one["kind"] == "activity.held"]
    standing = {one["seq"]: one["id"] for one in laid if one["id"] not in gone and one["day"].year >= 2024}
    numbers = [int(row.rpartition(",")[2]) for row in rows]
    assert sorted(numbers) == sorted(standing)
    assert all(f"/facts/{standing[number]}" in screen for number in numbers[:25])
    assert f"/facts/{standing[numbers[25]]}" not in screen


def test_the_page_of_a_unit_opens(facts: pa.Table, client, monkeypatch) -> None:
    client.post("/sign-in", {"name": READER, "password": PASSWORD})
    root = orgs.by_code(everything(), ROOT_CODE).org
    few = client.get(f"/units/{root}").content.decode()
    monkeypatch.setattr(units, "MANY", 3)
    assert client.get(f"/units/{root}").content.decode().count("/facts/") == few.count("/facts/") > 0


def test_nothing_is_laid_where_facts_are_sealed_already(facts: pa.Table, own_mart) -> None:
    with pytest.raises(Unusable, match="已经有封存"):
        mart.lay(own_mart, [facts], -facts.num_rows)


def test_numbers_with_a_gap_are_not_laid(facts: pa.Table, tmp_path) -> None:
    with pytest.raises(Unusable, match="不连续"):
        mart.lay(tmp_path / "other", [facts.slice(0, 10), facts.slice(11, 10)], -facts.num_rows)
    with pytest.raises(Unusable, match="没有到0为止"):
        mart.lay(tmp_path / "another", [facts.slice(0, 10)], -facts.num_rows)
    assert mart.read(tmp_path / "other").segments == ()


def test_a_city_is_not_built_where_one_stands(facts: pa.Table) -> None:
    with pytest.raises(Refused):
        build(7, 40, 100, lambda _words: None)


def test_a_plan_counts_what_lies_in_the_segments_as_the_pages_do(scope: Scope) -> None:
    text = source_text("indicators", "activity.sessions")
    tighter = "  - since: 2025-01-01\n    text: 'count(activity.held, tag(selected) and present > 9)'\n"
    after = with_row(text.replace("example_facts:", f"{tighter}example_facts:"))
    units = [node.org for node in orgs.tops(scope)]
    found = list(every_moved(compare(catalog(), after, YEAR), units, YEAR))
    assert len(found) > UNITS // 2
    for one in found:
        shown = queries.figure(scope, one.key, one.node.org, YEAR)
        assert one.before is not None
        assert one.before.value == shown.value
        assert one.after is None or one.after.value is None or one.after.value < (shown.value or 0)
