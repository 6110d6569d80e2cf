"""The duties of every unit for a year, as blocks kept in this process and made anew where something new counts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from gangmu.catalog.duties.states import Waiver
from gangmu.catalog.duties.terms import CompiledDuty
from gangmu.catalog.expressions import nodes
from gangmu.duties.at_size.blocks import Asking, Block, blocks, wanted_by
from gangmu.duties.at_size.deeds import deeds_of
from gangmu.duties.at_size.entry import Muster, muster
from gangmu.duties.at_size.posts import Posts
from gangmu.duties.at_size.roll import Roll
from gangmu.duties.granted import granted
from gangmu.duties.granted_now import Grants
from gangmu.duties.withheld import Told
from gangmu.indicators.engine import Engine
from gangmu.indicators.postings import Postings
from gangmu.indicators.process import Reach, reach
from gangmu.indicators.rollup import NOW
from gangmu.indicators.view import place_of
from gangmu.kernel.periods import Period
from gangmu.ledger.facts import Fact
from gangmu.orgs.queries import Tree, tree

# Facts upon which other people owe, or owe otherwise.
ROLL_KINDS = ("holding.started", "holding.ended", "post.created", "post.closed", "membership.started",
              "membership.stage_changed", "membership.ended")  # fmt: skip
MOST_TOLD = 20_000  # so many blocks, with of which parts of the tree each is told
MOST_WARMED = 20_000  # units: what those of a larger tree owe takes minutes to find, while pages are asked for already
MOST_DAYS = 3  # so many days' rolls are kept at once
Blocks = tuple[Block, ...]
Mark = tuple[object, ...]


class Found(NamedTuple):
    """Blocks, how many facts there were when they were last asked for, and which of these they were found from."""

    as_of: Mark
    mark: Mark
    found: Blocks


@dataclass(slots=True)
class Kept:
    """The rolls of a day, and by roll, duty and year the blocks found, with what they were found from."""

    muster: Muster
    tree: int
    blocks: dict[tuple[str, str, int], Found] = field(default_factory=dict)
    told: dict[tuple[int, ...], tuple[Blocks, Told]] = field(default_factory=dict)
    alike: dict[tuple[str, bytes], Told] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What this process knows of an engine's duties; another engine begins with none."""

    engine: Engine
    posts: Posts
    grants: Grants
    days: dict[Mark, Kept] = field(default_factory=dict)


_memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class EveryUnit:
    """All duties of all units on the ground of a day's tree."""

    known: Reach
    memory: Memory
    kept: Kept
    waivers: tuple[Waiver, ...]

    @property
    def rolls(self) -> tuple[Roll, ...]:
        return self.kept.muster.rolls

    def blocks(self, roll: Roll, year: int, duty: str | None = None) -> Iterator[Block]:
        """The obligations of a roll in a year, of one duty or of all."""
        for key, one in self.known.catalog.duties.items():
            if duty in (None, key) and any(terms.row.owed_by.bearer == roll.kind for terms in one.terms):
                yield from self._of(roll, one, year)

    def told(self, roll: Roll, together: Sequence[Block]) -> Told:
        """Of which parts of the tree is told what these blocks ask of a roll: by whoever owes any of them."""
        name = tuple(map(id, together))
        if name not in self.kept.told or any(
            one is not other for one, other in zip(self.kept.told[name][0], together, strict=True)
        ):
            if len(self.kept.told) >= MOST_TOLD:
                self.kept.told.clear()
            self.kept.told[name] = tuple(together), self._decided(roll, together)
        return self.kept.told[name][1]

    def _decided(self, roll: Roll, together: Sequence[Block]) -> Told:
        """Blocks of which the same bearers owe are told of alike, and decided once."""
        bearers = np.unique(np.concatenate([block.bearer[block.need > 0] for block in together]))
        name = roll.kind, blake2b(bearers.tobytes(), digest_size=16).digest()
        if name not in self.kept.alike:
            self.kept.alike[name] = Told.of(self.kept.muster.shape, roll.rank[bearers], roll.who[bearers])
        return self.kept.alike[name]

    def _of(self, roll: Roll, duty: CompiledDuty, year: int) -> Blocks:
        name, store = (roll.kind, duty.duty.key, year), self.memory.engine.store
        waived = tuple(one for one in self.waivers if one.duty == duty.duty.key)
        as_of: Mark = (store.last, store.taken_back, waived)
        kept = self.kept.blocks.get(name)
        if kept is None or kept.as_of != as_of:
            mark: Mark = (self._mark(duty), waived)
            same = kept.found if kept and kept.mark == mark else None
            kept = Found(as_of, mark, same or tuple(blocks(duty, self._asking(roll), Period.of_year(year))))
            self.kept.blocks[name] = kept
        return kept.found

    def _asking(self, roll: Roll) -> Asking:
        read = partial(deeds_of, self.memory.engine, self.kept.tree, known=NOW, posts=self.memory.posts.of)
        return Asking(roll, self.kept.muster.ground, self.known.catalog.calendar, read, self._waived(roll))

    def _waived(self, roll: Roll) -> dict[tuple[str, date], list[int]]:
        wanted = {waiver.bearer for waiver in self.waivers}
        place = {one: at for at, one in enumerate(roll.ids) if one in wanted}
        found: dict[tuple[str, date], list[int]] = defaultdict(list)
        for waiver in self.waivers:
            if waiver.bearer in place:
                found[waiver.duty, waiver.period_start].append(place[waiver.bearer])
        return found

    def _mark(self, duty: CompiledDuty) -> Mark:
        """What the facts of a duty are found from: it changes when one comes or is taken back that may count."""
        found: list[object] = []
        for terms in duty.terms:
            for one in (wanted_by(terms).one, *([terms.upon] if terms.upon else [])):
                pieces = self.memory.engine.posted(nodes.Count(one.kind, one.where), self.kept.tree, NOW)
                found.append((one.kind, self.memory.engine.store.backs.get(one.kind, 0), *map(_named, pieces)))
        return tuple(found)


def _named(piece: Postings) -> tuple[int, int]:
    """How many postings, and the newest of them: they only ever grow."""
    numbers = piece.columns["no"]
    return len(numbers), int(numbers.max()) if len(numbers) else 0


def every_unit(units: Tree, on: date) -> EveryUnit:
    """The duties of every unit of the tree `units`, by those who hold posts and memberships on the day `on`."""
    known = reach()
    memory = _memory_of(known.engine)
    grants = granted(memory.grants.standing(), on)
    root = units.nodes[0]
    number = int(place_of(known.engine, units, root).tree)
    mark = (
        units.token,
        units.day,
        on,
        _roll_mark(known.engine),
        known.catalog.digest,
        tuple(sorted((duty, tuple(sorted(those))) for duty, those in grants.asked.items())),
    )
    if mark not in memory.days:
        while len(memory.days) >= MOST_DAYS:
            del memory.days[next(iter(memory.days))]
        memory.days[mark] = Kept(muster(units, on, known.catalog, grants.asked), number)
    return EveryUnit(known, memory, memory.days[mark], grants.waivers)


def standing_grants() -> tuple[Fact, ...]:
    """All waivers and exemptions of all units that were not taken back, as they were recorded."""
    return _memory_of(reach().engine).grants.standing()


def warm(on: date) -> None:
    """Find what every unit owes in the year of the day before anybody asks: for the start of a server.

    Of a tree too large for that it is found when a page of it is asked for.
    """
    units = tree(on)
    if len(units.nodes) > MOST_WARMED:
        return
    known = every_unit(units, on)
    for roll in known.rolls:
        for _block in known.blocks(roll, on.year):
            pass


def _memory_of(engine: Engine) -> Memory:
    global _memory
    if _memory is None or _memory.engine is not engine:
        _memory = Memory(engine, Posts(engine), Grants(engine))
    return _memory


def _roll_mark(engine: Engine) -> Mark:
    store = engine.store
    store.settle()
    return tuple((store.newest.get(kind, 0), store.backs.get(kind, 0)) for kind in ROLL_KINDS)
