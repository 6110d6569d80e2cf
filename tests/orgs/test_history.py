"""Dated spans and paths: pure, whatever order events arrive in."""

import random
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.kernel.ids import FactId, OrgId
from gangmu.orgs.history import OPEN, Event, Span, spans, spell, stages, unit_history
from gangmu.orgs.paths import ancestors, dated_paths, free_segment, level_of, segment_of

NOON = datetime(2025, 1, 1, 4, tzinfo=UTC)


def event(kind: str, on: date, number: int = 0, about: str = "u", **body: object) -> Event:
    return Event(FactId(f"{number:032x}"), kind, about, about, on, NOON, body)  # type: ignore[arg-type]


def day(number: int) -> date:
    return date(2020, 1, number)


FOUNDED = event(
    "unit.founded", day(1), 1, segment="00001", unit_kind="branch", domain="rural", code="A", name="甲", parent="p"
)


def test_spans_follow_each_other_without_gaps() -> None:
    assert spans([(day(1), ("a",)), (day(3), ("b",))]) == (Span(day(1), day(3), ("a",)), Span(day(3), OPEN, ("b",)))


def test_the_last_word_of_a_day_counts() -> None:
    assert spans([(day(1), ("a",)), (day(1), ("b",))]) == (Span(day(1), OPEN, ("b",)),)


def test_a_change_that_changes_nothing_leaves_no_seam() -> None:
    assert spans([(day(1), ("a",)), (day(3), ("a",))]) == (Span(day(1), OPEN, ("a",)),)
    assert spans([(day(1), ("a",)), (day(3), ("b",)), (day(3), ("a",))]) == (Span(day(1), OPEN, ("a",)),)


def test_nothing_holds_beyond_the_end() -> None:
    assert spans([(day(1), ("a",)), (day(9), ("b",))], until=day(5)) == (Span(day(1), day(5), ("a",)),)


def test_a_unit_is_unknown_until_its_founding_is() -> None:
    assert unit_history([event("unit.renamed", day(2), name="乙")]) is None


def test_a_merged_unit_hangs_under_the_one_that_took_it_in() -> None:
    found = unit_history([FOUNDED, event("unit.merged", day(5), 2, into="q")])
    assert found is not None
    assert (found.ended_on, found.ending) == (day(5), "merged")
    assert [span.value for span in found.parents] == [("p",), ("q",)]


def test_a_unit_that_is_dissolved_because_it_was_split_says_so() -> None:
    ended = unit_history([FOUNDED, event("unit.dissolved", day(5), 2, reason="split")])
    other = unit_history([FOUNDED, event("unit.dissolved", day(5), 2, reason="task_done")])
    assert ended is not None
    assert other is not None
    assert (ended.ended_on, ended.ending, other.ending) == (day(5), "split", "dissolved")


def test_what_happened_before_the_founding_is_left_out() -> None:
    found = unit_history([event("unit.renamed", date(2019, 1, 1), 2, name="早"), FOUNDED])
    assert found is not None
    assert [span.value[0] for span in found.names] == ["甲"]


def test_a_spell_ends_with_its_first_closing_after_the_opening() -> None:
    opening = event("relation.opened", day(3), 1)
    early = event("relation.closed", day(1), 2)
    closing = event("relation.closed", day(7), 3, reason="agreed")
    found = spell([closing, early, opening], "relation.opened", "relation.closed")
    assert found is not None
    assert (found.valid_from, found.valid_to, found.ending) == (day(3), day(7), "agreed")
    assert spell([closing], "relation.opened", "relation.closed") is None


def test_stages_stop_with_the_membership() -> None:
    told = [
        event("membership.stage_changed", day(1), 1, stage="activist"),
        event("membership.started", day(4), 2, stage="probationary"),
        event("membership.ended", day(9), 3),
    ]
    assert stages(told) == (Span(day(1), day(4), ("activist",)), Span(day(4), day(9), ("probationary",)))


@given(
    st.lists(st.sampled_from(["unit.renamed", "unit.moved", "unit.merged", "unit.dissolved"]), max_size=6), st.randoms()
)
def test_the_history_does_not_depend_on_the_order_of_events(kinds: list[str], rng: random.Random) -> None:
    told = [FOUNDED]
    for number, kind in enumerate(kinds, 2):
        body = {"name": f"名{number}", "parent": f"p{number}", "into": f"i{number}"}
        told.append(event(kind, day(rng.randrange(1, 9)), number, **body))
    shuffled = rng.sample(told, len(told))
    assert unit_history(told) == unit_history(shuffled)


