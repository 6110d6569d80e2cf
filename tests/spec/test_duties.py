"""Chapter: duties, computed by the published definitions."""

from dataclasses import replace
from datetime import date

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.duties.obligations import Bearer, Deed, obligations
from gangmu.catalog.duties.states import Waiver, known_by, status
from gangmu.catalog.expressions.evaluate import Unit
from gangmu.kernel.periods import Period
from gangmu.kernel.working_days import count
from tests.duties.cases import BRANCH, held
from tests.spec.duties import BEARERS, DEADLINES, EVERY, FLOOR, MEASURES, STATES, STATUS, STORIES, Deadline, Owed, Story

MEETING = "branch.members_meeting"
QUARTER = Period(date(2025, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize("row", FLOOR, ids=lambda row: row.duty)
def test_the_floor_owes_what_the_table_says(row: Owed) -> None:
    one = catalog().duties[row.duty]
    (terms,) = one.terms
    demand = terms.demands[-1]
    assert terms.row.owed_by.bearer == BEARERS[row.bearer]
    assert (str(demand.least), demand.every) == (row.least, EVERY[row.every])
    assert (one.duty.source, one.duty.source_status) == (row.source, STATUS[row.status])


def test_the_table_holds_all_twelve_forms_of_organisational_life_and_the_hours() -> None:
    assert {row.number for row in FLOOR} == {*(f"M{number}" for number in range(1, 13)), "学时"}


def test_a_duty_that_rests_on_a_rule_says_no_more_of_its_source_than_the_rule_does() -> None:
    ranks = ("unverified", "secondary", "text")
    for one in catalog().duties.values():
        for terms in one.terms:
            if terms.row.rule:
                rule = catalog().rules[terms.row.rule]
                assert ranks.index(one.duty.source_status) <= ranks.index(rule.source_status), one.duty.key


def told(row: Story) -> str:
    unit = Unit("b", "00001", row.kind, "rural")
    since = date.fromisoformat(row.since) if row.since else date.min
    bearer: Bearer = replace(BRANCH, unit=unit, form=catalog().form(row.kind), since=since)
    deeds: tuple[Deed, ...] = ()
    if row.held:
        deeds = (held("members_meeting", row.held, received=date.fromisoformat(row.recorded).toordinal()),)
    on = date.fromisoformat(row.on)
    waivers = (Waiver(MEETING, "b", date(2025, 1, 1), row.story, "parent"),) if row.waived else ()
    found = obligations(catalog().duties[MEETING], bearer, QUARTER, catalog().calendar)
    states = [status(one, known_by(deeds, on.toordinal()), on, waivers).state for one in found]
    return STATES[states[0]] if states else STATES["not_applicable"]


@pytest.mark.parametrize("row", STORIES, ids=lambda row: row.story)
def test_each_story_ends_as_the_table_says(row: Story) -> None:
    assert told(row) == row.state


def test_the_stories_end_in_every_state_but_the_one_a_meeting_of_a_period_cannot_have() -> None:
    """A meeting held after its quarter is one of the next: it cannot be late, only missing."""
    assert {row.state for row in STORIES} == set(STATES.values()) - {STATES["met_late"]}


@pytest.mark.parametrize("row", DEADLINES, ids=lambda row: row.story)
def test_each_deadline_falls_as_the_table_says(row: Deadline) -> None:
    counted = count(catalog().calendar, date.fromisoformat(row.start), row.add, MEASURES[row.measure])  # type: ignore[arg-type]
    assert counted.end == date.fromisoformat(row.end)
    assert counted.unpublished == ()
