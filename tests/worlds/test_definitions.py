"""World files: what they may say, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from gangmu.catalog.current import catalog
from gangmu.cli.world.command import WORLDS, file_of
from gangmu.cli.world.definitions import Promise, read_world
from gangmu.kernel.problems import Refused
from tests.definitions.seed_claims import ANSWERS
from tests.worlds.scene import KEYS, world_file

SMALL = """
key: "900"
organisation: {code: A, name: 青禾市委, kind: city_committee, domain: agency}
since: 2010-01-01
period: {from: 2025-01-01, to: 2025-12-31}
figures:
  - {figure: "activity.sessions[lecture]", value: 3}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "900.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    with pytest.raises(Refused) as found:
        read_world(written(folder, text))
    return "\n".join(f"{one.where} {one.message} {one.message_en}" for one in found.value.problems)


def test_a_small_file_is_read(tmp_path: Path) -> None:
    world = read_world(written(tmp_path, SMALL))
    assert world.period.period.days == 365
    assert world.figures[0].indicator == "activity.sessions"
    assert world.figures[0].selection == ("lecture",)


def test_an_indicator_without_tags_has_an_empty_selection() -> None:
    assert Promise(figure="member.admitted", value=3).selection == ()


@pytest.mark.parametrize(
    ("change", "into", "said"),
    [
        ("value: 3", "value: drei", ":7"),
        ("value: 3", "value: 3, colour: red", "Extra inputs"),
        ("figures:", "figure:", "figures"),
        ("to: 2025-12-31", "to: 2025-13-31", "2025-13-31"),
        ("value: 3}", "value: 3, org: B}", "no unit bears the code B"),
        ("figures:", "units:\n  - {code: A, name: 甲, kind: village, domain: rural}\nfigures:", "stands twice"),
        ("figures:", "units:\n  - {code: C, name: 甲, kind: village, domain: rural, under: X}\nfigures:", "code X"),
        ('"900"', '"9"', ":2"),
        ("key:", "key: [", "does not follow"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, change: str, into: str, said: str) -> None:
    told = refused(tmp_path, SMALL.replace(change, into, 1))
    assert said in told
    assert "900.yaml" in told


@pytest.mark.parametrize("key", KEYS)
def test_the_worlds_of_this_project_are_read_and_name_indicators_of_the_catalog(key: str) -> None:
    world = world_file(key)
    assert world.key == key
    assert {one.indicator for one in world.figures} <= set(catalog().indicators)


@pytest.mark.parametrize("key", KEYS)
def test_a_world_promises_a_figure_for_each_claim_and_nothing_else(key: str) -> None:
    world = world_file(key)
    wanted = [
        (one.key, frozenset(one.tags)) for (seed, _), one in ANSWERS.items() if seed == key and one.what == "figure"
    ]
    promised = [(one.indicator, frozenset(one.selection)) for one in world.figures]
    assert sorted(promised, key=str) == sorted(wanted, key=str)


def test_rules_and_citations_stand_beside_the_figures() -> None:
    worlds = [world_file(key) for key in KEYS]
    assert sum(len(world.figures) for world in worlds) == 86
    assert [one.rule for world in worlds for one in world.rules] == ["contact.residents"]
    assert [one.value for world in worlds for one in world.citations] == [19]


@pytest.mark.parametrize("named", ["001", "001.txt", "/somewhere/001_anything.txt", "001_x/../001"])
def test_a_world_is_found_by_the_first_three_digits_of_a_name(named: str) -> None:
    assert file_of(named) == WORLDS / "001.yaml"


@pytest.mark.parametrize("named", ["777", "speech.txt", "", "../README.md"])
def test_an_unknown_world_is_refused_with_the_worlds_there_are(named: str) -> None:
    with pytest.raises(Refused, match="000、001、002、003、004"):
        file_of(named)
