"""Connections move from a busy worker to a free one, and stay where they are otherwise."""

from collections.abc import Iterable
from typing import Any

import pytest

from gangmu.pages import balance


def asked(at_work: list[int], place: int) -> tuple[list[tuple[str, str]], list[int]]:
    """The headers that the worker at `place` sends, and the counts while it answered."""
    sent: list[tuple[str, str]] = []
    meanwhile: list[int] = []

    def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        meanwhile.extend(at_work)
        return [b"answer"]

    busy = at_work[place]
    answer = balance.spread(application, at_work, place)
    at_work[place] = busy
    assert list(answer({}, lambda _status, headers: sent.extend(headers))) == [b"answer"]
    return sent, meanwhile


@pytest.mark.parametrize(
    ("others", "busy", "closes"),
    [(1, 0, False), (1, 1, True), (1, 2, True), (2, 1, False), (2, 2, True), (3, 2, False), (4, 0, False)],
)
def test_a_connection_is_given_away_when_another_worker_is_freer_by_two(others: int, busy: int, closes: bool) -> None:
    at_work = [0, others, busy + 1, 0]
    sent, _ = asked(at_work, 2)
    assert (balance.CLOSE in sent) is closes
    assert ("Content-Type", "text/plain") in sent


def test_a_worker_alone_keeps_every_connection() -> None:
    assert asked([0, 5, 0], 1)[0] == [("Content-Type", "text/plain")]


def test_a_worker_counts_what_it_answers_and_no_more() -> None:
    at_work = [0, 1, 1]
    assert asked(at_work, 2)[1] == [0, 1, 2]
    assert at_work == [0, 1, 1]


def test_a_request_that_fails_is_no_longer_counted() -> None:
    at_work = [0, 0]

    def broken(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        raise ValueError("broken")

    answer = balance.spread(broken, at_work, 1)
    with pytest.raises(ValueError, match="broken"):
        answer({}, print)
    assert at_work == [0, 1]


def test_workers_forked_one_after_the_other_have_places_of_their_own() -> None:
    assert len({pid % balance.PLACES for pid in range(70_000, 70_064)}) == 64
    assert len(balance.AT_WORK) == balance.PLACES
