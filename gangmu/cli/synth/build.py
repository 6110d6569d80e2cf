"""Founding the tree of a large city through the ledger, and laying its facts beside it."""

from collections.abc import Callable, Iterable
from itertools import islice

import pyarrow as pa

from gangmu.cli.serve import ensure_tables
from gangmu.cli.synth.facts import City, segments
from gangmu.cli.synth.forest import CLERK, KEEPER, READER, planned
from gangmu.indicators import mart
from gangmu.kernel import clock
from gangmu.ledger import engine, sequencer
from gangmu.orgs import actions as orgs
from gangmu.orgs.entries import NewUnit
from gangmu.orgs.scope import actor
from gangmu.people.actions import set_password

AT_ONCE = 25_000
PASSWORD = "qinghe-synth-2025"  # noqa: S105 - printed by the command; it opens nothing but an invented city

Say = Callable[[str], None]


def build(seed: int, units: int, facts: int, say: Say) -> str:
    """Found `units` units and lay `facts` facts; the password of the accounts that may look at them."""
    tree = planned(seed, units)
    ensure_tables()
    _found(tree, say)
    mart.lay(mart.folder(), _told(segments(City.of(seed, tree), facts, mart.LARGEST), facts, say), -facts)
    return PASSWORD


def _found(tree: list[NewUnit], say: Say) -> None:
    today = clock.today()
    keeper, top = orgs.begin(tree[0], KEEPER, at=today)
    by = actor(keeper, today)
    for login, role in ((READER, "leader"), (CLERK, "party_clerk")):
        account = orgs.open_account(login, by=by, at=today, idem=f"synth/open/{login}")
        orgs.grant(account, role, top, by=by, at=today, idem=f"synth/grant/{login}")
        set_password(account, PASSWORD)
    clerk = actor(account, today)
    rest, done = iter(tree[1:]), 1
    while some := list(islice(rest, AT_ONCE)):
        orgs.load_units(some, by=clerk)
        done += len(some)
        say(f"单位 units {done}/{len(tree)}")
    sequencer.run_until_empty()
    engine.take_stock()


def _told(tables: Iterable[pa.Table], facts: int, say: Say) -> Iterable[pa.Table]:
    done = 0
    for table in tables:
        yield table
        done += table.num_rows
        say(f"事实 facts {done}/{facts}")
