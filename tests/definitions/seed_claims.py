"""Each numeric claim of the seeds and the definition that answers it: (seed, offset) → what, key, tags, whose, when.

`what` is figure, rule or citation. `whose` is None for the speaker's own organisation, else the unit the text names.
`when` is the claim's own time: None for the speech's period.
"""

from typing import Literal, NamedTuple


class Answer(NamedTuple):
    key: str
    tags: tuple[str, ...] = ()
    whose: str | None = None
    when: str | None = None
    what: Literal["figure", "rule", "citation"] = "figure"


SESSIONS, ATTENDANCE, SOLVED = "activity.sessions", "activity.attendance", "matter.solved"
HONOUR, PROJECT, MONEY, JOINED = "honour.granted", "project.started", "money.spent", "roster.joined"
PAST_YEAR, FIVE_YEARS = "过去一年", "五年来"

ANSWERS: dict[tuple[str, int], Answer] = {
    ("000", 671): Answer(SESSIONS, ("study_group",)),
    ("000", 684): Answer(SESSIONS, ("seminar",)),
    ("000", 718): Answer(SESSIONS, ("training",)),
    ("000", 730): Answer(ATTENDANCE, ("training",)),
    ("000", 779): Answer("platform.pushed"),
    ("000", 797): Answer(SESSIONS, ("study_delivery",)),
    ("000", 882): Answer(SESSIONS, ("life_meeting",)),
    ("000", 900): Answer(ATTENDANCE, ("member_review",)),
    ("000", 924): Answer(SESSIONS, ("lecture",)),
    ("000", 1000): Answer(SESSIONS, ("risk_check",)),
    ("000", 1010): Answer("problem.rectified", ("ideology",)),
    ("000", 1048): Answer("site.opened", ("civilisation_centre",)),
    ("000", 1076): Answer(SESSIONS, ("public_talk",)),
    ("000", 1218): Answer("organisation.founded_two_new"),
    ("000", 1236): Answer("problem.rectified", ("weak_organisation",)),
    ("000", 1298): Answer(HONOUR, ("model_organisation", "municipal")),
    ("000", 1312): Answer(HONOUR, ("model_organisation", "provincial")),
    ("000", 1361): Answer("member.admitted"),
    ("000", 1386): Answer("member.admitted_young_share"),
    ("000", 1450): Answer(SESSIONS, ("study_trip",)),
    ("000", 1527): Answer(MONEY, ("site_building",)),
    ("000", 1549): Answer("site.upgraded", ("activity_site",)),
    ("000", 1589): Answer("site.opened", ("service_centre",)),
    ("000", 1719): Answer(JOINED, ("resident_secretary",)),
    ("000", 1759): Answer(JOINED, ("prosperity_leader",)),
    ("000", 1789): Answer(PROJECT, ("village_prosperity",)),
    ("000", 1819): Answer("village.income_50k"),
    ("000", 1839): Answer("village.income_500k"),
    ("000", 1880): Answer(SOLVED, ("dispute", "rural_area")),
    ("000", 1997): Answer("site.opened", ("grid",)),
    ("000", 2011): Answer(JOINED, ("grid_worker",)),
    ("000", 2030): Answer(SOLVED, ("request",)),
    ("000", 2074): Answer(SOLVED, ("dispute", "property")),
    ("000", 2147): Answer("activity.visited", ("enterprise_visit",)),
    ("000", 2165): Answer(SOLVED, ("difficulty",)),
    ("000", 2221): Answer(HONOUR, ("model_enterprise",)),
    ("001", 368): Answer(SESSIONS, ("conference_talk", "national"), when=FIVE_YEARS),
    ("001", 411): Answer(HONOUR, ("research_award", "national", "first_prize"), when=FIVE_YEARS),
    ("001", 417): Answer(HONOUR, ("research_award", "national", "second_prize"), when=FIVE_YEARS),
    ("001", 423): Answer(HONOUR, ("research_award", "national", "third_prize"), when=FIVE_YEARS),
    ("001", 438): Answer(HONOUR, ("innovation_case", "national", "ten_best"), when=FIVE_YEARS),
    ("001", 445): Answer(HONOUR, ("innovation_case", "national", "hundred_best"), when=FIVE_YEARS),
    ("001", 473): Answer(HONOUR, ("advanced_group", "provincial"), when=FIVE_YEARS),
    ("001", 487): Answer("honour.star4", when=FIVE_YEARS),
    ("001", 765): Answer("organisation.alliances"),
    ("001", 1083): Answer(PROJECT, ("joint_project",), whose="北仑区"),
    ("001", 1111): Answer(PROJECT, ("village_prosperity",), whose="奉化区"),
    ("001", 1443): Answer("organisation.founded_temporary", whose="市审计局"),
    ("001", 1888): Answer("citation.recorded", ("list_size",), whose="市妇联", what="citation"),
    ("001", 2012): Answer("activity.all_time", ("sports_meeting",), whose="市水利局", when="历届"),
    ("002", 455): Answer(SESSIONS, ("special_study",), when="今年以来"),
    ("002", 468): Answer(SESSIONS, ("report_hearing",), when="今年以来"),
    ("002", 791): Answer("problem.guaranteed", ("weak_organisation",)),
    ("002", 966): Answer(MONEY, ("cadre_welfare",), when="每年"),
    ("002", 1005): Answer(MONEY, ("startup_support",)),
    ("002", 1018): Answer(PROJECT, ("startup_project",)),
    ("002", 1027): Answer("site.opened", ("startup_base",)),
    ("003", 210): Answer("activity.days", ("survey",)),
    ("004", 640): Answer("money.per_person_month", ("talent_allowance",), when="每月"),
    ("004", 666): Answer("committee.college_change"),
    ("004", 729): Answer("organisation.founded", ("on_chain",)),
    ("004", 805): Answer("organisation.founded_two_new"),
    ("004", 837): Answer("organisation.paired_agencies"),
    ("004", 1057): Answer("roster.people", ("resident_secretary",)),
    ("004", 1132): Answer("roster.people", ("teacher",)),
    ("004", 1167): Answer("site.opened", ("grid", "party_building")),
    ("004", 1337): Answer("organisation.founded", ("in_cooperative",)),
    ("004", 1352): Answer(JOINED, ("prosperity_leader",)),
    ("004", 1366): Answer(JOINED, ("startup_model",)),
    ("004", 1371): Answer("roster.people", ("chain_server",)),
    ("004", 1401): Answer(PROJECT, ("industry_infrastructure",)),
    ("004", 1408): Answer(PROJECT, ("livelihood_project",)),
    ("004", 1442): Answer("site.opened", ("village_company",)),
    ("004", 1485): Answer(MONEY, ("centre_upgrade",), when="每年"),
    ("004", 1494): Answer("site.upgraded", ("service_centre",)),
    ("004", 1540): Answer(MONEY, ("contest_fund",)),
    ("004", 1701): Answer(JOINED, ("high_talent",)),
    ("004", 1710): Answer(JOINED, ("science_envoy",)),
    ("004", 1740): Answer(JOINED, ("practical_talent",)),
    ("004", 1753): Answer(PROJECT, ("science_project",)),
    ("004", 1773): Answer(SESSIONS, ("science_service",)),
    ("004", 1781): Answer("activity.townships", ("science",)),
    ("004", 1786): Answer("activity.villages", ("science",)),
    ("004", 1910): Answer("contact.residents", what="rule", when="每月"),
    ("004", 2073): Answer("matter.received", ("request",), when="今年以来"),
    ("004", 2081): Answer(SOLVED, ("request",), when="今年以来"),
    ("004", 2092): Answer("matter.solved_rate", ("request",), when="今年以来"),
    ("004", 2156): Answer("pledge.kept", ("deed",)),
}
