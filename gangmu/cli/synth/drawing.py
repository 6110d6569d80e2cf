"""Drawing very many bodies at once: columns of JSON text, never one object a fact."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gangmu.cli.synth.recipes import LATE_REASONS, Choice, Drawn, Number, Person, Tags

Dice = np.random.Generator
Bits = NDArray[np.uint8]  # rows of 16 random bytes: an opaque id each
HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
SECOND_TAG = 1 / 3


def ids(dice: Dice, count: int) -> Bits:
    """So many opaque ids, as bytes."""
    return np.frombuffer(dice.bytes(16 * count), np.uint8).reshape(count, 16)


def written(bits: Bits) -> pa.Array:
    """Ids as they are written: 32 hexadecimal characters."""
    text = np.empty((len(bits), 32), np.uint8)
    text[:, 0::2], text[:, 1::2] = HEX[bits >> 4], HEX[bits & 15]
    ends = pa.py_buffer(np.arange(0, 32 * len(bits) + 1, 32, dtype=np.int32))
    return pa.StringArray.from_buffers(len(bits), ends, pa.py_buffer(text))


def weights(count: int) -> NDArray[np.float64]:
    """Shares of `count` choices, the first the likeliest."""
    falling = 1 / np.arange(1, count + 1)
    return np.asarray(falling / falling.sum())


def bodies(dice: Dice, fields: Mapping[str, Drawn], late: NDArray[np.bool_]) -> pa.Array:
    """One body a fact, as canonical JSON; where `late`, with the reason why it comes late."""
    pieces = {key: _named(key, _drawn(dice, one, len(late))) for key, one in fields.items()}
    reasons = _named("late_reason", _chosen(dice, LATE_REASONS, len(late)))
    nothing = pa.nulls(len(late), pa.string())
    pieces["late_reason"] = pc.if_else(pa.array(late), reasons, nothing)
    inside = pc.binary_join_element_wise(*(pieces[key] for key in sorted(pieces)), ",", null_handling="skip")
    return pc.binary_join_element_wise("{", inside, "}", "")


def _named(key: str, values: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(f'"{key}":', values, "")


def _drawn(dice: Dice, one: Drawn, count: int) -> pa.Array:
    match one:
        case Choice(values):
            return _chosen(dice, values, count)
        case Number(low, high):
            skewed = low + (high - low + 1) * dice.random(count) ** 2
            return pa.array(skewed.astype(np.int64)).cast(pa.string())
        case Person():
            return pc.binary_join_element_wise('"', written(ids(dice, count)), '"', "")
        case Tags(first, second):
            return _chosen_pairs(dice, first, second, count)


def _chosen(dice: Dice, values: Sequence[str], count: int) -> pa.Array:
    return pa.array(values).take(pa.array(dice.choice(len(values), count, p=weights(len(values)))))


def _chosen_pairs(dice: Dice, first: Sequence[str], second: Sequence[str], count: int) -> pa.Array:
    alone = [f'["{one}"]' for one in first]
    pairs = [f'["{one}","{other}"]' for one in first for other in second]
    one = dice.choice(len(first), count, p=weights(len(first)))
    if not second:
        return pa.array(alone).take(pa.array(one))
    other = dice.choice(len(second), count, p=weights(len(second)))
    both = dice.random(count) < SECOND_TAG
    return pa.array([*alone, *pairs]).take(pa.array(np.where(both, len(first) + one * len(second) + other, one)))
