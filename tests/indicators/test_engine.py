"""The engine keeps what it computed only as long as it holds."""

from dataclasses import replace
from datetime import date

from gangmu.catalog.expressions.combine import Window
from gangmu.catalog.expressions.parse import parse
from gangmu.indicators import engine as engines
from gangmu.indicators import postings
from gangmu.indicators import store as stores
from gangmu.indicators.engine import Engine, Place, outcome, wanted
from gangmu.indicators.forest import AT_MOST, Standing
from gangmu.indicators.store import Store
from gangmu.kernel.periods import Period
from tests.indicators.spec import COLUMNS, UNITS, fact, incoming

YEAR = Window(Period.of_year(2025))
STANDING = [Standing(unit.org, unit.path, unit.kind, unit.domain, unit.level, unit.alive) for unit in UNITS]


def value(engine: Engine, formula: str, tree: int, place: str = "c"):
    measure = parse(formula)
    readings = engine.ask(wanted(measure, YEAR, len(place)), Place(tree, place, place + "~"))
    return outcome(measure, YEAR, place, len(place), readings).value


def test_the_same_fact_handed_over_twice_counts_once():
    store = Store(COLUMNS)
    table = incoming([fact("deed.done", "2025-01-01"), fact("deed.done", "2025-01-02")])
    assert (store.add(table), store.add(table)) == (2, 0)


def test_the_facts_of_a_process_take_no_more_memory_than_they_may_and_each_store_spills_into_a_folder_of_its_own():
    limits = [Store(COLUMNS).rows("SELECT current_setting('memory_limit'), current_setting('temp_directory')")[0]
              for _ in range(2)]  # fmt: skip
    assert {limit for limit, _ in limits} == {"953.6 MiB"}
    assert len({folder for _, folder in limits}) == 2


def test_a_fact_taken_back_before_it_arrived_never_counts():
    engine = Engine(Store(COLUMNS))
    table = incoming([replace(fact("deed.done", "2025-01-01"), id=one) for one in "ab"], reversed_ones=[1])
    engine.store.add(table.slice(2, 1).set_column(0, "seq", [[None]]))
    tree = engine.plant("day", STANDING)
    assert value(engine, "count(deed.done)", tree) is None
    engine.store.add(table.slice(0, 2))
    assert value(engine, "count(deed.done)", tree) == 1
    assert engine.store.backs == {"deed.done": 1}


def test_a_fact_counts_once_before_and_after_it_gets_its_number():
    store = Store(COLUMNS)
    table = incoming([fact("deed.done", "2025-01-01")])
    waiting = table.set_column(0, "seq", [[None]])
    assert (store.add(waiting), store.add(waiting), store.add(table), store.add(table)) == (1, 0, 0, 0)


def test_facts_that_were_pressed_together_count_as_before_and_those_that_come_after_too():
    engine = Engine(Store(COLUMNS))
    engine.store.add(incoming([fact("deed.done", "2025-01-01", n=n) for n in range(12)]))
    tree = engine.plant("day", STANDING)
    before = value(engine, "sum(deed.done.n)", tree)
    engine.store.press()
    assert value(engine, "sum(deed.done.n)", tree) == before == 66
    engine.store.add(incoming([fact("deed.done", "2025-01-02", n=4)], first=12))
    assert value(engine, "sum(deed.done.n)", tree) == 70


def test_facts_are_not_pressed_together_while_another_question_is_being_answered():
    store = Store(COLUMNS)
    store.add(incoming([fact("deed.done", "2025-01-01")]))
    asking = store.cursor()
    asking.execute("BEGIN")
    asking.execute("UPDATE fact SET late_days = 9")
    store.press()
    asking.execute("ROLLBACK")
    assert store.rows("SELECT late_days FROM fact") != [(9,)]


def test_very_many_facts_at_once_are_pressed_together_as_they_come(monkeypatch):
    pressed = []
    monkeypatch.setattr(stores, "PRESSED", 5)
    monkeypatch.setattr(Store, "press", lambda store: pressed.append(store.last))
    store = Store(COLUMNS)
    store.add(incoming([fact("deed.done", "2025-01-01") for _ in range(4)]))
    assert pressed == []
    store.add(incoming([fact("deed.done", "2025-01-01") for _ in range(5)], first=4))
    assert pressed == [9]
    store.ready("deed.done")
    assert pressed == [9, 9]


def test_facts_are_told_by_their_number_and_only_those_below_0_with_all_they_say():
    store = Store(COLUMNS)
    store.size = -1
    store.add(incoming([fact("deed.done", "2025-01-01", "v1", n=7), fact("deed.done", "2025-01-02", "v1")], first=-1))
    told = store.told([1, 2])
    assert [(one.kind, one.org) for one in told.values()] == [("deed.done", "v1")] * 2
    laid = told[1].laid
    assert laid is not None
    assert (laid.seq, laid.body["n"], laid.reversed_by) == (-1, 7, None)
    assert told[2].laid is None
    assert store.told([]) == {}


def test_what_is_counted_of_one_kind_in_several_ways_keeps_equal_columns_once(monkeypatch):
    monkeypatch.setattr(postings, "WORTH_SHARING", 1)
    engine = Engine(Store(COLUMNS))
    engine.store.add(incoming([fact("deed.done", f"2025-01-0{n + 1}", n=n) for n in range(8)]))
    tree = engine.plant("day", STANDING)
    assert [value(engine, f"{formula}", tree) for formula in ("count(deed.done)", "sum(deed.done.n)")] == [8, 28]
    one, other = (pieces[0] for pieces in engine.leaves.values())
    assert all(one.columns[name] is other.columns[name] for name in ("no", "day"))
    assert one.columns["amount"] is not other.columns["amount"]
    counted, summed = (kept.order.pieces[0] for kept in engine.ordered.values())
    assert counted.rows.day is summed.rows.day
    assert counted.begun.rank is summed.begun.rank
    assert not counted.rows.day.flags.writeable


