"""On which day enough was done: running sums over deeds that stand by bearer and in the order they happened. Pure."""

from typing import NamedTuple

import numpy as np

from gangmu.indicators.postings import Column

NEVER = np.int64(2**31 - 1)


class Done(NamedTuple):
    """Deeds by the group that they count for, ascending, and within it in the order they happened.

    `like`: deeds of a group that are alike in it count once; −1 counts never. None: each counts by itself.
    """

    group: Column
    day: Column
    amount: Column
    late: Column
    like: Column | None = None


class Reached(NamedTuple):
    """The day on which each reached what it owes (NEVER: not yet), and how many of the records up to it were late."""

    on: Column
    late: Column


class Running(NamedTuple):
    """Running sums over deeds, and where the deeds of each group begin and end."""

    groups: Column
    starts: Column
    ends: Column
    worth: Column
    late: Column


def running(done: Done) -> Running:
    """The running sums of what deeds are worth, the alike counted once."""
    worth = _worth(done)
    groups, starts = np.unique(done.group, return_index=True)
    ends = np.append(starts[1:], len(done.group))
    return Running(groups, starts, ends, _sums(worth), _sums(done.late.astype(np.int64)))


def _sums(values: Column) -> Column:
    """The sum of all before each place, and of all."""
    return np.concatenate(([0], np.cumsum(values)))


def _worth(done: Done) -> Column:
    if done.like is None:
        return done.amount
    _, alike = np.unique(done.like, return_inverse=True)
    _, first = np.unique(done.group * (alike.max(initial=0) + 1) + alike, return_index=True)
    worth = np.zeros(len(done.group), np.int64)
    worth[first] = done.amount[first]
    worth[done.like < 0] = 0
    return worth


def reached(done: Done, group: Column, need: Column) -> Reached:
    """When each of those who owe `need` (millionths, 0: nothing) reached it by the deeds of their `group`."""
    on, late = np.full(len(group), NEVER, np.int64), np.zeros(len(group), np.int64)
    if not len(done.group):
        return Reached(on, late)
    sums = running(done)
    at = np.minimum(np.searchsorted(sums.groups, group), len(sums.groups) - 1)
    start, end = sums.starts[at], sums.ends[at]
    enough = np.searchsorted(sums.worth, sums.worth[start] + need, side="left") - 1
    met = np.flatnonzero((sums.groups[at] == group) & (need > 0) & (enough >= start) & (enough < end))
    on[met] = done.day[enough[met]]
    late[met] = sums.late[enough[met] + 1] - sums.late[start[met]]
    return Reached(on, late)
