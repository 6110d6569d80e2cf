"""What units of each level do in a year, as tables: how often, who is expected, on which themes."""

from dataclasses import dataclass

ALL, COMMITTEE = -1, -2  # everybody of the branch; its committee


@dataclass(frozen=True, slots=True)
class Habit:
    """An activity held `times` a year. `expected` people; `days` and `hours` are noted where life notes them."""

    form: str
    times: int
    expected: int
    themes: tuple[str, ...] = ()
    days: str = ""
    hours: int = 0
    about: str = ""  # what is visited: a household or an enterprise, each with an id of its own
    around: int = 0  # how many of them there are
    sealed: str = ""  # what the activity was about, kept sealed


BRANCH = (
    Habit("theme_day", 12, ALL, ("environment", "theory", "red_story", "elderly", "safety", "culture_heritage")),
    Habit("members_meeting", 4, ALL, ("party_building", "theory", "standardisation")),
    Habit("committee_meeting", 12, COMMITTEE, ("party_building", "livelihood", "discipline")),
    Habit("lecture", 4, ALL, ("theory", "by_secretary", "discipline", "red_story")),
    Habit("life_meeting", 1, ALL, ("party_building",), sealed="查摆问题，开展批评和自我批评"),
    Habit("member_review", 1, ALL, ("party_building",)),
    Habit("heart_talk", 2, 2, ("discipline",), sealed="了解思想和生活情况"),
    Habit("volunteer_service", 2, 9, ("environment", "elderly", "youth")),
)
VILLAGE = (
    Habit("council", 4, 36, ("governance", "collective_economy", "environment")),
    Habit("training", 2, 45, ("rural_revival", "science"), hours=4),
    Habit("field_service", 2, 30, ("livelihood", "science"), days="0.5"),
    Habit("culture", 2, 120, ("culture_heritage",)),
    Habit("care", 2, 25, ("elderly", "youth")),
    Habit("legal_service", 1, 60, ("governance",)),
    Habit("drill", 1, 40, ("safety", "flood")),
    Habit("household_visit", 14, 3, ("livelihood", "poverty", "elderly"), about="household", around=40),
)
TOWNSHIP = (
    Habit("study_group", 12, 11, ("theory", "ideology")),
    Habit("special_study", 4, 11, ("party_building",)),
    Habit("work_meeting", 8, 60, ("governance", "rural_revival", "safety")),
    Habit("inspection", 6, 6, ("party_building", "safety")),
    Habit("training", 4, 90, ("party_building", "rural_revival", "digital"), days="1", hours=8),
    Habit("risk_check", 4, 12, ("ideology", "safety")),
    Habit("public_talk", 12, 110, ("red_story", "model_story", "theory")),
    Habit("survey", 6, 4, ("rural_revival", "governance"), days="2"),
    Habit("enterprise_visit", 40, 3, ("business",), about="enterprise", around=30),
    Habit("science_service", 6, 45, ("science",)),
    Habit("appraisal_meeting", 1, 70, ("party_building",)),
)
COUNTY = (
    Habit("study_group", 12, 13, ("theory", "ideology")),
    Habit("special_study", 4, 13, ("party_building",)),
    Habit("report_hearing", 2, 20, ("party_building",)),
    Habit("training", 10, 130, ("party_building", "rural_revival", "talent"), days="2", hours=16),
    Habit("forum", 3, 80, ("party_building",)),
    Habit("public_talk", 20, 180, ("red_story", "model_story")),
    Habit("job_fair", 4, 400, ("talent",)),
    Habit("science_service", 16, 60, ("science",)),
    Habit("enterprise_visit", 60, 4, ("business",), about="enterprise", around=50),
    Habit("appraisal_meeting", 1, 90, ("party_building",)),
    Habit("democratic_life_meeting", 1, 13, ("party_building",)),
    Habit("study_trip", 2, 35, ("rural_revival", "governance")),
)
CITY = (
    Habit("study_group", 12, 15, ("theory", "ideology")),
    Habit("special_study", 4, 15, ("party_building",)),
    Habit("report_hearing", 2, 24, ("party_building",)),
    Habit("training", 18, 160, ("party_building", "talent", "digital"), days="3", hours=24),
    Habit("forum", 6, 150, ("party_building", "rural_revival")),
    Habit("public_talk", 24, 220, ("red_story", "model_story")),
    Habit("risk_check", 4, 20, ("ideology",)),
    Habit("job_fair", 6, 900, ("talent",)),
    Habit("conference_talk", 2, 300, ("party_building",)),
    Habit("survey", 8, 6, ("governance", "rural_revival"), days="3"),
    Habit("democratic_life_meeting", 1, 15, ("party_building",)),
    Habit("appraisal_meeting", 1, 120, ("party_building",)),
    Habit("study_delivery", 30, 25, ("theory", "elderly")),
)
ORGAN = (
    Habit("study_group", 12, 9, ("theory",)),
    Habit("training", 3, 80, ("party_building",), days="1", hours=8),
    Habit("joint_activity", 4, 40, ("joint_build",)),
    Habit("special_study", 4, 9, ("party_building",)),
)
HABITS = {"branch": BRANCH, "village": VILLAGE, "township": TOWNSHIP, "county": COUNTY, "city": CITY, "organ": ORGAN}


