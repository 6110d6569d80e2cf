"""Read tables as folds over facts: updated in the transaction that records them, replayed by `gangmu rebuild`.

A fold must leave the same rows whatever the order its facts arrive in (the tree's order and the order of commits
differ). The usual way: gather the things the facts are about, and write each anew from `queries.history(about)`,
which already shows the facts being folded and what has been reversed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gangmu.ledger.facts import REVERSE, Fact


@dataclass(frozen=True, slots=True)
class Projection:
    """A read table (or a few) derived from facts.

    `kinds` are the kinds folded (None: every kind). A reversal is handed to the projections of the kind it reverses,
    as the Fact of kind "reverse" whose ref "reverses" names the fact taken back. `empty` clears the tables, `digest`
    sums up their content (see `digest_of`).
    """

    name: str
    kinds: frozenset[str] | None
    fold: Callable[[Sequence[Fact]], None]
    empty: Callable[[], None]
    digest: Callable[[], str]


_installed: tuple[Projection, ...] = ()


def install(projections: Iterable[Projection]) -> None:
    """Say which projections there are: called once, by the wiring. Raises ValueError when two share a name."""
    global _installed
    projections = tuple(projections)
    names = [projection.name for projection in projections]
    if len(set(names)) != len(names):
        raise ValueError(f"two projections share a name: {', '.join(sorted(names))}")
    _installed = projections
    folded.cache_clear()


def installed() -> tuple[Projection, ...]:
    return _installed


def fold(projections: Iterable[Projection], facts: Sequence[Fact]) -> None:
    """Hand `facts` to every projection that asks for their kinds."""
    present = set(map(kind_of, facts))
    for projection in projections:
        kinds = projection.kinds
        if present and (kinds is None or not present.isdisjoint(kinds)):
            projection.fold(facts if kinds is None else [fact for fact in facts if kind_of(fact) in kinds])


def asks_for(projections: Iterable[Projection], kind: str) -> bool:
    """Whether any of the projections folds facts of this kind; a reversal may concern all of them."""
    return kind == REVERSE or any(one.kinds is None or kind in one.kinds for one in projections)


@lru_cache(maxsize=4096)
def folded(kind: str) -> bool:
    """Whether any of the installed projections folds facts of this kind."""
    return asks_for(_installed, kind)


def kind_of(fact: Fact) -> str:
    """The kind a fact concerns: its own, or for a reversal the kind it takes back."""
    return str(fact.body["reversed_kind"]) if fact.kind == REVERSE else fact.kind


def digest_of(rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 over rows (in an order the caller fixes), hexadecimal. Bytes count by their hexadecimal form."""
    total = hashlib.sha256()
    for row in rows:
        values = [value.hex() if isinstance(value, bytes) else value for value in row]
        total.update(json.dumps(values, ensure_ascii=False, default=str).encode() + b"\n")
    return total.hexdigest()
