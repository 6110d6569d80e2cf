"""Replaying the log into every projection, and telling where a read table has drifted from it."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from django.db import transaction

from gangmu.ledger import envelope, index, projections, stored
from gangmu.ledger.facts import Fact

AT_ONCE = 2000


class Rebuilt(NamedTuple):
    """One projection's digest as it stood and as the log gives it; `drift` when they differ."""

    name: str
    before: str
    after: str

    @property
    def drift(self) -> bool:
        return self.before != self.after

    def __str__(self) -> str:
        state = f"DRIFT: the log gives {self.after}" if self.drift else "ok"
        return f"{self.name} {self.before} {state}"


def rebuild(check: bool) -> list[Rebuilt]:
    """Empty every projection and fold the whole log anew; with `check` everything is put back as it was."""
    every = (*index.OWN, *projections.installed())
    with transaction.atomic():
        before = {projection.name: projection.digest() for projection in every}
        for projection in every:
            projection.empty()
        for facts in _in_tree_order():
            projections.fold(every, facts)
        after = {projection.name: projection.digest() for projection in every}
        if check:
            transaction.set_rollback(True)
    return [Rebuilt(name, before[name], after[name]) for name in before]


def _in_tree_order() -> Iterator[list[Fact]]:
    """Every fact, numbered ones first, those still waiting after them, some thousands at once."""
    numbered = ((leaf, entry, seq) for seq, leaf, entry in stored.entries())
    waiting = ((leaf, entry, None) for leaf, entry in stored.waiting())
    facts = (envelope.fact_of(envelope.decode(entry), leaf, seq=seq) for leaf, entry, seq in chain(numbered, waiting))
    while some := list(islice(facts, AT_ONCE)):
        yield some