# --- paths


def always(parent: str) -> list[Span]:
    return [Span(day(1), OPEN, (parent,))]


SEGMENTS = {org: segment_of(number) for number, org in enumerate("abcdefgh", 1)}


def test_a_path_is_the_segments_from_the_root_down() -> None:
    paths = dated_paths({"a": always(""), "b": always("a"), "c": always("b")}, SEGMENTS, {})
    assert [span.value[0] for span in paths["c"]] == ["000010000200003"]
    assert (level_of("000010000200003"), ancestors("000010000200003")) == (3, ("00001", "0000100002"))


def test_a_move_of_the_middle_changes_the_path_below_from_that_day_on() -> None:
    links = {"a": always(""), "b": always(""), "m": [Span(day(1), day(5), ("a",)), Span(day(5), OPEN, ("b",))],
             "x": always("m")}  # fmt: skip
    segments = SEGMENTS | {"m": "0000m", "x": "0000x"}
    paths = dated_paths(links, segments, {})
    assert paths["x"] == [Span(day(1), day(5), ("000010000m0000x",)), Span(day(5), OPEN, ("000020000m0000x",))]


def test_a_parent_outside_lends_its_dated_path() -> None:
    outside = {"p": [Span(day(1), day(3), ("0000p",)), Span(day(3), OPEN, ("0000q0000p",))]}
    paths = dated_paths({"a": always("p")}, SEGMENTS, outside)
    assert [span.value[0] for span in paths["a"]] == ["0000p00001", "0000q0000p00001"]


def test_an_unknown_parent_gives_no_path() -> None:
    assert dated_paths({"a": always("nobody")}, SEGMENTS, {}) == {"a": []}


def test_a_chain_that_bites_its_tail_gives_no_path_and_ends() -> None:
    assert dated_paths({"a": always("b"), "b": always("a")}, SEGMENTS, {}) == {"a": [], "b": []}


def test_two_units_may_swap_places_over_time() -> None:
    links = {
        "a": [Span(day(1), day(5), ("",)), Span(day(5), OPEN, ("b",))],
        "b": [Span(day(1), day(5), ("a",)), Span(day(5), OPEN, ("",))],
    }
    paths = dated_paths(links, SEGMENTS, {})
    assert [span.value[0] for span in paths["b"]] == ["0000100002", "00002"]
    assert [span.value[0] for span in paths["a"]] == ["00001", "0000200001"]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(-1, 7), st.integers(1, 20)), max_size=14))
def test_every_path_agrees_with_climbing_the_parents_of_that_day(moves: list[tuple[int, int, int]]) -> None:
    orgs = "abcdefgh"
    marks: dict[str, list[tuple[date, tuple[str, ...]]]] = {org: [(day(1), ("",))] for org in orgs}
    for org, parent, on in moves:
        marks[orgs[org]].append((day(on), (orgs[parent] if parent >= 0 else "",)))
    links = {org: spans(sorted(told)) for org, told in marks.items()}
    paths = dated_paths(links, SEGMENTS, {})
    for number in range(1, 22):
        for org in orgs:
            climbed = climb(org, day(number), links)
            held = [span.value[0] for span in paths[org] if span.holds_on(day(number))]
            assert held == ([] if climbed is None else [climbed])


def climb(org: str, on: date, links: dict[str, tuple[Span, ...]]) -> str | None:
    found, seen = "", set[str]()
    while org:
        if org in seen:
            return None
        seen.add(org)
        found = SEGMENTS[org] + found
        org = next(span.value[0] for span in links[org] if span.holds_on(on))
    return found


def test_segments_are_five_characters_that_sort_below_the_bound() -> None:
    assert [segment_of(number) for number in (0, 35, 36, 36**5 - 1, 36**5)] == [
        "00000",
        "0000z",
        "00010",
        "zzzzz",
        "00000",
    ]
    assert all(character < "~" for character in segment_of(36**5 - 1))


def test_a_taken_segment_gives_way_to_the_next() -> None:
    org = OrgId("a" * 32)
    first = free_segment(org, set())
    second = free_segment(org, {first})
    assert first != second
    assert free_segment(org, {first, second}) not in {first, second}
