"""Where what persons owe may be told: decided once for everybody who owes a duty for a period, over the whole tree.

A unit with everything beneath it has parts: its own persons, and each unit right under it with everything beneath that.
What is told of a whole less what is told of its other parts is known of the part left out; so nothing is told of a part
alone unless two parts at least, of FEWEST persons together, stay untold, and nothing at all beneath a part untold.
The same is decided wherever it is asked, and sums over duties and periods hold only what is told of each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from gangmu.duties.kept import FEWEST
from gangmu.indicators.postings import Column


@dataclass(frozen=True, slots=True)
class Shape:
    """A tree as ranks: the rank behind the last unit beneath each, the parent of each (−1: none), its depth."""

    ends: Column
    parents: Column
    levels: Column

    @classmethod
    def of(cls, ends: Column, parents: Column) -> "Shape":
        """Ranks stand before those beneath them."""
        levels = np.zeros(len(ends), np.int64)
        for at, parent in enumerate(parents.tolist()):
            levels[at] = levels[parent] + 1 if parent >= 0 else 0
        return cls(ends, parents, levels)

    def beneath(self, own: Column) -> Column:
        """For each unit the sum of what stands at it and beneath it."""
        sums = np.concatenate(([0], np.cumsum(own)))
        return np.asarray(sums[self.ends] - sums[:-1])

    def common(self, one: int, other: int) -> int:
        """The lowest unit that has both beneath it (or is it); −1 where they have none in common."""
        low = min(one, other)
        while low >= 0 and not low <= max(one, other) < self.ends[low]:
            low = int(self.parents[low])
        return low


@dataclass(slots=True)
class Told:
    """Of which parts is told what these persons owe: `rank` and `who` name the unit and the person of each bearer."""

    shape: Shape
    own: Column
    whole: Column
    few: Column
    decided: dict[int, tuple[bool, frozenset[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, shape: Shape, rank: Column, who: Column) -> "Told":
        """Persons are counted once in a unit, in whichever posts and memberships they stand."""
        once = np.unique(np.stack((who, rank)), axis=1) if len(rank) else np.zeros((2, 0), np.int64)
        own = np.bincount(once[1], minlength=len(shape.ends))
        several = np.flatnonzero(once[0][1:] == once[0][:-1])
        again = np.zeros(len(shape.ends), np.int64)  # somebody counted twice from here on upwards
        for at in several.tolist():
            if (top := shape.common(int(once[1][at]), int(once[1][at + 1]))) >= 0:
                again[top] += 1
        whole = shape.beneath(own - again)
        return cls(shape, own, whole, _few(shape, own, whole))

    def of_whole(self, rank: int) -> bool:
        """Whether the unit with everything beneath it is told of."""
        return self._decide(rank)[0]

    def of_own(self, rank: int) -> bool:
        """Whether the unit's own persons are told of apart from those beneath."""
        told, untold = self._decide(rank)
        return told and rank not in untold

    def _decide(self, rank: int) -> tuple[bool, frozenset[int]]:
        """Whether the unit is told of, and which of its parts are not; the unit itself among them is its own part."""
        if rank not in self.decided:
            parent = int(self.shape.parents[rank])
            if parent < 0:
                told = not self.few[rank]
            else:
                above, untold = self._decide(parent)
                told = above and rank not in untold
            self.decided[rank] = told, self._untold(rank) if told else frozenset()
        return self.decided[rank]

    def _untold(self, rank: int) -> frozenset[int]:
        """The parts of a unit told of that are withheld: the few, and the next smallest until they hide each other."""
        persons = {part: count for part, count in self._parts(rank) if count}
        order = sorted(persons, key=lambda part: (not self._is_few(part, rank), persons[part], part))
        hidden = sum(self._is_few(part, rank) for part in order)
        while 0 < hidden < len(order) and not _hide_each_other([persons[part] for part in order[:hidden]]):
            hidden += 1
        return frozenset(order[:hidden])

    def _is_few(self, part: int, rank: int) -> bool:
        return bool(self.own[part] < FEWEST if part == rank else self.few[part])

    def _parts(self, rank: int) -> Iterator[tuple[int, int]]:
        yield rank, int(self.own[rank])
        child = rank + 1
        while child < self.shape.ends[rank]:
            yield child, int(self.whole[child])
            child = int(self.shape.ends[child])


def _hide_each_other(persons: Sequence[int]) -> bool:
    """Whether their sum says nothing of any of them: two at least, FEWEST together, and not one person each."""
    return len(persons) > 1 and sum(persons) >= max(FEWEST, len(persons) + 1)


def _few(shape: Shape, own: Column, whole: Column) -> Column:
    """Where too few are to be told of; also where each part is one person, since the sum would say so."""
    count = len(shape.ends)
    counted = (whole > 0) & (shape.parents >= 0)
    parts = np.bincount(shape.parents[counted], minlength=count)[:count] + (own > 0)
    few = ((whole > 0) & (whole < FEWEST)) | ((parts > 1) & (whole == parts))
    for level in range(int(shape.levels.max(initial=0)), 0, -1):
        at = np.flatnonzero(counted & (shape.levels == level))
        parents = shape.parents[at]
        alone = (parts[parents] == 1) & few[at]  # the only part is the whole
        few[parents[alone]] = True
    return np.asarray(few)
