"""What the records of a large invented city look like: kinds by their share, and how each body is drawn.

Data only. Fields stand in the order of their keys, because a body is canonical JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Of = Literal["", "pool", "unit", "thing"]  # what a fact is about: nothing, one of the unit's few, the unit, a new thing


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some values, earlier ones likelier; written as JSON, strings with their quotes."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number of `low` … `high`, small ones likelier."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person's opaque id, drawn anew."""


@dataclass(frozen=True, slots=True)
class Tags:
    """One tag of `first`, earlier ones likelier, and in a third of the facts one of `second`."""

    first: tuple[str, ...]
    second: tuple[str, ...] = ()


Drawn = Choice | Number | Person | Tags


@dataclass(frozen=True, slots=True)
class Then:
    """A kind of fact that follows about the same thing, on average `days` later, in `cases` of a hundred."""

    kind: str
    days: int
    cases: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """One kind of fact: its share, at which kinds of unit, about what, its body, and what follows about its thing."""

    kind: str
    share: float
    at: tuple[str, ...]
    about: Of
    body: Mapping[str, Drawn]
    then: tuple[Then, ...] = ()


def words_of(text: str) -> tuple[str, ...]:
    """Words written beside each other."""
    return tuple(text.split())


def words(text: str) -> tuple[str, ...]:
    """Words written beside each other, as JSON strings."""
    return tuple(f'"{word}"' for word in text.split())


THEMES = words_of("party_building rural_revival governance safety livelihood environment red_story talent digital")
FORMS = words_of(
    "members_meeting theme_day household_visit lecture committee_meeting small_group_meeting study_group training "
    "volunteer_service heart_talk survey first_topic inspection culture joint_activity life_meeting"
)
SOURCES = words_of("by_grid by_hotline by_visit by_window by_online")
BANDS = words("b41_45 b46_50 b36_40 b51_55 b31_35 b18_30 b56_60 b61")
GRASSROOTS = ("village", "community", "branch")
PLACES = ("village", "community")

RECIPES = (
    Recipe("activity.held", 0.47, GRASSROOTS, "pool", {
        "expected": Number(15, 60), "hours": Choice(words("1 2 1.5 3 0.5")), "present": Number(3, 45),
        "tags": Tags(FORMS, THEMES),
    }),
    Recipe("matter.opened", 0.16, PLACES, "thing", {
        "households": Number(1, 30),
        "tags": Tags(words_of("request difficulty dispute suggestion report"), SOURCES),
    }, (Then("matter.moved", 5, 40), Then("matter.closed", 18, 94))),
    Recipe("money.booked", 0.03, (*PLACES, "township", "street"), "", {
        "amount": Number(200, 240_000), "direction": Choice(words("out in")),
        "tags": Tags(words_of("party_funds care_fund collective_income project_fund training_fund dues"), THEMES),
    }),
    Recipe("membership.started", 0.02, ("branch",), "thing", {
        "age_band": Choice(BANDS), "category": Choice(words("rural in_post retired floating student")),
        "how": Choice(words("transferred_in admitted restored")), "person": Person(),
        "stage": Choice(words("full probationary")),
    }, (Then("membership.ended", 260, 30),)),
    Recipe("membership.stage_changed", 0.02, ("branch",), "thing", {
        "age_band": Choice(BANDS), "person": Person(), "stage": Choice(words("applicant activist candidate full")),
    }),
    Recipe("problem.opened", 0.02, (*GRASSROOTS, "township", "street"), "thing", {
        "tags": Tags(words_of("finding risk inspection_finding formalism weak_organisation"), THEMES),
    }, (Then("problem.closed", 60, 88),)),
    Recipe("pledge.opened", 0.02, GRASSROOTS, "thing", {
        "tags": Tags(words_of("yearly_task deed post_pledge"), THEMES),
    }, (Then("pledge.closed", 150, 80),)),
    Recipe("enrolment.started", 0.01, PLACES, "thing", {
        "education": Choice(words("below_college college bachelor postgraduate")), "person": Person(),
        "tags": Tags(words_of("grid_worker village_committee volunteer resident_secretary")),
    }, (Then("enrolment.ended", 300, 35),)),
    Recipe("project.opened", 0.005, (*PLACES, "township", "street"), "thing", {
        "planned": Number(20_000, 3_000_000),
        "tags": Tags(words_of("livelihood_project small_works brand"), THEMES),
    }, (Then("project.closed", 200, 60),)),
    Recipe("honour.granted", 0.005, GRASSROOTS, "unit", {
        "stars": Number(1, 5),
        "tags": Tags(words_of("star_rating model_organisation advanced_group"), ("county",)),
    }),
)  # fmt: skip
FOLLOWING: Mapping[str, Mapping[str, Drawn]] = {
    "matter.moved": {"step": Choice(words("dispatched handling answered returned reminded reopened"))},
    "matter.closed": {
        "outcome": Choice(words("solved explained referred unsolved")),
        "rating": Choice(words("satisfied fair dissatisfied")),
    },
    "membership.ended": {"reason": Choice(words("transferred_out died"))},
    "problem.closed": {"outcome": Choice(words("rectified partly not_rectified"))},
    "pledge.closed": {"outcome": Choice(words("kept partly not_kept"))},
    "enrolment.ended": {"reason": Choice(words("term_over moved resigned"))},
    "project.closed": {"outcome": Choice(words("completed stopped")), "spent": Number(20_000, 3_000_000)},
}
LATE_AFTER = 7  # days after which the records of this city say why they come late
LATE_REASONS = words("busy away found_later no_network handover")
MONTHS = (0.7, 0.6, 1.0, 0.9, 1.0, 1.3, 1.1, 0.8, 0.9, 1.0, 1.2, 1.9)  # how busy each month of a year is
YEARS = (2024, 2025)
