"""Whatever stands in a file or a body, the answer is a list of problems and never a crash."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.catalog.current import catalog
from gangmu.catalog.layers import Layer, read_definition
from gangmu.catalog.load import CatalogRefused, load
from gangmu.catalog.yaml_source import read_yaml
from gangmu.kernel.problems import Problem
from tests.catalog.small import FACT, FILES, INDICATOR, national, write

SAME_FOLDER = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=12)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


@SAME_FOLDER
@given(text=st.text(max_size=80))
def test_any_text_as_yaml_gives_content_or_problems(scratch: Path, text: str) -> None:
    path = scratch / "one.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    document = read_yaml(path)
    assert all(isinstance(problem, Problem) and problem.where for problem in document.problems)


@SAME_FOLDER
@given(data=st.binary(max_size=60))
def test_any_bytes_as_yaml_give_content_or_problems(scratch: Path, data: bytes) -> None:
    path = scratch / "one.yaml"
    path.write_bytes(data)
    read_yaml(path)


@SAME_FOLDER
@given(
    cut=st.integers(0, len(INDICATOR)),
    room=st.sampled_from(["facts", "indicators", "tags", "rules", "wording", "organisations"]),
)
def test_a_definition_cut_off_anywhere_or_put_into_the_wrong_room_is_refused_in_sentences(
    scratch: Path, cut: int, room: str
) -> None:
    path = scratch / room / "meeting.number.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(INDICATOR[:cut], encoding="utf-8")
    loaded, problems = read_definition(path, Layer(scratch, national=True))
    assert loaded is not None or problems
    assert all(problem.message.endswith("。") for problem in problems)


@SAME_FOLDER
@given(body=st.dictionaries(st.sampled_from(["present", "days", "tags", "late_reason", "subject", "colour"]), JSON))
def test_any_body_is_taken_or_refused_in_sentences(body: dict[str, Any]) -> None:
    for problem in catalog().check_body("activity.held", body):
        assert problem.message
        assert problem.message_en
        assert problem.where


def test_deep_nesting_is_refused_and_not_followed(scratch: Path) -> None:
    path = scratch / "one.yaml"
    path.write_text("a: " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    [problem] = read_yaml(path).problems
    assert problem.code == "catalog.yaml"


def test_a_name_with_a_path_in_it_stays_a_name(scratch: Path) -> None:
    path = scratch / "facts" / "meeting.held.yaml"
    path.parent.mkdir()
    path.write_text(FACT.replace("key: meeting.held", "key: ../meeting.held"), encoding="utf-8")
    _, problems = read_definition(path, Layer(scratch, national=True))
    assert [problem.code for problem in problems] == ["catalog.field"]
    assert "小写字母" in problems[0].message


ODD = ([], {}, None, 0, -1, "", "x", ["x"], [[]], [None], True, {"x": 1}, "a.b", "a" * 5000, "甲")
EVERY = 29  # so many changes a step; all of them take a minute


def changes(name: str) -> Iterator[Any]:
    """The definition with an odd value in the place of each of its parts in turn."""
    whole = yaml.safe_load(FILES[name])
    for path in places(whole):
        for value in ODD:
            changed = deepcopy(whole)
            inner = changed
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
            yield changed


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for step in steps:
        yield (*path, step)
        yield from places(part[step], (*path, step))


@pytest.mark.parametrize("name", FILES)
def test_an_odd_value_in_any_place_is_taken_or_refused_in_sentences(scratch: Path, name: str) -> None:
    for changed in list(changes(name))[::EVERY]:
        text = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
        folder = write(national(scratch), {name: text})
        try:
            load((folder,))
        except CatalogRefused as refused:
            problems = refused.problems
            assert all(one.message.endswith("。") and one.message_en and one.where for one in problems), text
