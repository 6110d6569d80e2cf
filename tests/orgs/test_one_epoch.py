"""A page reads the state of the graph once; the next page sees what was changed meanwhile."""

from collections.abc import Sequence
from datetime import date

import pytest

from gangmu.ledger import engine
from gangmu.orgs import actions
from gangmu.orgs.queries import epoch, one_epoch, tree
from tests.orgs import cast


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the database past Django's own cursors, as it goes."""
    statements, through = list[str](), engine.straight

    def noting(sql: str, parameters: tuple[object, ...] = ()) -> Sequence[tuple[object, ...]]:
        statements.append(sql)
        return through(sql, parameters)

    monkeypatch.setattr(engine, "straight", noting)
    return statements


def test_within_one_page_the_graph_is_asked_for_once(db: None, asked: list[str]) -> None:
    cast.build()
    asked.clear()
    with one_epoch():
        assert epoch("graph") == epoch("graph") != epoch("grants")
        assert epoch("no such thing") == ""
    assert len(asked) == 1


def test_a_page_that_reads_nothing_of_the_graph_asks_nothing(db: None, asked: list[str]) -> None:
    with one_epoch():
        pass
    assert asked == []


def test_a_change_is_seen_by_the_next_page_and_not_within_one(db: None) -> None:
    city, day = cast.build(), date(2025, 6, 1)
    with one_epoch():
        before = tree(day)
        actions.rename_unit(city["柳溪村"], name="柳溪新村党总支", by=city.clerk, at=day, idem="renamed")
        assert tree(day) is before
    renamed = tree(day).get(city["柳溪村"])
    assert renamed is not None
    assert renamed.name == "柳溪新村党总支"
