"""Under a changed catalog: which figures move, of whom, from what to what, and that no other does."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from gangmu.catalog.changed import with_row
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import HOME, catalog
from gangmu.indicators import past as pasts
from gangmu.indicators import process
from gangmu.indicators.older import view_of
from gangmu.indicators.past import kinds_behind, past
from gangmu.indicators.plan import compare, every_moved
from gangmu.indicators.plan_command import both, main
from gangmu.indicators.queries import figures_in
from gangmu.indicators.questions import question
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Refused, Unusable
from gangmu.ledger import queries as facts
from gangmu.ledger import sequencer
from tests.indicators.lives import YEAR, Life

FOLDER = HOME / "national"
SESSIONS = (FOLDER / "indicators/activity.sessions.yaml").read_text("utf-8")
SPENT = (FOLDER / "indicators/money.spent.yaml").read_text("utf-8")
DAYS = ["--from", "2025-01-01", "--to", "2025-12-31"]
FROM_2025 = "  - since: 2025-01-01\n    text: 'count(activity.held, tag(selected) and present > 9)'\n"
TIGHTER = SESSIONS.replace("example_facts:", f"{FROM_2025}example_facts:")
Told = dict[tuple[OrgId, str], tuple[Decimal | None, Decimal | None]]


@pytest.fixture
def lectures(city, record) -> None:
    """Two lectures, one of them before few, and one last year before few."""
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"], present=20, expected=25)
    record("activity.held", "石桥支部", "2025-04-01", tags=["lecture"], present=5, expected=25)
    record("activity.held", "石桥支部", "2024-04-01", tags=["lecture"], present=5, expected=25)
    sequencer.run_until_empty()


def would_move(after: Catalog, root: OrgId, period: Period = YEAR) -> Told:
    return {
        (one.node.org, one.key): (one.before and one.before.value, one.after and one.after.value)
        for one in every_moved(compare(catalog(), after, period), [root], period)
    }


def counted_one_by_one(after: Catalog, root: OrgId, period: Period) -> Told:
    """The same by counting every indicator of every unit under both catalogs, each for itself."""
    found: list[dict[tuple[OrgId, str], Decimal | None]] = []
    for definitions in (catalog(), after):
        asked = [question(key, period.start, definitions) for key in definitions.indicators]
        kinds = frozenset[str]().union(*(kinds_behind(one.measure) for one in asked))
        then = past(facts.size(), kinds, definitions)
        seen = view_of(then, root, period)
        units = seen.tree.subtree(seen.node.path)
        found.append({
            (node.org, figure.key): figure.value
            for node in units for figure in figures_in(view_of(then, node.org, period), asked, period)
        })  # fmt: skip
    one, other = found
    places = dict.fromkeys((*one, *other))
    return {place: (one.get(place), other.get(place)) for place in places if one.get(place) != other.get(place)}


def test_a_formula_in_force_moves_exactly_the_units_whose_facts_it_counts_otherwise(city, lectures):
    assert would_move(with_row(TIGHTER), city.root) == {
        (city.root, "activity.sessions"): (2, 1), (city["柳林县"], "activity.sessions"): (2, 1),
        (city["东镇"], "activity.sessions"): (2, 1), (city["石桥村"], "activity.sessions"): (1, None),
        (city["石桥支部"], "activity.sessions"): (1, None),
    }  # fmt: skip


def test_last_year_computes_by_last_years_rule(city, lectures):
    assert would_move(with_row(TIGHTER), city.root, Period.of_year(2024)) == {}


def test_words_and_names_move_no_figure(city, lectures):
    after = with_row(SESSIONS.replace("zh: 活动场次", "zh: 活动的场次").replace("names: [活动,", "names: [聚会, 活动,"))
    assert compare(catalog(), after, YEAR).keys == ()
    assert would_move(after, city.root) == {}


def test_a_unit_of_measure_moves_what_readers_see(city, lectures):
    after = with_row(SESSIONS.replace("units: [场, 次,", "units: [次, 场,"))
    moved = would_move(after, city.root)
    assert set(moved.values()) == {(2, 2), (1, 1)}


def test_an_indicator_added_or_removed_moves_what_has_a_figure(city, lectures):
    more = with_row(SESSIONS.replace("key: activity.sessions", "key: activity.occasions"))
    moved = would_move(more, city.root)
    assert moved[city.root, "activity.occasions"] == (None, 2)
    assert (city["荷塘支部"], "activity.occasions") not in moved
    back = {place: (after, before) for place, (before, after) in moved.items()}
    gone = every_moved(compare(more, catalog(), YEAR), [city.root], YEAR)
    assert {
        (one.node.org, one.key): (one.before and one.before.value, one.after and one.after.value) for one in gone
    } == back


def test_a_tag_more_moves_nothing(city, lectures):
    theme = (FOLDER / "tags/theme.yaml").read_text("utf-8")
    more = with_row(theme + "  - key: by_somebody\n    title: {zh: 有人讲, en: By somebody}\n    names: [有人讲]\n")
    assert "by_somebody" in more.tags
    assert would_move(more, city.root) == {}


def test_figures_by_a_tag_that_would_go_are_told_of_each_unit(city, record):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture", "online"], present=20, expected=25)
    sequencer.run_until_empty()
    theme = (FOLDER / "tags/theme.yaml").read_text("utf-8")
    without = with_row(theme[: theme.index("  - key: online\n")])
    moved = would_move(without, city.root)
    assert moved[city.root, "activity.sessions[online]"] == (1, None)
    assert moved[city["柳溪支部"], "activity.sessions[online]"] == (1, None)
    assert (city["石桥支部"], "activity.sessions[online]") not in moved
    assert {key for _org, key in moved if "[" not in key} == set()


def test_kinds_that_both_catalogs_type_alike_are_read_once(city, lectures):
    after = with_row(TIGHTER)
    assert would_move(after, city.root)
    read_for = {digest for _root, _kinds, digest, _mart in pasts._pasts}
    assert catalog().digest in read_for
    assert after.digest not in read_for


def test_a_kind_of_fact_that_may_come_later_moves_the_shares_of_lateness(city, record):
    day = clock.today() - timedelta(days=100)
    period = Period.of_year(day.year)
    record("activity.held", "柳溪支部", day.isoformat(), tags=["lecture"])
    sequencer.run_until_empty()
    text = (FOLDER / "facts/activity.held.yaml").read_text("utf-8")
    days = catalog().facts["activity.held"].late_after_days
    after = with_row(text.replace(f"late_after_days: {days}\n", "late_after_days: 366\n"))
    keys = {key for _org, key in would_move(after, city.root, period)}
    assert keys
    assert keys <= {key for key, one in catalog().indicators.items() if "late" in one.formula[-1].text}


@pytest.mark.parametrize("seed", [1])
def test_no_other_figure_moves_in_a_random_life(city, seed):
    life = Life(city, Random(seed))
    for _ in range(14):
        life.step()
    process.forget()
    tighter = with_row(TIGHTER.replace("present > 9", "present > 14"))
    assert would_move(tighter, city.root) == counted_one_by_one(tighter, city.root, YEAR)
    assert would_move(tighter, city["东镇"]).items() <= would_move(tighter, city.root).items()


def test_the_command_tells_definitions_then_figures_then_how_many(city, lectures, tmp_path, capsys):
    file = tmp_path / "activity.sessions.yaml"
    file.write_text(TIGHTER, "utf-8")
    assert main([str(file), *DAYS]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "改 indicators/activity.sessions"
    assert "formula.2025-01-01.text: — → count(activity.held, tag(selected) and present > 9)" in said[2]
    assert "动 青禾市委（QH） activity.sessions: 2场 → 1场" in said
    assert said[-1].startswith("定义1处；2025-01-01至2025-12-31会变的数5个，涉及1个指标、5个单位。")


def test_a_long_list_is_cut_and_its_count_is_whole(city, lectures, tmp_path, capsys):
    file = tmp_path / "activity.sessions.yaml"
    file.write_text(TIGHTER, "utf-8")
    main([str(file), *DAYS, "--most", "2"])
    said = capsys.readouterr().out
    assert said.count("动 ") == 2
    assert "还有3个" in said
    assert "会变的数5个" in said


def test_shares_are_told_with_the_decimals_that_pages_show_and_with_all_where_only_these_differ(city, lectures):
    one = next(every_moved(compare(catalog(), with_row(TIGHTER), YEAR), [city.root], YEAR))
    assert one.before is not None
    third = replace(one.before, value=Decimal("33.3333333333"), unit="%", places=1)
    more, hardly = (replace(third, value=Decimal(text)) for text in ("66.6666666667", "33.34"))
    assert both(one._replace(before=third, after=more)) == "33.3% → 66.7%"
    assert both(one._replace(before=third, after=hardly)) == "33.3333333333% → 33.34%"
    assert both(one._replace(before=third, after=None)) == "33.3% → （没有这个指标）"


def test_as_json_lines_everything_is_there(city, lectures, tmp_path, capsys):
    file = tmp_path / "activity.sessions.yaml"
    file.write_text(TIGHTER, "utf-8")
    main([str(file), *DAYS, "--jsonl"])
    change, *figures, whole = map(json.loads, capsys.readouterr().out.splitlines())
    assert (change["definition"], change["how"]) == ("indicators/activity.sessions", "changed")
    assert (whole["figures"], whole["units"], whole["ledger_size"]) == (len(figures), 5, facts.size())
    assert figures[0]["org"] == "QH"
    assert (figures[0]["before"]["value"], figures[0]["after"]["value"]) == (2, 1)


def test_a_plan_writes_nothing(city, lectures, tmp_path, capsys):
    before = facts.size(), facts.waiting(), catalog().digest
    file = tmp_path / "activity.sessions.yaml"
    file.write_text(TIGHTER, "utf-8")
    main([str(file), *DAYS])
    assert (facts.size(), facts.waiting(), catalog().digest) == before
    assert list(tmp_path.rglob("*.yaml")) == [file]


def test_a_bad_catalog_gets_its_sentences_and_a_missing_one_too(city, tmp_path):
    file = tmp_path / "money.spent.yaml"
    file.write_text(SPENT.replace("measure: flow", "measure: flaw"), "utf-8")
    with pytest.raises(Refused, match="measure"):
        main([str(file), *DAYS])
    with pytest.raises(Unusable, match="没有"):
        main([str(tmp_path / "nothing"), *DAYS])
    with pytest.raises(Refused) as refused:
        main([str(file), "--from", "gestern"])
    assert [problem.where for problem in refused.value.problems] == ["--from"]


def test_on_an_empty_ledger_definitions_are_told_and_no_figures(db, tmp_path, capsys):
    file = Path(tmp_path / "activity.sessions.yaml")
    file.write_text(TIGHTER, "utf-8")
    assert main([str(file), *DAYS]) == 0
    said = capsys.readouterr().out
    assert "改 indicators/activity.sessions" in said
    assert "会变的数0个" in said
