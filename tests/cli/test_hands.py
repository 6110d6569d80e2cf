"""cli.hands: a list shared by two processes is done whole and once, and whoever fails is heard."""

import os
import time
from pathlib import Path

import pytest

from gangmu.cli.hands import one_hand, two_hands

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")  # allowed where a system does not fork


PATIENCE = 60.0  # seconds


class Notes:
    """Lines that several processes append to one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.touch()

    def write(self, thing: int) -> None:
        with self.file.open("a") as file:
            file.write(f"{thing} {os.getpid()}\n")

    def await_another(self) -> None:
        """Wait until another process has written too: a machine that is busy may let it begin late."""
        until = time.monotonic() + PATIENCE
        while self.writers <= {os.getpid()} and time.monotonic() < until:
            time.sleep(0.01)

    @property
    def things(self) -> list[int]:
        return [int(line.split()[0]) for line in self.file.read_text().splitlines()]

    @property
    def writers(self) -> set[int]:
        return {int(line.split()[1]) for line in self.file.read_text().splitlines()}


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "notes")


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})


def test_two_hands_do_everything_once_and_tell_all_of_it(notes: Notes, cores: None) -> None:
    told: list[int] = []

    def work(thing: int, tell: object) -> None:
        notes.write(thing)
        notes.await_another()
        tell(thing)  # type: ignore[operator]

    two_hands(work, range(1, 21), told.append)
    assert sorted(notes.things) == list(range(1, 21))
    assert len(notes.writers) == 2
    assert os.getpid() in notes.writers
    assert sum(told) == sum(range(1, 21))


def test_things_are_begun_in_their_order(notes: Notes, cores: None) -> None:
    two_hands(lambda thing, tell: notes.write(thing), range(40), lambda _: None)
    for writer in notes.writers:
        lines = [line.split() for line in notes.file.read_text().splitlines()]
        own = [int(thing) for thing, pid in lines if int(pid) == writer]
        assert own == sorted(own)


def test_with_one_core_one_hand_does_it_all_in_order(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    two_hands(lambda thing, tell: notes.write(thing), range(5), lambda _: None)
    assert notes.things == list(range(5))
    assert notes.writers == {os.getpid()}


def test_a_failure_in_the_child_is_told(notes: Notes, cores: None, capfd: pytest.CaptureFixture[str]) -> None:
    here, dropped = os.getpid(), notes.file.with_name("dropped")

    def work(thing: int, tell: object) -> None:
        if os.getpid() != here:
            dropped.touch()
            raise ValueError("the second hand dropped it")
        notes.write(thing)
        until = time.monotonic() + PATIENCE
        while not dropped.exists() and time.monotonic() < until:
            time.sleep(0.01)

    with pytest.raises(RuntimeError, match="second hand ended with status 1"):
        two_hands(work, range(20), lambda _: None)
    assert "the second hand dropped it" in capfd.readouterr().err
    assert notes.writers == {here}


def test_a_failure_here_stops_the_child_after_what_it_is_at(notes: Notes, cores: None) -> None:
    here = os.getpid()

    def work(thing: int, tell: object) -> None:
        if os.getpid() == here:
            raise ValueError("the first hand dropped it")
        time.sleep(0.1)
        notes.write(thing)

    with pytest.raises(ValueError, match="the first hand dropped it"):
        two_hands(work, range(1000), lambda _: None)
    assert len(notes.things) < 100


def test_one_hand_tells_what_it_did() -> None:
    told: list[int] = []
    one_hand(lambda thing, tell: tell(thing * 10), [1, 2, 3], told.append)
    assert told == [10, 20, 30]
