"""Growth from a city to one ten times as large, in numbers and in words."""

from collections.abc import Mapping
from math import log10

WORDS = (
    (0.15, "does not grow"),
    (0.6, "grows far more slowly than the record"),
    (0.9, "grows more slowly than the record"),
    (1.1, "grows as the record does"),
    (99.0, "grows faster than the record"),
)


def growth(small: Mapping[str, float], large: Mapping[str, float]) -> dict[str, object]:
    """Of each measure told of both: the exponent (1: ten times as much for ten times the facts) in words."""
    found: dict[str, object] = {}
    for name, value in large.items():
        if small.get(name) and value:
            exponent = log10(value / small[name])
            word = next(word for most, word in WORDS if exponent <= most)
            found[name] = f"{small[name]:g} → {value:g}: {word} (exponent {exponent:.2f})"
    return found
