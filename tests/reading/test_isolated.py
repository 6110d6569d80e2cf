"""A reader that is taken over by the file it reads can do nothing: no network, no file, little memory, little time."""

import os
import time

import pytest

from gangmu.kernel.problems import Unusable
from gangmu.reading import isolated

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits")  # allowed where the system knows no such limits


def tried(what: str) -> str:
    return isolated.answer_of("文.docx", b"", what, child="tests.reading.reaching").decode()


@pytest.mark.parametrize("what", ["call_out", "look_around", "write", "pipe"])
def test_nothing_can_be_opened_any_more(what: str) -> None:
    assert tried(what) == "refused: Too many open files"


def test_more_memory_than_is_allowed_is_not_given() -> None:
    assert tried("fill_the_memory") == "refused: memory"


def test_nothing_of_our_surroundings_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a")
    assert "SECRET_KEY" not in tried("tell_the_surroundings")


def test_one_that_thinks_for_ever_is_given_up_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "WALL_SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(Unusable) as caught:
        tried("think_for_ever")
    assert time.monotonic() - started < 10
    assert caught.value.problem.code == "reading.too_heavy"