@dataclass(frozen=True, slots=True)
class Course:
    """Things that are opened, moved and closed: about `times` a unit, `outcomes` by weight, `fails` is the last one."""

    thing: str
    times: int
    tags: tuple[str, ...]
    more_tags: tuple[str, ...]
    steps: tuple[str, ...]
    outcomes: tuple[tuple[str, int], ...]
    lasts: int
    words: str = ""
    rated: bool = False


STEPS = ("dispatched", "accepted", "handling", "answered", "handling", "answered", "reminded", "reopened")
SOLVED = (("solved", 80), ("explained", 9), ("referred", 6), ("unsolved", 5))
SOURCES = ("by_hotline", "by_grid", "by_grid", "by_visit", "by_window", "by_online")
COURSES = {
    "village": (
        Course("matter", 17, ("request", "request", "request", "report", "suggestion"), SOURCES, STEPS, SOLVED, 14,
               "反映路灯、下水或停车的事", rated=True),
        Course("matter", 6, ("dispute",), ("by_grid", "by_visit"), STEPS, SOLVED, 20, "邻里之间有争执"),
        Course("problem", 2, ("finding", "risk"), ("party_building", "safety"), ("plan_made", "rectifying", "checked"),
               (("rectified", 85), ("partly", 12), ("not_rectified", 3)), 45),
        Course("pledge", 4, ("deed",), ("livelihood", "elderly", "environment"), ("published", "working"),
               (("kept", 88), ("partly", 8), ("not_kept", 4)), 60, "为群众办一件实事"),
        Course("project", 1, ("village_prosperity", "small_works", "industry_infrastructure"),
               ("rural_revival", "governance"), (), (("completed", 90), ("stopped", 10)), 170),
    ),
    "township": (
        Course("matter", 8, ("difficulty",), ("by_visit",), STEPS, SOLVED, 25, "企业反映用工、用地的事", rated=True),
        Course("problem", 6, ("finding", "inspection_finding", "formalism"), ("party_building", "discipline"),
               ("plan_made", "rectifying", "checked"), (("rectified", 88), ("partly", 12)), 60),
        Course("problem", 1, ("weak_organisation",), (), ("plan_made", "guarantee_signed", "rectifying", "checked"),
               (("rectified", 80), ("partly", 20)), 150),
        Course("project", 3, ("livelihood_project", "joint_project", "site_upgrade", "brand"),
               ("livelihood", "joint_build"), (), (("completed", 92), ("stopped", 8)), 140),
    ),
    "branch": (
        Course("pledge", 1, ("post_pledge", "deed"), ("livelihood", "by_secretary"), ("published",),
               (("kept", 86), ("partly", 9), ("not_kept", 5)), 75),
    ),
    "county": (
        Course("problem", 12, ("inspection_finding", "finding"), ("party_building",),
               ("plan_made", "rectifying", "checked"), (("rectified", 90), ("partly", 10)), 70),
        Course("project", 6, ("livelihood_project", "startup_project", "science_project"),
               ("livelihood", "talent", "science"), (), (("completed", 90), ("stopped", 10)), 160),
    ),
    "city": (
        Course("problem", 16, ("inspection_finding", "finding"), ("party_building",),
               ("plan_made", "rectifying", "checked"), (("rectified", 92), ("partly", 8)), 70),
        Course("project", 8, ("livelihood_project", "science_project", "pilot"), ("livelihood", "science"),
               (), (("completed", 90), ("stopped", 10)), 160),
    ),
}  # fmt: skip
