"""T25 can fail: each breach it looks for is seen when it is planted. (Its tenth runs in test_trust.)"""

import pytest

from gangmu.kernel.problems import Problem, Unusable
from tests.trust import uploads

SCALE = 0.0005


def found(monkeypatch: pytest.MonkeyPatch, read: object) -> dict[str, object]:
    monkeypatch.setattr(uploads, "_read", read)
    return uploads.run(3, SCALE)


def test_a_reader_that_falls_over_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(name: str, data: bytes) -> list[str]:
        raise KeyError(name)

    line = found(monkeypatch, falls)
    assert (line["crashed"], line["ok"]) == (line["files"], False)


def test_a_refusal_without_a_sentence_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def mumbles(name: str, data: bytes) -> list[str]:
        raise Unusable(Problem("reading.broken", "error 17"))

    line = found(monkeypatch, mumbles)
    assert (line["no_sentence"], line["ok"]) == (line["files"], False)


def test_an_entity_that_was_read_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(monkeypatch, lambda name, data: [uploads.MARK])["ok"] is False


def test_every_recipe_makes_a_file_from_its_seed_alone() -> None:
    from random import Random

    good = uploads.samples()
    for make in (uploads.noise, uploads.tags, uploads.far_corner, uploads.polyglot):
        assert make(Random(1), good)[0] == make(Random(1), good)[0]
