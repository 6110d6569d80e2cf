"""A page reads the state of the graph once; the next page sees what was changed meanwhile."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gangmu.orgs import actions
from gangmu.orgs.queries import epoch, one_epoch, tree
from tests.orgs import cast


def test_within_one_page_the_graph_is_asked_for_once(db: None) -> None:
    cast.build()
    with CaptureQueriesContext(connection) as asked, one_epoch():
        assert epoch("graph") == epoch("graph") != epoch("grants")
        assert epoch("no such thing") == ""
    assert len(asked) == 1


def test_a_page_that_reads_nothing_of_the_graph_asks_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as asked, one_epoch():
        pass
    assert len(asked) == 0


def test_a_change_is_seen_by_the_next_page_and_not_within_one(db: None) -> None:
    city, day = cast.build(), date(2025, 6, 1)
    with one_epoch():
        before = tree(day)
        actions.rename_unit(city["柳溪村"], name="柳溪新村党总支", by=city.clerk, at=day, idem="renamed")
        assert tree(day) is before
    assert tree(day).get(city["柳溪村"]).name == "柳溪新村党总支"
