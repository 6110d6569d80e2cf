"""Canonical bytes: one value, one byte string; what lies outside the profile is named with its place."""

import json
import unicodedata
from enum import IntEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.kernel.canon import LARGEST, NotCanonical, canonical, digest

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=("Cs",))).map(lambda text: unicodedata.normalize("NFC", text))
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ({"a10": 1, "a2": 1, "a_": 1}, '{"a10":1,"a2":1,"a_":1}'),
        ([True, False, None, 0, -1], "[true,false,null,0,-1]"),
        ("党\t建\n\x1f\x7f", '"党\\t建\\n\\u001f\x7f"'),
        ('"\\/', '"\\"\\\\/"'),
        ("€\u2028𠮷", '"€\u2028𠮷"'),
        ((1, (2,)), "[1,[2]]"),
        ({}, "{}"),
    ],
)
def test_the_bytes_are_those_of_rfc_8785(value: Any, text: str) -> None:
    assert canonical(value) == text.encode()


@pytest.mark.parametrize(
    ("value", "where", "says"),
    [
        ({"a": 1.5}, "$.a", "float has no canonical form"),
        ({"a": [0, {"b": 1.0}]}, "$.a[1].b", "float has no canonical form"),
        (2**53, "$", "outside ±"),
        ([-(2**53)], "$[0]", "outside ±"),
        ({"A": 1}, "$", "key 'A'"),
        ({"": 1}, "$", "key ''"),
        ({"1a": 1}, "$", "key '1a'"),
        ({"a-b": 1}, "$", "key 'a-b'"),
        ({"a" * 33: 1}, "$", "of at most 32 characters"),
        ({"a\n": 1}, "$", "is not lower_snake_case"),
        ({"党": 1}, "$", "is not lower_snake_case"),
        ({1: 1}, "$", "key 1"),
        ({"a": "e\u0301"}, "$.a", "not in Unicode form NFC"),
        (["\ud800"], "$[0]", "lone surrogate"),
        ({"a": b"x"}, "$.a", "bytes has no canonical form"),
        ({"a": {1}}, "$.a", "set has no canonical form"),
        (MappingProxyType({}), "$", "mappingproxy has no canonical form"),
    ],
)
def test_what_lies_outside_the_profile_is_named_with_its_place(value: Any, where: str, says: str) -> None:
    with pytest.raises(NotCanonical) as refusal:
        canonical(value)
    assert str(refusal.value).startswith(f"{where}: ")
    assert says in str(refusal.value)


def test_an_integer_of_another_class_is_written_as_the_number() -> None:
    class Small(IntEnum):
        ONE = 1

    assert canonical([Small.ONE]) == b"[1]"


@given(VALUES)
def test_the_bytes_read_back_as_the_value_and_are_their_own_canonical_form(value: Any) -> None:
    told = canonical(value)
    assert json.loads(told) == value
    assert canonical(json.loads(told)) == told


@given(st.dictionaries(KEYS, LEAVES, max_size=8), st.randoms())
def test_the_order_in_which_a_mapping_was_filled_does_not_matter(mapping: dict[str, Any], rng: Any) -> None:
    shuffled = dict(rng.sample(sorted(mapping.items()), len(mapping)))
    assert canonical(shuffled) == canonical(mapping)
    assert digest(shuffled) == digest(mapping)


@given(VALUES, VALUES)
def test_two_values_share_bytes_only_when_they_are_the_same(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@given(st.text())
def test_any_text_is_either_refused_or_kept_as_it_is(text: str) -> None:
    try:
        told = canonical(text)
    except NotCanonical:
        assert text != unicodedata.normalize("NFC", text) or any("\ud800" <= letter <= "\udfff" for letter in text)
    else:
        assert json.loads(told) == text
