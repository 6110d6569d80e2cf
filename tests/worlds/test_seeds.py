"""Real speeches held against the worlds made for them, and every figure's control."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from gangmu.cli import check_ledger
from gangmu.reading.values import Claim
from gangmu.records import actions as records
from tests.definitions.seed_claims import ANSWERS, Answer
from tests.worlds import controls
from tests.worlds.scene import KEYS, Scene, standing, undone

pytestmark = [pytest.mark.seeds, pytest.mark.django_db]


@pytest.fixture
def _django_db_helper() -> None:
    """A transaction for each test would close the one in which the module's world stands; this fixture takes its place."""


BIG = "000"  # a hundred thousand facts, recorded like those of the others: once is enough, on the first engine
WORLDS = [pytest.param(key, marks=pytest.mark.sqlite) if key == BIG else key for key in KEYS]
CITING = sorted({key for (key, _), answer in ANSWERS.items() if answer.what == "citation"})


@pytest.fixture(scope="module", params=WORLDS)
def scene(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None, django_db_blocker: DjangoDbBlocker,
) -> Iterator[Scene]:  # fmt: skip
    with django_db_blocker.unblock(), standing(request.param, shared, tmp_path_factory.mktemp("world")) as found:
        yield found


def answers(scene: Scene, what: str) -> dict[int, Answer]:
    """Of this document, where the claims begin that a figure (a rule, a citation) answers."""
    return {start: one for (key, start), one in ANSWERS.items() if key == scene.world.key and one.what == what}


def gold(scene: Scene, shared: Path) -> list[dict[str, object]]:
    rows = map(json.loads, (shared / "gold/seeds/claims.jsonl").read_text("utf-8").splitlines())
    return [row for row in rows if row["doc"] == scene.path.name]


def test_every_number_of_the_speech_is_confirmed_from_facts(scene: Scene) -> None:
    checked = scene.checked()
    figures = {one.spans[0][0]: one for one in checked.findings if one.type == "figure"}
    wanted = answers(scene, "figure")
    assert {start: one.verdict for start, one in figures.items()} == dict.fromkeys(wanted, "confirmed")
    bound = {span[0]: (figure.indicator, set(figure.selection)) for span, figure in checked.figures.items()}
    assert bound == {start: (one.key, set(one.tags)) for start, one in wanted.items()}


@pytest.mark.parametrize("what", ["rule", "citation"])
def test_a_rule_and_a_citation_are_confirmed_likewise(scene: Scene, what: str) -> None:
    found = {one.spans[0][0]: one.verdict for one in scene.checked().findings if one.type == what}
    assert found == dict.fromkeys(answers(scene, what), "confirmed")


def test_holes_are_named_and_nothing_is_contradicted(scene: Scene, shared: Path) -> None:
    findings = scene.checked().findings
    holes = [row["start"] for row in gold(scene, shared) if row["placeholder"]]
    assert sorted(one.spans[0][0] for one in findings if one.type == "placeholder") == holes
    assert [one for one in findings if one.verdict in ("contradiction", "unbound", "no_record")] == []


def test_the_command_prints_what_the_check_found(scene: Scene, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    world = scene.world
    days = ["--from", str(world.period.start), "--to", str(world.period.end)]
    status = check_ledger.main([str(scene.path), "--org", world.organisation.code, *days, "--jsonl"])
    printed = [json.loads(line) for line in capfdbinary.readouterr().out.decode().splitlines()]
    assert status == 0
    figures = {row["spans"][0][0]: row for row in printed if row["type"] == "figure"}
    assert set(figures) == set(answers(scene, "figure"))
    assert all(isinstance(row["figure"]["value"], int | float) for row in figures.values())
    assert {row["doc"] for row in printed} == {scene.path.name}


def claims(scene: Scene) -> list[Claim]:
    """The claims that figures answer, in text order."""
    starts = answers(scene, "figure")
    return [claim for claim in scene.reading.claims if claim.span[0] in starts]


def test_a_figure_that_moves_within_the_wording_stays_confirmed(scene: Scene) -> None:
    """All at once: every figure that has room moves, facts behind the others are restated, nothing is contradicted."""
    with undone():
        figures = scene.checked().figures
        for claim in claims(scene):
            controls.stir(scene, claim, figures[claim.span])
        moved = scene.checked()
        assert [one.working for one in moved.findings if one.verdict == "contradiction"] == []
        confirmed = [one for one in moved.findings if one.verdict == "confirmed" and one.type == "figure"]
        assert len(confirmed) == len(figures)
        still = [claim.text for claim in claims(scene) if figures[claim.span].value == moved.figures[claim.span].value]
        assert still == [claim.text for claim in claims(scene) if not controls.may_move(claim, figures[claim.span])]


def test_a_figure_that_leaves_the_wording_makes_exactly_its_claim_a_contradiction(scene: Scene) -> None:
    """One after the other, and none is put back: each step adds its own claim to the contradicted, and no other."""
    with undone():
        figures, wrong, before = scene.checked().figures, {}, frozenset[int]()
        for claim in claims(scene):
            controls.leave(scene, claim, figures[claim.span])
            now = scene.contradicted()
            if now - before != {claim.span[0]} or before - now:
                wrong[claim.text, claim.span[0]] = sorted(now ^ before)
            before = now
        assert wrong == {}
        assert before == set(answers(scene, "figure"))


@pytest.mark.parametrize("scene", CITING, indirect=True, scope="module")
def test_a_citation_put_right_contradicts_its_claim(scene: Scene) -> None:
    (start,) = answers(scene, "citation")
    with undone():
        records.restate_fact(**controls.another_list_size(scene))
        assert scene.contradicted() == {start}
