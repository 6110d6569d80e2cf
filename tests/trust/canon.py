"""T12: canonical bytes equal RFC 8785 inside the profile, and nothing outside the profile has any."""

import math
import string
from random import Random
from typing import Any

import rfc8785

from gangmu.kernel.canon import LARGEST, NotCanonical, canonical

OBJECTS = 1_000_000
LETTERS = (
    string.ascii_letters
    + string.digits
    + ' "\\/\b\f\n\r\t\x00\x1f\x7f'
    + "补记录凑次数％，。中文é\u00a0\u2028\uffff😀𠀀"
)
SPOILS = ("float", "large", "key", "surrogate", "unnormal", "type", "long key", "nan")


def run(seed: int, scale: float) -> dict[str, object]:
    """Compare `OBJECTS` × scale random values with the oracle; spoil one in four and see it refused."""
    random, count = Random(seed), round(OBJECTS * scale)
    differ = accepted = spoilt = 0
    for number in range(count):
        value = anything(random, 3)
        differ += canonical(value) != rfc8785.dumps(value)
        if number % 4 == 0:
            spoilt += 1
            accepted += is_accepted(spoil(random, value))
    differ += sum(canonical(value) != expected for value, expected in VECTORS)
    return {
        "compared": count + len(VECTORS),
        "differ": differ,
        "out_of_profile": spoilt,
        "accepted": accepted,
        "ok": not differ and not accepted,
    }


def is_accepted(value: Any) -> bool:
    try:
        canonical(value)
    except NotCanonical:
        return False
    return True


def anything(random: Random, depth: int) -> Any:
    """A random value inside the profile."""
    kind = random.randrange(7 if depth else 5)
    if kind < 2:
        return text(random)
    if kind == 2:
        return random.choice((0, 1, -1, LARGEST, -LARGEST, random.randint(-LARGEST, LARGEST)))
    if kind == 3:
        return random.choice((True, False, None))
    if kind == 4:
        return random.randint(-1000, 1000)
    if kind == 5:
        return [anything(random, depth - 1) for _ in range(random.randrange(4))]
    return {key(random): anything(random, depth - 1) for _ in range(random.randrange(5))}


def text(random: Random) -> str:
    return "".join(random.choices(LETTERS, k=random.randrange(9)))


def key(random: Random) -> str:
    return random.choice(string.ascii_lowercase) + "".join(
        random.choices(string.ascii_lowercase + string.digits + "_", k=random.randrange(6))
    )


def spoil(random: Random, value: Any) -> Any:
    """The value with one thing in it that lies outside the profile."""
    bad: dict[str, Any] = {
        "float": random.random(),
        "large": (LARGEST + random.randint(1, 10**6)) * random.choice((1, -1)),
        "key": {random.choice(("A", "", "1a", "a-b", "名", "_a", "a b")): 1},
        "surrogate": text(random) + "\ud800",
        "unnormal": text(random) + "e\u0301",
        "type": random.choice((b"bytes", {1, 2}, 1j, {1: 2})),
        "long key": {"k" * 33: 1},
        "nan": random.choice((math.nan, math.inf, -0.0)),
    }
    wrong = bad[random.choice(SPOILS)]
    return random.choice(([value, wrong], {"a": value, "b": wrong}, {"a": [[wrong]]}, wrong))


# what RFC 8785 §3.2.2 says of strings and literals, inside our profile
VECTORS: list[tuple[Any, bytes]] = [
    ({"literals": [None, True, False]}, b'{"literals":[null,true,false]}'),
    ({"string": '€$\u000f\nA\'B"\\\\"/'}, '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()),
    ({"b": 1, "a": 2, "aa": 3, "a1": 4, "a_": 5}, b'{"a":2,"a1":4,"a_":5,"aa":3,"b":1}'),
    ("\b\t\n\f\r\x1f\x7f", b'"\\b\\t\\n\\f\\r\\u001f\x7f"'),
    ([], b"[]"),
    ({}, b"{}"),
    (LARGEST, b"9007199254740991"),
]