def test_a_condition_beside_a_tag_is_found_with_the_query_of_the_condition_alone():
    engine = Engine(Store(COLUMNS))
    engine.store.add(incoming([fact("deed.done", "2025-01-01", n=2)]))
    tree = engine.plant("day", STANDING)
    value(engine, "count(deed.done, n >= 1)", tree)
    value(engine, 'count(deed.done, n >= 1 and tag("t1"))', tree)
    assert len(engine.compiled) == 1


def test_postings_that_were_dropped_are_made_anew(monkeypatch):
    monkeypatch.setattr(engines, "MOST_POSTINGS", 40)
    engine = Engine(Store(COLUMNS))
    engine.store.add(incoming([fact("deed.done", "2025-01-01", n=n) for n in range(12)]))
    tree = engine.plant("day", STANDING)
    first = [value(engine, f"count(deed.done, n >= {n})", tree) for n in range(12)]
    assert first == [value(engine, f"count(deed.done, n >= {n})", tree) for n in range(12)] == list(range(12, 0, -1))
    assert sum(len(one) for pieces in engine.leaves.values() for one in pieces) <= 40


def test_a_unit_is_counted_by_the_tree_it_is_asked_in():
    engine = Engine(Store(COLUMNS))
    engine.store.add(incoming([fact("deed.done", "2025-01-01", "v1")]))
    moved = [one._replace(path="d" + one.path[2:], kind="hamlet") if one.org == "v1" else one for one in STANDING]
    before, after = engine.plant("before", STANDING), engine.plant("after", moved)
    assert [value(engine, "count(deed.done)", before, place) for place in ("c", "d")] == [1, None]
    assert [value(engine, "count(deed.done)", after, place) for place in ("c", "d")] == [None, 1]
    assert value(engine, 'count(deed.done, unit.kind == "hamlet")', after, "d") == 1
    assert value(engine, 'count(deed.done, unit.kind == "hamlet")', before) is None
    assert value(engine, 'units(unit.kind == "hamlet")', after, "d") == 1


def test_many_trees_do_not_pile_up():
    engine = Engine(Store(COLUMNS))
    for number in range(AT_MOST + 5):
        engine.plant(f"day {number}", STANDING)
    assert engine.store.rows("SELECT count(DISTINCT tree) FROM tree") == [(AT_MOST,)]


def test_questions_that_differ_in_tags_alone_share_one_query():
    engine = Engine(Store(COLUMNS))
    opened = [fact("case.opened", "2025-01-01", about=str(n), tags=[f"tag{n % 3}"]) for n in range(9)]
    engine.store.add(incoming(opened))
    tree = engine.plant("day", STANDING)
    assert [value(engine, f'stock(case.opened, case.closed, tag("tag{n}"))', tree) for n in range(3)] == [3, 3, 3]
    assert len(engine.compiled) == 1


def test_a_fact_taken_back_after_it_was_counted_counts_no_more():
    engine = Engine(Store(COLUMNS))
    deeds = [replace(fact("deed.done", "2025-01-01"), id=one) for one in "ab"]
    engine.store.add(incoming(deeds))
    tree = engine.plant("day", STANDING)
    assert value(engine, "count(deed.done)", tree) == 2
    assert engine.store.moments() is engine.store.moments()
    engine.store.add(incoming(deeds, reversed_ones=[0]))
    assert value(engine, "count(deed.done)", tree) == 1


def test_orders_that_were_kept_are_forgotten_with_the_next_fact_and_the_next_reversal():
    engine = Engine(Store(COLUMNS))
    facts = [replace(fact("deed.done", "2025-01-01"), id=name) for name in ("one", "two")]
    engine.store.add(incoming(facts[:1]))
    tree = engine.plant("day", STANDING)
    assert (value(engine, "count(deed.done)", tree), len(engine.ordered)) == (1, 1)
    engine.store.add(incoming(facts))
    assert value(engine, "count(deed.done)", tree) == 2
    engine.store.add(incoming(facts, [0]))
    assert (value(engine, "count(deed.done)", tree), len(engine.ordered)) == (1, 1)


def test_orders_that_are_kept_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(engines, "MOST_ORDERED", 3)
    engine = Engine(Store(COLUMNS))
    engine.store.add(incoming([fact("deed.done", "2025-01-01", n=n) for n in range(6)]))
    tree = engine.plant("day", STANDING)
    for _ in range(2):
        assert [value(engine, f"count(deed.done, n >= {n})", tree) for n in range(6)] == [6, 5, 4, 3, 2, 1]
        assert len(engine.ordered) <= 3


def test_the_newest_day_is_of_what_stands_at_the_place_up_to_the_day_asked():
    engine = Engine(Store(COLUMNS))
    days = [("2024-05-01", "v1"), ("2025-02-01", "v1"), ("2025-03-01", "v2"), ("2026-01-01", "v1")]
    engine.store.add(incoming([replace(fact("deed.done", day, org), id=day) for day, org in days], [1]))
    tree = engine.plant("day", STANDING)
    count = parse("count(deed.done)")

    def newest(path: str, until: date) -> date | None:
        return engine.newest(count, Place(tree, path, path + "~"), until)

    assert newest("ctx", date(2025, 12, 31)) == date(2024, 5, 1)  # the one of February was taken back
    assert newest("c", date(2025, 12, 31)) == date(2025, 3, 1)
    assert newest("c", date(2026, 1, 1)) == date(2026, 1, 1)
    assert newest("ctz", date(2026, 1, 1)) is None
    assert newest("c", date(2024, 4, 30)) is None
